"""A real HTTP server on loopback that plays several hosts, keeps count, and fails when told to.

It knows no platform: `mastodon_api.routes` and `x_api.routes` say what is answered.
"""

from __future__ import annotations

import gzip
import json
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.scenario.clock import wall

SLOW_SECONDS: Final = 0.05

FaultKind = Literal[
    "429",
    "429 without headers",
    "status",
    "reset",
    "slow body",
    "cut body",
    "invalid JSON",
    "wrong types",
    "replace",
]


class Request(NamedTuple):
    """What was asked. `query` holds the last value of each name; `host` is a host that is played."""

    host: str
    method: str
    path: str
    query: dict[str, str]
    token: str | None
    form: dict[str, str]
    base: str
    headers: dict[str, str]
    found: tuple[str, ...]
    raw_query: list[tuple[str, str]]


class Reply(NamedTuple):
    """What is answered. A body that is no bytes goes out as JSON."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = {}


class Route(NamedTuple):
    """Which requests a function answers: on these hosts, by this method, at this path (a whole match)."""

    hosts: frozenset[str]
    method: str
    path: re.Pattern[str]
    answer: Callable[[Request], Reply]


class Limit(NamedTuple):
    """So many requests in a window, for each token (or none), on these hosts and paths.

    Attributes
    ----------
    paged_only
        Counts only requests with one of these in the query (Mastodon limits those apart).
    style
        ``iso``: the window's end as a date (Mastodon); ``epoch``: in seconds since 1970 (X);
        ``none``: nothing is told, as GoToSocial may be set up.
    """

    hosts: frozenset[str]
    path: re.Pattern[str]
    requests: int
    seconds: float
    style: Literal["iso", "epoch", "none"] = "iso"
    paged_only: tuple[str, ...] = ()


@dataclass
class Fault:
    """Something that goes wrong: at requests whose path matches, after some, for some times.

    Attributes
    ----------
    times
        How often; None for ever.
    after
        How many matching requests go well first.
    status, headers, body
        What ``status`` and ``replace`` answer instead. ``replace`` may be a function of the good reply.
    retry_after
        For ``429``: what ``Retry-After`` says, in seconds; None leaves it out.
    """

    kind: FaultKind
    path: str = ".*"
    times: int | None = 1
    after: int = 0
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = b""
    retry_after: int | None = None
    seen: int = 0
    done: int = 0

    def strikes(self, path: str) -> bool:
        """Whether this request is one that goes wrong; counts it."""
        if re.search(self.path, path) is None:
            return False
        self.seen += 1
        if self.seen <= self.after or (self.times is not None and self.done >= self.times):
            return False
        self.done += 1
        return True


class Asked(NamedTuple):
    """One line of the log."""

    at: datetime
    request: Request
    status: int


class _Window:
    def __init__(self) -> None:
        self.began: float | None = None
        self.used = 0


@dataclass
class Scenario:
    """The server: `with Scenario([...]) as server:`, then `server.address(host)`.

    Attributes
    ----------
    routes, limits, faults
        May be changed while it runs.
    clock
        The true time: windows of limits end by it.
    skew
        Seconds by which the clock that the server tells (``Date``, ends of windows) is ahead.
    log
        All that was asked, in order.
    exceeded
        How often a limit was run into.
    """

    routes: list[Route] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    clock: Callable[[], datetime] = wall
    skew: float = 0
    log: list[Asked] = field(default_factory=list)
    exceeded: int = 0
    _servers: dict[str, ThreadingHTTPServer] = field(default_factory=dict)
    _windows: dict[tuple[int, str, str | None], _Window] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hosts(self) -> list[str]:
        """The hosts that are played."""
        return sorted({host for route in self.routes for host in route.hosts})

    def __enter__(self) -> Scenario:
        for host in self.hosts:
            self._serve(host)
        return self

    def _serve(self, host: str) -> None:
        handler = type("Handler", (_Handler,), {"scenario": self, "own_host": host})
        server = _Server(("127.0.0.1", 0), handler)
        self._servers[host] = server
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        self._servers.clear()

    def address(self, host: str) -> str:
        """Where a host is played: ``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self._servers[host].server_address[1]}"

    @contextmanager
    def fault(self, kind: FaultKind, path: str = ".*", **more: Any) -> Iterator[Fault]:
        """Let something go wrong inside the block."""
        one = Fault(kind, path, **more)
        self.faults.append(one)
        try:
            yield one
        finally:
            self.faults.remove(one)

    def counts(self) -> Counter[str]:
        """How often each path was asked for, with numbers of accounts and posts left out."""
        return Counter(shape(one.request.path) for one in self.log)

    def told_now(self) -> float:
        """What the server says the time is, in seconds since 1970."""
        return self.clock().timestamp() + self.skew

    def answer(self, request: Request) -> tuple[Reply, FaultKind | None]:
        """Find the route, count the limits, apply a fault."""
        with self._lock:
            reply, fault = self._answer(request)
            self.log.append(Asked(self.clock(), request, reply.status))
        return reply, fault

    def _answer(self, request: Request) -> tuple[Reply, FaultKind | None]:
        headers, over = self._limited(request)
        if over:
            self.exceeded += 1
            return Reply({"error": "Too many requests"}, 429, headers), None
        struck = next((one for one in self.faults if one.strikes(request.path)), None)
        if struck is not None and struck.kind in ("429", "429 without headers"):
            told = headers if struck.kind == "429" else {}
            if struck.retry_after is not None:
                told = {**told, "Retry-After": str(struck.retry_after)}
            return Reply({"error": "Too many requests"}, 429, told | struck.headers), None
        if struck is not None and struck.kind == "status":
            return Reply(struck.body, struck.status, headers | struck.headers), None
        reply = self._routed(request)
        if struck is not None:
            reply = _spoiled(reply, struck)
        return reply._replace(headers={**headers, **reply.headers}), struck.kind if struck else None

    def _routed(self, request: Request) -> Reply:
        for route in self.routes:
            if request.host in route.hosts and route.method == request.method:
                found = route.path.fullmatch(request.path)
                if found:
                    return route.answer(request._replace(found=tuple(part or "" for part in found.groups())))
        return Reply({"error": "Record not found"}, 404)

    def _limited(self, request: Request) -> tuple[dict[str, str], bool]:
        """Headers of the tightest limit that applies, and whether one is used up."""
        now = self.clock().timestamp()
        tightest: tuple[int, dict[str, str]] | None = None
        over = False
        for number, limit in enumerate(self.limits):
            if request.host not in limit.hosts or limit.path.fullmatch(request.path) is None:
                continue
            if limit.paged_only and not any(name in request.query for name in limit.paged_only):
                continue
            window = self._windows.setdefault((number, request.host, request.token), _Window())
            if window.began is None or now >= window.began + limit.seconds:
                window.began, window.used = now, 0
            window.used += 1
            remaining = max(0, limit.requests - window.used)
            over = over or window.used > limit.requests
            told = _told(limit, remaining, window.began + limit.seconds + self.skew)
            if tightest is None or remaining < tightest[0]:
                tightest = (remaining, told)
        return (tightest[1] if tightest else {}), over


