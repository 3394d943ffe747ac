"""Purchase and spend models: agreement with a second implementation, and what must always hold."""

import json
import pickle
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.analysis import bgnbd, clv
from custlib.analysis.periods import distinct
from custlib.content import LANGUAGES, Words, dictionary
from custlib.errors import BadColumn, BadSetting, CannotFit, DataWarning, MissingColumns, NothingLeft

settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")
DATA = Path(__file__).parent / "data"
FITS = {"bgnbd": clv.fit_bgnbd, "mbgnbd": clv.fit_mbgnbd}


@pytest.fixture(scope="module")
def cohort():
    """600 simulated customers, made by benchmarks/make_cohort.py."""
    return pd.read_csv(DATA / "cohort.csv")


@pytest.fixture(scope="module")
def peer():
    """What lifetimes 0.11.3 estimates from the cohort, and predicts at pinned parameters."""
    return json.loads((DATA / "cohort.json").read_text(encoding="utf-8"))


def pinned(kind="bgnbd", **changes):
    """A model at the parameters that the cohort was made with."""
    values = {"r": 0.8, "alpha": 12.0, "a": 1.2, "b": 4.0} | changes
    return clv.BgNbd(**values, leaves_at_once=kind == "mbgnbd")


def simulate(size, seed, *, r=0.8, alpha=12.0, a=1.2, b=4.0, alike=False, stay=False):
    """Customers who buy and leave as the model says."""
    generator = np.random.default_rng(seed)
    rate = np.full(size, r / alpha) if alike else generator.gamma(r, 1 / alpha, size)
    leave = np.zeros(size) if stay else generator.beta(a, b, size)
    age = generator.integers(180, 728, size) / 7
    x, now, t_x, active = np.zeros(size), np.zeros(size), np.zeros(size), np.arange(size)
    while len(active):
        now[active] += generator.exponential(1 / rate[active])
        active = active[now[active] < age[active]]
        x[active] += 1
        t_x[active] = now[active]
        active = active[generator.random(len(active)) >= leave[active]]
    return pd.DataFrame({"x": x, "t_x": t_x, "T": age})


@pytest.mark.parametrize("kind", FITS)
def test_estimates_match_lifetimes_0_11_3(kind, cohort, peer):
    """The maximum of the likelihood is where the other library found it."""
    model, expected = FITS[kind](cohort), peer[kind]["estimates"]

    assert {name: getattr(model, name) for name in expected} == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("kind", FITS)
def test_predictions_match_lifetimes_0_11_3_at_pinned_parameters(kind, cohort, peer):
    """Same parameters, same probability and same expectation, for old and new customers."""
    model, some = pinned(kind), cohort[::50]

    assert model.probability_alive(some).tolist() == pytest.approx(peer[kind]["alive"], rel=1e-9)
    assert model.expected_purchases(some, 26).tolist() == pytest.approx(peer[kind]["expected_26"], rel=1e-9)
    assert model.expected_from_new(26) == pytest.approx(peer[kind]["new_26"], rel=1e-9)


def test_gamma_gamma_matches_lifetimes_0_11_3(cohort, peer):
    """Estimates, and expected spend at pinned parameters."""
    fitted, expected = clv.fit_gamma_gamma(cohort), peer["gamma_gamma"]["estimates"]
    some = cohort[cohort["x"] > 0][::50]

    assert {name: getattr(fitted, name) for name in expected} == pytest.approx(expected, rel=1e-4)
    assert clv.GammaGamma(6.0, 4.0, 150.0).expected_spend(some).tolist() == pytest.approx(
        peer["gamma_gamma"]["spend"], rel=1e-9
    )


