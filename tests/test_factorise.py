"""Distinct ids: the fast way gives what pandas gives."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.factorise import _arrow, _python, factorise

settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")


def arrow(texts):
    """Texts in Arrow memory, as pandas keeps them where PyArrow is installed."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return pd.Series(texts, dtype=pd.StringDtype("pyarrow", na_value=np.nan))


def python(texts):
    """Texts as Python strings, as pandas keeps them where PyArrow is not installed."""
    return pd.Series(texts, dtype=pd.StringDtype("python", na_value=np.nan))


@pytest.mark.parametrize("memory", [_arrow, _python])
@given(texts=st.lists(st.none() | st.text(alphabet="aB1 \x00号", max_size=12), min_size=1, max_size=60))
def test_words_agree_with_pandas(memory, texts):
    """Same positions among the same values, sorted; gaps are -1."""
    column = arrow(texts) if memory is _arrow else python(texts)
    expected_codes, expected = pd.factorize(column, sort=True)
    found = memory(column)

    if found is not None:
        assert found[0].tolist() == expected_codes.tolist()
        assert found[1].tolist() == expected.tolist()
    assert found is not None or not any(texts) or max(len(text.encode()) for text in texts if text) > 24


def test_long_texts_are_left_to_pandas():
    """Beyond 24 bytes the words cost more than they bring."""
    assert _arrow(arrow(["a" * 25, "b"])) is None
    assert _python(python(["a" * 25, "b"])) is None


@pytest.mark.parametrize("odd", ["a\nb", "\ud800"])
def test_texts_that_cannot_be_laid_out_are_left_to_pandas(odd):
    """A line break or half a character in an id costs speed, not truth."""
    column = python([odd, "b"] * 60_000)

    assert _python(column) is None
    assert factorise(column)[1].tolist() == [odd, "b"]


@pytest.mark.parametrize("shared", [True, False])
def test_python_strings_take_the_fast_way_to_the_same_place(shared):
    """Whether a text is one object or many, with gaps: what pandas gives."""
    names = np.array([f"C{number:05d}" for number in range(7919)] + [np.nan], dtype=object)
    rows = names[np.arange(120_000) * 31 % 7920]
    column = python(rows if shared else [name if name != name else name[:1] + name[1:] for name in rows])
    codes, values = factorise(column)
    expected_codes, expected = pd.factorize(column, sort=True)

    assert np.array_equal(codes, expected_codes)
    assert values.tolist() == expected.tolist()
    assert values.dtype == expected.dtype


def test_big_columns_take_the_fast_way_to_the_same_place():
    """A column long enough for it gives what pandas gives, and a part of it too."""
    column = arrow([f"C{number % 7919:05d}" for number in range(120_000)])
    for part in (column, column[5_000:].reset_index(drop=True)):
        codes, values = factorise(part)
        expected_codes, expected = pd.factorize(part, sort=True)

        assert np.array_equal(codes, expected_codes)
        assert values.tolist() == expected.tolist()


def test_values_without_a_hash_are_taken_as_text():
    """Lists in a column of ids do not raise a foreign error."""
    codes, values = factorise(pd.Series([[1], [1], None], dtype=object))

    assert codes.tolist() == [0, 0, -1]
    assert values.tolist() == ["[1]"]
