"""Who is in a world: names, habits, and each person's own rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plnmap.research.simulator.texts import FIELDS
from plnmap.research.simulator.world import Kind, World

Floats = NDArray[np.float64]

EGO: Final = 0
"""Number of ego; alters count from 1, and those who have nothing to do with ego come after them."""

BIN_DAYS: Final = 30.0
"""A tie's activity changes from month to month."""

_FIRST: Final = (
    "ba",
    "ca",
    "da",
    "el",
    "fi",
    "gor",
    "ha",
    "il",
    "jo",
    "ka",
    "lo",
    "mi",
    "na",
    "or",
    "pe",
    "ru",
)
_MIDDLE: Final = (
    "ba",
    "der",
    "fri",
    "go",
    "le",
    "li",
    "mo",
    "na",
    "ra",
    "ri",
    "sto",
    "ta",
    "tro",
    "va",
    "ze",
    "zo",
)
_LAST: Final = (
    "ck",
    "del",
    "dra",
    "ff",
    "la",
    "lin",
    "m",
    "mer",
    "n",
    "nna",
    "r",
    "ra",
    "s",
    "th",
    "x",
    "zi",
)
_DESK_SUFFIX: Final = "help"
_DESKS_THAT_SAY_SO: Final = 0.4
"""Share of service desks whose handle names them as such."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody in a world.

    Attributes
    ----------
    table
        One row per person, by number: kind and part (empty for ego and outsiders),
        field (what they talk about), handle, name, followers, following,
        posts_a_day, reacts, remote (on another server than ego), and the habits lower
        (share of posts without capitals), emoji and typo (shares of posts).
    known_from, known_to
        Begin and end of each alter's tie with ego, days from the begin of the world.
    activity
        Alter × month: cumulative share of what passes between the two.
    """

    table: pd.DataFrame
    known_from: Floats
    known_to: Floats
    activity: Floats

    @property
    def alters(self) -> int:
        """How many alters."""
        return len(self.known_from)


def draw_people(world: World, rng: np.random.Generator) -> People:
    """Draw everybody's names, habits and the time of each tie."""
    # The order is shuffled, so that no number tells what somebody is.
    kinds = rng.permutation(np.array(_kinds(world), dtype=object))
    alters, everybody = len(kinds), 1 + len(kinds) + world.outsiders
    known = np.array([kind.known for kind in kinds]).reshape(-1, 2)
    lasts = rng.uniform(known[:, 0], known[:, 1]) * world.days
    begins = rng.uniform(0, 1, alters) * (world.days - lasts)
    return People(
        table=_table(kinds, everybody, rng),
        known_from=begins,
        known_to=begins + lasts,
        activity=_activity(begins, begins + lasts, world, rng),
    )


def own_rates(people: People, world: World, flow: str, rng: np.random.Generator) -> Floats:
    """Each alter's own rate of a flow, a year: Gamma around the mean of their kind."""
    kinds = _by_name(world)
    each = [kinds[name] for name in people.table["kind"].iloc[1 : 1 + people.alters]]
    mean = np.array([kind.yearly.get(flow, 0.0) for kind in each])
    shape = np.array([kind.shape for kind in each])
    rates: Floats = rng.gamma(shape, mean / shape)
    return rates


def balanced(people: People, world: World) -> NDArray[np.bool_]:
    """Per alter, whether help between the two is split evenly."""
    kinds = _by_name(world)
    return np.array(
        [kinds[name].balanced for name in people.table["kind"].iloc[1 : 1 + people.alters]], dtype=bool
    )


def moments(people: People, alters: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    """A moment within the tie of each of these alters (counted from 0), days from the begin of the world."""
    month = (people.activity[alters] < rng.uniform(0, 1, len(alters))[:, None]).sum(axis=1)
    first = np.maximum(month * BIN_DAYS, people.known_from[alters])
    last = np.minimum((month + 1) * BIN_DAYS, people.known_to[alters])
    moment: Floats = first + rng.uniform(0, 1, len(alters)) * (last - first)
    return moment


def _by_name(world: World) -> dict[str, Kind]:
    return {kind.name: kind for kind in world.kinds}


def _kinds(world: World) -> list[Kind]:
    """The kind of each alter; in worlds of another size the mix stays the same, each kind at least once."""
    total = sum(kind.people for kind in world.kinds)
    each = [kind for kind in world.kinds for _ in range(max(1, round(kind.people * world.alters / total)))]
    # What rounding adds or takes away falls on the last kind, the most common one.
    missing = world.alters - len(each)
    return each[: world.alters] if missing < 0 else each + [world.kinds[-1]] * missing


def _activity(begins: Floats, ends: Floats, world: World, rng: np.random.Generator) -> Floats:
    months = np.arange(np.ceil(world.days / BIN_DAYS)) * BIN_DAYS
    overlap = np.minimum(ends[:, None], months + BIN_DAYS) - np.maximum(begins[:, None], months)
    weight = np.clip(overlap, 0, None) * rng.gamma(world.burstiness, size=overlap.shape)
    # Rounding must not leave a remainder after the last month.
    cumulative: Floats = np.minimum(np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True), 1.0)
    cumulative[:, -1] = 1.0
    return cumulative


def _table(kinds: NDArray[np.object_], everybody: int, rng: np.random.Generator) -> pd.DataFrame:
    alters = slice(1, 1 + len(kinds))
    followers, posts, reacts = np.full(everybody, 400.0), np.full(everybody, 1.5), np.ones(everybody)
    followers[alters] = [kind.followers for kind in kinds]
    posts[alters] = [kind.posts_a_day for kind in kinds]
    reacts[alters] = [kind.reacts for kind in kinds]
    columns = {
        "kind": np.full(everybody, "", dtype=object),
        "part": np.full(everybody, "", dtype=object),
        "field": rng.integers(0, len(FIELDS), everybody),
        "followers": np.exp(rng.normal(np.log(followers), 0.8)).astype(np.int64),
        "following": np.exp(rng.normal(np.log(350.0), 0.8, everybody)).astype(np.int64),
        "posts_a_day": np.exp(rng.normal(np.log(posts), 0.8)),
        "reacts": reacts,
        "remote": rng.uniform(0, 1, everybody) < 0.8,
        "lower": rng.beta(0.4, 2.0, everybody),
        "emoji": rng.beta(0.8, 5.0, everybody),
        "typo": rng.beta(1.0, 12.0, everybody),
    }
    columns["kind"][alters] = [kind.name for kind in kinds]
    columns["part"][alters] = [kind.part for kind in kinds]
    table = pd.DataFrame(columns)
    names = _names(everybody, rng)
    is_desk = (table["kind"] == "service desk").to_numpy() & (
        rng.uniform(0, 1, everybody) < _DESKS_THAT_SAY_SO
    )
    table["name"] = [f"{first.capitalize()} {last.capitalize()}" for first, last in names]
    table["handle"] = [
        f"{first}{last}{_DESK_SUFFIX if desk else ''}"
        for (first, last), desk in zip(names, is_desk, strict=True)
    ]
    return table


def _names(number: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Different invented names; nobody is called like that."""
    half = [first + middle for first in _FIRST for middle in _MIDDLE]
    found: dict[tuple[str, str], None] = {}
    while len(found) < number:
        one, two, end = rng.integers(0, len(half)), rng.integers(0, len(half)), rng.integers(0, len(_LAST))
        found[half[one], half[two] + _LAST[end]] = None
    return list(found)
