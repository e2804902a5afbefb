"""Every rule of how a post becomes interactions, on posts small enough to do by hand."""

from __future__ import annotations

import random
from typing import Any

import pytest

from plnmap.analysis.derived import derive_ties
from plnmap.model import Reaction
from plnmap.store import Store, database_settings
from tests.records import at, filled, handle, post, put

ADA, BO, CY = "twitter:1", "twitter:2", "twitter:3"


def interactions(store: Store) -> set[tuple[str, str, str, int]]:
    """(kind, source, target, weight in sixtieths of tenths) of all interactions."""
    derive_ties(store, lambda text: None)
    return set(store.rows("SELECT kind, source, target, weight_units FROM interactions"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reply_to": BO}, {("reply", ADA, BO, 600)}),
        ({"boost_of": BO}, {("boost", ADA, BO, 240)}),
        ({"quote_of": BO}, {("quote", ADA, BO, 480)}),
        ({"mentions": [BO]}, {("mention", ADA, BO, 480)}),
        ({"mentions": [BO, CY]}, {("mention", ADA, BO, 240), ("mention", ADA, CY, 240)}),
        ({"reply_to": BO, "mentions": [CY]}, {("reply", ADA, BO, 600), ("mention", ADA, CY, 480)}),
        ({"reply_to": ADA}, set()),
        ({"mentions": [ADA, BO]}, {("mention", ADA, BO, 240)}),
        ({"reply_to": BO, "authority": 0}, set()),
        ({}, set()),
    ],
)
def test_a_post_towards_people(fields: dict[str, Any], expected: set[Any]) -> None:
    with filled(post(1, ADA, **fields)) as store:
        assert interactions(store) == expected


@pytest.mark.parametrize("named", [1, 2, 3, 4, 5])
def test_the_shares_of_those_named_add_up_to_one_mention(named: int) -> None:
    with filled(post(1, ADA, mentions=[f"twitter:{n}" for n in range(10, 10 + named)])) as store:
        assert sum(weight for *_, weight in interactions(store)) == 480


def test_naming_more_than_five_is_a_list_and_weighs_nothing() -> None:
    with filled(post(1, ADA, mentions=[f"twitter:{n}" for n in range(10, 16)])) as store:
        assert {(kind, weight) for kind, _, _, weight in interactions(store)} == {("list_mention", 0)}


def test_a_favourite_counts_where_its_author_is_known() -> None:
    unknown = Reaction(ADA, "favourite", "twitter:9", None, None, None, at("2021-01-01"))
    known = Reaction(ADA, "favourite", "twitter:5", None, None, None, at("2021-01-01"))
    with filled(unknown, known) as store:
        assert interactions(store) == set()
        put(store, post(5, BO), origin="b" * 64)
        store.connection.execute("DELETE FROM computed")
        assert interactions(store) == {("favourite", ADA, BO, 120)}


def test_a_boost_that_is_there_twice_counts_once() -> None:
    told = post(1, ADA, boost_of=BO, boost_of_post="twitter:5")
    bare = Reaction(ADA, "boost", "twitter:5", BO, None, None, at("2021-01-01"))
    with filled(told, bare) as store:
        assert interactions(store) == {("boost", ADA, BO, 240)}
        ((when,),) = store.rows("SELECT happened_at FROM interactions")
        assert when is not None


def test_a_handle_means_whoever_held_it_at_the_time() -> None:
    with filled(
        handle(BO, "Quill", "2018-01-01", "2019-06-30"),
        handle(CY, "quill", "2020-01-01", "2021-06-30"),
        post(1, ADA, "2019-01-01", reply_to="twitter:@quill"),
        post(2, ADA, "2019-09-01", reply_to="twitter:@quill"),
        post(3, ADA, "2020-02-01", mentions=["twitter:@quill"]),
        post(4, ADA, None, quote_of="twitter:@quill"),
    ) as store:
        assert interactions(store) == {
            ("reply", ADA, BO, 600),
            ("mention", ADA, CY, 480),
            ("quote", ADA, CY, 480),
        }


def test_a_handle_nobody_is_known_by_stays_a_reference() -> None:
    with filled(post(1, ADA, reply_to="twitter:@nobody")) as store:
        assert interactions(store) == {("reply", ADA, "twitter:@nobody", 600)}


def test_the_order_of_posts_does_not_matter() -> None:
    posts = [
        post(n, f"twitter:{n % 3}", reply_to=f"twitter:{n % 5}", mentions=[f"twitter:{n % 7}"])
        for n in range(40)
    ]
    shuffled = random.Random(1).sample(posts, len(posts))
    with filled(*posts) as one, filled(*shuffled) as other:
        assert interactions(one) == interactions(other)


def test_renaming_accounts_renames_interactions_and_nothing_else() -> None:
    posts = [post(n, f"twitter:{n % 4}", reply_to=f"twitter:{n % 6}") for n in range(30)]
    new = {f"twitter:{n}": f"twitter:{900 - n}" for n in range(6)}
    renamed = [p._replace(author=new[p.author], reply_to=new[p.reply_to or ""]) for p in posts]
    with filled(*posts) as one, filled(*renamed) as other:
        expected = {
            (kind, new[source], new[target], weight) for kind, source, target, weight in interactions(one)
        }
        assert interactions(other) == expected


def test_ties_are_derived_in_order_however_little_memory_a_collection_leaves() -> None:
    drawn = (
        f"SELECT 'twitter:' || hash(range) AS post, '{ADA}' AS author, '{BO}' AS reply_to, 1 AS authority, "
        "TIMESTAMP '2020-01-01' + to_seconds(range % 999) AS happened_at, 'second' AS at_precision, "
        "[] AS mentions FROM range(20_000)"
    )
    little = {"memory_limit": "12MB", "threads": "1", "preserve_insertion_order": "false"}
    told = "SELECT current_setting('preserve_insertion_order'), current_setting('threads')"
    with filled() as store:
        store.rows(f"INSERT INTO posts BY NAME {drawn}")
        with database_settings(store, **little):
            derive_ties(store, lambda text: None)
            assert store.rows(told) == [(False, 1)]
        lie = store.rows("SELECT happened_at, post FROM interactions")
    assert len(lie) == 20_000 and lie == sorted(lie)
