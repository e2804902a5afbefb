"""The accounts met while reading, gathered so that each is told once and not once per mention."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from plnmap.model import Account, Handle, Platform, account_key, account_reference
from plnmap.sources.page import Page
from plnmap.sources.x_text import clean

ODD_HANDLE: Final = "handle that no platform gives out: account known by id only"

COUNT_AT_MOST: Final = 1 << 53

_HELD_AT_MOST: Final = 20_000
_HANDLES: Final[dict[Platform, re.Pattern[str]]] = {
    "twitter": re.compile(r"\w{1,20}", re.ASCII),
    "mastodon": re.compile(r"[\w.-]{1,100}@[^\W_][\w.-]{0,252}(?::\d{1,5})?"),
}


def is_handle(platform: Platform, handle: str) -> bool:
    """Whether a platform could have given out this handle, written without the leading @.

    >>> is_handle("twitter", "ada"), is_handle("twitter", "[red]"), is_handle("mastodon", "ada@example.org")
    (True, False, True)
    """
    return _HANDLES[platform].fullmatch(handle) is not None


def count(number: int | None) -> int | None:
    """A count as told; None where it is none.

    >>> count(3), count(-1), count(10**30)
    (3, None, None)
    """
    return number if number is not None and 0 <= number <= COUNT_AT_MOST else None


class People:
    """Handles and profiles seen so far on one platform.

    Attributes
    ----------
    odd_handles
        How many handles were no handles, and were left out.
    """

    def __init__(self, platform: Platform) -> None:
        self.odd_handles = 0
        self._platform: Final = platform
        self._keys: dict[tuple[str | None, str | None], str | None] = {}
        self._spans: dict[tuple[str, str], tuple[datetime, datetime] | None] = {}
        self._profiles: dict[str, Account] = {}

    def key(self, account_id: str | None, handle: str | None) -> str | None:
        """Key of an account by its id, else a reference by its handle; None without either."""
        asked = (account_id, handle)
        try:
            return self._keys[asked]
        except KeyError:
            found = self._keys[asked] = self._key(account_id, handle)
            return found

    def _key(self, account_id: str | None, handle: str | None) -> str | None:
        if handle is not None and not is_handle(self._platform, handle):
            self.odd_handles += 1
            handle = None
        if account_id is not None:
            return account_key(self._platform, account_id)
        return None if handle is None else account_reference(self._platform, handle)

    def saw(self, account: str, handle: str, when: datetime | None) -> None:
        """Note that an account went by a handle at a moment, if that was known."""
        held = (account, handle)
        span = self._spans.get(held)
        if span is None:
            if held not in self._spans and not is_handle(self._platform, handle):
                return
            self._spans[held] = None if when is None else (when, when)
        elif when is not None:
            if when < span[0]:
                self._spans[held] = (when, span[1])
            elif when > span[1]:
                self._spans[held] = (span[0], when)

    def described(
        self,
        account: str,
        when: datetime | None,
        display_name: str | None,
        bio: str | None = None,
        followers: int | None = None,
        following: int | None = None,
        posts: int | None = None,
    ) -> None:
        """Note what was seen of an account; the latest word on each thing is kept."""
        known = self._profiles.get(account)
        if known is None:
            self._profiles[account] = Account(
                account, _told(display_name), _told(bio), followers, following, when, posts
            )
            return
        later = when is not None and (known.seen_at is None or when > known.seen_at)
        complete = known.display_name is not None and (bio is None or known.bio is not None)
        if complete and not later:
            return
        fresh = Account(account, _told(display_name), _told(bio), followers, following, when, posts)
        newer, older = (fresh, known) if later else (known, fresh)
        self._profiles[account] = Account(
            account,
            newer.display_name or older.display_name,
            newer.bio or older.bio,
            older.followers if newer.followers is None else newer.followers,
            older.following if newer.following is None else newer.following,
            newer.seen_at,
            older.posts if newer.posts is None else newer.posts,
        )

    def hand_over(self, page: Page, *, everything: bool = False) -> None:
        """Move what was gathered onto a page, once it is much or `everything` is asked for."""
        if not everything and len(self._spans) + len(self._profiles) < _HELD_AT_MOST:
            return
        page.handles += [
            Handle(account, handle, *(span or (None, None)))
            for (account, handle), span in self._spans.items()
        ]
        page.accounts += self._profiles.values()
        if self.odd_handles:
            page.skipped[ODD_HANDLE] += self.odd_handles
        self._keys.clear()
        self._spans.clear()
        self._profiles.clear()
        self.odd_handles = 0


def _told(text: str | None) -> str | None:
    return clean(text) or None if text else None
