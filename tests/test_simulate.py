"""The practice company: whole, clean, the same to the byte, and as large as one likes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from custlib.analysis import simulate
from custlib.analysis.simulate import draws, plan
from custlib.content import Words, dictionary
from custlib.course import practice_data
from custlib.course.cli import main
from custlib.course.tables import read_made
from custlib.errors import MissingTool, NotWritable, UnknownName

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "datasets").rglob("*.csv"))
# Columns that hold a code, and where its words stand.
CODES = {
    "industry": "industry", "ownership": "ownership", "region": "region", "source_channel": "source",
    "category": "category", "stated_need": "need", "function": "function", "level": "level", "contact_level": "level",
    "platform": "platform", "measure": "measure",
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return simulate.company(7)


def digest(seed: int, names: tuple[str, ...]) -> str:
    made = [simulate.table(name, seed).to_csv(index=False) for name in names]
    return hashlib.sha256("".join(made).encode()).hexdigest()


def test_the_committed_files_are_what_the_code_makes() -> None:
    """Byte for byte, for the tables everything else hangs on; `custlib data --check` compares them all."""
    for name in ("orders", "customers", "products", "campaign", "goals"):
        assert (ROOT / "datasets" / f"{name}.csv").read_bytes() == practice_data.as_csv(simulate.table(name, 7)), name


@pytest.mark.full
def test_the_command_compares_every_file() -> None:
    """`custlib data --check` is content with what is committed, pages included."""
    assert practice_data.check(ROOT) == []


@pytest.mark.full
def test_a_changed_file_is_named(tmp_path: Path) -> None:
    """One byte more in one table, one page gone: both are named."""
    shutil.copytree(ROOT / "datasets", tmp_path / "datasets")
    with (tmp_path / "datasets" / "leads.csv").open("ab") as file:
        file.write(b"\n")
    (tmp_path / "datasets" / "README.md").unlink()

    assert practice_data.check(tmp_path) == ["leads.csv", "README.md"]


@pytest.mark.full
def test_a_seed_is_a_company() -> None:
    """The same seed makes the same bytes in another process, whatever its hash seed; another seed others."""
    names = ("orders", "contracts", "comments")
    code = (
        "import hashlib, sys; from custlib.analysis import simulate;"
        f"made = [simulate.table(name, 8).to_csv(index=False) for name in {names}];"
        "print(hashlib.sha256(''.join(made).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == digest(8, names) != digest(9, names)


def test_the_files_hold_no_binary_dust() -> None:
    """No number has more than four decimals, no exponent, no minus nought; each file begins with the mark Excel needs."""
    for path in FILES:
        text = path.read_bytes()
        assert text.startswith(b"\xef\xbb\xbf"), path.name
        assert not re.search(rb"[,\n]-?\d+\.\d{5}|\de[-+]\d|,-0\.0+[,\n]|\bnan\b|\bNone\b", text), path.name


def test_all_committed_data_stay_small() -> None:
    """Together under 12 MB."""
    assert sum(path.stat().st_size for path in (ROOT / "datasets").rglob("*") if path.is_file()) < 12_000_000


def test_amounts_are_whole_fen(made: dict[str, pd.DataFrame]) -> None:
    """A hundred times an amount is a whole number, and the nearest float to its two decimals."""
    for table, column in (
        ("orders", "amount"),
        ("transactions", "net_amount"),
        ("payments", "amount"),
        ("campaign", "post"),
    ):
        amounts = made[table][column].to_numpy()
        assert (np.rint(amounts * 100) / 100 == amounts).all(), table


def test_the_tables_agree_with_each_other(made: dict[str, pd.DataFrame]) -> None:
    """Every number refers to something, orders are the sums of their lines, own sales in a wallet are the invoices'."""
    customers = set(made["customers"]["customer_id"])
    for name, table in made.items():
        if "customer_id" in table and name != "transactions_raw":
            assert set(table["customer_id"]) <= customers, name
    lines = made["transactions"]
    sums = lines.groupby("order_id")["net_amount"].sum().round(2)
    assert sums.to_dict() == made["orders"].set_index("order_id")["amount"].to_dict()
    assert set(lines["product_id"]) <= set(made["products"]["product_id"])
    assert set(lines.loc[lines["type"] == "return", "ref_order"]) <= set(lines.loc[lines["type"] == "sale", "order_id"])
    assert set(made["interactions"]["person_id"]) | set(made["survey"]["respondent"]) <= set(
        made["people"]["person_id"]
    )
    paid = made["payments"].groupby("order_id")["amount"].sum().round(2)
    sold = made["orders"].set_index("order_id")["amount"]
    assert paid.to_dict() == sold[sold > 0].to_dict()
    year = lines[lines["date"] >= "2024-07-01"].groupby("customer_id")["net_amount"].sum()
    own = made["competitor_share"].groupby("customer_id")["own"].sum()
    assert (own >= year[own.index] - 0.01).all()


