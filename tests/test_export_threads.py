"""The longest tables of an export are written by a thread; it ends and fails with the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from plnmap.analysis.accounts.linking import link
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import egos
from plnmap.analysis.people import Network
from plnmap.analysis.settings import Settings
from plnmap.cli import run
from plnmap.errors import UnknownPerson
from plnmap.model import DirectMessageDay, Person
from plnmap.report.files import FORMATS, export_files, meanwhile
from plnmap.report.tables import ROWS_AT_ONCE, WHO_TO_WHOM, lay_out
from plnmap.store import Store
from tests.exports import ADA, BO, CY, contents, person, read, silent, small_world, write
from tests.records import at, filled, handle, post, put, source

ENDS = ("source", "target")

# Of which nobody waits for the end: half a minute.
LONG = "SELECT count(*) FROM range(100_000) AS one, range(100_000) AS other WHERE one.range + other.range < 0"


def think(store: Store) -> None:
    """Work that had better be told to stop."""
    store.connection.execute(LONG)


def world_of(store: Store, *people: Person) -> Network:
    """A network of these people, whatever the file says."""
    (ego,) = egos(store)
    return Network(ego, None, "index", "", [*people], [], [], [], Settings(), "strength")


def test_beside_is_the_same_file_without_what_is_temporary() -> None:
    with filled(source(owner=ADA)) as store, store.beside() as beside:
        assert beside.rows("SELECT owner FROM sources") == [(ADA,)]
        with store.transaction():
            store.connection.execute("DELETE FROM sources")
            assert beside.rows("SELECT owner FROM sources") == [(ADA,)]
        assert beside.rows("SELECT owner FROM sources") == []
        for one, other in ((store, beside), (beside, store)):
            one.rows("CREATE TEMP TABLE mine AS SELECT 1")
            assert other.rows("SELECT * FROM duckdb_tables() WHERE table_name = 'mine' AND temporary") == []
            one.rows("DROP TABLE mine")
        # A moment is the same text wherever the machine stands.
        said = "SELECT make_timestamptz(0)::VARCHAR, current_setting('enable_progress_bar')"
        assert beside.rows(said) == store.rows(said) == [("1970-01-01 00:00:00+00", False)]


def test_both_work_at_the_same_time_and_the_block_ends_when_both_are_done() -> None:
    started, told = threading.Event(), threading.Event()

    def work(beside: Store) -> str:
        started.set()
        assert told.wait(10)
        ((owner,),) = beside.rows("SELECT owner FROM sources")
        return str(owner)

    with filled(source(owner=ADA)) as store:
        with meanwhile(store, work) as working:
            assert started.wait(10)
            assert store.rows("SELECT count(*) FROM sources") == [(1,)]
            assert not working.done()
            told.set()
        assert working.result() == ADA


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_fails_in_the_block_stops_the_thread(error: type[BaseException]) -> None:
    with filled() as store:
        with pytest.raises(error), meanwhile(store, think) as working:
            raise error
        assert isinstance(working.exception(), duckdb.InterruptException)
        # The store itself was not interrupted.
        assert store.rows("SELECT 1") == [(1,)]


def test_a_thread_between_two_queries_is_told_again() -> None:
    def pause_and_think(beside: Store) -> None:
        time.sleep(0.2)
        think(beside)

    with filled() as store:
        with pytest.raises(KeyboardInterrupt), meanwhile(store, pause_and_think) as working:
            raise KeyboardInterrupt
        assert isinstance(working.exception(), duckdb.InterruptException)


def test_what_fails_in_the_thread_is_raised_at_the_end_of_the_block() -> None:
    def look_nowhere(beside: Store) -> None:
        beside.connection.execute("FROM nowhere")

    done = []
    with filled() as store:
        with pytest.raises(duckdb.CatalogException, match="nowhere"), meanwhile(store, look_nowhere):
            done.append("the block")
        assert done == ["the block"]
        assert store.rows("SELECT 1") == [(1,)]


# --- an export -----------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), UnknownPerson("nobody"), OSError("no space left")])
def test_an_export_that_is_stopped_while_people_are_weighed_leaves_nothing(
    stop: BaseException, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    def weighed() -> Iterator[Network]:
        # The thread has begun: there is a place for what it writes.
        assert len(list(tmp_path.rglob(".plnmap-export"))) == 1
        raise stop
        yield

    with filled(*small_world()) as store:
        for folder in (tmp_path, tmp_path / "not" / "there"):
            # What goes wrong with people is not told of the folder.
            with pytest.raises(type(stop)) as told:
                export_files(store, weighed(), folder, announce=silent)
            assert told.value is stop
            assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_networks_may_come_one_by_one(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        network = world_of(store, person(BO), person(CY))
        for folder, mapped in (("list", [network]), ("iterator", iter([network]))):
            export_files(store, mapped, tmp_path / folder, announce=silent)
    assert [row["account"] for row in read(tmp_path / "list", "people")] == [BO, CY]
    assert contents(tmp_path / "iterator") == contents(tmp_path / "list")


def test_an_ego_that_is_none_is_told_and_leaves_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pln.duckdb"
    with filled(*small_world(), path=file):
        pass
    folder = tmp_path / "not" / "there"
    assert run(["export", "-o", str(folder), "--ego", "@bo", "--pln", str(file)]) == 2
    assert "'@bo' is no ego of this file" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["pln.duckdb"]


def test_who_did_what_to_whom_names_people_as_the_accounts_do(tmp_path: Path) -> None:
    more = [DirectMessageDay(ADA, "twitter:@dee", date(2020, 1, 1), 2), handle("twitter:5", "Eve")]
    with filled(*small_world(), *more, post("14", ADA, "2020-01-04", reply_to="twitter:@eve")) as store:
        write(store, tmp_path)
    handles = {row["account"]: row["handle"] for row in read(tmp_path, "accounts")}
    assert handles["twitter:5"] == "Eve" and handles["twitter:@dee"] == "dee"
    for name in WHO_TO_WHOM:
        rows = read(tmp_path, name)
        assert {ADA, BO, "twitter:@cy", "twitter:5"} <= {row[end] for row in rows for end in ENDS}
        assert all(row[f"{end}_handle"] == handles[row[end]] for row in rows for end in ENDS)


def test_who_did_what_to_whom_goes_by_the_name_of_today(tmp_path: Path) -> None:
    def named(store: Store) -> set[tuple[str, str]]:
        write(store, tmp_path)
        return {(row["target"], row["target_handle"]) for row in read(tmp_path, "interactions")}

    with filled(*small_world()) as store:
        assert named(store) == {(BO, "Bo"), ("twitter:@cy", "cy")}
        put(store, source("b" * 64), handle(BO, "bo_now", "2024-01-01"), handle("twitter:3", "Cy"))
        assert named(store) == {(BO, "bo_now"), ("twitter:3", "Cy")}
        link(store, "twitter:3", BO, said_at=at("2024-01-02"))
        assert named(store) == {("twitter:3", "Cy")}


def test_long_tables_are_written_in_the_order_of_their_key_without_being_sorted(tmp_path: Path) -> None:
    """More rows than DuckDB keeps together, so that each of two threads has some."""
    order = '"at", platform, post_id::VARCHAR, kind, source, target'
    places = f"row_number() OVER () AS lies, row_number() OVER (ORDER BY {order}) AS belongs"
    with filled(*small_world()) as store:
        derive_ties(store, silent)
        store.rows("DELETE FROM interactions")
        store.rows(
            f"INSERT INTO interactions SELECT 'twitter', 'mention', '{ADA}', 'twitter:' || 10 + range % 2, "
            "TIMESTAMP '2020-01-01' + to_seconds(range // 4), 'second', "
            "'twitter:' || 1_000_000 + range // 2, 1, NULL, NULL FROM range(250_000)"
        )
        store.rows("SET threads = 2")
        for form in FORMATS:
            write(store, tmp_path / form, form=form)
            written = f"(SELECT {places} FROM read_{form}('{tmp_path / form / f'interactions.{form}'}'))"
            found = f"SELECT count(*), count(*) FILTER (lies <> belongs) FROM {written}"
            assert duckdb.sql(found).fetchone() == (250_000, 0)


def test_records_are_laid_out_as_they_are_however_many() -> None:
    people = [
        person(f"twitter:{number:03}", display_name=None if number % 2 else f'{number} \n "', in_touch=number)
        for number in range(2 * ROWS_AT_ONCE + 1)
    ]
    with filled(*small_world()) as store:
        for count in (0, 1, ROWS_AT_ONCE, len(people)):
            lay_out(store, [world_of(store, *people[:count])], announce=silent)
            laid = store.rows(f"SELECT {', '.join(Person._fields)} FROM exported_people ORDER BY account")
            assert laid == people[:count]
