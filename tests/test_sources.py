"""A lesson's source is held to the house's rules before anything is built from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from custlib.course.sources import figures, read
from custlib.errors import BadContent

HEAD = '# %% tags=["parameters"]\nlanguage: str = "en"\n'
PAIR = '# %% [markdown] lang="en"\n# # {en}\n\n# %% [markdown] lang="zh"\n# # {zh}\n'


def source(tmp_path: Path, *parts: str) -> Path:
    path = tmp_path / "09_x.py"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def test_a_sound_source_is_read_with_paired_texts(tmp_path: Path) -> None:
    """Code stands once; a text stands in both languages under one id."""
    cells = read(source(tmp_path, HEAD, PAIR.format(en="Five", zh="五")))

    assert [cell.kind for cell in cells] == ["code", "markdown"]
    assert (cells[1].text("en"), cells[1].text("zh")) == ("# Five", "# 五")
    assert cells[0].text("zh") == 'language: str = "zh"'


def test_ids_stay_when_a_neighbour_is_inserted(tmp_path: Path) -> None:
    """An id comes from what the cell says, so that history and journals find it again."""
    before = read(source(tmp_path, HEAD, PAIR.format(en="A", zh="甲"), PAIR.format(en="B", zh="乙")))
    after = read(
        source(tmp_path, HEAD, PAIR.format(en="A", zh="甲"), PAIR.format(en="C", zh="丙"), PAIR.format(en="B", zh="乙"))
    )

    assert [before[1].id, before[2].id] == [after[1].id, after[3].id]


def test_equal_cells_have_different_ids(tmp_path: Path) -> None:
    """Two cells that say the same are still two cells."""
    cells = read(source(tmp_path, HEAD, PAIR.format(en="A", zh="甲"), PAIR.format(en="A", zh="甲")))

    assert cells[1].id != cells[2].id


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('# %% [markdown] lang="en"\n# Alone\n', 'no lang="zh" counterpart'),
        ('# %% [markdown] lang="zh"\n# 单独\n', "followed by"),
        ("# %% [markdown]\n# No language\n", "followed by"),
        (PAIR.format(en="It costs 5 yuan", zh="要 6 元"), "figures differ"),
        (PAIR.format(en="a\n# ## deeper", zh="浅"), "headings"),
        (PAIR.format(en="Good", zh="好,是的"), "full-width"),
        (PAIR.format(en="**Good.** Yes", zh="**好。**是的"), "emphasis"),
        (PAIR.format(en="Good", zh="good"), "no Chinese"),
        ("# %%\ndef f():\n    return 1\n", "belongs into custlib"),
        ("# %%\nf = lambda: 1\n", "belongs into custlib"),
        ('# %%\nx = "<b>bold</b>"\n', "no HTML"),
        ('# %%\nx = "data/orders.csv"\n', "no path"),
        ("# %%\n" + "x = 1\n" * 13, "13 lines"),
        (HEAD, "exactly one cell"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(tmp_path: Path, part: str, said: str) -> None:
    """What a source may not hold is refused, and the message says which rule and where."""
    with pytest.raises(BadContent, match="09_x") as caught:
        read(source(tmp_path, HEAD, part))

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("1.2 m yuan", "120 万元"),
        ("3 of 10", "10 个里有 3 个"),
        ("30 %", "30%"),
        ("12,500 yuan", "1.25 万元"),
    ],
)
def test_the_same_figures_are_recognised_across_languages(en: str, zh: str) -> None:
    """万 and m are units, not figures."""
    assert figures(en) == figures(zh)


def test_a_link_is_not_a_figure() -> None:
    """The number of a lesson in a link's address says nothing."""
    assert figures("[next](05_rfm.ipynb)") == []
