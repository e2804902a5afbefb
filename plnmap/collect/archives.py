"""An archive into the PLN file: all of it, or nothing of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from plnmap.errors import UsageError
from plnmap.model import (
    Account,
    Coverage,
    DirectMessageDay,
    Follow,
    Handle,
    Post,
    PostId,
    Reaction,
    Record,
    Source,
)
from plnmap.sources.page import Archive, Page
from plnmap.store import Store, little_memory
from plnmap.tombstones import entombed

CLOCK_SKEW: Final = timedelta(days=1)
"""Clocks differ, and a day without a time may be tomorrow somewhere."""

ROWS_PER_BATCH: Final = 4_000
"""Enough rows to make a batch worth its cost, few enough to keep memory low."""


class Imported(NamedTuple):
    """What an import did, for the person who asked for it."""

    source: Source
    new: dict[str, int]
    already: bool
    side_changed: bool = False


def import_archive(
    store: Store,
    archive: Archive,
    *,
    imported_at: datetime,
    other_side: bool = False,
    again: bool = False,
    on_page: Callable[[Page], None] | None = None,
) -> Imported:
    """Read an archive into the file in one transaction.

    Parameters
    ----------
    store
        An open PLN file.
    archive
        What `plnmap.sources.open_source` opened.
    imported_at
        The moment to record as the time of import.
    other_side
        Whether this is somebody else's side, whose owner is to be no ego.
    again
        Whether to read a file that is known already, because more is asked of it this time.
    on_page
        Called after each page, for a progress bar.

    Returns
    -------
    Imported
        The source as recorded, the rows that are new by table, and whether the
        same file had been imported before, in which case nothing is read.

    Raises
    ------
    UsageError
        The same file was imported before as somebody else's, or its owner is not in it.
    BadData
        The archive is damaged. The file is as it was.
    FileUnavailable
        The disk is full. The file is as it was.
    """
    if archive.owner and entombed(store.connection, [archive.owner]).get(archive.owner) == "purged":
        raise UsageError(
            f"{archive.name} is the archive of somebody who was purged from this file",
            hint="start a new file with --pln if you want to read it",
        )
    known = store.source(archive.source)
    if known and known.owner != archive.owner:
        raise UsageError(
            f"{archive.name} was imported before as the archive of {_called(known.owner)}",
            hint="start a new file with --pln if that was wrong",
        )
    if known and known.reader_version == archive.reader_version and not again:
        source = known._replace(other_side=other_side)
        if source != known:
            with store.transaction():
                store.put_source(source)
        return Imported(source, {}, already=True, side_changed=source != known)
    with little_memory(store), store.transaction():
        skipped = _stage_pages(store, archive, imported_at + CLOCK_SKEW, on_page)
        _check_owner(store, archive)
        kept = store.staged.posts()
        new = store.merge_staged(archive.source)
        source = Source(
            source=archive.source,
            name=archive.name,
            kind=archive.kind,
            platform=archive.platform,
            owner=archive.owner,
            retrieved_at=min(archive.retrieved_at, imported_at) if archive.retrieved_at else None,
            retrieved_from=archive.retrieved_from,
            reader_version=archive.reader_version,
            posts=kept,
            skipped=skipped.total(),
            skip_reasons=json.dumps(dict(sorted(skipped.items()))),
            other_side=other_side,
            imported_at=imported_at,
        )
        store.put_source(source)
    return Imported(source, new, already=False)


def _stage_pages(
    store: Store, archive: Archive, now: datetime, on_page: Callable[[Page], None] | None
) -> Counter[str]:
    waiting: dict[Record, list[tuple[object, ...]]] = {}
    skipped: Counter[str] = Counter()
    for page in archive.pages():
        leave_out_the_future(page, now)
        for record, rows in records_of(page).items():
            batch = waiting.setdefault(record, [])
            batch.extend(rows)
            if len(batch) >= ROWS_PER_BATCH:
                store.stage(record, batch)
                batch.clear()
        skipped.update(page.skipped)
        if on_page:
            on_page(page)
    for record, batch in waiting.items():
        store.stage(record, batch)
    return skipped


def _called(owner: str | None) -> str:
    return owner.partition(":")[2] if owner else "nobody in particular"


def leave_out_the_future(page: Page, now: datetime) -> None:
    """A date that has not come yet would move the clock of everything else."""
    known = [post for post in page.posts if post.happened_at is None or post.happened_at <= now]
    if len(known) < len(page.posts):
        page.skipped["dated in the future"] += len(page.posts) - len(known)
        page.posts = known


def _check_owner(store: Store, archive: Archive) -> None:
    """A table can be about anybody; its owner has to be in it."""
    if (
        archive.owner is not None
        and archive.kind in ("edges", "x_api")
        and not store.staged.tells_of(archive.owner)
    ):
        raise UsageError(
            f"nobody in {archive.name} is {archive.owner.partition(':')[2]}",
            hint="give --owner as it is written there, or leave it out",
        )


def records_of(page: Page) -> dict[Record, list[tuple[object, ...]]]:
    """The rows of a page, by the record they are of."""
    return {
        Post: [*page.posts],
        Reaction: [*page.reactions],
        Follow: [*page.follows],
        DirectMessageDay: [*page.dm_days],
        Account: [*page.accounts],
        Handle: [*page.handles],
        Coverage: [*page.coverage],
        PostId: [*page.post_ids],
    }
