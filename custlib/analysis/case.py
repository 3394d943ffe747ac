"""One account from end to end: a company's books put together once, one account taken by rule, each step a finding.

Nothing here is a method of its own: each figure is that of the lesson that teaches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from custlib.analysis import classification, clv, contribution, hours, matrix, portrait, risk, screening
from custlib.content import Finding
from custlib.errors import NothingLeft

TABLES = (*portrait.TABLES, "payments", "delivered")
BANK = "Bank"  # what the English names of banks end with: the talk of the lesson is with a bank
LEAST_PEOPLE = 3
KEY_CUT = 90
DISCOUNT = 0.10


@dataclass(frozen=True)
class Books:
    """What is known of a company's customers.

    sales(customer_id, date, amount, order_id, …): lines of orders; card(customer_id | the risk card, revenue,
    contribution, cell, action, at_stake); people: as in the tables; contacts: as in the tables, of the last 12
    months; as_of: the last day of the books.
    """

    tables: Mapping[str, pd.DataFrame]
    sales: pd.DataFrame
    card: pd.DataFrame
    contacts: pd.DataFrame
    as_of: pd.Timestamp


def open_books(tables: Mapping[str, pd.DataFrame]) -> Books:
    """Put contribution, risk, cell and action of every customer together.

    tables: those named in TABLES, but for `survey` → Books. Raises what contribution.last_months, clv.fit_mbgnbd and
    the components of the risk raise.
    """
    customers = tables["customers"].set_index("customer_id")
    sales = tables["transactions"].rename(columns={"net_amount": "amount"})
    facts = contribution.last_months(sales, tables["interactions"])
    day: pd.Timestamp = facts.attrs["as_of"]
    cbs = clv.purchase_summary(sales, order_id="order_id")
    parts = {
        "leaving": 100 * (1 - clv.fit_mbgnbd(cbs).probability_alive(cbs)),
        "payment": risk.payment(tables["payments"], as_of=day, ownership=customers["ownership"]),
        "dependence": risk.dependence(facts["revenue"], tables["competitor_share"]),
        "volatility": risk.volatility(sales, as_of=day),
        "service": risk.service(tables["interactions"], tables["delivered"], as_of=day),
    }
    card = risk.card(facts.index, parts).join(facts)
    line = matrix.value_cut(card["contribution"])
    card["cell"] = matrix.value_risk(card["contribution"], card["risk"], value_cut=line)
    card["action"] = matrix.action(card["cell"], card, customers["ownership"])
    card["at_stake"] = hours.at_stake(card)
    seen = pd.to_datetime(tables["interactions"]["date"])
    recent = tables["interactions"].assign(date=seen)[seen.between(day - portrait.YEAR, day, inclusive="right")]
    return Books(tables, sales, card, recent, day)


def pick(books: Books) -> Any:
    """The account of the case: of the banks where three people are known, not all of whom may sign for the same
    amount, the one with most contribution at stake; of all customers, where no bank is like that. Raises NothingLeft.
    """
    people = books.tables["people"].groupby("customer_id")["authority_limit"].agg(["size", "nunique"])
    able = people.index[(people["size"] >= LEAST_PEOPLE) & (people["nunique"] > 1)].intersection(books.card.index)
    names = books.tables["customers"].set_index("customer_id")["name_en"].reindex(able)
    banks = able[names.str.endswith(BANK).fillna(False).to_numpy(dtype=bool)]
    if able.empty:
        raise NothingLeft(where="case.pick", total=len(books.card), reasons=())
    offered = books.card.loc[banks if len(banks) else able].sort_index()
    return offered["at_stake"].idxmax()


def handed_over(books: Books, account: Any) -> Finding:
    """What the books say of an account at first sight: its year against everybody's, and where it stands by revenue."""
    one, revenue = books.card.loc[account], books.card["revenue"]
    rank = int((revenue > one["revenue"]).sum()) + 1
    told = books.tables["customers"].set_index("customer_id").loc[account]
    values = {"revenue": one["revenue"], "rank": rank, "customers": len(revenue), "region": told["region"]}
    values |= {"owned": told["ownership"], "since": pd.Timestamp(told["first_contact"]).date()}
    return Finding("case.handed_over", values)


