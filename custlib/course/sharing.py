"""A copy of a report without names: the lesson is run on a list whose customers are numbers only.

The names are taken out of the data, not out of the page: what was never read cannot stand in it. Dates and
amounts stay, so that the copy is pseudonymous, not anonymous.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from custlib.analysis.intake.own_list import pseudonyms
from custlib.content import Words
from custlib.course import drafts, own, reports
from custlib.course.copies import written
from custlib.errors import BadSetting

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Shared:
    """The page to hand on, and the key to keep: which number stands for which customer."""

    page: Path
    key: Path


def share(
    root: Path, lesson: str, *, language: str, given: Mapping[str, str], out: Path, progress: bool = True
) -> Shared:
    """Run a lesson on a list of one's own with K001, K002 … in place of the customers.

    Raises as `reports.run` and `drafts.finish`; BadSetting where no list is named.
    """
    if not given.get("orders"):
        raise BadSetting(name="orders", value="", allowed="-p orders=…")
    words = Words(language)
    settings = {name: value for name, value in given.items() if name in own.SETTINGS}
    others = {name: value for name, value in given.items() if name not in own.SETTINGS}
    draft = drafts.finish(Path(given["orders"]), settings, own.memory(root), today=own.today())
    assert draft.result is not None  # finish() answers or raises
    table, known = without_names(draft.result.table)
    with TemporaryDirectory() as folder, written(out):
        place = Path(folder) / "list.csv"
        table.to_csv(place, index=False)
        made = reports.run(
            root, lesson, language=language, given={**others, "orders": str(place)}, out=Path(folder), progress=progress
        )
        out.mkdir(parents=True, exist_ok=True)
        page = out / f"{lesson}.{language}.shared.html"
        page.write_text(made.page.read_text("utf-8"), encoding="utf-8", newline="\n")
        key = out / f"{lesson}.{language}.key.csv"
        heads = words.text("own_list.key.number"), words.text("own_list.role.customer_id")
        with key.open("w", encoding="utf-8", newline="") as file:
            file.write("\ufeff" + drafts.line(heads))
            file.writelines(drafts.line([number, name]) for name, number in known.items())
    return Shared(page, key)


def without_names(table: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """The list with a number for each customer and each order, and the numbers by name; dealers are left out."""
    known = pseudonyms(table["customer_id"])
    bare = table[["customer_id", "date", "amount"]].assign(customer_id=table["customer_id"].map(known))
    if "order_id" in table:
        bare["order_id"] = table["order_id"].factorize()[0] + 1
        bare["order_id"] = bare["order_id"].where(bare["order_id"] > 0)
    return bare, known
