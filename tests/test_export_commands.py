"""Where an export is written, and the commands that write it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plnmap.analysis.derived import derive_ties
from plnmap.commands.exporting import export, graph
from plnmap.commands.importing import import_path
from plnmap.errors import FileUnavailable, SeveralEgos, UsageError
from plnmap.model import Interaction, TieDay, table
from plnmap.report.files import FORMATS, check_folder
from plnmap.schema import MERGES
from plnmap.store import open_store
from tests.exports import ADA, ARCHIVE_B, BO, CY, contents, networks, read, silent, small_world, write
from tests.records import covered, filled, post, put, source

# --- the folder ----------------------------------------------------------------------------------


def test_files_of_others_stay_and_earlier_exports_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with filled(*small_world()) as store:
        write(store, tmp_path, "csv")
        write(store, tmp_path, "parquet")
    names = {path.name for path in tmp_path.iterdir()}
    assert "people.parquet" in names and "people.csv" not in names
    assert {"codebook.csv", "codebook.md", "manifest.json", "notes.txt"} <= names
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["people.csv", "manifest.json", "codebook.md"])
def test_a_file_that_no_export_made_is_not_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("[1]")
    with filled(*small_world()) as store, pytest.raises(UsageError, match=name):
        write(store, tmp_path)
    assert contents(tmp_path) == {name: b"[1]"}


def test_a_manifest_cannot_make_an_export_delete_other_files(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    folder = tmp_path / "out"
    folder.mkdir()
    listed: dict[str, Any] = {"../victim.txt": {}, "notes.txt": {}}
    (folder / "notes.txt").write_text("x")
    (folder / "manifest.json").write_text(json.dumps({"made_by": "plnmap export", "files": listed}))
    with filled() as store:
        write(store, folder)
    assert victim.exists() and (folder / "notes.txt").exists()


def test_an_interrupted_export_leaves_no_half_file_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(*small_world()) as store:
        write(store, tmp_path)
        before = contents(tmp_path)
        put(store, source(ARCHIVE_B, BO), post("50", BO, reply_to=ADA), origin=ARCHIVE_B)

        def stop(suffix: str, tables: object) -> str:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("plnmap.report.files.codebook_csv", stop)
            with pytest.raises(KeyboardInterrupt):
                write(store, tmp_path)
        assert contents(tmp_path) == before
        # A killed process cannot clean up after itself: the next export does, in a folder half made.
        (tmp_path / "manifest.json").unlink()
        (tmp_path / ".plnmap-export").mkdir()
        (tmp_path / ".plnmap-export" / "people.csv").write_text("half a f")
        write(store, tmp_path)
    assert contents(tmp_path).keys() == before.keys()
    assert contents(tmp_path) != before


def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with filled() as store, pytest.raises(FileUnavailable, match="file"):
        write(store, tmp_path / "file")


@pytest.mark.parametrize("form", FORMATS)
def test_what_stands_in_the_way_is_told_before_anything_is_computed(form: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / f"people.{form}").write_text("mine")
    check_folder(tmp_path / "not" / "there", form)
    check_folder(Path("not/there"), form)
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UsageError, match="file is a file, and an export is a folder"):
            check_folder(place, form)
        for kind in ([], ["--ids-only"]):
            done = run(export, "--pln", tmp_path / "absent.duckdb", "-o", place, "--format", form, *kind)
            assert isinstance(done.exception, UsageError) and "is a folder" in done.exception.message
            assert done.stderr == ""
    with pytest.raises(UsageError, match=f"people.{form}, which no export made"):
        check_folder(tmp_path, form)


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every write to this device fails as on a full disk.
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    mkdir = Path.mkdir

    def mkdir_and_link(path: Path, *args: Any, **options: Any) -> None:
        mkdir(path, *args, **options)
        if path.name == ".plnmap-export":
            (path / "interactions.csv").symlink_to("/dev/full")

    monkeypatch.setattr(Path, "mkdir", mkdir_and_link)
    with filled(*small_world()) as store, pytest.raises(FileUnavailable) as told:
        write(store, tmp_path)
    assert told.value.exit_code == 7
    assert told.value.hint == "free some space and try again"
    assert not list(tmp_path.iterdir())


def test_stdout_is_no_folder() -> None:
    with pytest.raises(UsageError, match="too many for stdout"):
        check_folder(Path("-"), "json")


def test_a_folder_with_quotation_marks_in_its_name(tmp_path: Path) -> None:
    with filled() as store:
        write(store, tmp_path / 'it\'s a "test"; DROP TABLE posts')
        assert store.rows("SELECT count(*) FROM posts") == [(0,)]
    assert (tmp_path / 'it\'s a "test"; DROP TABLE posts' / "people.csv").exists()


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world in a file that keeps its results: weighing it takes longer than exporting it."""
    file = tmp_path_factory.mktemp("computed") / "pln.duckdb"
    with filled(*small_world(), path=file) as store:
        networks(store)
    return file


@pytest.fixture
def pln(computed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(computed, tmp_path / "pln.duckdb"))


def run(command: Any, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=True)


def add_a_second_ego(file: Path) -> None:
    with open_store(file) as store:
        put(store, source(ARCHIVE_B, BO), *covered(BO), post("50", BO, reply_to=ADA), origin=ARCHIVE_B)


