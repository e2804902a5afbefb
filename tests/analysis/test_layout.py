"""Places on the map: the same whatever the order or the names."""

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
    _radii,
    layout,
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


def test_sectors_grow_with_the_root_of_the_room_their_people_need_and_leave_gaps() -> None:
    placed = layout([f"a{i}" for i in range(5)], [0.5] * 5, [0, 0, 0, 0, 1], 3)
    width = placed.stops - placed.starts
    # 360 less two gaps, of which each has 20 for its name.
    assert width.tolist() == pytest.approx([20 + 2 / 3 * 312, 20 + 1 / 3 * 312, 0])
    assert placed.starts[1] - placed.stops[0] == pytest.approx(GAP_DEGREES)
    # At half the radius one person needs as much as four.
    near = layout(["a", "b"], [0.390625, 0.0], [0, 1], 2)
    assert radius(0.390625) == pytest.approx(0.5)
    assert (near.stops - near.starts).tolist() == pytest.approx([20 + 2 / 3 * 312, 20 + 1 / 3 * 312])
    for strength in (0.5, math.nan):
        alone = layout(["a"], [strength], [0], 1)
        assert (alone.starts[0], alone.stops[0]) == (0, 360)


@pytest.mark.parametrize(("people", "rows"), [(1, 1), (3, 3), (1008, 3), (1009, 4), (5000, 6)])
def test_a_crowd_without_strength_stands_in_more_rows(people: int, rows: int) -> None:
    # Once around at the innermost of the rows, 336 people have room.
    assert int(2 * math.pi * UNRANKED[0] / 0.02) == 336
    radii = _radii(np.full(people, np.nan), 360.0)
    assert len(set(radii.round(9))) == rows
    assert UNRANKED[0] == radii.min()
    assert radii.max() <= UNRANKED[1] + 1e-9


def test_a_crowd_of_equals_does_not_stand_on_one_another() -> None:
    placed = layout([f"a{i}" for i in range(60)], [0.0] * 60, [0] * 60, 1)
    apart = np.hypot(placed.x[:, None] - placed.x, placed.y[:, None] - placed.y) + np.eye(60)
    # Spread evenly, 60 would be 0.1 apart.
    assert apart.min() > 0.03


def test_nobody_and_nowhere() -> None:
    assert layout([], [], [], 1).x.tolist() == []


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
