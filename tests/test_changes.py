"""New, departed and faded follows between two lists, counted by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.contact.changes import Changes, changes
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.cli import run
from plnmap.errors import UsageError
from plnmap.model import Coverage, Follow, Snapshot
from plnmap.report.changes import change_lines
from plnmap.store import Store, as_arrow
from tests.records import at, filled, handle, post, put, source

EGO, ADA, BO, CY, DEE, ELI = (f"twitter:{number}" for number in range(1, 7))
FIRST, SECOND, THIRD = "2021-01-01", "2021-06-01", "2021-12-01"


def follow(target: str, first: str, last: str, **sides: str) -> Follow:
    """A follow by ego as the pages of lists show it: an hour after the list was begun."""
    return Follow(sides.get("source", EGO), target, at(first, "13:00:00"), at(last, "13:00:00"))


def world() -> list[tuple[Any, ...]]:
    names = zip((EGO, ADA, BO, CY, DEE, ELI), ("ego", "ada", "bo", "cy", "dee", "eli"), strict=True)
    return [
        source(retrieved_at=at(THIRD)),
        *(handle(key, name) for key, name in names),
        follow(ADA, FIRST, THIRD),
        follow(BO, FIRST, FIRST),
        follow("twitter:@cy", SECOND, SECOND),
        follow(DEE, SECOND, THIRD),
        follow(ELI, THIRD, THIRD),
        follow(EGO, FIRST, SECOND, source=BO),
    ]


def taken(store: Store, *rows: Snapshot) -> None:
    store.insert("snapshots", as_arrow(Snapshot, rows))


OUT = [Snapshot(EGO, "out", at(day), size) for day, size in ((FIRST, 2), (SECOND, 3), (THIRD, 3))]


def told(store: Store, since: str | None = None) -> Changes:
    derive_ties(store, lambda text: None)
    when = date.fromisoformat(since) if since else None
    return changes(store, choose_ego(store, None), since=when, announce=lambda text: None)


def compared(found: Changes) -> list[tuple[str, list[str], list[str]]]:
    return [(one.direction, one.new, one.departed) for one in found.lists]


def test_the_last_two_lists_are_compared() -> None:
    with filled(*world()) as store:
        taken(store, *OUT)
        # Ada stayed, Dee too; Cy was there in June and is not in December; Eli came. Bo had gone before.
        assert compared(told(store)) == [("out", [ELI], [CY])]


@pytest.mark.parametrize(
    ("since", "new", "departed"),
    [
        (FIRST, [DEE, ELI], [BO]),  # Cy came and went in between
        ("2021-05-31", [DEE, ELI], [BO]),
        (SECOND, [ELI], [CY]),
        ("2030-01-01", [ELI], [CY]),
    ],
)
def test_an_earlier_list_can_be_named(since: str, new: list[str], departed: list[str]) -> None:
    with filled(*world()) as store:
        taken(store, *OUT)
        assert compared(told(store, since)) == [("out", new, departed)]


def test_no_list_is_so_old() -> None:
    with filled(*world()) as store:
        taken(store, *OUT)
        with pytest.raises(UsageError, match="2020-12-31") as caught:
            told(store, "2020-12-31")
        assert caught.value.hint == "the first is of 2021-01-01"


def test_nobody_has_left_a_list_that_was_not_whole() -> None:
    partial = Coverage(EGO, "follow", "in", "partial", at(THIRD), at(THIRD), 9, 1, "capped")
    with filled(*world(), partial) as store:
        taken(store, *OUT, Snapshot(EGO, "in", at(FIRST), 1))
        found = told(store)
        assert [one.direction for one in found.lists] == ["out"]
        alone = found.alone["in"]
        assert alone is not None and (alone.owner, alone.follows) == (EGO, 1)
        said = change_lines(found, names=True)
        assert "followers: one whole list, of 2021-01-01" in said and "@bo" not in said


def test_two_archives_of_one_account_are_two_lists() -> None:
    def archive(key: str, day: str) -> list[tuple[Any, ...]]:
        whole = Coverage(EGO, "follow", "out", "complete", at(day), at(day), None, 3, "")
        return [source(key * 64, retrieved_at=at(day)), whole]

    rows = [row._replace(first_seen=at(f"{row[2]:%Y-%m-%d}"), last_seen=at(f"{row[3]:%Y-%m-%d}"))
            if isinstance(row, Follow) else row for row in world()[1:]]  # fmt: skip
    with filled(*archive("a", SECOND), *rows) as store:
        assert told(store).lists == []
        put(store, *archive("b", THIRD), origin="b" * 64)
        assert compared(told(store)) == [("out", [ELI], [CY])]


def test_faded_are_those_still_followed_whose_tie_went_quiet_in_between() -> None:
    start = date(2020, 12, 1)
    days = [start + timedelta(days=number) for number in range(365)]
    # Ada and Bo are written to every fifth day of December; then ego goes on posting to nobody.
    talk = [
        post(f"{number}{key[-1]}", EGO, f"{day}", reply_to=key)
        for number, day in enumerate(days[:30:5])
        for key in (ADA, BO)
    ]
    alone = [post(f"9{number}", EGO, f"{day}") for number, day in enumerate(days)]
    with filled(*world(), *talk, *alone) as store:
        taken(store, *OUT, Snapshot(EGO, "out", at("2021-11-01"), 3))
        (since_january,) = told(store, FIRST).lists
        # Bo went quiet as well, and is followed no more.
        assert (since_january.faded, since_january.departed) == ([ADA], [BO])
        # By November that was over.
        (since_november,) = told(store).lists
        assert since_november.faded == []


@pytest.fixture
def pln(tmp_path: Path) -> Path:
    with filled(*world(), path=tmp_path / "pln.duckdb") as store:
        taken(store, *OUT)
    return tmp_path / "pln.duckdb"


def test_counts_unless_names_are_asked_for(pln: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["changes", "-q", "--pln", str(pln)]) == 0
    said = capsys.readouterr().out
    assert "2021-06-01 → 2021-12-01  3 → 3  1 new  1 departed  0 faded" in said
    assert "@eli" not in said and "followers: no whole list" in said
    assert run(["changes", "-q", "--names", "--pln", str(pln)]) == 0
    said = capsys.readouterr().out
    assert "followed, new:\n  @eli\n" in said and "followed, departed:\n  @cy\n" in said


def test_as_rows(pln: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["changes", "-q", "--format", "json", "--pln", str(pln)]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["change"], row["people"]) for row in rows] == [("new", 1), ("departed", 1), ("faded", 0)]
    assert run(["changes", "-q", "--names", "--format", "csv", "--pln", str(pln)]) == 0
    named = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["change"], row["account"]) for row in named] == [("new", ELI), ("departed", CY)]
