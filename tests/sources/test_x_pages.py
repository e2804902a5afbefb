"""What pages of the X API give when they are collected: records, further tasks, cost, and how a task ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from plnmap.errors import CredentialsError
from plnmap.model import Follow, Reaction
from plnmap.sources.x_client import thread_query
from plnmap.sources.x_pages import SEARCH_REACHES, SEARCH_SHOWS, THREADS_A_SEARCH
from plnmap.sources.x_streams import LIKES_ARE_PRIVATE, RANKS, UNNAMED
from tests.scenario.x_api import snowflake
from tests.sources.x_builders import (
    BO,
    BY_APP,
    BY_USER,
    CY,
    EGO,
    NOW,
    OWNER,
    page,
    person,
    problem,
    taken,
    tweet,
)


def counted(**counts: int) -> dict[str, Any]:
    return {"public_metrics": counts}


def proposed(found: Any, stream: str) -> dict[str, int | None]:
    return {one.subject: one.expected for one in found.tasks if one.stream == stream}


def test_a_profile_says_what_there_is() -> None:
    counts = counted(tweet_count=20, followers_count=3, following_count=4, like_count=5)
    found = taken("profile", {"data": person(EGO, "ada", **counts)})
    assert {one.stream: one.expected for one in found.tasks} == {
        "posts": 20,
        "mentions": None,
        "followers": 3,
        "following": 4,
        "liked": 5,
    }
    assert (found.end, found.cursor, found.items) == ("complete", None, 1)
    assert found.reads == {("user", False): {EGO}}
    assert found.page.accounts[0].followers == 3


@pytest.mark.parametrize("number", [-1, 10**30])
def test_a_count_that_is_none_is_unknown(number: int) -> None:
    counts = counted(tweet_count=number, followers_count=number, following_count=4, like_count=number)
    found = taken("profile", {"data": person(EGO, "ada", **counts)})
    assert {one.stream: one.expected for one in found.tasks if one.expected is not None} == {"following": 4}
    (kept,) = found.page.accounts
    assert (kept.followers, kept.following, kept.posts) == (None, 4, None)


def test_an_app_sees_no_likes_and_says_why() -> None:
    found = taken("profile", {"data": person(EGO, "ada", **counted(post_count=20, like_count=5))}, BY_APP)
    refused = [(one.stream, one.reason) for one in found.tasks if one.state == "refused"]
    assert refused == [("liked", LIKES_ARE_PRIVATE)]
    assert [one.stream for one in found.tasks if one.state == "waiting"] == [
        "posts",
        "mentions",
        "followers",
        "following",
    ]
    assert proposed(found, "posts") == {EGO: 20}


def test_a_token_of_somebody_else_is_noticed() -> None:
    with pytest.raises(CredentialsError, match="another account"):
        taken("profile", {"data": person(BO, "bo")})


def test_own_posts() -> None:
    older = tweet("7", created_at="2026-05-01T10:00:00.000Z")
    found = taken("posts", page(tweet("9"), older, token="t2"), expected=20)
    assert [post.post for post in found.page.posts] == ["twitter:9", "twitter:7"]
    assert {post.authority for post in found.page.posts} == {1}
    assert (found.cursor, found.end, found.newest, found.items) == ("t2", None, "9", 2)
    assert found.oldest is not None
    assert found.oldest.isoformat() == "2026-05-01T10:00:00+00:00"
    assert found.reads == {("post", True): {"9", "7"}}
    assert taken("posts", page(tweet("9")), BY_APP).reads == {("post", False): {"9"}}


def test_posts_without_an_author_are_those_of_whom_was_asked_about() -> None:
    bare = {"id": "9", "text": "hello"}
    assert taken("posts", page(bare)).page.posts[0].author == OWNER
    assert taken("alter_posts", page(bare), subject=BO, account=f"twitter:{BO}").page.posts[0].author == (
        f"twitter:{BO}"
    )
    found = taken("mentions", page(bare))
    assert (found.page.posts, found.items, found.page.skipped) == ([], 1, {"post without an author": 1})


def test_what_became_of_own_posts_is_asked_where_something_is_counted() -> None:
    counts = {"like_count": 4, "retweet_count": 3, "quote_count": 2, "reply_count": 0}
    boost = tweet("3", referenced_tweets=[{"type": "retweeted", "id": "2"}], **counted(**counts))
    body = page(tweet("1", **counted(**counts)), tweet("2", **counted(like_count=0)), boost)
    found = taken("posts", body)
    assert [(one.stream, one.subject, one.expected, one.account) for one in found.tasks] == [
        ("quotes", "1", 2, OWNER),
        ("boosters", "1", 3, OWNER),
        ("likers", "1", 4, OWNER),
    ]
    # To be asked for by a login of the account itself, later than now.
    by_app = {one.stream: (one.state, one.reason, one.began_at) for one in taken("posts", body, BY_APP).tasks}
    assert by_app.pop("likers") == ("refused", LIKES_ARE_PRIVATE, NOW)
    assert by_app == {"quotes": ("waiting", "", None), "boosters": ("waiting", "", None)}
    assert proposed(taken("posts", page(tweet(**counted(repost_count=6)))), "boosters") == {"1": 6}
    assert taken("mentions", body).tasks == ()


def of_threads(*items: dict[str, Any]) -> tuple[dict[str, int | None], list[tuple[str, str, str]]]:
    """Threads that a page of own posts lets us search for, and what it says cannot be."""
    found = [one for one in taken("posts", page(*items)).tasks if one.stream == "answers"]
    searches = {one.subject: one.expected for one in found if one.state == "waiting"}
    return searches, [(one.subject, one.state, one.reason) for one in found if one.state != "waiting"]


NOT_FOUND: Final = [(EGO, "partial", UNNAMED)]


@pytest.mark.parametrize(
    ("age", "searched"), [(SEARCH_REACHES - timedelta(seconds=1), True), (SEARCH_REACHES, False)]
)
def test_threads_are_searched_as_far_back_as_the_search_reaches(age: timedelta, searched: bool) -> None:
    begun = f"{NOW - age:%Y-%m-%dT%H:%M:%S.000Z}"
    own = tweet("5", conversation_id="5", created_at=begun, **counted(reply_count=2))
    silent = tweet("7", conversation_id="7", created_at=begun, **counted(reply_count=0))
    assert of_threads(own, silent) == (({"5": 2}, []) if searched else ({}, NOT_FOUND))


def test_answers_that_no_search_looks_for_are_not_all_there() -> None:
    began = tweet("5", conversation_id="5", **counted(reply_count=2))
    went_on = tweet("6", conversation_id="5", **counted(reply_count=1))
    assert of_threads(went_on, began) == ({"5": 2}, [])
    in_anothers_thread = tweet("7", conversation_id="4", **counted(reply_count=1))
    assert of_threads(in_anothers_thread, began) == ({"5": 2}, NOT_FOUND)
    assert of_threads(tweet("8", conversation_id="4", **counted(reply_count=0))) == ({}, [])
    # What a boost counts was said to somebody else.
    boost = tweet("9", referenced_tweets=[{"type": "retweeted", "id": "2"}], **counted(reply_count=3))
    assert of_threads(boost) == ({}, [])


@pytest.mark.parametrize("late", [0, 1])
def test_a_thread_is_all_there_as_long_as_the_search_shows_how_it_began(late: int) -> None:
    begun = NOW - SEARCH_SHOWS + timedelta(seconds=1 - late)
    threads = f"{snowflake(NOW, 1)},{snowflake(begun, 1)}"
    found = taken("answers", page(tweet("8", BO)), subject=threads, expected=1)
    assert (found.end, found.reason) == (("partial", UNNAMED) if late else ("complete", ""))
    short = taken("answers", page(tweet("8", BO)), subject=snowflake(NOW, 1), expected=2)
    assert (short.end, short.reason) == ("partial", "X counts 2 and shows 1")


def test_one_search_is_for_many_threads() -> None:
    ids = [f"{number:02}" for number in range(10, 10 + THREADS_A_SEARCH + 1)]
    own = [tweet(one, conversation_id=one, **counted(reply_count=1)) for one in ids]
    assert proposed(taken("posts", page(*own)), "answers") == {
        ",".join(ids[:-1]): THREADS_A_SEARCH,
        ids[-1]: 1,
    }


def test_the_longest_question_is_one_that_the_search_takes() -> None:
    def length(threads: int) -> int:
        return len(thread_query(["1" * 19] * threads, "a" * 15))

    assert length(THREADS_A_SEARCH) <= 512 < length(THREADS_A_SEARCH + 1)


def test_follows_are_seen_when_their_list_was_begun() -> None:
    begun = NOW - timedelta(hours=2)
    followers = taken("followers", page(person(BO), person(CY, "cy")), began_at=begun)
    assert followers.page.follows == [
        Follow(f"twitter:{BO}", OWNER, begun, begun),
        Follow(f"twitter:{CY}", OWNER, begun, begun),
    ]
    assert followers.reads == {("follow", True): {f"{EGO}<{BO}", f"{EGO}<{CY}"}}
    assert followers.newest is None
    following = taken("following", page(person(BO)), began_at=begun)
    assert following.page.follows == [Follow(OWNER, f"twitter:{BO}", begun, begun)]
    assert following.reads == {("follow", True): {f"{EGO}>{BO}"}}
    others = taken("alter_following", page(person(CY, "cy")), subject=BO, account=f"twitter:{BO}")
    assert [(one.source, one.target) for one in others.page.follows] == [(f"twitter:{BO}", f"twitter:{CY}")]
    assert others.reads == {("follow", False): {f"{BO}>{CY}"}}


@pytest.mark.parametrize(
    ("expected", "before", "people", "end"),
    [
        (100, 0, 0, "hidden"),
        (0, 0, 0, "complete"),
        (None, 0, 0, "complete"),
        (100, 0, 89, "partial"),
        (100, 0, 90, "complete"),
        (100, 50, 40, "complete"),
        (100, 50, 0, "partial"),
    ],
)
def test_a_list_is_compared_with_its_count(expected: int | None, before: int, people: int, end: str) -> None:
    body = page(*(person(str(number), f"p{number}") for number in range(people)))
    found = taken("followers", body, expected=expected, pass_items=before)
    assert found.end == end
    assert bool(found.reason) is (end != "complete")


def test_a_short_page_is_not_the_last_one() -> None:
    found = taken("mentions", page(token="t3"))
    assert (found.cursor, found.end, found.items) == ("t3", None, 0)


def test_counts_beyond_what_x_gives_are_no_reason() -> None:
    assert taken("posts", page(tweet()), expected=9_000, pass_items=3_199).end == "complete"
    assert taken("likers", page(), subject="1", expected=9).end == "partial"
    assert taken("likers", page(), subject="1", expected=9, since="34").end == "complete"


def test_likes_of_ego_are_acts_and_their_posts_context() -> None:
    found = taken("liked", page(tweet("7", BO)))
    assert found.page.reactions == [
        Reaction(OWNER, "favourite", "twitter:7", f"twitter:{BO}", None, None, NOW)
    ]
    assert [(post.post, post.authority) for post in found.page.posts] == [("twitter:7", 0)]
    assert found.reads == {("like", True): {"7"}}
    assert found.oldest is None


def test_a_list_without_dates_is_read_until_it_is_known() -> None:
    new = taken("liked", page(tweet("9", BO), token="t2"), since="7")
    assert (new.cursor, new.end, new.newest) == ("t2", None, "9")
    known = taken("liked", page(tweet("8", BO), tweet("7", BO), tweet("6", BO), token="t3"), since="7")
    assert (known.cursor, known.end) == (None, "complete")


@pytest.mark.parametrize(("stream", "kind"), [("boosters", "boost"), ("likers", "favourite")])
def test_who_passed_a_post_on_or_liked_it(stream: str, kind: str) -> None:
    found = taken(stream, page(person(BO), person(CY, "cy")), subject="1")
    assert found.page.reactions == [
        Reaction(f"twitter:{one}", kind, "twitter:1", OWNER, None, None, NOW) for one in (BO, CY)
    ]
    assert found.reads == {("user", False): {BO, CY}}


def test_answers_and_quotes_are_posts_of_others() -> None:
    found = taken("answers", page(tweet("8", BO, in_reply_to_user_id=EGO)), subject="1")
    assert found.page.posts[0].reply_to == OWNER
    assert found.reads == {("post", False): {"8"}}
    quote = tweet("9", BO, referenced_tweets=[{"type": "quoted", "id": "1"}])
    post = taken("quotes", page(quote, includes={"tweets": [tweet("1")]}), subject="1").page.posts[0]
    assert (post.quote_of_post, post.quote_of) == ("twitter:1", OWNER)


def test_recent_posts_of_others_are_few_unless_more_are_wanted() -> None:
    viewer = BY_USER._replace(recent=2)
    more = taken("alter_posts", page(tweet("9", BO), token="t1"), viewer, subject=BO)
    assert (more.cursor, more.end) == ("t1", None)
    enough = taken("alter_posts", page(tweet("8", BO), token="t2"), viewer, subject=BO, pass_items=1)
    assert (enough.cursor, enough.end) == ("until:8", "partial")
    assert enough.reason == "the 2 most recent, as asked"
    assert taken("alter_posts", page(tweet("8", BO)), viewer, subject=BO, pass_items=1).end == "complete"


def test_what_is_older_than_wanted_is_left_for_another_day() -> None:
    viewer = BY_USER._replace(since=NOW - timedelta(days=30))
    body = page(tweet("9"), tweet("8"))
    found = taken("posts", body, viewer, expected=900)
    assert (found.cursor, found.end, found.reason) == ("until:8", "partial", "since 2026-04-08, as asked")
    assert taken("posts", body, viewer, since="7").end == "complete"
    assert taken("quotes", body, viewer, subject="1").end == "complete"
    on = taken("posts", page(tweet("6"), token="t3"), viewer, cursor="until:8:t2")
    assert (on.cursor, on.end) == ("until:8:t3", None)
    nothing = taken("mentions", page(), viewer)
    assert (nothing.cursor, nothing.end) == (None, "partial")


def test_people_known_by_handle_are_looked_up() -> None:
    body = page(
        person(CY, "cy", **counted(tweet_count=500, following_count=30)),
        person(BO, "bo", **counted(tweet_count=20)),
        errors=[problem("gus", "Forbidden", "User has been suspended: [gus]."), problem("x\x1b", "Odd")],
    )
    found = taken("lookup", body, subject="cy,bo,gus", rank=1_101)
    assert [(one.stream, one.subject, one.rank, one.expected, one.state) for one in found.tasks] == [
        ("alter_posts", CY, 1_101, 100, "waiting"),
        ("alter_following", CY, 1_001_101, 30, "waiting"),
        ("alter_posts", BO, 1_102, 20, "waiting"),
        ("alter_following", BO, 1_001_102, None, "waiting"),
        ("alter_posts", "gus", 1_101, None, "gone"),
    ]
    assert (found.tasks[-1].account, found.tasks[-1].reason) == ("twitter:@gus", "suspended")
    assert taken("lookup", {"errors": [problem("gus", "Not Found Error")]}, subject="gus").end == "complete"


OLD = {"note": "note_tweet", "referenced": "referenced_tweets", "in": "tweets", "id": "12"}
NEW = {"note": "note_post", "referenced": "referenced_posts", "in": "posts", "id": "12"}


def test_both_namings_give_the_same_records() -> None:
    def told(names: dict[str, str]) -> dict[str, Any]:
        long: Any = {"text": "a long one, " * 40, "entities": {"mentions": [{"id": BO, "username": "bo"}]}}
        boost: dict[str, Any] = {
            names["referenced"]: [{"type": "retweeted", "id": "5"}],
            "text": "RT @bo: a fi…",
        }
        return page(
            tweet("9", text="a lo…", **{names["note"]: long}),
            tweet("8", **boost),
            includes={"users": [person()], names["in"]: [tweet("5", BO)]},
        )

    old, new = taken("posts", told(OLD)), taken("posts", told(NEW))
    assert replace(old.page, bytes_read=0) == replace(new.page, bytes_read=0)
    assert old.reads == new.reads
    assert old.page.posts[0].text == ("a long one, " * 40).strip()
    assert (old.page.posts[1].boost_of_post, old.page.posts[1].boost_of) == ("twitter:5", f"twitter:{BO}")
    assert [(post.post, post.authority) for post in old.page.posts[2:]] == [("twitter:5", 0)]


def test_ranks_ask_what_is_cheap_and_tells_most_first() -> None:
    order = sorted(RANKS, key=RANKS.__getitem__)
    assert order[:6] == ["profile", "posts", "mentions", "followers", "following", "liked"]


@pytest.mark.parametrize(
    ("people", "expected", "goes_on"),
    [(2, 2, False), (2, 3, True), (7, 2, True), (6, 2, False), (0, 0, True)],
)
def test_a_next_page_is_spared_where_all_are_there_and_the_page_had_room(
    people: int, expected: int, goes_on: bool
) -> None:
    """Of two that are counted, seven are asked for."""
    found = taken(
        "boosters",
        page(*(person(str(number), f"p{number}") for number in range(100, 100 + people)), token="t2"),
        subject="1",
        expected=expected,
    )
    assert (found.cursor, found.end) == (("t2", None) if goes_on else (None, "complete"))
    followers = page(*(person(str(number), f"p{number}") for number in range(100, 102)), token="t2")
    assert taken("followers", followers, expected=2).cursor == "t2"


def test_how_much_somebody_has_posted_is_kept() -> None:
    whole = page(
        tweet(), includes={"users": [person(EGO, "ada", **counted(tweet_count=7, following_count=8))]}
    )
    (seen,) = taken("posts", whole).page.accounts
    assert (seen.posts, seen.following) == (7, 8)
    renamed = page(tweet(), includes={"users": [person(EGO, "ada", **counted(post_count=9))]})
    assert taken("posts", renamed).page.accounts[0].posts == 9
