"""An export: the tables as files, with a data dictionary and a manifest.

The rows never pass through Python: DuckDB sorts, renders and writes them. What
an export holds is written down in `plnmap.report.codebook`.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from plnmap import __version__
from plnmap.analysis.derived import Announce, derive_ties
from plnmap.analysis.egos import egos
from plnmap.analysis.who_is_who import who_is_who
from plnmap.errors import FileUnavailable, UsageError
from plnmap.model import Column, Table
from plnmap.pln_file import no_empty_folders
from plnmap.report.codebook import EXPORTED, IDS, codebook_csv, codebook_page
from plnmap.report.tables import IN_ORDER, WHO_TO_WHOM, lay_out_ids, lay_out_rest, lay_out_ties
from plnmap.report.terminal import as_json
from plnmap.schema import migrations
from plnmap.statements import quoted
from plnmap.store import Store, database_settings

if TYPE_CHECKING:
    from plnmap.analysis.people import Network

FORMATS: Final = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet", "json": "FORMAT json, ARRAY"}
"""What DuckDB is told to write, by format."""

MEMORY_LIMIT: Final = "400MB"
"""Beyond this DuckDB uses the disk while an export is made: to sort a million rows would take most of it."""

ATTEMPT_SECONDS: Final = 0.05
"""How long to wait for a thread that was told to stop, before it is told again."""

MANIFEST: Final = "manifest.json"
MADE_BY: Final = "plnmap export"
_UNFINISHED: Final = ".plnmap-export"

# What `plnmap.words.spreadsheet_cell` does, and why. A glance at the text as it is saves most the work.
_FORMULA: Final = r'(^|;[ "]*)( *[=+\-@＝＋－＠])'
_CONTROL: Final = r"[\x00-\x1f\x7f-\x{9f}]"


def check_folder(folder: Path, form: str) -> None:
    """Say so before anything is computed where an export could not be written.

    Parameters
    ----------
    folder
        Where an export is to go; it need not be there.
    form
        csv, parquet or json.

    Raises
    ------
    UsageError
        There is a file in its place or on the way to it, or it holds a file of the same name that no
        export made. Or stdout is asked for, and an export is several files.
    FileUnavailable
        It may not be looked into.
    """
    if str(folder) == "-":
        raise UsageError("an export is several files, too many for stdout", hint="name a folder with -o")
    with writing(folder):
        met = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        if not met.is_dir():
            raise UsageError(f"{met} is a file, and an export is a folder", hint="name a folder with -o")
        _earlier(folder, form)


def export_files(
    store: Store,
    networks: Iterable[Network],
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
        The egos' networks, for the people. They may come from a generator: it is asked once the
        longest tables are being written.
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
    derive_ties(store, announce)
    with who_is_who(store), _draft(store, folder, form) as draft:
        with meanwhile(store, partial(_write_ties, draft, as_of)) as ties:
            mapped = [*networks]
            lay_out_rest(store, mapped, announce=announce, as_of=as_of)
            announce("writing …")
            rest = _write_all(store, [each for each in EXPORTED if each.name not in WHO_TO_WHOM], draft)
            rests_on = _rests_on(store, mapped, as_of)
        return _publish(draft, EXPORTED, ties.result() | rest, rests_on)


class ExportedIds(NamedTuple):
    """What was written, file name → rows, and what stayed out, table name → how many."""

    rows: dict[str, int]
    left_out: dict[str, int]


def export_ids(store: Store, folder: Path, *, form: str = "csv", announce: Announce) -> ExportedIds:
    """Write the ids of posts and accounts and nothing else: what may be passed on.

    Otherwise like `export_files`, also in what it replaces: of an earlier, full export of the same
    folder nothing is left. Ids in which somebody's handle stands are left out.

    Raises
    ------
    UsageError, FileUnavailable
        As `export_files`.
    """
    left_out = lay_out_ids(store, announce=announce)
    with _draft(store, folder, form) as draft:
        announce("writing …")
        rows = _publish(draft, IDS, _write_all(store, IDS, draft), {"left_out": left_out})
    return ExportedIds(rows, left_out)


class _Draft(NamedTuple):
    """An export that is being written: where to, where meanwhile, in which form, and what it replaces."""

    folder: Path
    unfinished: Path
    form: str
    earlier: set[str]


@contextmanager
def _draft(store: Store, folder: Path, form: str) -> Iterator[_Draft]:
    """Where to write out of sight, with little memory; gone afterwards."""
    unfinished = folder / _UNFINISHED
    with no_empty_folders(folder):
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            earlier = _earlier(folder, form)
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
        try:
            with database_settings(store, memory_limit=MEMORY_LIMIT):
                yield _Draft(folder, unfinished, form, earlier)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _publish(
    draft: _Draft, tables: Sequence[Table], rows: Mapping[str, int], rests_on: Mapping[str, Any]
) -> dict[str, int]:
    """Write codebook and manifest beside the tables, then move all to their places, the manifest last.

    Returns the rows of each table, in the order of the tables.
    """
    folder, unfinished, form, earlier = draft
    with writing(folder):
        _write_text(unfinished / "codebook.csv", codebook_csv(f".{form}", tables))
        _write_text(unfinished / "codebook.md", codebook_page(f".{form}", tables))
        written = sorted(path.name for path in unfinished.iterdir())
        files = {name: {"rows": rows.get(name), "sha256": _sha256(unfinished / name)} for name in written}
        about = {"made_by": MADE_BY, "plnmap": __version__, "format": form, **rests_on, "files": files}
        _write_text(unfinished / MANIFEST, as_json(about))
        for name in (*written, MANIFEST):
            (unfinished / name).replace(folder / name)
        for name in earlier - {*written, MANIFEST}:
            (folder / name).unlink(missing_ok=True)
    return {name: rows[name] for name in (f"{each.name}.{form}" for each in tables)}


_Done = TypeVar("_Done")


@contextmanager
def meanwhile(store: Store, work: Callable[[Store], _Done]) -> Iterator[Future[_Done]]:
    """Let a thread work on the store beside the block, which ends with it.

    What fails in the block stops the thread; what fails in the thread is raised at the end of the block.
    """
    with store.beside() as beside, ThreadPoolExecutor(max_workers=1) as threads:
        working = threads.submit(work, beside)
        try:
            yield working
            working.result()
        except BaseException:
            # A query that has not begun yet would not hear of it.
            while not working.done():
                beside.connection.interrupt()
                wait([working], ATTEMPT_SECONDS)
            raise


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what the system and DuckDB say about a file that cannot be written into our own errors."""
    import duckdb

    try:
        yield
    except BrokenPipeError:
        # Nobody reads what we say meanwhile: that is not about the file.
        raise
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
            # A cast would look every one up in the calendar of a time zone.
            return f"make_timestamptz(epoch_us({name}))"
        moment = f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ')"
        day = f"strftime({name}, '%Y-%m-%d')"
        return f"CASE WHEN laid.{precision} = 'day' THEN {day} ELSE {moment} END" if precision else moment
    if column.sql_type == "VARCHAR" and form == "csv":
        calm = f"regexp_replace({name}, '{_CONTROL}+', ' ', 'g')"
        guarded = rf"regexp_replace({calm}, '{_FORMULA}', '\1''\2', 'g')"
        return f"CASE WHEN regexp_matches({name}, '{_FORMULA}|{_CONTROL}') THEN {guarded} ELSE {name} END"
    return name