@pytest.mark.parametrize("kind", FITS)
def test_the_gradient_is_the_slope_of_the_likelihood(kind, cohort):
    """The analytic gradient agrees with differences of the likelihood."""
    columns = [cohort[name].to_numpy(float) for name in ("x", "t_x", "T")]
    rows = bgnbd._Histories(*columns, np.ones(len(cohort)), int(kind == "mbgnbd"))
    logs = np.log([0.6, 9.0, 1.1, 3.0])
    slopes = [
        (rows.log_likelihood(logs + step)[0] - rows.log_likelihood(logs - step)[0]) / 2e-5 for step in np.eye(4) * 1e-5
    ]

    assert slopes == pytest.approx(rows.log_likelihood(logs)[1].tolist(), rel=1e-5)


@pytest.mark.parametrize("kind", FITS)
def test_counts_stand_for_customers(kind, cohort):
    """A table of distinct histories with counts gives the model of all customers, errors included."""
    rounded = cohort.round({"t_x": 0, "T": 0})
    counted = rounded.groupby(["x", "t_x", "T"]).size().rename("count").reset_index()
    one, two = FITS[kind](rounded), FITS[kind](counted, weights="count")

    assert len(counted) < len(rounded)
    assert two.customers == len(rounded)
    assert [two.r, two.alpha, two.a, two.b] == pytest.approx([one.r, one.alpha, one.a, one.b], rel=1e-6)
    assert dict(two.standard_errors) == pytest.approx(dict(one.standard_errors), rel=1e-3)


def test_a_million_times_the_customers_fits_as_fast_and_as_well(cohort):
    """Counts scale: the same histories a million times over have the same top and a thousandth of the error."""
    many = clv.fit_bgnbd(cohort.assign(count=1e6), weights="count")
    one = clv.fit_bgnbd(cohort)

    assert many.alpha == pytest.approx(one.alpha, rel=1e-5)
    assert many.standard_errors["r"] == pytest.approx(one.standard_errors["r"] / 1000, rel=1e-2)


def test_spend_counts_stand_for_customers_too(cohort):
    """Gamma-Gamma takes counts as well."""
    doubled = clv.fit_gamma_gamma(pd.concat([cohort, cohort], ignore_index=True))
    counted = clv.fit_gamma_gamma(cohort.assign(count=2), weights="count")

    assert [counted.p, counted.q, counted.v] == pytest.approx([doubled.p, doubled.q, doubled.v], rel=1e-6)


@pytest.mark.parametrize("kind", FITS)
def test_row_order_and_names_do_not_change_a_fit(kind, cohort):
    """Shuffled and renamed customers give the same model."""
    other = cohort.sample(frac=1, random_state=1).set_axis([f"K{i}" for i in range(len(cohort))])
    one, two = FITS[kind](cohort), FITS[kind](other)

    assert [two.r, two.alpha, two.a, two.b] == pytest.approx([one.r, one.alpha, one.a, one.b], rel=1e-6)


def test_another_time_unit_scales_alpha_and_nothing_else(cohort):
    """Days instead of weeks: seven times alpha, the same r, a, b and P(alive)."""
    weeks = clv.fit_bgnbd(cohort)
    in_days = cohort.assign(t_x=cohort["t_x"] * 7, T=cohort["T"] * 7)
    days = clv.fit_bgnbd(in_days, unit="day")

    assert [days.r, days.alpha / 7, days.a, days.b] == pytest.approx([weeks.r, weeks.alpha, weeks.a, weeks.b], rel=1e-5)
    assert days.probability_alive(in_days).tolist() == pytest.approx(weeks.probability_alive(cohort).tolist(), rel=1e-5)


def test_money_in_cents_scales_v_and_nothing_else(cohort):
    """Another currency: 100 times v and spend, the same p and q."""
    plain = clv.fit_gamma_gamma(cohort)
    cents = clv.fit_gamma_gamma(cohort.assign(mean_spend=cohort["mean_spend"] * 100))

    assert [cents.p, cents.q, cents.v / 100] == pytest.approx([plain.p, plain.q, plain.v], rel=1e-5)


