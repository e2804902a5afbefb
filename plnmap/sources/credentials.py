"""Where the keys to people's accounts lie: in the system's keyring, else in a file that only they may read.

Nothing secret is ever in the PLN file, on a screen, in an error or in a log. What is
no secret (who is logged in, where, since when, and what the profile counted then)
lies in ``accounts.json`` in the configuration folder, so that a collection can be
planned without asking anybody.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

from plnmap.errors import CredentialsError, UsageError
from plnmap.model import Platform
from plnmap.words import plain

SERVICE: Final = "plnmap"
FOLDER_VARIABLE: Final = "PLNMAP_CONFIG"
FILE: Final = "accounts.json"
PATIENCE_SECONDS: Final = 20.0
"""How long a keyring may take: enough to unlock it, too little to seem dead."""

Found = TypeVar("Found")


class Secret:
    """A text that shows itself only to who asks for it by name.

    >>> token = Secret("hush")
    >>> print(f"{token} {token!r} {token.reveal()}")
    *** Secret(***) hush
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


class Login(NamedTuple):
    """An account that may be asked for: nothing of it is secret.

    Attributes
    ----------
    account
        Account key or reference.
    account_id
        The platform's own id; on Mastodon that of the server.
    name
        What people call it: @ada, @ada@example.social.
    server
        Host that is asked.
    way
        ``user``: on behalf of the account; ``app``: a bearer token of an app.
    scopes
        What was granted, as the server words it.
    since
        When it was logged in, UTC.
    followers, following, posts, likes, seen_at
        What the profile counted, and when; None where it does not say.
    uri
        The account's own address, where it has one on Mastodon.
    place
        Where the secret lies: ``keyring`` or ``file``.
    """

    account: str
    platform: Platform
    account_id: str
    name: str
    server: str
    way: str
    scopes: str
    since: datetime
    followers: int | None
    following: int | None
    posts: int | None
    seen_at: datetime
    uri: str | None = None
    place: str = ""
    likes: int | None = None


class Keys(NamedTuple):
    """What opens an account: a token, and what renews or revokes it where there is such a thing."""

    token: Secret
    refresh: Secret | None = None
    client_id: str | None = None
    client_secret: Secret | None = None
    expires_at: datetime | None = None


