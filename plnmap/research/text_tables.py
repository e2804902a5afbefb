"""Tables of texts as researchers keep them: read row by row, written row by row, never held as a whole."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, TextIO

from plnmap.errors import BadData, UsageError
from plnmap.words import nearest

if TYPE_CHECKING:
    import pyarrow as pa

Row = list[Any]

ROWS_AT_ONCE: Final = 5_000
"""Rows that are held in memory: enough to be fast."""


class TextTable(NamedTuple):
    """A table while it is read."""

    columns: tuple[str, ...]
    """Names as they are; two may be the same."""
    rows: Iterator[Row]
    """One value per column: text out of CSV, whatever the file holds elsewhere."""
    types: Mapping[str, pa.DataType | str]
    """Types of the columns, where there are any: Arrow's own, or its names for them."""
    size: int
    """How much there is to read, in bytes or rows."""
    position: Callable[[], int]
    """How much of it has been read."""

    def number_of(self, name: str) -> int:
        """Which column goes by that name, counted from 0.

        Raises
        ------
        UsageError
            None does, or several do.
        """
        count = self.columns.count(name)
        if count == 1:
            return self.columns.index(name)
        if count:
            raise UsageError(f"{count} columns are called {name!r}", hint="rename all but one")
        close = nearest(name, self.columns)
        hint = f"did you mean: {', '.join(close)}" if close else f"columns: {', '.join(self.columns[:12])}"
        raise UsageError(f"there is no column {name!r}", hint=hint)


def open_table(path: Path, column: str) -> AbstractContextManager[TextTable]:
    """Open a table, of a kind that its name tells.

    Parameters
    ----------
    path
        .csv (commas, semicolons or tabs), .tsv, .parquet, or .jsonl and .ndjson (one object
        per line). Text is UTF-8, with or without a byte order mark. Blank lines of a CSV
        are skipped, and cells that a row lacks at its end are empty.
    column
        A column that ought to be in it: it shows what separates the cells of a .csv.

    Raises
    ------
    UsageError
        The name ends otherwise.
    BadData
        The content is not what the name says: on opening, or while the rows are read.
    """
    kind = path.suffix.lower()
    if kind not in _READERS:
        raise UsageError(
            f"plnmap cannot tell what kind of table {path.name} is",
            hint=f"its name has to end in {', '.join(_READERS)}",
        )
    return _READERS[kind](path, column)


@contextmanager
def _csv_table(path: Path, column: str) -> Iterator[TextTable]:
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
        rows = _csv_rows(path, file, _separator(path, column))
        columns = next(rows, None)
        if columns is None:
            raise BadData(f"{path.name} is empty", hint="its first line has to name the columns")
        size = os.fstat(raw.fileno()).st_size
        yield TextTable(tuple(columns), rows, {}, size, raw.tell)


def _separator(path: Path, column: str) -> str:
    if path.suffix.lower() != ".csv":
        return "\t"
    for separator in ",;\t":
        with (
            suppress(UnicodeDecodeError, csv.Error),
            path.open(encoding="utf-8-sig", newline="") as file,
        ):
            if column in next(csv.reader(file, delimiter=separator), []):
                return separator
    return ","


def _csv_rows(path: Path, file: TextIO, separator: str) -> Iterator[Row]:
    """The head and all rows, as wide as the head."""
    reader = csv.reader(file, delimiter=separator, strict=True)
    width = 0
    try:
        for row in reader:
            if not row:
                continue
            width = width or len(row)
            if len(row) > width:
                raise BadData(
                    f"{path.name}, line {reader.line_num:,}: {len(row)} cells under {width} headings",
                    hint='put cells that hold the separator in "…"',
                )
            yield row + [""] * (width - len(row))
    except UnicodeDecodeError as exc:
        raise BadData(
            f"{path.name} is not UTF-8 after line {reader.line_num:,}", hint="save it as “CSV UTF-8”"
        ) from exc
    except csv.Error as exc:
        raise BadData(
            f"{path.name}, line {reader.line_num:,}: {exc}",
            hint='is a quotation mark left open? In "…" the cell\'s own marks are doubled',
        ) from exc


@contextmanager
def _json_table(path: Path, column: str) -> Iterator[TextTable]:
    # Objects may differ in their keys: the first look is for the names, the second for the rows.
    with path.open("rb") as file:
        columns = tuple(dict.fromkeys(chain.from_iterable(_objects(path, file))))
    if not columns:
        raise BadData(f"{path.name} is empty", hint="each line has to be one JSON object")
    with path.open("rb") as file:
        rows = ([each.get(name) for name in columns] for each in _objects(path, file))
        yield TextTable(columns, rows, {}, os.fstat(file.fileno()).st_size, file.tell)


