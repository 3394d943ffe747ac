"""The papers' own data: published parameters, standard errors, likelihoods and the holdout.

The data is public but carries no licence, so that it is not part of the course. Set CUSTLIB_CDNOW to its folder.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import hyp2f1

from custlib.analysis import clv

CDNOW = Path(os.environ.get("CUSTLIB_CDNOW", Path(__file__).parents[2] / "shared" / "data" / "cdnow"))
pytestmark = pytest.mark.skipif(
    not CDNOW.exists(), reason="the CDNOW data is not here; set CUSTLIB_CDNOW to its folder"
)


@pytest.fixture(scope="module")
def log():
    """The papers' sample of one tenth: 2,357 customers."""
    names = ["master_id", "customer_id", "date", "cds", "amount"]
    return pd.read_fwf(CDNOW / "CDNOW_sample.txt", header=None, names=names, dtype={"customer_id": str})


@pytest.fixture(scope="module")
def cbs(log):
    """Purchases of 39 weeks, as the models read them."""
    return clv.purchase_summary(log, as_of="1997-09-30", unit="week")


def printed(model, digits):
    """Parameters as a paper prints them."""
    return {name: float(f"{getattr(model, name):.{places}f}") for name, places in digits.items()}


def test_purchase_summary_counts_2357_customers_and_946_repeat_buyers(cbs):
    """The calibration sample of Fader, Hardie & Lee (2005)."""
    assert len(cbs) == 2357
    assert int((cbs["x"] > 0).sum()) == 946
    assert cbs.loc["0001", ["x", "t_x", "T", "mean_spend"]].tolist() == pytest.approx(
        [2, 30.43, 38.86, 22.345], abs=5e-3
    )


def test_bgnbd_matches_fader_hardie_lee_2005(cbs):
    """Parameters and likelihood as printed in the paper, from the raw log by day."""
    model = clv.fit_bgnbd(cbs)

    assert printed(model, {"r": 3, "alpha": 3, "a": 3, "b": 3}) == {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.005)


def test_bgnbd_matches_fader_hardie_lee_2005_to_four_digits_on_the_papers_rounding(cbs):
    """The file behind the paper holds t_x and T with two decimals; on it every further digit agrees, errors too."""
    model = clv.fit_bgnbd(cbs.round({"t_x": 2, "T": 2}))
    expected = {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}
    errors = {"r": 0.0126, "alpha": 0.378, "a": 0.186, "b": 0.705}

    assert printed(model, dict.fromkeys(expected, 4)) == expected
    assert {name: round(model.standard_errors[name], 4 if name == "r" else 3) for name in errors} == errors
    assert round(model.log_likelihood, 2) == -9582.43


def test_mbgnbd_matches_published_values(cbs):
    """Parameters and likelihood of MBG/NBD on the same data."""
    model = clv.fit_mbgnbd(cbs.round({"t_x": 2, "T": 2}))

    assert printed(model, {"r": 4, "alpha": 3, "a": 4, "b": 3}) == {
        "r": 0.5248,
        "alpha": 6.183,
        "a": 0.8914,
        "b": 1.614,
    }
    assert round(model.log_likelihood, 2) == -9582.13


def test_gamma_gamma_matches_fader_hardie_2013(cbs):
    """Spend parameters of 946 repeat buyers; the published figures stop a little before the top."""
    spend = clv.fit_gamma_gamma(cbs)

    assert spend.customers == 946
    assert printed(spend, {"p": 2, "q": 2, "v": 2}) == {"p": 6.25, "q": 3.74, "v": 15.44}
    assert [spend.p, spend.q, spend.v] == pytest.approx([6.2488, 3.7446, 15.4477], rel=3e-4)
    assert round(spend.log_likelihood, 2) == -4055.92


def test_holdout_on_cdnow_agrees_with_a_second_method(log, cbs):
    """Weeks 40 to 78 by repeat purchases before: made, counted with pandas; predicted, by the published formula."""
    result = clv.holdout(log, calibrate_to="1997-09-30", as_of="1998-06-30")
    days = pd.to_datetime(log["date"].astype(str))
    later = log[days > "1997-09-30"].groupby("customer_id")["date"].nunique().reindex(cbs.index, fill_value=0)
    r, alpha, a, b = (getattr(result.model, name) for name in ("r", "alpha", "a", "b"))
    x, age = cbs["x"], cbs["T"]
    alive = 1 / (1 + (x > 0) * a / (b + x - 1) * ((alpha + age) / (alpha + cbs["t_x"])) ** (r + x))
    z = 39 / (alpha + age + 39)
    more = (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * hyp2f1(r + x, b + x, a + b + x - 1, z)) * alive
    groups = x.clip(upper=7).astype(int)

    assert result.periods == 39
    assert result.by_frequency["customers"].tolist() == groups.value_counts().sort_index().tolist()
    assert result.by_frequency["actual"].tolist() == pytest.approx(later.groupby(groups).mean().tolist())
    assert result.by_frequency["predicted"].tolist() == pytest.approx(more.groupby(groups).mean().tolist(), rel=1e-6)
    assert (round(result.finding.values["predicted"]), result.finding.values["actual"]) == (1653, 1882)


def test_spend_and_frequency_are_nearly_independent(cbs):
    """The correlation that the spend model's authors report: 0.11."""
    found = clv.spend_independence(cbs)

    assert round(found.correlation, 2) == 0.11
    assert found.finding.code == "models.independence.weak"


def test_both_models_fit_alike_and_differ_on_one_time_buyers(cbs):
    """Likelihoods differ by 0.3; only MBG/NBD doubts those who bought once."""
    table, finding = clv.compare_models(cbs)

    assert finding.code == "models.choice.either"
    assert table.loc["BG/NBD", "alive"] - table.loc["MBG/NBD", "alive"] > 0.3


def test_the_whole_cohort_gives_a_similar_model():
    """23,570 customers: the sample's rate and dropout share hold for all of them."""
    names = ["customer_id", "date", "cds", "amount"]
    master = pd.read_csv(CDNOW / "CDNOW_master.txt", sep=r"\s+", header=None, skiprows=1, names=names)
    cbs = clv.purchase_summary(master, as_of="1997-09-30")
    model = clv.fit_bgnbd(cbs)

    assert len(cbs) == 23570
    assert model.r / model.alpha == pytest.approx(0.243 / 4.414, rel=0.15)
    assert np.all(np.array(list(model.standard_errors.values())) > 0)
