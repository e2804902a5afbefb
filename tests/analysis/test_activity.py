"""Phases of activity: cut where ego posted more or less for a year and more, clearly, and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.over_time.activity import LEAST_WEEKS, Activity, phases_of_activity
from plnmap.analysis.over_time.rhythm import Week

MONDAY = date(2015, 1, 5)


def weeks_of(*counts: int | None) -> list[Week]:
    """A week for each number of posts, a third of them to somebody; None for one that is not observed."""
    return [
        Week(
            MONDAY + timedelta(weeks=i),
            count,
            None if count is None else count // 3,
            "not_observed" if count is None else "value" if count else "no_contact",
        )
        for i, count in enumerate(counts)
    ]


def lengths(*counts: int | None) -> list[int]:
    """How many weeks each phase has."""
    return [phase.weeks for phase in phases_of_activity(weeks_of(*counts))]


def test_a_phase_tells_its_days_and_its_means() -> None:
    first, second = phases_of_activity(weeks_of(*[3] * 60, *[12] * 70))
    assert first == Activity(MONDAY, MONDAY + timedelta(weeks=60, days=-1), 60, 3.0, 1.0)
    assert second == Activity(
        MONDAY + timedelta(weeks=60), MONDAY + timedelta(weeks=130, days=-1), 70, 12.0, 4.0
    )


def test_nothing_and_what_never_changes() -> None:
    assert phases_of_activity([]) == []
    assert lengths(None, None) == []
    assert lengths(7) == [1]
    assert lengths(*[7] * 300) == [300]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (LEAST_WEEKS, LEAST_WEEKS, [LEAST_WEEKS, LEAST_WEEKS]),
        (LEAST_WEEKS, LEAST_WEEKS - 1, [2 * LEAST_WEEKS - 1]),
    ],
)
def test_a_phase_lasts_a_year(before: int, after: int, found: list[int]) -> None:
    assert lengths(*[2] * before, *[20] * after) == found


def test_a_summer_is_no_phase_and_a_gap_belongs_to_what_is_around_it() -> None:
    counts = np.random.default_rng(1).poisson(10, 220).tolist()
    assert lengths(*counts[:100], *[0] * 8, *counts[108:]) == [220]
    assert lengths(*[2] * 60, *[None] * 30, *[20] * 60) == [60, 60]


def test_a_slow_climb_is_one_change() -> None:
    climb = [round(2 + 7 * i / 90) for i in range(90)]
    # The cheaper price cuts it twice, the dearer once, thirteen weeks after the first of the two.
    assert lengths(*[2] * 60, *climb, *[9] * 60) == [80, 130]


@pytest.mark.parametrize("seed", range(3))
def test_chance_makes_no_phases_and_does_not_hide_one(seed: int) -> None:
    chance = np.random.default_rng(seed)
    calm, busy = chance.poisson(5, 200).tolist(), chance.poisson(15, 100).tolist()
    assert lengths(*calm) == [200]
    cut, rest = lengths(*calm, *busy)
    assert abs(cut - 200) <= 2
    assert cut + rest == 300


@pytest.mark.parametrize(("higher", "phases"), [(7, 1), (8, 2), (9, 2)])
def test_a_change_that_twice_the_price_would_not_pay_for_is_none(higher: int, phases: int) -> None:
    # A wave that hides the change in part: halves differ in mean by less than each differs in itself.
    wave = [(0, 5)[i % 2] for i in range(60)]
    assert len(lengths(*wave, *(each + higher - 5 for each in wave))) == phases


@given(st.lists(st.one_of(st.none(), st.integers(0, 300)), max_size=130))
def test_phases_hold_every_week_that_is_seen_once(counts: list[int | None]) -> None:
    found = phases_of_activity(weeks_of(*counts))
    seen = [count for count in counts if count is not None]
    assert sum(phase.weeks for phase in found) == len(seen)
    assert sum(phase.weeks * phase.posts for phase in found) == pytest.approx(sum(seen))
    assert all(one.last < other.first for one, other in pairwise(found))
