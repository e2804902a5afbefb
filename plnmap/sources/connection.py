"""The one connection over which platforms are asked: pace, retries, limits, and what came.

It is a `requests.Session`, so that tweepy takes it for its own. It sees no refusal that
waiting ends, and no headers on limits: it keeps count of these as well, in its own way.

What the environment may say:

``PLNMAP_HOSTS``
    ``api.x.com=http://127.0.0.1:8001,example.social=https://127.0.0.1:8443``: where
    hosts really are. Names in headers, certificates and what is kept stay theirs.
``PLNMAP_CLOCK``
    A moment at which time begins; see `plnmap.sources.clock`.
``PLNMAP_CONTACT``
    An address at which servers can reach whoever runs this.
``REQUESTS_CA_BUNDLE``, ``HTTPS_PROXY``, ``NO_PROXY``
    As `requests` reads them.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
import requests
from requests.structures import CaseInsensitiveDict

from plnmap import __version__
from plnmap.errors import CredentialsError, SourceUnreachable, StoppedByLimit, UsageError
from plnmap.sources.clock import Clock, clock_of_environment
from plnmap.sources.elsewhere import Elsewhere, host_of, hosts_of
from plnmap.sources.live import Answer
from plnmap.sources.pacing import MARGIN, Bucket, Pace, retry_after

TRIES: Final = 5
"""How often one request is sent where a server stumbles or asks to wait."""

LONGEST_WAIT: Final = timedelta(hours=1)
"""Who is told to wait for longer than this is better told to come back."""

LONGEST_WAIT_OF_A_STRANGER: Final = timedelta(minutes=5)
"""Servers where nobody is logged in may be anybody's: they do not hold up everything else."""

SECONDS_TO_CONNECT, SECONDS_TO_READ, SECONDS_IN_ALL = 10.0, 30.0, 120.0
LARGEST_BODY: Final = 32_000_000
REDIRECTS: Final = 3

_CURSORS: Final = ("pagination_token", "next_token")
_SECRETS: Final = ("token", "secret", "code", "password", "verifier", "oauth", "key")
_CAPPED: Final = (b"UsageCapExceeded", b"usage-capped")
_STUMBLED: Final = (500, 502, 503, 504, 520, 521, 522, 523, 524)
_UNTRUSTED: Final = "its certificate is not one that this machine trusts"
_LATER: Final = "run the same command again later"
_NO_SUCH_HOST: Final = "there is no host of that name"
_SPELLED: Final = f"see whether its name is right; else {_LATER}"
_WRITE_TOKENS_INTO_LOGS: Final = ("tweepy", "requests_oauthlib", "oauthlib")

Buckets = Callable[[requests.PreparedRequest], tuple[Bucket, ...]]
"""The limits that a request falls under."""


def no_limits(request: requests.PreparedRequest) -> tuple[Bucket, ...]:
    """Requests that fall under no limit known beforehand."""
    return ()


