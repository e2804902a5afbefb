"""Pages into the PLN file: page by page, in any order, it holds what an archive of them all would bring."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.model import Account, Follow, Handle, Record
from plnmap.store import Store
from plnmap.tombstones import entomb
from tests.records import account, at, handle, in_memory, post, put
from tests.test_store import contents, records

ADA, BO, CY = "twitter:1", "twitter:2", "twitter:3"
COLLECTED = "collected:twitter:1"

Page = list[tuple[Any, ...]]

# Of an account the latest word on each thing counts, and pages come as time goes on.
told = records.filter(lambda record: not isinstance(record, Account))


def add(store: Store, *page: tuple[Any, ...]) -> dict[str, int]:
    """Add one page; table name → rows that are new."""
    rows: dict[Record, Page] = {}
    for record in page:
        rows.setdefault(type(record), []).append(record)
    with store.transaction():
        return store.add(COLLECTED, rows)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(told, max_size=6), min_size=1, max_size=5), st.randoms())
def test_pages_in_any_order_and_again_bring_what_an_archive_would(
    pages: list[Page], chance: random.Random
) -> None:
    with in_memory() as whole:
        put(whole, *(record for page in pages for record in page), origin=COLLECTED)
        expected = contents(whole)
    order = chance.sample(pages, len(pages)) + chance.sample(pages, 1)
    with in_memory() as store:
        new = [add(store, *page) for page in order]
        assert contents(store) == expected
    came = {name: sum(page.get(name, 0) for page in new) for name in expected}
    assert came == {name: len(rows) for name, rows in expected.items()}


def test_a_page_that_tells_the_same_twice_brings_it_once() -> None:
    early, late = at("2020-01-01"), at("2021-01-01")
    twice = [Follow(ADA, BO, late, late), Follow(ADA, BO, early, early), Follow(CY, ADA, late, late)]
    with in_memory() as store:
        assert add(store, *twice) == {"follows": 2}
        assert add(store, *twice) == {"follows": 0}
        held = sorted(contents(store)["follows"])
    assert [row[:2] for row in held] == [(ADA, BO), (CY, ADA)]
    assert [moment.year for moment in held[0][2:]] == [2020, 2021]


def test_what_an_archive_brought_between_two_pages_is_met_by_the_second() -> None:
    with in_memory() as store:
        add(store, handle(ADA, "ada"))
        put(store, handle(BO, "bo"), origin="a" * 64)
        assert add(store, handle(BO, "bo"), handle(ADA, "ada")) == {"handles": 0}
        assert len(contents(store)["handles"]) == 2


def test_a_page_adds_to_what_its_source_said_of_accounts_and_leaves_others_alone() -> None:
    seen = account(BO, display_name="Bo", followers=3, seen_at=at("2020-01-01"))
    with in_memory() as store:
        put(store, seen, origin="a" * 64)
        assert add(store, seen._replace(followers=5)) == {"accounts": 1}
        assert add(store, Account(BO, None, "a bio", None, None, at("2020-02-01"))) == {"accounts": 0}
        found = store.rows("SELECT display_name, bio, followers FROM accounts ORDER BY followers")
    assert found == [("Bo", None, 3), ("Bo", "a bio", 5)]


def test_a_page_that_did_not_land_is_new_when_it_comes_again() -> None:
    with in_memory() as store:
        with pytest.raises(KeyError), store.transaction():
            store.add(COLLECTED, {Handle: [handle(ADA, "ada")]})
            raise KeyError
        assert add(store, handle(ADA, "ada")) == {"handles": 1}


def test_who_was_purged_between_two_pages_does_not_come_with_the_second() -> None:
    page = [post(1, BO), handle(BO, "bo"), Follow(ADA, BO, None, None), Follow(ADA, CY, None, None)]
    with in_memory() as store:
        add(store, *page)
        with store.transaction():
            entomb(store.connection, {BO: None}, "purged", at("2022-01-01"))
            store.keep_out()
        assert add(store, *page) == {"posts": 0, "handles": 0, "follows": 0}
        held = contents(store)
    assert [row[:2] for row in held["follows"]] == [(ADA, CY)]
    assert not held["posts"] and not held["handles"]
