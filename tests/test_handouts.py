"""Paper for a class: pages that need no network, and cards that give nothing away."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from custlib.content import LANGUAGES, Words
from custlib.course import handouts, scenarios
from custlib.course.classroom import DRAWS_PDF, browser
from custlib.course.cli import main
from custlib.course.root import bank, outline, source
from custlib.course.sources import read
from custlib.errors import UnreadableFile
from custlib.practice.bank import load

ROOT = Path(__file__).parents[1]
SCENARIOS = scenarios.known(ROOT)
LESSONS = [entry.id for entry in outline(ROOT).lessons]
OUTSIDE = re.compile(r'(?:src|href)="(?!#|0\d_|1\d_|data:)|@import|url\((?!data:|#|&quot;#)|<script')


def part(page: str, number: int) -> str:
    return page.split('<section class="card">')[number]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_sellers_card_holds_nothing_that_has_to_be_found_out(name: str, language: str) -> None:
    """Three cards; what the customer knows stands on the customer's and in the observer's list, not on the seller's."""
    scenario = scenarios.open_scenario(ROOT, name)
    page = handouts.roles(ROOT, name, language)
    card = handouts.card(scenario, Words(language))
    seller, customer, observer = (part(page, number) for number in (1, 2, 3))
    secret = [fact.text.in_(language) for fact in scenario.facts.values() if not fact.start]

    assert page.count('<section class="card">') == 3
    assert secret
    assert not OUTSIDE.search(page)
    for text in secret:
        escaped = text.replace("'", "&#39;").replace('"', "&#34;")
        assert escaped not in seller
        assert escaped in customer
        assert escaped in observer
    assert card["style"] not in seller
    assert observer.count('<td class="box">') == 2 * (len(scenario.criteria) + len(secret) + len(scenario.minefields))
    assert "{" not in re.sub(r"<style.*?</style>", "", page, flags=re.S)


def test_a_text_of_a_scenario_stays_a_text() -> None:
    """What an author writes is escaped, as everywhere."""
    scenario = scenarios.open_scenario(ROOT, SCENARIOS[0])
    sly = scenario.model_copy(update={"goal": scenario.goal.model_copy(update={"en": "<img onerror=x>"})})
    scenarios_open, scenarios.open_scenario = scenarios.open_scenario, lambda *_: sly
    try:
        page = handouts.roles(ROOT, SCENARIOS[0], "en")
    finally:
        scenarios.open_scenario = scenarios_open

    assert "&lt;img onerror=x&gt;" in page
    assert "<img" not in page


@pytest.mark.parametrize(("language", "own"), [("en", "Your own list"), ("zh", "你的名单")])
def test_a_lesson_on_paper_has_lines_to_write_on_and_nothing_that_needs_a_screen(language: str, own: str) -> None:
    """Each question has its lines; charts stay; the part about a list of one's own and the calls to wake a panel go."""
    page = handouts.lesson(ROOT, "05_rfm", language)
    words = Words(language)

    # One for each exercise, and one for the goal.
    assert page.count('class="lines"') == len(load(*bank(ROOT, "05_rfm")).exercises) + 1
    assert page.count("<svg") == 5
    assert words.text("handout.goal") in page
    assert f'<h2 id="{own}' not in page
    assert words.text("common.wake") not in page
    assert words.text("practice.still") not in page
    assert not OUTSIDE.search(page)


@pytest.mark.parametrize(("language", "sign"), [("en", "Instructor · "), ("zh", "讲师 · ")])
def test_the_notes_hold_every_note_under_its_heading_and_nothing_of_the_lesson(language: str, sign: str) -> None:
    """As many notes as the source has, all headings, no chart; a participant's handout has none of it."""
    cells = read(source(ROOT, "05_rfm"))
    page = handouts.notes(ROOT, "05_rfm", language)

    assert page.count(sign) == sum("instructor" in cell.tags for cell in cells)
    assert page.count("<h2") == 8
    assert "<svg" not in page
    assert sign not in handouts.lesson(ROOT, "05_rfm", language)


def test_a_name_that_is_none_is_answered_with_what_there_is(tmp_path: Path) -> None:
    """A slip in the name of a lesson or a scenario writes nothing."""
    result = CliRunner().invoke(main, ["handout", "05_rmf", "--out", str(tmp_path / "x")])

    assert "Did you mean “05_rfm”?" in result.output
    assert not (tmp_path / "x").exists()


def test_without_a_browser_the_pages_are_still_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said that a PDF has to be printed by hand."""
    monkeypatch.setattr(handouts, "browser", lambda names: None)
    result = CliRunner().invoke(main, ["handout", SCENARIOS[0], "--lang", "zh", "--out", str(tmp_path)])

    assert "没有找到能生成 PDF 的浏览器" in result.output
    assert [path.name for path in tmp_path.iterdir()] == [f"{SCENARIOS[0]}.zh.html"]


def test_a_lesson_that_is_not_built_is_named(tmp_path: Path) -> None:
    """Nothing is made of a lesson whose notebook is not there."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "course.yaml", tmp_path / "notebooks")

    with pytest.raises(UnreadableFile, match=r"05_rfm\.ipynb"):
        handouts.lesson(tmp_path, "05_rfm", "en")


@pytest.mark.full
@pytest.mark.skipif(browser(DRAWS_PDF) is None, reason="no browser on this machine makes a PDF")
@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_fit_their_pages(language: str, tmp_path: Path) -> None:
    """The longest ones, as A4: one page for the seller, one for the customer, at most two for the observer."""
    longest = sorted(SCENARIOS, key=lambda name: len(handouts.roles(ROOT, name, language)))[-2:]
    result = CliRunner().invoke(main, ["handout", *longest, "--lang", language, "--out", str(tmp_path)])
    pages = {path.stem: path.read_bytes().count(b"/Type /Page\n") for path in tmp_path.glob("*.pdf")}

    assert result.exit_code == 0
    assert {name: count for name, count in pages.items() if not 3 <= count <= 4} == {}
    assert len(pages) == 2


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_goes_on_paper(lesson: str, language: str) -> None:
    """No lesson asks for a screen, the network or a script on its page."""
    page = handouts.lesson(ROOT, lesson, language)

    assert not OUTSIDE.search(page)
    assert Words(language).text("common.wake") not in page
