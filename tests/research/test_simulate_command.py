"""`study simulate`: a PLN file and the truth about it, from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from plnmap.cli import run
from plnmap.commands.study import study
from plnmap.commands.study_simulate import MASKS, simulate
from plnmap.errors import UsageError
from plnmap.research import simulator
from plnmap.research.simulator.truth import TRUTH_COLUMNS
from plnmap.store import open_store

SMALL = ["--alters", "20", "--years", "0.5", "-q"]


def made(*arguments: str | Path) -> None:
    simulate.main([*map(str, arguments), *SMALL], standalone_mode=False)


def test_the_masks_offered_are_those_there_are() -> None:
    assert set(MASKS) == set(simulator.MASKS)
    assert study.commands["simulate"] is simulate


@pytest.mark.parametrize("mask", ["full", "mastodon"])
def test_a_file_that_report_opens(mask: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "world.duckdb"
    made("--seed", "4", "--mask", mask, "-o", file)
    assert run(["report", "--pln", str(file), "-q"]) == 0
    said = capsys.readouterr()
    assert "Your PLN" in said.out
    assert said.err == ""


def test_the_truth_is_written_beside_it(tmp_path: Path) -> None:
    file, truth = tmp_path / "world.duckdb", tmp_path / "truth.csv"
    made("--seed", "4", "-o", file, "--truth", truth)
    with truth.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0]) == list(TRUTH_COLUMNS)
    assert len(rows) == 20
    assert {row["part"] for row in rows} >= {"mentor", "peer", "friend"}
    with open_store(file) as store:
        known = {handle for (handle,) in store.rows("SELECT handle FROM handles")}
    assert {row["handle"] for row in rows} <= known


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.duckdb"
    file.write_bytes(b"precious")
    with pytest.raises(UsageError, match="is there already"):
        made("-o", file)
    assert file.read_bytes() == b"precious"


def test_a_world_too_small_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "world.duckdb"
    with pytest.raises(UsageError, match="too few"):
        simulate.main(["--alters", "3", "-o", str(file), "-q"], standalone_mode=False)
    assert not file.exists()


def test_it_says_where_to_look_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "world.duckdb"
    simulate.main([*SMALL[:-1], "-o", str(file)], standalone_mode=False)
    assert f"plnmap report --pln {file}" in capsys.readouterr().err
