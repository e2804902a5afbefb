"""The benchmark of strength: made-up messages by hand, and the tables on the methods page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import strength
from benchmarks.figures import SMALL, Place
from benchmarks.written import put
from plnmap.research.foretelling import RANKINGS


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    """Person 0 writes to 35 others on day 0, and to eight of them every other day to the end, day 40."""
    lines = [(0, other, 0) for other in range(1, 36)]
    lines += [(0, other, day) for other in range(1, 9) for day in range(2, 41, 2)]
    # Five of the 35 are written to a hundred times in one day, and never again.
    lines += [(0, other, 1) for other in range(31, 36)] * 100
    path = tmp_path / "messages.txt"
    path.write_text("\n".join(f"{one} {other} {day * 86_400 + 60}" for one, other, day in lines))
    return path


def test_months_of_messages_by_hand(messages: Path) -> None:
    # Only person 0 knows 30 others; from day 40, the clock goes back to day 10.
    ((month,),) = strength._of_messages(messages)
    assert month.origin == 10
    assert month.people.tolist() == list(range(1, 36))
    assert month.contacted.tolist() == [True] * 8 + [False] * 27
    count, jaccard = month.scores["count"], month.scores["jaccard"]
    assert count is not None
    assert jaccard is not None
    assert count.tolist() == [6] * 8 + [1] * 22 + [101] * 5
    assert not jaccard.any()


def test_a_score_that_knows_better_is_ahead(messages: Path) -> None:
    found = strength.summary(strength._of_messages(messages))
    assert (found["asked"], found["egos"], found["months"], found["contacted"]) == (1, 1, 1, 8)
    by_name = {row["ranking"]: row for row in found["rankings"]}
    assert list(by_name) == list(RANKINGS)
    assert by_name["strength"]["average_precision"]["value"] == 1
    # Counting puts those with a hundred messages first.
    precision = sum(hit / (hit + 5) for hit in range(1, 9)) / 8
    assert by_name["count"]["average_precision"]["value"] == pytest.approx(precision, abs=1e-6)
    line = strength._figure("messages", found)
    assert line.verdict == "met", line.measured
    assert float(line.measured.partition(" [")[0]) == pytest.approx(1 - precision, abs=0.001)
    assert line.measured.endswith("(1.000 : 0.440); 1 of 1 egos, 1 months")
    assert json.loads(json.dumps(found)) == found


def test_too_little_is_not_met() -> None:
    line = strength._figure("end", strength.summary([[]]))
    assert (line.verdict, line.measured) == ("not met", "0 of 1 egos, 0 months: too few contacts")


def test_without_the_real_archives_it_is_skipped(tmp_path: Path) -> None:
    lines = strength.measure(Place(tmp_path, None, SMALL))
    assert [line.verdict for line in lines] == ["skipped"] * len(strength.HEADS)


def test_the_methods_page_holds_the_tables() -> None:
    page = strength.PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {strength.MARKED}: begin -->\n", f"<!-- {strength.MARKED}: end -->"
    shown = page.partition(begin)[2].partition(end)[0]
    assert put(page, strength.MARKED, shown) == page
    for words in strength.HEADS.values():
        assert f"{words[0].upper()}{words[1:]}: " in shown
    for name in RANKINGS:
        assert shown.count(f"| `{name}` | ") == len(strength.HEADS)