def test_export_says_what_it_wrote(pln: Path, tmp_path: Path) -> None:
    done = run(export, "--pln", pln, "-o", tmp_path / "new" / "out")
    assert done.exit_code == 0, done.exception
    assert done.stdout == ""
    assert "5  " in done.stderr and "interactions.csv" in done.stderr
    assert run(export, "--pln", pln, "-o", tmp_path / "out", "-q").stderr == ""
    assert contents(tmp_path / "out") == contents(tmp_path / "new" / "out")


def test_export_takes_all_egos_or_one(pln: Path, tmp_path: Path) -> None:
    add_a_second_ego(pln)
    assert run(export, "--pln", pln, "-o", tmp_path / "all").exit_code == 0
    assert run(export, "--pln", pln, "-o", tmp_path / "one", "--ego", "@bo").exit_code == 0
    assert {row["ego"] for row in read(tmp_path / "all", "people")} == {ADA, BO}
    assert {row["ego"] for row in read(tmp_path / "one", "people")} == {BO}
    assert read(tmp_path / "all", "interactions") == read(tmp_path / "one", "interactions")


def test_export_needs_a_folder(pln: Path) -> None:
    done = run(export, "--pln", pln)
    assert isinstance(done.exception, UsageError)
    assert "-o" in done.exception.message


def test_graph_without_a_file_tells_the_shape(pln: Path) -> None:
    done = run(graph, "--pln", pln, "-q")
    assert done.exit_code == 0, done.exception
    assert done.stdout.splitlines() == [
        "@ada · 2 people, 2 ties",
        "  only to follow somebody is no tie",
        "  both ways     0 of 2 pairs are seen in both directions",
        "  reciprocity   not observable: 1 of 3 people needed are seen from their own side",
        "  groups        not observable: 0 of 3 alters needed are seen from their own side",
    ]


def test_reciprocity_is_told_where_three_sides_are_seen(pln: Path) -> None:
    add_a_second_ego(pln)
    third = [source("c" * 64, CY, other_side=True), *covered(CY), post("60", CY, reply_to=ADA)]
    with open_store(pln) as store:
        put(store, *third, origin="c" * 64)
    done = run(graph, "--pln", pln, "-q", "--ego", "ada")
    # Ada ↔ Bo and Cy → Ada among the three: two of three ties are returned. Ada named @cy by a
    # handle that nobody is known to hold, so that tie leads elsewhere.
    assert "0.67 of the ties among 3 people" in done.stdout
    assert "1 of 3 pairs are seen in both directions" in done.stdout


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".json"])
def test_graph_writes_a_file(suffix: str, pln: Path, tmp_path: Path) -> None:
    done = run(graph, "--pln", pln, "-o", tmp_path / f"pln{suffix}")
    assert done.exit_code == 0, done.exception
    assert "3 nodes, 2 edges" in done.stderr
    assert (tmp_path / f"pln{suffix}").stat().st_size > 200


def test_graph_refuses_an_unknown_format_before_it_opens_anything(tmp_path: Path) -> None:
    done = run(graph, "--pln", tmp_path / "absent.duckdb", "-o", tmp_path / "pln.png")
    assert isinstance(done.exception, UsageError)
    assert "pln.png" in done.exception.message


def test_graph_into_a_folder_that_is_not_there(pln: Path, tmp_path: Path) -> None:
    done = run(graph, "--pln", pln, "-o", tmp_path / "absent" / "pln.gexf")
    assert isinstance(done.exception, FileUnavailable)


def test_graph_of_several_egos_asks_which(pln: Path) -> None:
    add_a_second_ego(pln)
    done = run(graph, "--pln", pln)
    assert isinstance(done.exception, SeveralEgos)


# --- real archives -------------------------------------------------------------------------------


@pytest.mark.real_data
def test_real_archives_hold_the_same_in_either_order(
    real_data: Path, real_pln: Callable[[str], Path], tmp_path: Path
) -> None:
    """What is exported is made of these tables; that the order of rows does not show has its own test."""
    usual = real_pln("abc")
    with open_store(tmp_path / "other.duckdb", create=True) as store:
        for letter in "cbac":
            import_path(store, real_data / "twitter_archives" / f"layout2012-{letter}.zip", quiet=True)
        derive_ties(store, silent)
        store.connection.execute(f"ATTACH '{usual}' AS usual (READ_ONLY)")
        tables = [table(record).name for record in (*MERGES, Interaction, TieDay)]
        for name in tables:
            here, there = f"FROM {name}", f"FROM usual.{name}"
            ((different, rows),) = store.rows(
                f"SELECT (SELECT count(*) FROM ({here} EXCEPT ALL {there})), count(*) FROM usual.{name}"
            )
            assert (name, different) == (name, 0)
            assert store.rows(f"SELECT count(*) {here}") == [(rows,)]
    assert rows > 1_000


@pytest.mark.real_data
def test_everybody_in_an_export_of_real_archives_is_described(
    real_pln: Callable[[str], Path], tmp_path: Path
) -> None:
    with open_store(real_pln("abc")) as store:
        write(store, tmp_path)
    known = {row["account"] for row in read(tmp_path, "accounts")}
    for name in ("interactions", "ties"):
        ends = {row[end] for row in read(tmp_path, name) for end in ("source", "target")}
        assert ends
        assert ends <= known
