"""Where secrets lie: in a keyring that keeps them, else in a file that only its owner may read."""

from __future__ import annotations

import os
import pickle
import stat
import time
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from plnmap.errors import CredentialsError, UsageError
from plnmap.sources.credentials import (
    Keys,
    Login,
    Secret,
    accounts_file,
    choose_login,
    forget_login,
    keep_login,
    keys_of,
    logins,
)
from tests.records import at

NOW = at("2024-01-01")


class Working(KeyringBackend):
    """A keyring that keeps what it is given."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class Hanging(Working):
    """A keyring whose owner is not there to unlock it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        time.sleep(3)

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(3)
        return None


@pytest.fixture
def ring() -> Iterator[Working]:
    before = keyring.get_keyring()
    working = Working()
    keyring.set_keyring(working)
    yield working
    keyring.set_keyring(before)


def a_login(account: str = "mastodon:@ada@home.example", **fields: Any) -> Login:
    login = Login(
        account=account,
        platform="mastodon",
        account_id="34",
        name="@ada@home.example",
        server="home.example",
        way="user",
        scopes="read",
        since=NOW,
        followers=1,
        following=None,
        posts=3,
        seen_at=NOW,
    )
    return login._replace(**fields)


KEYS = Keys(
    Secret("token-hush"), Secret("refresh-hush"), "client", Secret("client-hush"), NOW + timedelta(hours=2)
)


def revealed(keys: Keys) -> list[Any]:
    return [each.reveal() if isinstance(each, Secret) else each for each in keys]


def test_a_secret_shows_itself_nowhere() -> None:
    shown = f"{KEYS} {KEYS!r} {KEYS.token} {KEYS._asdict()} {[KEYS.token]}"
    assert "hush" not in shown
    assert KEYS.token.reveal() == "token-hush"
    with pytest.raises(TypeError):
        pickle.dumps(KEYS.token)
    assert not hasattr(KEYS.token, "__dict__")


def test_a_keyring_keeps_the_secret_and_the_file_only_the_rest(ring: Working) -> None:
    kept = keep_login(a_login(), KEYS)
    assert kept.place == "keyring"
    assert logins() == [kept]
    assert "hush" not in accounts_file().read_text()
    assert revealed(keys_of(kept)) == revealed(KEYS)
    forget_login(kept)
    assert (logins(), ring.held) == ([], {})


def test_a_keyring_that_has_lost_it_says_so(ring: Working) -> None:
    kept = keep_login(a_login(), KEYS)
    ring.held.clear()
    with pytest.raises(CredentialsError, match=r"@ada@home\.example") as caught:
        keys_of(kept)
    assert "plnmap login" in (caught.value.hint or "")
    forget_login(kept)
    assert logins() == []


@pytest.mark.parametrize("held", ["hush", "[]", '{"token": "hush"}', "null"])
def test_a_keyring_that_holds_something_else_says_so(ring: Working, held: str) -> None:
    kept = keep_login(a_login(), KEYS)
    ring.held["plnmap", kept.account] = held
    with pytest.raises(CredentialsError, match="the keyring does not give out") as caught:
        keys_of(kept)
    assert "hush" not in "".join(traceback.format_exception(caught.value))


def test_a_keyring_that_does_not_let_go_is_not_believed(
    ring: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep_login(a_login(), KEYS)
    monkeypatch.setattr(ring, "delete_password", lambda service, username: None)
    assert not forget_login(kept)
    assert logins() == []
    ring.held.clear()
    # What it lost before is gone, too.
    assert forget_login(kept)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Hanging])
def test_without_a_keyring_there_is_a_file(ring: Working, backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    began = time.monotonic()
    kept = keep_login(a_login(), KEYS, patience_seconds=0.2)
    assert kept.place == "file"
    assert revealed(keys_of(kept)) == revealed(KEYS)
    assert time.monotonic() - began < 2.5


def test_the_file_is_its_owners_alone_whatever_the_umask(monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    real = os.fdopen

    def watched(number: int, *rest: Any, **options: Any) -> Any:
        modes.append(stat.S_IMODE(os.fstat(number).st_mode))
        return real(number, *rest, **options)

    monkeypatch.setattr(os, "fdopen", watched)
    before = os.umask(0)
    try:
        keep_login(a_login(), KEYS)
    finally:
        os.umask(before)
    file = accounts_file()
    assert modes == [0o600]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {each.name: each.stat().st_size for each in file.parent.glob(".*")} == {".writing.lock": 0}


def test_several_accounts_at_once() -> None:
    other = a_login("twitter:1", platform="twitter", account_id="1", name="@ada", server="x")
    far = a_login("mastodon:@ada@far.example", name="@ada@far.example", server="far.example")
    kept = [keep_login(each, KEYS) for each in (a_login(), other, far)]
    assert {login.account for login in logins()} == {login.account for login in kept}
    assert choose_login("twitter").account == "twitter:1"
    for word in ("ada@far.example", "@ADA@far.example", "mastodon:@ada@far.example"):
        assert choose_login("mastodon", word).account == far.account
    with pytest.raises(UsageError, match=r"@ada@far\.example, @ada@home\.example") as several:
        choose_login("mastodon")
    assert several.value.hint == "name one of them: --account @ada@far.example"
    with pytest.raises(UsageError, match="is not logged in"):
        choose_login("mastodon", "@bo@far.example")
    forget_login(kept[1])
    with pytest.raises(CredentialsError) as caught:
        choose_login("twitter")
    assert caught.value.hint == "log in first: plnmap login twitter"


def test_a_second_login_replaces_the_first() -> None:
    keep_login(a_login(), KEYS)
    kept = keep_login(a_login(posts=9), KEYS._replace(token=Secret("another-hush")))
    assert [login.posts for login in logins()] == [9]
    assert keys_of(kept).token.reveal() == "another-hush"
    assert "token-hush" not in accounts_file().read_text()


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"a": {"secrets": "hush"}}', '{"a": {"login": {"x": 1}}}']
)
def test_a_damaged_file_is_refused_without_a_word_of_it(content: str) -> None:
    accounts_file().parent.mkdir(parents=True)
    accounts_file().write_text(content)
    with pytest.raises(CredentialsError) as caught:
        logins()
    assert "hush" not in str(caught.value) + str(caught.value.__context__ or "")
    assert "delete it" in (caught.value.hint or "")


def test_a_login_without_its_secret_is_refused() -> None:
    kept = keep_login(a_login(), KEYS)
    assert kept.place == "file"
    accounts_file().write_text(accounts_file().read_text().replace('"token"', '"tokens"'))
    with pytest.raises(CredentialsError, match="cannot be read") as caught:
        keys_of(kept)
    assert "hush" not in "".join(traceback.format_exception(caught.value))


def test_who_may_not_write_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = tmp_path / "blocker"
    blocker.write_text("")
    monkeypatch.setenv("PLNMAP_CONFIG", str(blocker))
    with pytest.raises(CredentialsError, match="cannot be written"):
        keep_login(a_login(), KEYS)