def accounts_file() -> Path:
    """Where logins lie: in `PLNMAP_CONFIG`, else in the user's configuration folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named) / FILE
    from platformdirs import user_config_path

    return user_config_path("plnmap", appauthor=False) / FILE


def logins() -> list[Login]:
    """Every account that is logged in, by platform and name.

    Raises
    ------
    CredentialsError
        The file that names them is damaged.
    """
    try:
        found = [_login(row["login"]) for row in _read().values()]
    except (TypeError, KeyError, ValueError):
        raise _damaged() from None
    return sorted(found, key=lambda login: (login.platform, login.name))


def choose_login(
    platform: Platform | None = None, wanted: str | None = None, *, command: str = "--account"
) -> Login:
    """The login that is meant.

    Parameters
    ----------
    platform
        Of which; None for any.
    wanted
        A handle with or without @, an account key or an id; None where there is only one.
    command
        After what a person writes the name of one, for an example.

    Raises
    ------
    CredentialsError
        Nobody is logged in there.
    UsageError
        Several are and none was named, or none goes by that name.
    """
    known = [login for login in logins() if platform in (None, login.platform)]
    way_in = f"plnmap login {'mastodon SERVER' if platform == 'mastodon' else platform or '--help'}"
    if not known:
        where = f" on {platform}" if platform else ""
        raise CredentialsError(f"nobody is logged in{where}", hint=f"log in first: {way_in}")
    fitting = [login for login in known if wanted is None or _fits(login, wanted)]
    listed = ", ".join(plain(login.name) for login in known)
    example = f"{command} {plain(known[0].name)}"
    if not fitting:
        raise UsageError(f"{plain(wanted or '')!r} is not logged in; {listed} is", hint=f"log in: {way_in}")
    if len(fitting) > 1:
        raise UsageError(f"several accounts are logged in: {listed}", hint=f"name one of them: {example}")
    return fitting[0]


def _fits(login: Login, wanted: str) -> bool:
    word = wanted.strip().removeprefix("@").lower()
    return word in (login.name.removeprefix("@").lower(), login.account.lower(), login.account_id)


def keys_of(login: Login, *, patience_seconds: float = PATIENCE_SECONDS) -> Keys:
    """What opens an account.

    Raises
    ------
    CredentialsError
        The keyring does not answer, or the secret is there no more.
    """
    if login.place == "keyring":
        with suppress(_KeyringFailed):
            held = _in_time(lambda ring: ring.get_password(SERVICE, login.account), patience_seconds)
            # What is held there may be damaged, or somebody else's.
            with suppress(TypeError, KeyError, ValueError):
                return _keys(json.loads(held))
        raise CredentialsError(
            f"the keyring does not give out the token of {plain(login.name)}",
            hint=f"unlock it and try again, or log in again: plnmap login {login.platform}",
        )
    try:
        return _keys(_read()[login.account]["secrets"])
    except (TypeError, KeyError, ValueError):
        raise _damaged() from None


def keep_login(login: Login, keys: Keys, *, patience_seconds: float = PATIENCE_SECONDS) -> Login:
    """Keep a login and its keys in place of an older one of the same account.

    Returns
    -------
    Login
        With the place where the keys are now.
    """
    content = _written(keys)
    in_keyring = _put_into_keyring(login.account, json.dumps(content), patience_seconds)
    placed = login._replace(place="keyring" if in_keyring else "file")
    row = {"login": _written(placed)} | ({} if in_keyring else {"secrets": content})
    with alone("writing"):
        _write(_read() | {login.account: row})
    return placed


def forget_login(login: Login, *, patience_seconds: float = PATIENCE_SECONDS) -> bool:
    """Throw a login and its keys away; whether the keys are gone: a keyring may keep them."""

    def drop(ring: Any) -> bool:
        # Where it was lost before, there is nothing to delete.
        with suppress(Exception):
            ring.delete_password(SERVICE, login.account)
        return ring.get_password(SERVICE, login.account) is None

    is_gone = True
    if login.place == "keyring":
        try:
            is_gone = _in_time(drop, patience_seconds)
        except _KeyringFailed:
            is_gone = False
    with alone("writing"):
        _write({account: row for account, row in _read().items() if account != login.account})
    return is_gone


@contextmanager
def alone(doing: str) -> Iterator[None]:
    """Keep other runs of this program from doing the same meanwhile; waits for one that is at it.

    Raises
    ------
    CredentialsError
        Nothing can be written in the configuration folder.
    """
    path = accounts_file().with_name(f".{doing}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Who dies lets go of it: the lock is on the open file, which itself stays.
        file = path.open("wb")
    except OSError as exc:
        raise _unwritable(path, exc) from exc
    with file:
        _lock(file.fileno())
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        while True:
            # It waits for ten seconds, and gives up.
            with suppress(OSError):
                return msvcrt.locking(file, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        # Some network disks know no locks.
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)


class _KeyringFailed(Exception):
    """It is not there, does not answer, or does not keep what it is given."""


def _put_into_keyring(account: str, content: str, patience_seconds: float) -> bool:
    def put(ring: Any) -> bool:
        ring.set_password(SERVICE, account, content)
        # The null keyring takes everything, and keeps nothing.
        return bool(ring.get_password(SERVICE, account) == content)

    try:
        return _in_time(put, patience_seconds)
    except _KeyringFailed:
        return False


def _in_time(work: Callable[[Any], Found], seconds: float) -> Found:
    """What a keyring gives, unless it fails or keeps us waiting."""
    found: list[Found] = []

    def run() -> None:
        # A keyring fails in as many ways as there are desktops.
        with suppress(Exception):
            import keyring

            found.append(work(keyring))

    # One that hangs must not keep the program from ending.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise _KeyringFailed
    return found[0]


def _read() -> dict[str, dict[str, Any]]:
    try:
        content = json.loads(accounts_file().read_text(encoding="utf-8"))
        if not all({"login"} <= row.keys() for row in content.values()):
            raise ValueError("a row without a login")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, AttributeError, OSError):
        raise _damaged() from None
    return dict(content)


def _damaged() -> CredentialsError:
    # What it holds may be secret: nothing of it goes into the message.
    return CredentialsError(f"{accounts_file()} cannot be read", hint="delete it, and log in again")


def _write(rows: dict[str, dict[str, Any]]) -> None:
    path = accounts_file()
    fresh = path.with_name(f".{FILE}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made for its owner alone, before anything is in it.
        made = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1)
        fresh.replace(path)
    except OSError as exc:
        raise _unwritable(path, exc) from exc
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _unwritable(path: Path, exc: OSError) -> CredentialsError:
    return CredentialsError(
        f"{path} cannot be written: {exc.strerror}", hint=f"name another folder with {FOLDER_VARIABLE}"
    )


def _written(record: Login | Keys) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in record._asdict().items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Secret):
        return value.reveal()
    return value.isoformat() if isinstance(value, datetime) else value


def _login(row: dict[str, Any]) -> Login:
    times = {name: datetime.fromisoformat(row[name]) for name in ("since", "seen_at")}
    return Login(**(row | times))


def _keys(row: dict[str, Any]) -> Keys:
    hidden = {
        name: Secret(row[name]) for name in ("token", "refresh", "client_secret") if row[name] is not None
    }
    expires = row["expires_at"]
    return Keys(**(row | hidden | {"expires_at": datetime.fromisoformat(expires) if expires else None}))