def shape(path: str) -> str:
    """A path without numbers of accounts and posts.

    >>> shape("/api/v1/accounts/12/statuses")
    '/api/v1/accounts/:id/statuses'
    """
    return re.sub(r"/(?=[^/]*\d)(?!v\d/)[^/]+", "/:id", path)


def route(hosts: Iterable[str], path: str, answer: Callable[[Request], Reply], method: str = "GET") -> Route:
    """A row of a route table; ``:id`` in the path takes one part of it."""
    pattern = re.escape(path).replace(":id", "([^/]+)")
    return Route(frozenset(hosts), method, re.compile(pattern), answer)


def _told(limit: Limit, remaining: int, reset: float) -> dict[str, str]:
    if limit.style == "none":
        return {}
    moment = datetime.fromtimestamp(reset, UTC)
    written = f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}" if limit.style == "iso" else str(int(reset) + 1)
    prefix = "X-RateLimit" if limit.style == "iso" else "x-rate-limit"
    return {
        f"{prefix}-{'Limit' if limit.style == 'iso' else 'limit'}": str(limit.requests),
        f"{prefix}-{'Remaining' if limit.style == 'iso' else 'remaining'}": str(remaining),
        f"{prefix}-{'Reset' if limit.style == 'iso' else 'reset'}": written,
    }


def _spoiled(reply: Reply, fault: Fault) -> Reply:
    if fault.kind == "invalid JSON":
        return reply._replace(body=b'{"id": "1", "content": <html>')
    if fault.kind == "wrong types":
        return reply._replace(body=_twisted(reply.body))
    if fault.kind == "replace":
        body = fault.body(reply) if callable(fault.body) else fault.body
        return body if isinstance(body, Reply) else reply._replace(body=body)
    return reply


def _twisted(value: Any) -> Any:
    """Numbers for texts, texts for lists, lists for objects: what no client should trust."""
    if isinstance(value, dict):
        return {key: _twisted(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_twisted(part) for part in value] if value else "none"
    return {"oddly": "an object"} if isinstance(value, str) else "7" if isinstance(value, int) else value


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is nothing to be told."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    scenario: Scenario
    own_host: str

    def do_GET(self) -> None:
        self._go()

    def do_POST(self) -> None:
        self._go()

    def do_DELETE(self) -> None:
        self._go()

    def log_message(self, format: str, *args: Any) -> None:
        """The log is `Scenario.log`."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The ``Date`` header, by the clock that the server tells."""
        return super().date_time_string(self.scenario.told_now() if timestamp is None else timestamp)

    def _go(self) -> None:
        parts = urlsplit(self.path)
        asked = self.headers.get("Host", "").lower()
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length).decode("utf-8", "replace") if length else ""
        kind, _, secret = self.headers.get("Authorization", "").partition(" ")
        known = asked.partition(":")[0] in self.scenario.hosts
        request = Request(
            host=asked.partition(":")[0] if known else self.own_host,
            method=self.command,
            path=parts.path,
            query=dict(pairs),
            token=secret if kind == "Bearer" else None,
            form=_form(sent),
            base=f"https://{asked}" if known else f"http://{asked}",
            headers={name.lower(): value for name, value in self.headers.items()},
            found=(),
            raw_query=pairs,
        )
        reply, fault = self.scenario.answer(request)
        self._send(reply, fault)

    def _send(self, reply: Reply, fault: FaultKind | None) -> None:
        if fault == "reset":
            # Closing with unread time on the clock sends RST instead of FIN.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 2_000 and fault is None
        body = gzip.compress(body, 1) if packed else body
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json; charset=utf-8", **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault == "cut body":
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
        elif fault == "slow body":
            for start in range(0, len(body), max(1, len(body) // 4)):
                self.wfile.write(body[start : start + max(1, len(body) // 4)])
                self.wfile.flush()
                time.sleep(SLOW_SECONDS)
        else:
            self.wfile.write(body)


def _form(sent: str) -> dict[str, str]:
    """What was sent with a request, as JSON or as a form."""
    if sent.lstrip().startswith("{"):
        try:
            found = json.loads(sent)
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
    return dict(parse_qsl(sent, keep_blank_values=True))
