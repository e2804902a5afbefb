"""Who played which part, on records few enough to look through."""

from __future__ import annotations

from datetime import date
from typing import Any

from plnmap.analysis.roles.parts import parts
from plnmap.model import Evidence, HeldRole, Person

EGO = "twitter:1"


def somebody(number: int, **fields: Any) -> Person:
    """An alter; everything is unknown unless named."""
    unknown: dict[str, Any] = dict.fromkeys(Person._fields) | dict.fromkeys(
        (name for name in Person._fields if name.endswith("_status")), "not_observed"
    )
    named = {"ego": EGO, "account": f"twitter:{number}", "handle": f"h{number}", "roles": "", "labels": ""}
    return Person(**(unknown | named | fields))


def role(name: str, *, sure: bool = True, first: date | None = date(2019, 1, 1)) -> HeldRole:
    """A role that holds of twitter:2."""
    rest: dict[str, Any] = dict.fromkeys(HeldRole._fields)
    named = {"ego": EGO, "account": "twitter:2", "role": name, "sure": sure, "n": 3, "unit": "days of thanks"}
    return HeldRole(**(rest | named | {"first_day": first, "last_day": date(2020, 1, 1)}))


def evidence(day: date | None, direction: str, instrument: str) -> Evidence:
    """A post between ego and twitter:2."""
    rest: dict[str, Any] = dict.fromkeys(Evidence._fields)
    named = {"ego": EGO, "account": "twitter:2", "direction": direction, "instrument": instrument}
    return Evidence(**(rest | named | {"day": day, "post": f"twitter:{day}", "act": "", "rule": ""}))


def test_a_part_shows_on_the_days_of_its_own_posts() -> None:
    day = date(2019, 5, 1)
    posts = [
        evidence(day, "in", "thanks"),
        evidence(day, "in", "thanks"),
        evidence(day, "out", "offers"),
        evidence(day, "in", "credit"),
        evidence(None, "in", "thanks"),
    ]
    known: dict[str, list[tuple[str, str]]] = {
        "mentor": [("in", "thanks")],
        "mentee": [("out", "offers")],
        "peer_mentor": [("in", "thanks"), ("out", "offers")],
        "role_model": [("in", "credit")],
        "amplifier": [],
    }
    for name, ways in known.items():
        (part,) = parts([somebody(2, roles=f"{name}?")], [role(name, sure=False)], [], posts)
        assert part.days == [(day, *way) for way in ways]


def test_parts_that_are_not_followed_over_time_are_left_out() -> None:
    people = [somebody(2, roles="gone_quiet;broadcaster;mentor")]
    held = [role("broadcaster"), role("gone_quiet"), role("mentor", first=None)]
    assert parts(people, held, [], []) == []
