"""Names on the map: none over another, near their marks, and lines that cross as little as may be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.map.labels import LINE_FROM, Labels, _cross, _runs_through, place_labels


def covered(found: Labels, i: int, width: float, marks: list[tuple[float, float]]) -> bool:
    """Whether the middle of any mark lies under name number i, 12 pixels high."""
    left, middle = found.left[i], found.middle[i]
    return any(left < x < left + width and abs(y - middle) < 6 for x, y in marks)


marks = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=30)


@settings(max_examples=40)
@given(marks, st.integers(10, 90))
def test_no_name_stands_over_another_or_outside(found: list[tuple[float, float]], width: int) -> None:
    x, y = zip(*found, strict=True)
    taken = (140.0, 140.0, 160.0, 160.0)
    named = place_labels(
        x, y, [4.0] * len(x), range(len(x)), [width] * len(x), height=12, side=300, taken=[taken]
    )
    boxes = [taken]
    for left, middle in zip(named.left, named.middle, strict=True):
        if not math.isnan(left):
            boxes.append((left, middle - 6, left + width, middle + 6))
    for i, one in enumerate(boxes):
        assert min(one) >= 0
        assert max(one) <= 300
        for other in boxes[:i]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart or one is other


def test_the_first_name_takes_the_place_to_the_right_and_the_next_makes_room() -> None:
    alone = place_labels([100], [100], [5], [0], [40], height=12, side=200)
    assert (alone.left[0], alone.middle[0]) == (107, 100)
    assert np.isnan(alone.lines).all()
    edge = place_labels([190], [100], [5], [0], [40], height=12, side=200)
    assert edge.left[0] == 190 - 7 - 40


def test_a_name_rather_stands_off_than_on_somebody() -> None:
    # Small marks on all sides, where the nearest places would be.
    ring = [(100 + 25 * math.cos(a), 100 + 13 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 24)]
    x, y = zip((100.0, 100.0), *ring, strict=True)
    found = place_labels(x, y, [3.0] * len(x), [0], [30], height=12, side=200)
    assert not covered(found, 0, 30, list(zip(x, y, strict=True))[1:])


def test_where_there_is_no_room_there_is_no_name() -> None:
    found = place_labels([10], [10], [3], [0], [50], height=12, side=20)
    assert math.isnan(found.left[0])


def test_nobody_has_no_name() -> None:
    assert place_labels([], [], [], [], [], height=10, side=100).left.tolist() == []


def test_a_line_leads_from_the_rim_of_the_mark_to_the_edge_of_a_name_that_stands_off() -> None:
    # All around the mark is taken, but for what is at least twenty pixels off.
    found = place_labels([100], [100], [5], [0], [30], height=12, side=300, taken=[(50, 80, 150, 120)])
    (line,) = found.lines
    assert math.hypot(line[0] - 100, line[1] - 100) == pytest.approx(5)
    assert found.left[0] <= line[2] <= found.left[0] + 30
    assert abs(line[3] - found.middle[0]) <= 6
    assert math.hypot(line[2] - 100, line[3] - 100) >= 5 + LINE_FROM


@pytest.mark.parametrize(
    ("other", "crosses"),
    [
        ((5, -5, 5, 5), True),
        ((5, 1, 5, 5), False),
        ((12, -5, 12, 5), False),
        ((0, 1, 10, 1), False),
        ((0, 0, 10, 5), False),
        ((np.nan,) * 4, False),
    ],
)
def test_lines_cross_where_each_has_its_ends_on_both_sides_of_the_other(
    other: tuple[float, ...], crosses: bool
) -> None:
    assert _cross(np.array([(0.0, 0, 10, 0)]), np.array([other])).tolist() == [[crosses]]


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ((0, 5, 20, 5), True),
        ((7, 5, 9, 6), True),
        ((0, 5, 6, 5), False),
        ((0, 5, 6.1, 5), True),
        ((0, 12, 20, 12), False),
        ((8, -5, 8, 20), True),
        ((0, 0, 20, 20), True),
        ((0, 9, 9, 20), False),
        ((np.nan,) * 4, False),
    ],
)
def test_a_line_runs_through_a_box_if_any_of_it_is_inside(line: tuple[float, ...], runs: bool) -> None:
    assert _runs_through(np.array([line]), np.array([(6.0, 2, 10, 8)])).tolist() == [[runs]]


def test_in_a_crowd_everybody_keeps_a_name_and_next_to_no_lines_cross() -> None:
    turns = np.arange(40) * 2.4
    away = np.sqrt(np.arange(40)) * 6
    x, y = 380 + away * np.cos(turns), 380 + away * np.sin(turns)
    found = place_labels(x, y, [5.0] * 40, range(40), [75.0] * 40, height=14, side=760)
    assert not np.isnan(found.left).any()
    lines = found.lines[~np.isnan(found.lines[:, 0])]
    assert len(lines) > 20
    assert _cross(lines, lines).sum() / 2 <= 8


def test_who_has_no_room_nearby_gets_a_name_anywhere() -> None:
    wall = (10.0, 0.0, 400.0, 400.0)
    found = place_labels([200], [200], [5], [0], [60], height=12, side=500, taken=[wall])
    assert not math.isnan(found.left[0])
    assert found.left[0] >= 400 or found.middle[0] >= 406
