"""OAuth 2 by code, with proof of possession (PKCE): the same few steps for every platform.

tweepy's own handler takes no redirect to this machine without a switch that turns off its
checks, and renews nothing; so the steps are here, over the one connection.

Sources: RFC 6749, 7009 (revoking), 7636 (PKCE), 8252 (apps on one's own machine).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from plnmap.errors import BadData, CredentialsError
from plnmap.sources.credentials import Keys, Login, Secret, alone, keep_login, keys_of
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection

RENEWED_BEFORE: Final = timedelta(minutes=2)
"""A token that ends within this time is renewed before it is used."""

LONGEST_ERROR: Final = 200

_TOKEN: Final = re.compile(r"[\x21-\x7e]{1,4096}")
"""Anything else could not be sent in a header, or would end it."""


class App(NamedTuple):
    """A program as a platform knows it, and where the platform is asked.

    Attributes
    ----------
    authorise, token, revoke
        Addresses for the person, for tokens, and for taking them back.
    redirect
        Where the person's browser is sent with the code.
    scopes
        What is asked for, with spaces between.
    secret_in_form
        Whether the app's secret goes into the form; else it goes into a header.
    """

    authorise: str
    token: str
    revoke: str
    client_id: str
    client_secret: Secret | None
    redirect: str
    scopes: str
    secret_in_form: bool = False


class Attempt(NamedTuple):
    """One try at a login: the address to open, and what proves that the answer is to us."""

    address: str
    state: str
    verifier: Secret


class _Granted(msgspec.Struct):
    access_token: str
    scope: str | None = None
    refresh_token: str | None = None
    expires_in: float | None = None


def begin(app: App) -> Attempt:
    """The address at which a person can let us in."""
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": app.redirect,
        "scope": app.scopes,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return Attempt(f"{app.authorise}?{urlencode(asked)}", state, Secret(verifier))


def code_in(pasted: str, attempt: Attempt) -> Secret:
    """The code in what came back: the code itself, or the whole address to which the browser was sent.

    Raises
    ------
    CredentialsError
        The person refused, the answer is to another question than ours, or there is no code in it.

    Examples
    --------
    >>> attempt = Attempt("https://a.example/", "s1", Secret("v"))
    >>> code_in(" http://127.0.0.1:8765/?state=s1&code=c1 ", attempt).reveal()
    'c1'
    """
    word = pasted.strip()
    if "?" not in word:
        return _usable(word, "that is no code", "copy the whole code, or the whole address")
    told = {name: values[-1] for name, values in parse_qs(word.partition("?")[2]).items()}
    if told.get("state") != attempt.state:
        raise CredentialsError(
            "that answer belongs to another login", hint="begin again, and use the newest address"
        )
    if "error" in told:
        raise CredentialsError(
            f"access was refused: {_short(told.get('error_description') or told['error'])}",
            hint="begin again, and allow it in the browser",
        )
    return _usable(told.get("code", ""), "there is no code in that address", "copy the whole address")


def fetch_keys(connection: Connection, app: App, attempt: Attempt, code: Secret) -> tuple[Keys, str]:
    """The keys for a code, and the scopes that were granted.

    Raises
    ------
    CredentialsError
        The code is not, or no longer, good.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code.reveal(),
        "redirect_uri": app.redirect,
        "code_verifier": attempt.verifier.reveal(),
        "scope": app.scopes,
    }
    return _asked(connection, app, form, "run the same command again: a code can be used once, for minutes")


def token_in_force(
    connection: Connection, login: Login, app_of: Callable[[Login, Keys], App]
) -> Callable[[], str]:
    """What gives the token of a login whenever it is needed, renewed where it is about to end.

    Parameters
    ----------
    connection
        Over which it is renewed; its clock says when.
    login
        The account.
    app_of
        Where its platform renews tokens.
    """
    keys = keys_of(login)

    def token() -> str:
        nonlocal keys
        if _ends_soon(keys, connection.clock.now()):
            with alone("renewing"):
                # Another run may have been quicker, and a token is renewed only once.
                keys = keys_of(login)
                if _ends_soon(keys, connection.clock.now()):
                    keys = _renewed(connection, login, app_of(login, keys), keys)
        return keys.token.reveal()

    return token


def _ends_soon(keys: Keys, now: datetime) -> bool:
    return bool(keys.refresh and keys.expires_at and now > keys.expires_at - RENEWED_BEFORE)


def _renewed(connection: Connection, login: Login, app: App, keys: Keys) -> Keys:
    assert keys.refresh is not None
    form = {"grant_type": "refresh_token", "refresh_token": keys.refresh.reveal()}
    renewed, _ = _asked(connection, app, form, f"log in again: plnmap login {login.platform}")
    kept = renewed._replace(refresh=renewed.refresh or keys.refresh)
    # The old one is void now: the new one is kept before it is used.
    keep_login(login, kept)
    return kept


def revoke(connection: Connection, app: App, token: Secret) -> bool:
    """Take a token back at the server; whether the server says that it did."""
    answer = connection.post(app.revoke, data=_own(app) | {"token": token.reveal()}, auth=_basic(app))
    return bool(answer.status_code == 200)


def usable_token(typed: str, what: str = "token") -> Secret:
    """A token, or something else that opens an account, as a person gives it.

    Parameters
    ----------
    typed
        What was given.
    what
        What it should be.

    Raises
    ------
    CredentialsError
        It is empty, or no token can look like that.
    """
    return _usable(typed.strip(), f"that is no {what}", f"copy the whole {what}, and nothing else")


def _asked(connection: Connection, app: App, form: dict[str, str], hint: str) -> tuple[Keys, str]:
    answer = connection.post(app.token, data=_own(app) | form, auth=_basic(app))
    host = urlsplit(app.token).hostname
    if answer.status_code != 200:
        raise CredentialsError(f"{host} gives no token: {_reason(answer.content)}", hint=hint)
    try:
        granted = msgspec.json.decode(answer.content, type=_Granted)
    except msgspec.MsgspecError:
        raise BadData(f"{host} answers with something that is no token", hint="try again later") from None
    ends = timedelta(seconds=granted.expires_in) if granted.expires_in else None
    strange = f"{host} answers with something that is no token"
    keys = Keys(
        token=_usable(granted.access_token, strange, "try again later"),
        refresh=Secret(granted.refresh_token) if granted.refresh_token else None,
        client_id=app.client_id,
        client_secret=app.client_secret,
        expires_at=connection.clock.now() + ends if ends else None,
    )
    return keys, granted.scope or app.scopes


def _own(app: App) -> dict[str, str]:
    own = {"client_id": app.client_id}
    if app.client_secret and app.secret_in_form:
        own["client_secret"] = app.client_secret.reveal()
    return own


def _basic(app: App) -> tuple[str, str] | None:
    if app.client_secret is None or app.secret_in_form:
        return None
    return app.client_id, app.client_secret.reveal()


def _usable(word: str, problem: str, hint: str) -> Secret:
    if not _TOKEN.fullmatch(word):
        raise CredentialsError(problem, hint=hint)
    return Secret(word)


def _reason(body: bytes) -> str:
    """Why, in the server's words; never what was sent."""
    try:
        said: Any = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return "it does not say why"
    if not isinstance(said, dict):
        return "it does not say why"
    words = said.get("error_description") or said.get("error") or said.get("detail")
    return _short(words) if isinstance(words, str) else "it does not say why"


def _short(words: str) -> str:
    return plain(words)[:LONGEST_ERROR]
