"""The Tab key: what the program offers a shell, and what bash makes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete, get_completion_class

from plnmap.cli import cli, run
from plnmap.commands.completion import INSTALL, VARIABLE
from plnmap.model import Handle
from plnmap.store import as_arrow, known_handles, open_store
from tests.records import filled, handle

SAFE = ("ada", "Ada_Venn", "ada@example.social", "bo")
HANDLES = (*SAFE, "ada;reboot", "ada$(reboot)", "ada\nbo", "ада", "a`b`")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A PLN file with a few handles, some of which mean something to a shell."""
    path = tmp_path / "pln.duckdb"
    rows = [handle(f"twitter:{i}", name, last=f"2020-12-{31 - i}") for i, name in enumerate(HANDLES)]
    with filled(*rows, path=path):
        return path


def offered(line: str, word: str, monkeypatch: pytest.MonkeyPatch, shell: str = "bash") -> list[str]:
    """What a shell is told at the end of a line whose last word is begun."""
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", word)
    made_by = get_completion_class(shell)
    assert made_by is not None
    completer: ShellComplete = made_by(cli, {}, "plnmap", VARIABLE)
    # Bash separates type and value by a comma, and is told no help.
    return [each.partition(",")[2] for each in completer.complete().splitlines()]


@pytest.mark.parametrize(
    ("line", "word", "values"),
    [
        ("plnmap ep", "ep", ["episodes"]),
        ("plnmap study ta", "ta", ["tag"]),
        ("plnmap people --si", "--si", ["--since"]),
        ("plnmap people --sort gi", "gi", ["given"]),
        ("plnmap people --sort=gi", "gi", ["given"]),
        ("plnmap completion ", "", ["bash", "zsh", "fish"]),
        ("plnmap show ad", "ad", ["ada", "Ada_Venn", "ada@example.social"]),
        ("plnmap show @ad", "@ad", ["@ada", "@Ada_Venn", "@ada@example.social"]),
        ("plnmap show @b", "@b", ["@bo"]),
        ("plnmap show '@b", "@b", ["@bo"]),
        ("plnmap show quux", "quux", []),
        ("plnmap people --ego ada_", "ada_", ["Ada_Venn"]),
        # Bash takes what follows an @ or a = for a word, and replaces only that.
        ("plnmap people --ego=@ada_", "@ada_", ["@Ada_Venn"]),
        ("plnmap show ada@ex", "@ex", ["@example.social"]),
        ("plnmap show @ada@ex", "@ex", ["@example.social"]),
        ("plnmap episodes --with b", "b", ["bo"]),
        ("plnmap link ada b", "b", ["bo"]),
    ],
)
def test_what_bash_is_offered(
    line: str, word: str, values: list[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(line, word, monkeypatch) == values


def test_files_are_left_to_the_shell(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "plnmap import twit")
    monkeypatch.setenv("COMP_CWORD", "twit")
    made_by = get_completion_class("bash")
    assert made_by is not None
    assert made_by(cli, {}, "plnmap", VARIABLE).complete() == "file,twit"


def test_no_shell_is_offered_a_handle_that_would_mean_something_to_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(known_handles(file)) == set(HANDLES)
    assert offered("plnmap show ", "", monkeypatch) == list(SAFE)


def test_at_most_200_handles_are_offered(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(file) as store, store.transaction():
        rows = [handle(f"twitter:{i}", f"many_{i}", last="2021-01-01") for i in range(1000, 1201)]
        store.insert("handles", as_arrow(Handle, rows))
    assert len(offered("plnmap show many_", "many_", monkeypatch)) == 200
    assert len(offered("plnmap show many_10", "many_10", monkeypatch)) == 100


def test_a_file_that_cannot_be_read_at_once_offers_nobody(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known_handles(tmp_path / "no.duckdb") == []
    (tmp_path / "text.duckdb").write_text("no database")
    assert known_handles(tmp_path / "text.duckdb") == []
    code = f"import duckdb; held = duckdb.connect({str(file)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert offered("plnmap show ad", "ad", monkeypatch) == []
        other.communicate(b"\n")


@pytest.mark.parametrize("shell", INSTALL)
def test_the_script_names_the_program_and_says_how_to_keep_it(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"{VARIABLE}={shell}_complete" in script
    assert script.endswith(f"# To keep it: {INSTALL[shell]}\n")
    assert shell != "zsh" or script.startswith("#compdef plnmap\n")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("line", "word", "values"),
    [("plnmap show @ada_", "@ada_", ["@Ada_Venn"]), ("plnmap people --format=js", "js", ["json"])],
)
def test_bash_completes(line: str, word: str, values: list[str], file: Path, tmp_path: Path) -> None:
    # The program under its name, wherever these tests run.
    command = tmp_path / "bin" / "plnmap"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plnmap "$@"\n')
    command.chmod(0o700)
    environment = os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}", "PLNMAP_FILE": str(file)}
    program = (
        'eval "$(plnmap completion bash)"; COMP_LINE=$1 COMP_POINT=${#1}; '
        '_plnmap_completion plnmap "$2" ""; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", program, "bash", line, word],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stdout.split() == values
