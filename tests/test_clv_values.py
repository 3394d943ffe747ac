"""Three ways to value a customer, and the tables they need."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import clv, rfm
from custlib.errors import BadSetting, CannotFit, MissingColumns, NothingLeft

settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")
MODEL = clv.BgNbd(r=0.8, alpha=12.0, a=1.2, b=4.0)
SPEND = clv.GammaGamma(p=6.0, q=4.0, v=150.0)


def some():
    """Five histories."""
    columns = {"x": [0, 1, 3, 8, 20], "t_x": [0.0, 4.0, 30.0, 50.0, 60.0], "T": [10.0, 60.0, 35.0, 52.0, 90.0]}
    return pd.DataFrame({**columns, "mean_spend": [0.0, 120.0, 80.0, 400.0, 60.0]})


def orders(rows):
    """Rows of (customer, day, amount, order) as a table."""
    table = pd.DataFrame(rows, columns=["customer_id", "day", "amount", "order_id"])
    table["date"] = pd.Timestamp("2025-01-01") + pd.to_timedelta(table.pop("day"), unit="D")
    return table


def test_gupta_lehmann_2003_at_three_timings():
    """m 100, r .8, i .1: 266.67 at the end if they stay, 366.67 now, 333.33 at the end for sure."""
    found = [clv.retention_value(100, 0.8, 0.1, first_margin=when) for when in ("end", "start", "end_certain")]

    assert [round(value, 2) for value in found] == [266.67, 366.67, 333.33]
    assert round(clv.retention_value(100, 0.85, 0.1), 2) == 340.00
    assert round(clv.retention_value(100, 0.8, 0.1, periods=5), 2) == 212.41


@given(st.floats(0, 1), st.floats(0.001, 0.5), st.sampled_from(["end", "start", "end_certain"]))
def test_many_periods_come_near_no_end(retention, discount, when):
    """The sum over a long horizon is the closed form."""
    endless = clv.retention_value(100, retention, discount, first_margin=when)

    assert clv.retention_value(100, retention, discount, first_margin=when, periods=20000) == pytest.approx(endless)


@given(st.floats(0.01, 0.99), st.floats(0, 0.5), st.floats(1, 500))
def test_retention_value_moves_the_right_way(retention, discount, margin):
    """Value rises with margin and retention and falls with discount; now is worth more than later."""
    value = clv.retention_value(margin, retention, discount + 0.01)

    assert clv.retention_value(margin * 2, retention, discount + 0.01) == pytest.approx(2 * value)
    assert clv.retention_value(margin, retention, discount) > value
    assert clv.retention_value(margin, retention * 0.9, discount + 0.01) < value
    assert clv.retention_value(margin, retention, discount + 0.01, first_margin="start") == pytest.approx(
        value + margin
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"retention": 1.2},
        {"retention": -0.1},
        {"retention": float("nan")},
        {"retention": 1.0, "discount": 0.0},
        {"discount": -2.0},
        {"margin": float("inf")},
        {"first_margin": "middle"},
        {"periods": 2.5},
        {"periods": -1},
    ],
    ids=str,
)
def test_impossible_settings_of_a_contract_are_refused(wrong):
    """A sum that has no end, a probability above 1: named, not computed."""
    with pytest.raises(BadSetting):
        clv.retention_value(**{"margin": 100.0, "retention": 0.8, "discount": 0.1, **wrong})


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_without_discount_value_is_purchases_times_spend(unit):
    """CLV at discount 0 = E[purchases] · E[spend], whatever the unit: a month has 30.4375 days."""
    days = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}[unit]
    scale = 7 / days
    model = clv.BgNbd(r=0.8, alpha=12.0 * scale, a=1.2, b=4.0, unit=unit)
    cbs = some().assign(t_x=some()["t_x"] * scale, T=some()["T"] * scale)
    value = clv.lifetime_value(model, SPEND, cbs, months=12, annual_discount=0.0, margin=0.3)
    expected = model.expected_purchases(cbs, 365.25 / days) * SPEND.expected_spend(cbs) * 0.3

    assert value.tolist() == pytest.approx(expected.tolist(), rel=1e-9)
    assert value.tolist() == pytest.approx(
        clv.lifetime_value(MODEL, SPEND, some(), annual_discount=0.0, margin=0.3).tolist(), rel=1e-9
    )


def test_discounting_agrees_with_adding_up_month_by_month():
    """The month's purchases count at its end."""
    months = [MODEL.expected_purchases(some(), k * 365.25 / 12 / 7) for k in range(13)]
    discounted = sum((months[k] - months[k - 1]) / 1.1 ** (k / 12) for k in range(1, 13))
    expected = discounted * SPEND.expected_spend(some()) * 0.3

    assert clv.lifetime_value(MODEL, SPEND, some(), margin=0.3).tolist() == pytest.approx(expected.tolist())