def _objects(path: Path, file: BinaryIO) -> Iterator[dict[str, Any]]:
    import msgspec

    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for number, line in enumerate(file, 1):
        if line := line.removeprefix(b"\xef\xbb\xbf").strip():
            try:
                yield decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as exc:
                raise BadData(
                    f"{path.name}, line {number:,}: {exc}", hint="each line has to be one JSON object"
                ) from exc


@contextmanager
def _parquet_table(path: Path, column: str) -> Iterator[TextTable]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
    except pa.ArrowException as exc:
        raise BadData(f"{path.name} is no Parquet file: {exc}") from exc
    with file:
        seen = [0]

        def rows() -> Iterator[Row]:
            try:
                for batch in file.iter_batches():
                    seen[0] += batch.num_rows
                    yield from map(list, zip(*(each.to_pylist() for each in batch.columns), strict=True))
            except (pa.ArrowException, OSError) as exc:
                raise BadData(f"{path.name} is damaged: {exc}") from exc

        schema = file.schema_arrow
        types = dict(zip(schema.names, schema.types, strict=True))
        yield TextTable(tuple(schema.names), rows(), types, file.metadata.num_rows, lambda: seen[0])


_READERS: Final[Mapping[str, Callable[[Path, str], AbstractContextManager[TextTable]]]] = {
    ".csv": _csv_table,
    ".tsv": _csv_table,
    ".tab": _csv_table,
    ".jsonl": _json_table,
    ".ndjson": _json_table,
    ".parquet": _parquet_table,
}


def write_table(form: str, table: TextTable, file: BinaryIO) -> None:
    """Write a table, as its rows come.

    Parameters
    ----------
    form
        One of `FORMATS`. csv: UTF-8 without a byte order mark, commas, lines that end in a
        line feed; what is null is an empty cell. json: an array of objects. parquet: columns
        without a stated type are text, and what is no text in them is written as JSON.
    table
        What to write.
    file
        Where to, open for bytes.

    Raises
    ------
    UsageError
        Two columns share a name, and the format is not csv.
    """
    twice = next((name for name in table.columns if table.columns.count(name) > 1), None)
    if twice is not None and form != "csv":
        raise UsageError(f"two columns are called {twice!r}", hint="choose --format csv, or rename one")
    _WRITERS[form](table, file)


_SIMPLE: Final = frozenset({str, int, float, type(None)})


def _cell(value: Any) -> Any:
    """A value as CSV shows it; text and numbers stay as they are."""
    if type(value) in _SIMPLE:
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str)


def _write_csv(table: TextTable, file: BinaryIO) -> None:
    text = codecs.getwriter("utf-8")(file)  # unlike a wrapper of io, it leaves the file open
    plain = csv.writer(text, lineterminator="\n")
    # The module leaves a lone carriage return bare, which other programs take for the end of a line.
    quoted = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in chain([table.columns], table.rows):
        cells = [_cell(value) for value in row]
        risky = any("\r" in cell for cell in cells if isinstance(cell, str))
        (quoted if risky else plain).writerow(cells)


def _write_json(table: TextTable, file: BinaryIO) -> None:
    import msgspec

    encode = msgspec.json.Encoder(enc_hook=str).encode
    before = b"[\n"
    for row in table.rows:
        file.write(before + encode(dict(zip(table.columns, row, strict=True))))
        before = b",\n"
    file.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _as_text(value: Any) -> str | None:
    return None if value is None else str(_cell(value))


def _write_parquet(table: TextTable, file: BinaryIO) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, table.types.get(name, pa.string())) for name in table.columns])
    with parquet.ParquetWriter(file, schema) as writer:
        while rows := list(islice(table.rows, ROWS_AT_ONCE)):
            columns = [
                pa.array(values if field.name in table.types else map(_as_text, values), field.type)
                for field, values in zip(schema, zip(*rows, strict=True), strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


_WRITERS: Final[Mapping[str, Callable[[TextTable, BinaryIO], None]]] = {
    "csv": _write_csv,
    "json": _write_json,
    "parquet": _write_parquet,
}
FORMATS: Final = tuple(_WRITERS)
"""What `write_table` can write."""
