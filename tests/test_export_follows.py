"""`export --follows`: a list that Mastodon imports, and so do we."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.cli import run
from plnmap.model import Follow, Link
from plnmap.report.follows import HEADER, Followed, followed, follows_csv
from plnmap.sources.follows import addresses
from plnmap.store import Store, as_arrow, open_store
from tests.exports import ADA, BO
from tests.records import at, filled, handle, post, source

ME, CY = "mastodon:@ada@example.social", "mastodon:@cy@example.org"


def follow(target: str, by: str = ADA) -> Follow:
    return Follow(by, target, at("2020-01-01"), None)


def link(store: Store, account: str, person: str, answer: str = "linked") -> None:
    with store.transaction():
        store.insert("links", as_arrow(Link, [Link(account, person, answer, at("2021-01-01"))]))


def test_only_accounts_with_a_known_address_are_listed() -> None:
    known = handle("mastodon:example.social:34", "Dee@example.social")
    local = handle("mastodon:example.social:35", "no_server")
    targets = [BO, "twitter:@eli", CY, "mastodon:example.social:34", "mastodon:example.social:35"]
    with filled(source(owner=ADA), handle(BO, "bo"), known, local, *map(follow, targets)) as store:
        assert followed(store, ADA) == Followed(["cy@example.org", "Dee@example.social"], 5)


def test_whom_others_follow_is_not_listed_nor_ego_themselves() -> None:
    with filled(source(owner=ADA), follow(CY, by=BO), follow(ADA), follow(ME)) as store:
        link(store, ME, ADA)
        assert followed(store, ADA) == Followed([], 0)
        assert followed(store, BO) == Followed(["cy@example.org"], 1)


def test_somebody_linked_is_found_where_they_went() -> None:
    with filled(source(owner=ADA), handle(BO, "bo"), follow("twitter:@bo")) as store:
        assert followed(store, ADA) == Followed([], 1)
        link(store, "mastodon:@bo@example.org", BO)
        link(store, "mastodon:@not_bo@example.org", BO, "not_found")
        assert followed(store, ADA) == Followed(["bo@example.org"], 1)


def test_follows_of_all_accounts_of_ego_count_and_each_address_once() -> None:
    again = follow("mastodon:@CY@example.org", by=ME)
    with filled(source(owner=ADA), follow(CY), again, follow("mastodon:@dee@b.example", by=ME)) as store:
        link(store, ME, ADA)
        found, people = followed(store, ADA)
    assert [address.lower() for address in found] == ["cy@example.org", "dee@b.example"]
    assert people == 3


def test_the_latest_address_counts() -> None:
    key = "mastodon:example.social:34"
    moved = [handle(key, "old@a.example", last="2020-02-01"), handle(key, "new@b.example", last="2020-03-01")]
    with filled(source(owner=ADA), *moved, follow("mastodon:@old@a.example")) as store:
        assert followed(store, ADA).addresses == ["new@b.example"]


@pytest.mark.parametrize(
    "odd", ["=1@a.example", "-x@a.example", ".x@a.example", "a b@c.example", "x@y@z", "@", "a@"]
)
def test_what_is_no_address_is_left_out(odd: str) -> None:
    with filled(source(owner=ADA), follow(f"mastodon:@{odd}")) as store:
        assert followed(store, ADA) == Followed([], 1)


part = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=12)


@given(
    st.lists(
        st.tuples(part, part).map(lambda two: f"{two[0]}@{two[1].replace('_', '0')}.example"), max_size=9
    )
)
def test_our_own_reader_reads_every_address_back(listed: list[str]) -> None:
    skipped: Counter[str] = Counter()
    content = follows_csv(listed)
    assert list(addresses("x.csv", [content.encode()], skipped)) == listed
    assert not skipped
    header, *rows = csv.reader(io.StringIO(content))
    assert tuple(header) == HEADER == ("Account address", "Show boosts", "Notify on new posts", "Languages")
    assert rows == [[address, "true", "false", ""] for address in listed]


def test_the_way_round_through_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, listed, again = (tmp_path / name for name in ("pln.duckdb", "following_accounts.csv", "again.csv"))
    with filled(source(owner=ADA), post("1", ADA), follow(CY), follow(BO), path=file):
        pass
    assert run(["export", "--follows", "--pln", str(file), "-o", str(listed)]) == 0
    assert "1 address on Mastodon, of 2 people whom" in capsys.readouterr().err
    other = str(tmp_path / "other.duckdb")
    assert run(["import", str(listed), "--owner", "ada@example.social", "-q", "--pln", other]) == 0
    capsys.readouterr()
    assert run(["export", "--follows", "--pln", other]) == 0
    assert capsys.readouterr().out == listed.read_text("utf-8")
    with open_store(Path(other)) as store:
        assert followed(store, ME) == Followed(["cy@example.org"], 1)
    assert not again.exists()


@pytest.mark.parametrize(
    ("followed_ones", "said"),
    [
        ([], "no source shows whom"),
        ([BO], "no address on Mastodon is known of the 1 person whom"),
        ([BO, "twitter:@cy"], "no address on Mastodon is known of the 2 people whom"),
    ],
)
def test_an_empty_list_is_not_written_and_its_reason_is_told(
    followed_ones: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, listed = tmp_path / "pln.duckdb", tmp_path / "following_accounts.csv"
    with filled(source(owner=ADA), post("1", ADA), *map(follow, followed_ones), path=file):
        pass
    for where in ([], ["-o", str(listed)]):
        assert run(["export", "--follows", "--pln", str(file), *where]) == 2
        told = capsys.readouterr()
        assert told.out == "" and said in told.err
    assert not listed.exists()


@pytest.mark.real_data
def test_a_real_list_comes_back_whole(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = real_data / "mastodon_export" / "following_accounts.csv"
    file = str(tmp_path / "pln.duckdb")
    assert run(["import", str(original), "--owner", "me@example.social", "-q", "--pln", file]) == 0
    capsys.readouterr()
    assert run(["export", "--follows", "-q", "--pln", file]) == 0
    written = set(addresses("x.csv", [capsys.readouterr().out.encode()], Counter()))
    read = {address.lower() for address in addresses("x.csv", [original.read_bytes()], Counter())}
    assert written == read
    assert len(written) > 400
