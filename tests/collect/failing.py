"""A web server that answers as told, one answer after the other, and notes what it was asked."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

GOOD = b'{"fine": true}'


class Turn(NamedTuple):
    """One answer: its status, headers and body, and what goes wrong with it."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    body: bytes = GOOD
    fault: str = ""


class Heard(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]


class FailingServer:
    """Answers with `turns` in order, then with the last of them."""

    def __init__(self) -> None:
        self.turns: list[Turn] = [Turn()]
        self.heard: list[Heard] = []
        self.address = ""

    def next_turn(self) -> Turn:
        """The answer to give now."""
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


@contextmanager
def failing_server(context: ssl.SSLContext | None = None) -> Iterator[FailingServer]:
    """A server on loopback, as long as this lasts; with a context it speaks TLS."""
    told = FailingServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    told.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(told: FailingServer) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            told.heard.append(Heard(self.command, self.path, dict(self.headers.items())))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            _answer(self, told.next_turn())

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *rest: object) -> None:
            """Be quiet."""

    return Handler


def _answer(handler: BaseHTTPRequestHandler, turn: Turn) -> None:
    if turn.fault == "reset":
        # Closing at once, with data unread, is what the other end sees as a reset.
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.close()
        return
    handler.send_response_only(turn.status)
    for name, value in turn.headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(turn.body)))
    handler.end_headers()
    if turn.fault == "slow":
        handler.wfile.write(turn.body[:1])
        time.sleep(0.4)
    elif turn.fault == "cut":
        handler.wfile.write(turn.body[: len(turn.body) // 2])
        handler.close_connection = True
        return
    try:
        handler.wfile.write(turn.body)
    except OSError:
        handler.close_connection = True
