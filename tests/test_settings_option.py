"""`--settings`: thresholds and rates of one's own, from a file; whatever they change says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import plnmap
from plnmap.analysis.settings import Settings
from plnmap.cli import run
from plnmap.errors import UsageError

Captured = pytest.CaptureFixture[str]
STRICT = "[roles]\nhelp_days = 99\n\n[episodes]\nhardly_known_days = 2\n"


@pytest.fixture(scope="module")
def strict(sample_pln: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file of its own, as it keeps the results of one set of settings; and settings that ask for more."""
    folder = tmp_path_factory.mktemp("settings")
    rules = folder / "my rules.toml"
    rules.write_text(STRICT)
    return Path(shutil.copy(sample_pln, folder / "pln.duckdb")), rules


def test_a_report_says_by_which_settings_it_was_made(strict: tuple[Path, Path], capsys: Captured) -> None:
    file, rules = strict
    assert run(["report", "--settings", str(rules), "-q", "--pln", str(file)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    changes = "roles.help_days = 99 instead of 3, episodes.hardly_known_days = 2 instead of 3"
    assert f"By your own settings: {changes}." in said
    assert "(you wrote to them on 2 days or fewer)" in said
    assert "no repeated thanks for help found" in said
    # What is suggested next is by the same.
    assert f"plnmap thanks --pln {file} --settings '{rules}'".replace(" ", "") in said.replace(" ", "")


def test_all_ways_to_look_go_by_them(strict: tuple[Path, Path], tmp_path: Path, capsys: Captured) -> None:
    file, rules = strict
    pln = plnmap.open(file, settings=rules)
    assert not pln.people().roles.str.contains("mentor").any()
    assert run(["people", "--format", "json", "--settings", str(rules), "-q", "--pln", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [person["roles"] for person in told] == pln.people().roles.tolist()
    assert run(["export", "-o", str(tmp_path), "--settings", str(rules), "-q", "--pln", str(file)]) == 0
    about = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["settings"]
    assert about["digest"] == Settings.from_toml(STRICT).stamp().digest
    assert about["settings"]["roles"]["help_days"] == 99


def test_they_hold_for_one_look_only(strict: tuple[Path, Path], sample_pln: Path) -> None:
    file, _ = strict
    assert plnmap.open(file).people().equals(plnmap.open(sample_pln).people())


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[roles]\nhelp_dayz = 4", "there is no setting 'roles.help_dayz'", "did you mean roles.help_days?"),
        ("[rolls]\nhelp_days = 4", "there is no setting 'rolls'", "did you mean roles?"),
        ("[roles]\nhelp_days = 'four'", "roles.help_days = 'four' is not a whole number", ""),
        ("roles", "the settings are not valid TOML", ""),
    ],
)
def test_a_slip_in_the_file_is_named(
    text: str, message: str, hint: str, sample_pln: Path, tmp_path: Path, capsys: Captured
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(text)
    assert run(["people", "--settings", str(rules), "--pln", str(sample_pln)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert hint in said.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the settings file .*none\.toml"):
        plnmap.open(tmp_path / "pln.duckdb", settings=str(tmp_path / "none.toml"))
