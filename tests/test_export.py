"""The tables of an export: their columns, and what stands in them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import ibis
import pytest

from plnmap.analysis.derived import derive_ties
from plnmap.model import Coverage, DirectMessageDay, Follow, Handle, Tie, TieDay
from plnmap.report.tables import lay_out
from plnmap.store import as_arrow
from plnmap.ties import ties
from tests.exports import ADA, ARCHIVE_A, ARCHIVE_B, BO, CY, networks, read, silent, small_world, write
from tests.records import account, covered, filled, handle, post, put, source

CONTRACT = {
    "accounts": "account, platform, handle, display_name, is_ego",
    "interactions": "platform, kind, source, source_handle, target, target_handle, at, at_precision, "
    "post_id, weight",
    "follows": "source, target, first_seen, last_seen",
    "ties": "source, target, source_handle, target_handle, days, first_day, last_day, n_reply, n_mention, "
    "n_quote, n_boost, n_favourite, attention_days",
    "people": "ego, account, handle, strength, strength_status, days_out, days_in, balance, balance_lo, "
    "balance_hi, balance_status, balance_label, roles",
    "coverage": "account, kind, direction, state, first, last, expected, got, reason",
    "sources": "source, name, kind, platform, owner, retrieved_at",
    "handles": "account, handle, first_seen, last_seen",
    "episodes": "ego, account, direction, kind, weight, confirmed, one_sided, mentoring_conversation, "
    "conversation, asked_post_id, asked_at, answer_post_id, answer_at, thanked_post_id, thanked_at",
    "acts": "post_id, author, act, object, score, rule",
    "roles": "ego, account, role, sure, agreement, n, unit, estimate, lo, hi, first_day, last_day, coverage",
    "functions": "ego, account, direction, function, score, lo, hi, n, status, reason",
    "labels": "ego, account, label, said_at, elicited",
    "events": "ego, day, precision, words",
    "links": "account, person",
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world as CSV; for reading only."""
    folder = tmp_path_factory.mktemp("exported")
    with filled(*small_world()) as store:
        write(store, folder, "csv", *networks(store))
    return folder


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_contract_come_first_and_in_order(name: str, exported: Path) -> None:
    promised = CONTRACT[name].split(", ")
    header = (exported / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
    assert header[: len(promised)] == promised
    assert len(header) == len(set(header))


def test_an_interaction_as_a_reader_meets_it(exported: Path) -> None:
    found = {(row["kind"], row["post_id"], row["target"]): row for row in read(exported, "interactions")}
    # The reply went to a handle that was Bo's at the time; both are called what they are called today.
    reply = found["reply", "10", BO]
    assert (reply["source"], reply["source_handle"], reply["target_handle"]) == (ADA, "ada", "Bo")
    assert (reply["at"], reply["at_precision"], reply["weight"]) == ("2020-01-01T12:00:00Z", "second", "1.0")
    # 0.8 shared by two people.
    assert found["mention", "11", BO]["weight"] == found["mention", "11", "twitter:@cy"]["weight"] == "0.4"
    assert found["mention", "11", "twitter:@cy"]["target_handle"] == "cy"
    boost = found["boost", "12", BO]
    assert (boost["at"], boost["at_precision"], boost["weight"]) == ("2020-01-03", "day", "0.4")
    undated = found["reply", "13", BO]
    assert (undated["at"], undated["at_precision"]) == ("", "")
    assert len(found) == 5


def test_a_tie_adds_up_what_was_done(exported: Path) -> None:
    (tie,) = (row for row in read(exported, "ties") if row["target"] == BO)
    assert (tie["source_handle"], tie["target_handle"]) == ("ada", "Bo")
    # Days of contact: 1 and 2 January; the boost is attention, the undated reply has no day.
    assert (tie["days"], tie["first_day"], tie["last_day"]) == ("2", "2020-01-01", "2020-01-02")
    assert (tie["n_reply"], tie["n_mention"], tie["n_boost"], tie["attention_days"]) == ("2", "1", "1", "1")
    assert float(tie["weight"]) == 1 + 1 + 0.4 + 0.4


def test_ties_are_those_of_the_expressions_that_scores_are_made_from(tmp_path: Path) -> None:
    chance = random.Random(5)
    days = [None, *(date(1969, 12, 25) + timedelta(days=number) for number in (0, 6, 7, 36, 37, 300))]
    rows = [
        TieDay(f"twitter:{source}", "twitter:9", day, *(chance.choice([0, 0, 0, 1, 3]) for _ in range(8)))
        for source in range(8)
        for day in days
        if chance.random() < 0.7
    ]
    with filled() as store:
        derive_ties(store, silent)
        store.insert("tie_days", as_arrow(TieDay, rows))
        for as_of in (None, date(1970, 1, 1)):
            lay_out(store, [], announce=silent, as_of=as_of)
            laid = store.rows(f"SELECT {', '.join(Tie._fields)} FROM exported_pairs")
            expected = ties(ibis.memtable(as_arrow(TieDay, rows)), as_of).to_pyarrow().to_pylist()
            assert sorted(laid) == sorted(tuple(row[name] for name in Tie._fields) for row in expected)
            assert len(laid) == 8


def test_follows_of_one_account_under_two_names_become_one(exported: Path) -> None:
    assert read(exported, "follows") == [
        {
            "source": ADA,
            "target": BO,
            "first_seen": "2020-05-01T12:00:00Z",
            "last_seen": "2020-06-02T12:00:00Z",
        }
    ]


def test_people_and_roles_are_those_of_the_analysis(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        (network,) = networks(store)
        write(store, tmp_path, "csv", network)
    people = network.people
    rows = {row["account"]: row for row in read(tmp_path, "people")}
    assert rows.keys() == {person.account for person in people}
    for person in people:
        row = rows[person.account]
        assert (row["ego"], row["roles"], row["days_in"]) == (ADA, person.roles, "")
        assert (row["balance"], row["balance_status"]) == ("", person.balance_status)
        assert row["strength"] == ("" if person.strength is None else repr(person.strength))


def test_every_account_that_is_named_can_be_looked_up(tmp_path: Path) -> None:
    more = [
        DirectMessageDay(ADA, "twitter:77", date(2020, 1, 1), 2),
        post("90", "twitter:88", text="thanks for the tip!", authority=1),
        Coverage("twitter:99", "reply", "out", "partial", None, None, None, None, "first page"),
    ]
    with filled(*small_world(), *more) as store:
        write(store, tmp_path, "csv", *networks(store))
    known = [row["account"] for row in read(tmp_path, "accounts")]
    assert len(known) == len(set(known))
    named = {row["account"] for name in ("people", "coverage", "handles") for row in read(tmp_path, name)}
    named |= {
        row[end]
        for name in ("interactions", "ties", "follows")
        for row in read(tmp_path, name)
        for end in ("source", "target")
    }
    named |= {row["author"] for row in read(tmp_path, "acts")} | {
        row["ego"] for row in read(tmp_path, "people")
    }
    named |= {row["owner"] for row in read(tmp_path, "sources")}
    assert {"twitter:77", "twitter:88", "twitter:99"} <= named <= set(known)


def test_the_posts_of_an_episode_are_found_among_the_interactions(exported: Path) -> None:
    (row,) = read(exported, "episodes")
    assert (row["account"], row["kind"], row["thanked_post_id"]) == (BO, "acknowledged", "10")
    assert (row["asked_post_id"], row["hours_to_answer"], row["confirmed"]) == ("", "", "true")
    assert row["thanked_post_id"] in {each["post_id"] for each in read(exported, "interactions")}


def test_an_owner_known_only_by_handle_is_the_account_that_holds_it(tmp_path: Path) -> None:
    with filled(source(ARCHIVE_A, "twitter:@ada"), handle(ADA, "Ada"), post("1", ADA)) as store:
        write(store, tmp_path)
    assert [row["owner"] for row in read(tmp_path, "sources")] == [ADA]
    (row,) = read(tmp_path, "accounts")
    assert (row["account"], row["handle"], row["is_ego"], row["has_archive"]) == (ADA, "Ada", "true", "true")


def test_somebody_elses_side_makes_no_ego(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        put(store, source(ARCHIVE_B, BO, other_side=True), *covered(BO), origin=ARCHIVE_B)
        write(store, tmp_path)
    marks = {row["account"]: (row["is_ego"], row["has_archive"]) for row in read(tmp_path, "accounts")}
    assert (marks[ADA], marks[BO], marks["twitter:@cy"]) == (
        ("true", "true"),
        ("false", "true"),
        ("false", "false"),
    )


def test_what_is_not_dated_does_not_pass_for_the_latest(tmp_path: Path) -> None:
    old = account(ADA, "undated")._replace(seen_at=None)
    with filled(source(owner=ADA), old, Handle(ADA, "odd", None, None), handle(ADA, "ada")) as store:
        put(store, account(ADA, "dated", "2019-01-01"), origin=ARCHIVE_B)
        write(store, tmp_path)
    (row,) = read(tmp_path, "accounts")
    assert (row["display_name"], row["handle"]) == ("dated", "ada")


def test_a_handle_that_several_held_at_unknown_times_names_one_of_them(tmp_path: Path) -> None:
    held = [Handle(BO, "odd", None, None), Handle(CY, "odd", None, None)]
    answer = post("1", ADA, reply_to="twitter:@odd")
    with filled(source(owner=ADA), *held, answer, Follow(ADA, "twitter:@odd", None, None)) as store:
        write(store, tmp_path)
    assert [row["target"] for row in read(tmp_path, "interactions")] == [CY]
    assert [row["target"] for row in read(tmp_path, "follows")] == [CY]


def test_an_earlier_view_leaves_out_what_came_later_and_what_has_no_date(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        write(store, tmp_path, as_of=date(2020, 1, 1))
        assert [row["post_id"] for row in read(tmp_path, "interactions")] == ["10"]
        assert [row["weight"] for row in read(tmp_path, "ties")] == ["1.0"]
        assert {row["post_id"] for row in read(tmp_path, "acts")} <= {"10"}
        write(store, tmp_path, as_of=date.max)
        assert len(read(tmp_path, "interactions")) == 4


def test_a_file_with_nothing_in_it_exports_headers(tmp_path: Path) -> None:
    with filled() as store:
        rows = write(store, tmp_path)
    assert set(rows.values()) == {0}
    assert all(len((tmp_path / name).read_bytes().splitlines()) == 1 for name in rows)
