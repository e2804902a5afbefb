"""What each platform needs for a login: where it is asked, what for, and whose token it gave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from plnmap.errors import BadData, CredentialsError, UsageError
from plnmap.model import account_key, account_reference
from plnmap.sources.credentials import Keys, Login, Secret
from plnmap.sources.oauth import App
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection

MASTODON_SCOPES: Final = "read:accounts read:statuses read:follows read:favourites read:notifications"
X_SCOPES: Final = "tweet.read users.read follows.read like.read offline.access"
"""What is asked for: to read, and on X to go on after two hours."""

PASTED: Final = "urn:ietf:wg:oauth:2.0:oob"
"""In place of a redirect: the server shows the code, and the person copies it."""

X_REDIRECT: Final = "http://127.0.0.1:8765/callback"
"""Where X sends the browser, unless the user's app names another address."""

CLIENT_NAME: Final = "plnmap"

_X_API: Final = "https://api.twitter.com"
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::\d{1,5})?"
)
_HANDLE: Final = re.compile(r"\w{1,15}", re.ASCII)


class _Registered(msgspec.Struct):
    client_id: str
    client_secret: str


class _Metrics(msgspec.Struct):
    followers_count: int | None = None
    following_count: int | None = None
    tweet_count: int | None = None
    post_count: int | None = None
    like_count: int | None = None


class _XUser(msgspec.Struct):
    id: str
    username: str
    public_metrics: _Metrics = msgspec.field(default_factory=_Metrics)


class _XAnswer(msgspec.Struct):
    data: _XUser | list[_XUser] | None = None


def server_of(typed: str) -> str:
    """The host of a Mastodon server, from a host, an address of a page there, or user@server.

    Raises
    ------
    UsageError
        It is none of these.

    Examples
    --------
    >>> server_of("https://Social.Example/@ada"), server_of("@ada@social.example")
    ('social.example', 'social.example')
    """
    word = typed.strip().lower()
    try:
        if word.startswith("https://"):
            host = urlsplit(word).netloc
        else:
            host = word.removeprefix("@").rpartition("@")[2].rstrip("/")
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host):
        raise UsageError(
            f"{plain(typed)!r} is no server",
            hint="name it as in mastodon.social, or as in @you@mastodon.social",
        )
    return host


def register(connection: Connection, server: str, redirect: str) -> App:
    """Make this program known to a Mastodon server.

    Parameters
    ----------
    connection
        Over which to ask: one request.
    server
        From `server_of`.
    redirect
        An address on this machine, or `PASTED`.

    Raises
    ------
    BadData
        It does not register programs, or is no such server.
    """
    form = {"client_name": CLIENT_NAME, "redirect_uris": redirect, "scopes": MASTODON_SCOPES}
    answer = connection.post(f"https://{server}/api/v1/apps", data=form)
    try:
        if answer.status_code != 200:
            raise msgspec.ValidationError
        made = msgspec.json.decode(answer.content, type=_Registered)
    except msgspec.MsgspecError:
        raise BadData(
            f"{server} does not take in programs like this one",
            hint="is it a Mastodon server? see its address",
        ) from None
    return mastodon_app(server, made.client_id, Secret(made.client_secret), redirect)


def mastodon_app(server: str, client_id: str, secret: Secret | None, redirect: str = PASTED) -> App:
    """Where a Mastodon server is asked for tokens."""
    return App(
        authorise=f"https://{server}/oauth/authorize",
        token=f"https://{server}/oauth/token",
        revoke=f"https://{server}/oauth/revoke",
        client_id=client_id,
        client_secret=secret,
        redirect=redirect,
        scopes=MASTODON_SCOPES,
        secret_in_form=True,
    )


def x_app(client_id: str, secret: Secret | None, redirect: str = X_REDIRECT) -> App:
    """Where X is asked for tokens on behalf of the user's own app; one of type *native* has no secret."""
    return App(
        authorise="https://x.com/i/oauth2/authorize",
        token=f"{_X_API}/2/oauth2/token",
        revoke=f"{_X_API}/2/oauth2/revoke",
        client_id=client_id,
        client_secret=secret,
        redirect=redirect,
        scopes=X_SCOPES,
    )


def app_of(login: Login, keys: Keys) -> App:
    """Where the token of a login is renewed and revoked."""
    client_id = keys.client_id or ""
    if login.platform == "mastodon":
        return mastodon_app(login.server, client_id, keys.client_secret)
    return x_app(client_id, keys.client_secret)


def mastodon_login(connection: Connection, server: str, keys: Keys, scopes: str) -> Login:
    """Whose token a Mastodon server gave.

    Raises
    ------
    CredentialsError
        The server does not accept it.
    BadData
        It does not say whose it is.
    """
    from plnmap.sources.mastodon_live import who_am_i

    profile = who_am_i(connection, server, keys.token.reveal())
    now = connection.clock.now()
    return Login(
        account=account_reference("mastodon", profile.handle),
        platform="mastodon",
        account_id=profile.id,
        name=f"@{profile.handle}",
        server=server,
        way="user",
        scopes=scopes,
        since=now,
        followers=profile.followers,
        following=profile.following,
        posts=profile.posts,
        seen_at=now,
        uri=profile.uri,
    )


def x_login(connection: Connection, keys: Keys, scopes: str, handle: str | None) -> Login:
    """Whose account an X token is to read: its own, or with a token of an app the one named.

    X bills it as one profile read.

    Raises
    ------
    CredentialsError
        X does not accept the token, or it is an app's and no handle was given.
    UsageError
        Nobody goes by that handle.
    BadData
        The answer is none that X gives.
    """
    where = f"users/by?usernames={_handle(handle)}&" if handle else "users/me?"
    answer = connection.get(
        f"{_X_API}/2/{where}user.fields=public_metrics",
        headers={"Authorization": f"Bearer {keys.token.reveal()}"},
    )
    if answer.status_code == 403 and not handle:
        raise CredentialsError(
            "this token belongs to an app, and to no account", hint="say whose: plnmap login twitter @you"
        )
    if answer.status_code != 200:
        raise CredentialsError(
            f"X does not take this token ({answer.status_code})", hint="make a new one, and log in again"
        )
    try:
        data = msgspec.json.decode(answer.content, type=_XAnswer).data
    except msgspec.MsgspecError:
        raise BadData("X does not say whose token this is", hint="try again later") from None
    user = data[0] if isinstance(data, list) and data else data
    if not isinstance(user, _XUser) or not user.id.isdigit() or not _HANDLE.fullmatch(user.username):
        raise UsageError(f"nobody on X goes by {plain(handle or '')!r}", hint="give your own handle")
    now, counts = connection.clock.now(), user.public_metrics
    return Login(
        account=account_key("twitter", user.id),
        platform="twitter",
        account_id=user.id,
        name=f"@{user.username}",
        server=urlsplit(_X_API).netloc,
        way="app" if handle else "user",
        scopes=scopes,
        since=now,
        followers=counts.followers_count,
        following=counts.following_count,
        posts=counts.tweet_count if counts.post_count is None else counts.post_count,
        seen_at=now,
        likes=counts.like_count,
    )


def _handle(typed: str) -> str:
    word = typed.strip().removeprefix("@")
    if not _HANDLE.fullmatch(word):
        raise UsageError(f"{plain(typed)!r} is no handle on X", hint="write it as @ada")
    return word
