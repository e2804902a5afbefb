"""Links: two accounts are one person everywhere, and taking a link out restores what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.accounts.linked_coverage import partly_covered
from plnmap.analysis.accounts.linking import Linked, account_name, decline, link, links, unlink
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego, egos, find_account, find_person
from plnmap.analysis.ledger import contact_windows, ledger
from plnmap.errors import UsageError
from plnmap.model import Coverage, DirectMessageDay, Follow, Link
from plnmap.store import Store, open_store
from tests.exports import contents, silent, write
from tests.records import account, at, covered, filled, handle, post, put, source

EGO, ADA, BO, CY = "twitter:1", "twitter:2", "twitter:3", "twitter:4"
THERE, ADA_THERE = "mastodon:home.example:1", "mastodon:@ada@home.example"
NOW = at("2024-01-01")


def world() -> list[tuple[Any, ...]]:
    """Ego writes to Ada, Bo and Cy; Bo writes nothing, Ada follows Bo."""
    return [
        source(owner=EGO),
        *covered(EGO),
        *(handle(key, name) for key, name in ((EGO, "ego"), (ADA, "ada"), (BO, "bo"), (CY, "cy"))),
        account(ADA, "Ada V.", bio="first"),
        account(BO, "Bo", "2022-01-01", bio="second"),
        post(1, EGO, "2020-01-01", reply_to=ADA),
        post(2, EGO, "2020-01-01", reply_to=BO),
        post(3, EGO, "2020-01-05", reply_to="twitter:@bo"),
        post(4, EGO, "2020-01-09", reply_to=CY, mentions=[ADA, BO]),
        Follow(ADA, BO, at("2020-06-01"), at("2020-06-01")),
        Follow(EGO, BO, at("2020-06-01"), at("2020-06-01")),
    ]


def tie_days(store: Store) -> dict[tuple[str, str], int]:
    """Ordered pair → days with anything."""
    derive_ties(store, silent)
    rows = store.rows("SELECT source, target, count(*) FROM tie_days GROUP BY ALL")
    return {(source, target): days for source, target, days in rows}


def state(store: Store) -> list[Any]:
    """All that links could change."""
    derive_ties(store, silent)
    tables = ("interactions", "tie_days", "resolutions", "authored", "persons")
    return [sorted(store.rows(f"FROM {name}"), key=repr) for name in tables] + [ledger(store), egos(store)]


def test_linked_accounts_are_one_person_everywhere() -> None:
    with filled(*world()) as store:
        assert tie_days(store) == {(EGO, ADA): 2, (EGO, BO): 3, (EGO, CY): 1}
        assert link(store, ADA, BO, said_at=NOW) == Linked(BO, ADA, 0)
        # 1, 5 and 9 January: two of the posts were on one day.
        assert tie_days(store) == {(EGO, ADA): 3, (EGO, CY): 1}
        assert {find_person(store, name, "twitter") for name in ("ada", "@bo", "twitter:3", "3")} == {ADA}
        assert find_account(store, "@bo", "twitter") == BO
        # A mention of both is one mention with both shares.
        assert store.rows("SELECT weight_units FROM interactions WHERE kind = 'mention'") == [(480,)]


def test_the_main_account_gives_the_name_though_another_was_seen_later(tmp_path: Path) -> None:
    with filled(*world()) as store:
        link(store, ADA, BO, said_at=NOW)
        write(store, tmp_path)
    rows = [line.split(",") for line in (tmp_path / "accounts.csv").read_text().splitlines()]
    assert [row[:4] for row in rows if row[0] in (ADA, BO)] == [[ADA, "twitter", "ada", "Ada V."]]
    assert (tmp_path / "links.csv").read_text() == f"account,person\n{BO},{ADA}\n"
    # The follow between the two is none; that of ego is one of the person.
    assert [line.split(",")[:2] for line in (tmp_path / "follows.csv").read_text().splitlines()[1:]] == [
        [EGO, ADA]
    ]
    assert BO not in (tmp_path / "handles.csv").read_text()


def test_unlinking_restores_the_very_same_export(tmp_path: Path) -> None:
    with filled(*world()) as store:
        before = state(store)
        write(store, tmp_path / "before")
        exported = contents(tmp_path / "before")
        link(store, ADA, BO, said_at=NOW)
        write(store, tmp_path / "linked")
        assert contents(tmp_path / "linked") != exported
        for parted in ((BO,), (ADA, BO), (BO, ADA)):
            assert unlink(store, *parted) == (BO, ADA)
            write(store, tmp_path / "after")
            assert (state(store), contents(tmp_path / "after")) == (before, exported)
            link(store, ADA, BO, said_at=NOW)


@pytest.fixture(scope="module")
def empty() -> Iterator[Store]:
    """One file for many examples, because making its tables takes longer than using them."""
    with open_store(None) as store:
        yield store


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=6), st.integers(0, 5))
def test_links_in_any_order_join_the_same_people_and_taken_out_leave_nothing(
    empty: Store, pairs: list[tuple[int, int]], turn: int
) -> None:
    groups: list[set[frozenset[str]]] = []
    for order in (pairs, [*reversed(pairs[turn:]), *pairs[:turn]]):
        for one, other in order:
            with suppress(UsageError):
                link(empty, f"twitter:{one}", f"twitter:{other}", said_at=NOW)
        people: dict[str, set[str]] = {}
        for member, person in empty.rows("SELECT account, person FROM persons"):
            people.setdefault(person, set()).add(member)
        groups.append({frozenset(members) for members in people.values()})
        # Nobody belongs to two, and the main account belongs to the person it names.
        assert sum(map(len, people.values())) == len(set().union(*people.values()))
        assert all(person in members for person, members in people.items())
        held = links(empty)
        for each in [*reversed(held[turn:]), *held[:turn]]:
            unlink(empty, each.account)
        assert empty.rows("FROM persons") == []
    assert groups[0] == groups[1]


def test_chains_keep_the_first_named_as_the_main_account_and_come_apart_link_by_link() -> None:
    with filled(*world()) as store:
        link(store, BO, CY, said_at=NOW)
        link(store, ADA, CY, said_at=NOW)  # Cy belongs to Bo: both join Ada
        assert {find_person(store, name, "twitter") for name in ("ada", "bo", "cy")} == {ADA}
        assert unlink(store, ADA, CY) == (CY, BO)
        assert [find_person(store, name, "twitter") for name in ("ada", "bo", "cy")] == [ADA, ADA, CY]
        assert unlink(store, BO, ADA) == (BO, ADA)
        assert links(store) == []


def test_what_two_accounts_of_one_person_did_to_one_another_is_no_tie() -> None:
    talk = [post(10, ADA, "2020-02-01", reply_to=BO), post(11, BO, "2020-02-02", reply_to=ADA)]
    with filled(*world(), *talk) as store:
        assert tie_days(store)[ADA, BO] == 1
        assert link(store, ADA, BO, said_at=NOW).acts_between == 2
        assert tie_days(store) == {(EGO, ADA): 3, (EGO, CY): 1}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (ADA, ADA, "are the same account"),
        (ADA, "twitter:@ada", "are the same account"),
        (ADA, BO, "linked already"),
        (BO, ADA, "linked already"),
        (CY, BO, "linked already"),
    ],
)
def test_links_that_make_no_sense_are_refused(one: str, other: str, said: str) -> None:
    with filled(*world()) as store:
        link(store, ADA, BO, said_at=NOW)
        link(store, BO, CY, said_at=NOW)
        before = links(store)
        with pytest.raises(UsageError, match=said):
            link(store, one, other, said_at=NOW)
        assert links(store) == before


def test_only_what_is_linked_can_be_taken_out() -> None:
    with filled(*world()) as store:
        with pytest.raises(UsageError, match="@ada is not linked"):
            unlink(store, ADA)
        link(store, ADA, BO, said_at=NOW)
        with pytest.raises(UsageError, match="main account; linked to it: @bo") as told:
            unlink(store, ADA)
        assert told.value.hint == "take one out: plnmap unlink @bo"
        for pair in ((ADA, CY), (BO, BO)):
            with pytest.raises(UsageError, match="are not linked"):
                unlink(store, *pair)
        assert len(links(store)) == 1


def test_a_linked_handle_is_whoever_turns_out_to_hold_it() -> None:
    with filled(*world()) as store:
        link(store, ADA, ADA_THERE, said_at=NOW)
        assert find_person(store, "@ada@home.example", "twitter") == ADA
        put(store, handle("mastodon:home.example:7", "Ada@home.example"), origin="b" * 64)
        assert find_person(store, "mastodon:home.example:7", "twitter") == ADA
        assert unlink(store, "mastodon:home.example:7") == ("mastodon:home.example:7", ADA)
        assert links(store) == []


def test_a_handle_linked_and_an_id_linked_that_turn_out_to_be_one_join_their_people() -> None:
    with filled(*world()) as store:
        link(store, BO, ADA_THERE, said_at=NOW)
        link(store, ADA, "mastodon:home.example:7", said_at=NOW)
        put(store, handle("mastodon:home.example:7", "ada@home.example"), origin="b" * 64)
        names = ("ada", "bo", "ada@home.example")
        assert {find_person(store, name, "twitter") for name in names} == {ADA}


def test_an_answer_of_not_found_links_nothing_and_a_link_replaces_it() -> None:
    with filled(*world()) as store:
        version = store.data_version()
        decline(store, ADA, ADA_THERE, NOW)
        assert store.data_version() == version
        assert find_person(store, "ada", "twitter") == ADA and store.rows("FROM persons") == []
        link(store, ADA, ADA_THERE, said_at=NOW)
        assert [each.answer for each in links(store)] == ["linked"]
        assert store.data_version() != version


def test_direct_messages_follow_the_person() -> None:
    messages = [
        DirectMessageDay(EGO, ADA, at("2020-03-01").date(), 2),
        DirectMessageDay(EGO, BO, at("2020-03-01").date(), 3),
        DirectMessageDay(BO, ADA, at("2020-03-01").date(), 5),
    ]
    with filled(source(owner=EGO), *messages) as store:
        link(store, ADA, BO, said_at=NOW)
        tie_days(store)
        assert store.rows("SELECT source, target, n_dm FROM tie_days") == [(EGO, ADA, 5)]


def two_homes(
    there_until: str = "2021-01-20", made: str = "2021-01-25", *, with_archive: bool = True
) -> list[list[tuple[Any, ...]]]:
    """Ego's archives from two platforms, and Ada's from Twitter."""
    mastodon = [
        source("b" * 64, THERE, platform="mastodon", kind="mastodon_export", retrieved_at=at(made)),
        handle(THERE, "ego@home.example"),
        *(covered(THERE, "2020-06-01", there_until) if with_archive else []),
        post("m1", THERE, "2020-07-01", reply_to=ADA_THERE, post="mastodon:m1"),
    ]
    adas = [
        source("c" * 64, ADA, other_side=True),
        *covered(ADA),
        post(20, ADA, "2020-01-02", reply_to=EGO),
    ]
    return [world(), mastodon, adas]


def imported(store: Store, sources: list[list[tuple[Any, ...]]]) -> None:
    """Import each as a source of its own."""
    for number, rows in enumerate(sources):
        put(store, *rows, origin="abc"[number] * 64)


def test_two_archives_of_one_person_are_one_ego() -> None:
    with open_store(None, create=True) as store:
        imported(store, two_homes())
        assert [ego.name for ego in egos(store)] == ["@ego@home.example", "@ego"]
        link(store, EGO, THERE, said_at=NOW)
        (ego,) = egos(store)
        assert (ego.account, ego.name, ego.posts) == (EGO, "@ego", 5)
        assert ego.t0 == at("2021-01-25").replace(tzinfo=None)
        assert choose_ego(store, "@ego@home.example") == ego
        assert tie_days(store)[EGO, ADA_THERE] == 1
        # The platform is that of the post, not that of the main account.
        assert store.rows(f"SELECT platform FROM interactions WHERE target = '{ADA_THERE}'") == [
            ("mastodon",)
        ]


def reply_out(store: Store, key: str) -> Coverage:
    """The ledger's row for somebody's own replies."""
    (row,) = [row for row in ledger(store) if (row.account, row.kind, row.direction) == (key, "reply", "out")]
    return row


@pytest.mark.parametrize(("made", "state"), [("2021-01-31", "complete"), ("2021-02-01", "partial")])
def test_two_archives_cover_what_both_of_them_reach(made: str, state: str) -> None:
    # The Twitter archive was made on 2021-01-01, so it tells that nothing was posted until then.
    with open_store(None, create=True) as store:
        imported(store, two_homes(made=made))
        link(store, EGO, THERE, said_at=NOW)
        row = reply_out(store, EGO)
        assert (row.state, row.first, row.last) == (
            state,
            at("2019-01-01").replace(tzinfo=None),
            at("2021-01-01").replace(tzinfo=None),
        )
        assert row.reason == ("" if state == "complete" else "their archives were not made at the same time")
        assert partly_covered(store) == set()


def test_an_account_without_an_archive_leaves_no_window_that_both_sides_share() -> None:
    from tests.test_people import alter, mapped

    with open_store(None, create=True) as store:
        imported(store, two_homes(with_archive=False))
        assert alter(mapped(store), ADA).days_in == 1
        link(store, EGO, THERE, said_at=NOW)
        row = reply_out(store, EGO)
        assert (row.state, row.reason) == ("partial", "1 of 2 linked accounts")
        assert partly_covered(store) == {EGO}
        ada = alter(mapped(store), ADA)
        # Ego's own acts are still counted; what Ada did is not set against half of ego.
        assert (ada.days_out, ada.days_in, ada.balance_status) == (2, None, "not_observed")


def test_an_account_where_the_file_has_no_source_takes_no_window_away() -> None:
    with open_store(None, create=True) as store:
        imported(store, [two_homes()[0], [], two_homes()[2]])
        before = contact_windows(ledger(store))
        link(store, ADA, ADA_THERE, said_at=NOW)
        assert contact_windows(ledger(store)) == before
        assert partly_covered(store) == set()


def test_somebody_is_not_followed_only_where_no_list_has_them() -> None:
    list_there = Coverage(EGO, "follow", "out", "complete", at("2021-01-01"), at("2021-01-01"), None, 3, "")
    other = list_there._replace(account=THERE, last=at("2021-01-01") + timedelta(days=90))
    for has_both in (False, True):
        with open_store(None, create=True) as store:
            first, second, _ = two_homes()
            imported(store, [[*first, list_there], [*second, *([other] if has_both else [])]])
            link(store, EGO, THERE, said_at=NOW)
            (row,) = [row for row in ledger(store) if (row.account, row.kind) == (EGO, "follow")]
            assert (row.state, row.got) == (("complete", 6) if has_both else ("none", 3))


def test_the_order_of_imports_does_not_matter_with_links(tmp_path: Path) -> None:
    sources = two_homes()
    found = []
    for order in ((0, 1, 2), (2, 1, 0)):
        with open_store(None, create=True) as store:
            put(store, handle(BO, "bo"), origin="d" * 64)
            link(store, EGO, THERE, said_at=NOW)
            link(store, ADA, ADA_THERE, said_at=NOW)
            for number in order:
                put(store, *sources[number], origin="abc"[number] * 64)
            write(store, tmp_path / str(order[0]))
        found.append(contents(tmp_path / str(order[0])))
    assert found[0] == found[1]


def test_names_of_accounts_are_their_own() -> None:
    with filled(*world()) as store:
        link(store, ADA, BO, said_at=NOW)
        assert [account_name(store, key) for key in (ADA, BO, ADA_THERE, "twitter:99")] == [
            "@ada",
            "@bo",
            "@ada@home.example",
            "id 99",
        ]
        assert links(store) == [Link(BO, ADA, "linked", NOW.replace(tzinfo=None))]


# --- real archives -------------------------------------------------------------------------------


@pytest.mark.real_data
def test_real_archives_of_two_platforms_become_one_ego_and_two_again(real_data: Path) -> None:
    from plnmap.commands.importing import import_path

    def acts(store: Store) -> int:
        derive_ties(store, silent)
        ((count,),) = store.rows("SELECT count(*) FROM interactions")
        return int(count)

    with open_store(None, create=True) as store:
        import_path(store, real_data / "twitter_archives" / "layout2022-a.zip", owner="@owner", quiet=True)
        import_path(store, real_data / "mastodon_export" / "archive-a.zip", quiet=True)
        before, total = state(store), acts(store)
        one, other = (ego.account for ego in egos(store))
        done = link(store, one, other, said_at=NOW)
        (ego,) = egos(store)
        assert ego.posts == sum(each.posts for each in before[-1])
        assert ego.t0 == max(each.t0 for each in before[-1])
        assert acts(store) == total - done.acts_between
        unlink(store, one, other)
        assert state(store) == before
