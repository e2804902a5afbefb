"""Logging in and out, against a server that plays both platforms; no secret is ever to be seen."""

from __future__ import annotations

import io
import os
import pty
import re
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from plnmap.cli import run
from plnmap.errors import BadData, CredentialsError, UsageError
from plnmap.sources.clock import SetClock
from plnmap.sources.connection import Connection
from plnmap.sources.credentials import Keys, Secret, accounts_file, keep_login, keys_of, logins
from plnmap.sources.logging_in import X_REDIRECT, app_of, server_of, x_app, x_login
from plnmap.sources.oauth import begin, code_in, fetch_keys, token_in_force
from plnmap.sources.redirect import listening
from plnmap.store import open_store
from tests.records import at
from tests.scenario.mastodon_api import HOME, RULES, Mastodon
from tests.scenario.oauth import X_APP, X_SECRET, Door
from tests.scenario.oauth import X_REDIRECT as DOORS_REDIRECT
from tests.scenario.server import Scenario
from tests.scenario.world import small_world
from tests.scenario.x_api import HOST as X

Captured = pytest.CaptureFixture[str]
ADDRESS = re.compile(r"^(https://\S+/(?:oauth|oauth2)/authorize\?\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Scenario, Door]]:
    mastodon, door = Mastodon(small_world(posts=4, crowd=3, followed=2)), Door()
    mastodon.tokens = _Tokens(door)
    with Scenario([*door.routes(), *mastodon.routes()]) as server:
        yield server, door


class _Tokens(dict[str, str]):
    """Every token that the door gave out is Ada's, as long as it is good."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door

    def get(self, token: str, default: str | None = None) -> str | None:  # type: ignore[override]
        return "ada" if self.door.tokens.get(token) else default


@pytest.fixture
def door(servers: tuple[Scenario, Door], monkeypatch: pytest.MonkeyPatch) -> Door:
    server, door = servers
    hosts = ",".join(f"{host}={server.address(host)}" for host in (HOME, X))
    monkeypatch.setenv("PLNMAP_HOSTS", hosts)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "PLNMAP_MASTODON_TOKEN", "PLNMAP_TWITTER_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return door


class Seat:
    """A person at a terminal: the program in a process of its own, behind a pseudo-terminal."""

    def __init__(self, *arguments: str) -> None:
        self.child, self.screen = pty.fork()
        if self.child == 0:  # pragma: no cover - the other process
            os.execv(sys.executable, [sys.executable, "-m", "plnmap", *arguments])
        self.said = ""

    def until(self, words: str) -> str:
        """What is on the screen once these words are."""
        while words not in self.said:
            self.said += os.read(self.screen, 4096).decode()
        return self.said

    def type(self, line: str) -> None:
        os.write(self.screen, f"{line}\n".encode())

    def ends(self) -> int:
        """The rest of the screen, then the exit code."""
        try:
            while more := os.read(self.screen, 4096):
                self.said += more.decode()
        except OSError:
            pass  # how a terminal ends on Linux
        os.close(self.screen)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def nothing_shows(door: Door, *texts: str) -> bool:
    return not any(secret in text for secret in door.hushed() for text in texts)


def test_over_ssh_the_code_is_pasted(door: Door, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("PLNMAP_DEBUG", "1")
    with open_store(Path(os.environ["PLNMAP_FILE"]), create=True) as store:
        store.connection.execute("INSERT INTO computed VALUES ('a', 'b', 'c')")
    seat = Seat("login", "mastodon", f"https://{HOME}/@ada")
    screen = seat.until("Paste the code").replace("\r\n", "\n")
    assert all(rule in screen for rule in RULES)
    address = ADDRESS.search(screen)
    assert address is not None
    code = door.allow(address[1])
    seat.type(code)
    assert seat.ends() == 0
    assert f"logged in as @ada@{HOME}, to read only" in seat.said
    (login,) = logins()
    asked = dict(parse_qsl(urlsplit(address[1]).query))
    assert asked["scope"] == login.scopes and "write" not in login.scopes
    assert nothing_shows(door, seat.said, Path(os.environ["PLNMAP_FILE"]).read_bytes().decode("latin-1"))
    assert code not in seat.said
    assert run(["login", "--status"]) == 0
    status = capsys.readouterr().out
    assert f"@ada@{HOME}" in status and "read:accounts" in status and str(accounts_file()) in status
    assert nothing_shows(door, status)
    token = keys_of(login).token.reveal()
    assert door.tokens[token]
    assert run(["logout"]) == 0
    assert not door.tokens[token]
    assert (logins(), "hush" in accounts_file().read_text()) == ([], False)
    assert nothing_shows(door, *capsys.readouterr())


def test_a_browser_comes_back_by_itself(
    door: Door, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)

    def browse(address: str) -> bool:
        # One that comes back only when it is closed, and shows a page before that.
        return requests.get(door.allow(address), timeout=5).ok

    monkeypatch.setattr("webbrowser.open", browse)
    assert run(["login", "mastodon", HOME]) == 0
    assert [login.name for login in logins()] == [f"@ada@{HOME}"]
    assert nothing_shows(door, *capsys.readouterr())


def test_only_our_own_answer_is_taken() -> None:
    queries = ("", "?state=other&code=evil", "favicon.ico?state=ours", "?state=ours&code=good")
    with listening() as catcher:
        said: list[int] = []

        def browser() -> None:
            said.extend(requests.get(catcher.address + query, timeout=5).status_code for query in queries)

        thread = threading.Thread(target=browser, daemon=True)
        thread.start()
        assert catcher.wait("ours", 5).endswith("code=good")
        thread.join(5)
    assert said == [404, 404, 404, 200]
    # The same port again, of which the browser has just gone: whoever was too slow tries at once.
    with listening(urlsplit(catcher.address).port or 0):
        pass
    with listening() as catcher, pytest.raises(CredentialsError, match="in time"):
        catcher.wait("ours", 0.05)
    with listening() as catcher, pytest.raises(UsageError, match="listen on port"):
        listening(urlsplit(catcher.address).port or 0).__enter__()


def in_x(servers: tuple[Scenario, Door]) -> Connection:
    server, _ = servers
    return Connection(
        clock=SetClock(at("2024-01-01")), hosts={X: server.address(X), HOME: server.address(HOME)}
    )


def test_x_by_an_app_of_ones_own_and_its_tokens_are_renewed(
    servers: tuple[Scenario, Door], door: Door
) -> None:
    connection = in_x(servers)
    app = x_app(X_APP, Secret(X_SECRET))
    assert app.redirect == X_REDIRECT == DOORS_REDIRECT
    attempt = begin(app)
    keys, scopes = fetch_keys(connection, app, attempt, code_in(door.allow(attempt.address), attempt))
    assert "offline.access" in scopes
    assert "hush" not in repr((app, attempt, keys))
    login = keep_login(x_login(connection, keys, scopes, None), keys)
    assert (login.name, login.followers, login.following, login.posts, login.way) == (
        "@ada",
        12,
        0,
        3400,
        "user",
    )
    token = token_in_force(connection, login, app_of)
    first = token()
    connection.clock.sleep(7200 - 121)
    assert token() == first
    connection.clock.sleep(2)
    second = token()
    assert second != first and token() == second
    # What was renewed is kept: the next run begins with it, and the old refresh token is void.
    assert keys_of(login).token.reveal() == second
    assert token_in_force(connection, login, app_of)() == second
    stale = keep_login(login, keys)
    connection.clock.sleep(9000)
    with pytest.raises(CredentialsError, match="invalid_grant") as caught:
        token_in_force(connection, stale, app_of)()
    assert caught.value.hint == "log in again: plnmap login twitter"


def test_two_runs_that_renew_at_once_renew_once(servers: tuple[Scenario, Door], door: Door) -> None:
    connection, app = in_x(servers), x_app(X_APP, Secret(X_SECRET))
    attempt = begin(app)
    keys, scopes = fetch_keys(connection, app, attempt, code_in(door.allow(attempt.address), attempt))
    login = keep_login(x_login(connection, keys, scopes, None), keys)
    runs = [token_in_force(connection, login, app_of) for _ in range(3)]
    connection.clock.sleep(7200)
    before = len(door.tokens)
    with ThreadPoolExecutor() as pool:
        (token,) = set(pool.map(lambda run: run(), runs))
    assert (len(door.tokens), door.tokens[token]) == (before + 1, True)


def test_what_a_person_pastes(servers: tuple[Scenario, Door], door: Door) -> None:
    connection, app = in_x(servers), x_app(X_APP, Secret(X_SECRET))
    attempt = begin(app)
    with pytest.raises(CredentialsError, match="refused: access_denied"):
        code_in(door.refuse(attempt.address), attempt)
    with pytest.raises(CredentialsError, match="another login"):
        code_in(door.allow(begin(app).address), attempt)
    with pytest.raises(CredentialsError, match="no code"):
        code_in(f"{X_REDIRECT}?state={attempt.state}", attempt)
    for typed in ("", "two words", "line\x1b[31m", "ü"):
        with pytest.raises(CredentialsError, match="no code"):
            code_in(typed, attempt)
    with pytest.raises(CredentialsError) as caught:
        fetch_keys(connection, app, attempt, code_in("wrong", attempt))
    # What the server says is shown, without its escapes.
    assert "The code is [31minvalid" in caught.value.message
    # The code of another attempt is bound to that one's secret.
    other = begin(app)
    stolen = code_in(door.allow(other.address), other)
    with pytest.raises(CredentialsError):
        fetch_keys(connection, app, attempt, stolen)


def test_a_token_from_stdin_or_the_environment(
    servers: tuple[Scenario, Door], door: Door, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    door.tokens["given-hush"] = True
    monkeypatch.setattr("sys.stdin", io.StringIO("given-hush\n"))
    assert run(["login", "twitter", "--token-stdin"]) == 0
    assert run(["logout", "@ada"]) == 0
    assert "stays good" in capsys.readouterr().err
    monkeypatch.setenv("PLNMAP_TWITTER_TOKEN", "given-hush")
    assert run(["login", "twitter", "@ADA"]) == 0
    assert "taken as the token of an app" in capsys.readouterr().err
    # A token is shown to nobody whom it is not for: there is none for Mastodon yet.
    asked = len(servers[0].log)
    assert run(["login", "mastodon", HOME]) == 2
    assert not any(one.request.token for one in servers[0].log[asked:])
    monkeypatch.setenv("PLNMAP_MASTODON_TOKEN", "given-hush")
    assert run(["login", "mastodon", HOME]) == 0
    assert {(login.name, login.way) for login in logins()} == {("@ada", "app"), (f"@ada@{HOME}", "user")}
    assert run(["logout"]) == 2
    assert nothing_shows(door, *capsys.readouterr())


@pytest.mark.parametrize(
    ("token", "arguments", "code", "said"),
    [
        ("unknown-hush", ["twitter"], 3, "does not accept our token"),
        ("app-token-hush", ["twitter"], 3, "plnmap login twitter @you"),
        ("given-hush", ["twitter", "nobody"], 2, "nobody on X goes by 'nobody'"),
        ("given-hush", ["twitter", "no handle"], 2, "is no handle on X"),
        ("two words-hush", ["twitter"], 3, "that is no token"),
        ("unknown-hush", ["mastodon", HOME], 3, "log in again"),
    ],
)
def test_tokens_that_do_not_do(
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    token: str,
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    door.tokens["given-hush"] = True
    for platform in ("MASTODON", "TWITTER"):
        monkeypatch.setenv(f"PLNMAP_{platform}_TOKEN", token)
    assert run(["login", *arguments]) == code
    err = capsys.readouterr().err
    assert said in err and token not in err
    assert logins() == []


def test_logging_out_where_the_server_is_gone(
    door: Door, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    door.tokens["given-hush"] = True
    monkeypatch.setenv("PLNMAP_MASTODON_TOKEN", "given-hush")
    assert run(["login", "mastodon", HOME]) == 0
    (login,) = logins()
    keep_login(login, Keys(Secret("given-hush"), client_id="app-9", client_secret=Secret("s-hush")))
    monkeypatch.setenv("PLNMAP_HOSTS", f"{HOME}=http://127.0.0.1:1")
    capsys.readouterr()
    assert run(["logout"]) == 0
    said = capsys.readouterr().err
    assert "is logged out" in said and f"stays good at {HOME} until you take it back there" in said
    assert logins() == [] and "hush" not in accounts_file().read_text()


@pytest.mark.parametrize(
    ("arguments", "secret", "code", "said"),
    [
        (["--client-id", "ü"], "", 3, "that is no client id"),
        (["--client-id", "app"], "with a space-hush", 3, "that is no secret"),
        (["--client-id", "app", "--token-stdin"], "", 2, "two ways to log in"),
    ],
)
def test_an_app_that_cannot_be_one(
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    arguments: list[str],
    secret: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.setenv("PLNMAP_CLIENT_SECRET", secret)
    assert run(["login", "twitter", *arguments]) == code
    err = capsys.readouterr().err
    assert said in err and "hush" not in err


def test_nobody_to_be_asked(door: Door, capsys: Captured) -> None:
    assert run(["login", "twitter"]) == 2
    assert "--token-stdin" in capsys.readouterr().err
    assert run(["logout"]) == 3
    assert "nobody is logged in" in capsys.readouterr().err
    assert run(["login", "--status"]) == 0
    assert "nobody is logged in" in capsys.readouterr().out


def test_a_server_that_is_none(servers: tuple[Scenario, Door], door: Door, capsys: Captured) -> None:
    bodies: tuple[object, ...] = ({}, {"client_id": 1}, [])
    for body in bodies:
        with servers[0].fault("replace", path="/api/v1/apps", body=body):
            assert run(["login", "mastodon", HOME]) == BadData.exit_code
            assert f"{HOME} does not take in programs" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("social.example", "social.example"),
        ("Social.Example/", "social.example"),
        ("https://social.example/@ada", "social.example"),
        ("@ada@social.example", "social.example"),
        ("social.example:8443", "social.example:8443"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_a_server_is_named_in_many_ways(typed: str, host: str) -> None:
    assert server_of(typed) == host


@pytest.mark.parametrize(
    "typed",
    ["", "localhost", "127.0.0.1", "http://social.example", "-o.example", "a b.example", "x.example/x?y=1",
     "https://me:pass@social.example", "x.a\x1b[31m", "x" * 300 + ".example", "https://[::1", "a..example"],
)  # fmt: skip
def test_what_is_no_server(typed: str) -> None:
    with pytest.raises(UsageError, match="is no server") as caught:
        server_of(typed)
    assert "\x1b" not in caught.value.message
