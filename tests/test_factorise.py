"""Distinct ids: the fast way gives what pandas gives."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.factorise import _by_words, factorise

settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")


def arrow(texts):
    """Texts in Arrow memory, as pandas keeps them where PyArrow is installed."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return pd.Series(texts, dtype=pd.StringDtype("pyarrow", na_value=np.nan))


@given(st.lists(st.none() | st.text(alphabet="aB1 \x00号", max_size=12), min_size=1, max_size=60))
def test_words_agree_with_pandas(texts):
    """Same positions among the same values, sorted; gaps are -1."""
    column = arrow(texts)
    expected_codes, expected = pd.factorize(column, sort=True)
    found = _by_words(column)

    if found is not None:
        assert found[0].tolist() == expected_codes.tolist()
        assert found[1].tolist() == expected.tolist()
    assert found is not None or not any(texts) or max(len(text.encode()) for text in texts if text) > 24


def test_long_texts_are_left_to_pandas():
    """Beyond 24 bytes the words cost more than they bring."""
    assert _by_words(arrow(["a" * 25, "b"])) is None


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
