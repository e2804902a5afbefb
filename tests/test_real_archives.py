"""The real archives, end to end: counts, the oracle of replies, and what the screens may say.

Nothing of what people wrote or are called stands here: only counts and what must hold.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.derived import derive_ties
from plnmap.analysis.topics.terms import is_sensitive
from plnmap.cli import run
from plnmap.store import open_store

LAYOUT_2012 = ("layout2012-a.zip", "layout2012-b.zip", "layout2012-c.zip")


@pytest.fixture(scope="module")
def three(real_pln: Callable[[str], Path]) -> Path:
    """A PLN file of the three people who know each other."""
    return real_pln("abc")


def names(file: Path) -> list[str]:
    """Handles of the egos."""
    from plnmap.analysis.egos import egos

    with open_store(file) as store:
        derive_ties(store, lambda text: None)
        return [ego.handle or ego.account for ego in egos(store)]


def test_posts_of_the_three_owners(three: Path) -> None:
    with open_store(three) as store:
        rows = store.rows("SELECT name, posts, skipped FROM sources ORDER BY name")
    assert rows == [(LAYOUT_2012[0], 32_106, 0), (LAYOUT_2012[1], 14_439, 0), (LAYOUT_2012[2], 11_529, 0)]


def test_every_reply_of_the_oracle_is_found_with_the_right_direction(three: Path, real_data: Path) -> None:
    oracle = csv.DictReader(
        (real_data / "twitter_archives/cross_owner_replies_abc.csv").read_text().splitlines()
    )
    expected = {
        (
            f"twitter:{row['reply_id']}",
            row["replier"].lower(),
            f"twitter:{row['parent_id']}",
            row["parent_author"].lower(),
        )
        for row in oracle
    }
    assert len(expected) == 451
    with open_store(three) as store:
        derive_ties(store, lambda text: None)
        found = set(
            store.rows(
                "WITH called AS (SELECT account, lower(handle) AS handle FROM handles) "
                "SELECT i.post, s.handle, p.reply_to_post, t.handle FROM interactions i "
                "JOIN posts p USING (post) JOIN called s ON s.account = i.source "
                "JOIN called t ON t.account = i.target WHERE i.kind = 'reply'"
            )
        )
    assert expected - found == set()


def test_no_interaction_is_towards_oneself_and_keys_are_unique(three: Path) -> None:
    with open_store(three) as store:
        derive_ties(store, lambda text: None)
        assert store.rows("SELECT count(*) FROM interactions WHERE source = target") == [(0,)]
        repeated = "SELECT post, kind, source, target FROM interactions GROUP BY ALL HAVING count(*) > 1"
        assert store.rows(repeated) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_reports_are_readable_and_honest(
    three: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    ego = names(three)[number]
    capsys.readouterr()
    assert run(["report", "--ego", ego, "-q", "--pln", str(three)]) == 0
    screen = capsys.readouterr().out
    assert max(map(len, screen.splitlines())) <= 80
    assert "\x1b" not in screen
    assert run(["people", "--ego", ego, "--format", "json", "-q", "--pln", str(three)]) == 0
    people: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    both_seen = [person for person in people if person["days_in"] is not None]
    assert len(both_seen) == 2
    assert all(person["balance_status"] in ("value", "no_contact") for person in both_seen)
    mentors = [
        person for person in people if "mentor" in person["roles"].replace("peer_mentor", "").split(";")
    ]
    assert len(mentors) <= 2, "without the other side a mentoring role stays open"
    talked = [person for person in people if person["days_out"]]
    with_help = [person for person in talked if (person["thanked_days"] or 0) >= 3]
    assert len(with_help) <= 0.03 * len(talked), "mentoring-like ties are rare"


def test_on_what_help_was_is_said_of_nearly_all_helpers_and_never_what_is_private(
    three: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ego = names(three)[1]
    capsys.readouterr()
    assert run(["report", "--ego", ego, "--format", "json", "-q", "--pln", str(three)]) == 0
    told = json.loads(capsys.readouterr().out)
    about = [told["about"].get(helper["person"]["account"]) for helper in told["helpers"]]
    named = [each for each in about if each and (each["received"] or each["tie"])]
    assert len(named) >= 0.9 * len(about) > 0
    for each in named:
        times = [topic["times"] for topic in each["received"]]
        assert times == sorted(times, reverse=True)
        assert max(len(each["received"]), len(each["tie"])) <= 5
        assert all(topic["times"] > 1 for topic in each["given"])
        said = [topic["term"] for part in ("received", "given", "tie") for topic in each[part]]
        assert not any(is_sensitive(word) or "@" in word for term in said for word in term.split())


def test_the_2022_archive_needs_its_owner_and_then_tells_the_followed(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, file = str(real_data / "twitter_archives/layout2022-a.zip"), tmp_path / "one.duckdb"
    assert run(["import", archive, "--pln", str(file)]) == 2
    assert "--owner" in capsys.readouterr().err
    assert not file.exists()
    assert run(["import", archive, "--owner", "someone", "-q", "--pln", str(file)]) == 0
    with open_store(file) as store:
        assert store.rows("SELECT count(*) FROM posts WHERE authority = 2") == [(1_758,)]
        assert store.rows("SELECT count(*) FROM follows") == [(418,)]
        assert store.rows("SELECT count(*) FROM reactions WHERE kind = 'favourite'") == [(609,)]
    assert run(["report", "-q", "--pln", str(file)]) == 0


def test_the_mastodon_export_and_the_api_answers(real_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.duckdb"
    paths = [str(real_data / "mastodon_export/archive-a.zip"), str(real_data / "twarc/search-v2.jsonl")]
    assert run(["import", *paths, "-q", "--pln", str(file)]) == 0
    with open_store(file) as store:
        derive_ties(store, lambda text: None)
        by_kind = dict(store.rows("SELECT kind, count(*) FROM reactions GROUP BY kind"))
        assert by_kind["boost"] == 326
        assert store.rows("SELECT count(*) FROM posts WHERE post LIKE 'twitter:%' AND authority = 1") == [
            (500,)
        ]
        ((replies,),) = store.rows(
            "SELECT count(*) FROM posts WHERE post LIKE 'mastodon:%' AND reply_to_post IS NOT NULL"
        )
        assert replies == 383
    assert run(["report", "-q", "--pln", str(file)]) == 0