class Connection(requests.Session):
    """A session that keeps to limits, tries again, and remembers what came last.

    Parameters
    ----------
    buckets
        The limits that a request falls under.
    clock
        Tells the time and waits.
    hosts
        Host → address at which it really is, both as in ``PLNMAP_HOSTS``.
    contact
        Told to servers, so that they can reach whoever runs this.
    chance
        A number from 0 to 1, by which tries are spread.
    patience
        Seconds: to connect, for more to come, and for all of an answer.

    Attributes
    ----------
    answer
        What came last; None before that.
    sent
        How many requests went out.
    on_wait
        Told before a wait: how many seconds, and why.
    """

    def __init__(
        self,
        buckets: Buckets = no_limits,
        *,
        clock: Clock,
        hosts: Mapping[str, str] | None = None,
        contact: str | None = None,
        chance: Callable[[], float] = random.random,
        patience: tuple[float, float, float] = (SECONDS_TO_CONNECT, SECONDS_TO_READ, SECONDS_IN_ALL),
    ) -> None:
        super().__init__()
        self.clock: Final = clock
        self.answer: Answer | None = None
        self.sent = 0
        self.on_wait: Callable[[float, str], None] = lambda seconds, why: None
        self._buckets = buckets
        self._pace = Pace()
        self._chance = chance
        self._patience = patience
        # Else `requests` looks for a password of the host in ~/.netrc, and sends that in our token's place.
        self.auth = lambda request: request
        self.headers["User-Agent"] = f"plnmap/{__version__}" + (f" (+{contact})" if contact else "")
        adapter = Elsewhere(hosts or {})
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send a request as often as it takes, and give back what comes in the end.

        Raises
        ------
        CredentialsError
            Our token is not accepted.
        StoppedByLimit
            A cap on usage, no money left, or a wait that is too long.
        SourceUnreachable
            No answer, or none that can be used, after some tries.
        """
        request.headers["User-Agent"] = str(self.headers["User-Agent"])
        options["timeout"] = self._patience[:2]
        for _ in range(REDIRECTS + 1):
            response = self._persist(request, options)
            target = self.get_redirect_target(response)
            if target is None:
                return response
            request = _follow(request, response, target)
        raise SourceUnreachable(f"{host_of(request)} sends us in a circle", hint="try again later")

    def _persist(self, request: requests.PreparedRequest, options: dict[str, Any]) -> requests.Response:
        """One request, sent until its answer is one that waiting does not better."""
        host, trouble = host_of(request), ""
        longest = LONGEST_WAIT if "Authorization" in request.headers else LONGEST_WAIT_OF_A_STRANGER
        tries = TRIES if request.method == "GET" else 1
        for attempt in range(tries):
            self._wait_for_turn(request)
            seconds = 2.0**attempt * (0.5 + self._chance())
            try:
                response, answer = self._exchange(request, options)
            except (requests.RequestException, OSError) as exc:
                trouble = _in_words(exc)
            else:
                _refuse(answer, host)
                if response.status_code == 429:
                    trouble, seconds = "", _told_to_wait(attempt, answer, host, longest)
                elif response.status_code in _STUMBLED:
                    trouble = f"it answers with an error ({response.status_code})"
                elif not _is_whole(response):
                    trouble = "its answers come damaged"
                else:
                    return response
            if trouble == _UNTRUSTED:
                break
            if attempt < tries - 1:
                self._wait(seconds, trouble or f"the limit of {host}")
        if trouble:
            hint = _SPELLED if trouble == _NO_SUCH_HOST else _LATER
            raise SourceUnreachable(f"{host} cannot be reached: {trouble}", hint=hint)
        raise StoppedByLimit(f"{host} lets us ask no more for now", hint=_LATER)

    def _exchange(
        self, request: requests.PreparedRequest, options: dict[str, Any]
    ) -> tuple[requests.Response, Answer]:
        """Send once, read all of the answer, and keep it."""
        buckets = self._buckets(request)
        self.sent += 1
        self._pace.sent(buckets, self.clock.now())
        response = super().send(request, **{**options, "stream": True, "allow_redirects": False})
        with response:
            response._content = self._body(response)
        now = self.clock.now()
        self._pace.told(buckets, response.headers, now)
        headers = CaseInsensitiveDict(response.headers)
        url = without_secrets(request.url or "")
        self.answer = answer = Answer(url, response.status_code, headers, response.content, now)
        for name in [name for name in response.headers if "ratelimit" in name.lower().replace("-", "")]:
            del response.headers[name]
        return response, answer

    def _body(self, response: requests.Response) -> bytes:
        give_up = time.monotonic() + self._patience[2]
        body = bytearray()
        for piece in response.iter_content(65_536):
            body += piece
            if len(body) > LARGEST_BODY:
                raise requests.ConnectionError("an answer larger than any should be")
            if time.monotonic() > give_up:
                raise requests.Timeout("an answer slower than any should be")
        return bytes(body)

    def _wait_for_turn(self, request: requests.PreparedRequest) -> None:
        buckets = self._buckets(request)
        # Once may not do: a wait for one limit may end inside that of another.
        for _ in range(TRIES):
            seconds = self._pace.wait(buckets, self.clock.now())
            if seconds == 0:
                return
            self._wait(seconds, f"the limit of {host_of(request)}")

    def _wait(self, seconds: float, why: str) -> None:
        self.on_wait(seconds, why)
        self.clock.sleep(seconds)


def connect(buckets: Buckets = no_limits, *, clock: Clock | None = None) -> Connection:
    """A connection as the environment wants it.

    Raises
    ------
    UsageError
        ``PLNMAP_HOSTS``, ``PLNMAP_CLOCK`` or ``PLNMAP_CONTACT`` cannot be read.
    """
    for name in _WRITE_TOKENS_INTO_LOGS:
        logging.getLogger(name).setLevel(logging.WARNING)
    contact = os.environ.get("PLNMAP_CONTACT")
    if contact and not (contact.isascii() and contact.isprintable()):
        raise UsageError(
            f"PLNMAP_CONTACT cannot be sent: {contact!r}", hint="write it as mailto:you@example.org"
        )
    return Connection(
        buckets,
        clock=clock or clock_of_environment(),
        hosts=hosts_of(os.environ.get("PLNMAP_HOSTS", "")),
        contact=contact,
    )


def without_secrets(url: str) -> str:
    """An address without parameters that could let somebody in.

    >>> without_secrets("https://a.example/api?max_id=4&access_token=hush")
    'https://a.example/api?max_id=4'
    """
    parts = urlsplit(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() in _CURSORS or not any(word in name.lower() for word in _SECRETS)
    ]
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query=urlencode(kept)).geturl()


def _refuse(answer: Answer, host: str) -> None:
    """Stop where neither waiting nor another page would help."""
    if answer.status == 401:
        raise CredentialsError(f"{host} does not accept our token", hint="log in again: plnmap login")
    if answer.status == 402:
        raise StoppedByLimit(
            f"{host} wants money first: the credits of this app are used up",
            hint="add credits, then run the same command again",
        )
    if answer.status == 429 and any(word in answer.body for word in _CAPPED):
        raise StoppedByLimit(
            f"{host} gives no more in this billing period: its cap on usage is reached",
            hint="run the same command again in the next period",
        )


def _told_to_wait(attempt: int, answer: Answer, host: str, longest: timedelta) -> float:
    """Seconds that a refusal makes us wait."""
    told = retry_after(answer.headers, answer.received_at)
    # By its own account a refusal may be over that is not.
    seconds = 60.0 * 2**attempt if told is None else max(told, 2.0**attempt) + MARGIN.total_seconds()
    if told is not None and seconds > longest.total_seconds():
        until = answer.received_at + timedelta(seconds=seconds)
        raise StoppedByLimit(
            f"{host} lets us ask no more until {until:%Y-%m-%d %H:%M} UTC",
            hint="run the same command again then",
        )
    return min(seconds, longest.total_seconds())


def _follow(
    request: requests.PreparedRequest, response: requests.Response, target: str
) -> requests.PreparedRequest:
    """The request that a redirect asks for, as long as our token stays where it belongs."""
    here, there = urlsplit(request.url or ""), urlsplit(requests.compat.urljoin(request.url or "", target))
    if (there.scheme, there.netloc) != (here.scheme, here.netloc) or request.method != "GET":
        raise SourceUnreachable(
            f"{host_of(request)} sends us on to {there.hostname}, where our token does not belong",
            hint="log in there, if that is its new name",
        )
    again = request.copy()
    again.url = there.geturl()
    return again


def _is_whole(response: requests.Response) -> bool:
    """Whether an answer that says it is JSON is: one that was cut is not."""
    if response.status_code != 200 or "json" not in response.headers.get("Content-Type", ""):
        return True
    try:
        msgspec.json.decode(response.content, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _in_words(exc: Exception) -> str:
    """What went wrong, without addresses, which may hold more than is good to print."""
    # One whose name is another's is told apart by words alone.
    if "CERTIFICATE_VERIFY_FAILED" in str(exc) or "doesn't match" in str(exc):
        return _UNTRUSTED
    if isinstance(exc, requests.Timeout):
        return "it does not answer in time"
    if isinstance(exc, (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)):
        return "its answers break off"
    if "NameResolution" in repr(exc):
        return _NO_SUCH_HOST
    if "refused" in str(exc):
        return "nobody listens there"
    return "the connection breaks"
