"""The connection against a server that fails: what it survives, and how it gives up."""

from __future__ import annotations

import logging
import ssl
import subprocess
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from plnmap.errors import CredentialsError, PlnmapError, SourceUnreachable, StoppedByLimit, UsageError
from plnmap.sources.clock import SetClock
from plnmap.sources.connection import TRIES, Connection, connect, without_secrets
from plnmap.sources.pacing import Bucket
from tests.collect.failing import GOOD, FailingServer, Turn, failing_server

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "hush-4711"


@pytest.fixture
def server() -> Iterator[FailingServer]:
    with failing_server() as told:
        yield told


@pytest.fixture
def connection(server: FailingServer) -> Iterator[Connection]:
    with Connection(
        clock=SetClock(NOON), hosts={"api.example": server.address}, chance=lambda: 0.5, patience=(1, 0.2, 1)
    ) as made:
        yield made


def waited(connection: Connection) -> float:
    """Seconds that the connection let pass."""
    return (connection.clock.now() - NOON).total_seconds()


def ask(connection: Connection, path: str = "/api/v1/things?max_id=9") -> requests.Response:
    return connection.get(f"https://api.example{path}", headers={"Authorization": f"Bearer {SECRET}"})


def test_an_answer_comes_as_it_is_and_is_remembered(server: FailingServer, connection: Connection) -> None:
    assert ask(connection, "/prefix/api/v1/things?max_id=9").json() == {"fine": True}
    (heard,) = server.heard
    assert heard.path == "/prefix/api/v1/things?max_id=9"
    assert heard.headers["Host"] == "api.example"
    assert heard.headers["User-Agent"].startswith("plnmap/")
    answer = connection.answer
    assert answer is not None
    assert (answer.status, answer.body, answer.received_at) == (200, GOOD, NOON)
    assert answer.request == "https://api.example/prefix/api/v1/things?max_id=9"
    assert (connection.sent, waited(connection)) == (1, 0)


@pytest.mark.parametrize(
    "bad",
    [
        Turn(500, body=b"{}"),
        Turn(503, body=b""),
        Turn(fault="reset"),
        Turn(fault="slow"),
        Turn(fault="cut"),
        Turn(body=b'{"fine": tr'),
        Turn(body=b""),
    ],
    ids=["500", "503", "reset", "slow body", "cut body", "cut JSON", "no JSON"],
)
def test_a_stumble_is_tried_again_a_few_times(
    server: FailingServer, connection: Connection, bad: Turn
) -> None:
    server.turns = [bad, bad, Turn()]
    assert ask(connection).json() == {"fine": True}
    assert len(server.heard) == connection.sent == 3
    # Before the second and the third try 1 and 2 s, times 0.5 and the chance.
    assert waited(connection) == 3
    server.turns = [bad]
    with pytest.raises(SourceUnreachable, match=r"api\.example"):
        ask(connection)
    assert connection.sent == 3 + TRIES


