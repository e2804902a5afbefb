"""Where people stand on the map: ego in the middle, the stronger a tie the nearer, each sector a subject.

Nothing here depends on chance or on the order of the rows. Names decide only
between people who are alike in everything else, so another name gives the same
picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plnmap.analysis.status import Bools, Floats

INNERMOST: Final = 0.14
"""Radius of a tie of strength 1, where that of strength 0 is 1: the middle is ego's."""

UNRANKED: Final = (1.07, 1.17)
"""Between these radii stand those whose tie has no strength: outside all circles, in order to be no zero."""

GAP_DEGREES: Final = 4.0
"""Between two sectors."""

CHOICES: Final = 24
"""Angles tried for each person; more make the picture no more even."""

_GOLDEN: Final = (5**0.5 - 1) / 2

MOST_SUBJECTS: Final = 7
LEAST_OF_A_SUBJECT: Final = 5
"""A subject that fewer people share makes no sector."""


class Layout(NamedTuple):
    """Places in the unit of the outermost circle: x to the right, y up, ego at (0, 0).

    Attributes
    ----------
    x, y
        One per person, in the order given.
    starts, stops
        Angles of the sectors in degrees, clockwise from the top; empty sectors have none of width.
    """

    x: Floats
    y: Floats
    starts: Floats
    stops: Floats


def radius(strength: ArrayLike) -> Floats:
    """Distance from ego: `INNERMOST` for strength 1, 1 for strength 0; falls with the root of strength.

    Most ties are weak; the root gives them room.

    >>> radius([1.0, 0.25, 0.0]).round(2).tolist()
    [0.14, 0.57, 1.0]
    """
    return 1.0 - (1.0 - INNERMOST) * np.sqrt(np.asarray(strength, dtype=np.float64))


def layout(accounts: Sequence[str], strength: ArrayLike, sector: ArrayLike, sectors: int) -> Layout:
    """Give everybody a place.

    Parameters
    ----------
    accounts
        Keys; they decide between people of equal strength in one sector.
    strength
        0 to 1; NaN where there is none.
    sector
        Number of each person's sector, 0 to `sectors` - 1.
    sectors
        How many there are. The width of each grows with the root of the number of people in it.

    Examples
    --------
    >>> found = layout(["a", "b"], [1.0, float("nan")], [0, 0], 1)
    >>> np.hypot(found.x, found.y).round(2).tolist()
    [0.14, 1.12]
    """
    strong, group = np.asarray(strength, dtype=np.float64), np.asarray(sector, dtype=np.int64)
    starts, stops = _angles(np.bincount(group, minlength=sectors)[:sectors])
    x, y = np.zeros(len(accounts)), np.zeros(len(accounts))
    names = np.asarray(accounts, dtype=np.str_)
    # NaN sorts last, as it should.
    for number in range(sectors):
        (members,) = np.nonzero(group == number)
        members = members[np.lexsort((names[members], -strong[members]))]
        x[members], y[members] = _spread(_radii(strong[members]), starts[number], stops[number])
    return Layout(x, y, starts, stops)


def sectors_by_subject(topics: Mapping[str, Sequence[str]]) -> tuple[list[str], dict[str, int]]:
    """Subjects that between them cover most ties, and whose tie is about which.

    Parameters
    ----------
    topics
        Account → words of the tie, the most telling first.

    Returns
    -------
    tuple
        At most seven subjects; each is the one that most of those without one so far share. Account →
        number of its subject, the most telling of its words that is one. Who shares no subject has none.

    Examples
    --------
    >>> about = {name: ["bread"] for name in "abcd"} | {"e": ["rye", "bread"], "f": ["cats"]}
    >>> sectors_by_subject(about)
    (['bread'], {'a': 0, 'b': 0, 'c': 0, 'd': 0, 'e': 0})
    """
    left = {account: set(words) for account, words in topics.items()}
    subjects: list[str] = []
    while len(subjects) < MOST_SUBJECTS:
        counts = Counter(word for words in left.values() for word in words)
        best, people = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if people < LEAST_OF_A_SUBJECT:
            break
        left = {account: words for account, words in left.items() if best not in words}
        subjects.append(best)
    number = {subject: i for i, subject in enumerate(subjects)}
    members = {
        account: next((number[word] for word in words if word in number), None)
        for account, words in sorted(topics.items())
    }
    return subjects, {account: place for account, place in members.items() if place is not None}


class Labels(NamedTuple):
    """Where the names of some people stand, in pixels from the upper left corner.

    Attributes
    ----------
    left, middle
        Left end and middle height of each; NaN where there was no room.
    distance
        From the rim of the mark to the name; a line is needed where it is more than a few pixels.
    """

    left: Floats
    middle: Floats
    distance: Floats


