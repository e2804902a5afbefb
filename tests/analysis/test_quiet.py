"""Silence on the ego's own clock."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.contact.contact_days import contact_days
from plnmap.analysis.contact.quiet import SILENCE_COLUMNS, back_in_touch, gone_quiet, silences
from plnmap.analysis.contact.strength import log_odds, strength

EVERY_DAY = range(2000)
FIVE_WEEKS = [0, 7, 14, 21, 28]


def test_a_weekly_tie_goes_quiet() -> None:
    contacts = contact_days([0] * 5, FIVE_WEEKS, pairs=1)
    row = gone_quiet(silences(contacts, EVERY_DAY, as_of=328), pairs=1).iloc[0]
    assert (row["contact_days"], row["gap_active_days"], row["median_gap"]) == (5, 300, 7)
    assert row["gap_ratio"] == pytest.approx(300 / 7)
    assert row["strength_then"] == pytest.approx(float(strength(log_odds(5, 300, 328))))
    assert row["quiet"]


@pytest.mark.parametrize(
    ("days", "as_of", "why"),
    [
        (FIVE_WEEKS[:3], 700, "three days are no habit"),
        ([0, 1, 2, 3, 4], 63, "59 active days are too few"),
        ([0, 40, 80, 120, 160], 160 + 319, "eight times forty is 320"),
        (list(range(0, 600, 1)), 700, "after 600 days a hundred are a pause: strength is high"),
    ],
)
def test_what_is_not_yet_quiet(days: list[int], as_of: int, why: str) -> None:
    contacts = contact_days([0] * len(days), days, pairs=1)
    assert not gone_quiet(silences(contacts, EVERY_DAY, as_of), pairs=1)["quiet"].any(), why


def test_an_ego_who_left_has_gone_quiet_on_nobody() -> None:
    contacts = contact_days([0] * 5, FIVE_WEEKS, pairs=1)
    row = gone_quiet(silences(contacts, range(40), as_of=1500), pairs=1).iloc[0]
    assert row["gap_active_days"] == 11
    assert not row["quiet"]
    # The score is that of ego's last day of posting, not of the long absence after it.
    assert row["strength_then"] == pytest.approx(float(strength(log_odds(5, 39 - 28, 39))))


def test_gaps_are_counted_in_days_that_ego_posted() -> None:
    # Ego posts every tenth day: contact on days 0, 10, 20, 30 is contact on every active day.
    contacts = contact_days([0] * 4, [0, 10, 20, 30], pairs=1)
    row = gone_quiet(silences(contacts, range(0, 2000, 10), as_of=650), pairs=1).iloc[0]
    assert (row["median_gap"], row["gap_active_days"]) == (1, 62)
    assert row["quiet"]


def test_incoming_contact_breaks_a_silence_and_is_scored_as_incoming() -> None:
    contacts = contact_days([0] * 5, [0, 1, 2, 3, 100], pairs=1, outgoing=False)
    table = silences(contacts, EVERY_DAY, as_of=150)
    lasting = gone_quiet(table, pairs=1).iloc[0]
    assert lasting["gap_active_days"] == 50
    assert lasting["strength_then"] < 0.01
    assert back_in_touch(table)["until"].tolist() == [100]


def test_age_counts_from_the_first_outgoing_day() -> None:
    contacts = contact_days([0, 0, 1], [0, 50, 60], pairs=2, outgoing=[False, True, True])
    found = gone_quiet(silences(contacts, EVERY_DAY, as_of=80), pairs=2)["strength_then"]
    assert found.tolist() == pytest.approx(
        [float(strength(log_odds(1, 30, 30))), float(strength(log_odds(1, 20, 20)))]
    )


def test_back_in_touch_is_judged_by_what_was_known_then() -> None:
    # Weekly contact, 400 days of silence, and then a slow rhythm that would excuse the silence today.
    later = [428, 628, 828, 1028, 1228, 1428]
    contacts = contact_days([0] * 11, FIVE_WEEKS + later, pairs=1)
    returns = back_in_touch(silences(contacts, EVERY_DAY, as_of=1430))
    assert returns.values.tolist() == [[0, 28, 428, 399]]


def test_the_intercept_moves_the_verdict() -> None:
    contacts = contact_days([0] * 5, FIVE_WEEKS, pairs=1)
    assert not gone_quiet(silences(contacts, EVERY_DAY, 328, intercept=3.0), pairs=1)["quiet"].any()


@pytest.mark.parametrize("active", [[], [5000]])
def test_an_ego_who_never_posted_by_then(active: list[int]) -> None:
    contacts = contact_days([0] * 5, FIVE_WEEKS, pairs=1, outgoing=False)
    row = gone_quiet(silences(contacts, active, as_of=1000), pairs=1).iloc[0]
    assert (row["gap_active_days"], row["quiet"]) == (0, False)


def test_no_contact_at_all() -> None:
    table = silences(contact_days([], [], pairs=2), EVERY_DAY, as_of=10)
    assert list(table.columns) == list(SILENCE_COLUMNS)
    found = gone_quiet(table, pairs=2)
    assert found["quiet"].tolist() == [False, False]
    assert found["gap_active_days"].isna().all()
    assert back_in_touch(table).empty


def test_contact_from_the_future_is_refused() -> None:
    with pytest.raises(ValueError, match="later than the day"):
        silences(contact_days([0], [11], pairs=1), EVERY_DAY, as_of=10)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300)), min_size=1, max_size=40),
    st.sets(st.integers(0, 300), min_size=1),
)
def test_one_pair_at_a_time_says_the_same_as_all_at_once(
    rows: list[tuple[int, int]], active: set[int]
) -> None:
    """The columns against a plain reading of the definition."""
    pair, day = zip(*rows, strict=True)
    found = gone_quiet(silences(contact_days(pair, day, pairs=3), sorted(active), as_of=300), pairs=3)
    for each in range(3):
        days = sorted({d for p, d in rows if p == each})
        if not days:
            assert not found["quiet"][each]
            continue
        gap = sum(days[-1] < d <= 300 for d in active)
        gaps = [sum(a < d <= b for d in active) for a, b in pairwise(days)]
        usual = float(np.median(gaps)) if gaps else float("nan")
        seen = max([d for d in active if d <= 300 and d >= days[-1]], default=days[-1])
        score = float(strength(log_odds(len(days), seen - days[-1], seen - days[0])))
        assert found["gap_active_days"][each] == gap
        assert found["median_gap"][each] == pytest.approx(usual, nan_ok=True)
        assert found["strength_then"][each] == pytest.approx(score)
        long_enough = gap >= 60 and gap >= 8 * max(1.0, usual if gaps else 1.0)
        assert found["quiet"][each] == (len(days) >= 4 and long_enough and score < 0.2)
