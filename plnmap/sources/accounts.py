"""From a login to a platform that can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plnmap.sources.connection import connect
from plnmap.sources.credentials import Login
from plnmap.sources.live import Limits, Live
from plnmap.sources.logging_in import app_of
from plnmap.sources.lookups import Looker
from plnmap.sources.oauth import token_in_force

if TYPE_CHECKING:
    from plnmap.sources.mastodon_live import MastodonProfile


@contextmanager
def open_account(login: Login, limits: Limits, prices: Path | None = None) -> Iterator[Live]:
    """A platform as one account sees it, for as long as this lasts. Nothing is sent yet.

    Parameters
    ----------
    login
        The account, see `plnmap.sources.credentials.choose_login`.
    limits
        What the user does not want.
    prices
        A table that goes before our own, see `plnmap.sources.x_prices`.

    Raises
    ------
    CredentialsError
        Its token cannot be had.
    UsageError
        The table of prices, or the environment, cannot be read.
    """
    if login.platform == "mastodon":
        from plnmap.sources.mastodon_live import MastodonLive
        from plnmap.sources.mastodon_streams import limits_of

        with connect(limits_of) as connection:
            token = token_in_force(connection, login, app_of)
            yield MastodonLive(_profile(login), token(), connection, limits, login.since)
        return
    from plnmap.sources.x_live import XLive, buckets
    from plnmap.sources.x_prices import load_prices
    from plnmap.sources.x_v2 import V2Metrics

    by_user = login.way == "user"
    counts = V2Metrics(
        followers_count=login.followers,
        following_count=login.following,
        tweet_count=login.posts,
        like_count=login.likes,
    )
    with connect(buckets(by_user)) as connection:
        yield XLive(
            login.account_id,
            login.name.removeprefix("@"),
            token_in_force(connection, login, app_of),
            by_user=by_user,
            connection=connection,
            prices=load_prices(prices),
            limits=limits,
            counts=counts,
            # What an app is refused, any other app is refused, too.
            logged_in_at=login.since if by_user else None,
        )


@contextmanager
def open_looker(login: Login, prices: Path | None = None) -> Iterator[Looker]:
    """A platform that can be asked whether posts and accounts are still there; see `open_account`."""
    if login.platform == "mastodon":
        from plnmap.sources.mastodon_lookups import MastodonLooker
        from plnmap.sources.mastodon_streams import limits_of

        with connect(limits_of) as connection:
            token = token_in_force(connection, login, app_of)
            yield MastodonLooker(_profile(login), token(), connection)
        return
    from plnmap.sources.x_live import buckets
    from plnmap.sources.x_lookups import XLooker
    from plnmap.sources.x_prices import load_prices

    by_user = login.way == "user"
    with connect(buckets(by_user)) as connection:
        yield XLooker(
            login.account_id,
            login.name.removeprefix("@"),
            token_in_force(connection, login, app_of),
            by_user=by_user,
            connection=connection,
            prices=load_prices(prices),
        )


def _profile(login: Login) -> MastodonProfile:
    from plnmap.sources.mastodon_live import MastodonProfile

    handle = login.name.removeprefix("@")
    return MastodonProfile(
        server=login.server,
        id=login.account_id,
        handle=handle,
        uri=login.uri or f"https://{login.server}/users/{handle.partition('@')[0]}",
        posts=login.posts,
        following=login.following,
        followers=login.followers,
    )
