"""Counting traces: by day, by month, by chance, and with conversations drawn more or less often."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.help.tallies import count_chances, count_days, count_months, count_posts, span_of_days
from plnmap.analysis.help.traces import FLAGS, Traces

NOT_DATED = float("nan")
Row = tuple[int, float, int]
"""Alter, day, conversation."""


def traces(*rows: Row, alters: int = 2, **flags: bool) -> Traces:
    """Acts of ego's with these flags."""
    alter, day, conversation = zip(*rows, strict=True) if rows else ((), (), ())
    return Traces(
        accounts=[f"twitter:{10 + i}" for i in range(alters)],
        alter=np.array(alter, dtype=np.int64),
        by_ego=np.ones(len(rows), dtype=np.bool_),
        day=np.array(day, dtype=np.float64),
        conversation=np.array(conversation, dtype=np.int64),
        conversations=max(conversation, default=-1) + 1,
        flags={name: np.full(len(rows), flags.get(name, False)) for name in FLAGS},
    )


def every(some: Traces) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.ones(len(some.alter), dtype=np.bool_)


def test_a_day_counts_once_however_much_was_written() -> None:
    some = traces((0, 5, 0), (0, 5, 0), (0, 5, 1), (0, 6, 1), (1, 5, 2), (1, NOT_DATED, 3))
    assert count_days(some, every(some)).tolist() == [2, 1]
    assert count_posts(some, every(some)).tolist() == [4, 2]
    assert count_days(some, some.alter == 0).tolist() == [2, 0]


def test_a_day_is_shared_among_its_conversations() -> None:
    some = traces((0, 5, 0), (0, 5, 0), (0, 5, 1), (0, 6, 1))
    for drawn, days in (([1, 1], 2), ([1, 0], 0.5), ([0, 1], 1.5), ([2, 1], 2.5)):
        assert count_days(some, every(some), np.array(drawn, float)).tolist() == [days, 0]


def test_draws_stand_side_by_side() -> None:
    some = traces((0, 5, 0), (1, 6, 1))
    weights = np.array([[1.0, 0.0, 3.0], [1.0, 2.0, 0.0]])
    assert count_days(some, every(some), weights).tolist() == [[1, 0, 3], [1, 2, 0]]


ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(-3, 9), st.integers(0, 4)), max_size=30)


@settings(deadline=None)
@given(ROWS, st.sampled_from([0.0, 0.01, 0.5]))
def test_everything_drawn_once_is_everything(rows: list[Row], error: float) -> None:
    some = traces(*rows)
    once = np.ones(some.conversations)
    assert count_days(some, every(some), once).tolist() == count_days(some, every(some)).tolist()
    assert count_posts(some, every(some), once).tolist() == count_posts(some, every(some)).tolist()
    assert count_chances(some, every(some), error, once) == pytest.approx(
        count_chances(some, every(some), error)
    )


@settings(deadline=None)
@given(ROWS)
def test_counts_are_right_on_average(rows: list[Row]) -> None:
    """Drawing each conversation alone, one after the other, adds up to the count."""
    some = traces(*rows)
    each = np.eye(some.conversations)
    assert count_days(some, every(some), each).sum(axis=1) == pytest.approx(count_days(some, every(some)))


def test_chances_grow_with_the_posts_of_a_day_but_less_than_they() -> None:
    some = traces((0, 5, 0), (0, 5, 1), (0, 6, 1), (1, NOT_DATED, 2))
    # Two posts on day 5: (1 − .5²)/.5 = 1.5; one on day 6: 1.
    assert count_chances(some, every(some), 0.5).tolist() == [2.5, 0]
    assert count_chances(some, every(some), 0.0).tolist() == [3, 0]
    assert count_chances(some, every(some), 0.5, np.array([1.0, 0, 0])).tolist() == [0.75, 0]
    assert count_chances(some, every(some), 1.0)[0] == pytest.approx(2)


def test_months_and_spans_are_of_the_calendar() -> None:
    # 31 January, 1 February and 1 March 1970, and 1 January 1971.
    some = traces((0, 30, 0), (0, 31, 0), (0, 59, 0), (0, 365, 0), (0, 366, 0), (1, NOT_DATED, 0))
    assert count_months(some, every(some)).tolist() == [4, 0]
    first, last = span_of_days(some, every(some))
    assert (first[0], last[0]) == (30, 366)
    assert np.isnan([first[1], last[1]]).all()


def test_nothing_counts_nothing() -> None:
    some = traces()
    assert count_days(some, every(some)).tolist() == [0, 0]
    assert count_chances(some, every(some), 0.1).tolist() == [0, 0]
    assert count_days(some, every(some), np.ones((0, 3))).tolist() == [[0] * 3] * 2


def test_rows_are_chosen_by_flag_side_and_days() -> None:
    some = traces((0, 5, 0), (0, 6, 0), (0, NOT_DATED, 0), thanks=True)
    assert some.rows("thanks").tolist() == [True, True, True]
    assert some.rows("thanks", "offers", by_ego=True, first=6).tolist() == [False, True, False]
    assert some.rows("thanks", first=5, last=5).tolist() == [True, False, False]
    assert not some.rows("thanks", by_ego=False).any()
    assert not some.rows("offers").any()


def test_some_alters_keep_their_rows_and_conversations() -> None:
    some = traces((0, 5, 0), (1, 6, 1), (2, 7, 2), (1, 8, 2), alters=3).only(np.array([2, 1]))
    assert some.accounts == ["twitter:12", "twitter:11"]
    assert (some.alter.tolist(), some.day.tolist()) == ([1, 0, 1], [6, 7, 8])
    assert (some.conversation.tolist(), some.conversations) == ([0, 1, 1], 2)
