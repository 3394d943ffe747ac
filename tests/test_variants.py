"""Every lesson as another class would run it: through papermill, with another seed and with a list of one's own."""

from __future__ import annotations

import csv
import random
import re
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import nbformat
import pytest

from custlib.course import reports
from custlib.course.root import edition, outline
from custlib.views.bundle import VEGALITE

ROOT = Path(__file__).parents[1]
LESSONS = [entry.id for entry in outline(ROOT).lessons]
# One language each, in turn; the seed's variant in one, the own list's in the other.
RUNS = [(lesson, ("en", "zh")[place % 2], ("zh", "en")[place % 2]) for place, lesson in enumerate(LESSONS)]
SEED = "23"
MOST_SECONDS = 120

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list as a shop's system exports it: sixty customers, two years, returns among them."""
    draw, path = random.Random(5), tmp_path_factory.mktemp("own") / "我的 list.csv"
    rows: list[tuple[str, str, str, str]] = []
    for number in range(60):
        day, most = date(2023, 7, 1) + timedelta(days=draw.randrange(200)), date(2025, 6, 30)
        while day <= most and (draw.random() < 0.9 or not rows or rows[-1][1] != f"Kunde {number:02d}"):
            amount = round(draw.lognormvariate(8, 1), 2)
            rows.append((f"A{len(rows):04d}", f"Kunde {number:02d}", day.isoformat(), f"{amount}"))
            if draw.random() < 0.05:
                rows.append((f"A{len(rows):04d}", f"Kunde {number:02d}", day.isoformat(), f"-{amount}"))
            day += timedelta(days=draw.randrange(5, 120))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("order_id", "customer_id", "date", "amount"), *rows])
    return path


def run(lesson: str, language: str, given: dict[str, str], out: Path) -> str:
    """Run a lesson with those of the parameters it has; what its cells said. An error in a cell is an error here."""
    known = {each.name for each in reports.parameters(ROOT, lesson, language)}
    began = time.perf_counter()
    values = {name: value for name, value in given.items() if name in known}
    made = reports.run(ROOT, lesson, language=language, given=values, out=out, progress=False)
    seconds = time.perf_counter() - began
    # Shown with `pytest -s`: what the variant cost, kernel, papermill and page with it.
    sys.stdout.write(f"\n{lesson} {language} {' '.join(values) or 'as it is'}: {seconds:.1f} s\n")
    page = made.page.read_text("utf-8")
    assert seconds < MOST_SECONDS
    assert not re.search(r"\bnan\b|\binf\b|Traceback|\{[a-z_]+:", re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.S))
    return said(made.notebook)


def said(path: Path) -> str:
    """Every text a reader would see under the cells."""
    return "\n".join(
        output["data"].get("text/plain", "")
        for cell in nbformat.read(path, 4).cells
        for output in cell.get("outputs", [])
        if "data" in output
    )


@pytest.mark.parametrize(("lesson", "language", "_"), RUNS, ids=LESSONS)
def test_a_lesson_runs_with_another_seed(lesson: str, language: str, _: str, tmp_path: Path) -> None:
    """No error, nothing that is no number; what is worked out from the seed's tables is another company's."""
    found = run(lesson, language, {"seed": SEED}, tmp_path)
    seeded = any(each.name == "seed" for each in reports.parameters(ROOT, lesson, language))

    assert found
    assert (found != said(edition(ROOT, language, lesson))) == seeded


@pytest.mark.parametrize(("lesson", "_", "language"), RUNS, ids=LESSONS)
def test_a_lesson_runs_on_a_list_of_ones_own(lesson: str, _: str, language: str, own: Path, tmp_path: Path) -> None:
    """No error; where a lesson takes a list, its charts or sentences are about that list."""
    takes = any(each.name == "orders" for each in reports.parameters(ROOT, lesson, language))
    if not takes:
        pytest.skip("this lesson takes no list")
    found = run(lesson, language, {"orders": str(own)}, tmp_path)
    charts = [
        str(output["data"][VEGALITE])
        for cell in nbformat.read(tmp_path / f"{lesson}.{language}.ipynb", 4).cells
        for output in cell.get("outputs", [])
        if VEGALITE in output.get("data", {})
    ]

    assert "Kunde" in found or any("Kunde" in chart for chart in charts) or "60" in found
