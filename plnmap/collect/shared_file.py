"""The PLN file while a collection goes on: open as long as pages come quickly, else free for others."""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from plnmap.errors import PlnmapError
from plnmap.pln_file import remove
from plnmap.store import Store, little_memory, open_store

LONGEST_HOLD_SECONDS: Final = 10.0
"""Who wants the file tries for half a minute: three chances."""

SLOW_SECONDS: Final = 1.0
"""A pause longer than this is worth the 50 ms that opening the file again costs."""


class SharedFile:
    """A PLN file that is held only while it is written to, or is about to be.

    Parameters
    ----------
    path
        The file; made where it is not there.

    Attributes
    ----------
    openings
        How often it was opened: in between, others may have written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_new = not path.exists()
        self._held = ExitStack()
        self._store: Store | None = None
        self._since = 0.0
        self.openings = 0

    def __enter__(self) -> SharedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store = None
        self._held.__exit__(kind, exc, trace)
        if kind is not None and self._is_new:
            _remove_if_empty(self._path)

    def open(self) -> Store:
        """The file, open; it waits for whoever else holds it."""
        if self._store is None:
            self._store = self._held.enter_context(open_store(self._path, create=True))
            self._held.enter_context(little_memory(self._store))
            self._since = time.monotonic()
            self.openings += 1
        return self._store

    def let_go(self) -> None:
        """Let others have the file."""
        self._store = None
        self._held.close()

    def before_pause(self, seconds: float) -> None:
        """Let go where nothing will be written for this long, or where it was held for long enough."""
        if seconds > SLOW_SECONDS or time.monotonic() - self._since > LONGEST_HOLD_SECONDS:
            self.let_go()


def _remove_if_empty(path: Path) -> None:
    """Let a new file go away again if nothing came before an error, though others may have seen it."""
    if not path.exists():
        return
    # Whoever holds it by now has put something in. And no system lets everybody delete an open file.
    with suppress(PlnmapError, OSError), open_store(path, wait_seconds=0) as store:
        if not store.rows("SELECT 1 FROM sources LIMIT 1"):
            # While we hold it, so that nobody writes into a file that goes.
            remove(path)
