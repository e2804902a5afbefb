"""The address on this machine to which a browser is sent back after a login."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from plnmap.errors import CredentialsError, UsageError

PATIENCE_SECONDS: Final = 300.0
"""How long a person may take in the browser."""

SECONDS_OF_ONE: Final = 5.0
"""Whoever connects and says nothing does not keep the browser out for longer."""

_PAGE: Final = "<!doctype html><meta charset=utf-8><title>plnmap</title><p>{}</p>"
_DONE: Final = "You can close this page and go back to the terminal."


class _Server(TCPServer):
    # Else a port of which somebody else was just told goodbye is taken for a minute on Linux, and the
    # second try at a login fails. On Windows the same switch would let two programs share a port.
    allow_reuse_address = os.name == "posix"


class Catcher:
    """Waits for a browser at one address. Made by `listening`."""

    def __init__(self, server: TCPServer, path: str) -> None:
        host, port = server.server_address[:2]
        self.address = f"http://{host!s}:{port}{path}"
        self._server = server
        self._path = path

    def wait(self, state: str, patience_seconds: float = PATIENCE_SECONDS) -> str:
        """The address to which a browser came back with our own state; all else is turned away.

        Raises
        ------
        CredentialsError
            Nobody came in time.
        """
        came: list[str] = []
        path = self._path

        class Handler(BaseHTTPRequestHandler):
            timeout = SECONDS_OF_ONE

            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                is_ours = asked.path == path and parse_qs(asked.query).get("state") == [state]
                if is_ours:
                    came.append(self.path)
                body = _PAGE.format(_DONE if is_ours else "This is not the page you look for.").encode()
                self.send_response(200 if is_ours else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the code is in the address."""

        self._server.RequestHandlerClass = Handler
        give_up = time.monotonic() + patience_seconds
        while not came and (left := give_up - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        if not came:
            raise CredentialsError(
                "nobody came back from the browser in time", hint="begin again, with --no-browser if need be"
            )
        return came[0]


@contextmanager
def listening(port: int = 0, path: str = "/") -> Iterator[Catcher]:
    """Listen on this machine alone, at a given port or at any that is free.

    Raises
    ------
    UsageError
        The port is taken.
    """
    try:
        # `HTTPServer` would look up the name of this machine, which may take long.
        server = _Server(("127.0.0.1", port), BaseHTTPRequestHandler)
    except OSError as exc:
        raise UsageError(
            f"nothing can listen on port {port} here: {exc.strerror}",
            hint="end what uses it, or take --no-browser",
        ) from exc
    try:
        yield Catcher(server, path)
    finally:
        server.server_close()
