"""What collecting over the network has done, has still to do, and has cost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple


class Task(NamedTuple):
    """One stream of pages about one account or post: how far it has come, and where it goes on.

    A task is in one of these states: waiting (for its first page), running (its
    next page is at ``cursor``), complete, partial (the platform gives no more
    than this), hidden (the account keeps it to itself), refused (we may not ask)
    or gone (there is no such account or post any more).
    """

    source: Annotated[str, "key of the collection: collected: and the account that collects"]
    stream: Annotated[str, "which pages: a name in the platform's table of streams"]
    subject: Annotated[str, "whom or what the pages are about, in the platform's own id"]
    account: Annotated[str, "key or reference of the account whose acts, or received acts, the pages show"]
    rank: Annotated[int, "tasks are done in this order; the lowest first"]
    state: Annotated[str, "waiting, running, complete, partial, hidden, refused or gone"]
    cursor: Annotated[str | None, "where the next page begins; null at the beginning of a pass"]
    since: Annotated[str | None, "the newest item that an earlier pass took, in the platform's own id"]
    newest: Annotated[str | None, "the newest item that this pass took, in the platform's own id"]
    began_at: Annotated[datetime | None, "when the first page of this pass came, UTC"]
    first: Annotated[datetime | None, "from when on acts are covered, over all passes, UTC"]
    last: Annotated[datetime | None, "until when acts are covered, over all passes, UTC"]
    expected: Annotated[int | None, "how many the platform says there are, items"]
    got: Annotated[int, "how many were taken, over all passes, items"]
    pages: Annotated[int, "pages taken, over all passes"]
    reason: Annotated[str, "why it is not complete, or what limits it; empty if nothing does"]
    rest: Annotated[
        str | None,
        "where older items begin that were left out; empty where no cursor leads there, null if none were",
    ]
    pass_items: Annotated[int, "how many were taken in this pass, items"]
    pass_pages: Annotated[int, "pages taken in this pass"]
    pass_oldest: Annotated[datetime | None, "when the oldest item that this pass took happened, UTC"]
    mark: Annotated[str | None, "an earlier cursor of this pass: pages that come back to it go in a circle"]


class RawAnswer(NamedTuple):
    """An answer of a platform as it came, so that a better reader needs no second collection."""

    source: Annotated[str, "key of the collection"]
    stream: Annotated[str, "stream of the task"]
    subject: Annotated[str, "subject of the task"]
    page: Annotated[int, "number of the page within its task, from 1"]
    request: Annotated[str, "path and parameters asked for, without secrets"]
    received_at: Annotated[datetime, "when it came, UTC"]
    reader_version: Annotated[int, "version of the reader that read it"]
    body: Annotated[bytes, "the answer, compressed with zlib"]


class Spending(NamedTuple):
    """What the reads of one day cost, by resource; X bills a resource once per UTC day."""

    source: Annotated[str, "key of the collection"]
    day: Annotated[date, "UTC day"]
    resource: Annotated[str, "post, user, follow or like; or a page on its way, until it is there"]
    owned: Annotated[bool, "read about the account of the app's owner, at the lower price"]
    reads: Annotated[int, "resources read"]
    dollars: Annotated[float, "what they cost by the table of prices in force, US dollars"]


class Billed(NamedTuple):
    """Something that was paid for on the latest day of reading: reading it again that day is free."""

    source: Annotated[str, "key of the collection"]
    day: Annotated[date, "UTC day"]
    resource: Annotated[str, "post, user, follow or like"]
    item: Annotated[str, "the platform's own id of what was read"]


class PostId(NamedTuple):
    """The id by which a server knows a post; on Mastodon each server has its own."""

    server: Annotated[str, "host of the server"]
    id: Annotated[str, "the id it gives the post"]
    post: Annotated[str, "post key"]


class Snapshot(NamedTuple):
    """A whole list of follows, as it was at one moment."""

    account: Annotated[str, "account whose list it is"]
    direction: Annotated[str, "out: whom it follows; in: who follows it"]
    taken_at: Annotated[datetime, "when the first page came, UTC"]
    follows: Annotated[int, "how many it holds"]


class Tombstone(NamedTuple):
    """Something that is not to be kept, whoever brings it again: a hash that can be compared, not read."""

    key: Annotated[str, "SHA-256, in hex, of the salt and an account key, reference or post key"]
    salt: Annotated[str, "drawn by chance for this file; the same in every row"]
    why: Annotated[
        str, "purged by the user, vanished (the account is no more) or deleted (the post is no more)"
    ]
    instead: Annotated[str | None, "for a handle of a vanished account: the key it goes by now; else null"]
    since: Annotated[datetime, "when it was noted, UTC"]


class TextNotKept(NamedTuple):
    """A post that was read for what it does, and whose text was then let go."""

    post: Annotated[str, "post key"]
    rules: Annotated[str, "versions of the rules that read it"]
