"""What an archive or an export shows of its owner, and what it cannot."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from plnmap.model import Coverage

ENOUGH: Final = 0.98
"""Share of the posts the platform counted; deletions while the archive is made explain the rest."""

FROM_POSTS: Final = ("reply", "mention", "quote", "boost")
NOT_OTHERS: Final = "what others post is not in an archive of one's own"


class Counted(NamedTuple):
    """What was found of one kind of record; `reason` says why there is none, or not all."""

    got: int | None
    reason: str = ""


NOT_ASKED: Final = Counted(None, "not asked for: --with-dm")


class Seen(NamedTuple):
    """What a whole archive held.

    Attributes
    ----------
    first, last
        Window of the posts, UTC.
    expected
        How many posts the platform said there are; None where it does not say.
    posts, likes, following, followers, sent, received
        What was found of each.
    """

    first: datetime | None
    last: datetime | None
    expected: int | None
    posts: Counted
    likes: Counted
    following: Counted
    followers: Counted
    sent: Counted
    received: Counted


def owner_coverage(owner: str, seen: Seen) -> list[Coverage]:
    """One row per kind and direction for the owner of an archive.

    Parameters
    ----------
    owner
        Account key or reference.
    seen
        What was found; a count of None means that the file is not there.
    """
    rows = [_of_posts(owner, kind, seen) for kind in FROM_POSTS]
    rows += [Coverage(owner, kind, "in", "none", None, None, None, None, NOT_OTHERS) for kind in FROM_POSTS]
    rows.append(_snapshot(owner, "favourite", "out", "partial", seen.likes, seen.last))
    rows.append(Coverage(owner, "favourite", "in", "none", None, None, None, None, NOT_OTHERS))
    rows.append(_snapshot(owner, "follow", "out", "complete", seen.following, seen.last))
    rows.append(_snapshot(owner, "follow", "in", "complete", seen.followers, seen.last))
    for direction, messages in (("out", seen.sent), ("in", seen.received)):
        held = messages.got is not None
        window = (seen.first, seen.last) if held else (None, None)
        state = "complete" if held else "none"
        rows.append(Coverage(owner, "dm", direction, state, *window, None, None, messages.reason))
    return rows


def _of_posts(owner: str, kind: str, seen: Seen) -> Coverage:
    got, reason = seen.posts
    if got is None:
        return Coverage(owner, kind, "out", "none", None, None, seen.expected, None, reason)
    if not reason and seen.expected and got < ENOUGH * seen.expected:
        reason = f"{seen.expected - got} of {seen.expected} posts are not in the archive"
    state = "partial" if reason else "complete"
    return Coverage(owner, kind, "out", state, seen.first, seen.last, seen.expected, got, reason)


def _snapshot(
    owner: str, kind: str, direction: str, state: str, counted: Counted, when: datetime | None
) -> Coverage:
    if counted.got is None:
        return Coverage(owner, kind, direction, "none", None, None, None, None, counted.reason)
    first = when if state == "complete" else None
    return Coverage(owner, kind, direction, state, first, when, None, counted.got, counted.reason)
