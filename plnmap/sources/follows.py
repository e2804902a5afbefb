"""Lists of accounts followed, as Mastodon writes them: by itself, or inside an export."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from plnmap.errors import BadData, UsageError
from plnmap.model import Coverage, Follow, account_reference
from plnmap.sources.files import AGAIN, Files
from plnmap.sources.opened import Opened, checked_owner
from plnmap.sources.page import Page
from plnmap.sources.people import is_handle

KIND: Final = "follows_csv"
READER_VERSION: Final = 1
NO_ACCOUNT: Final = "row without the address of an account"

_COLUMN: Final = "account address"
_ROWS_PER_PAGE: Final = 5_000
_LINE_AT_MOST: Final = 1 << 16


def finds(files: Files) -> bool:
    """Whether this is such a list."""
    if files.path is None:
        return False
    head = files.head(files.only).decode("utf-8-sig", "replace")
    return head.partition("\n")[0].partition(",")[0].strip().strip('"').lower() == _COLUMN


def open_follows(files: Files, owner: str | None, with_dm: bool) -> Opened:
    """Open a list of accounts followed.

    Parameters
    ----------
    files
        The list.
    owner
        Whose it is: the list does not say.
    with_dm
        Of no effect.

    Raises
    ------
    UsageError
        The owner is not given.
    """
    if owner is None:
        raise UsageError(f"{files.name} does not say who follows", hint="give --owner USER@SERVER")
    return Opened(
        kind=KIND,
        platform="mastodon",
        name=files.name,
        source=files.digest([files.only]),
        reader_version=READER_VERSION,
        owner=checked_owner("mastodon", files.name, owner, None, None),
        total_bytes=sum(files.sizes.values()),
        retrieved_at=None,
        retrieved_from=None,
        read=partial(_read, files),
    )


def addresses(name: str, chunks: Iterable[bytes], skipped: Counter[str]) -> Iterator[str]:
    """Yield the accounts in a list, as ``user@server``.

    Parameters
    ----------
    name
        Name of the file, for errors.
    chunks
        Its content: one, two or four columns, the first of which counts.
    skipped
        Counts the rows that name no account.

    Raises
    ------
    BadData
        The file is not in UTF-8, or is no table.

    Examples
    --------
    >>> list(addresses("x.csv", [b"Account address,Show boosts\\nada@example.social, true\\n"], Counter()))
    ['ada@example.social']
    """
    for number, row in enumerate(rows(name, chunks)):
        address = row[0].strip().removeprefix("@") if row else ""
        if is_handle("mastodon", address):
            yield address
        elif row and not (number == 0 and address.lower() == _COLUMN):
            skipped[NO_ACCOUNT] += 1


def rows(name: str, chunks: Iterable[bytes], delimiter: str = ",") -> Iterator[list[str]]:
    """Yield the rows of a CSV file, the first one too.

    Raises
    ------
    BadData
        The file is not in UTF-8, or a cell never ends.
    """
    try:
        # Strict: a quote that is never closed would swallow the rest without a word.
        yield from csv.reader(_lines(name, chunks), delimiter=delimiter, skipinitialspace=True, strict=True)
    except UnicodeDecodeError as exc:
        raise BadData(f"{name} is not in UTF-8", hint="save it as UTF-8") from exc
    except csv.Error as exc:
        raise BadData(f"{name} is no table: {exc}", hint=AGAIN) from exc


def _lines(name: str, chunks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    first = True
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield (line + b"\n").decode("utf-8-sig" if first else "utf-8").replace("\0", "")
            first = False
        if len(rest) > _LINE_AT_MOST:
            raise BadData(f"{name} holds a line that does not end", hint=AGAIN)
    if rest:
        yield rest.decode("utf-8-sig" if first else "utf-8").replace("\0", "")


def follows_of(owner: str, opened: Opened, found: Iterable[str]) -> Iterator[Follow]:
    """One follow per address, seen when the source was made."""
    for address in found:
        target = account_reference("mastodon", address)
        yield Follow(owner, target, opened.retrieved_at, opened.retrieved_at)


def _read(files: Files, opened: Opened) -> Iterator[Page]:
    name = files.only
    owner = opened.owner_key
    page = Page(name, files.sizes[name])
    page.follows = list(follows_of(owner, opened, addresses(name, files.chunks(name), page.skipped)))
    got = len(page.follows)
    page.coverage = [
        Coverage(owner, "follow", "out", "complete", None, None, None, got, "the list bears no date")
    ]
    yield page
