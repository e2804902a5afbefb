"""One safe, read-only view on a zip, a tar.gz, a folder or a single file.

Nothing is ever unpacked to disk. What comes out is counted against what went
in, so that a small file cannot become an endless one.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from plnmap.errors import BadData, UsageError

CHUNK_BYTES: Final = 4 << 20
MEMBERS_AT_MOST: Final = 200_000
"""Far more than the pictures of a busy decade; each costs memory before anything is read."""

RATIO_AT_MOST: Final = 200
"""Archives of posts shrink to a tenth or a thirtieth; a bomb to a thousandth."""

ALWAYS_ALLOWED_BYTES: Final = 16 << 20
SUFFIXES: Final = (".js", ".json", ".csv")
"""Pictures and pages inside an archive are not even listed."""

AGAIN: Final = "download it again; or unpack it, remove that file and import the folder"
_DIRECTORY_BYTES_AT_MOST: Final = MEMBERS_AT_MOST * 160
_DEPTH_AT_MOST: Final = 5
_HEAD_BYTES: Final = 16 << 10
_UNPACKED_HINT: Final = "unpack it and import the folder"
_DAMAGED: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an archive, by path below its top, with ``/`` between folders.

    Attributes
    ----------
    name
        Name of the archive, file or folder, without its path.
    sizes
        Path → size, bytes.
    path
        The file itself, where the source is a single file; else None.
    """

    name: str
    sizes: dict[str, int]
    path: Path | None
    _open: Callable[[str], IO[bytes]]
    _container: Path | None

    @property
    def only(self) -> str:
        """The name of the single file.

        Raises
        ------
        BadData
            There are several, or it is a folder or an archive.
        """
        if self.path is None:
            raise BadData(f"{self.name} is no single file", hint="give the file itself")
        (name,) = self.sizes
        return name

    def chunks(self, name: str, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """Yield the content of one file piece by piece.

        Raises
        ------
        BadData
            The file is damaged, encrypted, or much larger than it can be.
        """
        with _explained(f"{name} in {self.name}"), self._open(name) as stream:
            while piece := stream.read(size):
                yield piece

    def head(self, name: str, size: int = 64 << 10) -> bytes:
        """The first bytes of one file."""
        return next(self.chunks(name, size), b"")

    def read(self, name: str, at_most: int = CHUNK_BYTES) -> bytes:
        """The whole content of one small file.

        Raises
        ------
        BadData
            The file is damaged or larger than `at_most` bytes.
        """
        content = bytearray()
        for piece in self.chunks(name):
            content += piece
            if len(content) > at_most:
                raise BadData(f"{name} in {self.name} is larger than it can be", hint=AGAIN)
        return bytes(content)

    def digest(self, names: Iterable[str]) -> str:
        """SHA-256 of the archive file, or of the names and contents of these files of a folder."""
        if self._container is not None:
            with _explained(self.name), self._container.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        total = hashlib.sha256()
        for name in sorted(names):
            content = hashlib.sha256()
            for piece in self.chunks(name):
                content.update(piece)
            total.update(os.fsencode(name) + b"\0" + content.digest())
        return total.hexdigest()


@contextmanager
def open_files(path: Path) -> Iterator[Files]:
    """Look into a zip, a tar (plain or with gzip), a folder or a single file.

    Parameters
    ----------
    path
        The file or folder. A folder that holds nothing but one zip stands for that zip.

    Yields
    ------
    Files
        The view; closed with the context.

    Raises
    ------
    UsageError
        There is no such file, it may not be read, or it is neither file nor folder.
    BadData
        The archive is damaged, encrypted, or unsafe to read.
    """
    try:
        path = _only_zip(path) or path
        is_folder = path.is_dir()
        if path.exists() and not is_folder and not path.is_file():
            raise UsageError(f"{path} is neither a file nor a folder")
        head = b"" if is_folder else _first_bytes(path)
    except FileNotFoundError as exc:
        raise UsageError(f"there is no file or folder {path}", hint="check the path") from exc
    except (OSError, ValueError) as exc:
        raise UsageError(f"{path} cannot be opened", hint="check its name and permissions") from exc
    if is_folder:
        yield _folder(path)
    elif head.startswith((b"PK\3\4", b"PK\5\6")) or path.suffix.lower() == ".zip":
        with _zipped(path) as files:
            yield files
    elif head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar":
        with _tarred(path, packed=head.startswith(b"\x1f\x8b")) as files:
            yield files
    else:
        name = _told_name(head) or path.name
        yield Files(path.name, {name: path.stat().st_size}, path, lambda _: path.open("rb"), path)


def _only_zip(folder: Path) -> Path | None:
    if not folder.is_dir():
        return None
    found = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    if len(found) == 1 and found[0].suffix.lower() == ".zip" and found[0].is_file():
        return found[0]
    return None


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD_BYTES)


