"""The one place below the command line that asks what time it is: a connection has to wait."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from plnmap.errors import UsageError

VARIABLE: Final = "PLNMAP_CLOCK"


class Clock(Protocol):
    """Tells the time, and lets it pass."""

    def now(self) -> datetime:
        """This moment, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait so long; not at all where `seconds` is not positive."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so long."""
        time.sleep(max(0.0, seconds))


class SetClock:
    """A clock that begins at a given moment and goes on by waiting alone, at once.

    >>> clock = SetClock(datetime(2024, 5, 1, tzinfo=UTC))
    >>> clock.sleep(90)
    >>> clock.now().isoformat()
    '2024-05-01T00:01:30+00:00'
    """

    def __init__(self, begins: datetime) -> None:
        self._now = begins

    def now(self) -> datetime:
        """The moment it has come to, UTC."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Go on by so much."""
        self._now += timedelta(seconds=max(0.0, seconds))


def clock_of_environment() -> Clock:
    """The clock of this machine, unless `PLNMAP_CLOCK` names a moment to begin at.

    Raises
    ------
    UsageError
        `PLNMAP_CLOCK` is no moment.
    """
    said = os.environ.get(VARIABLE)
    if not said:
        return SystemClock()
    try:
        begins = datetime.fromisoformat(said)
    except ValueError:
        raise UsageError(
            f"{VARIABLE} is no moment: {said!r}", hint="write it as 2024-05-01T00:00:00Z"
        ) from None
    return SetClock(begins.replace(tzinfo=UTC) if begins.tzinfo is None else begins.astimezone(UTC))
