"""Where names stand on the map: none over another, lines to their marks crossing as little as may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.status import Bools, Floats

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

LINE_FROM: Final = 8.0
"""Pixels between a mark and its name from which on a line joins them."""

_AWAY: Final = np.array([0.0, 4, 8, 14, 22, 32, 44, 58, 74, 92, 112, 134, 158, 184])
"""Distances tried between a mark and its name, pixels."""

_DIRECTIONS: Final = np.radians([0, 180, 90, 270, 45, 315, 135, 225, 22, 338, 158, 202, 68, 292, 112, 248])
"""To the right, where one begins to read, before to the left; clockwise, y down."""

_BESIDE: Final = 2.0
"""Between a mark and the name next to it, pixels."""

_COST_OF_A_COVERED_MARK: Final = 12.0
"""A name rather stands so many pixels farther off than on top of somebody."""

_NAMED_COSTS_MORE: Final = 12.0

_TWICE_AS_BAD: Final = 100.0
"""So many pixels away, each pixel counts twice: rather on top of somebody than out of sight."""

_COST_OF_CROSSED_LINES: Final = 250.0
_COST_OF_A_LINE_THROUGH_A_NAME: Final = 200.0

_ROUNDS: Final = 2
"""How often each name may move once all others stand; further rounds move next to none."""


class Labels(NamedTuple):
    """Where the names of some people stand, in pixels from the upper left corner.

    Attributes
    ----------
    left, middle
        Left end and middle height of each; NaN where there was no room.
    lines
        One row per name: x and y where a line leaves the rim of the mark, and where it meets the name; NaN
        where the name stands next to its mark.
    """

    left: Floats
    middle: Floats
    lines: Floats


class _Tried(NamedTuple):
    """Places tried for one name: boxes, lines from the mark to them (NaN for none), and what each costs."""

    boxes: Floats
    lines: Floats
    cost: Floats


def place_labels(
    x: ArrayLike,
    y: ArrayLike,
    mark_radius: ArrayLike,
    labelled: Sequence[int],
    widths: Sequence[float],
    *,
    height: float,
    side: float,
    taken: Sequence[Box] = (),
) -> Labels:
    """Names near their marks, none over another.

    Each takes the cheapest of some two hundred places around its mark, the most important first; then
    each may move again, now that all others stand. Who finds none free nearby gets one anywhere.

    Parameters
    ----------
    x, y, mark_radius
        Middle and radius of every mark, pixels, y down.
    labelled
        Numbers of the marks with a name, the most important first: the first to come takes the best place.
    widths, height
        Of the names, pixels.
    side
        Of the square that the names have to stay in.
    taken
        Boxes to keep free.

    Returns
    -------
    Labels
        One place per name, in the order of `labelled`.

    Examples
    --------
    >>> found = place_labels([50, 50], [50, 50], [3, 3], [0, 1], [20, 20], height=10, side=100)
    >>> found.left.round().tolist(), found.middle.round().tolist()
    ([55.0, 25.0], [50.0, 50.0])
    """
    px, py, radii = (np.asarray(each, dtype=np.float64) for each in (x, y, mark_radius))
    marks = np.column_stack([px - radii, py - radii, px + radii, py + radii])
    costs = np.full(len(px), _COST_OF_A_COVERED_MARK)
    costs[list(labelled)] *= _NAMED_COSTS_MORE
    kept_free = np.array(taken, dtype=np.float64).reshape(-1, 4)

    def judged(mark: int, width: float, middles: Floats, away: Floats) -> _Tried:
        half = np.array([width / 2, height / 2])
        boxes = np.hstack([middles - half, middles + half])
        lines = _lines(px[mark], py[mark], radii[mark], boxes, away)
        inside = (boxes[:, :2] >= 0).all(axis=1) & (boxes[:, 2:] <= side).all(axis=1)
        free = inside & ~_overlaps(boxes, kept_free).any(axis=1)
        reach = *boxes[:, :2].min(axis=0, initial=np.inf), *boxes[:, 2:].max(axis=0, initial=-np.inf)
        (near,) = np.nonzero(_overlaps(np.array([reach]), marks)[0])
        cost = away * (1 + away / _TWICE_AS_BAD) + _overlaps(boxes, marks[near]) @ costs[near]
        cost += _COST_OF_A_LINE_THROUGH_A_NAME * _runs_through(lines, kept_free).sum(axis=1)
        return _Tried(boxes, lines, np.where(free, cost, np.inf))

    places = [
        judged(mark, width, *_around(px[mark], py[mark], radii[mark], width, height))
        for mark, width in zip(labelled, widths, strict=True)
    ]
    boxes, lines = np.full((len(labelled), 4), np.nan), np.full((len(labelled), 4), np.nan)
    for _ in range(1 + _ROUNDS):
        before = boxes.copy()
        for i, (mark, width) in enumerate(zip(labelled, widths, strict=True)):
            boxes[i], lines[i] = np.nan, np.nan
            tried = places[i]
            cost = _cost_among(tried, boxes, lines)
            if not np.isfinite(cost).any():
                tried = places[i] = judged(mark, width, *_anywhere(px[mark], py[mark], width, height, side))
                cost = _cost_among(tried, boxes, lines)
            if np.isfinite(cost).any():
                best = int(np.argmin(cost))
                boxes[i], lines[i] = tried.boxes[best], tried.lines[best]
        if np.array_equal(before, boxes, equal_nan=True):
            break
    return Labels(boxes[:, 0], boxes[:, [1, 3]].mean(axis=1), lines)


def _cost_among(tried: _Tried, boxes: Floats, lines: Floats) -> Floats:
    """What each place costs, given where the others stand; those not yet placed are NaN, and in no way."""
    crossed = _cross(tried.lines, lines).sum(axis=1)
    through = _runs_through(tried.lines, boxes).sum(axis=1) + _runs_through(lines, tried.boxes).sum(axis=0)
    cost = tried.cost + _COST_OF_CROSSED_LINES * crossed + _COST_OF_A_LINE_THROUGH_A_NAME * through
    return np.where(_overlaps(tried.boxes, boxes).any(axis=1), np.inf, cost)


def _around(x: float, y: float, radius: float, width: float, height: float) -> tuple[Floats, Floats]:
    """Middles of the places tried for one name, the best first, and how far off they are."""
    away, angle = (each.ravel() for each in np.meshgrid(_AWAY, _DIRECTIONS, indexing="ij"))
    reach = radius + _BESIDE + away
    middles = np.column_stack(
        [x + np.cos(angle) * (reach + width / 2), y + np.sin(angle) * (reach + height / 2)]
    )
    return middles, away


def _anywhere(x: float, y: float, width: float, height: float, side: float) -> tuple[Floats, Floats]:
    """Middles of places all over the square, side by side, and how far off they are."""
    across = np.arange(width / 2, side - width / 2 + 1e-9, width / 2)
    along = np.arange(height / 2, side - height / 2 + 1e-9, height)
    middles = np.column_stack([each.ravel() for each in np.meshgrid(across, along)])
    return middles, np.hypot(middles[:, 0] - x, middles[:, 1] - y)


def _lines(x: float, y: float, radius: float, boxes: Floats, away: Floats) -> Floats:
    """From the rim of a mark to the nearest point of each box."""
    end = np.clip([x, y], boxes[:, :2], boxes[:, 2:])
    apart = end - [x, y]
    length = np.hypot(*apart.T)[:, None]
    start = [x, y] + apart * np.divide(radius, length, out=np.zeros_like(length), where=length > 0)
    needed = (away >= LINE_FROM) & (length[:, 0] > radius)
    return np.where(needed[:, None], np.hstack([start, end]), np.nan)


def _overlaps(some: Floats, others: Floats) -> Bools:
    """Which boxes overlap, one row per box of `some`; those that touch do not."""
    left, top, right, bottom = some.T[:, :, None]
    lefts, tops, rights, bottoms = others.T
    # Edge by edge: far faster than along an axis of length two.
    return (left < rights) & (lefts < right) & (top < bottoms) & (tops < bottom)  # type: ignore[no-any-return]


def _runs_through(lines: Floats, boxes: Floats) -> Bools:
    """Which line runs through the inside of which box, one row per line; NaN runs nowhere."""
    x, y, end_x, end_y = lines.T[:, :, None]
    left, top, right, bottom = boxes.T
    enters_x, leaves_x = _within(x, end_x - x, left, right)
    enters_y, leaves_y = _within(y, end_y - y, top, bottom)
    # The end of a line touches its own name.
    enters = np.maximum(np.maximum(enters_x, enters_y), 0.0)
    return enters < np.minimum(np.minimum(leaves_x, leaves_y), 1.0) - 1e-6


def _within(start: Floats, step: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """From which to which share of its length a line is between two edges, along one axis."""
    step = np.where(np.abs(step) < 1e-9, 1e-9, step)
    one, other = (low - start) / step, (high - start) / step
    return np.minimum(one, other), np.maximum(one, other)


def _cross(some: Floats, others: Floats) -> Bools:
    """Which lines cross, one row per line of `some`; NaN crosses none."""
    ax, ay, bx, by = some.T[:, :, None]
    cx, cy, dx, dy = others.T
    # On which side of the one line the ends of the other lie: the sign of a cross product.
    of_c, of_d = ((bx - ax) * (py - ay) - (by - ay) * (px - ax) for px, py in ((cx, cy), (dx, dy)))
    of_a, of_b = ((dx - cx) * (py - cy) - (dy - cy) * (px - cx) for px, py in ((ax, ay), (bx, by)))
    return (of_c * of_d < 0) & (of_a * of_b < 0)  # type: ignore[no-any-return]