def _told_name(head: bytes) -> str | None:
    """The name that a file of an archive gives itself at its beginning, whatever it was renamed to."""
    if ytd := re.match(rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.(\w{1,40})\.part(\d{1,4})\s*=", head):
        kind, part = ytd[1].decode().replace("_", "-"), int(ytd[2])
        return f"{kind}-part{part}.js" if part else f"{kind}.js"
    if month := re.match(rb"(?:\xef\xbb\xbf)?\s*Grailbird\.data\.tweets_(\d{4}_\d\d)\s*=", head):
        return f"data/js/tweets/{month[1].decode()}.js"
    if re.search(rb'"id"\s*:\s*"outbox\.json"', head):
        return "outbox.json"
    return None


def _folder(root: Path) -> Files:
    top = root.resolve()
    sizes: dict[str, int] = {}
    seen = 0
    with _explained(root.name):
        for folder, subfolders, names in os.walk(top):
            relative = Path(folder).relative_to(top)
            deep = len(relative.parts) >= _DEPTH_AT_MOST
            subfolders[:] = [] if deep else [name for name in subfolders if not name.startswith(".")]
            seen += len(names)
            _bounded(seen, root.name)
            for name in names:
                if name.lower().endswith(SUFFIXES):
                    sizes[(relative / name).as_posix()] = (Path(folder) / name).lstat().st_size

    def opened(name: str) -> IO[bytes]:
        target = (top / name).resolve()
        if not target.is_relative_to(top) or not target.is_file():
            raise BadData(f"{name} in {top.name} is a link that leaves the folder, or no regular file")
        return target.open("rb")

    return Files(top.name, _wanted(sizes, top.name), None, opened, None)


@contextmanager
def _zipped(path: Path) -> Iterator[Files]:
    with _explained(path.name):
        _check_directory(path)
        archive = zipfile.ZipFile(path)
    with archive:
        _bounded(len(archive.filelist), path.name)
        members = {member.filename.replace("\\", "/"): member for member in archive.filelist}
        sizes = {name: member.file_size for name, member in members.items()}
        allowance = _Allowance(path)

        def opened(name: str) -> IO[bytes]:
            member = members[name]
            if member.flag_bits & 1:
                raise BadData(f"{path.name} is encrypted", hint=_UNPACKED_HINT)
            if stat.S_ISLNK(member.external_attr >> 16):
                raise BadData(f"{name} in {path.name} is a link", hint=_UNPACKED_HINT)
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadData(f"{path.name} is packed in an unusual way", hint=_UNPACKED_HINT)
            if member.file_size > ALWAYS_ALLOWED_BYTES + RATIO_AT_MOST * member.compress_size:
                raise allowance.exceeded()
            return cast(IO[bytes], _Counted(archive.open(member), allowance))

        yield Files(path.name, _wanted(sizes, path.name), None, opened, path)


def _check_directory(path: Path) -> None:
    """Refuse a list of members that would fill the memory, before zipfile loads it."""
    with path.open("rb") as stream:
        begun = stream.read(2) == b"PK"
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - (1 << 16) - 64))
        tail = stream.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 and not begun:
            raise BadData(f"{path.name} is called a zip and is none", hint="choose the archive as it came")
        if at < 0:
            raise BadData(f"{path.name} ends too early to be a whole zip", hint="download it again")
        (directory,) = struct.unpack_from("<I", tail, at + 12)
        locator = tail[max(0, at - 20) : at]
        if locator.startswith(b"PK\6\7"):
            (record,) = struct.unpack_from("<Q", locator, 8)
            stream.seek(min(record, size) + 40)
            (directory,) = struct.unpack("<Q", stream.read(8))
    if directory > _DIRECTORY_BYTES_AT_MOST:
        _bounded(MEMBERS_AT_MOST + 1, path.name)