@given(st.integers(1, 36), st.floats(0, 0.5), st.floats(0.01, 1))
def test_lifetime_value_moves_the_right_way(months, discount, margin):
    """Value rises with margin and horizon and falls with discount."""
    value = clv.lifetime_value(MODEL, SPEND, some(), months=months, annual_discount=discount, margin=margin)
    longer = clv.lifetime_value(MODEL, SPEND, some(), months=months + 1, annual_discount=discount, margin=margin)
    dearer = clv.lifetime_value(MODEL, SPEND, some(), months=months, annual_discount=discount + 0.1, margin=margin)

    assert (value > 0).all()
    assert (longer > value).all()
    assert (dearer < value).all()
    assert clv.lifetime_value(
        MODEL, SPEND, some(), months=months, annual_discount=discount, margin=2 * margin
    ).tolist() == pytest.approx((2 * value).tolist())


@pytest.mark.parametrize(
    "wrong", [{"months": 0}, {"months": 1.5}, {"annual_discount": -1}, {"margin": np.nan}], ids=str
)
def test_impossible_settings_of_a_lifetime_are_refused(wrong):
    """Months are whole numbers from 1, the discount rate is above -100 %."""
    with pytest.raises(BadSetting):
        clv.lifetime_value(MODEL, SPEND, some(), **wrong)


def test_purchase_summary_counts_from_the_first_purchase():
    """x repeat purchases, t_x and T from the first day; a second row of that day is no repeat."""
    table = orders([("A", 0, 10, None), ("A", 0, 5, None), ("A", 14, 30, None), ("A", 21, 50, None), ("B", 7, 8, None)])
    cbs = clv.purchase_summary(table, as_of="2025-01-29")

    assert cbs.loc["A"].tolist() == pytest.approx([2, 3, 4, 40, 95 / 3, 95])
    assert cbs.loc["B"].tolist() == pytest.approx([0, 0, 3, 0, 8, 8])
    assert cbs.attrs["unit"] == "week"
    assert cbs.attrs["as_of"] == pd.Timestamp("2025-01-29")


def test_orders_of_one_day_count_singly_where_they_have_ids():
    """Two orders on the first day are one repeat at age 0, worth their mean."""
    table = orders([("A", 0, 10, "o1"), ("A", 0, 20, "o2"), ("A", 7, 60, "o3")])
    cbs = clv.purchase_summary(table, as_of="2025-01-15", order_id="order_id")

    assert cbs.loc["A", ["x", "t_x", "T", "mean_spend"]].tolist() == pytest.approx([2, 1, 2, 37.5])


def test_returns_lower_the_total_and_not_the_spend():
    """A return is no purchase: x and mean_spend stay, the net total falls."""
    table = orders([("A", 0, 10, None), ("A", 7, 30, None), ("A", 9, -25, None), ("Z", 3, -5, None)])
    cbs = clv.purchase_summary(table, as_of="2025-01-15")

    assert cbs.index.tolist() == ["A"]
    assert cbs.loc["A"].tolist() == pytest.approx([1, 1, 2, 30, 20, 15])
    assert {issue.code for issue in cbs.attrs["issues"]} == {"data.returns", "data.only_returns"}


ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 60), st.integers(-50, 400), st.sampled_from([None, "a", "b"])),
    min_size=1,
    max_size=30,
).map(lambda rows: [*rows, (0, 0, 5, None)])


