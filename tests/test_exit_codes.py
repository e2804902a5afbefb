"""What ends a command early: each cause has its exit code, says what to do, and leaves nothing behind."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from plnmap.cli import run
from plnmap.collect import Imported
from plnmap.commands.importing import SAMPLE_EGO, SAMPLE_MASTODON_NAME, SAMPLE_NAME, describe, sample_folder
from plnmap.model import Column, Source
from plnmap.report.files import rendered
from plnmap.report.terminal import as_csv
from plnmap.store import open_store

Captured = pytest.CaptureFixture[str]
EGO = sample_folder() / SAMPLE_EGO
ROOT = Path(__file__).parents[1]
LONG = "a" * 300
SLOW = "SELECT count(*) FROM range(100000000000) AS a WHERE hash(a.range) = 3"


def interrupted(code: str, after: float) -> subprocess.CompletedProcess[str]:
    """Run code in a process that says "ready" on stdout, and send it a real Ctrl-C some seconds later."""
    # Whoever starts the tests in the background has Ctrl-C ignored, and everything below inherits that.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{listening}\n{code}"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(after)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@pytest.mark.parametrize("after", [0.05, 0.5])
@pytest.mark.parametrize("command", ["import", "report"])
def test_ctrl_c_inside_a_query_ends_with_130(
    command: str, after: float, sample_pln: Path, tmp_path: Path
) -> None:
    new = tmp_path / "made" / "here" / "pln.duckdb"
    shutil.copy(sample_pln, tmp_path / "pln.duckdb")
    method, arguments = {
        "import": ("merge_staged", ["import", str(EGO), "--pln", str(new)]),
        "report": ("data_version", ["report", "--pln", str(tmp_path / "pln.duckdb")]),
    }[command]
    code = (
        "import sys; from plnmap.cli import run; from plnmap.store import Store\n"
        f"def slow(store, *_): print('ready', flush=True); return store.rows({SLOW!r})\n"
        f"Store.{method} = slow\n"
        f"sys.exit(run({[*arguments, '-q']!r}))"
    )
    done = interrupted(code, after)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "plnmap: interrupted; what was finished before is saved"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pln.duckdb"]
    if command == "report":
        assert run(["report", "-q", "--pln", str(tmp_path / "pln.duckdb")]) == 0


def test_ctrl_c_that_a_library_swallows_while_it_is_loaded_is_no_bug() -> None:
    code = (
        "import time; from plnmap import cli\n"
        "def swallow(*_, **__):\n"
        "    print('ready', flush=True)\n"
        "    try: time.sleep(30)\n"
        "    except KeyboardInterrupt: raise ImportError('half a library') from None\n"
        "cli.cli.main = swallow\n"
        "cli.main()"
    )
    done = interrupted(code, 0.05)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "plnmap: interrupted; what was finished before is saved"


def test_ctrl_c_that_was_swallowed_stops_an_import_once_all_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    file = tmp_path / "pln.duckdb"
    with monkeypatch.context() as patch:
        patch.setattr("plnmap.console._pressed", [signal.SIGINT])
        assert run(["import", str(EGO), "-q", "--pln", str(file)]) == 130
    assert capsys.readouterr().err.strip() == "plnmap: interrupted; what was finished before is saved"
    assert not file.exists()
    assert run(["import", str(EGO), "-q", "--pln", str(file)]) == 0


@pytest.mark.parametrize("size", [100, 5_000, 20_000, 300_000])
def test_a_truncated_pln_file_is_bad_data(
    size: int, sample_pln: Path, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "cut.duckdb"
    file.write_bytes(sample_pln.read_bytes()[:size])
    assert run(["report", "--pln", str(file)]) == 6
    assert "is damaged" in capsys.readouterr().err
    assert file.stat().st_size == size


@pytest.mark.parametrize("name", ["file/x", "file/x/y", LONG, f"{LONG}/x"])
def test_impossible_places_are_no_bug(name: str, sample_pln: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_text("mine")
    place = str(tmp_path / name)
    commands = (
        ["report", "--pln", place],
        ["import", str(EGO), "--pln", place],
        ["demo", "-q", "--keep", place],
        ["report", "--pln", str(sample_pln), "-o", place],
        ["graph", "--pln", str(sample_pln), "-o", f"{place}.gexf"],
        ["export", "--pln", str(sample_pln), "-o", place],
    )
    for command in commands:
        assert run(command) in (2, 7), command
        said = capsys.readouterr().err
        assert "→" in said
        assert "bug" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_the_output_named_minus_is_stdout(
    sample_pln: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["people", "--format", "csv", "-o", "-", "--pln", str(sample_pln)]) == 0
    assert capsys.readouterr().out.startswith("ego,account")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_a_stream_that_cannot_show_a_character_shows_the_rest(encoding: str, sample_pln: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plnmap", "report", "--pln", str(sample_pln)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"@ada_venn" in done.stdout


NASTY = [
    *(f"{sign}1+1" for sign in "=+-@＝＋－＠"),
    *(f"{space}=1+1" for space in (" ", "\t", "\n", "\r", "\x0b", "\x0c", "\x1b", "\x1c", "\x85", "\x9b")),
    "\u00a0=1",
    "\u3000=1",
    "\x1b[31mred",
    "one\x00\x01two\x7fthree\x9f",
    "'=1",
    "a=1",
    "a\n=1",
    "  calm  ",
    "",
    "☃ ~ é",
]


@pytest.mark.parametrize("text", NASTY)
def test_both_ways_to_a_csv_make_a_text_equally_harmless(text: str) -> None:
    column = Column("text", "VARCHAR", False, "")
    with duckdb.connect() as connection:
        query = f"SELECT {rendered(column, 'csv')} FROM (SELECT ? AS text) AS laid"
        exported = connection.execute(query, [text]).fetchall()
    header, *rows = csv.reader(io.StringIO(as_csv([{"text": text}]), newline=""))
    assert header == ["text"]
    # A lone empty cell is the one thing that csv quotes.
    assert [tuple(row) for row in rows] == exported
    assert not exported[0][0].lstrip(" ").startswith(tuple("=+-@＝＋－＠"))
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in exported[0][0])


@pytest.fixture
def for_anybody() -> Iterator[Path]:
    """A folder that another user can reach, as pytest's own cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def as_nobody(commands: list[list[str]], warm_up: list[str]) -> list[tuple[int, str, str]]:
    """Exit code, stdout and stderr of commands of a user who is not root; what they load is loaded before."""
    code = (
        "import io, json, os; from contextlib import redirect_stderr, redirect_stdout\n"
        "from plnmap.cli import run\n"
        f"assert run({warm_up!r}) == 0\n"
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "def told(words):\n"
        "    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:\n"
        "        return run(words), out.getvalue(), err.getvalue()\n"
        f"print(json.dumps([told(words) for words in {commands!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return [tuple(each) for each in json.loads(done.stdout)]


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs users and modes of files")
@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_a_file_that_may_only_be_read_is_read(
    of_file: int, of_folder: int, sample_pln: Path, for_anybody: Path, tmp_path: Path
) -> None:
    own = shutil.copy(sample_pln, tmp_path / "own.duckdb")
    file = Path(shutil.copy(sample_pln, for_anybody / "pln.duckdb"))
    before = file.read_bytes()
    file.chmod(of_file)
    for_anybody.chmod(of_folder)
    try:
        # An earlier day is computed each time, and so in a copy where nothing can be kept; once is enough.
        earlier = ["--as-of", "2019-12-31"] if of_folder == 0o755 else []
        form = ["people", "-q", "--format", "csv", *earlier]
        warm_up = [*form, "-o", str(tmp_path / "as-owner.csv"), "--pln", str(own)]
        commands = [[*form, "--pln", str(file)], ["import", str(EGO), "--pln", str(file)]]
        (code, out, err), (code_of_import, _, err_of_import) = as_nobody(commands, warm_up)
        assert (code, err) == (0, "")
        assert out == (tmp_path / "as-owner.csv").read_text(encoding="utf-8")
        # A folder alone that is closed still lets a file of one's own be written.
        assert code_of_import == 7 or of_file == 0o644
        assert "bug" not in err_of_import
        assert [path.name for path in for_anybody.iterdir()] == ["pln.duckdb"]
        assert file.read_bytes() == before
    finally:
        for_anybody.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs users and modes of files")
def test_what_may_not_be_read_or_written_is_no_bug(
    sample_pln: Path, for_anybody: Path, tmp_path: Path
) -> None:
    own = str(shutil.copy(sample_pln, tmp_path / "own.duckdb"))
    file = Path(shutil.copy(sample_pln, for_anybody / "pln.duckdb"))
    shared = shutil.copy(sample_pln, for_anybody / "shared.duckdb")
    file.chmod(0)
    for_anybody.chmod(0o555)
    warm_up = ["report", "-q", "-o", str(tmp_path / "out.txt"), "--pln", own]
    commands = [
        ["report", "--pln", str(file)],
        ["import", str(EGO), "--pln", str(for_anybody / "folder" / "new.duckdb")],
        ["report", "--pln", str(shared), "-o", str(for_anybody / "out.txt")],
    ]
    try:
        for code, _, err in as_nobody(commands, warm_up):
            assert code in (2, 7), err
            assert "bug" not in err
    finally:
        for_anybody.chmod(0o755)


@pytest.mark.parametrize("place", ["pln.duckdb", "some/folders/pln.duckdb"])
@pytest.mark.parametrize("why", ["damaged", "wrong owner"])
def test_a_failed_first_import_leaves_nothing(place: str, why: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if why == "damaged":
        source = tmp_path / "damaged.zip"
        source.write_bytes(EGO.read_bytes()[:5_000])
        arguments, code = [str(source)], 6
    else:
        source = tmp_path / "ties.csv"
        source.write_text("source,target,kind,at\nada,bo,reply,2020-01-01\n")
        arguments, code = [str(source), "--owner", "somebody_else"], 2
    assert run(["import", *arguments, "-q", "--pln", str(home / place)]) == code
    assert list(home.iterdir()) == []
    assert run(["import", str(EGO), *arguments[:1], "-q", "--pln", str(home / place)]) in (0, code)
    assert (home / place).exists()


def test_what_another_process_imported_meanwhile_stays(tmp_path: Path) -> None:
    file = tmp_path / "pln.duckdb"
    with pytest.raises(KeyboardInterrupt), open_store(file, create=True) as store:
        with store.transaction():
            store.put_source(source_of("x_archive", 1))
        raise KeyboardInterrupt
    assert file.exists()


def test_the_demo_joins_nothing_that_is_there(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.duckdb"
    file.write_bytes(b"mine")
    assert run(["demo", "--keep", str(file)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert file.read_bytes() == b"mine"


def test_the_kept_demo_holds_both_sides_of_the_ego(tmp_path: Path, capsys: Captured) -> None:
    file = str(tmp_path / "a demo.duckdb")
    assert run(["demo", "--keep", file]) == 0
    captured = capsys.readouterr()
    assert SAMPLE_NAME in captured.out
    assert f"plnmap report --ego {SAMPLE_MASTODON_NAME} --pln '{file}'" in captured.err
    for name in (SAMPLE_NAME, SAMPLE_MASTODON_NAME):
        assert run(["report", "-q", "--ego", name, "--pln", file]) == 0
        assert name in capsys.readouterr().out


def source_of(kind: str, posts: int) -> Source:
    """A source as recorded after an import."""
    return Source(
        source="a" * 64,
        name="a.csv",
        kind=kind,
        platform="twitter",
        owner="twitter:1",
        retrieved_at=None,
        retrieved_from=None,
        reader_version=1,
        posts=posts,
        skipped=0,
        skip_reasons="{}",
        other_side=False,
        imported_at=datetime(2020, 1, 1),  # noqa: DTZ001 - the file's own times have no zone
    )


@pytest.mark.parametrize(
    ("kind", "posts", "new", "said"),
    [
        ("x_archive", 1, {"posts": 1}, "a.csv: 1 post, 1 new row, 0 skipped"),
        ("x_archive", 1200, {"posts": 2, "reactions": 3}, "a.csv: 1,200 posts, 5 new rows, 0 skipped"),
        ("edges", 7, {"posts": 7, "reactions": 1}, "a.csv: 8 new rows, 0 skipped"),
        ("follows_csv", 0, {"follows": 1}, "a.csv: 1 new row, 0 skipped"),
    ],
)
def test_an_import_is_told_in_its_own_words(kind: str, posts: int, new: dict[str, int], said: str) -> None:
    assert describe(Imported(source_of(kind, posts), new, already=False)) == said
