"""Coming and going in the inner circle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.over_time.turnover import INNER_CIRCLE, LEAST_PEOPLE, jensen_shannon, turnover

shares = st.lists(st.integers(1, 50), min_size=1, max_size=8)


def test_the_published_vector() -> None:
    assert jensen_shannon([0.5, 0.3, 0.2], [0.6, 0.2, 0.2]) == pytest.approx(0.010546, abs=5e-7)


def test_nothing_in_common_is_one_and_the_same_is_nothing() -> None:
    assert jensen_shannon([1, 0], [0, 1]) == pytest.approx(1.0)
    assert jensen_shannon([3, 2, 1], [30, 20, 10]) == pytest.approx(0.0)


@given(shares, shares)
def test_divergence_is_symmetric_and_within_bounds(one: list[int], other: list[int]) -> None:
    there, back = jensen_shannon(one, other), jensen_shannon(other, one)
    assert there == pytest.approx(back, abs=1e-12)
    assert -1e-12 <= there <= 1 + 1e-12


@pytest.mark.parametrize(("people", "known"), [(LEAST_PEOPLE - 1, False), (LEAST_PEOPLE, True)])
def test_few_people_say_nothing(people: int, known: bool) -> None:
    assert (turnover(np.ones((2, people)))[1].kept is not None) == known


def test_the_first_window_has_nothing_before_it() -> None:
    first, second = turnover(np.ones((2, 8)))
    assert (first.kept, first.signature_change) == (None, None)
    assert second.kept == 1.0
    assert second.signature_change == pytest.approx(0.0)


def test_only_the_inner_circle_counts() -> None:
    before = np.arange(30, 0, -1.0)
    after = before.copy()
    after[INNER_CIRCLE:] = 0  # those further out are gone
    assert turnover([before, after])[1].kept == 1.0
    after[INNER_CIRCLE - 1], after[INNER_CIRCLE] = 0, 11
    assert turnover([before, after])[1].kept == pytest.approx(19 / 21)


@given(st.permutations(range(8)))
def test_renaming_people_changes_nothing(order: list[int]) -> None:
    days = np.array([[9, 8, 7, 6, 5, 4, 0, 0], [9, 1, 7, 6, 0, 4, 8, 2]], dtype=float)
    assert turnover(days[:, order])[1][:2] == turnover(days)[1][:2]