def test_a_line_multiplies_out(made: dict[str, pd.DataFrame]) -> None:
    """Quantity times list price less discount is the net amount, to the fen."""
    lines = made["transactions"]
    net = lines["qty"] * lines["list_price"] * (1 - lines["discount"])

    assert (net - lines["net_amount"]).abs().max() <= 0.005 + 1e-6
    assert (lines["qty"] < 0).equals(lines["type"] == "return")
    assert lines["discount"].between(0, 0.6).all()


def test_firms_have_unique_names_and_every_code_has_words(made: dict[str, pd.DataFrame]) -> None:
    """2,400 firms in two languages; a reader never meets a bare code."""
    words = dictionary()
    for language in ("name_zh", "name_en"):
        assert made["customers"][language].is_unique
    for table in made.values():
        for column, topic in CODES.items():
            for code in set(table.get(column, pd.Series(dtype=str))) - {""}:
                assert f"company.{topic}.{code}" in words, (column, code)
    assert all(f"company.reason.{code}" in words for code in set(simulate.keys(7)["contracts"]["reason_code"]) - {""})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_about_the_data_counts_what_is_there(language: str, made: dict[str, pd.DataFrame]) -> None:
    """Each file with its rows, each column with its meaning."""
    page = practice_data.page(Words(language), 7, made, {}).decode()

    for name, table in made.items():
        assert f"| `{name}.csv` | {len(table):,} |" in page
        assert all(f"`{column}`" in page for column in table.columns)


def test_an_answer_stands_in_no_table_of_the_participants(made: dict[str, pd.DataFrame]) -> None:
    """Columns of the keys are not columns of the tables, and there is a key for each planted answer."""
    keys = simulate.keys(7)

    assert {"customers", "leads", "contracts", "labels", "goals", "comments", "transactions_raw", "truths"} == set(keys)
    assert not {"won", "growth_next_year"} & set(made["leads"].columns)
    assert not {"reason_code", "chance"} & set(made["contracts"].columns)
    assert not {"abc", "behaviour", "loss_account", "hidden_potential"} & set(made["customers"].columns)


def test_a_table_is_its_reader_s_own() -> None:
    """Writing into a table handed out changes no other reader's."""
    mine = simulate.table("campaign", 7)
    mine["pre"] = 0.0

    assert simulate.table("campaign", 7)["pre"].min() > 0


def test_an_unknown_table_is_answered_with_those_there_are() -> None:
    """The nearest name is offered."""
    with pytest.raises(UnknownName, match="orders"):
        simulate.table("order", 7)


def test_spend_does_not_lean_on_frequency(made: dict[str, pd.DataFrame]) -> None:
    """The level of an order and the pace of ordering are drawn apart (the spend model of lesson 7 assumes it)."""
    orders = made["orders"][made["orders"]["amount"] > 0].groupby("customer_id")["amount"]
    often = orders.size() > 1

    assert abs(stats.spearmanr(orders.size()[often], orders.mean()[often]).statistic) < 0.1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 500), st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
