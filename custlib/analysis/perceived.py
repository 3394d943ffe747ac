"""What is delivered and what is felt: the gap between them, its weight, and what to do about it.

The gap here is perceived minus delivered (感知差距), a convention of this course. It is not gap 5 of SERVQUAL, which is
perception minus expectation (Parasuraman, Zeithaml & Berry 1985, 1988). Perceived value as the customer's overall
assessment of what is received for what is given: Zeithaml, Journal of Marketing 52 (1988).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy import special

from custlib.analysis.portrait import need
from custlib.content import Finding
from custlib.errors import BadSetting, NothingLeft

# Which kind of value an attribute mostly gives; a convention of this course.
TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "functional": ("quality", "on_time", "response", "documents"),
        "economic": ("terms", "ordering"),
        "emotional": ("advice", "aftersales"),
    }
)
ATTRIBUTES = ("quality", "on_time", "response", "advice", "documents", "terms", "aftersales", "ordering")
FIX_BELOW, GAP = 6.0, 1.0
LEAST = 10  # from fewer customers a gap is not read
ACTIONS = ("fix", "communicate", "over_promised", "fine", "few")


def board(survey: pd.DataFrame, delivered: pd.DataFrame) -> pd.DataFrame:
    """Set what customers feel beside what was measured for the same customers.

    survey(customer_id, importance_…, perceived_…: 1–10), delivered(customer_id, delivered_…: 1–10) → attribute |
    importance, delivered, perceived, gap (perceived − delivered), low, high (95 %, Student's t over customers),
    weighted (gap · importance / 10), customers; the heaviest gap first. A customer who answered more than once counts
    once, with the mean. Raises MissingColumns, NothingLeft where no customer is in both.
    """
    need(survey, "perceived.board", "customer_id", *(f"{what}_{name}" for what in ("importance", "perceived") for name in ATTRIBUTES))  # fmt: skip
    need(delivered, "perceived.board", "customer_id", *(f"delivered_{name}" for name in ATTRIBUTES))
    felt = survey.groupby("customer_id")[
        [f"{what}_{name}" for what in ("importance", "perceived") for name in ATTRIBUTES]
    ].mean()
    both = felt.join(delivered.drop_duplicates("customer_id").set_index("customer_id"), how="inner")
    if both.empty:
        raise NothingLeft(where="perceived.board", total=len(survey), reasons=())
    rows = {name: _row(both, name) for name in ATTRIBUTES}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("attribute")
    return table.iloc[np.argsort(-table["weighted"].abs().to_numpy(), kind="stable")]


def _row(both: pd.DataFrame, name: str) -> dict[str, float]:
    one = both[[f"{what}_{name}" for what in ("importance", "delivered", "perceived")]].dropna()
    importance, measured, felt = (float(one[column].mean()) for column in one)
    gap, n = one[f"perceived_{name}"] - one[f"delivered_{name}"], len(one)
    half = float(special.stdtrit(n - 1, 0.975) * gap.std() / np.sqrt(n)) if n > 1 else np.nan
    mean = felt - measured
    return {
        "importance": importance, "delivered": measured, "perceived": felt, "gap": mean,
        "low": mean - half, "high": mean + half, "weighted": mean * importance / 10, "customers": n,
    }  # fmt: skip


def action(table: pd.DataFrame, *, fix_below: float = FIX_BELOW, gap: float = GAP) -> pd.Series:
    """What to do about each attribute: our rule, in this order.

    table(delivered, gap, and customers where known) → few (fewer than ten customers), fix (delivered below
    `fix_below`: no words mend that), communicate (felt at least `gap` below what is delivered), over_promised (felt at
    least `gap` above it), fine. Raises MissingColumns, BadSetting.
    """
    need(table, "perceived.action", "delivered", "gap")
    if not 1 <= fix_below <= 10 or not gap > 0:
        raise BadSetting(name="fix_below, gap", value=(fix_below, gap), allowed="1 … 10, > 0")
    few = table["customers"] < LEAST if "customers" in table else np.zeros(len(table), dtype=bool)
    # Eight tenths and the like: 5.8 − 4.8 is 1 to a reader, and a hair less to a computer.
    rules = [few, table["delivered"] < fix_below, table["gap"] <= -gap + 1e-9, table["gap"] >= gap - 1e-9]
    code = np.select(rules, ["few", "fix", "communicate", "over_promised"], "fine")
    return pd.Series(pd.array(code, dtype="str"), index=table.index, name="action")


def board_finding(table: pd.DataFrame, actions: pd.Series) -> Finding:
    """State what weighs most: `experience.board.both` (something to fix, something to communicate), `.fix`,
    `.communicate`, `.over` (only over-promised), `.none` or `.few`.

    Values: fix, communicate, over (each the heaviest attribute of its kind, by importance for fix and by weighted gap
    else), and for that of the finding: delivered, perceived; n_fix, n_communicate, n_over.
    """
    kinds = {name: table[actions == name] for name in ACTIONS}
    if len(kinds["few"]) == len(table):
        return Finding("experience.board.few", {"least": LEAST})
    heavy = {name: part.index[0] if len(part) else "" for name, part in kinds.items()}
    if len(kinds["fix"]):
        heavy["fix"] = kinds["fix"]["importance"].idxmax()
    values = {"fix": heavy["fix"], "communicate": heavy["communicate"], "over": heavy["over_promised"]}
    values |= {f"n_{name}": len(kinds[code]) for name, code in zip(values, ACTIONS, strict=False)}
    for name in ("fix", "communicate", "over"):
        if values[name]:
            values |= {f"{name}_{what}": float(table[what].loc[values[name]]) for what in ("delivered", "perceived")}
    fix, tell, over = (bool(values[name]) for name in ("fix", "communicate", "over"))
    code = "both" if fix and tell else "fix" if fix else "communicate" if tell else "over" if over else "none"
    return Finding(f"experience.board.{code}", values)


def by_type(table: pd.DataFrame) -> pd.DataFrame:
    """Gather the attributes by kind of value: functional, economic, emotional | importance, delivered, perceived, gap (means)."""
    kind = pd.Series({name: code for code, names in TYPES.items() for name in names})
    means = table.groupby(kind.reindex(table.index))[["importance", "delivered", "perceived", "gap"]].mean()
    return means.reindex(list(TYPES)).rename_axis("type")


def by_industry(survey: pd.DataFrame, delivered: pd.DataFrame, industry: pd.Series) -> pd.DataFrame:
    """What counts most and where the heaviest gap lies, industry by industry.

    tables as for `board`, industry (customer → code) → industry | customers, most (attribute), importance, heaviest
    (attribute), weighted; industries with fewer than ten customers are left out. Raises MissingColumns.
    """
    need(survey, "perceived.by_industry", "customer_id")
    rows = {}
    for name, part in survey.groupby(survey["customer_id"].map(industry), sort=True):
        if part["customer_id"].nunique() >= LEAST:
            table = board(part, delivered)
            most, heaviest = table["importance"].idxmax(), table.index[0]
            rows[name] = {
                "customers": int(table["customers"].max()), "most": most, "importance": table["importance"].max(),
                "heaviest": heaviest, "weighted": table["weighted"].iloc[0],
            }  # fmt: skip
    columns = ["customers", "most", "importance", "heaviest", "weighted"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("industry")


def by_industry_finding(table: pd.DataFrame) -> Finding:
    """Say whether industries ask for the same: `experience.industries.same` (one attribute counts most everywhere),
    `.differ` or `.few`. Values: n, most (of the industry that values it highest), top (that industry), importance, kinds."""
    if table.empty:
        return Finding("experience.industries.few", {"least": LEAST})
    top = str(table["importance"].astype(float).idxmax())
    kinds, importance = int(table["most"].nunique()), float(table["importance"].max())
    values = {"n": len(table), "kinds": kinds, "top": top, "most": table["most"].loc[top], "importance": importance}
    return Finding(f"experience.industries.{'same' if kinds == 1 else 'differ'}", values)


def by_type_finding(table: pd.DataFrame) -> Finding:
    """Name the kind of value that weighs most before buying, and the one felt least: `experience.types.same` or `.other`."""
    most, least = str(table["importance"].idxmax()), str(table["perceived"].idxmin())
    values = {"importance": float(table["importance"].max()), "perceived": float(table["perceived"].min())}
    return Finding(f"experience.types.{'same' if most == least else 'other'}", {"most": most, "least": least, **values})
