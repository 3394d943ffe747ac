"""Other engines: the same figures as pandas, from Polars, PyArrow and DuckDB, without leaving them."""

import importlib
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from custlib.analysis import rfm
from custlib.analysis.summarise import summarise
from custlib.errors import BadSetting, MissingColumns, NothingLeft

NAMES = {"customer_id": "customer_id", "date": "date", "amount": "amount", "order_id": None}
ENGINES = ("polars", "polars lazy", "pyarrow", "duckdb")


def into(engine, table):
    """The pandas table in another engine; skips, saying so, where that engine is not installed."""
    package = engine.partition(" ")[0]
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    columns = {
        name: [None if pd.isna(value) and name != "amount" else value for value in table[name]] for name in table
    }
    if package == "polars":
        frame = importlib.import_module("polars").DataFrame(columns, strict=False)
        return frame.lazy() if engine.endswith("lazy") else frame
    if package == "pyarrow":
        return importlib.import_module("pyarrow").table(columns)
    return importlib.import_module("duckdb").from_df(table)


def messy():
    """A small table with every fault that a typed table can have."""
    generator = np.random.default_rng(3)
    size = 300
    table = pd.DataFrame(
        {
            "customer_id": generator.choice(["A", "B ", " B", "C", "D", "", None], size),
            "date": pd.Timestamp("2025-01-01") + pd.to_timedelta(generator.integers(0, 80, size), unit="D"),
            "amount": generator.choice([10.0, 25.5, 0.0, -4.0, np.nan, np.inf], size),
            "order_id": generator.choice(["o1", "o2", "o3", None], size),
        }
    )
    table.loc[::17, "date"] = pd.NaT
    returned = pd.DataFrame(
        {"customer_id": ["Z"], "date": pd.Timestamp("2025-01-05"), "amount": -3.0, "order_id": "o9"}
    )
    return pd.concat([table, returned], ignore_index=True)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("order_id", [None, "order_id"])
@pytest.mark.parametrize("as_of", [None, "2025-03-01"])
def test_every_engine_gives_the_figures_of_pandas(engine, order_id, as_of):
    """One rule, one result: customers, figures and everything that was noticed."""
    settings = {"names": {**NAMES, "order_id": order_id}, "where": "test", "as_of": as_of, "opening": True}
    expected = summarise(messy(), **settings)
    found = summarise(into(engine, messy()), **settings)

    for name in ("purchases", "first", "last", "net", "gross", "opening"):
        assert np.allclose(getattr(expected, name), getattr(found, name)), name
    assert expected.ids.tolist() == found.ids.tolist()
    assert expected.as_of == found.as_of
    assert {i.code: i.values["count"] for i in expected.issues} == {i.code: i.values["count"] for i in found.issues}


@pytest.mark.parametrize("engine", ENGINES)
def test_rfm_takes_every_engine(engine):
    """The result is the same pandas table, whatever held the rows."""
    clean = messy().dropna()
    pd.testing.assert_frame_equal(rfm.summarize(clean), rfm.summarize(into(engine, clean)))


@pytest.mark.parametrize("engine", ENGINES)
def test_unfit_tables_get_our_errors(engine):
    """Missing columns, text for dates, and no usable row are named, not passed on as foreign errors."""
    table = messy().dropna()

    with pytest.raises(MissingColumns, match="amount"):
        rfm.summarize(into(engine, table.drop(columns="amount")))
    with pytest.raises(BadSetting, match="dates"):
        rfm.summarize(into(engine, table.assign(date="2025-01-01")))
    with pytest.raises(BadSetting, match="numbers"):
        rfm.summarize(into(engine, table.assign(amount="12")))
    with pytest.raises(NothingLeft, match="infinite"):
        rfm.summarize(into(engine, table.assign(amount=np.inf)))
    with pytest.raises(NothingLeft):
        rfm.summarize(into(engine, table.assign(amount=-1.0)))
    with pytest.raises(NothingLeft):
        rfm.summarize(into(engine, table), as_of="1999-01-01")


def test_time_zones_are_dropped_in_the_engine_too():
    """The day is taken as written and the zone is mentioned."""
    polars = pytest.importorskip("polars", reason="polars is not installed")
    dates = pd.Series(pd.to_datetime(["2025-06-03 23:30"])).dt.tz_localize("Asia/Shanghai")
    frame = polars.DataFrame({"customer_id": [1], "date": dates.tolist(), "amount": [1.0]})
    frame = frame.with_columns(polars.col("date").dt.convert_time_zone("Asia/Shanghai"))
    summary = rfm.summarize(frame)

    assert [issue.code for issue in summary.attrs["issues"]] == ["data.time_zone"]
    assert summary["last_order"].tolist() == [pd.Timestamp("2025-06-03")]


@pytest.mark.parametrize(
    "orders", [object(), np.zeros((2, 3)), [1, 2], None], ids=["object", "array", "list", "nothing"]
)
def test_what_no_engine_knows_is_refused(orders):
    """Anything that is no table is named, with what is possible."""
    with pytest.raises(BadSetting, match="Polars"):
        rfm.summarize(orders)


def test_pandas_alone_imports_no_other_engine():
    """Who works with pandas pays for nothing else."""
    code = (
        "import sys, pandas as pd; from custlib.analysis import rfm;"
        "rfm.summarize(pd.DataFrame({'customer_id': [1], 'date': ['2025-06-01'], 'amount': [1]}));"
        "raise SystemExit(' '.join({'narwhals', 'polars', 'duckdb', 'scipy', 'altair'} & set(sys.modules)))"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr.strip() == ""
    )