def test_a_quota_is_met_exactly(seed: int, size: int, weights: list[float]) -> None:
    """Each share is met to less than one, and all together to the size."""
    shares = {str(place): weight for place, weight in enumerate(weights)}
    drawn = draws.quota(np.random.default_rng(seed), size, shares)

    assert len(drawn) == size
    for code, weight in shares.items():
        assert abs((drawn == code).sum() - size * weight / sum(weights)) < 1


def test_balanced_answers_lean_on_no_factor() -> None:
    """The answers agree with their chances along every factor, as plain chance would not."""
    rng = np.random.default_rng(3)
    factors = rng.normal(size=(900, 4))
    chance = 1 / (1 + np.exp(1.5 - factors @ np.array([0.5, -0.4, 0.3, 0.2])))
    plain, even = rng.random(900) < chance, draws.balanced(rng, chance, factors)

    def lean(answers: np.ndarray) -> float:
        return float(np.abs((answers - chance) @ factors).max())

    assert lean(even) < 1 < lean(plain)
    assert abs(even.sum() - chance.sum()) < 1


def test_a_larger_company_begins_with_the_smaller_one() -> None:
    """Numbers stay unique from block to block, and the first block is the company itself."""
    first, second = simulate.blocks(7, 2, ("orders",))

    assert first["orders"].equals(simulate.table("orders", 7))
    assert not set(first["orders"]["order_id"]) & set(second["orders"]["order_id"])
    assert not set(first["orders"]["customer_id"]) & set(second["orders"]["customer_id"])


@pytest.mark.full
def test_a_large_company_is_written_as_parquet(tmp_path: Path) -> None:
    """Twice the company, twice the rows, nothing lost at the seams."""
    paths = {path.stem: path for path in practice_data.write_large(tmp_path / "large", 7, 2)}
    whole = simulate.company(7, 2)

    assert set(paths) == set(simulate.TABLES)
    for name, path in paths.items():
        read = pd.read_parquet(path)
        assert len(read) == len(whole[name]), name
    assert pd.read_parquet(paths["customers"])["customer_id"].is_unique
    assert len(pd.read_parquet(paths["products"])) == 60


@pytest.mark.full
def test_memory_does_not_grow_with_the_scale(tmp_path: Path) -> None:
    """Four times as many blocks take at most a tenth more memory."""
    code = (
        "import resource, sys; from pathlib import Path; from custlib.course import practice_data;"
        "list(practice_data.write_large(Path(sys.argv[1]), 7, int(sys.argv[2])));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def peak(scale: int) -> int:
        command = [sys.executable, "-c", code, str(tmp_path / str(scale)), str(scale)]
        return int(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)

    assert peak(16) < 1.1 * peak(4)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where a folder should be: the path and the reason, no traceback."""
    (tmp_path / "taken").write_text("", encoding="utf-8")

    with pytest.raises(NotWritable, match="taken"):
        list(practice_data.write(tmp_path / "taken", 7))
    with pytest.raises(NotWritable, match="taken"):
        list(practice_data.write_large(tmp_path / "taken", 7, 2))


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without pyarrow a larger company cannot be written, and the message says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingTool, match="pyarrow"):
        list(practice_data.write_large(tmp_path, 7, 2))


@pytest.mark.full
def test_another_company_goes_to_a_folder_of_its_own(tmp_path: Path) -> None:
    """`--seed` without `--out` is refused; with it the files are written there and read back."""
    refused = CliRunner().invoke(main, ["data", "--seed", "8"])
    done = CliRunner().invoke(main, ["data", "--seed", "8", "--out", str(tmp_path)])

    assert refused.exit_code != 0
    assert "--out" in refused.output
    assert done.exit_code == 0
    assert read_made(tmp_path / "orders.csv").equals(read_made(tmp_path / "orders.csv"))
    assert len(read_made(tmp_path / "customers.csv")) == plan.CUSTOMERS
    assert not (tmp_path / "README.md").exists()
