"""Slips of the finger on the command line: what was typed is named, and what may have been meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest

from plnmap.cli import run
from plnmap.commands.helping import episodes
from plnmap.commands.looking import people, report
from plnmap.commands.options import DAY, LAST_DAY
from plnmap.commands.over_time import timeline
from plnmap.commands.thanking import thanks
from plnmap.errors import UsageError

Captured = pytest.CaptureFixture[str]


def complaint(arguments: list[str], capsys: Captured) -> tuple[str, str]:
    """What a command that cannot be run says happened, and its hint."""
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    message, hint = captured.err.splitlines()
    return message.removeprefix("plnmap: "), hint.removeprefix("  → ")


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("people --srot days", "there is no option --srot for people", "did you mean: --sort"),
        ("report --sort days", "there is no option --sort for report", "it belongs to: plnmap people"),
        ("report --xyzzy", "there is no option --xyzzy for report", "plnmap report --help"),
        ("--xyzzy report", "there is no option --xyzzy", "plnmap --help"),
        ("--pln x.db report", "--pln goes behind the command", "plnmap report --pln x.db"),
        ("--format json people --sort days", "--format", "plnmap people --format json --sort days"),
        ("-q report", "-q goes behind the command", "plnmap report -q"),
        ("--pln x.db", "--pln goes behind the command", "plnmap COMMAND --pln x.db"),
        ("collect --plan mastodon", "--plan goes behind", "plnmap collect mastodon --plan"),
        ("validate --limit 3", "there is no option --limit for validate", "plnmap validate --help"),
        ("report --pln", "'--pln' requires an argument", "plnmap report --help"),
    ],
)
def test_an_option_that_is_not_there(typed: str, message: str, hint: str, capsys: Captured) -> None:
    said = complaint(typed.split(), capsys)
    assert message in said[0]
    assert said[1] == hint


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("report --format jsn", "there is no 'jsn' for --format", "did you mean: json"),
        ("report --format xyzzy", "there is no 'xyzzy' for --format", "one of: table, json"),
        ("people --sort dyas", "there is no 'dyas' for --sort", "did you mean: days"),
        ("report --evidence txt", "there is no 'txt' for --evidence", "did you mean: text"),
        ("export --format prquet", "there is no 'prquet' for --format", "did you mean: parquet"),
        ("completion bsh", "there is no 'bsh'", "did you mean: bash, zsh"),
    ],
)
def test_a_value_that_is_not_there(typed: str, message: str, hint: str, capsys: Captured) -> None:
    assert complaint(typed.split(), capsys) == (message, hint)


@pytest.mark.parametrize(
    ("typed", "over", "hint"),
    [
        ("show joe dale", "dale", "words that belong together need quotes: plnmap show 'joe dale'"),
        ("note @ada so kind", "kind", "words that belong together need quotes: plnmap note @ada 'so kind'"),
        ("report my.duckdb", "my.duckdb", "to name a PLN file: plnmap report --pln my.duckdb"),
        ("people mentor", "mentor", "plnmap people --role mentor"),
        ("people name", "name", "plnmap people --sort name"),
        ("thanks @ada", "@ada", "plnmap thanks --draft @ada"),
        ("episodes @ada", "@ada", "plnmap episodes --with @ada"),
        ("report ada", "ada", "to look at somebody: plnmap show ada"),
        ("report a;b", "a;b", "to look at somebody: plnmap show 'a;b'"),
    ],
)
def test_words_for_which_there_is_no_place(
    typed: str, over: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.duckdb").touch()
    assert complaint(typed.split(), capsys) == (f"{typed.split()[0]} has no place for {over!r}", hint)


def test_a_word_that_is_too_long_for_a_file_is_no_bug(capsys: Captured) -> None:
    word = "a" * 5_000
    assert complaint([word], capsys)[1] == "plnmap --help lists all commands"
    assert complaint(["report", word], capsys)[1] == f"to look at somebody: plnmap show {word}"


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2021-05-31", date(2021, 5, 31), date(2021, 5, 31)),
        ("2021-05", date(2021, 5, 1), date(2021, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_month_or_a_year_begins_and_ends_on_a_day(said: str, first: date, last: date) -> None:
    assert (DAY.convert(said, None, None), LAST_DAY.convert(said, None, None)) == (first, last)


@pytest.mark.parametrize(
    "said", ["2021-13", "2021-00", "0000", "2021-02-30", "31.12.2011", "２０２１", "2021-5", ""]
)
def test_what_is_no_date_is_told_how_one_is_written(said: str) -> None:
    option = click.Option(["--since"])
    for kind in (DAY, LAST_DAY):
        with pytest.raises(UsageError, match="is no date for --since") as caught:
            kind.convert(said, option, None)
        assert caught.value.hint == "write it as 2021-05-31, 2021-05 or 2021"


def test_as_of_looks_to_the_end_and_since_from_the_beginning() -> None:
    found = {
        (option, param.type)
        for command in (report, people, thanks, episodes, timeline)
        for param in command.params
        for option in param.opts
        if option in ("--as-of", "--since")
    }
    assert found == {("--as-of", LAST_DAY), ("--since", DAY)}


@pytest.mark.parametrize("typed", ["show \udcff", "people --ego ab\udcff", "purge \udcff --yes"])
def test_bytes_that_are_no_text_are_named(
    typed: str, sample_pln: Path, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "pln.duckdb"
    file.write_bytes(sample_pln.read_bytes())
    said = complaint([*typed.split(), "--pln", str(file)], capsys)
    assert "\\udcff' is no text" in said[0]
    assert said[1] == "type it in UTF-8"
