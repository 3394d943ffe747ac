"""The final case: what is particular to one account. Everything else there is drawn by the views of its own lesson."""

from __future__ import annotations

import pandas as pd

from custlib.analysis import case
from custlib.content import Words
from custlib.views.bundle import Bundle, table


def people(met: pd.DataFrame, *, words: Words) -> Bundle:
    """Who is known at the account: what they may sign for, and when one talked to them last."""
    finding = case.whom_finding(met)
    named = met.set_index("person_id")[f"name_{words.language}"]
    who = {key: named[finding.values[key]] for key in ("most", "signer") if key in finding.values}
    heads = [words.text(f"case.people.{name}") for name in ("person", "role", "limit", "contacts", "last")]
    rows = [
        [
            one[f"name_{words.language}"],
            words.say("case.people.of", function=one["function"], level=one["level"]),
            words.money(one["authority_limit"]),
            words.number(one["contacts"]),
            words.text("case.people.never")
            if pd.isna(one["days"])
            else words.say("case.people.ago", days=int(one["days"])),
        ]
        for one in met.to_dict("records")
    ]
    said = words.say(finding, **who)
    return table(pd.DataFrame(rows, columns=heads), caption=said, numeric=heads[2:])
