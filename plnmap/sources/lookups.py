"""Looking again at what is known: is it still there, has it changed? A seam like `plnmap.sources.live`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from plnmap.model import Platform, Post
from plnmap.sources.page import Page

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection

What = Literal["posts", "accounts"]


class Known(NamedTuple):
    """Something to look at: its key, what to ask by, and whether it is the owner's own."""

    key: str
    asked_by: str
    own: bool


class Checked(NamedTuple):
    """What looking gave.

    Attributes
    ----------
    page
        What accounts are called and say of themselves now.
    gone
        Keys of what the platform says is no more. What it says nothing of is not among them.
    hidden
        Keys of others' posts that are there, and that their authors show to fewer people now. They may
        show them again.
    edited
        Posts that were edited, as they are now.
    reads
        As in `plnmap.sources.live.Taken`.
    settled
        How many were looked at, from the first one on; None for all of them.
    """

    page: Page
    gone: frozenset[str]
    edited: tuple[Post, ...] = ()
    reads: Mapping[tuple[str, bool], frozenset[str]] = {}
    settled: int | None = None
    hidden: frozenset[str] = frozenset()


class Looker(Protocol):
    """A platform that can be asked about many things at once.

    Attributes
    ----------
    owner, name, source, server
        The account on whose behalf it looks, what people call it, the key of its collection, and
        the host that is asked.
    at_once
        How many posts, and how many accounts, one request takes.
    """

    platform: Platform
    owner: str
    name: str
    source: str
    server: str
    at_once: Mapping[What, int]
    connection: Connection

    def look(self, what: What, known: Sequence[Known], most_requests: int) -> Checked:
        """Look at some posts or accounts, at most `at_once` of them, and at one at least.

        Raises
        ------
        CredentialsError, SourceUnreachable, StoppedByLimit
            As in `plnmap.sources.live.Live.ask`.
        BadData
            The answer is not as such an answer should be.
        """
        ...

    def price(self, resource: str, owned: bool) -> float:
        """What reading one thing costs, US dollars."""
        ...
