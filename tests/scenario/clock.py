"""A clock that both sides of a conversation can be given: waiting takes no time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class Clock:
    """A time that goes on only when somebody sleeps, plus a hair at each look."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The moment, UTC."""
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self.now().timestamp()

    def sleep(self, seconds: float) -> None:
        """Let time pass.

        Raises
        ------
        ValueError
            Nobody can sleep for less than no time.
        """
        if seconds < 0:
            raise ValueError(f"slept {seconds} s")
        with self._lock:
            self.slept.append(seconds)
            self._now += timedelta(seconds=seconds)


def wall() -> datetime:
    """The time of this machine, UTC."""
    return datetime.now(UTC)
