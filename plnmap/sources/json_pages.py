"""Large files of JSON, cut between their elements so that a little is held at a time.

Twitter/X wraps its arrays in a line of JavaScript; Mastodon puts them inside an
object. Both come out as pieces that are JSON arrays of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from plnmap.errors import BadData
from plnmap.sources.files import AGAIN, CHUNK_BYTES

ELEMENT_BYTES_AT_MOST: Final = 64 << 20
RECORD_BYTES_AT_MOST: Final = 1 << 20
"""No post with all its particulars comes near this."""

EXACT_TO: Final = 1 << 53
"""Beyond this, programs that rewrite JSON round whole numbers: such a number is no id."""

TOO_LARGE: Final = "larger than any post can be"
ODD_SHAPE: Final = "not as such a record should be"

_TRIES: Final = 16
_HEAD_BYTES: Final = 128 << 10
_WINDOW_BYTES: Final = 64 << 10
_BOM: Final = b"\xef\xbb\xbf"
_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff")
_ASSIGNMENT: Final = re.compile(rb"\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]*\s*=")
_OPENING: Final = re.compile(rb"\s*(\{\s*\"[^\"\\]{0,60})")
_BOUNDARY: Final = re.compile(rb"\}\s*,(?=\s*(\{\s*\"[^\"\\]{0,60}))")
_PAIR_OR_LONE: Final = re.compile(
    rb"(\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\[^u])|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

T = TypeVar("T")

_decoder: Final[Callable[[Any], Any]] = cache(msgspec.json.Decoder)


class Piece(NamedTuple):
    """A JSON array cut out of a file, where it stood, and how much was read to get it."""

    content: bytes
    offset: int
    bytes_read: int


class _Tail(msgspec.Struct):
    items: list[msgspec.Raw]


def split(name: str, chunks: Iterable[bytes], key: str | None = None) -> Iterator[Piece]:
    """Cut the array in a file into pieces that are arrays themselves.

    Parameters
    ----------
    name
        Name of the file, for errors.
    chunks
        Its content.
    key
        Where the file holds an object, the name of the array in it.

    Yields
    ------
    Piece
        Pieces of about the size of the chunks; nothing for an empty file.

    Raises
    ------
    BadData
        The file does not begin as it should, is in another encoding, or one
        element is larger than 64 MB.

    Examples
    --------
    >>> [piece.content for piece in split("x.js", [b'window.x = [{"a":1}]'])]
    [b'[{"a":1}]']
    """
    source = iter(chunks)
    buffer, offset = _opened(name, source, key)
    if offset == 0:
        return
    first = _OPENING.match(buffer)
    like = first[1] if first else b""
    unreported = offset + len(buffer)
    look_again_at = 0
    for chunk in source:
        if len(buffer) >= look_again_at:
            end, rest = _boundary(buffer, like)
            if end:
                yield Piece(b"[" + buffer[:end] + b"]", offset, unreported)
                buffer, offset = buffer[rest:], offset + rest
                unreported = look_again_at = 0
            else:
                buffer = _whole_characters(buffer, unsettled=12)
                look_again_at = 2 * len(buffer)
        if len(buffer) > ELEMENT_BYTES_AT_MOST:
            raise BadData(f"{name} holds an element of over 64 MB at byte {offset}", hint=AGAIN)
        buffer += chunk
        unreported += len(chunk)
    yield Piece(_closed(name, buffer, offset, key), offset, unreported)


def decode(
    name: str,
    piece: Piece,
    element: type[T],
    skipped: Counter[str],
    at_most: int = RECORD_BYTES_AT_MOST,
) -> list[T]:
    """Decode the elements of a piece.

    Parameters
    ----------
    name
        Name of the file, for errors.
    piece
        What `split` yielded.
    element
        The msgspec type of an element; all its fields have defaults.
    skipped
        Counts, by reason, the elements that are left out.
    at_most
        Bytes of an element beyond which it is left out.

    Raises
    ------
    BadData
        The piece is no JSON or not in UTF-8.
    """
    if len(piece.content) <= 2 * CHUNK_BYTES:
        # The usual case, at full speed; whatever is wrong is looked into below.
        with suppress(*_UNREADABLE):
            found: list[T] = _decoder(list[element]).decode(piece.content)  # type: ignore[valid-type]
            return found
    # The bracket in front was put there, or stood one byte before.
    with _explained(name, piece.offset - 1):
        parts = _decoder(list[msgspec.Raw]).decode(_whole_characters(piece.content))
        kept = []
        for part in parts:
            if len(part) > at_most:
                skipped[TOO_LARGE] += 1
                continue
            try:
                kept.append(lenient(bytes(part), element))
            except msgspec.DecodeError:
                skipped[ODD_SHAPE] += 1
    return kept


def decode_object(name: str, content: bytes, record: type[T]) -> T:
    """Decode a small file that holds one object.

    Raises
    ------
    BadData
        The file is no JSON, not in UTF-8, or holds something else.

    Examples
    --------
    >>> decode_object("x.js", b'var x = {"a": 1};', dict)
    {'a': 1}
    """
    content = content.removeprefix(_BOM)
    assignment = _ASSIGNMENT.match(content)
    start = assignment.end() if assignment else 0
    with _explained(name, start):
        return lenient(_whole_characters(content[start:].rstrip().rstrip(b";")), record)


def decode_lines(
    name: str, chunks: Iterable[bytes], record: type[T], skipped: Counter[str]
) -> Iterator[tuple[T, int]]:
    """Decode a file that holds one JSON object per line.

    Yields
    ------
    tuple
        An object, and how many bytes of the file it took.

    Raises
    ------
    BadData
        A line is no JSON, not in UTF-8, or larger than 64 MB.

    Examples
    --------
    >>> list(decode_lines("x.jsonl", [b'{"a":1}', b"\\n"], dict, Counter()))
    [({'a': 1}, 8)]
    """
    rest, offset = b"", 0
    for chunk in chain(chunks, (b"\n",)):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            with _explained(name, offset):
                if line.strip():
                    line.decode()
                    try:
                        yield lenient(_whole_characters(line.removeprefix(_BOM)), record), len(line) + 1
                    except msgspec.ValidationError:
                        skipped[ODD_SHAPE] += 1
            offset += len(line) + 1
        if len(rest) > ELEMENT_BYTES_AT_MOST:
            raise BadData(f"{name} holds a line of over 64 MB at byte {offset}", hint=AGAIN)


def _opened(name: str, source: Iterator[bytes], key: str | None) -> tuple[bytes, int]:
    """What follows the opening of the array in the first chunks, and where that begins; 0 if empty."""
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= _HEAD_BYTES:
            break
    if head.startswith(_OTHER_ENCODINGS):
        raise BadData(f"{name} is not in UTF-8", hint=AGAIN)
    start = len(_BOM) if head.startswith(_BOM) else 0
    if not head[start:].strip():
        return b"", 0
    assignment = _ASSIGNMENT.match(head, start)
    start = assignment.end() if assignment else start
    before = rb"\s*" if key is None else rb"\s*\{.{0,100000}?\"" + key.encode() + rb"\"\s*:\s*"
    opening = re.compile(before + rb"\[", re.DOTALL).match(head, start)
    if opening is None:
        raise BadData(f"{name} does not begin as such a file does", hint=AGAIN)
    return head[opening.end() :], opening.end()


def _boundary(buffer: bytes, like: bytes) -> tuple[int, int]:
    """Where an element ends and where the next begins; (0, 0) if that cannot be found.

    A cut inside an element or inside a text leaves something open, so that
    what is in front of it is no array: to try is to prove.
    """
    tried: set[int] = set()
    window = _WINDOW_BYTES
    while True:
        start = max(0, len(buffer) - window)
        found = [match for match in _BOUNDARY.finditer(buffer, start) if match.start() not in tried]
        # Elements of one array mostly begin with the same name; what they hold does not.
        found.sort(key=lambda match: (match[1] == like, match.start()), reverse=True)
        for match in found[: _TRIES - len(tried)]:
            if _is_array(b"[" + buffer[: match.start() + 1] + b"]"):
                return match.start() + 1, match.end()
            tried.add(match.start())
        if start == 0 or len(tried) >= _TRIES:
            return 0, 0
        window *= 8


def _is_array(content: bytes) -> bool:
    try:
        _decoder(list[msgspec.Raw]).decode(content)
    except _UNREADABLE:
        return False
    return True


def _closed(name: str, buffer: bytes, offset: int, key: str | None) -> bytes:
    """The last piece, with its own end but without what follows the array."""
    if key is None:
        return b"[" + buffer.rstrip().rstrip(b";")
    with _explained(name, offset):
        tail = _decoder(_Tail).decode(_whole_characters(b'{"items":[' + buffer))
    return b"[" + b",".join(bytes(item) for item in tail.items) + b"]"


def _whole_characters(content: bytes, unsettled: int = 0) -> bytes:
    """Replace halves of characters, which cut posts hold and which no decoder takes.

    The last `unsettled` bytes are left alone: the other half may follow them.
    The length stays the same.
    """
    if b"\\ud" not in content and b"\\uD" not in content:
        return content
    until = len(content) - unsettled
    return _PAIR_OR_LONE.sub(
        lambda match: match[1] or (match[0] if match.end() > until else b"\\ufffd"), content
    )


def lenient(raw: bytes, element: type[T]) -> T:
    """Decode one value, with numbers where texts should be, and the other way round, put right.

    Raises
    ------
    msgspec.ValidationError
        It has another shape.

    Examples
    --------
    >>> class Named(msgspec.Struct):
    ...     name: str | None = None
    >>> lenient(b'{"name": 12}', Named).name
    '12'
    """
    try:
        found: T = _decoder(element).decode(raw)
    except msgspec.ValidationError:
        found = msgspec.convert(_plain(_decoder(Any).decode(raw)), element, strict=False)
    return found


def _plain(value: Any) -> Any:
    """Numbers as the text they should have been; what says nothing, or cannot be trusted, left out."""
    if isinstance(value, dict):
        parts = {key: _plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(value, list):
        return [part for part in map(_plain, value) if part is not None]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) <= EXACT_TO else None
    return value


@contextmanager
def _explained(name: str, offset: int) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as exc:
        raise BadData(f"{name} is not in UTF-8 (after byte {offset})", hint=AGAIN) from exc
    except RecursionError as exc:
        raise BadData(f"{name} is nested too deeply (after byte {offset})", hint=AGAIN) from exc
    except msgspec.DecodeError as exc:
        within = re.search(r"\(byte (\d+)\)", str(exc))
        place = f"at byte {offset + int(within[1])}" if within else f"after byte {offset}"
        raise BadData(f"{name} is damaged {place}: {exc}", hint=AGAIN) from exc
