"""What the user said, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from plnmap.analysis.accounts.linking import account_name
from plnmap.analysis.own_word import LABELS, labels
from plnmap.model import Event, Note
from plnmap.store import Store
from plnmap.words import plain

_WRITTEN: Final = {"year": 4, "month": 7, "day": 10}
"""Precision → characters of an ISO day that were said."""

NOTHING: Final = "nothing yet"


def label_lines(store: Store, ego: str) -> str:
    """Everyone whom the user gave a label, with it."""
    said = [
        f"{plain(account_name(store, account))}: {labels_in_words(names)}"
        for account, names in labels(store, ego).items()
    ]
    return "\n".join(sorted(said, key=str.lower)) or NOTHING


def labels_in_words(names: Iterable[str]) -> str:
    """Labels in the order in which they are documented.

    >>> labels_in_words({"friend", "mentor"})
    'mentor, friend'
    """
    held = set(names)
    return ", ".join(name for name in LABELS if name in held)


def note_lines(store: Store, notes: list[Note], *, named: bool) -> str:
    """Notes with their number and day; `named` tells whom each is about instead of the number."""
    lines = []
    for number, note in enumerate(notes, start=1):
        mark = plain(account_name(store, note.account)) if named else str(number)
        lines.append(f"{mark}  {note.said_at:%Y-%m-%d}  {plain(note.text)}")
    return "\n".join(lines) or NOTHING


def event_lines(events: list[Event]) -> str:
    """Events with their numbers."""
    return (
        "\n".join(f"{number}  {event_line(event)}" for number, event in enumerate(events, start=1)) or NOTHING
    )


def event_line(event: Event) -> str:
    """An event as precisely as it was said.

    >>> from datetime import date
    >>> event_line(Event("twitter:1", date(2015, 3, 1), "month", "new job"))
    '2015-03 new job'
    """
    return f"{event.day.isoformat()[: _WRITTEN[event.precision]]} {plain(event.words)}"
