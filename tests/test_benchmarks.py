"""The benchmarks work at tiny sizes, and the page in the repository is what they write."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks import exports, imports, replies, reports, start, tagging, ties
from benchmarks.figures import HEADING, MARKED, PAGE, SMALL, Figure, Place, render
from benchmarks.measure import Run, in_turns, run
from benchmarks.synthetic import write_archive
from benchmarks.written import put, write_down
from plnmap.collect import import_archive
from plnmap.sources import open_source
from plnmap.sources.dates import parse_moment
from plnmap.store import open_store


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, None, SMALL)


def test_a_run_is_accounted_for_by_the_system() -> None:
    busy = run([sys.executable, "-c", "x = bytearray(80_000_000); print(sum(range(1_000_000)))"])
    assert busy.said == "499999500000\n"
    # What the parent holds counts as well (the test runner is large), so only the lower bound is sure.
    assert busy.peak_mb > 80
    assert busy.processor_seconds > 0
    assert busy.seconds > 0


def test_a_failed_run_stops_the_benchmark_with_what_it_said() -> None:
    with pytest.raises(SystemExit, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_two_commands_run_in_turns_after_one_uncounted_run_of_each() -> None:
    order: list[str] = []

    def turn(name: str) -> Run:
        order.append(name)
        return Run(1.0, 1.0, 1.0, f"{name}{len(order)}")

    pairs = in_turns(lambda: turn("a"), lambda: turn("b"), 2)
    assert order == ["a", "b"] * 3
    assert [(first.said, second.said) for first, second in pairs] == [("a3", "b4"), ("a5", "b6")]


def test_a_made_up_archive_is_the_same_every_time_and_imports_whole(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_archive(str(tmp_path / name), (60, 20), 10)
    contents = [
        {name: archive.read(name) for name in archive.namelist()}
        for archive in (zipfile.ZipFile(tmp_path / "one.zip"), zipfile.ZipFile(tmp_path / "two.zip"))
    ]
    assert contents[0] == contents[1]
    assert len(json.loads(contents[0]["data/tweets-part1.js"].partition(b"=")[2])) == 20
    made = parse_moment("2023-01-01T00:00:00Z")
    assert made is not None
    with open_source(tmp_path / "one.zip") as archive, open_store(None) as store:
        imported = import_archive(store, archive, imported_at=made)
        assert (imported.source.posts, imported.source.skipped) == (80, 0)
        assert store.rows("SELECT count(*) FROM posts WHERE reply_to IS NOT NULL")[0][0] > 20


def test_what_needs_real_archives_is_skipped_without_them(place: Place) -> None:
    lines = [
        line for question in (imports, reports, exports, tagging, replies) for line in question.measure(place)
    ]
    assert len([line for line in lines if line.verdict == "skipped"]) == 7
    assert {line.what for line in lines if line.verdict != "skipped"} == {
        "import of a made-up archive of 330 posts: memory",
        "report on a made-up ego with 30 alters, 300 posts, first run",
        "scoring a made-up ego with 30 alters, 300 posts: ties, roles with 500 draws, functions",
        "export of 2,193 made-up interactions, first run",
        "export of 2,193 made-up interactions as parquet, once the people are at hand",
        "export of 2,193 made-up interactions as csv, once the people are at hand",
    }


def test_the_tie_table_from_expressions_and_that_by_hand_hold_the_same_rows(place: Place) -> None:
    smaller, larger, *_ = ties.measure(place)
    assert smaller.measured.endswith(" ties, 0 rows differ")
    assert larger.measured.endswith(" ties, 0 rows differ")


def test_the_start_is_measured_next_to_loading_click(place: Place) -> None:
    (line,) = start.measure(place)
    assert float(line.measured.split()[0]) > 1


def test_a_table_lands_between_the_markers_and_nothing_else_changes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = render([Figure("speed", "≤ 2×", "1.50 [1.40–1.60]×", "met"), Figure("size", "", "3 MB", "")])
    assert table.startswith(
        "| what | target | measured | verdict |\n|---|---|---|---|\n"
        "| speed | ≤ 2× | 1.50 [1.40–1.60]× | met |\n| size |  | 3 MB |  |\n\n"
    )
    changed = put(page, MARKED, table)
    assert put(changed, MARKED, table) == changed
    assert table in changed
    assert changed.partition(f"<!-- {MARKED}: begin -->")[0] == page.partition(f"<!-- {MARKED}: begin -->")[0]
    assert changed.partition(f"<!-- {MARKED}: end -->")[2] == page.partition(f"<!-- {MARKED}: end -->")[2]


BEGIN, END = "<!-- x: begin -->\n", "<!-- x: end -->\n"


@pytest.mark.parametrize(
    "page", ["", BEGIN, END, END + BEGIN, BEGIN + END + BEGIN, BEGIN + BEGIN + END, BEGIN + END + END]
)
def test_a_page_without_the_two_markers_once_each_is_refused(page: str) -> None:
    with pytest.raises(SystemExit, match="once each"):
        put(page, "x", "table")


def test_bodies_land_between_their_own_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        f"a\n{BEGIN}old\n{END}b\n{BEGIN.replace('x', 'y')}{END.replace('x', 'y')}", encoding="utf-8"
    )
    write_down(page, {"x": "new", "y": "too\n"})
    assert page.read_text(encoding="utf-8").splitlines() == [
        "a",
        "<!-- x: begin -->",
        "new",
        "<!-- x: end -->",
        "b",
        "<!-- y: begin -->",
        "too",
        "<!-- y: end -->",
    ]


def test_the_table_in_the_repository_is_one_that_the_benchmarks_write() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition(f"<!-- {MARKED}: begin -->\n")[2].partition(f"<!-- {MARKED}: end -->")[0]
    lines = table.splitlines()
    assert tuple(lines[:2]) == HEADING
    rows = [line[2:-2].split(" | ") for line in lines[2:-2]]
    assert all(len(row) == 4 and row[3] in ("met", "not met", "") for row in rows)
    assert lines[-2] == ""
    assert lines[-1].endswith(".")
    assert "skipped" not in table
