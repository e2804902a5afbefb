"""What every source yields: pages of records, and what it could not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from plnmap.model import Account, Coverage, DirectMessageDay, Follow, Handle, Platform, Post, PostId, Reaction


@dataclass(slots=True)
class Page:
    """One page (an API answer, a file of an archive, a slice of a large file) as records.

    `skipped` counts, by reason, the records that were left out; `bytes_read` is
    how much of the source this page took, for the progress bar.
    """

    name: str
    bytes_read: int = 0
    posts: list[Post] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    dm_days: list[DirectMessageDay] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    handles: list[Handle] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    post_ids: list[PostId] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


class Archive(Protocol):
    """An opened archive or file, ready to be read once.

    `retrieved_at` and `retrieved_from` may be known only after the last page.
    """

    kind: str
    platform: Platform
    name: str
    source: str
    reader_version: int
    owner: str | None
    total_bytes: int
    retrieved_at: datetime | None
    retrieved_from: str | None

    def pages(self) -> Iterator[Page]:
        """Yield the archive page by page; coverage comes with the last one.

        Raises
        ------
        BadData
            The archive is damaged; nothing of it should be kept.
        """
        ...
