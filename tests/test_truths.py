"""Every planted truth is found again in the tables, by another way than it was planted, in every company.

The truths are those of the practice company (custlib/analysis/simulate/plan.py); the ways are plain pandas, a
regression written out, or the project's own estimator where that is what a participant would use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from custlib.analysis import clv, simulate
from custlib.course import practice_data
from custlib.course.tables import read_made

Company = dict[str, pd.DataFrame]
AS_OF = "2025-06-30"
YEAR = "2024-07-01"


def revenue(lines: pd.DataFrame, first: str = YEAR, last: str = AS_OF) -> pd.Series:
    inside = lines[(lines["date"] >= first) & (lines["date"] <= last)]
    return inside.groupby("customer_id")["net_amount"].sum()


def grades(money: pd.Series) -> pd.Series:
    """A, B, C, counted customer by customer."""
    ranked = money[money > 0].sort_values(ascending=False)
    found, seen, whole = {}, 0.0, ranked.sum()
    for customer, amount in ranked.items():
        found[customer] = "A" if seen < 0.8 * whole else "B" if seen < 0.95 * whole else "C"
        seen += amount
    return pd.Series(found)


def pareto(made: Company) -> bool:
    """1. A fifth of the customers bring four fifths of a year's revenue; the key has the count."""
    found = grades(revenue(made["transactions"]))
    share = (found == "A").mean()
    return abs(share - 0.2) < 0.01 and (found == "A").sum() == (made["keys/customers"]["abc"] == "A").sum()


def buying(made: Company) -> bool:
    """2. Customers buy .067 times a week, and .23 of them stop after a purchase (BG/NBD, fitted)."""
    model = clv.fit_bgnbd(clv.purchase_summary(made["orders"], order_id="order_id"))
    return abs(model.r / model.alpha - 0.0667) < 0.007 and abs(model.a / (model.a + model.b) - 0.231) < 0.04


def kappa(made: Company) -> bool:
    """3. Two departments agree fairly (κ .39), and after one standard substantially (.80); sales grades higher."""
    wide = made["labels"].pivot(index=["customer_id", "round"], columns="dept", values="grade").reset_index()
    found = []
    for _, part in wide.groupby("round"):
        table = pd.crosstab(part["sales"], part["service"], normalize=True)
        chance = float(table.sum(axis=1) @ table.sum(axis=0))
        found.append((float(np.trace(table)) - chance) / (1 - chance))
    first = wide[wide["round"] == 1]
    higher = (first["sales"] < first["service"]).sum() > 3 * (first["sales"] > first["service"]).sum()
    return abs(found[0] - 0.38) < 0.015 and abs(found[1] - 0.80) < 0.015 and bool(higher)


def campaign(made: Company) -> bool:
    """4. The campaign adds 15 % over a market of 12 % (difference in differences of logarithms, with its interval)."""
    table = made["campaign"]
    growth = np.log(table["post"] / table["pre"])
    treated, control = growth[table["treated"] == 1], growth[table["treated"] == 0]
    effect = treated.mean() - control.mean()
    half = 1.96 * np.sqrt(treated.var() / len(treated) + control.var() / len(control))
    naive = table.loc[table["treated"] == 1, "post"].sum() / table.loc[table["treated"] == 1, "pre"].sum() - 1
    return abs(np.expm1(effect) - 0.15) < 0.005 and half < 0.06 and naive > 0.24


def churn(made: Company) -> bool:
    """5. Log odds of leaving: each near what is planted, in sign and order; 16.8 % leave."""
    table = made["contracts"]
    names = ["late_deliveries", "open_complaints", "rival_offer", "tenure", "price_change"]
    factors = np.column_stack([np.ones(len(table)), table[names].to_numpy(dtype=float)])
    lost = 1 - table["renewed"].to_numpy()

    def loss(weights: np.ndarray) -> float:
        odds = factors @ weights
        return float((np.logaddexp(0, odds) - lost * odds).sum())

    found = optimize.minimize(loss, np.zeros(6), method="BFGS").x[1:]
    planted = np.array([0.35, 0.70, 0.80, -0.12, 0.08])
    ordered = list(np.argsort(-found)) == list(np.argsort(-planted))
    return abs(lost.mean() - 0.168) < 0.005 and bool((np.abs(found / planted - 1) < 0.1).all()) and ordered


def fairs(made: Company) -> bool:
    """6. Fairs convert three times as well as the website in manufacturing, and no better elsewhere."""
    closed = made["leads"][made["leads"]["outcome"] != ""]
    won = closed["outcome"].eq("won").groupby([closed["industry"] == "manufacturing", closed["source_channel"]]).mean()
    return (
        abs(won[True, "fair"] / won[True, "web"] - 3) < 0.01 and abs(won[False, "fair"] / won[False, "web"] - 1) < 0.01
    )


