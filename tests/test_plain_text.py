"""Other people's text made harmless: what is left takes the cells that a terminal gives it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plnmap.words import plain


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ada\u200d", "ada"),
        ("\u200dada", "ada"),
        ("a\u200d b", "a b"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("👩\u200d \u200d🔬", "👩 🔬"),
        ("👩\u200d\u202e🔬", "👩\u200d🔬"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_a_joiner_stays_only_between_what_it_joins(text: str, left: str) -> None:
    assert plain(text) == left


@given(st.text(st.sampled_from("aé 学😀👩🔬\u200d\ufe0f\u0301\u202e\n"), max_size=20))
def test_what_stands_beside_a_name_keeps_its_own_cells(name: str) -> None:
    shown = plain(f"x{name}x")[1:-1]
    assert cell_len(f"@{shown} b") == cell_len(shown) + 3
    assert plain(shown) == shown.strip()
