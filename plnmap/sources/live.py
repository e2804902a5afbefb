"""The seam between a platform that is asked over the network and the collector.

A platform knows which pages there are (`Stream`), asks for one (`Live.ask`), and
reads what came (`Live.read`, a pure function). The collector (`plnmap.collect`)
decides what to ask next, keeps every page with its cursor in one transaction, and
knows no platform. Waiting, retries and limits are the connection's
(`plnmap.sources.connection`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from plnmap.model import Platform, Task
from plnmap.sources.page import Page

Depth = Literal["ego", "alters"]
End = Literal["complete", "partial", "hidden", "refused", "gone"]


class Stream(NamedTuple):
    """A kind of pages: what they show, and what the platform limits.

    Attributes
    ----------
    meaning
        What it is, for people.
    part
        What ``--only`` calls it: posts, follows, notifications, answers, boosts or favourites.
    covers
        The kinds and directions of coverage that a task of this stream settles for its account.
    page_size
        Items of a full page.
    cap
        How many of the most recent items the platform gives at all; None for no such limit.
    snapshot
        Whether the pages together are a list as it is now, rather than acts that add up.
    resource
        What one item is billed as: post, user, follow or like; None where nothing is.
    """

    meaning: str
    part: str
    covers: tuple[tuple[str, str], ...]
    page_size: int
    cap: int | None = None
    snapshot: bool = False
    resource: str | None = None


class Answer(NamedTuple):
    """What came over the network: a page, before anything is made of it."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime


class Taken(NamedTuple):
    """What one answer gives, and how its task goes on.

    Attributes
    ----------
    page
        The records. Coverage is not among them: the collector makes it of the tasks.
    cursor
        Where the next page begins; None if this was the last one.
    newest
        The newest item on the page, in the platform's own id; None if it holds none.
    items
        How many items the page holds.
    end
        How the task ends where it does; None where a page follows.
    reason
        Why it does not end complete, or what limits it.
    expected
        How many items the platform says there are; None where it does not say.
    tasks
        Further tasks that these records call for.
    reads
        Billed resources on the page: (resource, owned) → the ids, once each.
    """

    page: Page
    cursor: str | None
    newest: str | None
    items: int
    end: End | None
    reason: str = ""
    expected: int | None = None
    tasks: tuple[Task, ...] = ()
    reads: Mapping[tuple[str, bool], frozenset[str]] = {}


class Live(Protocol):
    """A platform as one account sees it."""

    platform: Platform
    kind: str
    name: str
    owner: str
    reader_version: int
    streams: Mapping[str, Stream]

    def first_tasks(self, depth: Depth, parts: frozenset[str]) -> list[Task]:
        """The tasks to begin with; of an account that was collected before, the same ones."""
        ...

    def ask(self, task: Task) -> Answer:
        """Ask for the next page of a task. Waits where the platform's limits say so.

        Raises
        ------
        CredentialsError
            The platform does not accept who we are.
        SourceUnreachable
            It does not answer, also after some tries.
        StoppedByLimit
            A limit that no waiting ends: a cap on usage, or no money left.
        """
        ...

    def read(self, task: Task, answer: Answer) -> Taken:
        """What an answer gives. Pure: the same answer gives the same records.

        Raises
        ------
        BadData
            The answer is not as such an answer should be.
        """
        ...


def new_task(source: str, stream: str, subject: str, account: str, rank: int) -> Task:
    """A task that nothing has been done of yet.

    >>> new_task("collected:twitter:1", "followers", "1", "twitter:1", 0).state
    'waiting'
    """
    return Task(
        source,
        stream,
        subject,
        account,
        rank,
        state="waiting",
        cursor=None,
        since=None,
        newest=None,
        began_at=None,
        first=None,
        last=None,
        expected=None,
        got=0,
        pages=0,
        reason="",
    )
