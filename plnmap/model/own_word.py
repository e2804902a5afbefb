"""What the user says themselves: kept as theirs, never changed by an import."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple


class Label(NamedTuple):
    """What the user says somebody is to them."""

    ego: Annotated[str, "account of the user"]
    account: Annotated[str, "the alter"]
    label: Annotated[str, "mentor, not-mentor, peer, family, friend, work-tie or brand"]
    said_at: Annotated[datetime, "when, UTC"]
    elicited: Annotated[str, "blind: before any result about ego was shown; later: after"]


class Note(NamedTuple):
    """What the user wrote down about somebody."""

    ego: Annotated[str, "account of the user"]
    account: Annotated[str, "the alter"]
    said_at: Annotated[datetime, "when, UTC"]
    text: Annotated[str, "the note"]


class Event(NamedTuple):
    """An event of the user's own life."""

    ego: Annotated[str, "account of the user"]
    day: Annotated[date, "its day; the first of the month or year where only that was said"]
    precision: Annotated[str, "day, month or year"]
    words: Annotated[str, "what happened"]


class Link(NamedTuple):
    """Two accounts of one person, as the user says; or an address that was looked at and led to nobody."""

    account: Annotated[str, "account or reference that was linked"]
    person: Annotated[str, "account or reference that it was linked to"]
    answer: Annotated[
        str,
        "linked: the user named both; came_along: the person was known from `person` and came along; "
        "met_there: they were met at `person` first; not_found: nobody known is there, and nothing is linked",
    ]
    said_at: Annotated[datetime, "when, UTC"]


class RecallName(NamedTuple):
    """Somebody whom the user named, from memory, as a help in learning."""

    ego: Annotated[str, "account of the user"]
    position: Annotated[int, "place in the order of naming, from 1"]
    said_name: Annotated[str, "the name as typed"]
    account: Annotated[str | None, "the alter meant; null where the user found nobody here to be meant"]
    topic: Annotated[str | None, "what they helped with, in the user's words"]
    said_at: Annotated[datetime, "when, UTC"]
    elicited: Annotated[str, "blind: before any result about ego was shown; later: after"]


class RecallRating(NamedTuple):
    """Somebody whom the user was asked about, in an order by chance."""

    ego: Annotated[str, "account of the user"]
    position: Annotated[int, "place in the order of asking, from 1"]
    account: Annotated[str, "the alter"]
    rating: Annotated[int | None, "0 not at all to 3 a great deal; null where skipped or not yet asked"]
    said_at: Annotated[datetime | None, "when, UTC; null where not yet asked"]
    elicited: Annotated[str | None, "blind: before any result about ego was shown; later: after"]


class FirstLook(NamedTuple):
    """When results about an ego were first shown: what is said after that is no longer blind."""

    ego: Annotated[str, "account of the user"]
    shown_at: Annotated[datetime, "when, UTC"]
