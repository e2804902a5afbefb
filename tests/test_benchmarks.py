"""The benchmarks work at tiny sizes, and the page in the repository is what they write."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from benchmarks import exports, imports, measure, replies, reports, start, tagging, ties
from benchmarks.__main__ import QUESTIONS, write_rows
from benchmarks.figures import (
    HEADING,
    MARKED,
    PAGE,
    SMALL,
    Figure,
    Place,
    Row,
    render,
    renewed,
    rows_of,
)
from benchmarks.measure import Run, in_turns, run
from benchmarks.synthetic import write_archive
from benchmarks.written import held, put, write_down
from plnmap import cli
from plnmap.collect import import_archive
from plnmap.sources import open_source
from plnmap.sources.dates import parse_moment
from plnmap.store import open_store


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where small sizes are measured, all in this process: others would do little but load libraries."""
    monkeypatch.setattr(measure, "run", run_here)
    return Place(tmp_path, None, SMALL)


def run_here(command: Sequence[str | Path]) -> Run:
    """What `python -m plnmap …` and `python -c …` do, without a process of its own."""
    _, switch, *words = map(str, command)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        if switch == "-c":
            exec(words[0], {})
        else:
            assert cli.run(words[1:]) == 0
    return Run(1.0, 1.0, 1.0, said.getvalue())


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
        "export of 2,193 made-up interactions as parquet, from the second run on",
        "export of 2,193 made-up interactions as csv, from the second run on",
    }


def test_the_tie_table_from_expressions_and_that_by_hand_hold_the_same_rows(place: Place) -> None:
    smaller, larger, *_ = ties.measure(place)
    assert smaller.measured.endswith(" ties, 0 rows differ")
    assert larger.measured.endswith(" ties, 0 rows differ")


def test_the_start_is_measured_next_to_loading_click(place: Place) -> None:
    (line,) = start.measure(place)
    assert float(line.measured.split()[0]) > 1


BEGIN, END = "<!-- x: begin -->\n", "<!-- x: end -->\n"
ROWS = [
    Row("start", Figure("speed", "≤ 2×", "1.50 [1.40–1.60]×", "met"), "2026-01-02", "two processors: fast."),
    Row("exports", Figure("size", "", "3 MB", ""), "2026-01-03", "one processor."),
    Row("exports", Figure("time", "< 1 s", "2 s", "not met"), "2026-01-03", "two processors: fast."),
]


def test_a_table_says_when_and_where_each_row_was_measured() -> None:
    assert render(ROWS).splitlines() == [
        *HEADING,
        "| start | speed | ≤ 2× | 1.50 [1.40–1.60]× | met | 2026-01-02, A |",
        "| exports | size |  | 3 MB |  | 2026-01-03, B |",
        "| exports | time | < 1 s | 2 s | not met | 2026-01-03, A |",
        "",
        "- A: two processors: fast.",
        "- B: one processor.",
    ]
    assert rows_of(render(ROWS)) == ROWS
    assert rows_of(render([])) == []


def test_only_the_rows_of_what_was_measured_again_are_replaced() -> None:
    order = ["start", "ties", "exports"]
    fresh = [Row("exports", Figure("size", "", "4 MB", ""), "2026-02-01", "one processor.")]
    assert renewed(ROWS, fresh, order) == [ROWS[0], *fresh]
    tied = [Row("ties", Figure("ties", "", "1 s", ""), "2026-02-01", "one processor.")]
    assert renewed(ROWS, tied, order) == [ROWS[0], *tied, *ROWS[1:]]
    assert renewed(ROWS, [], ["exports"]) == ROWS[1:]


def test_rows_are_written_into_the_page_unless_one_of_them_was_skipped(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(put(f"x\n{BEGIN}{END}y\n".replace("x:", f"{MARKED}:"), MARKED, render(ROWS)), "utf-8")
    again = Row("exports", Figure("size", "", "4 MB", ""), "2026-02-01", "one processor.")
    skipped = again._replace(figure=Figure("time", "", "not here", "skipped"))
    before = page.read_bytes()
    write_rows(page, [again, skipped])
    assert page.read_bytes() == before
    write_rows(page, [again])
    written = page.read_text("utf-8")
    assert rows_of(held(written, MARKED)) == [ROWS[0], again]
    assert written.startswith("x\n") and written.endswith("y\n")


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
    table = held(PAGE.read_text(encoding="utf-8"), MARKED)
    rows = rows_of(table)
    assert render(rows) + "\n" == table
    assert [row.benchmark for row in rows] == sorted((row.benchmark for row in rows), key=[*QUESTIONS].index)
    assert all(row.figure.verdict in ("met", "not met", "") and row.figure.what for row in rows)
    assert all(date.fromisoformat(row.day) and row.machine.endswith(".") for row in rows)
