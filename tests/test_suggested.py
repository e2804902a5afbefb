"""What a command suggests next can be run as it stands, and is about the same file, day and settings."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import click
import pytest

from plnmap.cli import cli, run

Captured = pytest.CaptureFixture[str]

AS_OF = "2021-05-31"
HANDLE = "@ada_venn"
FILE, RULES = "my pln", "my rules"
"""With spaces, which a shell takes apart; and short, so that no line wraps."""


@pytest.fixture(scope="module")
def folder(sample_pln: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file and settings of one's own."""
    folder = tmp_path_factory.mktemp("views")
    (folder / RULES).write_text("[episodes]\nhardly_known_days = 2\n")
    (folder / "THEIR-ARCHIVE.zip").touch()  # Named where a side is missing.
    shutil.copy(sample_pln, folder / FILE)
    return folder


def suggested(said: str) -> list[list[str]]:
    """The words of each command that a text suggests, without the program's own name."""
    lines = re.findall(r"(?:→|:) (?:[^→]*: )?plnmap ([a-z].*)", said)
    return [shlex.split(re.sub(r"  .*", "", line)) for line in lines]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (["report"], {"show", "thanks", "people", "import", "status"}),
        (["show", HANDLE, "--limit", "1"], {"show"}),
        (["timeline"], {"event"}),
        (["graph"], {"graph"}),
        (["validate"], {"recall"}),
    ],
)
def test_what_is_suggested_can_be_run(
    asked: list[str],
    names: set[str],
    folder: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(folder)
    assert run([*asked, "--as-of", AS_OF, "--settings", RULES, "--pln", FILE]) == 0
    found = suggested("\n".join(capsys.readouterr()))
    assert {name for name, *_ in found} >= names
    for name, *arguments in found:
        command = cli.commands[name]
        if isinstance(command, click.Group):
            name, *arguments = arguments
            command = command.commands[name]
        with command.make_context(name, arguments) as context:
            assert context.params["file"] == Path(FILE)
            if "settings" in context.params:
                assert context.params["settings"] == Path(RULES)
                assert context.params["as_of"] == date.fromisoformat(AS_OF)
