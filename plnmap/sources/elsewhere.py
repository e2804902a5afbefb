"""Hosts that are reached at another address than their name says: a server on this machine, say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from plnmap.errors import UsageError


class Elsewhere(HTTPAdapter):
    """Reaches hosts at other addresses, under their own names.

    The header ``Host``, the name asked for in TLS and the one looked for in the
    certificate stay what they were.

    Parameters
    ----------
    hosts
        Host → address, as `hosts_of` reads them.
    """

    def __init__(self, hosts: Mapping[str, str]) -> None:
        self._hosts = dict(hosts)
        super().__init__()

    def send(self, request: requests.PreparedRequest, *rest: Any, **options: Any) -> requests.Response:
        """Send one request, past any proxy where its host is elsewhere."""
        if host_of(request) in self._hosts:
            request.headers["Host"] = urlsplit(request.url or "").netloc
            options["proxies"] = {}
        return super().send(request, *rest, **options)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        """Where to connect to, and what to expect there."""
        asked = super().build_connection_pool_key_attributes(request, verify, cert)
        host, pool = cast("tuple[dict[str, Any], dict[str, Any]]", asked)
        if (address := self._hosts.get(host_of(request))) is not None:
            there = urlsplit(address)
            host.update(scheme=there.scheme, host=there.hostname, port=there.port)
            if there.scheme == "https":
                name = urlsplit(request.url or "").hostname
                pool.update(server_hostname=name, assert_hostname=name)
            else:
                pool.clear()
        return host, pool


def host_of(request: requests.PreparedRequest) -> str:
    """The host that a request is for, with its port where the address names one."""
    parts = urlsplit(request.url or "")
    host = (parts.hostname or "").lower()
    return f"{host}:{parts.port}" if parts.port else host


def hosts_of(written: str) -> dict[str, str]:
    """Host → address, from ``host=address,host=address``.

    >>> hosts_of("api.x.com=http://127.0.0.1:8001")
    {'api.x.com': 'http://127.0.0.1:8001'}

    Raises
    ------
    UsageError
        A part is not of that form, or its address is neither http nor https.
    """
    found = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        host, _, address = part.partition("=")
        there = urlsplit(address)
        if not host or there.scheme not in ("http", "https") or not there.hostname:
            raise UsageError(
                f"PLNMAP_HOSTS cannot be read: {part!r}", hint="write it as host=http://127.0.0.1:8001"
            )
        found[host.lower()] = address
    return found
