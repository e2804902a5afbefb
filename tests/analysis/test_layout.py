"""Places on the map: the same whatever the order or the names, and nobody's name over another's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.map.layout import (
    GAP_DEGREES,
    INNERMOST,
    MOST_SUBJECTS,
    UNRANKED,
    layout,
    place_labels,
    radius,
    sectors_by_subject,
)

strengths = st.sampled_from([0.0, 0.2, 0.5, 0.5, 1.0, math.nan])
people = st.lists(st.tuples(strengths, st.integers(0, 2)), min_size=1, max_size=25)


def places(rows: list[tuple[str, float, int]]) -> dict[str, tuple[float, float]]:
    names, strength, sector = zip(*rows, strict=True)
    found = layout(names, strength, sector, 3)
    return dict(
        zip(names, zip(found.x.round(9).tolist(), found.y.round(9).tolist(), strict=True), strict=True)
    )


def test_the_distance_from_ego_falls_with_the_root_of_strength() -> None:
    assert radius([0, 0.25, 1]).tolist() == pytest.approx([1, 1 - (1 - INNERMOST) / 2, INNERMOST])


@given(people, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_names_change_the_picture(
    found: list[tuple[float, int]], chance: object
) -> None:
    rows = [(f"twitter:{i}", strength, sector) for i, (strength, sector) in enumerate(found)]
    turned = list(rows)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert places(turned) == places(rows)
    renamed = [(f"twitter:{len(rows) - i}", strength, sector) for i, (_, strength, sector) in enumerate(rows)]
    assert sorted(places(renamed).values()) == sorted(places(rows).values())


@given(people)
def test_everybody_stands_in_their_sector_at_the_distance_of_their_strength(
    found: list[tuple[float, int]],
) -> None:
    strength, sector = zip(*found, strict=True)
    placed = layout([f"a{i}" for i in range(len(found))], strength, sector, 3)
    degrees = np.degrees(np.arctan2(placed.x, placed.y))
    for i, number in enumerate(sector):
        # Sectors may reach over the top, where angles begin anew.
        turn = (degrees[i] - placed.starts[number]) % 360
        assert turn <= placed.stops[number] - placed.starts[number] + 1e-9
        away = math.hypot(placed.x[i], placed.y[i])
        if math.isnan(strength[i]):
            assert UNRANKED[0] - 1e-9 <= away <= UNRANKED[1] + 1e-9
        else:
            assert away == pytest.approx(radius(strength[i]))


def test_sectors_grow_with_the_root_of_their_people_and_leave_gaps() -> None:
    placed = layout([f"a{i}" for i in range(5)], [0.5] * 5, [0, 0, 0, 0, 1], 3)
    width = placed.stops - placed.starts
    assert width.tolist() == pytest.approx([2 / 3 * 352, 1 / 3 * 352, 0])
    assert placed.starts[1] - placed.stops[0] == pytest.approx(GAP_DEGREES)
    alone = layout(["a"], [0.5], [0], 1)
    assert (alone.starts[0], alone.stops[0]) == (0, 360)


def test_a_crowd_of_equals_does_not_stand_on_one_another() -> None:
    placed = layout([f"a{i}" for i in range(60)], [0.0] * 60, [0] * 60, 1)
    apart = np.hypot(placed.x[:, None] - placed.x, placed.y[:, None] - placed.y) + np.eye(60)
    # Spread evenly, 60 would be 0.1 apart.
    assert apart.min() > 0.03


def test_nobody_and_nowhere() -> None:
    assert layout([], [], [], 1).x.tolist() == []
    assert place_labels([], [], [], [], [], height=10, side=100).left.tolist() == []


@pytest.mark.parametrize(("sharing", "subjects"), [(4, []), (5, ["#chat"])])
def test_a_subject_needs_five_people(sharing: int, subjects: list[str]) -> None:
    about = {f"a{i}": ["#chat"] if i < sharing else [f"word{i}"] for i in range(9)}
    assert sectors_by_subject(about)[0] == subjects


def test_each_belongs_to_the_most_telling_of_their_words_that_is_a_subject() -> None:
    about = {f"a{i}": ["rare", "bread"] for i in range(6)} | {f"b{i}": ["cats"] for i in range(5)}
    about["c"] = ["cats", "bread"]
    assert sectors_by_subject(about) == (
        ["bread", "cats"],
        {f"a{i}": 0 for i in range(6)} | {f"b{i}": 1 for i in range(5)} | {"c": 1},
    )


def test_there_are_at_most_seven_subjects() -> None:
    about = {f"{word}{i}": [word] for word in "abcdefgh" for i in range(5)}
    assert sectors_by_subject(about)[0] == list("abcdefgh")[:MOST_SUBJECTS] == list("abcdefg")


marks = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=30)


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
    assert (alone.left[0], alone.middle[0], alone.distance[0]) == (107, 100, 0)
    edge = place_labels([190], [100], [5], [0], [40], height=12, side=200)
    assert edge.left[0] == 190 - 7 - 40


def test_a_name_rather_stands_off_than_on_somebody() -> None:
    # Small marks on all sides, where the nearest places would be.
    ring = [(100 + 25 * math.cos(a), 100 + 13 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 24)]
    x, y = zip((100.0, 100.0), *ring, strict=True)
    found = place_labels(x, y, [3.0] * len(x), [0], [30], height=12, side=200)
    assert found.distance[0] > 0


def test_where_there_is_no_room_there_is_no_name() -> None:
    found = place_labels([10], [10], [3], [0], [50], height=12, side=20)
    assert math.isnan(found.left[0])