@given(ROWS, st.sampled_from([None, "order_id"]))
def test_the_two_summaries_tell_the_same_story(rows, order_id):
    """x is frequency − 1, and T − t_x is recency_days: one rule for a purchase, two recencies by name."""
    table = orders(rows).astype({"amount": float})
    cbs = clv.purchase_summary(table, as_of="2025-04-01", unit="day", order_id=order_id)
    summary = rfm.summarize(table, as_of="2025-04-01", order_id=order_id)

    assert (cbs["x"] + 1).equals(summary["frequency"])
    assert (cbs["T"] - cbs["t_x"]).tolist() == summary["recency_days"].tolist()
    assert cbs["total"].equals(summary["monetary"].rename("total"))
    assert (cbs["t_x"] <= cbs["T"]).all()
    assert (cbs["mean_spend"] >= 0).all()


@given(ROWS, st.integers(-500, 500))
def test_shifting_all_dates_changes_no_history(rows, days):
    """Only distances between days matter."""
    table = orders(rows).astype({"amount": float})
    moved = table.assign(date=table["date"] + pd.Timedelta(days=days))

    pd.testing.assert_frame_equal(clv.purchase_summary(table), clv.purchase_summary(moved), check_exact=False)


def test_histories_come_from_every_engine():
    """A Polars table gives the histories of its pandas twin."""
    polars = pytest.importorskip("polars", reason="polars is not installed")
    table = orders([("A", 0, 10.0, None), ("A", 7, 30.0, None), ("B", 3, 5.0, None)]).drop(columns="order_id")
    twin = polars.DataFrame({name: table[name].tolist() for name in table})

    pd.testing.assert_frame_equal(clv.purchase_summary(table), clv.purchase_summary(twin.lazy()))


def test_historic_value_is_net_revenue_less_costs():
    """Returns, cost of goods and cost to serve are taken off; whoever only returned counts too."""
    table = orders([("A", 0, 100, None), ("A", 9, -20, None), ("B", 5, 50, None), ("Z", 6, -5, None)])
    found = clv.historic_value(table.assign(cost=[60, -12, 30, -3]), cost="cost", cost_to_serve=pd.Series({"A": 10}))

    assert found.index.tolist() == ["A", "B", "Z"]
    assert found["value"].tolist() == [100 - 20 - 48 - 10, 20, -2]
    assert clv.historic_value(table, margin=0.25)["value"].tolist() == [20, 12.5, -1.25]
    assert clv.historic_value(table)["value"].tolist() == [80, 50, -5]


def test_historic_value_states_its_window():
    """since and as_of are both included, and stand with the result."""
    table = orders([("A", 0, 100, None), ("A", 9, 20, None), ("B", 20, 50, None)])
    found = clv.historic_value(table, since="2025-01-10", as_of="2025-01-15")

    assert found["revenue"].to_dict() == {"A": 20}
    assert found.attrs["window"] == (pd.Timestamp("2025-01-10"), pd.Timestamp("2025-01-15"))
    with pytest.raises(NothingLeft):
        clv.historic_value(table, since="2026-01-01")


def test_rows_without_a_cost_are_counted():
    """An unknown cost is not 0: its row is set aside, and said."""
    table = orders([("A", 0, 100, None), ("A", 9, 20, None)]).assign(cost=[60, None])
    found = clv.historic_value(table, cost="cost")

    assert found["value"].tolist() == [40]
    assert found.attrs["issues"][-1].code == "data.no_cost"
    with pytest.raises(BadSetting, match="margin"):
        clv.historic_value(table, cost="cost", margin=0.2)
    with pytest.raises(MissingColumns, match="goods"):
        clv.historic_value(table, cost="goods")


def test_probability_over_time_knows_only_the_past():
    """It falls while nothing happens and rises with each purchase; later purchases change no earlier day."""
    table = orders([("A", 0, 10, None), ("A", 30, 10, None), ("A", 60, 10, None), ("B", 0, 9, None)])
    path = clv.probability_over_time(MODEL, table, "A", as_of="2025-06-30")
    before = clv.probability_over_time(MODEL, table, "A", as_of="2025-02-15")
    alive = path["probability_alive"]

    assert alive[:30].eq(1).all()
    assert alive.iloc[60] > alive.iloc[59]
    assert alive.iloc[60:].is_monotonic_decreasing
    assert path["bought"].sum() == 3
    pd.testing.assert_frame_equal(path[: len(before)], before, check_freq=False)
    with pytest.raises(BadSetting, match="customer"):
        clv.probability_over_time(MODEL, table, "nobody")


