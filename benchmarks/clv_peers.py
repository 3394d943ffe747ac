"""RFM and CLV beside what else one could use: seconds, ratios and memory, measured in turn in one run.

Run in an environment of its own (benchmarks/requirements.txt): python -m benchmarks.clv_peers [part ...]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.results import keep

ROOT = Path(__file__).parents[1]
DAYS = 546
TEXTS = ("Arrow text", "Python text", "fresh text")
FIRST = 9862  # 1997-01-01
END = "1998-06-30"
Work = Callable[[], object]


def seconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def against(ours: Work, others: dict[str, Work], rounds: int) -> list[tuple[str, float, float, float]]:
    """Each rival with medians of its seconds, ours and their ratio, all taken in turn in one run."""
    ours()
    for work in others.values():
        if rounds > 1:
            work()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in others}
    for _ in range(rounds):
        for name, work in others.items():
            taken[name].append((seconds(work), seconds(ours)))
    rows = []
    for name, pairs in taken.items():
        theirs, own = (statistics.median(column) for column in zip(*pairs, strict=True))
        rows.append((name, theirs, own, statistics.median(their / our for their, our in pairs)))
    return rows


def table(kind: str, rows: int, customers: int) -> pd.DataFrame:
    """Purchases of a year and a half: dense or sparse whole numbers or texts as ids."""
    generator = np.random.default_rng(1)
    ids: Any = generator.integers(0, customers, rows)
    if kind == "sparse":
        ids = ids * 7919 + 104_729
    day = generator.integers(FIRST, FIRST + DAYS, rows).astype("datetime64[D]").astype("datetime64[us]")
    frame = pd.DataFrame({"customer_id": ids, "date": day, "amount": generator.gamma(2, 20, rows)})
    if kind in TEXTS:
        names = np.array([f"C{number:07d}" for number in generator.permutation(customers)], dtype=object)[ids]
        if kind == "fresh text":  # a string of its own in each row, as some readers make them
            names = np.array([name[:1] + name[1:] for name in names], dtype=object)
        storage = "pyarrow" if kind == "Arrow text" else "python"
        frame["customer_id"] = pd.array(names, dtype=pd.StringDtype(storage, na_value=np.nan))
    return frame


def histories(size: int, seed: int = 5) -> pd.DataFrame:
    """Customers who buy and leave as BG/NBD says, observed by day for up to 78 weeks, counted in weeks."""
    generator = np.random.default_rng(seed)
    rate, leave = generator.gamma(0.243, 1 / 4.414, size), generator.beta(0.793, 2.426, size)
    age = generator.integers(1, DAYS, size) / 7
    x, now, t_x, active = np.zeros(size), np.zeros(size), np.zeros(size), np.arange(size)
    while len(active):
        now[active] += generator.exponential(1 / rate[active])
        active = active[now[active] < age[active]]
        x[active] += 1
        t_x[active] = now[active]
        active = active[generator.random(len(active)) >= leave[active]]
    mean = 6 / generator.gamma(4, 1 / 15, size)
    spend = np.where(x > 0, generator.gamma(6 * np.maximum(x, 1)) * mean / (6 * np.maximum(x, 1)), 0.0)
    return pd.DataFrame({"x": x, "t_x": np.floor(t_x * 7) / 7, "T": age, "mean_spend": spend.round(2)})


def two_steps(frame: Any) -> Work:
    """The same two steps in Polars: customer-day, then customer."""
    import polars as pl

    day, amount = pl.col("date"), pl.col("amount")
    single = frame.lazy().group_by("customer_id", "date").agg(amount.sum())
    each = single.group_by("customer_id").agg(
        pl.len().alias("purchases"), amount.sum(), day.min().alias("first"), day.max().alias("last")
    )
    return each.collect


def to_polars(frame: pd.DataFrame) -> Any:
    import polars as pl

    columns: dict[str, Any] = {name: frame[name].to_numpy() for name in ("date", "amount")}
    ids = frame["customer_id"]
    columns["customer_id"] = ids.tolist() if ids.dtype == "str" else ids.to_numpy()
    return pl.DataFrame(columns).with_columns(pl.col("date").cast(pl.Date))


def summaries() -> list[str]:
    """From purchases to customers: ours, the engines, and the other libraries."""
    import duckdb
    from clvkit import CustomerBase
    from lifetimes.utils import summary_data_from_transaction_data
    from pymc_marketing.clv.utils import rfm_summary

    from custlib.analysis import clv, rfm

    lines = []
    for kind, rows, customers, rounds in (("dense", 1_000_000, 100_000, 5), ("dense", 10_000_000, 1_000_000, 5)):
        frame = table(kind, rows, customers)
        lazy = to_polars(frame)
        plain = frame.assign(date=frame["date"].dt.as_unit("ns"))
        engines = {
            "Polars, two steps": two_steps(lazy),
            "DuckDB, two steps": lambda lazy=lazy: duckdb.sql(
                "select customer_id, count(*), sum(amount), min(date), max(date) from (select customer_id, date, "
                "sum(amount) amount from lazy group by all) group by customer_id"
            ).arrow(),
            "pandas groupby, two steps": lambda frame=frame: (
                frame.groupby(["customer_id", "date"], sort=False)["amount"]
                .sum()
                .reset_index()
                .groupby("customer_id")
                .agg({"date": ["count", "min", "max"], "amount": "sum"})
            ),
        }
        libraries = {
            "lifetimes": lambda plain=plain: summary_data_from_transaction_data(
                plain, "customer_id", "date", "amount", observation_period_end=END
            ),
            "pymc-marketing": lambda plain=plain: rfm_summary(
                plain, "customer_id", "date", "amount", observation_period_end=END
            ),
            "clvkit": lambda frame=frame: CustomerBase.from_transactions(frame, observation_period_end=END),
        }
        size = f"{rows // 1_000_000} M purchases, {customers:,} customers"
        ours: dict[str, Work] = {
            "rfm.summarize": lambda frame=frame: rfm.summarize(frame, as_of=END),
            "clv.purchase_summary": lambda frame=frame: clv.purchase_summary(frame, as_of=END),
        }
        for name, work in ours.items():
            lines += compared(f"{name}, {size}", against(work, engines, rounds))
        library_rounds = 3 if rows == 1_000_000 else 1
        lines += compared(
            f"clv.purchase_summary, {size}", against(ours["clv.purchase_summary"], libraries, library_rounds)
        )
    return lines


def ids() -> list[str]:
    """Each kind of ids against Polars, 10 M purchases of 1 M customers."""
    from custlib.analysis import rfm

    lines = []
    for kind in ("dense", "sparse", *TEXTS):
        frame = table(kind, 10_000_000, 1_000_000)
        rivals: dict[str, Work] = {"Polars, two steps": two_steps(to_polars(frame))}
        found = against(lambda frame=frame: rfm.summarize(frame, as_of=END), rivals, 5)
        lines += compared(f"rfm.summarize, 10 M, {kind} ids", found)
    return lines


def models() -> list[str]:
    """Fits and predictions."""
    from clvkit import BGNBD, CustomerBase
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    from custlib.analysis import clv

    lines = []
    folder = Path(os.environ.get("CUSTLIB_CDNOW", ROOT.parent / "shared" / "data" / "cdnow"))
    if folder.exists():
        names = ["master_id", "customer_id", "date", "cds", "amount"]
        log = pd.read_fwf(folder / "CDNOW_sample.txt", header=None, names=names, dtype={"customer_id": str})
        small, called = clv.purchase_summary(log, as_of="1997-09-30"), "CDNOW, 2,357 customers"
    else:
        small, called = histories(2357), "2,357 simulated customers"
    for cbs, size, rounds in ((small, called, 9), (histories(1_000_000), "1 M customers", 1)):
        peer = cbs.rename(columns={"x": "frequency", "t_x": "recency", "mean_spend": "monetary_value"})
        again = peer[(peer["frequency"] > 0) & (peer["monetary_value"] > 0)]
        base = _clvkit_base(CustomerBase, peer)
        fits: dict[str, Work] = {
            "lifetimes": lambda peer=peer: BetaGeoFitter().fit(peer["frequency"], peer["recency"], peer["T"]),
            "clvkit": lambda base=base: BGNBD().fit(base),
            "pymc-marketing, MAP": lambda peer=peer: _pymc_fit(peer),
        }
        lines += compared(f"fit_bgnbd, {size}", against(lambda cbs=cbs: clv.fit_bgnbd(cbs), fits, rounds))
        spends: dict[str, Work] = {
            "lifetimes": lambda again=again: GammaGammaFitter().fit(again["frequency"], again["monetary_value"])
        }
        lines += compared(
            f"fit_gamma_gamma, {len(again):,} repeat buyers",
            against(lambda cbs=cbs: clv.fit_gamma_gamma(cbs), spends, rounds),
        )
    model, spend = clv.fit_bgnbd(cbs), clv.fit_gamma_gamma(cbs)
    purchases, money = BetaGeoFitter(), GammaGammaFitter()
    purchases.params_ = pd.Series({name: getattr(model, name) for name in ("r", "alpha", "a", "b")})
    purchases.predict = purchases.conditional_expected_number_of_purchases_up_to_time
    money.params_ = pd.Series({name: getattr(spend, name) for name in ("p", "q", "v")})
    value: dict[str, Work] = {
        "lifetimes": lambda: money.customer_lifetime_value(
            purchases, peer["frequency"], peer["recency"], peer["T"], peer["monetary_value"], time=12, freq="W"
        )
    }
    lines += compared(
        "lifetime_value, 12 months, 1 M customers", against(lambda: clv.lifetime_value(model, spend, cbs), value, 3)
    )
    return lines


def _clvkit_base(kind: Any, peer: pd.DataFrame) -> Any:
    return kind(
        peer[["frequency", "recency", "T", "monetary_value"]],
        time_unit="W",
        observation_period_end=pd.Timestamp(END),
        has_monetary=True,
        on_negative="net",
    )


def _pymc_fit(peer: pd.DataFrame) -> object:
    from pymc_marketing.clv import BetaGeoModel

    columns = peer[["frequency", "recency", "T"]].reset_index(drop=True)
    return BetaGeoModel(columns.assign(customer_id=np.arange(len(columns)))).fit(method="map", progressbar=False)


MEMORY = {
    "rfm.summarize": "from custlib.analysis import rfm; work = lambda: rfm.summarize(frame, as_of=END)",
    "clv.purchase_summary": "from custlib.analysis import clv; work = lambda: clv.purchase_summary(frame, as_of=END)",
    "Polars, two steps": "from benchmarks.clv_peers import two_steps; work = two_steps(to_polars(frame)); del frame",
    "pandas groupby, two steps": (
        "work = lambda: frame.groupby(['customer_id', 'date'], sort=False)['amount'].sum().reset_index()"
        ".groupby('customer_id').agg({'date': ['count', 'min', 'max'], 'amount': 'sum'})"
    ),
    "lifetimes": (
        "from lifetimes.utils import summary_data_from_transaction_data as peer; "
        "frame['date'] = frame['date'].dt.as_unit('ns'); "
        "work = lambda: peer(frame, 'customer_id', 'date', 'amount', observation_period_end=END)"
    ),
}
CHILD = """
import gc, re, warnings
warnings.simplefilter("ignore")
from benchmarks.clv_peers import END, table, to_polars
frame = table("dense", 10_000_000, 1_000_000)
{setup}
gc.collect()
status = lambda name: int(re.search(name + r":\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
before = status("VmRSS")
open("/proc/self/clear_refs", "w").write("5")
result = work()
print(status("VmHWM") - before)
"""


def memory() -> list[str]:
    """Peak memory above the input, each in a fresh process (Linux)."""
    lines = ["", "| 10 M purchases, peak above the input | MiB |", "|:--|--:|"]
    for name, setup in MEMORY.items():
        found = [float(_python(CHILD.format(setup=setup))) for _ in range(3 if name != "lifetimes" else 1)]
        lines.append(f"| {name} | {statistics.median(found):,.0f} |")
    return lines


def imports() -> list[str]:
    """Opening the libraries, in fresh processes, in turn."""
    base = "import numpy, pandas, scipy.linalg, scipy.special"
    ours = "import custlib.analysis.clv"
    others = {
        "pandas and the SciPy parts it uses": base,
        "lifetimes": "import lifetimes",
        "clvkit": "import clvkit",
        "pymc-marketing": "import pymc_marketing.clv",
    }
    works = {
        name: (lambda code=code: _python("import warnings; warnings.simplefilter('ignore'); " + code))
        for name, code in others.items()
    }
    return compared("`import custlib.analysis.clv`", against(lambda: _python(ours), works, 5))


def growth() -> list[str]:
    """From 10 thousand to 10 million purchases, beside reading the three columns once."""
    from custlib.analysis import rfm

    lines = ["", "| purchases | rfm.summarize, s | reading the columns once, s | per million, s |", "|--:|--:|--:|--:|"]
    for rows in (10_000, 100_000, 1_000_000, 10_000_000):
        frame = table("dense", rows, rows // 10)
        rfm.summarize(frame, as_of=END)
        taken = statistics.median(seconds(lambda: rfm.summarize(frame, as_of=END)) for _ in range(5))  # noqa: B023
        floor = statistics.median(seconds(lambda: [frame[name].to_numpy().max() for name in frame]) for _ in range(5))  # noqa: B023
        lines.append(f"| {rows:,} | {taken:.4f} | {floor:.4f} | {taken / rows * 1e6:.3f} |")
    return lines


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True).stdout


def compared(what: str, rows: Iterable[tuple[str, float, float, float]]) -> list[str]:
    return [f"| {what} | {name} | {theirs:.4g} | {own:.4g} | {ratio:.2f} |" for name, theirs, own, ratio in rows]


PARTS: dict[str, Callable[[], list[str]]] = {
    "summaries": summaries,
    "ids": ids,
    "models": models,
    "imports": imports,
    "memory": memory,
    "growth": growth,
}
NOTE = "Polars and DuckDB use all cores, the others one: on a machine that other work shares, they lose more."
HEAD = ["| ours | against | theirs, s | ours, s | theirs ÷ ours |", "|:--|:--|--:|--:|--:|"]


def main(parts: list[str]) -> None:
    """Measure the parts named, or all, and keep them in RESULTS.md."""
    warnings.simplefilter("ignore")
    for part in parts or list(PARTS):
        lines = PARTS[part]()
        table_follows = part in ("memory", "growth")
        note = ["", NOTE] if part in ("summaries", "ids") else []
        keep(f"RFM and CLV: {part}", lines[1:] if table_follows else [*HEAD, *lines, *note])


if __name__ == "__main__":
    main(sys.argv[1:])
