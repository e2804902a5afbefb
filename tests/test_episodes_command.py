"""The command `episodes` on the invented sample, and what holds on real archives: counts, no words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from plnmap.analysis.help.episode_summary import EpisodeSummary
from plnmap.analysis.help.episodes import episodes
from plnmap.cli import run
from plnmap.model import Episode
from plnmap.store import open_store
from tests.analysis.threads import ACKNOWLEDGED, ALL, ANSWERED, OFFERED


def test_the_command_shows_what_was_seen_and_what_was_not(
    sample_pln: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def printed(*options: str) -> str:
        assert run(["episodes", "-q", "--pln", str(sample_pln), *options]) == 0
        return capsys.readouterr().out

    everything = json.loads(printed("--format", "json"))
    rows = everything["episodes"]
    assert {row["direction"] for row in rows} == {"in", "out"}
    assert set(everything["summary"]) == set(EpisodeSummary._fields)
    received = json.loads(printed("--format", "json", "--received", "--since", "2019-01-01"))["episodes"]
    assert received == [row for row in rows if row["direction"] == "in" and row["day"] >= "2019-01-01"] != []
    ada = json.loads(printed("--format", "json", "--with", "@ada_venn", "--limit", "2"))["episodes"]
    assert ada == [row for row in rows if row["who"] == "@ada_venn"][:2]
    word = re.findall(r"[a-z]{6,}", ada[0]["thanked_text"] or ada[0]["answer_text"])[-1]
    assert ada[0] in json.loads(printed("--format", "json", "--topic", word))["episodes"]
    lines = list(csv.DictReader(io.StringIO(printed("--format", "csv"))))
    assert len(lines) == len(rows)
    assert {*Episode._fields, "who", "asked_text", "answer_url"} <= set(lines[0])
    assert printed("--format", "md").count("\n") == len(rows) + 2
    screen = printed("--received")
    assert "You asked" in screen
    assert "not seen: your question, their answer" in screen
    assert printed("--received", "--all", "--limit", "500").count("perhaps mere talk") == sum(
        row["kind"] == ANSWERED and row["direction"] == "in" for row in rows
    )


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen(
    width: int, sample_pln: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    # The name of a file is not cut: the command would not work any more.
    monkeypatch.setenv("PLNMAP_FILE", str(sample_pln))
    assert run(["episodes", "-q", "--all", "--limit", "60"]) == 0
    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= width


def test_an_unknown_person_is_named(sample_pln: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["episodes", "-q", "--pln", str(sample_pln), "--with", "@ada_ven"]) == 2
    assert "did you mean @ada_venn" in capsys.readouterr().err


def real_episodes(file: Path) -> dict[str, list[Episode]]:
    """The episodes of each owner of a file of archives whose owners know each other."""
    from plnmap.analysis.egos import egos

    with open_store(file) as store:
        return {ego.account: episodes(store, ego, ego.t0.date()) for ego in egos(store) if ego.t0}


def test_one_archive_shows_one_side_of_every_episode(real_pln: Callable[[str], Path]) -> None:
    ((found),) = real_episodes(real_pln("b")).values()
    assert len(found) > 100
    assert {(each.direction, each.kind) for each in found} == {("in", ACKNOWLEDGED), ("out", OFFERED)}
    assert all(each.one_sided and each.hours_to_answer is None for each in found)
    assert all(each.answer_post is None for each in found if each.direction == "in")


def test_three_archives_together_show_whole_episodes(real_pln: Callable[[str], Path]) -> None:
    found = real_episodes(real_pln("abc"))
    assert len(found) == 3
    whole = [each for rows in found.values() for each in rows if each.kind == ALL]
    assert len(whole) >= 4
    # What one received the other gave: each is seen from both ends.
    ends = sorted(
        (each.ego, each.account) if each.direction == "in" else (each.account, each.ego) for each in whole
    )
    assert ends[::2] == ends[1::2]
    assert not any(each.one_sided for each in whole)
    assert all(0 <= each.hours_to_answer <= 72 for each in whole if each.hours_to_answer is not None)
    answered = [each for rows in found.values() for each in rows if each.answer_post and each.asked_post]
    assert {each.account for each in answered} <= set(found), "only the three are heard"