def simulated(seed=1, customers=400):
    """A year of purchases of customers who come at their own pace."""
    generator = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        day, pace, leave = generator.integers(0, 90), generator.gamma(1.0, 1 / 40), generator.beta(0.8, 3)
        while day < 365:
            rows.append((customer, int(day), float(generator.gamma(3, 20)), None))
            if generator.random() < leave:
                break
            day += 1 + generator.exponential(1 / pace)
    return orders(rows)


def test_holdout_compares_every_calibrated_customer():
    """All who had bought by then, their later purchases counted, the groups adding up to the total."""
    table = simulated()
    result = clv.holdout(table, calibrate_to="2025-07-31", as_of="2025-12-31")
    later = table[table["date"] > "2025-07-31"]
    known = later[later["customer_id"].isin(result.table.index)]

    assert result.table["actual"].sum() == len(known.drop_duplicates(["customer_id", "date"]))
    assert result.by_frequency["customers"].sum() == len(result.table)
    assert (result.by_frequency["actual"] * result.by_frequency["customers"]).sum() == pytest.approx(len(known), abs=9)
    assert result.periods == pytest.approx(153 / 7)
    assert result.finding.values["gap"] < 0.5


def test_holdout_reverses_when_nobody_comes_back():
    """The finding follows the data: too many, too few, nobody at all."""
    table = simulated()
    stopped = table[table["date"] <= "2025-07-31"]

    assert clv.holdout(stopped, calibrate_to="2025-07-31", as_of="2025-12-31").finding.code == "models.holdout.empty"
    rush = pd.concat(
        [stopped] + [stopped.assign(date=pd.Timestamp("2025-08-01") + pd.Timedelta(days=d)) for d in range(30)]
    )
    assert clv.holdout(rush, calibrate_to="2025-07-31").finding.code == "models.holdout.under"


def test_holdout_needs_a_later_day():
    """Without a second part there is nothing to check."""
    with pytest.raises(BadSetting, match="as_of"):
        clv.holdout(simulated(), calibrate_to="2025-12-31", as_of="2025-12-31")
    with pytest.raises(BadSetting, match="model"):
        clv.holdout(simulated(), calibrate_to="2025-07-31", model="pareto")


def test_independence_tells_none_from_strong():
    """Spend drawn apart from frequency passes; spend tied to it does not; the sign is kept."""
    generator = np.random.default_rng(6)
    x = generator.integers(1, 12, 800)
    free = pd.DataFrame({"x": x, "mean_spend": generator.gamma(4, 20, 800)})
    tied = free.assign(mean_spend=5.0 + 3 * x)
    apart = clv.spend_independence(free)

    assert apart.finding.code in ("models.independence.none", "models.independence.weak")
    assert apart.low < apart.correlation < apart.high
    assert clv.spend_independence(tied).finding.code == "models.independence.strong"
    assert clv.spend_independence(tied.assign(mean_spend=100.0 - 3 * x)).correlation < -0.9
    with pytest.raises(CannotFit):
        clv.spend_independence(free[:3])


def test_compare_models_prefers_the_one_that_made_the_data():
    """Where many leave right after the first purchase, MBG/NBD wins, and the finding says so."""
    generator = np.random.default_rng(7)
    size = 3000
    rate, leave = generator.gamma(3, 1 / 12, size), generator.beta(0.8, 1.2, size)
    x, t_x, now = np.zeros(size), np.zeros(size), np.zeros(size)
    active = np.flatnonzero(generator.random(size) >= leave)
    while len(active):
        now[active] += generator.exponential(1 / rate[active])
        active = active[now[active] < 60]
        x[active] += 1
        t_x[active] = now[active]
        active = active[generator.random(len(active)) >= leave[active]]
    table, finding = clv.compare_models(pd.DataFrame({"x": x, "t_x": t_x, "T": 60.0}))

    assert finding.code == "models.choice.mbgnbd"
    assert table.index.tolist() == ["BG/NBD", "MBG/NBD"]
