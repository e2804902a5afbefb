"""Choosing and ordering people for a list."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from plnmap.analysis.summary import has_role, name_of
from plnmap.model import Person

ORDERS: Final[dict[str, Callable[[Person], Any]]] = {
    "strength": lambda p: p.in_touch if p.in_touch is not None else math.inf,
    "days": lambda p: -(p.days_out or 0),
    "helped": lambda p: -(p.thanked_days or 0),
    "given": lambda p: -(p.given_days or 0),
    "last": lambda p: -(p.last_day.toordinal() if p.last_day else 0),
    "name": lambda p: name_of(p).lower(),
}
"""Order → sort key; whatever ties is ordered by account."""


def choose_people(
    people: list[Person], *, roles: Sequence[str] = (), since: date | None = None, sort: str = "strength"
) -> list[Person]:
    """People with any of some roles, in contact since a day, in order; no roles, None: nobody is left out."""
    chosen = [
        person
        for person in people
        if (not roles or has_role(person, *roles))
        and (since is None or (person.last_day is not None and person.last_day >= since))
    ]
    return sorted(chosen, key=lambda person: (ORDERS[sort](person), person.account))
