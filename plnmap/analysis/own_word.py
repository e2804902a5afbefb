"""The user's own word: what they say of people and of their own life, read and written here.

It is kept as it was said, about the account that was meant then, and read
through the links that hold now: what was said of an account holds for the
person it belongs to.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from plnmap.errors import UsageError
from plnmap.model import Event, FirstLook, Label, Note
from plnmap.store import Store, as_arrow
from plnmap.words import nearest, plain

LABELS: Final = {
    "mentor": "helps you learn; shows as your word beside what the posts show",
    "not-mentor": "no mentor, whatever the posts show",
    "peer": "you learn from each other",
    "family": "kept out of the lists of who helped whom",
    "friend": "a friend; says nothing about learning",
    "work-tie": "paid or assigned to help; counts for no mentor",
    "brand": "a company, a service desk or a bot; counts for no mentor",
}
"""Label → what it does."""

CONTRADICTIONS: Final = {"mentor": "not-mentor", "not-mentor": "mentor"}
"""Labels of which the later word replaces the earlier."""

LONGEST_NOTE: Final = 10_000
LONGEST_WORDS: Final = 200
"""Characters of a note, and of what has to fit on one line."""

# What was said of an account is true of whoever it belongs to now.
_NOW: Final = "(SELECT reference, account FROM resolutions WHERE valid_to IS NULL)"


def aliases_of(name: str) -> str:
    """SQL for every account and handle of the person whom a parameter names."""
    return (
        f"(SELECT reference FROM resolutions WHERE valid_to IS NULL AND resolutions.account = ${name} "
        f"UNION ALL SELECT ${name})"
    )


_ALIASES: Final = aliases_of("ego")


def resolved(table: str) -> str:
    """SQL for a table of the user's own word with ego and account as they are called now."""
    return (
        f"(SELECT said.* REPLACE (coalesce(mine.account, said.ego) AS ego, "
        f"coalesce(theirs.account, said.account) AS account) FROM {table} AS said "
        f"LEFT JOIN {_NOW} AS mine ON mine.reference = said.ego "
        f"LEFT JOIN {_NOW} AS theirs ON theirs.reference = said.account)"
    )


def labels(store: Store, ego: str, *, blind: bool = False) -> dict[str, frozenset[str]]:
    """Account → what the user calls them; nobody without a label.

    Parameters
    ----------
    store
        An open PLN file.
    ego
        Account of the user.
    blind
        Only what was said before any result about ego was shown.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in said_labels(store, ego):
        if not blind or row.elicited == "blind":
            found[row.account].add(row.label)
    return {account: frozenset(names) for account, names in sorted(found.items())}


def said_labels(store: Store, ego: str) -> list[Label]:
    """Every label with when it was said, by account and label; of two that contradict, the later."""
    rows = store.rows(
        f"SELECT ego, account, label, min(said_at), min_by(elicited, said_at) FROM {resolved('labels')} "
        "WHERE ego = ? GROUP BY ALL ORDER BY account, label",
        [ego],
    )
    found = {(row.account, row.label): row for row in (Label(*each) for each in rows)}
    return [row for row in found.values() if not _contradicted(row, found)]


def _contradicted(row: Label, found: dict[tuple[str, str], Label]) -> bool:
    other = found.get((row.account, CONTRADICTIONS.get(row.label, "")))
    return other is not None and (other.said_at, other.label) > (row.said_at, row.label)


def own_word_version(store: Store, ego: str) -> str:
    """A value that changes whenever the labels of an ego do; for results that rest on them."""
    said = sorted((account, *sorted(names)) for account, names in labels(store, ego).items())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def known_labels(words: Iterable[str]) -> list[str]:
    """The labels that were typed, each once, in the order of `LABELS`.

    Raises
    ------
    UsageError
        There is no such label, or two of them contradict one another.

    Examples
    --------
    >>> known_labels(["Friend", "peer", "friend"])
    ['peer', 'friend']
    """
    typed = {word.strip().lower() for word in words}
    for word in sorted(typed - set(LABELS)):
        close = nearest(word, LABELS)
        raise UsageError(
            f"there is no label {word!r}",
            hint=f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(LABELS)}",
        )
    if {"mentor", "not-mentor"} <= typed:
        raise UsageError("nobody is mentor and not-mentor at once", hint="give one of them")
    return [label for label in LABELS if label in typed]


def add_labels(store: Store, ego: str, account: str, names: list[str], said_at: datetime) -> list[str]:
    """Call somebody something; what contradicts it is taken back.

    Parameters
    ----------
    store
        An open PLN file.
    ego, account
        The user, and whom they mean.
    names
        From `known_labels`.
    said_at
        The moment it is said, UTC.

    Returns
    -------
    list of str
        Labels that this took back.
    """
    held = labels(store, ego).get(account, frozenset())
    back = [CONTRADICTIONS[name] for name in names if CONTRADICTIONS.get(name) in held]
    said = elicited(store, ego)
    with store.transaction():
        _drop_labels(store, ego, account, back)
        rows = [Label(ego, account, name, said_at, said) for name in names if name not in held]
        if rows:
            store.insert("labels", as_arrow(Label, rows))
    return back


def remove_labels(store: Store, ego: str, account: str, names: list[str]) -> list[str]:
    """Take labels back, all of somebody's if none is named; return those that were there."""
    held = labels(store, ego).get(account, frozenset())
    gone = [name for name in LABELS if name in held and (name in names or not names)]
    with store.transaction():
        _drop_labels(store, ego, account, gone)
    return gone


