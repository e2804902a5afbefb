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

from plnmap.analysis.status import Floats

INNERMOST: Final = 0.2
"""Radius of a tie of strength 1, where that of strength 0 is 1: the middle is ego's."""

UNRANKED: Final = (1.07, 1.17)
"""Between these radii stand those whose tie has no strength: outside all circles, in order to be no zero."""

GAP_DEGREES: Final = 4.0
"""Between two sectors."""

LEAST_DEGREES: Final = 20.0
"""Of a sector, so that its name along the rim has room."""

CHOICES: Final = 24
"""Angles tried for each person; more make the picture no more even."""

ROWS: Final = (3, 6)
"""Least and most rows of those without strength: three keep neighbours apart, a crowd needs more."""

_ROOM_OF_ONE: Final = 0.02
"""Along a row, in the unit of the outermost circle."""

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
    [0.2, 0.6, 1.0]
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
        How many there are. The width of each grows with the root of the room that its people need: the
        nearer to the middle, the more of the angle one takes up.

    Examples
    --------
    >>> found = layout(["a", "b"], [1.0, float("nan")], [0, 0], 1)
    >>> np.hypot(found.x, found.y).round(2).tolist()
    [0.2, 1.12]
    """
    strong, group = np.asarray(strength, dtype=np.float64), np.asarray(sector, dtype=np.int64)
    room = 1 / np.where(np.isnan(strong), UNRANKED[0], radius(np.nan_to_num(strong))) ** 2
    starts, stops = _angles(np.bincount(group, weights=room, minlength=sectors).astype(np.float64))
    x, y = np.zeros(len(accounts)), np.zeros(len(accounts))
    names = np.asarray(accounts, dtype=np.str_)
    # NaN sorts last, as it should.
    for number in range(sectors):
        (members,) = np.nonzero(group == number)
        members = members[np.lexsort((names[members], -strong[members]))]
        start, stop = float(starts[number]), float(stops[number])
        x[members], y[members] = _spread(_radii(strong[members], stop - start), start, stop)
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


def _angles(room: Floats) -> tuple[Floats, Floats]:
    """First and last angle of each sector, degrees clockwise from the top."""
    present = room > 0
    gap = np.where(present, GAP_DEGREES if np.count_nonzero(present) > 1 else 0.0, 0.0)
    least = np.where(present, LEAST_DEGREES, 0.0)
    weight = np.sqrt(room)
    width = least + (360.0 - gap.sum() - least.sum()) * weight / (weight.sum() or 1.0)
    ends = np.cumsum(width + gap)
    return ends - width - gap / 2, ends - gap / 2


def _radii(strength: Floats, degrees: float) -> Floats:
    """Of people in order, in a sector so wide; those without strength share the band outside in turns."""
    unranked = np.isnan(strength)
    inner, outer = UNRANKED
    in_a_row = max(np.radians(degrees) * inner / _ROOM_OF_ONE, 1.0)
    rows = int(np.clip(np.ceil(unranked.sum() / in_a_row), *ROWS))
    turns = np.arange(len(strength)) % rows / (rows - 1)
    return np.where(unranked, inner + (outer - inner) * turns, radius(np.nan_to_num(strength)))


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
