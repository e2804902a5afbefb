"""The seam between a platform that is asked over the network and the collector.

A platform knows which pages there are (`Stream`), asks for one (`Live.ask`), and
reads what came (`Live.read`, a pure function). The collector (`plnmap.collect`)
decides what to ask next, keeps every page with its cursor in one transaction, and
knows no platform. Waiting, retries and limits are the connection's
(`plnmap.sources.connection`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from plnmap.model import Platform, Task
from plnmap.sources.foretelling import Held
from plnmap.sources.page import Page

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection

Depth = Literal["ego", "alters"]
End = Literal["complete", "partial", "hidden", "refused", "gone"]

PARTS: Final = ("posts", "follows", "notifications", "answers", "boosts", "favourites")
"""What ``--only`` may name. Streams of any other part are always asked for: what the rest needs to begin."""


ALTERS_RANK: Final = 1_000
"""Whose pages come after the owner's is decided before the first task of this rank."""


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
    subjects_from
        The stream whose items these pages are about, one task each: what this stream covers is
        complete only where that one is.
    notices_later
        Whether acts towards a subject are noticed that come after it was asked about: the platform
        tells of them in another stream.
    completes
        Kind and direction of what other streams cover but for some, which this one looks for: it is
        partial as long as not all of this one is there, and why.
    """

    meaning: str
    part: str
    covers: tuple[tuple[str, str], ...]
    page_size: int
    cap: int | None = None
    snapshot: bool = False
    resource: str | None = None
    subjects_from: str | None = None
    notices_later: bool = True
    completes: Mapping[tuple[str, str], str] = {}


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
        Where the next page begins; None if this was the last one. With an `end`: where older items
        begin that were not asked for, and that a later run may ask for.
    newest
        The newest item on the page, in the platform's own id; None if it holds none.
    oldest
        When the oldest item on the page happened, UTC; None if that is not known.
    items
        How many items the page holds.
    end
        How the task ends where it does; None where a page follows.
    reason
        Why it does not end complete, or what limits it.
    expected
        How many items the platform says there are; None where it does not say.
    tasks
        Further tasks that these records call for. One that is finished already is asked again where
        more is expected of it now than then (`Task.expected`).
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
    oldest: datetime | None = None


class Limits(NamedTuple):
    """What the user does not want, however much there is.

    Attributes
    ----------
    since
        Nothing older than this moment, UTC; None for everything.
    max_posts
        At most so many posts of one account, the most recent ones; None for all.
    """

    since: datetime | None = None
    max_posts: int | None = None


class Alter(NamedTuple):
    """Somebody whose own pages are to be collected, too."""

    account: str
    handle: str | None


class PlanRow(NamedTuple):
    """What one part of a collection is going to take.

    Attributes
    ----------
    part
        As ``--only`` calls it.
    requests
        Requests that are to be expected.
    minutes
        How long they take at the platform's limits, minutes.
    dollars
        What is to be expected to be paid, US dollars; 0 where nothing is billed.
    owned_reads, other_reads
        Reads that are to be expected to be billed, at the lower price and at the full one.
    most_requests
        Requests at most, as far as counts are right; None where nothing bounds them.
    most_dollars
        Dollars at most, as far as counts are right.
    guess
        Whether what is to be expected is a guess: nobody counts all of it beforehand.
    """

    part: str
    requests: int
    minutes: float
    dollars: float
    owned_reads: int
    other_reads: int
    most_requests: int | None
    most_dollars: float
    guess: bool = False


class Live(Protocol):
    """A platform as one account sees it.

    Attributes
    ----------
    kind
        What `Source.kind` calls it: mastodon_account or x_account.
    name
        What people call the account: @ada@example.social.
    owner
        Account key or reference of the account.
    source
        Key of the collection: `collection_of` the owner.
    reader_version
        Raised whenever the same answers would give other records.
    limits
        What the user does not want. `ask` may ask for less because of it; the collector stops by it.
    connection
        Over which it asks.
    logged_in_at
        Since when it is seen as now, UTC: what was refused before may be allowed. None if that is not known.
    """

    platform: Platform
    kind: str
    name: str
    owner: str
    source: str
    reader_version: int
    limits: Limits
    connection: Connection
    logged_in_at: datetime | None

    @property
    def streams(self) -> Mapping[str, Stream]:
        """Name → stream."""
        ...

    def first_tasks(self, depth: Depth, parts: frozenset[str]) -> list[Task]:
        """The tasks to begin with; of an account that was collected before, the same ones.

        What is about the owner carries the owner as `Task.account`, and ranks below `ALTERS_RANK`.
        """
        ...

    def alter_tasks(self, alters: Sequence[Alter], parts: frozenset[str]) -> list[Task]:
        """The tasks of the pages of others, given strongest tie first: their ranks follow that order."""
        ...

    def plan(self, tasks: Sequence[Task], parts: frozenset[str], held: Held) -> list[PlanRow]:
        """What these tasks, and those of the wanted parts that they will call for, are going to take.

        Where reads are billed, what is counted on posts that are not there yet is not among it.
        """
        ...

    def most_dollars(self, task: Task, left: float = inf) -> float:
        """The most that the next page of a task can cost, US dollars; 0 where nothing is billed.

        Where no more is `left`, a smaller page is meant, as far as the platform has such pages.
        """
        ...

    def price(self, resource: str, owned: bool) -> float:
        """What one read of a resource costs, US dollars."""
        ...

    def about(self, task: Task) -> tuple[str, str] | None:
        """Kind of act (reply, quote, boost or favourite) and key of the post that all acts are wanted of.

        Such a task needs no request where the file holds as many as it expects. None for tasks
        that are about an account, and where that post's key is not known.
        """
        ...

    def ask(self, task: Task, left: float = inf) -> Answer:
        """Ask for the next page of a task, as in `most_dollars`. Waits where the platform's limits say so.

        What is said about this one page comes back as an answer, to be read: 200, but also 403
        (refused), 404 and 410 (gone).

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

        `task.began_at` is set: a list that is taken page by page (`Stream.snapshot`) is seen at that
        moment, on each of its pages.

        Raises
        ------
        BadData
            The answer is not as such an answer should be.
        """
        ...


def collection_of(owner: str) -> str:
    """Key of the collection of an account, in `sources` and `tasks`.

    >>> collection_of("twitter:1")
    'collected:twitter:1'
    """
    return f"collected:{owner}"


def new_task(
    source: str, stream: str, subject: str, account: str, rank: int, expected: int | None = None
) -> Task:
    """A task that nothing has been done of yet.

    >>> new_task(collection_of("twitter:1"), "followers", "1", "twitter:1", 0).state
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
        expected=expected,
        got=0,
        pages=0,
        reason="",
        rest=None,
        pass_items=0,
        pass_pages=0,
        pass_oldest=None,
        mark=None,
    )