def _drop_labels(store: Store, ego: str, account: str, names: list[str]) -> None:
    store.connection.execute(
        f"DELETE FROM labels WHERE list_contains($names, label) AND ego IN {_ALIASES} "
        f"AND account IN {aliases_of('account')}",
        {"names": names, "ego": ego, "account": account},
    )


def notes(store: Store, ego: str, account: str | None = None) -> list[Note]:
    """What the user wrote down, about one person or all, oldest first."""
    rows = store.rows(
        f"SELECT {', '.join(Note._fields)} FROM {resolved('notes')} "
        "WHERE ego = ? AND account = coalesce(?, account) ORDER BY said_at, account, text",
        [ego, account],
    )
    return [Note(*row) for row in rows]


def add_note(store: Store, note: Note) -> None:
    """Keep a note; line breaks stay, control characters do not.

    Raises
    ------
    UsageError
        It is empty, or longer than `LONGEST_NOTE` characters.
    """
    text = "\n".join(plain(line) for line in note.text.splitlines()).strip()
    if not text:
        raise UsageError("the note is empty", hint='plnmap note PERSON "what you want to remember"')
    if len(text) > LONGEST_NOTE:
        raise UsageError(
            f"the note has {len(text):,} characters; at most {LONGEST_NOTE:,} fit", hint="make two of it"
        )
    with store.transaction():
        store.insert("notes", as_arrow(Note, [note._replace(text=text)]))


def remove_note(store: Store, note: Note) -> None:
    """Throw a note away, as `notes` gave it."""
    with store.transaction():
        store.connection.execute(
            "DELETE FROM notes WHERE said_at = ? AND text = ?", [note.said_at, note.text]
        )


def events(store: Store, ego: str) -> list[Event]:
    """The events that the user named, oldest first."""
    rows = store.rows(
        f"SELECT DISTINCT $ego AS ego, day, precision, words FROM events WHERE ego IN {_ALIASES} "
        "ORDER BY day, precision, words",
        {"ego": ego},
    )
    return [Event(*row) for row in rows]


def event_day(typed: str) -> tuple[date, str]:
    """The day that a user means by a day, month or year, and which of the three it was.

    Raises
    ------
    UsageError
        It is none of these, or there is no such day.

    Examples
    --------
    >>> event_day("2015-03")
    (datetime.date(2015, 3, 1), 'month')
    """
    written = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", typed.strip())
    try:
        if written is None:
            raise ValueError(typed)
        parts = [int(part) for part in written.groups() if part]
        return date(*[*parts, 1, 1][:3]), ("year", "month", "day")[len(parts) - 1]
    except ValueError as exc:
        raise UsageError(
            f"{plain(typed)!r} is no day", hint="write it as 2015-03-14, as 2015-03 or as 2015"
        ) from exc


def add_event(store: Store, event: Event) -> bool:
    """Keep an event; return whether it is new.

    Raises
    ------
    UsageError
        It has no words, or more than fit on a line.
    """
    kept = event._replace(words=one_line(event.words, "an event"))
    if kept in events(store, event.ego):
        return False
    with store.transaction():
        store.insert("events", as_arrow(Event, [kept]))
    return True


def remove_event(store: Store, event: Event) -> None:
    """Forget an event, as `events` gave it."""
    with store.transaction():
        store.connection.execute(
            f"DELETE FROM events WHERE ego IN {_ALIASES} AND day = $day AND precision = $precision "
            "AND words = $words",
            event._asdict(),
        )


def one_line(text: str, what: str) -> str:
    r"""What a user typed on one line, without control characters.

    Raises
    ------
    UsageError
        Nothing is left of it, or it is longer than `LONGEST_WORDS`.

    Examples
    --------
    >>> one_line(" new\tjob ", "an event")
    'new job'
    """
    line = plain(text)
    if not line:
        raise UsageError(f"{what} needs words", hint='for example "new job"')
    if len(line) > LONGEST_WORDS:
        raise UsageError(f"{what} has room for {LONGEST_WORDS} characters", hint="say it in fewer words")
    return line


def elicited(store: Store, ego: str) -> str:
    """Whether what an ego says now is said "blind", or "later": after results about them were shown."""
    seen = store.rows(f"SELECT 1 FROM first_looks WHERE ego IN {_ALIASES} LIMIT 1", {"ego": ego})
    return "later" if seen else "blind"


def mark_shown(store: Store, ego: str, shown_at: datetime) -> None:
    """Remember that results about an ego are being shown, where that is for the first time."""
    if elicited(store, ego) == "blind":
        with store.transaction():
            store.insert("first_looks", as_arrow(FirstLook, [FirstLook(ego, shown_at)]))
