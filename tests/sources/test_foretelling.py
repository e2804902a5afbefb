"""How many are behind so many acts, and how much is new by now: by hand, and as laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.sources.foretelling import Held, new_since, people_to_pay
from plnmap.sources.live import new_task

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KNOWN = st.dictionaries(st.tuples(st.integers(1, 40), st.booleans()), st.integers(1, 30), max_size=6)


def test_drawn_from_the_file_by_hand() -> None:
    # Two people, one act each and three acts: of two acts drawn from four, the first person's is
    # among them in half of the draws; the second one's always, as three of four leave room for one only.
    held = Held(acts={(1, False): 1, (3, False): 1})
    assert people_to_pay(2, held) == pytest.approx(0.5 + 1)
    assert people_to_pay(1, held) == pytest.approx(1)
    assert people_to_pay(4, held) == pytest.approx(2)
    # Beyond: 2 x one person with one act x (sqrt(16 / 4) - 1).
    assert people_to_pay(16, held) == pytest.approx(2 + 2)
    assert people_to_pay(2, Held(acts={(1, True): 1, (3, False): 1})) == pytest.approx(1)
    assert people_to_pay(2, Held(acts={(1, False): 1, (3, True): 1})) == pytest.approx(0.5)


def test_who_is_always_the_same_stays_so() -> None:
    held = Held(acts={(10, False): 7})
    assert people_to_pay(5_000, held) == pytest.approx(7)
    assert people_to_pay(0, held) == 0


@given(KNOWN, st.integers(0, 400), st.integers(0, 400))
def test_more_acts_are_by_no_fewer_people_and_by_no_more_than_there_are_acts(
    acts: dict[tuple[int, bool], int], some: int, more: int
) -> None:
    held = Held(acts=acts)
    fewer = people_to_pay(some, held)
    assert 0 <= fewer <= some + 1e-6
    assert fewer - 1e-6 <= people_to_pay(some + more, held) <= fewer + more + 1e-6


@given(KNOWN, st.integers(0, 400))
def test_who_is_paid_for_is_not_paid_again(acts: dict[tuple[int, bool], int], some: int) -> None:
    unpaid: dict[tuple[int, bool], int] = {}
    for (times, _), people in acts.items():
        unpaid[times, False] = unpaid.get((times, False), 0) + people
    assert people_to_pay(some, Held(acts=acts)) <= people_to_pay(some, Held(acts=unpaid)) + 1e-6


def test_what_is_new_comes_at_the_pace_so_far() -> None:
    task = new_task("collected:a", "posts", "1", "a", 0)._replace(
        first=NOON - timedelta(days=40), last=NOON - timedelta(days=20), got=10
    )
    assert new_since(task, NOON) == 10
    assert new_since(task, NOON - timedelta(days=30)) == 0
    assert new_since(task, None) == 0
    assert new_since(task._replace(last=None), NOON) == 0
    # Undated lists cover the moment at which they were read; nothing follows from that.
    assert new_since(task._replace(first=NOON - timedelta(days=20)), NOON) == 0
    assert new_since(task._replace(first=NOON - timedelta(days=21)), NOON) == 200
