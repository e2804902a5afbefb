"""How fast a platform may be asked: what it says in headers, and what we counted ourselves.

A *bucket* is a limit that some requests share: so many in so many seconds. Two
things hold a request back. Our own count never lets more than the limit into any
stretch of that length. What the server says it has left is kept to as well, since
other programs of the same account take from it, too.

Moments that a server names are its own clock's. They are read against the ``Date``
of the same answer, so that a clock that is off, theirs or ours, changes no wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

MARGIN: Final = timedelta(seconds=1)
"""Headers tell whole seconds."""

_LIMIT: Final = ("x-ratelimit-limit", "x-rate-limit-limit")
_REMAINING: Final = ("x-ratelimit-remaining", "x-rate-limit-remaining")
_RESET: Final = ("x-ratelimit-reset", "x-rate-limit-reset")

_MILLISECONDS_ABOVE: Final = 1e11
_SECONDS_LEFT_BELOW: Final = 1e8


class Bucket(NamedTuple):
    """A limit that some requests share: at most `limit` in `seconds`; None: as many as the server says."""

    name: str
    limit: int | None
    seconds: float


class Told(NamedTuple):
    """What an answer says about limits: how many, how many are left, and until when by our clock."""

    limit: int | None
    remaining: int | None
    resets_at: datetime | None


@dataclass(slots=True)
class _State:
    limit: int | None
    sent: deque[datetime] = field(default_factory=deque)
    remaining: int | None = None
    resets_at: datetime | None = None


class Pace:
    """When the next request may go. Keeps no clock: every method is told the moment, UTC."""

    def __init__(self) -> None:
        self._states: dict[str, _State] = {}

    def wait(self, buckets: tuple[Bucket, ...], now: datetime) -> float:
        """Seconds to wait before a request that belongs to these buckets; never negative."""
        return max((self._wait(bucket, now) for bucket in buckets), default=0.0)

    def sent(self, buckets: tuple[Bucket, ...], now: datetime) -> None:
        """Note that a request went out."""
        for bucket in buckets:
            state = self._state(bucket)
            state.sent.append(now)
            if state.remaining is not None:
                state.remaining -= 1

    def told(self, buckets: tuple[Bucket, ...], headers: Mapping[str, str], now: datetime) -> None:
        """Take in what an answer says.

        A request may belong to several buckets, and a server tells of one of them: the one of which
        the least is left. It cannot be one whose stretch is shorter than the time to the reset. And a
        longer limit that was only presumed is there for certain where no shorter one can be meant.
        """
        said = read_limits(headers, now)
        for bucket in buckets:
            until = None if said.resets_at is None else (said.resets_at - now).total_seconds()
            longest = max(each.seconds for each in buckets)
            if until is not None and bucket.seconds < longest and until > bucket.seconds:
                continue
            state = self._state(bucket)
            shorter = max((each.seconds for each in buckets if each.seconds < bucket.seconds), default=None)
            if state.limit is None and shorter is not None and (until is None or until <= shorter):
                continue
            if said.limit:
                # A lower one is kept to by what is left of it: in what time it holds, nobody says.
                state.limit = max(said.limit, state.limit or 0)
            if said.remaining is not None and until is not None:
                end = now + timedelta(seconds=min(until, bucket.seconds)) + MARGIN
                state.remaining, state.resets_at = said.remaining, end

    def _wait(self, bucket: Bucket, now: datetime) -> float:
        state = self._state(bucket)
        span = timedelta(seconds=bucket.seconds)
        # Also one that lies ahead, where our clock was set back.
        while state.sent and not now - span < state.sent[0] <= now:
            state.sent.popleft()
        until = now
        if state.limit is not None and len(state.sent) >= state.limit:
            until = state.sent[-state.limit] + span
        if state.resets_at is not None and state.resets_at <= now:
            state.remaining = state.resets_at = None
        if state.remaining is not None and state.remaining <= 0 and state.resets_at is not None:
            until = max(until, state.resets_at)
        return max(0.0, (until - now).total_seconds())

    def _state(self, bucket: Bucket) -> _State:
        return self._states.setdefault(bucket.name, _State(bucket.limit))


def read_limits(headers: Mapping[str, str], now: datetime) -> Told:
    """What the headers of an answer say about limits; what cannot be read is None.

    Parameters
    ----------
    headers
        Of the answer; the case of names does not matter.
    now
        Our moment of receiving it, UTC.

    Examples
    --------
    >>> moment = datetime(2024, 5, 1, 12, tzinfo=UTC)
    >>> said = {"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "2024-05-01T14:05:00Z",
    ...         "Date": "Wed, 01 May 2024 14:01:00 GMT"}
    >>> read_limits(said, moment).remaining, str(read_limits(said, moment).resets_at)
    (3, '2024-05-01 12:04:00+00:00')
    """
    lower = {name.lower(): value for name, value in headers.items()}
    reset = _moment(_first(lower, _RESET), now, _date(lower))
    return Told(_count(_first(lower, _LIMIT)), _count(_first(lower, _REMAINING)), reset)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that a refusal asks us to wait, at least 0; None where it does not say.

    >>> moment = datetime(2024, 5, 1, 12, tzinfo=UTC)
    >>> retry_after({"Retry-After": "90"}, moment), retry_after({"retry-after": "soon"}, moment)
    (90.0, None)
    >>> retry_after({"Retry-After": "Wed, 01 May 2024 14:02:00 GMT",
    ...              "Date": "Wed, 01 May 2024 14:01:00 GMT"}, moment)
    60.0
    """
    lower = {name.lower(): value for name, value in headers.items()}
    until = _moment(lower.get("retry-after"), now, _date(lower)) or read_limits(headers, now).resets_at
    return None if until is None else max(0.0, (until - now).total_seconds())


def _first(headers: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((headers[name] for name in names if name in headers), None)


def _count(said: str | None) -> int | None:
    return int(said) if said is not None and said.isascii() and said.isdigit() and len(said) < 10 else None


def _date(headers: Mapping[str, str]) -> datetime | None:
    return _written(headers["date"]) if "date" in headers else None


def _moment(said: str | None, now: datetime, date: datetime | None) -> datetime | None:
    """A moment of the server by our clock: an epoch, seconds from now, ISO 8601 or an HTTP date."""
    if said is None:
        return None
    try:
        if (number := _number(said)) is None:
            written = _written(said)
            return None if written is None else now + (written - (date or now))
        if number < _SECONDS_LEFT_BELOW:
            return now + timedelta(seconds=max(0.0, number))
        seconds = number / 1000 if number > _MILLISECONDS_ABOVE else number
        return now + (datetime.fromtimestamp(seconds, UTC) - (date or now))
    except (OverflowError, ValueError, OSError):
        return None


def _number(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None


def _written(said: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        try:
            moment = parsedate_to_datetime(said)
        except (ValueError, IndexError, OverflowError):
            return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
