"""The command line from outside: exit codes, streams, typing errors, and what is loaded."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest

from plnmap.analysis.egos import find_person
from plnmap.cli import A_FILE, EXAMPLES, NO_FILE, cli, run
from plnmap.commands.base import SHARED
from plnmap.commands.importing import SAMPLE_EGO, sample_folder
from plnmap.report.marks import ERRORS
from plnmap.store import open_store

Captured = pytest.CaptureFixture[str]
HEAVY = (
    "pandas",
    "numpy",
    "scipy",
    "networkx",
    "ibis",
    "pyarrow",
    "duckdb",
    "rich",
    "msgspec",
    "tweepy",
    "mastodon",
    "altair",
    "keyring",
    "requests",
)
COMMANDS = {
    " ".join(["plnmap", *path]): command
    for name, family in cli.commands.items()
    for path, command in (
        ([name], family),
        *(([name, each], command) for each, command in getattr(family, "commands", {}).items()),
    )
}
"""Every command by how it is called."""


def plnmap(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the program as its own process."""
    command = [sys.executable, "-m", "plnmap", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    "arguments", [["--help"], [], ["import", "--help"], ["report", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"import sys; from plnmap.cli import run; code = run({arguments!r}); "
        f"print(code, sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "0 []\n"


def test_alone_it_says_where_to_begin(capsys: Captured) -> None:
    assert run([]) == 0
    said = capsys.readouterr().out
    assert "plnmap demo" in said
    assert "Download an archive" in said


def test_alone_with_a_file_it_says_what_next(tmp_path: Path, capsys: Captured) -> None:
    # Its content is not read: that would take longer than all the rest.
    (tmp_path / "pln.duckdb").touch()
    assert run([]) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "pln.duckdb") in said
    assert "plnmap report" in said
    assert "Download an archive" not in said


def test_whatever_is_suggested_at_the_beginning_is_a_command() -> None:
    named = re.findall(r"plnmap ([a-z]+)", NO_FILE + A_FILE + EXAMPLES)
    assert set(named) - set(cli.commands) <= {"shows"}
    assert len(named) > 10


@pytest.mark.parametrize("called", COMMANDS)
def test_the_help_of_each_command_fits_and_is_ascii(called: str, capsys: Captured) -> None:
    assert run([*called.split()[1:], "--help"]) == 0
    said = capsys.readouterr().out
    assert said.isascii()
    assert max(map(len, said.splitlines())) <= 100
    sections = [line for line in said.splitlines() if re.fullmatch(r"[A-Z][a-z ]+:", line)]
    if not isinstance(COMMANDS[called], click.Group):
        # What all commands share comes last.
        assert sections == [
            each for each in ("Options:", *(f"{name}:" for name in SHARED)) if each in sections
        ]
        assert said[said.index("Always:") :].count("--help") == 1


def test_the_help_lists_every_command_under_what_it_is_for(capsys: Captured) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    for heading, commands in cli.sections.items():
        listed = said.partition(f"{heading}:\n")[2].partition("\n\n")[0]
        assert re.findall("^  ([a-z]+)  ", listed, re.MULTILINE) == [command.name for command in commands]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["tmeline"], "did you mean: timeline"),
        (["@ada_venn"], "plnmap show @ada_venn"),
        (["."], "plnmap import ."),
        (["study", "tga"], "did you mean: tag"),
        (["study", "."], "plnmap study --help"),
        (["quux"], "plnmap --help"),
    ],
)
def test_a_word_that_is_no_command_gets_what_was_meant(
    typed: list[str], meant: str, capsys: Captured
) -> None:
    assert run(typed) == 2
    assert meant in capsys.readouterr().err


def test_a_family_alone_shows_its_help(capsys: Captured) -> None:
    assert run(["study"]) == 0
    assert "simulate" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reprot"], "did you mean: report"),
        (["report", "--ego-of", "x"], "--ego"),
        (["report", "--as-of", "2021-13-45"], "write it as 2021-05-31"),
        (["report", "--format", "xml"], "xml"),
        (["people", "--limit", "0"], "limit"),
        (["report"], "plnmap import"),
        (["show"], "PERSON"),
        (["import"], "PATH"),
        (["import", "no-such.zip"], "no-such.zip"),
    ],
)
def test_wrong_words_end_with_2_and_say_what_to_do(arguments: list[str], said: str, capsys: Captured) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_an_unknown_person_gets_the_nearest_handles(sample_pln: Path, capsys: Captured) -> None:
    assert run(["show", "ada_ven", "--pln", str(sample_pln)]) == 2
    assert "@ada_venn" in capsys.readouterr().err


def test_people_are_found_however_they_are_typed(sample_pln: Path, capsys: Captured) -> None:
    assert run(["show", "ada_venn", "--pln", str(sample_pln), "--format", "json"]) == 0
    account = json.loads(capsys.readouterr().out)["person"]["account"]
    with open_store(sample_pln) as store:
        for word in ("ada_venn", "@ada_venn", "@ADA_VENN", account.split(":")[1], account):
            assert find_person(store, word, "twitter") == account


def test_several_egos_are_listed_and_one_must_be_named(tmp_path: Path, capsys: Captured) -> None:
    file, sample = str(tmp_path / "two.duckdb"), sample_folder()
    both = [str(sample / "ego-twitter.zip"), str(sample / "ego-mastodon.zip")]
    assert run(["import", *both, "-q", "--pln", file]) == 0
    capsys.readouterr()
    for command in (["report"], ["people"], ["thanks"], ["show", "ada_venn"]):
        assert run([*command, "--pln", file]) == 2
        said = capsys.readouterr().err
        assert "@mira_tolland" in said
        assert "--ego" in said
    assert run(["report", "--ego", "@mira_tolland", "--pln", file]) == 0
    assert run(["report", "--ego", "nobody", "--pln", file]) == 2


