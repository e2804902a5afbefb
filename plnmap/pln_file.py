"""Getting at a PLN file on the disk: its place, its lock, a copy of it; and what goes wrong, in words."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

from plnmap.errors import BadData, FileUnavailable, PlnmapError, UsageError
from plnmap.statements import quoted

LOCK_WAIT_SECONDS: Final = 30.0

_NO_SUCH_PLACE: Final = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP)


@contextmanager
def place_of(path: Path | None, create: bool, wait_seconds: float) -> Iterator[tuple[Path | None, bool]]:
    """Where to open a PLN file, and whether it is new there."""
    with explained(path):
        is_there = path is not None and path.exists()
    if path is None or (is_there and (create or _may_write(path))):
        yield path, False
    elif is_there:
        with tempfile.TemporaryDirectory(prefix="plnmap-") as folder:
            yield _copy(path, Path(folder), wait_seconds), False
    elif create:
        with no_empty_folders(path.parent):
            with explained(path):
                path.parent.mkdir(parents=True, exist_ok=True)
            yield path, True
    else:
        raise UsageError(
            f"there is no PLN file at {path}",
            hint="import an archive first: plnmap import ARCHIVE.zip   (or see it work: plnmap demo,"
            " or ask a platform: plnmap collect --help)",
        )


@contextmanager
def no_empty_folders(folder: Path) -> Iterator[None]:
    """Whatever is made of a folder and those above it inside goes again, unless it holds something then."""
    unmade = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        yield
    finally:
        for each in unmade:
            with suppress(OSError):
                each.rmdir()


def _may_write(path: Path) -> bool:
    # DuckDB puts its log beside the file.
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _copy(path: Path, folder: Path, wait_seconds: float) -> Path:
    # Held open meanwhile, so that nobody writes into what is being copied.
    with explained(path), connect(path, wait_seconds, read_only=True):
        for each in (path, _log(path)):
            if each.exists():
                shutil.copyfile(each, folder / each.name)
    return folder / path.name


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def connect(path: Path | None, wait_seconds: float, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file as soon as nobody else holds it; None opens one in memory."""
    give_up = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(
                ":memory:" if path is None else str(path),
                read_only=read_only,
                config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
            )
        except duckdb.IOException as exc:
            if not _is_lock(exc) or time.monotonic() >= give_up:
                raise
            time.sleep(0.1)


def rewrite(path: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> None:
    """Write a PLN file anew: the bytes of deleted rows stay in an old one.

    The new file takes the place of the old one in one step, or not at all.

    Raises
    ------
    FileUnavailable
        Another process holds the file, or the disk is full.
    """
    place = path.resolve()
    fresh = place.with_name(f".{place.name}.fresh")
    with interruptible(), explained(path):
        connection = connect(place, wait_seconds)
        try:
            remove(fresh)
            connection.execute("CHECKPOINT")
            ((name,),) = connection.execute("SELECT current_database()").fetchall()
            connection.execute(f"ATTACH {quoted(str(fresh))} AS fresh")
            shutil.copymode(place, fresh)
            connection.execute(f"COPY FROM DATABASE {_name(name)} TO fresh")
            connection.execute("DETACH fresh")
            # Still held by us, so that nobody writes into the file that goes.
            fresh.replace(place)
        finally:
            connection.close()
            remove(fresh)


def remove(path: Path) -> None:
    """Delete a DuckDB file and the log beside it."""
    for each in (path, _log(path)):
        each.unlink(missing_ok=True)


def _name(said: str) -> str:
    return '"' + said.replace('"', '""') + '"'


def _is_lock(exc: duckdb.Error) -> bool:
    # DuckDB raises the same class for a lock, a missing file and a full disk.
    return "Could not set lock" in str(exc)


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn what DuckDB and the system say about the file into our own errors."""
    try:
        yield
    except duckdb.Error as exc:
        ours = _explain(exc, path)
        if ours is None:
            raise
        raise ours from exc
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise FileUnavailable(f"no space left for {path}", hint="free some space and try again") from exc
        named = exc.filename or path
        if exc.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            raise FileUnavailable(
                f"{named} may not be opened", hint="choose another with --pln FILE"
            ) from exc
        if exc.errno in _NO_SUCH_PLACE:
            raise UsageError(
                f"there can be no file {named}: {exc.strerror}", hint="choose another with --pln FILE"
            ) from exc
        raise


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C be Ctrl-C: DuckDB raises it as an error of its own."""
    try:
        yield
    except duckdb.InterruptException as exc:
        raise KeyboardInterrupt from exc
    except RuntimeError as exc:
        if isinstance(exc.__cause__, KeyboardInterrupt):
            raise KeyboardInterrupt from exc
        raise


def _explain(exc: duckdb.Error, path: Path | None) -> PlnmapError | None:
    said = str(exc)
    if _is_lock(exc):
        holder = re.search(r"PID (\d+)", said)
        who = f"process {holder[1]}" if holder else "another process"
        return FileUnavailable(
            f"{path} is in use by {who}", hint="wait until it is done, or end it, and try again"
        )
    if re.search(
        r"No space left|Could not write|File too large|Disk quota|write to file .* failed", said, re.I
    ):
        return FileUnavailable(
            f"the disk is full: {path} could not be written",
            hint="nothing was changed; free some space and try again",
        )
    if re.search(r"Permission denied|read-only", said, re.I):
        return FileUnavailable(f"{path} may not be opened for writing", hint="choose another with --pln FILE")
    if re.search(
        r"not a valid DuckDB|checksum|[Cc]orrupt|Is a directory|serializ|not read enough bytes", said
    ):
        return BadData(f"{path} is not a PLN file, or is damaged", hint="name another with --pln FILE")
    if isinstance(exc, duckdb.IOException):
        return FileUnavailable(f"{path} cannot be used: {said}", hint="choose another with --pln FILE")
    return None
