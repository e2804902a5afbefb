"""The README: its screen is what the program prints, its commands run, its code works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from plnmap.cli import cli, run
from plnmap.commands.importing import SAMPLE_EGO, sample_folder

README = Path(__file__).parents[1] / "README.md"


NEEDS_A_SERVER = ("login", "collect", "changes", "refresh", "purge")
"""Commands that ask a platform, or are of use only after that: `tests/collect` runs them."""


def written() -> str:
    """The README as it is."""
    return README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", written(), flags=re.S)


def test_the_screen_is_what_the_demo_prints_its_page_says_the_same_and_nothing_else_is_left(
    tmp_path: Path,
) -> None:
    # To renew it: python -m tests.test_readme
    page, here = tmp_path / "demo.html", str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "plnmap", "demo", "-o", str(page)],
        # What draws the pictures is made once, for all who run the tests.
        env={
            "PATH": "/usr/bin:/bin",
            "TMPDIR": here,
            "HOME": here,
            "XDG_CACHE_HOME": user_cache_path().as_posix(),
        },
        cwd=README.parent,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert blocks("text") == [done.stdout]
    assert page.as_uri() in done.stderr
    assert list(tmp_path.iterdir()) == [page]
    told = page.read_text(encoding="utf-8")
    for said in ("@ada_venn", "#messydataclub", "It installs! Thanks for the help", "who liked your posts"):
        assert said in told


def test_every_command_of_the_readme_runs(
    sample_pln: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample_folder() / SAMPLE_EGO, "twitter-2022-11-14.zip")
    commands = [
        shlex.split(line, comments=True)[1:]
        for block in blocks("sh")
        for line in block.splitlines()
        if line.startswith("plnmap ")
    ]
    assert len(commands) >= 7
    # A copy of the sample that all tests share: a verdict on its strength would stay in it.
    looked_at = shutil.copy(sample_pln, tmp_path / "sample.duckdb")
    for command in commands:
        if command[0] in NEEDS_A_SERVER:
            # Help comes only after the other words were found to be right.
            assert run([*command, "--help"]) == 0, command
            continue
        file = tmp_path / "new.duckdb" if command[0] == "import" else looked_at
        assert run([*command, "--pln", str(file)]) == 0, command
    assert {path.name for path in tmp_path.iterdir()} >= {"my-pln", "my-pln.gexf"}
    capsys.readouterr()


def test_the_library_example_runs(
    sample_pln: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample_pln, "pln.duckdb")
    (example,) = blocks("python")
    exec(compile(example, "README.md", "exec"), {})
    assert "ada_venn" in capsys.readouterr().out


def test_every_option_the_readme_names_exists() -> None:
    named = set(re.findall(r"`(--[a-z-]+)", written())) | {"--other-side", "--ego", "--as-of"}
    known = {option for command in cli.commands.values() for each in command.params for option in each.opts}
    assert named - known == set()


def test_make_targets_exist() -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", written(), flags=re.M):
        assert re.search(rf"^{target}:", makefile, flags=re.M), target


def renew() -> None:
    """Put today's screen into the README."""
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert run(["demo", "-q"]) == 0
    screen = f"```text\n{printed.getvalue()}```"
    README.write_text(re.sub(r"```text\n.*?```", lambda _: screen, written(), flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    renew()