def test_importing_twice_adds_nothing(tmp_path: Path, capsys: Captured) -> None:
    command = ["import", str(sample_folder() / SAMPLE_EGO), "--pln", str(tmp_path / "a.duckdb")]
    assert run(command) == 0
    first = capsys.readouterr()
    assert (first.out, "posts" in first.err, "skipped" in first.err) == ("", True, True)
    assert run(command) == 0
    assert "already imported" in capsys.readouterr().err


def test_where_nobodys_own_archive_is_left_none_is_to_be_reported(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLNMAP_FILE")
    file = tmp_path / "pln.duckdb"
    for option, next_step in (
        ([], f"plnmap report --pln {file}"),
        (["--other-side"], f"plnmap import ARCHIVE.zip --pln {file}   (yours;"),
    ):
        assert run(["import", str(sample_folder() / SAMPLE_EGO), *option, "--pln", str(file)]) == 0
        assert f"  → {next_step}" in capsys.readouterr().err


def test_quiet_is_quiet(tmp_path: Path, capsys: Captured) -> None:
    assert run(["import", str(sample_folder() / SAMPLE_EGO), "-q", "--pln", str(tmp_path / "a.duckdb")]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_direct_messages_are_not_read_unless_asked_for_and_never_kept(tmp_path: Path) -> None:
    archive = sample_folder() / SAMPLE_EGO
    with zipfile.ZipFile(archive) as members:
        written = members.read("data/direct-messages.js").decode()
    secret = json.loads(written.split("=", 1)[1])[0]["dmConversation"]["messages"][0]["messageCreate"]["text"]
    file = tmp_path / "a.duckdb"
    assert run(["import", str(archive), "-q", "--pln", str(file)]) == 0
    assert counted(file) == 0
    assert run(["import", str(archive), "--with-dm", "-q", "--pln", str(file)]) == 0
    assert counted(file) > 0
    assert run(["export", "-q", "-o", str(tmp_path / "out"), "--pln", str(file)]) == 0
    outputs = [file.read_bytes(), *(path.read_bytes() for path in (tmp_path / "out").iterdir())]
    assert not any(secret.encode() in content for content in outputs)


def counted(file: Path) -> int:
    """Days with direct messages in a PLN file."""
    from plnmap.store import open_store

    with open_store(file) as store:
        return int(store.rows("SELECT count(*) FROM dm_days")[0][0])


def test_output_goes_to_the_file_that_was_named(sample_pln: Path, tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "people.csv"
    assert run(["people", "--format", "csv", "-o", str(target), "--pln", str(sample_pln)]) == 0
    assert capsys.readouterr().out == ""
    assert target.read_text(encoding="utf-8").startswith("ego,account,handle")
    assert run(["people", "-o", str(tmp_path / "no" / "such.txt"), "--pln", str(sample_pln)]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_output_ends_with_7(sample_pln: Path, capsys: Captured) -> None:
    assert run(["people", "-o", "/dev/full", "--pln", str(sample_pln)]) == 7
    assert "space" in capsys.readouterr().err


GONE = {
    "out": [["--help"], ["export", "--codebook"], ["completion", "bash"]],
    "err": [["reprot"], ["export", "--codebook", "-o", "x.pdf"], ["export", "--ids-only"]],
}
"""Commands that write on stdout, and such that write on stderr."""


@pytest.mark.parametrize(
    ("stream", "words"), [(stream, words) for stream, each in GONE.items() for words in each]
)
def test_whose_reader_has_gone_ends_silently_like_whatever_dies_of_sigpipe(
    stream: str, words: list[str], sample_pln: Path, tmp_path: Path
) -> None:
    if "--ids-only" in words:
        words = [*words, "-o", str(tmp_path), "--pln", str(sample_pln)]
    reader, writer = os.pipe()
    os.close(reader)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | {f"std{stream}": writer}
    done = subprocess.run([sys.executable, "-m", "plnmap", *words], check=False, **pipes)  # type: ignore[call-overload]
    os.close(writer)
    assert (done.returncode, done.stdout or b"", done.stderr or b"") == (128 + signal.SIGPIPE, b"", b"")


def test_without_utf_8_marks_have_stand_ins(sample_pln: Path) -> None:
    status = ["status", "--pln", str(sample_pln)]
    shown = plnmap(*status).stdout
    in_ascii = plnmap(*status, env={**os.environ, "PYTHONIOENCODING": "ascii"}).stdout
    assert shown != in_ascii == shown.encode("ascii", ERRORS).decode()


def test_a_terminal_under_the_c_locale_gets_ascii_and_a_pipe_gets_utf_8() -> None:
    pty = pytest.importorskip("pty")
    command = [sys.executable, "-m", "plnmap", "reprot"]
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    outer, inner = pty.openpty()
    subprocess.run(command, stderr=inner, check=False, env=bare | {"LANG": "C"})
    os.close(inner)
    shown = os.read(outer, 65_536)
    os.close(outer)
    assert b"  > did you mean: report" in shown
    piped = subprocess.run(command, capture_output=True, check=False, env=bare | {"LANG": "C"}).stderr
    assert "  → did you mean: report" in piped.decode()


def test_pipes_get_no_colour(sample_pln: Path) -> None:
    assert "\x1b" not in plnmap("report", "--pln", str(sample_pln)).stdout