def test_what_the_data_was_made_with_is_found_again():
    """On 4,000 simulated customers the intervals (three standard errors) hold rate and dropout share."""
    cbs = simulate(4000, seed=11)
    model = clv.fit_bgnbd(cbs)

    for name, truth in {"r": 0.8, "alpha": 12.0, "a": 1.2, "b": 4.0}.items():
        assert abs(getattr(model, name) - truth) < 3 * model.standard_errors[name]
    assert model.r / model.alpha == pytest.approx(0.8 / 12, rel=0.1)


@pytest.mark.full
def test_intervals_hold_the_truth_about_as_often_as_they_say():
    """Over 60 seeds, 95 % intervals hold each parameter's logarithm in at least 85 % of cases."""
    held = np.zeros(4)
    for seed in range(60):
        model = clv.fit_bgnbd(simulate(2400, seed))
        errors = np.sqrt(np.diag(model.covariance))
        off = np.log([model.r, model.alpha, model.a, model.b]) - np.log([0.8, 12.0, 1.2, 4.0])
        held += np.abs(off) < 1.96 * errors

    assert (held / 60 > 0.85).all()


def test_a_big_table_climbs_on_a_sample_and_ends_at_the_top():
    """The quick start on some rows changes the way, not the place: the gradient there is nil."""
    generator = np.random.default_rng(2)
    cbs = simulate(60_000, seed=5)
    noise = generator.gamma(6 * np.maximum(cbs["x"], 1)) / (6 * np.maximum(cbs["x"], 1))
    cbs["mean_spend"] = np.where(cbs["x"] > 0, noise * 300 / generator.gamma(4, size=len(cbs)), 0.0)
    model, spend = clv.fit_bgnbd(cbs), clv.fit_gamma_gamma(cbs)
    rows = bgnbd._Histories(*(cbs[name].to_numpy() for name in ("x", "t_x", "T")), np.ones(len(cbs)), 0)

    assert rows.sample(20_000) is not None
    assert np.abs(rows.log_likelihood(np.log([model.r, model.alpha, model.a, model.b]))[1]).max() < 0.01
    assert model.covariance is not None
    assert spend.customers == (cbs["x"] > 0).sum()


HISTORIES = st.tuples(st.integers(0, 60), st.floats(0, 1), st.floats(0, 300)).map(
    lambda row: (row[0], row[1] * row[2] if row[0] else 0.0, row[2])
)
PARAMETERS = st.tuples(*[st.floats(0.05, 30)] * 4)


@given(HISTORIES, PARAMETERS, st.sampled_from(list(FITS)), st.floats(0, 200))
def test_probabilities_and_expectations_stay_in_range(history, parameters, kind, periods):
    """0 ≤ P(alive) ≤ 1; expected purchases are finite, not negative, and grow with the horizon."""
    model = pinned(kind, **dict(zip(("r", "alpha", "a", "b"), parameters, strict=True)))
    cbs = pd.DataFrame([history], columns=["x", "t_x", "T"])
    near, far = (model.expected_purchases(cbs, ahead).iloc[0] for ahead in (periods, periods + 10))

    assert 0 <= model.probability_alive(cbs).iloc[0] <= 1
    assert 0 <= near <= far * (1 + 1e-9) + 1e-9
    assert np.isfinite(far)


@given(HISTORIES, st.tuples(*[st.floats(0.1, 8)] * 4), st.sampled_from(list(FITS)), st.floats(0.1, 60))
def test_the_formula_agrees_with_the_integral_it_stands_for(history, parameters, kind, periods):
    """₂F₁ and numerical integration over the dropout probability are two ways to one number."""
    model = pinned(kind, **dict(zip(("r", "alpha", "a", "b"), parameters, strict=True)))
    x, age, ahead = np.array([history[0]]), np.array([history[2] + 5]), np.array([periods])

    assert model.if_alive(x, age, ahead)[0, 0] == pytest.approx(
        model._if_alive_by_integral(x, age, ahead)[0, 0], rel=1e-4
    )


