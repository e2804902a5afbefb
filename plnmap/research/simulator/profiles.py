"""What accounts show of themselves: the name people see, and a self-description.

Both come from files of the bank that were written apart from the rules that
tell brands and service desks from persons. How an account is called in posts,
its handle, has nothing to do with them.
"""

from __future__ import annotations

from string import capwords
from typing import Final, NamedTuple

import numpy as np

from plnmap.research.simulator.noise import Habits, as_typed
from plnmap.research.simulator.people import EGO, People
from plnmap.research.simulator.texts import FIELDS, SLOT, fillers, one, templates
from plnmap.research.simulator.world import World

EMPTY_BIO: Final = 1 / 6
"""Share of accounts that say nothing of themselves."""

_DRAWS: Final = 24

Words = dict[str, list[str]]


class Sort(NamedTuple):
    """How accounts of one sort present themselves.

    Attributes
    ----------
    names
        File of the bank with the shapes of their names.
    plain
        Share that goes by first and last name instead.
    careful
        Whether they write a self-description without the slips and habits of their posts.
    """

    names: str
    plain: float
    careful: bool


SORTS: Final = {
    "person": Sort("person", 0.7, False),
    "influencer": Sort("trader", 0.6, False),
    "promoter": Sort("trader", 0.6, False),
    "provider": Sort("trader", 0.6, False),
    "celebrity": Sort("star", 0.7, False),
    "organisation": Sort("organisation", 0.1, True),
    "desk": Sort("desk", 0.05, True),
}
"""Sort of account → how it presents itself; its self-descriptions are the file of that name."""


class Profile(NamedTuple):
    """What an account shows of itself; `bio` is None where it says nothing."""

    name: str
    bio: str | None


def draw_profiles(world: World, people: People, rng: np.random.Generator) -> list[Profile]:
    """The profile of everybody, by number; every draw comes from `rng`, in a fixed number per person.

    Ego goes by first and last name, and outsiders present themselves as persons do.
    """
    sorts = {kind.name: kind.profile for kind in world.kinds}
    shared = _shared_words([name.split()[1] for name in people.table["name"]])
    rows = people.table[["kind", "name", "handle", "field", "lower", "emoji", "typo"]]
    chances = rng.uniform(0, 1, (len(rows), _DRAWS)).tolist()
    profiles: list[Profile] = []
    for number, (kind, name, handle, field, *habits) in enumerate(rows.itertuples(index=False)):
        draws = chances[number]
        which = sorts.get(kind, "person")
        sort, words = SORTS[which], shared[field] | _own_words(name, handle)
        if draws[0] >= sort.plain and number != EGO:
            name = _filled(one(templates(f"names/{sort.names}"), draws[1]), words, draws[2:6])
        bio = _filled(one(templates(f"bios/{which}"), draws[7]), words, draws[8:14])
        typed = bio if sort.careful else as_typed(bio, Habits(*habits), draws[14:])
        profiles.append(Profile(name, None if draws[6] < EMPTY_BIO else typed))
    return profiles


def _shared_words(surnames: list[str]) -> list[Words]:
    """Per community, what fills the slots that are not about oneself; places and firms have surnames."""
    return [
        {slot: fillers(field, slot) for slot in ("topic", "thing", "task", "event", "tag")}
        | {"Topic": [capwords(topic) for topic in fillers(field, "topic")], "Other": surnames}
        for field in range(len(FIELDS))
    ]


def _own_words(name: str, handle: str) -> Words:
    first, last = name.split()
    return {
        "First": [first], "first": [first.lower()], "FIRST": [first.upper()],
        "Last": [last], "last": [last.lower()], "LAST": [last.upper()],
        "F": [first[0]], "L": [last[0]], "handle": [handle],
    }  # fmt: skip


def _filled(template: str, words: Words, draws: list[float]) -> str:
    left = iter(draws)
    return SLOT.sub(lambda slot: str(one(words[slot[1]], next(left))), template)
