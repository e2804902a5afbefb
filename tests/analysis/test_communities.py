"""Groups among alters: known divisions, and no groups where none can be seen."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.contact.communities import LEAST_SEEN, adjusted_rand, communities

TWO_GROUPS = [(a, b, 1.0) for group in ("abcd", "wxyz") for a, b in combinations(group, 2)]
labels = st.lists(st.integers(0, 3), min_size=2, max_size=12)


@given(st.permutations(TWO_GROUPS))
def test_two_groups_are_found_in_any_order_and_direction(ties: list[tuple[str, str, float]]) -> None:
    turned = [(b, a, w) if i % 2 else (a, b, w) for i, (a, b, w) in enumerate(ties)]
    found = communities(turned, seen=8, seeds=3)
    assert {group: "".join(k for k, v in found.members.items() if v == group) for group in (1, 2)} == {
        1: "abcd",
        2: "wxyz",
    }
    # Two equal halves without a tie between them: 1 − 2 · (1/2)².
    assert found.modularity.value == pytest.approx(0.5)
    assert found.is_stable


def test_noise_is_called_unstable() -> None:
    random = np.random.default_rng(1)
    ties = [(f"p{a}", f"p{b}", 1.0) for a, b in combinations(range(60), 2) if random.random() < 0.1]
    assert not communities(ties, seen=60).is_stable


@pytest.mark.parametrize(("seen", "status"), [(LEAST_SEEN - 1, "not_observed"), (LEAST_SEEN, "value")])
def test_groups_need_people_seen_from_their_own_side(seen: int, status: str) -> None:
    found = communities(TWO_GROUPS, seen)
    assert found.modularity.status == status
    assert bool(found.members) == (status == "value")


def test_no_ties_no_groups() -> None:
    assert communities([], seen=9).members == {}


def test_several_rows_of_a_pair_add_up() -> None:
    halves = [(a, b, w / 2) for a, b, w in TWO_GROUPS]
    assert communities(halves + halves, seen=8) == communities(TWO_GROUPS, seen=8)


def test_the_rand_index_by_hand() -> None:
    # Of 6 pairs 3 are together in the first, 2 in the second, 1 in both; 3·2/6 of them by chance.
    assert adjusted_rand([0, 0, 0, 1], [0, 0, 1, 1]) == pytest.approx(
        (1 - 3 * 2 / 6) / ((3 + 2) / 2 - 3 * 2 / 6)
    )
    assert adjusted_rand([0, 0, 1, 1, 1], [0, 0, 0, 1, 1]) == pytest.approx((2 - 1.6) / (4 - 1.6))


@given(labels)
def test_a_division_is_like_itself_under_any_names(one: list[int]) -> None:
    assert adjusted_rand(one, [9 - label for label in one]) == pytest.approx(1.0)


@given(labels, st.data())
def test_the_rand_index_is_symmetric(one: list[int], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.integers(0, 3), min_size=len(one), max_size=len(one)))
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand(other, one))