def people(books: Books, account: Any) -> pd.DataFrame:
    """Who is known at an account: people's columns, contacts (12 months), days (since the last, missing if none);
    whoever may sign for most stands first."""
    own = books.tables["people"][books.tables["people"]["customer_id"] == account]
    seen = books.contacts.groupby("person_id")["date"].agg(["size", "max"]).reindex(own["person_id"])
    days = (books.as_of - seen["max"]).dt.days
    table = own.assign(contacts=seen["size"].fillna(0).astype(int).to_numpy(), days=days.to_numpy())
    order: pd.DataFrame = table.sort_values(
        ["authority_limit", "contacts", "person_id"], ascending=[False, False, True], ignore_index=True
    )
    return order


def contract(met: pd.DataFrame) -> float:
    """The size of the next contract: between two amounts people may sign for, so that some may and some may not.

    people(authority_limit) → money, to two digits. Our convention for the case. Raises NothingLeft where all may
    sign for the same.
    """
    limits = sorted(set(met["authority_limit"].astype(float)))
    if len(limits) < 2:
        raise NothingLeft(where="case.contract", total=len(met), reasons=())
    low, high = limits[len(limits) // 2 - 1 : len(limits) // 2 + 1]
    size = float(np.sqrt(max(low, 1.0) * high))
    return float(f"{size:.1e}")


def whom_finding(met: pd.DataFrame) -> Finding:
    """Whether those one talks with most may sign for the next contract: `case.whom.same`, `.other`, or `.none` where
    nobody was talked to. Values: amount, most (person_id), contacts, all, signer (the most talked-to of those who
    may sign), signer_contacts."""
    amount = contract(met)
    values: dict[str, Any] = {"amount": amount, "all": int(met["contacts"].sum())}
    if not values["all"]:
        return Finding("case.whom.none", values)
    ordered = met.sort_values("contacts", ascending=False, kind="stable")
    most, signer = ordered.iloc[0], ordered[ordered["authority_limit"] >= amount].iloc[0]
    values |= {"most": most["person_id"], "contacts": int(most["contacts"])}
    values |= {"signer": signer["person_id"], "signer_contacts": int(signer["contacts"])}
    return Finding(f"case.whom.{'same' if most['authority_limit'] >= amount else 'other'}", values)


def screened(books: Books, known: pd.DataFrame, account: Any) -> Finding:
    """Whether an account is a key account by lesson 02's score: `case.key.yes` or `.no`, with score and cut.

    known: of portrait.facts. Values could is missing where the wallet is not known.
    """
    one = screening.key_accounts(known, cut=KEY_CUT).loc[account]
    wallet = "known" if pd.notna(one["could"]) else "unknown"
    values = {"score": float(one["score"]), "cut": KEY_CUT, "wallet": wallet}
    return Finding(f"case.key.{'yes' if one['key'] else 'no'}", values)


def graded(books: Books, account: Any) -> dict[str, Any]:
    """ABC of an account by revenue and by contribution: grade, grade_contribution; of the contribution own, before
    (the larger customers' together) and whole (the positive ones), in money."""
    revenue, brought = (classification.abc(books.card[name])["grade"] for name in ("revenue", "contribution"))
    money = books.card["contribution"]
    own = float(money.loc[account])
    before, whole = float(money[money > own].sum()), float(money.clip(lower=0).sum())
    grades = {"grade": str(revenue.loc[account]), "grade_contribution": str(brought.loc[account])}
    return grades | {"own": own, "before": before, "whole": whole}


def grade_finding(books: Books, account: Any) -> Finding:
    """Whether both grades agree: `case.grade.same` or `.apart`, with the values of `graded`."""
    found = graded(books, account)
    same = found["grade"] == found["grade_contribution"]
    return Finding(f"case.grade.{'same' if same else 'apart'}", found)


def worth(books: Books, account: Any) -> dict[str, float]:
    """The value of an account by the formula of lesson 07: money (contribution, to thousands), retention (from the
    risk, two digits), discount, and value, without end, the first margin after a year and only if it stays."""
    one = books.card.loc[[account]]
    money = float(one["contribution"].round(-3).iloc[0])
    stays = round(float(risk.retention(one["risk"]).iloc[0]), 2)
    value = clv.retention_value(money, stays, DISCOUNT)
    return {"money": money, "retention": stays, "discount": DISCOUNT, "value": value}


def plan_finding(books: Books, account: Any) -> Finding:
    """What the account asks for: `case.plan.keep` (high risk) or `.grow`, with cell, dominant risk and what is at stake."""
    one = books.card.loc[account]
    code = "keep" if one["cell"] in ("defend", "restrict") else "grow"
    values = {"cell": one["cell"], "dominant": one["dominant"], "stake": float(one["at_stake"])}
    return Finding(f"case.plan.{code}", values)
