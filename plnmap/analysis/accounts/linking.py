"""Two accounts, one person: links that the user makes, and takes back.

A link is kept as it was said, from one account to the main account of the
other. Everything that is read resolves through the view `persons`, so taking
a link out restores what was before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from plnmap.analysis.egos import person_of, screen_name
from plnmap.errors import UsageError
from plnmap.model import Link
from plnmap.store import Store, as_arrow

LINKS_NOTHING: Final = "not_found"
"""The answer to a suggestion that joins no accounts, and keeps it from being asked again."""

_LISTED: Final = "plnmap link, alone, lists what is linked"

_PASSED: Final = """
SELECT coalesce(sum(n_reply + n_mention + n_quote + n_boost + n_favourite + n_dm + n_list_mention), 0)::BIGINT
FROM tie_days WHERE (source = $one AND target = $other) OR (source = $other AND target = $one)
"""

_NAME: Final = """
SELECT max_by(handle, row(last_seen IS NOT NULL, last_seen, first_seen, handle))
FROM handles WHERE account = ?
"""

# A handle that was linked stands for whoever holds it last.
_JOINED: Final = """
SELECT links.account, coalesce(one.account, links.account), coalesce(other.account, links.person)
FROM links
LEFT JOIN handle_turns AS one ON one.reference = links.account AND one.valid_to IS NULL
LEFT JOIN handle_turns AS other ON other.reference = links.person AND other.valid_to IS NULL
WHERE answer <> 'not_found' ORDER BY links.account
"""


class Linked(NamedTuple):
    """What a link did: `account` now belongs to `person`; between them had passed so many acts."""

    account: str
    person: str
    acts_between: int


class _Joint(NamedTuple):
    """One link as it is kept (`key`), and between which accounts it lies today."""

    key: str
    account: str
    person: str


def link(store: Store, one: str, other: str, *, said_at: datetime, answer: str = "linked") -> Linked:
    """Make two accounts one person; the main account is that of `one`.

    Parameters
    ----------
    store
        An open PLN file whose ties are up to date.
    one, other
        Accounts or references.
    said_at
        The moment it is said, UTC.
    answer
        See `plnmap.model.Link`.

    Raises
    ------
    UsageError
        They are one account, or one person already.
    """
    main, joins = person_of(store, one), person_of(store, other)
    if main == joins:
        if _holder(store, one) == _holder(store, other):
            raise UsageError(
                f"{account_name(store, one)} and {account_name(store, other)} are the same account",
                hint="name two different ones",
            )
        raise UsageError(
            f"{account_name(store, one)} and {account_name(store, other)} are linked already; "
            f"the main account is {account_name(store, main)}",
            hint=f"to undo that: plnmap unlink {account_name(store, other)}",
        )
    ((acts,),) = store.rows(_PASSED, {"one": main, "other": joins})
    with store.transaction():
        _put(store, Link(joins, main, answer, said_at))
    return Linked(joins, main, acts)


def decline(store: Store, person: str, address: str, said_at: datetime) -> None:
    """Remember that an address leads to nobody whom the user knows; it is not suggested again."""
    with store.transaction():
        _put(store, Link(address, person, LINKS_NOTHING, said_at))


def unlink(store: Store, account: str, other: str | None = None) -> tuple[str, str]:
    """Take an account out of its person again.

    Parameters
    ----------
    store
        An open PLN file.
    account
        The account to take out; its own links to further accounts stay.
    other
        An account it is to be parted from: then either of the two may be the main one.

    Returns
    -------
    tuple
        The account that is by itself again, and the one it was linked to.

    Raises
    ------
    UsageError
        It is not linked, not to that account, or others are linked to it.
    """
    joints = [_Joint(*row) for row in store.rows(_JOINED)]
    leaves, name = _holder(store, account), account_name(store, account)
    if other is not None:
        stays = _holder(store, other)
        if leaves == stays or person_of(store, leaves) != person_of(store, stays):
            raise UsageError(f"{name} and {account_name(store, other)} are not linked", hint=_LISTED)
        if stays not in _above(leaves, joints):
            leaves = stays
    mine = [joint for joint in joints if joint.account == leaves]
    if not mine:
        joined = [account_name(store, joint.account) for joint in joints if joint.person == leaves]
        if not joined:
            raise UsageError(f"{name} is not linked to any account", hint=_LISTED)
        raise UsageError(
            f"{name} is the main account; linked to it: {', '.join(joined)}",
            hint=f"take one out: plnmap unlink {joined[0]}",
        )
    with store.transaction():
        for joint in mine:
            store.connection.execute("DELETE FROM links WHERE account = ?", [joint.key])
    return leaves, mine[0].person


def links(store: Store) -> list[Link]:
    """Every link and every declined suggestion, by person."""
    rows = store.rows(f"SELECT {', '.join(Link._fields)} FROM links ORDER BY person, account")
    return [Link(*row) for row in rows]


def account_name(store: Store, account: str) -> str:
    """What one account is called, also where it is linked to another."""
    ((handle,),) = store.rows(_NAME, [account])
    return screen_name(account, handle)


def _put(store: Store, said: Link) -> None:
    store.connection.execute("DELETE FROM links WHERE account = ?", [said.account])
    store.insert("links", as_arrow(Link, [said]))


def _holder(store: Store, account: str) -> str:
    """The account behind a reference, whoever it is linked to."""
    held = store.rows(
        "SELECT account FROM handle_turns WHERE reference = ? AND valid_to IS NULL LIMIT 1", [account]
    )
    return str(held[0][0]) if held else account


def _above(account: str, joints: list[_Joint]) -> set[str]:
    """The accounts that an account was linked to, and those that they were linked to."""
    found: set[str] = set()
    waiting = [account]
    while waiting:
        below = waiting.pop()
        new = {joint.person for joint in joints if joint.account == below} - found
        found |= new
        waiting.extend(new)
    return found
