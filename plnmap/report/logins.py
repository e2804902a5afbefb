"""Who is logged in, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from plnmap.report.values import number_of
from plnmap.sources.credentials import Login
from plnmap.words import plain

WAYS: Final = {"user": "on your behalf", "app": "with the token of an app"}


def status_lines(found: Sequence[Login], file: Path) -> str:
    """Every login: since when, with which scopes, where its secret lies; never the secret.

    Parameters
    ----------
    found
        From `plnmap.sources.credentials.logins`.
    file
        Where secrets lie that are in no keyring.
    """
    if not found:
        return "nobody is logged in\n  → plnmap login mastodon SERVER\n  → plnmap login twitter"
    return "\n\n".join(_lines(login, file) for login in found)


def _lines(login: Login, file: Path) -> str:
    place = "the keyring" if login.place == "keyring" else str(file)
    scopes = plain(login.scopes) or "what the token allows"
    return (
        f"{plain(login.name)}  {login.platform}, {plain(login.server)}\n"
        f"  since {login.since:%Y-%m-%d %H:%M} UTC, {WAYS.get(login.way, login.way)}\n"
        f"  may: {scopes}\n"
        f"  the secret is in {place}\n"
        f"  on {login.seen_at:%Y-%m-%d}: {counted(login)}"
    )


def counted(login: Login) -> str:
    """What the profile counted.

    >>> from datetime import datetime
    >>> day = datetime(2024, 1, 1)
    >>> counted(Login("twitter:1", "twitter", "1", "@a", "x.com", "user", "", day, 3, None, 1, day))
    '3 followers, 1 post'
    """
    counts = (("follower", login.followers), ("post", login.posts))
    said = [number_of(count, noun) for noun, count in counts if count is not None]
    if login.following is not None:
        said.insert(1 if login.followers is not None else 0, f"{login.following:,} followed")
    return ", ".join(said) or "its profile counts nothing"