@contextmanager
def _tarred(path: Path, *, packed: bool) -> Iterator[Files]:
    allowance = _Allowance(path)
    members: dict[str, tarfile.TarInfo] = {}
    with path.open("rb") as raw:
        stream = cast(IO[bytes], _Counted(gzip.GzipFile(fileobj=raw), allowance) if packed else raw)
        with _explained(path.name):
            archive = tarfile.open(fileobj=stream, mode="r:")  # noqa: SIM115 - closed with the view below
            for seen, member in enumerate(archive, start=1):
                _bounded(seen, path.name)
                members[member.name.removeprefix("./")] = member
        sizes = {name: member.size for name, member in members.items()}

        def opened(name: str) -> IO[bytes]:
            # To read a file of a tar is to unpack it from its beginning once more.
            allowance.renew()
            content = archive.extractfile(members[name]) if members[name].isreg() else None
            if content is None:
                raise BadData(f"{name} in {path.name} is a link", hint=_UNPACKED_HINT)
            return content

        with archive:
            yield Files(path.name, _wanted(sizes, path.name), None, opened, path)


def _wanted(sizes: dict[str, int], name: str) -> dict[str, int]:
    """Refuse paths that leave the archive; keep what may hold records."""
    for member in sizes:
        if member.startswith("/") or member[1:2] == ":" or ".." in member.split("/"):
            raise BadData(
                f"{name} holds a path that leaves the archive: {member!r}", hint="do not trust this archive"
            )
    return {
        member: size
        for member, size in sizes.items()
        if member.lower().endswith(SUFFIXES)
        # What macOS adds to a zip bears the names of the files it describes.
        and not member.startswith("__MACOSX/")
        and not member.rpartition("/")[2].startswith(".")
    }


def _bounded(members: int, name: str) -> None:
    if members > MEMBERS_AT_MOST:
        raise BadData(f"{name} holds too many files", hint="import only the archive's own folder")


class _Allowance:
    """How many bytes may come out of a compressed file."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._all = ALWAYS_ALLOWED_BYTES + RATIO_AT_MOST * path.stat().st_size
        self._left = self._all

    def spend(self, unpacked_bytes: int) -> None:
        self._left -= unpacked_bytes
        if self._left < 0:
            raise self.exceeded()

    def renew(self) -> None:
        self._left = self._all

    def exceeded(self) -> BadData:
        return BadData(
            f"{self._name} unpacks to over {RATIO_AT_MOST} times its size, as no archive of posts does",
            hint="do not trust it; if it is your own, unpack it and import the folder",
        )


class _Counted:
    """A stream that takes what it unpacks from an allowance."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, allowance: _Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._allowance.spend(len(piece))
        return piece

    def seek(self, offset: int) -> int:
        before = self.tell()
        # In steps, so that a jump over an endless stretch is noticed on the way.
        while before < offset:
            after = self._stream.seek(min(offset, before + CHUNK_BYTES))
            self._allowance.spend(after - before)
            if after == before:
                return after
            before = after
        return self._stream.seek(offset)

    def tell(self) -> int:
        return self._stream.tell()

    def __enter__(self) -> _Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as exc:
        raise BadData(f"{what} is damaged: {exc}", hint=AGAIN) from exc
