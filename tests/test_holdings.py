"""All that a file holds about somebody: whatever is in it about them is in the list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plnmap.analysis.accounts.linking import link
from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.held.holdings import Holdings, all_held
from plnmap.analysis.own_word import add_event, add_labels, add_note, elicited
from plnmap.analysis.recall import put_name
from plnmap.cli import cli
from plnmap.errors import UnknownPerson
from plnmap.model import DirectMessageDay, Event, Follow, Note, Reaction
from plnmap.report.holdings import HEADINGS
from plnmap.store import Store, open_store
from tests.records import account, at, covered, filled, handle, post, put, source

EGO, ADA, BO = "twitter:1", "twitter:2", "twitter:3"
THERE = "mastodon:@ada@home.example"
NOW = at("2024-01-01")
ESCAPE = "\x1b[31m"


def world() -> list[tuple[object, ...]]:
    """Ada in every table of the file, and Bo beside her."""
    return [
        source(owner=EGO),
        *covered(EGO),
        *(handle(key, name) for key, name in ((EGO, "ego"), (ADA, "ada"), (BO, "bo"))),
        handle(ADA, "ada_old", "2019-01-01", "2019-12-31"),
        account(ADA, "Ada", bio=f"teacher {ESCAPE}"),
        post(1, EGO, "2020-01-01", reply_to=ADA, text="@ada Thanks for the tip!"),
        post(2, EGO, "2020-01-02", mentions=["twitter:@ada"], text="with @ada"),
        post(3, ADA, "2020-01-03", reply_to=BO, text="You should try it", authority=0),
        post(4, EGO, "2020-01-04", reply_to=BO, text="@bo @ADA_OLD, what do you think?"),
        post(5, EGO, "2020-01-05", reply_to=BO, text="@bo not @adam, ada or @ada@elsewhere.example"),
        post(6, EGO, "2020-01-06", reply_to=THERE, text="there"),
        Reaction(EGO, "favourite", "twitter:3", ADA, None, None, at("2020-02-01")),
        Follow(EGO, ADA, at("2020-06-01"), at("2020-06-01")),
        Follow(EGO, BO, at("2020-06-01"), at("2020-06-01")),
        DirectMessageDay(EGO, ADA, date(2020, 3, 1), 2),
    ]


def held(store: Store, wanted: str) -> Holdings:
    """Everything about somebody, from computed tables that are up to date."""
    for derive in (derive_ties, derive_acts):
        derive(store, lambda text: None)
    return all_held(store, wanted, "twitter")


def sizes(found: Holdings) -> dict[str, int]:
    """Section → rows, where there are any."""
    return {name: len(rows) for name, rows in found.sections.items() if rows}


def test_whatever_is_in_the_file_about_somebody_is_listed() -> None:
    with filled(*world()) as store:
        add_labels(store, EGO, ADA, ["mentor", "friend"], NOW)
        add_note(store, Note(EGO, ADA, NOW, "a note"))
        put_name(store, EGO, "Ada", ADA, "python", NOW)
        link(store, ADA, THERE, said_at=NOW)
        found = held(store, "@ada_old")
        adas = source("b" * 64, ADA, other_side=True)
        put(
            store,
            adas,
            *covered(ADA),
            post(3, ADA, "2020-01-03", reply_to=BO, text="@bo You should try it"),
            origin="b" * 64,
        )
        with_archive = held(store, "ada")
    assert (found.account, found.name) == (ADA, "@ada")
    assert sizes(found) == {
        "accounts": 4,  # the two handles, the id, and the linked address
        "handles": 2,
        "profiles": 1,
        "posts_by_them": 1,
        "acts_towards_them": 4,  # a reply, a mention, a favourite, a reply to the linked account
        "named_in": 1,
        "reactions": 1,
        "follows": 1,
        "direct_messages": 1,
        "days_of_contact": 1,
        "labels": 2,
        "notes": 1,
        "links": 1,
        "recalled": 1,
    }
    assert [row["post"] for row in found.sections["named_in"]] == ["twitter:4"]
    # Newest first, and what is not dated last.
    assert [row["post"] for row in found.sections["acts_towards_them"]] == [
        f"twitter:{number}" for number in (6, 2, 1, 3)
    ]
    # With her archive her post to Bo is an act of hers, and read by the rules.
    more = sizes(with_archive)
    assert more.pop("found_in_their_posts") >= 1
    assert more == sizes(found) | {"acts_of_theirs": 1, "coverage": 8, "sources": 1, "days_of_contact": 2}


def test_an_ego_is_somebody_too_and_so_is_who_is_barely_named() -> None:
    with filled(*world()) as store:
        add_event(store, Event(EGO, date(2015, 3, 1), "month", "new job"))
        assert sizes(held(store, "ego"))["events"] == 1
        assert sizes(held(store, "bo"))["acts_towards_them"] == 2
        with pytest.raises(UnknownPerson):
            held(store, "nobodyatall")


def test_every_section_has_a_heading() -> None:
    with filled(*world()) as store:
        assert list(held(store, "ada").sections) == list(HEADINGS)


@pytest.fixture
def pln(tmp_path: Path) -> Path:
    with filled(*world(), path=tmp_path / "pln.duckdb"):
        pass
    return tmp_path / "pln.duckdb"


def run(pln: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["show", "@ada", "--everything", "--pln", str(pln), *options])


def test_everything_on_a_screen(pln: Path) -> None:
    done = run(pln, "--limit", "1")
    assert done.exit_code == 0, done.exception
    assert "All that this file holds about @ada" in done.stdout
    assert "Your notes  none" in done.stdout
    assert "… 2 more: --format json lists all" in done.stdout
    assert ESCAPE not in done.stdout and "teacher [31m" in done.stdout
    with open_store(pln) as store:
        assert elicited(store, EGO) == "later"


def test_everything_as_json_holds_every_row(pln: Path) -> None:
    found = json.loads(run(pln, "--format", "json", "--limit", "1").stdout)
    assert len(found["sections"]["acts_towards_them"]) == 3
    assert found["sections"]["direct_messages"] == [
        {"source": EGO, "target": ADA, "messages": 2, "first": "2020-03-01", "last": "2020-03-01"}
    ]


def test_nobody_needs_to_be_an_ego_to_ask_what_is_held(tmp_path: Path) -> None:
    path = tmp_path / "none.duckdb"
    with filled(source(owner=None), handle(ADA, "ada"), path=path):
        pass
    assert run(path).exit_code == 0
