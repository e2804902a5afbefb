"""An export: the tables as files, with a data dictionary and a manifest.

The rows never pass through Python: DuckDB sorts, renders and writes them. What
an export holds is written down in `plnmap.report.codebook`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from plnmap import __version__
from plnmap.analysis.derived import Announce
from plnmap.analysis.egos import egos
from plnmap.analysis.people import Network
from plnmap.analysis.settings import Settings
from plnmap.errors import FileUnavailable, UsageError
from plnmap.model import Column, Table
from plnmap.report.codebook import EXPORTED, HEADINGS, codebook, codebook_page
from plnmap.report.tables import lay_out
from plnmap.report.terminal import as_json
from plnmap.schema import MIGRATIONS
from plnmap.store import Store

FORMATS: Final = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet", "json": "FORMAT json, ARRAY"}
"""What DuckDB is told to write, by format."""

MANIFEST: Final = "manifest.json"
MADE_BY: Final = "plnmap export"
_UNFINISHED: Final = ".plnmap-export"

# A spreadsheet runs a cell that begins so as a formula; the wide forms too, in some languages.
_FORMULA: Final = r"^\s*[=+\-@＝＋－＠]"
_CONTROL: Final = r"[\x00-\x1f\x7f-\x{9f}]+"


def export_files(
    store: Store,
    networks: Sequence[Network],
    folder: Path,
    *,
    form: str = "csv",
    as_of: date | None = None,
    announce: Announce,
) -> dict[str, int]:
    """Write every table of the export contract, a data dictionary and a manifest.

    The same file and networks give the same bytes. Each file appears whole or
    not at all, the manifest last; what an earlier export left is replaced, and
    other files in the folder stay as they are.

    Parameters
    ----------
    store
        An open PLN file.
    networks
        The egos' networks, for the people.
    folder
        Where to; made if it is not there.
    form
        csv, parquet or json.
    as_of
        See `plnmap.report.tables.lay_out`.
    announce
        Told what is being done, where it takes more than a moment.

    Returns
    -------
    dict
        File name → rows, for the tables.

    Raises
    ------
    UsageError
        The folder holds a file of the same name that no export made.
    FileUnavailable
        The folder cannot be written, or the disk is full.
    """
    lay_out(store, networks, announce=announce, as_of=as_of)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        earlier = _earlier(folder, form)
        unfinished = folder / _UNFINISHED
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        try:
            announce("writing …")
            rows = {f"{each.name}.{form}": _write(store, each, form, unfinished) for each in EXPORTED}
            _write_codebook(unfinished, form)
            written = sorted(path.name for path in unfinished.iterdir())
            files = {name: {"rows": rows.get(name), "sha256": _sha256(unfinished / name)} for name in written}
            about = _manifest(store, networks, form, as_of) | {"files": files}
            (unfinished / MANIFEST).write_text(as_json(about), encoding="utf-8", newline="")
            for name in (*written, MANIFEST):
                (unfinished / name).replace(folder / name)
            for name in earlier - {*written, MANIFEST}:
                (folder / name).unlink(missing_ok=True)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return rows


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what the system and DuckDB say about a file that cannot be written into our own errors."""
    import duckdb

    try:
        yield
    except (OSError, duckdb.IOException) as exc:
        said = (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
        full = re.search(r"no space|too large|quota", said, re.IGNORECASE)
        raise FileUnavailable(
            f"{target} could not be written: {said}",
            hint="free some space and try again" if full else "name another place with -o",
        ) from exc


def rendered(column: Column, form: str, precision: str | None = None) -> str:
    """SQL that renders a column of the relation `laid` for a format.

    Parameters
    ----------
    column
        What to render.
    form
        csv, parquet or json.
    precision
        Name of the column that says whether a time is known to the day only.
    """
    name = f'laid."{column.name}"'
    if column.sql_type == "TIMESTAMP":
        if form == "parquet":
            return f"{name}::TIMESTAMPTZ"
        moment = f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ')"
        day = f"strftime({name}, '%Y-%m-%d')"
        return f"CASE WHEN laid.{precision} = 'day' THEN {day} ELSE {moment} END" if precision else moment
    if column.sql_type == "VARCHAR" and form == "csv":
        calm = f"regexp_replace({name}, '{_CONTROL}', ' ', 'g')"
        risky = f"regexp_matches({name}, '{_FORMULA}|{_CONTROL}')"
        guarded = f"CASE WHEN regexp_matches({calm}, '{_FORMULA}') THEN '''' || {calm} ELSE {calm} END"
        return f"CASE WHEN {risky} THEN {guarded} ELSE {name} END"
    return name


def _write(store: Store, each: Table, form: str, folder: Path) -> int:
    precision = "at_precision" if "at_precision" in each.names else None
    columns = ", ".join(f'{rendered(column, form, precision)} AS "{column.name}"' for column in each.columns)
    # By the key, then by everything: rows that tie differ in nothing.
    order = ", ".join(f'laid."{name}"' for name in dict.fromkeys((*each.key, *each.names)))
    target = str((folder / f"{each.name}.{form}").absolute()).replace("'", "''")
    query = f"SELECT {columns} FROM exported_{each.name} AS laid ORDER BY {order}"
    copied = store.connection.execute(f"COPY ({query}) TO '{target}' ({FORMATS[form]})").fetchone()
    return int(copied[0]) if copied else 0


def _write_codebook(folder: Path, form: str) -> None:
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(codebook(f".{form}"))
    (folder / "codebook.md").write_text(codebook_page(f".{form}"), encoding="utf-8", newline="")


_SOURCES: Final = ("source", "kind", "platform", "owner", "other_side", "retrieved_at", "reader_version")


def _manifest(store: Store, networks: Sequence[Network], form: str, as_of: date | None) -> dict[str, Any]:
    """What an export rests on: nothing of the clock, of paths or of the order of imports."""
    sources = store.rows(f"SELECT {', '.join(_SOURCES)} FROM exported_sources ORDER BY source")
    return {
        "made_by": MADE_BY,
        "plnmap": __version__,
        "schema_version": len(MIGRATIONS),
        "data_version": store.data_version(),
        "format": form,
        "as_of": as_of,
        "egos": [
            {"account": ego.account, "t0": ego.t0, "first": ego.first, "last": ego.last, "posts": ego.posts}
            for ego in egos(store)
        ],
        "networks": [
            {"ego": each.ego.account, "as_of": each.as_of, "scale": each.scale} for each in networks
        ],
        "settings": networks[0].stamp if networks else Settings().stamp(),
        "sources": [dict(zip(_SOURCES, row, strict=True)) for row in sources],
    }


def _earlier(folder: Path, form: str) -> set[str]:
    """Files that an earlier export left; refuse to write over anybody else's."""
    ours = {f"{each.name}.{form}" for each in EXPORTED} | {"codebook.csv", "codebook.md", MANIFEST}
    about: Any = None
    with suppress(FileNotFoundError, ValueError):
        about = json.loads((folder / MANIFEST).read_bytes())
    if isinstance(about, dict) and about.get("made_by") == MADE_BY and isinstance(about.get("files"), dict):
        known = {f"{each.name}.{other}" for each in EXPORTED for other in FORMATS}
        return known & set(about["files"])
    foreign = sorted(name for name in ours if (folder / name).exists())
    if foreign and not (folder / _UNFINISHED).exists():
        raise UsageError(
            f"{folder} holds {foreign[0]}, which no export made", hint="name another folder, or move it away"
        )
    return set()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