def test_silence_lowers_the_probability_of_being_alive():
    """The longer nothing happens, the less likely the customer is still one; a purchase is good news."""
    cbs = pd.DataFrame({"x": [4, 4, 4, 4], "t_x": [20.0] * 4, "T": [20.0, 30.0, 60.0, 120.0]})

    assert pinned().probability_alive(cbs).is_monotonic_decreasing
    assert pinned().probability_alive(pd.DataFrame({"x": [0], "t_x": [0.0], "T": [500.0]})).tolist() == [1.0]
    assert pinned("mbgnbd").probability_alive(pd.DataFrame({"x": [0], "t_x": [0.0], "T": [500.0]})).iloc[0] < 0.2


def test_simulated_customers_behave_as_predicted():
    """Total purchases of the next year lie within 5 % of what the pinned model expects (10,000 customers)."""
    generator = np.random.default_rng(9)
    size = 10_000
    rate, leave = generator.gamma(0.8, 1 / 12, size), generator.beta(1.2, 4, size)
    x, t_x, later = np.zeros(size), np.zeros(size), np.zeros(size)
    now, active = np.zeros(size), np.arange(size)
    while len(active):
        now[active] += generator.exponential(1 / rate[active])
        active = active[now[active] < 104]
        seen = active[now[active] < 52]
        x[seen] += 1
        t_x[seen] = now[seen]
        later[active[now[active] >= 52]] += 1
        active = active[generator.random(len(active)) >= leave[active]]
    cbs = pd.DataFrame({"x": x, "t_x": t_x, "T": 52.0})

    assert pinned().expected_purchases(cbs, 52).sum() == pytest.approx(later.sum(), rel=0.05)


def test_intervals_hold_the_estimate_and_widen_with_the_level(cohort):
    """Estimate inside, 99 % wider than 80 %, probabilities within 0 and 1."""
    model, spend = clv.fit_bgnbd(cohort), clv.fit_gamma_gamma(cohort)
    some = cohort[::40]
    for wide, narrow in [
        (model.purchases_interval(some, 26, level=0.99), model.purchases_interval(some, 26, level=0.8)),
        (spend.spend_interval(some, level=0.99), spend.spend_interval(some, level=0.8)),
        (model.alive_interval(some, level=0.99), model.alive_interval(some, level=0.8)),
    ]:
        assert (wide["low"] <= narrow["low"]).all()
        assert (narrow["high"] <= wide["high"]).all()
        assert (wide["low"] <= wide["estimate"]).all()
        assert (wide["estimate"] <= wide["high"]).all()
    assert model.alive_interval(some).to_numpy().max() <= 1


def test_delta_method_agrees_with_drawn_parameters(cohort):
    """The interval is about that of 2,000 models drawn from the covariance."""
    model, some = clv.fit_bgnbd(cohort), cohort[cohort["x"] > 2][:3]
    logs = np.log([model.r, model.alpha, model.a, model.b])
    drawn = np.exp(np.random.default_rng(4).multivariate_normal(logs, np.array(model.covariance), 2000))
    values = [pinned(r=r, alpha=alpha, a=a, b=b).expected_purchases(some, 26).to_numpy() for r, alpha, a, b in drawn]
    found = model.purchases_interval(some, 26)

    assert np.quantile(values, 0.025, axis=0) == pytest.approx(found["low"].to_numpy(), rel=0.1)
    assert np.quantile(values, 0.975, axis=0) == pytest.approx(found["high"].to_numpy(), rel=0.1)


def history(**columns):
    """Forty customers, half of them repeat buyers, with columns put in their place."""
    half = np.repeat([0, 1], 20)
    good = {"x": half * np.arange(1, 41), "t_x": half * 5.0, "T": np.full(40, 30.0), "mean_spend": half * np.arange(40)}
    return pd.DataFrame({**good, **columns})