def test_what_is_not_a_question_is_sent_once(server: FailingServer, connection: Connection) -> None:
    server.turns = [Turn(503), Turn()]
    with pytest.raises(SourceUnreachable):
        connection.post("https://api.example/oauth/token", data={"code": SECRET})
    assert len(server.heard) == 1
    server.turns = [Turn(429, (("Retry-After", "60"),), b"{}")]
    with pytest.raises(StoppedByLimit, match="no more for now"):
        connection.post("https://api.example/oauth/token", data={"code": SECRET})
    # Nobody waits for what is not tried again.
    assert (len(server.heard), waited(connection)) == (2, 0)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((("Retry-After", "17"),), 18),
        ((("Retry-After", "Fri, 20 Nov 2026 12:00:17 GMT"),), 18),
        ((("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "2026-11-20T12:04:00.000Z")), 241),
        ((("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "1795176240")), 241),
        ((("X-RateLimit-Reset", "2026-11-20T11:00:00Z"),), 2),
        ((("Retry-After", "-3"),), 2),
        ((), 60),
    ],
)
def test_a_rate_limit_is_waited_for(
    server: FailingServer, connection: Connection, headers: tuple[tuple[str, str], ...], seconds: float
) -> None:
    server.turns = [Turn(429, headers, b'{"error": "Too many requests"}'), Turn()]
    said: list[float] = []
    connection.on_wait = lambda seconds, why: said.append(seconds)
    assert ask(connection).ok
    assert waited(connection) == sum(said) == seconds


def test_the_clocks_of_server_and_client_may_differ(server: FailingServer, connection: Connection) -> None:
    theirs = NOON + timedelta(days=3)
    headers = (
        ("Date", f"{theirs:%a, %d %b %Y %H:%M:%S} GMT"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", (theirs + timedelta(seconds=50)).isoformat()),
    )
    server.turns = [Turn(429, headers, b"{}"), Turn()]
    ask(connection)
    assert waited(connection) == 51


def test_a_refusal_that_never_ends_does(server: FailingServer, connection: Connection) -> None:
    server.turns = [Turn(429, (("Retry-After", "1"),), b"{}")]
    with pytest.raises(StoppedByLimit, match="no more for now"):
        ask(connection)
    assert len(server.heard) == TRIES
    # 1, 2, 4 and 8 s, and a second each, since servers name whole ones.
    assert waited(connection) == 2 + 3 + 5 + 9


def test_a_wait_too_long_is_no_wait(server: FailingServer, connection: Connection) -> None:
    server.turns = [Turn(429, (("Retry-After", "90000"),), b"{}")]
    with pytest.raises(StoppedByLimit, match="until 2026-11-21 13:00 UTC"):
        ask(connection)
    assert (len(server.heard), waited(connection)) == (1, 0)


def test_a_server_where_nobody_is_logged_in_holds_up_nobody(
    server: FailingServer, connection: Connection
) -> None:
    address = "https://api.example/api/v1/things"
    server.turns = [Turn(429, (("Retry-After", "299"),), b"{}"), Turn()]
    assert connection.get(address).ok
    assert waited(connection) == 300
    server.turns = [Turn(429, (("Retry-After", "300"),), b"{}")]
    with pytest.raises(StoppedByLimit, match="until 2026-11-20 12:10 UTC"):
        connection.get(address)
    assert waited(connection) == 300


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, b"{}", CredentialsError),
        (402, b"", StoppedByLimit),
        (429, b'{"title": "UsageCapExceeded", "period": "Monthly"}', StoppedByLimit),
        (429, b'{"type": "https://api.twitter.com/2/problems/usage-capped"}', StoppedByLimit),
    ],
)
def test_what_no_waiting_ends_ends_at_once(
    server: FailingServer, connection: Connection, status: int, body: bytes, error: type[PlnmapError]
) -> None:
    server.turns = [Turn(status, (), body)]
    with pytest.raises(error) as caught:
        ask(connection)
    assert caught.value.hint
    assert (len(server.heard), waited(connection)) == (1, 0)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 422])
def test_what_is_said_of_one_page_comes_back_to_be_read(
    server: FailingServer, connection: Connection, status: int
) -> None:
    server.turns = [Turn(status, body=b"")]
    assert ask(connection).status_code == status
    assert connection.answer is not None
    assert connection.answer.status == status


def test_a_limit_is_kept_to_before_the_server_says_so(server: FailingServer) -> None:
    said: list[float] = []
    with Connection(
        lambda request: (Bucket("any", 3, 60),), clock=SetClock(NOON), hosts={"api.example": server.address}
    ) as connection:
        connection.on_wait = lambda seconds, why: said.append(seconds)
        for _ in range(7):
            ask(connection)
    assert said == [60, 60]


def test_libraries_see_no_limits(server: FailingServer, connection: Connection) -> None:
    names = ("X-RateLimit-Reset", "x-rate-limit-remaining")
    server.turns = [Turn(headers=tuple((name, "odd") for name in names))]
    assert not any("limit" in name.lower() for name in ask(connection).headers)
    assert connection.answer is not None
    assert connection.answer.headers["x-ratelimit-reset"] == "odd"


def test_our_token_goes_to_no_other_host(server: FailingServer, connection: Connection) -> None:
    with failing_server() as other:
        server.turns = [Turn(302, (("Location", f"{other.address}/elsewhere"),), b"")]
        with pytest.raises(SourceUnreachable, match="does not belong"):
            ask(connection)
        assert not other.heard