def place_labels(
    x: ArrayLike,
    y: ArrayLike,
    mark_radius: ArrayLike,
    labelled: Sequence[int],
    widths: Sequence[float],
    *,
    height: float,
    side: float,
    taken: Sequence[tuple[float, float, float, float]] = (),
) -> Labels:
    """Names beside their marks, none over another.

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
        Boxes (left, top, right, bottom) to keep free.

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
    boxes = np.array(taken, dtype=np.float64).reshape(-1, 4)
    marks = np.column_stack([px - radii, py - radii, px + radii, py + radii])
    costs = np.full(len(px), _COST_OF_A_COVERED_MARK)
    costs[list(labelled)] *= _NAMED_COSTS_MORE
    places = np.full((3, len(labelled)), np.nan)
    for i, (mark, width) in enumerate(zip(labelled, widths, strict=True)):
        middles, away = _around(px[mark], py[mark], radii[mark], width, height)
        half = np.array([width / 2, height / 2])
        tried = np.hstack([middles - half, middles + half])
        inside = (tried[:, :2] >= 0).all(axis=1) & (tried[:, 2:] <= side).all(axis=1)
        free = inside & ~_overlaps(tried, boxes).any(axis=1)
        if not free.any():
            continue
        cost = np.where(free, away + _overlaps(tried, marks) @ costs, np.inf)
        best = int(np.argmin(cost))
        places[:, i] = tried[best, 0], middles[best, 1], away[best]
        boxes = np.vstack([boxes, tried[best]])
    return Labels(*places)


_AWAY: Final = np.array([0.0, 4, 8, 14, 22, 32, 44, 58, 74, 92, 112, 134, 158, 184])
"""Distances tried between a mark and its name, pixels."""

_DIRECTIONS: Final = np.radians([0, 180, 90, 270, 45, 315, 135, 225, 22, 338, 158, 202, 68, 292, 112, 248])
"""To the right, where one begins to read, before to the left; clockwise, y down."""

_BESIDE: Final = 2.0
"""Between a mark and the name next to it, pixels."""

_COST_OF_A_COVERED_MARK: Final = 12.0
"""A name rather stands so many pixels farther off than on top of somebody."""

_NAMED_COSTS_MORE: Final = 5.0


def _around(x: float, y: float, radius: float, width: float, height: float) -> tuple[Floats, Floats]:
    """Middles of the places tried for one name, the best first, and how far off they are."""
    away, angle = (each.ravel() for each in np.meshgrid(_AWAY, _DIRECTIONS, indexing="ij"))
    reach = radius + _BESIDE + away
    middles = np.column_stack(
        [x + np.cos(angle) * (reach + width / 2), y + np.sin(angle) * (reach + height / 2)]
    )
    return middles, away


def _overlaps(some: Floats, others: Floats) -> Bools:
    """Which boxes overlap, one row per box of `some`; those that touch do not."""
    left, top, right, bottom = some.T[:, :, None]
    lefts, tops, rights, bottoms = others.T
    # Edge by edge: far faster than along an axis of length two.
    return (left < rights) & (lefts < right) & (top < bottoms) & (tops < bottom)  # type: ignore[no-any-return]


def _angles(sizes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[Floats, Floats]:
    """First and last angle of each sector, degrees clockwise from the top."""
    gap = np.where(sizes > 0, GAP_DEGREES, 0.0) if np.count_nonzero(sizes) > 1 else np.zeros(len(sizes))
    weight = np.sqrt(sizes)
    width = (360.0 - gap.sum()) * weight / max(weight.sum(), 1.0)
    ends = np.cumsum(width + gap)
    return ends - width - gap / 2, ends - gap / 2


def _radii(strength: Floats) -> Floats:
    """Of people in order; those without strength share the band outside the circles in turns."""
    unranked = np.isnan(strength)
    # Three rows are enough to keep neighbours apart.
    rows = np.arange(len(strength)) % 3 / 2
    inner, outer = UNRANKED
    return np.where(unranked, inner + (outer - inner) * rows, radius(np.nan_to_num(strength)))


def _spread(distance: Floats, start: float, stop: float) -> tuple[Floats, Floats]:
    """Places for people of one sector: each takes the angle farthest from all who stand there already."""
    x, y = np.zeros(len(distance)), np.zeros(len(distance))
    for i, r in enumerate(distance):
        # Each has angles of their own, so that no two of equal strength fall together.
        steps = (np.arange(CHOICES) + (i + 1) * _GOLDEN % 1) / CHOICES
        angles = np.radians(start + (stop - start) * steps)
        across, along = np.sin(angles) * r, np.cos(angles) * r
        gaps = (across[:, None] - x[:i]) ** 2 + (along[:, None] - y[:i]) ** 2
        best = int(np.argmax(gaps.min(axis=1))) if i else CHOICES // 2
        x[i], y[i] = across[best], along[best]
    return x, y
