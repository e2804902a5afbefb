"""An archive that was opened: what is known of it, and the function that reads it."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from plnmap.errors import UsageError
from plnmap.model import Platform, account_key, account_reference, is_reference
from plnmap.sources.page import Page
from plnmap.sources.people import is_handle

LATEST_POST: Final = "latest post"
_MASTODON_ID: Final = re.compile(r"[\w.-]{1,253}:\d{1,20}", re.ASCII)


@dataclass(slots=True)
class Opened:
    """An `Archive` (see `plnmap.sources.page`) made of plain values and one generator function."""

    kind: str
    platform: Platform
    name: str
    source: str
    reader_version: int
    owner: str | None
    total_bytes: int
    retrieved_at: datetime | None
    retrieved_from: str | None
    read: Callable[[Opened], Iterator[Page]]

    @property
    def owner_key(self) -> str:
        """The owner, where the kind of source always has one."""
        if self.owner is None:
            raise ValueError(f"{self.name} was opened without an owner")
        return self.owner

    def pages(self) -> Iterator[Page]:
        """Yield the archive page by page.

        Raises
        ------
        BadData
            The archive is damaged.
        """
        pages = self.read(self)
        while True:
            with _collector_paused():
                page = next(pages, None)
            if page is None:
                return
            yield page

    def saw(self, moment: datetime | None) -> None:
        """Take the latest post for the date of a source that states none."""
        if moment is None or self.retrieved_from not in (None, LATEST_POST):
            return
        if self.retrieved_at is None or moment > self.retrieved_at:
            self.retrieved_at, self.retrieved_from = moment, LATEST_POST


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Millions of new records hold no cycles; looking for some takes a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def named_account(platform: Platform, given: str) -> str:
    """Account key or reference of an owner as the user names them.

    Parameters
    ----------
    platform
        Where the account is.
    given
        A handle with or without @, ``user@server``, an id, or a key.

    Raises
    ------
    UsageError
        It is none of these.

    Examples
    --------
    >>> named_account("twitter", "@Ada"), named_account("twitter", "12")
    ('twitter:@ada', 'twitter:12')
    """
    key = parse_account(platform, given)
    if key is None:
        example = "@ada, ada or 12" if platform == "twitter" else "@ada@example.social"
        raise UsageError(f"{given!r} names no account on {platform}", hint=f"write it like {example}")
    return key


def parse_account(platform: Platform, given: str) -> str | None:
    """As `named_account`, but None where no account is named.

    >>> parse_account("mastodon", "@Ada@example.social"), parse_account("twitter", "[red]")
    ('mastodon:@ada@example.social', None)
    """
    plain = given.strip().removeprefix(f"{platform}:").removeprefix("@")
    if platform == "twitter" and plain.isascii() and plain.isdigit():
        return account_key(platform, plain) if len(plain) <= 20 else None
    if platform == "mastodon" and _MASTODON_ID.fullmatch(plain):
        return account_key(platform, plain)
    return account_reference(platform, plain) if is_handle(platform, plain) else None


def checked_owner(
    platform: Platform, name: str, given: str | None, stated: str | None, handle: str | None
) -> str:
    """The owner of an archive, where what it states and what the user gives agree.

    Parameters
    ----------
    platform, name
        Of the archive.
    given
        What the user gives; None for nothing.
    stated, handle
        Account key and handle that the archive states; None for nothing.

    Raises
    ------
    UsageError
        Both say something, and not the same; or neither says anything.
    """
    if given is None:
        if stated is None:
            raise UsageError(f"{name} does not say whose archive it is", hint="give --owner HANDLE_OR_ID")
        return stated
    wanted = named_account(platform, given)
    if stated is None:
        return wanted
    own = {stated} | ({account_reference(platform, handle)} if handle else set())
    if wanted not in own and (handle is not None or not is_reference(wanted)):
        owner = f"@{handle}" if handle else stated.partition(":")[2]
        raise UsageError(f"{name} is the archive of {owner}, not of {given}", hint="leave out --owner")
    return stated
