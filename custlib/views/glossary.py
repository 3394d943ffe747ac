"""The course's terms, in both languages side by side."""

from __future__ import annotations

import pandas as pd

from custlib.content import LANGUAGES, Words, dictionary
from custlib.errors import UnknownName
from custlib.views.bundle import Bundle, table


def terms(topic: str, *, words: Words) -> Bundle:
    """The terms of one lesson: what each means, and what it is called in the other language. Raises UnknownName."""
    other = Words(next(each for each in LANGUAGES if each != words.language))
    found = [key.split(".") for key in dictionary() if key.startswith("glossary.") and key.endswith(".name")]
    topics = list(dict.fromkeys(key[1] for key in found))
    if topic not in topics:
        raise UnknownName(kind="word", name=topic, known=topics)
    rows = [
        [words.text(f"{place}.name"), words.text(f"{place}.means"), other.text(f"{place}.name")]
        for place in (".".join(key[:3]) for key in found if key[1] == topic)
    ]
    heads = [words.text(f"common.glossary.{key}") for key in ("term", "means", "other")]
    return table(pd.DataFrame(rows, columns=heads), caption=words.text("common.glossary.caption"))
