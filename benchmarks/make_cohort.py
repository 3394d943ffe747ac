"""Make the simulated cohort of the tests, with what lifetimes estimates from it and predicts for it.

Run in the benchmark's own environment: python -m benchmarks.make_cohort
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter

DATA = Path(__file__).parents[1] / "tests" / "data"
TRUTH = {"r": 0.8, "alpha": 12.0, "a": 1.2, "b": 4.0, "p": 6.0, "q": 4.0, "v": 150.0}


def simulate(size: int, seed: int) -> pd.DataFrame:
    """Draw customers who buy at a gamma distributed rate and leave with a beta distributed probability."""
    generator = np.random.default_rng(seed)
    rows = []
    for _ in range(size):
        age = generator.integers(180, 728) / 7
        rate = generator.gamma(TRUTH["r"], 1 / TRUTH["alpha"])
        leave = generator.beta(TRUTH["a"], TRUTH["b"])
        mean = TRUTH["p"] / generator.gamma(TRUTH["q"], 1 / TRUTH["v"])
        x, t_x, now = 0, 0.0, generator.exponential(1 / rate)
        while now < age:
            x, t_x = x + 1, now
            if generator.random() < leave:
                break
            now += generator.exponential(1 / rate)
        spend = generator.gamma(TRUTH["p"] * x, mean / TRUTH["p"]) / x if x else 0.0
        rows.append((x, round(t_x, 2), round(age, 2), round(spend, 2)))
    return pd.DataFrame(rows, columns=["x", "t_x", "T", "mean_spend"])


def main() -> None:
    """Write the cohort and lifetimes' figures for it."""
    cbs = simulate(600, seed=20250630)
    DATA.mkdir(exist_ok=True)
    cbs.to_csv(DATA / "cohort.csv", index=False, lineterminator="\n")
    x, t_x, age = cbs["x"], cbs["t_x"], cbs["T"]
    found: dict[str, object] = {"truth": TRUTH, "made_with": "lifetimes 0.11.3"}
    pinned = {"r": 0.8, "alpha": 12.0, "a": 1.2, "b": 4.0}
    for name, kind in (("bgnbd", BetaGeoFitter), ("mbgnbd", ModifiedBetaGeoFitter)):
        fitter = kind().fit(x, t_x, age)
        estimates = {key: float(fitter.params_[key]) for key in ("r", "alpha", "a", "b")}
        fitter.params_ = pd.Series(pinned)
        some = cbs[::50]
        found[name] = {
            "estimates": estimates,
            "alive": np.asarray(fitter.conditional_probability_alive(some["x"], some["t_x"], some["T"])).tolist(),
            "expected_26": np.asarray(
                fitter.conditional_expected_number_of_purchases_up_to_time(26, some["x"], some["t_x"], some["T"])
            ).tolist(),
            "new_26": float(fitter.expected_number_of_purchases_up_to_time(26)),
        }
    again = cbs[cbs["x"] > 0]
    spend = GammaGammaFitter().fit(again["x"], again["mean_spend"])
    found["gamma_gamma"] = {"estimates": {key: float(spend.params_[key]) for key in ("p", "q", "v")}}
    spend.params_ = pd.Series({"p": 6.0, "q": 4.0, "v": 150.0})
    some = again[::50]
    found["gamma_gamma"] |= {  # type: ignore[operator]
        "spend": np.asarray(spend.conditional_expected_average_profit(some["x"], some["mean_spend"])).tolist()
    }
    (DATA / "cohort.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
