"""How well an ordering of people did: hand-computed measures, ties, and their bootstrap."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.research import orderings
from plnmap.research.orderings import (
    average_precision,
    draws_of_people,
    interval,
    ndcg,
    order,
    redrawn_precision,
    roc_auc,
)

HITS = st.lists(st.booleans(), min_size=1, max_size=30)
PEOPLE = st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=30)


def test_order_is_best_first_and_equal_scores_go_by_luck() -> None:
    assert order([1.0, 3.0, 1.0, -np.inf], [7, 5, 6, 0]).tolist() == [1, 2, 0, 3]


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        ([True, True, False, False], 1.0),
        ([True, False, True, False], (1 / 1 + 2 / 3) / 2),
        ([False, False, True, True], (1 / 3 + 2 / 4) / 2),
        ([False, True], 1 / 2),
    ],
)
def test_average_precision_by_hand(hits: list[bool], expected: float) -> None:
    assert average_precision(hits) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("scores", "meant", "expected"),
    [
        ([4, 3, 2, 1], [True, True, False, False], 1.0),
        ([4, 3, 2, 1], [False, False, True, True], 0.0),
        ([4, 3, 2, 1], [True, False, True, False], 3 / 4),
        ([5, 5, 5], [True, False, False], 1 / 2),
        ([2, 1, 1], [True, True, False], (1 + 1 / 2) / 2),
    ],
)
def test_roc_auc_by_hand(scores: list[float], meant: list[bool], expected: float) -> None:
    assert roc_auc(scores, meant) == pytest.approx(expected)


@given(PEOPLE)
def test_roc_auc_is_the_chance_to_score_above_somebody_not_meant(people: list[tuple[int, bool]]) -> None:
    meant = [score for score, wanted in people if wanted]
    others = [score for score, wanted in people if not wanted]
    found = roc_auc(*zip(*people, strict=True))
    if not meant or not others:
        assert math.isnan(found)
    else:
        above = sum((a > b) + (a == b) / 2 for a in meant for b in others)
        assert found == pytest.approx(above / (len(meant) * len(others)))


@pytest.mark.parametrize(
    ("hits", "top", "expected"),
    [
        ([True, False, True], 10, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        ([True, True, True], 2, 1.0),
        ([False, False, True], 2, 0.0),
        # Two places, three meant: what is possible ends with the list.
        ([False, True, True, True], 2, (1 / math.log2(3)) / (1 + 1 / math.log2(3))),
    ],
)
def test_ndcg_by_hand(hits: list[bool], top: int, expected: float) -> None:
    assert ndcg(hits, top) == pytest.approx(expected)


def test_ndcg_looks_at_ten_places() -> None:
    assert ndcg([False] * 9 + [True]) == pytest.approx(1 / math.log2(11))
    assert ndcg([False] * 10 + [True]) == 0


def test_nothing_to_find_gives_no_number() -> None:
    assert math.isnan(average_precision([False, False]))
    assert math.isnan(average_precision([]))
    assert math.isnan(ndcg([False, False]))
    assert math.isnan(roc_auc([], []))


@given(HITS)
def test_everybody_drawn_once_is_the_sample_itself(hits: list[bool]) -> None:
    (redrawn,) = redrawn_precision(hits, np.ones((1, len(hits)), dtype=int))
    assert redrawn == pytest.approx(average_precision(hits), nan_ok=True)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=1, max_size=20))
def test_somebody_drawn_twice_is_two_people_in_one_place(places: list[tuple[bool, int]]) -> None:
    hits, times = (list(each) for each in zip(*places, strict=True))
    expected, meant_so_far, so_far = 0.0, 0, 0
    for hit, count in places:
        so_far += count
        meant_so_far += count * hit
        expected += count * hit * meant_so_far / max(so_far, 1)
    (redrawn,) = redrawn_precision(hits, [times])
    if meant_so_far:
        assert redrawn == pytest.approx(expected / meant_so_far)
    else:
        assert math.isnan(redrawn)


def test_draws_are_samples_of_the_same_size_and_repeat() -> None:
    (draws,) = draws_of_people(40, 500, seed=3)
    assert draws.shape == (500, 40)
    assert (draws.sum(axis=1) == 40).all()
    # Each is drawn once on average, and left out with probability (1 − 1/40)^40 = 0.363.
    assert np.abs(draws.mean(axis=0) - 1).max() < 0.2
    assert (draws == 0).mean() == pytest.approx(0.363, abs=0.01)
    (again,) = draws_of_people(40, 500, seed=3)
    (other,) = draws_of_people(40, 500, seed=4)
    assert (draws == again).all()
    assert (draws != other).any()


def test_blocks_bound_the_memory_and_leave_no_draw_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orderings, "CELLS_AT_ONCE", 100)
    blocks = list(draws_of_people(30, 10, seed=1))
    assert [len(block) for block in blocks] == [3, 3, 3, 1]
    assert all((block.sum(axis=1) == 30).all() for block in blocks)
    # More people than fit: one draw at a time.
    assert [len(block) for block in draws_of_people(1_000, 3, seed=1)] == [1, 1, 1]


def test_interval_is_the_middle_of_the_draws_that_have_a_value() -> None:
    draws = np.append(np.arange(101.0), np.nan)
    assert interval(draws) == pytest.approx((2.5, 97.5))
    assert interval(draws, 0.5) == pytest.approx((25, 75))