def test_a_redirect_within_a_host_is_followed(server: FailingServer, connection: Connection) -> None:
    server.turns = [Turn(301, (("Location", "/new?max_id=9"),), b""), Turn()]
    assert ask(connection).ok
    assert [heard.path for heard in server.heard] == ["/api/v1/things?max_id=9", "/new?max_id=9"]
    server.turns = [Turn(302, (("Location", "/again"),), b"")]
    with pytest.raises(SourceUnreachable, match="circle"):
        ask(connection)
    assert len(server.heard) == 6


def test_an_answer_may_not_be_endless(
    server: FailingServer, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plnmap.sources.connection.LARGEST_BODY", 10)
    server.turns = [Turn(body=b"[" + b" " * 20 + b"]")]
    with pytest.raises(SourceUnreachable):
        ask(connection)


def test_no_error_and_no_log_tells_the_token(
    server: FailingServer, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = [repr(connection), str(vars(connection))]
    for turn in (Turn(fault="reset"), Turn(401), Turn(500), Turn(429, (("Retry-After", "9999"),), b"{}")):
        server.turns = [turn]
        with pytest.raises(PlnmapError) as caught:
            ask(connection)
        said += [*traceback.format_exception(caught.value), caught.value.message, str(caught.value.hint)]
    said += [repr(connection.answer), *(record.getMessage() for record in caplog.records)]
    assert not [line for line in said if SECRET in line]


def test_nobody_listens(connection: Connection) -> None:
    with pytest.raises(SourceUnreachable, match=r"127\.0\.0\.1:9 cannot be reached: nobody listens there"):
        connection.get("http://127.0.0.1:9/")


def test_cursors_are_no_secrets() -> None:
    url = "https://u:p@a.example/2/users?pagination_token=7&code=x&client_secret=y&max_results=5"
    assert without_secrets(url) == "https://a.example/2/users?pagination_token=7&max_results=5"


def test_the_environment_says_where_hosts_are_and_what_time_it_is(
    server: FailingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLNMAP_HOSTS", f"api.example={server.address}, other.example=https://127.0.0.1:1")
    monkeypatch.setenv("PLNMAP_CLOCK", "2026-11-20T12:00:00Z")
    monkeypatch.setenv("PLNMAP_CONTACT", "mailto:ada@example.org")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    server.turns = [Turn(429, (("Retry-After", "100"),), b"{}"), Turn()]
    began = time.monotonic()
    with connect() as connection:
        assert ask(connection).ok
    assert connection.clock.now() == NOON + timedelta(seconds=101)
    assert time.monotonic() - began < 10
    assert "(+mailto:ada@example.org)" in server.heard[0].headers["User-Agent"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLNMAP_HOSTS", "api.example"),
        ("PLNMAP_HOSTS", "a=ftp://b"),
        ("PLNMAP_HOSTS", "=http://b"),
        ("PLNMAP_HOSTS", "a=http://"),
        ("PLNMAP_CLOCK", "noon"),
        ("PLNMAP_CONTACT", "ada\nX-Evil: 1"),
        ("PLNMAP_CONTACT", "adä"),
    ],
)
def test_an_environment_that_cannot_be_read_is_said_so(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name):
        connect()


def test_a_host_that_is_elsewhere_is_trusted_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tls_server(tmp_path, "social.example") as (address, authority):
        hosts = {"social.example": address, "other.example": address}
        with Connection(clock=SetClock(NOON), hosts=hosts) as connection:
            with pytest.raises(SourceUnreachable, match="certificate"):
                connection.get("https://social.example/")
            # Asking again would not make it any more trustworthy.
            assert connection.sent == 1
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
            assert connection.get("https://social.example/prefix/api").content == GOOD
            with pytest.raises(SourceUnreachable, match="certificate"):
                connection.get("https://other.example/")


@contextmanager
def tls_server(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    """A server whose certificate is for `name`; its address, and the certificate to trust."""
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name} "
        f"-addext subjectAltName=DNS:{name} -keyout key.pem -out cert.pem".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with failing_server(context) as told:
        yield told.address.replace("http:", "https:"), folder / "cert.pem"
