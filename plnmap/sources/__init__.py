"""Rooms that know archive layouts and platforms: a file or a page in, records out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from plnmap.errors import BadData, UsageError
from plnmap.sources import edges, follows, mastodon_export, x_api, x_archive, x_archive_2012
from plnmap.sources.files import Files, open_files
from plnmap.sources.page import Archive


class Reader(NamedTuple):
    """A kind of source: how it is recognised by its content, and how it is opened."""

    meaning: str
    finds: Callable[[Files], bool]
    open: Callable[[Files, str | None, bool], Archive]


READERS: Final[dict[str, Reader]] = {
    x_archive_2012.KIND: Reader(
        "X archive, one file per month", x_archive_2012.finds, x_archive_2012.open_2012
    ),
    x_archive.KIND: Reader("X archive, one file per kind of record", x_archive.finds, x_archive.open_archive),
    mastodon_export.KIND: Reader("Mastodon export", mastodon_export.finds, mastodon_export.open_export),
    follows.KIND: Reader("list of accounts followed on Mastodon", follows.finds, follows.open_follows),
    edges.KIND: Reader("table of acts: source, target, kind, at", edges.finds, edges.open_edges),
    x_api.KIND: Reader("answers of the X API, one per line", x_api.finds, x_api.open_answers),
}
"""All kinds of sources; the first that recognises a content reads it."""


@contextmanager
def open_source(
    path: Path, *, owner: str | None = None, kind: str | None = None, with_dm: bool = False
) -> Iterator[Archive]:
    """Open an archive, an export or a table, ready to be read once.

    Parameters
    ----------
    path
        The file or folder.
    owner
        Whose archive it is, where it does not say: a handle, an id, or ``user@server``.
    kind
        A key of `READERS`; None finds it out from the content.
    with_dm
        Whether to count direct messages by day. Their texts are never kept.

    Yields
    ------
    Archive
        What is known of it, and its pages.

    Raises
    ------
    UsageError
        There is no such file, or its owner is unknown or another one.
    BadData
        The file is damaged, unsafe, or none of the kinds.
    """
    if kind is not None and kind not in READERS:
        raise UsageError(f"there is no kind of source called {kind!r}", hint=f"one of: {', '.join(READERS)}")
    with open_files(path) as files:
        found = kind or next((name for name, reader in READERS.items() if reader.finds(files)), None)
        if found is None:
            raise edges.lacking(files) or BadData(
                f"{files.name} is no archive, export or table that can be read here",
                hint="give an X archive or a Mastodon export as it was downloaded (zip or folder)",
            )
        yield READERS[found].open(files, owner, with_dm)
