"""A table of acts, as researchers keep them: who, towards whom, of what kind, when.

Each row becomes a post without a text, so that the rest of the program sees
nothing special. Its key is made from its content: the same row read twice is
the same act.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final, NamedTuple, cast

from plnmap.errors import BadData
from plnmap.model import Coverage, Follow, Platform, Post, Reaction
from plnmap.sources.coverage import FROM_POSTS
from plnmap.sources.dates import parse_moment
from plnmap.sources.files import AGAIN, Files
from plnmap.sources.follows import rows
from plnmap.sources.opened import Opened, named_account, parse_account
from plnmap.sources.page import Page

KIND: Final = "edges"
READER_VERSION: Final = 1
ONLY_THE_TABLE: Final = "a table of acts: what it leaves out cannot be known"

_COLUMNS: Final = ("source", "target", "kind")
_KINDS: Final = {
    "reply": "reply",
    "mention": "mention",
    "quote": "quote",
    "boost": "boost",
    "retweet": "boost",
    "reblog": "boost",
    "favourite": "favourite",
    "favorite": "favourite",
    "like": "favourite",
    "follow": "follow",
}
_COLUMN: Final = re.compile(r"[\w .#/-]{1,40}")
"""What may name a column; the first line of an answer in JSON holds other signs."""
_COLUMNS_NAMED: Final = 12
_PARQUET: Final = b"PAR1"
_ROWS_PER_PAGE: Final = 4_000
_PARQUET_ROWS_PER_BYTE: Final = 20
_EPOCH: Final = re.compile(r"\d{9,10}(?:\.\d*)?|\d{12,13}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_YEARS: Final = range(1970, 2101)


class Row(NamedTuple):
    """One row, as text; `at` may be a moment already."""

    source: str
    target: str
    kind: str
    at: str | date | None
    platform: str | None


def finds(files: Files) -> bool:
    """Whether this is such a table."""
    if files.path is None:
        return False
    if files.head(files.only, 4) == _PARQUET:
        return set(_COLUMNS) <= {name.lower() for name in _parquet(files).schema_arrow.names}
    return _header(files) is not None


def open_edges(files: Files, owner: str | None, with_dm: bool) -> Opened:
    """Open a table of acts.

    Parameters
    ----------
    files
        A CSV or Parquet file with the columns source, target, kind and, if
        known, at and platform, in any order and case.
    owner
        Whose PLN it was collected for, if anybody's.
    with_dm
        Of no effect.

    Raises
    ------
    BadData
        It is no such table.
    UsageError
        The owner is no account.
    """
    first = next(_rows(files), None)
    platform = _platform(first) if first else "twitter"
    return Opened(
        kind=KIND,
        platform=platform,
        name=files.name,
        source=files.digest(files.sizes),
        reader_version=READER_VERSION,
        owner=named_account(platform, owner) if owner else None,
        total_bytes=sum(files.sizes.values()),
        retrieved_at=None,
        retrieved_from=None,
        read=partial(_read, files),
    )


def parse_at(at: str | date | None) -> tuple[datetime | None, str | None]:
    """When an act happened, and how precisely the table knows it.

    Parameters
    ----------
    at
        ISO 8601, seconds or milliseconds since 1970, or a bare date; empty where unknown.

    Raises
    ------
    ValueError
        It is none of these.

    Examples
    --------
    >>> parse_at("2020-02-01"), parse_at("1580515200")[1], parse_at("")
    ((datetime.datetime(2020, 2, 1, 0, 0, tzinfo=datetime.timezone.utc), 'day'), 'second', (None, None))
    """
    precision = "second"
    if isinstance(at, str):
        at = at.strip()
    if at is None or at == "":
        return None, None
    if isinstance(at, datetime):
        moment = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    elif isinstance(at, date):
        moment, precision = datetime(at.year, at.month, at.day, tzinfo=UTC), "day"
    elif _EPOCH.fullmatch(at):
        seconds = float(at) / (1000 if len(at) >= 12 and "." not in at else 1)
        moment = datetime.fromtimestamp(seconds, UTC)
    else:
        found = parse_moment(at)
        if found is None:
            raise ValueError(f"no date: {at!r}")
        moment, precision = found, "day" if _DAY.fullmatch(at) else "second"
    if moment.year not in _YEARS:
        raise ValueError(f"no date of a post: {moment}")
    return moment, precision


def lacking(files: Files) -> BadData | None:
    """What to say of a table that is none of acts, as it lacks columns; None of what is no table at all."""
    if files.path is None:
        return None
    if files.head(files.only, 4) == _PARQUET:
        return _lacking(files, _parquet(files).schema_arrow.names)
    names = max((names for _, names in _headers(files)), key=len)
    is_table = len(names) > 1 and all(map(_COLUMN.fullmatch, names))
    return _lacking(files, names) if is_table else None


def _lacking(files: Files, names: list[str]) -> BadData:
    missing = [one for one in _COLUMNS if one not in map(str.lower, names)]
    return BadData(
        f"{files.name} lacks the {'column' if len(missing) == 1 else 'columns'} {', '.join(missing)}",
        hint=f"a table of ties needs {', '.join(_COLUMNS)}, and at where the time is known; "
        f"this one has {', '.join(names[:_COLUMNS_NAMED])}{' …' if len(names) > _COLUMNS_NAMED else ''}",
    )


def _headers(files: Files) -> list[tuple[str, list[str]]]:
    """Delimiters, and the column names in lower case that the first line has by each of them."""
    line = files.head(files.only).partition(b"\n")[0].decode("utf-8-sig", "replace").strip()
    return [
        (delimiter, [name.strip().strip('"').lower() for name in line.split(delimiter)])
        for delimiter in ",;\t"
    ]


def _header(files: Files) -> tuple[str, list[str]] | None:
    """Delimiter and column names, if the first line is that of such a table."""
    return next((found for found in _headers(files) if set(_COLUMNS) <= set(found[1])), None)


def _rows(files: Files) -> Iterator[Row]:
    if files.head(files.only, 4) == _PARQUET:
        return _parquet_rows(files)
    found = _header(files)
    if found is None:
        raise lacking(files) or BadData(
            f"{files.name} is no table of acts", hint="its first line must name source, target, kind and at"
        )
    return _csv_rows(files, *found)


def _csv_rows(files: Files, delimiter: str, names: list[str]) -> Iterator[Row]:
    place = {name: number for number, name in enumerate(names)}
    name = files.only
    for number, cells in enumerate(rows(name, files.chunks(name), delimiter)):
        if number and cells:
            cells += [""] * (len(names) - len(cells))
            at, platform = (cells[place[one]] if one in place else None for one in ("at", "platform"))
            source, target, kind = (cells[place[one]] for one in _COLUMNS)
            yield Row(source, target, kind, at, platform)


def _parquet(files: Files) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(files.path)
    except (pa.ArrowException, OSError, ValueError) as exc:
        raise BadData(f"{files.name} is no whole Parquet file: {exc}", hint=AGAIN) from exc


def _parquet_rows(files: Files) -> Iterator[Row]:
    import pyarrow as pa

    table = _parquet(files)
    columns = {name.lower(): name for name in table.schema_arrow.names}
    if not set(_COLUMNS) <= columns.keys():
        raise _lacking(files, table.schema_arrow.names)
    if table.metadata.num_rows > _PARQUET_ROWS_PER_BYTE * files.sizes[files.only]:
        raise BadData(f"{files.name} unpacks to far more rows than it should", hint="do not trust it")
    used = [one for one in Row._fields if one in columns]
    try:
        for batch in table.iter_batches(_ROWS_PER_PAGE, columns=[columns[one] for one in used]):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                cells = dict(zip(used, values, strict=True))
                source, target, kind = (_text(cells[one]) for one in _COLUMNS)
                at = cells.get("at")
                at = at if isinstance(at, date) else _text(at)
                yield Row(source, target, kind, at, _text(cells.get("platform")))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as exc:
        raise BadData(f"{files.name} is damaged: {exc}", hint=AGAIN) from exc


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _platform(row: Row) -> Platform:
    told = (row.platform or row.source.partition(":")[0]).strip().lower()
    if told in ("twitter", "mastodon"):
        return cast(Platform, told)
    return "mastodon" if "@" in row.source.strip()[1:] else "twitter"


def _read(files: Files, opened: Opened) -> Iterator[Page]:
    window: list[datetime] = []
    repeated: Counter[bytes] = Counter()
    page = Page(files.name)
    size, read = opened.total_bytes, 0
    for row in _rows(files):
        when = _take(row, page, repeated)
        if when is not None:
            opened.saw(when)
            window = [min([when, *window]), max([when, *window])]
        read += 1
        if read % _ROWS_PER_PAGE == 0:
            yield page
            page = Page(files.name)
    page.bytes_read = size
    first, last = window or (None, None)
    if opened.owner is not None:
        page.coverage = [
            Coverage(opened.owner, kind, way, "partial", first, last, None, read, ONLY_THE_TABLE)
            for kind in FROM_POSTS
            for way in ("out", "in")
        ]
    yield page


def _take(row: Row, page: Page, repeated: Counter[bytes]) -> datetime | None:
    """Put the record of one row onto a page; its moment, if it has one."""
    kind = _KINDS.get(row.kind.strip().lower())
    platform = _platform(row)
    source, target = parse_account(platform, row.source), parse_account(platform, row.target)
    try:
        when, precision = parse_at(row.at)
    except (ValueError, OverflowError, OSError):
        page.skipped["date that cannot be read"] += 1
        return None
    if kind is None or source is None or target is None:
        page.skipped["kind that is not known" if kind is None else "source or target that is no account"] += 1
        return None
    if kind == "follow":
        page.follows.append(Follow(source, target, when, when))
        return when
    key = _key(platform, kind, source, target, when, precision, repeated)
    if kind == "favourite":
        page.reactions.append(Reaction(source, kind, key, target, when, precision, None))
    else:
        page.posts.append(_post(key, kind, source, target, when, precision))
    return when


def _key(
    platform: Platform,
    kind: str,
    source: str,
    target: str,
    when: datetime | None,
    precision: str | None,
    repeated: Counter[bytes],
) -> str:
    content = f"{platform}|{kind}|{source}|{target}|{when.isoformat() if when else ''}"
    digest = hashlib.sha1(content.encode(), usedforsecurity=False)
    if precision != "second":
        # Rows of one day that look alike are so many acts; two in the same second are one, told twice.
        short = digest.digest()[:8]
        repeated[short] += 1
        digest.update(f"|{repeated[short]}".encode())
    return f"{platform}:edge:{digest.hexdigest()}"


def _post(
    key: str, kind: str, source: str, target: str, when: datetime | None, precision: str | None
) -> Post:
    return Post(
        post=key,
        author=source,
        happened_at=when,
        at_precision=precision,
        text=None,
        lang=None,
        conversation=None,
        reply_to_post=None,
        reply_to=target if kind == "reply" else None,
        boost_of_post=None,
        boost_of=target if kind == "boost" else None,
        quote_of_post=None,
        quote_of=target if kind == "quote" else None,
        mentions=[target] if kind == "mention" else [],
        n_handles=1,
        links=[],
        hashtags=[],
        url=None,
        authority=1,
    )