REFUSED = [
    ("a missing column", history().drop(columns="t_x"), MissingColumns, "t_x"),
    ("another library's names", history().rename(columns={"x": "frequency"}), MissingColumns, "frequency"),
    ("a gap", history(T=np.nan), BadColumn, "“T”"),
    ("an infinite age", history(T=np.inf), BadColumn, "“T”"),
    ("text", history(x="often"), BadColumn, "“x”"),
    ("half a purchase", history(x=1.5), BadColumn, "“x”"),
    ("a negative count", history(x=-1), BadColumn, "“x”"),
    ("a purchase after the end", history(t_x=31.0), BadColumn, "“t_x”"),
    ("an age at a repeat that was not", history(x=0), BadColumn, "“t_x”"),
    ("an empty table", history()[:0], NothingLeft, "none of the 0 rows"),
    ("no table", [1, 2, 3], BadSetting, "cbs"),
    ("one-time buyers only", history(x=0, t_x=0.0), CannotFit, "nobody has bought twice"),
]


@pytest.mark.parametrize(("table", "error", "match"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_no_history_is_gets_our_error(table, error, match):
    """Each fault has a named error that says which column or why."""
    with pytest.raises(error, match=match):
        clv.fit_bgnbd(table)


def test_weights_must_be_counts(cohort):
    """A weight is a number from 0, in a column that exists."""
    with pytest.raises(MissingColumns, match="count"):
        clv.fit_bgnbd(cohort, weights="count")
    with pytest.raises(BadColumn, match="“count”"):
        clv.fit_bgnbd(cohort.assign(count=-1), weights="count")


def test_another_unit_than_the_models_is_refused(cohort):
    """Weeks and days are not mixed silently."""
    table = cohort.copy()
    table.attrs["unit"] = "day"

    with pytest.raises(BadSetting, match="week"):
        pinned().probability_alive(table)
    with pytest.raises(BadSetting, match="fortnight"):
        clv.fit_bgnbd(cohort, unit="fortnight")


def test_nullable_columns_are_read(cohort):
    """Nullable types without gaps are numbers like others."""
    table = cohort.astype({"x": "Int64", "t_x": "Float64", "T": "Float64"})

    assert clv.fit_bgnbd(table).r == pytest.approx(clv.fit_bgnbd(cohort).r)


def noted(fit, cbs):
    """Codes of what the fit notes; each is warned of, and has words in both languages."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = fit(cbs)
    assert [type(item.message) for item in caught] == [DataWarning] * len(model.notes)
    assert all(Words(language).say(note) for language in LANGUAGES for note in model.notes)
    return {note.code for note in model.notes}, model


def test_weak_data_is_named_by_its_cause():
    """Nobody leaves, everybody buys alike, too few come back: each has its own warning, and predictions go on."""
    cases = {
        "models.no_dropout": simulate(1500, 1, stay=True),
        "models.rates_alike": simulate(1500, 1, r=2.0, alpha=8.0, alike=True),
        "models.dropout_alike": pd.DataFrame(
            {"x": [1] * 200 + [0] * 200, "t_x": [1.0] * 200 + [0.0] * 200, "T": 100.0}
        ),
        "models.few_repeaters": simulate(30, 3),
    }
    for code, cbs in cases.items():
        codes, model = noted(clv.fit_bgnbd, cbs)

        assert code in codes
        assert model.expected_purchases(cbs, 26).between(0, 1e4).all()


def test_one_customer_gives_a_warning_and_no_nonsense():
    """A single repeat buyer is fitted with a warning; predictions stay finite."""
    codes, model = noted(clv.fit_bgnbd, pd.DataFrame({"x": [3], "t_x": [8.0], "T": [10.0]}))

    assert "models.few_repeaters" in codes
    assert np.isfinite(model.expected_purchases(pd.DataFrame({"x": [3], "t_x": [8.0], "T": [10.0]}), 10)).all()
    assert model.standard_errors is None


def test_without_a_covariance_there_is_no_interval(cohort):
    """A pinned model has no uncertainty of its own to show."""
    with pytest.raises(BadSetting, match="covariance"):
        pinned().purchases_interval(cohort, 26)
    with pytest.raises(BadSetting, match="level"):
        clv.fit_bgnbd(cohort).alive_interval(cohort, level=2)


def test_spend_without_a_mean_falls_back_and_says_so():
    """At q ≤ 1 a one-time buyer gets the mean of all repeat purchases, a repeat buyer their own."""
    generator = np.random.default_rng(8)
    size = 600
    mean = 1 / generator.gamma(0.5, size=size)
    x = generator.integers(1, 9, size)
    cbs = pd.DataFrame({"x": x, "mean_spend": mean * generator.gamma(6.0 * x) / (6.0 * x)})
    codes, spend = noted(clv.fit_gamma_gamma, cbs)
    pooled = float((x * cbs["mean_spend"]).sum() / x.sum())

    assert codes == {"models.no_mean"}
    assert spend.q <= 1
    assert spend.mean == pytest.approx(pooled)
    assert spend.expected_spend(cbs).tolist() == pytest.approx(cbs["mean_spend"].tolist())
    assert spend.expected_spend(pd.DataFrame({"x": [0], "mean_spend": [0.0]})).tolist() == pytest.approx([pooled])
    with pytest.raises(BadSetting, match="pooled_mean"):
        clv.GammaGamma(6.0, 0.9, 15.0)


def test_spend_data_that_cannot_be_fitted_is_refused():
    """No repeat buyers, nothing paid, or all the same: an error with the reason, not an odd estimate."""
    for table, match in [
        (history(x=0, mean_spend=0.0), "bought twice"),
        (history(mean_spend=0.0), "spent anything"),
        (history(mean_spend=np.repeat([0.0, 9.0], 20)), "differs"),
    ]:
        with pytest.raises(CannotFit, match=match):
            clv.fit_gamma_gamma(table)
    with pytest.raises(BadColumn, match="repeat purchases"):
        clv.fit_gamma_gamma(history(x=0, mean_spend=5.0))


def test_free_repeat_purchases_are_counted_out():
    """Repeat buyers who paid nothing are left out of the spend model and counted."""
    table = history(x=np.repeat([0, 2], 20), mean_spend=[0.0] * 21 + list(range(1, 20)))
    codes, spend = noted(clv.fit_gamma_gamma, table)

    assert "models.unpaid" in codes
    assert spend.customers == 19


@pytest.mark.parametrize("changes", [{"r": 0}, {"alpha": -1}, {"a": np.nan}, {"b": np.inf}, {"unit": "hour"}], ids=str)
def test_impossible_parameters_are_refused(changes):
    """A model holds positive numbers and a known unit."""
    with pytest.raises(BadSetting):
        pinned(**changes)


def test_models_are_values(cohort):
    """Frozen, equal when their numbers are, and safe to store."""
    model = clv.fit_bgnbd(cohort)

    assert pickle.loads(pickle.dumps(model)) == model
    with pytest.raises(AttributeError):
        model.r = 1.0


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 4)), min_size=1, max_size=30))
def test_distinct_rows_come_back(rows):
    """The distinct combinations, taken by each row's position, are the rows."""
    left, right = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    codes, (few_left, few_right) = distinct(left, right)

    assert np.array_equal(few_left[codes], left)
    assert np.array_equal(few_right[codes], right)
    assert len(few_left) == len(set(rows))


def test_every_model_note_has_words():
    """Whatever a model says of itself can be said in both languages."""
    values = dict.fromkeys(("count", "customers", "share", "q", "pooled", "lead", "once", "gap", "correlation"), 2)
    keys = [key for key in dictionary() if key.startswith("models.")]

    assert len(keys) > 10
    for key in keys:
        assert all(Words(language).say(key, **values, predicted=3, actual=4) for language in LANGUAGES)
