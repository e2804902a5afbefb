"""Who played which part, from when to when, and the days on which it showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.over_time.windows import RolePeriod
from plnmap.analysis.summary import shown_roles
from plnmap.model import Evidence, HeldRole, Person

SHOWS_IN: Final = {
    "mentor": {("in", "thanks"), ("in", "offers")},
    "peer_mentor": {("in", "thanks"), ("in", "offers"), ("out", "thanks"), ("out", "offers")},
    "mentee": {("out", "thanks"), ("out", "offers")},
    "role_model": {("in", "credit")},
    "amplifier": set[tuple[str, str]](),
}
"""Role that is followed over time → direction and instrument of the posts that speak for it."""


class Shown(NamedTuple):
    """A day on which a part showed, and in what: direction and instrument as in `Evidence`."""

    day: date
    direction: str
    instrument: str


class Part(NamedTuple):
    """One part that somebody played.

    Attributes
    ----------
    held
        The role that holds, and what it rests on; not sure where the unseen side could change it.
    first, last
        Of the days on which the role shows.
    days
        Days on which it showed in a post that can be read, once for each way.
    phases
        Stretches of half a year or more in which its rule held by itself.
    """

    person: Person
    held: HeldRole
    first: date
    last: date
    days: list[Shown]
    phases: list[RolePeriod]


def parts(
    people: Sequence[Person],
    held: Sequence[HeldRole],
    periods: Sequence[RolePeriod],
    evidence: Sequence[Evidence],
) -> list[Part]:
    """The parts that people played, from the tables of one network.

    Parameters
    ----------
    people
        Whose parts.
    held
        The roles that hold, over everything.
    periods
        When they held by themselves, see `plnmap.analysis.over_time.windows`.
    evidence
        The posts behind them.

    Returns
    -------
    list of Part
        By role, in the order of `SHOWS_IN`; within a role who began first comes first. A role without
        a dated day is left out.
    """
    known = {(each.account, each.role): each for each in held}
    posts: dict[str, set[Shown]] = defaultdict(set)
    for row in evidence:
        if row.day:
            posts[row.account].add(Shown(row.day, row.direction, row.instrument))
    phases: dict[tuple[str, str], list[RolePeriod]] = defaultdict(list)
    for each in periods:
        phases[each.account, each.role].append(each)
    found = []
    for person in people:
        for role in (role.removesuffix("?") for role in shown_roles(person)):
            rests_on = known.get((person.account, role))
            if role not in SHOWS_IN or rests_on is None or not (rests_on.first_day and rests_on.last_day):
                continue
            days = sorted(each for each in posts[person.account] if each[1:] in SHOWS_IN[role])
            dates = [rests_on.first_day, rests_on.last_day, *(each.day for each in days)]
            found.append(Part(person, rests_on, min(dates), max(dates), days, phases[person.account, role]))
    order = list(SHOWS_IN)
    return sorted(found, key=lambda part: (order.index(part.held.role), part.first, part.person.account))