def _write_ties(draft: _Draft, as_of: date | None, store: Store) -> dict[str, int]:
    lay_out_ties(store, as_of=as_of)
    return _write_all(store, [each for each in EXPORTED if each.name in WHO_TO_WHOM], draft)


def _write_all(store: Store, tables: Sequence[Table], draft: _Draft) -> dict[str, int]:
    """Write tables that are laid out; file name → rows."""
    with writing(draft.folder):
        return {f"{each.name}.{draft.form}": _write(store, each, draft) for each in tables}


def _write(store: Store, each: Table, draft: _Draft) -> int:
    precision = "at_precision" if "at_precision" in each.names else None
    columns = ", ".join(
        f'{rendered(column, draft.form, precision)} AS "{column.name}"' for column in each.columns
    )
    # The key is unique, so that it leaves no two orders.
    order = ", ".join(f'laid."{name}"' for name in each.key)
    target = quoted(str((draft.unfinished / f"{each.name}.{draft.form}").absolute()))
    query = f"SELECT {columns} FROM exported_{each.name} AS laid"
    if each.name not in IN_ORDER:
        query += f" ORDER BY {order}"
    copied = store.connection.execute(f"COPY ({query}) TO {target} ({FORMATS[draft.form]})").fetchone()
    return int(copied[0]) if copied else 0


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


_SOURCES: Final = ("source", "kind", "platform", "owner", "other_side", "retrieved_at", "reader_version")


def _rests_on(store: Store, networks: Sequence[Network], as_of: date | None) -> dict[str, Any]:
    """What an export rests on: nothing of the clock, of paths or of the order of imports."""
    from plnmap.analysis.settings import Settings

    sources = store.rows(f"SELECT {', '.join(_SOURCES)} FROM exported_sources ORDER BY source")
    return {
        "schema_version": len(migrations()),
        "data_version": store.data_version(),
        "as_of": as_of,
        "egos": [
            {"account": ego.account, "t0": ego.t0, "first": ego.first, "last": ego.last, "posts": ego.posts}
            for ego in egos(store)
        ],
        "networks": [
            {"ego": each.ego.account, "as_of": each.as_of, "scale": each.scale} for each in networks
        ],
        "settings": (networks[0].settings if networks else Settings()).stamp()._asdict(),
        "sources": [dict(zip(_SOURCES, row, strict=True)) for row in sources],
    }


def _earlier(folder: Path, form: str) -> set[str]:
    """Files that an earlier export left; refuse to write over anybody else's."""
    tables = [each.name for each in (*EXPORTED, *IDS)]
    ours = {f"{name}.{form}" for name in tables} | {"codebook.csv", "codebook.md", MANIFEST}
    about: Any = None
    with suppress(FileNotFoundError, ValueError):
        about = json.loads((folder / MANIFEST).read_bytes())
    if isinstance(about, dict) and about.get("made_by") == MADE_BY and isinstance(about.get("files"), dict):
        known = {f"{name}.{other}" for name in tables for other in FORMATS}
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