def green(made: Company) -> bool:
    """7. The energy-saving line rises from 8 % to 22 % of the revenue in retail and stays at 8 % elsewhere."""
    lines = made["transactions"].merge(made["customers"][["customer_id", "industry"]], on="customer_id")
    sales = lines[lines["type"] == "sale"]
    quarter = pd.PeriodIndex(sales["date"], freq="Q")
    where = [sales["industry"] == "retail", quarter]
    share = (
        sales["net_amount"].where(sales["category"] == "green", 0).groupby(where).sum()
        / sales["net_amount"].groupby(where).sum()
    )
    retail, rest = share[True].to_numpy(), share[False].to_numpy()
    rises = np.polyfit(np.arange(8), retail, 1)[0]
    return (
        abs(retail[0] - 0.08) < 0.015
        and abs(retail[-1] - 0.22) < 0.015
        and abs(rises - 0.02) < 0.003
        and bool((np.abs(rest - 0.08) < 0.01).all())
    )


def security(made: Company) -> bool:
    """8. Security comes first for 70 % in finance and healthcare, for 20 % elsewhere."""
    table = made["customers"]
    share = table["stated_need"].eq("security").groupby(table["industry"].isin(["finance", "healthcare"])).mean()
    return abs(share[True] - 0.7) < 0.005 and abs(share[False] - 0.2) < 0.005


def dealers(made: Company) -> bool:
    """9. Five dealers lead in the first year; two of them stay ahead, three fall back to the rest."""
    lines = made["transactions"][made["transactions"]["dealer"] != ""]
    sales = lines.pivot_table(
        index="dealer", columns=lines["date"] >= YEAR, values="net_amount", aggfunc="sum", fill_value=0
    )
    lead = sales[False].nlargest(5).index
    share = sales / sales.sum()
    rest = share[True].drop(lead).mean()
    later = share.loc[lead, True].sort_values(ascending=False) / rest
    gap = share.loc[lead, False].min() / share[False].drop(lead).max()
    return gap > 1.3 and bool((later[:2] > 1.5).all()) and bool((abs(later[2:] - 1) < 0.2).all())


def loyalty(made: Company) -> bool:
    """10. Coming back within 90 days and recommending are flat up to satisfaction 4 and jump at 5."""
    answers = made["survey"].reset_index()
    bought = made["orders"][made["orders"]["amount"] > 0]
    pairs = answers.merge(bought[["customer_id", "date"]], on="customer_id", suffixes=("", "_order"))
    days = (pd.to_datetime(pairs["date_order"]) - pd.to_datetime(pairs["date"])).dt.days
    again = answers["index"].isin(pairs.loc[(days > 0) & (days <= 90), "index"])
    back, likely = again.groupby(answers["csat_1_5"]).mean(), answers.groupby("csat_1_5")["nps_0_10"].mean()
    flat = np.ptp(back[:4]) < 0.02 and np.ptp(likely[:4]) < 0.2
    return bool(flat and back[5] > back[4] + 0.3 and likely[5] > likely[4] + 2)


def perceived(made: Company) -> bool:
    """11. Deliveries are on time and thought late; answers are slow and known to be slow."""
    measured, felt = made["delivered"].mean(numeric_only=True), made["survey"].mean(numeric_only=True)
    gap = {
        name: felt[f"perceived_{name}"] - measured[f"delivered_{name}"] for name in ("on_time", "response", "quality")
    }
    return bool(
        abs(measured["on_time_pct"] - 96) < 0.2
        and gap["on_time"] < -2.5
        and measured["delivered_response"] < 5.5
        and abs(gap["response"]) < 1
        and abs(gap["quality"]) < 0.7
    )


def costs(made: Company) -> bool:
    """12. Fifteen large accounts cost more to serve than they bring, and no other large one does."""
    lines = made["transactions"][made["transactions"]["date"] >= YEAR]
    margin = (lines["net_amount"] - lines["cogs"]).groupby(lines["customer_id"]).sum()
    talks = made["interactions"][made["interactions"]["date"] >= YEAR]
    left = margin.sub(talks.groupby("customer_id")["cost"].sum(), fill_value=0)
    found = grades(revenue(made["transactions"]))
    large = found.index[found == "A"]
    key = made["keys/customers"]
    return set(large[left[large] < 0]) == set(key.loc[key["loss_account"] == 1, "customer_id"]) and (
        key["loss_account"].sum() == 15
    )


def hidden(made: Company) -> bool:
    """13. Twenty-five customers of class C have a large wallet and give us less than 15 % of it."""
    found = grades(revenue(made["transactions"]))
    smallest = revenue(made["transactions"])[found.index[found == "A"]].min()
    wallet = made["competitor_share"].groupby("customer_id")[["own", "category_spend"]].sum()
    wallet = wallet[wallet.index.isin(found.index[found == "C"])]
    small = wallet[(wallet["own"] / wallet["category_spend"] < 0.15) & (wallet["category_spend"] >= smallest)]
    key = made["keys/customers"]
    return set(small.index) == set(key.loc[key["hidden_potential"] == 1, "customer_id"]) and len(small) == 25


def rule(made: Company) -> bool:
    """14. A rule of three questions gives home-appliance firms the class a person gave them, for 92 %."""
    key = made["keys/customers"].set_index("customer_id")["behaviour"]
    times = made["orders"][made["orders"]["amount"] > 0].groupby("customer_id").size()
    right = []
    for one in made["customers"].query("industry == 'appliances'").itertuples():
        bought = times[one.customer_id]
        if bought >= 2 and one.promo_share >= 0.5:
            guess = "B"
        elif bought >= 4:
            guess = "A"
        elif bought <= 1 and one.awareness_1_5 <= 2:
            guess = "D"
        else:
            guess = "C"
        right.append(guess == key[one.customer_id])
    return abs(np.mean(right) - 0.92) < 0.005


def split(made: Company) -> bool:
    """16. Sixty customers buy under two numbers; put together, they buy twice as often as it seemed."""
    sales = made["transactions"].query("type == 'sale'").drop_duplicates("order_id")
    web = made["customers"].query("web_account != ''")
    seen = sales.groupby("account_id").size()
    whole = sales["account_id"].replace(dict(zip(web["web_account"], web["customer_id"], strict=True)))
    joined = whole.value_counts()
    return (
        len(web) == 60
        and joined.loc[web["customer_id"]].eq(sales.groupby("customer_id").size()[web["customer_id"]]).all()
        and 1.7 < (joined[web["customer_id"]] / seen[web["customer_id"]]).mean() < 2.1
    )


def moving(made: Company) -> bool:
    """17. Twelve in a hundred change class from one rolling year to the next, half a year on."""
    years = [("2023-07-01", "2024-06-30"), ("2024-01-01", "2024-12-31"), ("2024-07-01", "2025-06-30")]
    one, two, three = (grades(revenue(made["transactions"], *year)) for year in years)
    pairs = [pd.concat(pair, axis=1, join="inner") for pair in ((one, two), (two, three))]
    changed = sum((pair[0] != pair[1]).sum() for pair in pairs) / sum(map(len, pairs))
    return abs(changed - 0.12) < 0.015


def plans(made: Company) -> bool:
    """18. Two fifths of the large accounts have no current plan."""
    found = grades(revenue(made["transactions"]))
    until = made["customers"].set_index("customer_id")["plan_until"]
    return abs((until[found.index[found == "A"]] < AS_OF).mean() - 0.4) < 0.005


TRUTHS: dict[str, Callable[[Company], bool]] = {
    check.__name__: check
    for check in (
        pareto, buying, kappa, campaign, churn, fairs, green, security, dealers, loyalty, perceived, costs, hidden,
        rule, split, moving, plans,
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def two() -> dict[int, Company]:
    return {
        seed: simulate.company(seed) | {f"keys/{name}": key for name, key in simulate.keys(seed).items()}
        for seed in (7, 8)
    }


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_is_found_again_in_two_companies(two: dict[int, Company], name: str) -> None:
    """The company of the course and another one hold it."""
    assert {seed: TRUTHS[name](made) for seed, made in two.items()} == {7: True, 8: True}


@pytest.mark.full
def test_every_truth_is_found_again_in_twenty_companies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Read back from the written files of twenty consecutive seeds; the pass rate of each truth is printed."""
    seeds = range(7, 27)
    passed = dict.fromkeys(TRUTHS, 0)
    for seed in seeds:
        written = list(practice_data.write(tmp_path, seed))
        made = {path.relative_to(tmp_path).with_suffix("").as_posix(): read_made(path) for path in written}
        for name, check in TRUTHS.items():
            passed[name] += bool(check(made))
    with capsys.disabled():
        for name, check in TRUTHS.items():
            sys.stdout.write(f"\n{passed[name]:2} of {len(seeds)}  {(check.__doc__ or '').splitlines()[0]}")

    assert passed == dict.fromkeys(TRUTHS, len(seeds))
