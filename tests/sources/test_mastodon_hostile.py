"""Answers of Mastodon servers as they should not be: what is left out, and that nothing breaks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.errors import BadData
from plnmap.sources.mastodon_statuses import Account, Status, handle_of, is_id
from plnmap.sources.mastodon_streams import limits_of, pages_beside
from tests.scenario.mastodon_api import FAR, HOME
from tests.sources.mastodon_builders import KEY, account, mention, status, taken


@pytest.mark.parametrize(
    "odd",
    [
        {"uri": None},
        {"uri": "https://x.example/" + "a" * 100_000},
        {"content": "<p>" + "x" * 100_001},
        {"account": None},
        {"account": account("../../etc")},
        {"account": {"acct": "[red]@x", "id": "1"}},
    ],
)
def test_a_post_that_cannot_be_kept_is_counted(odd: dict[str, Any]) -> None:
    page = taken("alter_posts", [status(**odd), status("8")]).page

    assert [post.post[-1] for post in page.posts] == ["8"]
    assert page.skipped.total() == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"mentions": "none"},
        {"account": 7},
        {"reblog": [1]},
        {"tags": {"a": 1}},
        {"id": {}},
        {"poll": []},
        {"id": [1]},
    ],
)
def test_a_post_of_another_shape_is_counted_and_the_rest_is_read(odd: dict[str, Any]) -> None:
    page = taken("alter_posts", [status(**odd), status("8")]).page

    assert len(page.posts) == 1
    assert page.skipped == {"not as such a record should be": 1}


def test_a_page_of_which_nothing_can_be_read_is_no_page() -> None:
    with pytest.raises(BadData, match="nothing is as it should be"):
        taken("alter_posts", [status(mentions="none"), 7])


def test_numbers_where_texts_should_be_are_read() -> None:
    (post,) = taken("alter_posts", [status(id=12, in_reply_to_id=5, in_reply_to_account_id=1)]).page.posts
    assert (post.reply_to_post, post.reply_to) == (f"mastodon:#{HOME}:5", KEY)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": "x"}', b"[" * 100_000, b"\xff\xfe", b"7"])
@pytest.mark.parametrize("stream", ["posts", "followers", "notifications"])
def test_no_answer_of_such_a_server_is_bad_data(stream: str, body: bytes) -> None:
    with pytest.raises(BadData, match=f"{HOME} gives an odd answer"):
        taken(stream, body)


@pytest.mark.parametrize(
    "status_code, end", [(403, "refused"), (404, "gone"), (410, "gone"), (422, "refused")]
)
def test_what_is_refused_or_gone_ends_its_task(status_code: int, end: str) -> None:
    found = taken("likers", {"error": "?"}, status=status_code)
    assert (found.end, found.cursor, found.items) == (end, None, 0)
    assert found.reason


@pytest.mark.parametrize(
    "written, is_one",
    [
        ("114206535483523840", True),
        ("01KET37QXP000000000000006M", True),
        ("d41d8cd98f00b204e9800998ecf8427e", True),
        ("AbCd-_9", True),
        ("../1", False),
        ("1?x=2", False),
        ("", False),
        (None, False),
        ("a" * 129, False),
    ],
)
def test_ids_are_opaque_but_lead_nowhere_else(written: str | None, is_one: bool) -> None:
    assert is_id(written) is is_one


def test_a_hostile_id_is_asked_for_by_nobody() -> None:
    own = status("6/../../x", "ada", favourites_count=3)
    found = taken("posts", [own])
    assert (found.tasks, found.page.post_ids) == ((), [])


def test_a_strange_server_speaks_for_nobody_but_its_own() -> None:
    """What anybody's server says of others could put words into their mouths."""
    theirs = status("1", "eve", FAR)
    boosted = status("6", "cy", "other.example", content="<p>Thanks, @ada!</p>")
    forged = [
        status("2", "bo", "bank.example"),
        # Their address, and somebody else's name; or the other way round.
        status("3", "eve", FAR, account=account("bo", "bank.example")),
        status("4", "eve", FAR, uri="https://bank.example/users/bo/statuses/4"),
        status("5", "bo", "bank.example", reblog=boosted),
    ]
    boost = status("7", "eve", FAR, reblog=boosted)
    page = taken("alter_posts", [theirs, *forged, boost], f"{FAR}/1", account=f"mastodon:@eve@{FAR}").page

    assert [post.post for post in page.posts] == [f"mastodon:https://{FAR}/users/eve/statuses/1"]
    assert {one.account for one in page.accounts} == {f"mastodon:@eve@{FAR}"}
    assert [one.id for one in page.post_ids] == ["1"]
    # What they did themselves is theirs to say.
    (reaction,) = page.reactions
    assert (reaction.actor, reaction.author) == (f"mastodon:@eve@{FAR}", "mastodon:@cy@other.example")
    # The owner's own server is believed about all.
    at_home = taken("posts", [theirs, *forged, boost]).page
    assert (len({post.post for post in at_home.posts}), len(at_home.reactions)) == (5, 2)


NAMES = st.from_regex(r"[a-zA-Z0-9_]{1,30}", fullmatch=True)
HOSTS = st.from_regex(r"[a-z0-9]{1,10}(\.[a-z]{2,6}){1,2}(:[0-9]{2,5})?", fullmatch=True)


@given(NAMES, HOSTS)
def test_an_account_has_one_key_whichever_server_tells_of_it(name: str, host: str) -> None:
    at_home = Account(acct=name, url=f"https://{host}/@{name}", uri=f"https://{host}/users/{name}")
    elsewhere = Account(acct=f"{name}@{host}", url=f"https://{host}/@{name}")

    assert handle_of(at_home, host) == handle_of(elsewhere, "other.example") == f"{name}@{host}".lower()


@given(st.text(), st.text())
def test_no_name_makes_a_key_that_is_none(acct: str, url: str) -> None:
    handle = handle_of(Account(acct=acct, url=url), HOME)
    assert handle is None or re.fullmatch(r"[\w.-]+@[\w.:-]+", handle)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
FIELDS = st.sampled_from([*Status.__struct_fields__])


@given(st.lists(st.dictionaries(FIELDS, JSON, max_size=4) | JSON, max_size=3))
def test_nothing_that_is_json_breaks_the_reader(items: list[Any]) -> None:
    told = [status(), *({**status(), **item} if isinstance(item, dict) else item for item in items)]
    notified = [mention(status()) | {"status": one} for one in told]
    for stream, page in (("posts", told), ("notifications", notified)):
        found = taken(stream, page)
        assert found.items + found.page.skipped.total() >= len(told)


@given(st.text())
def test_no_header_breaks_the_cursor(link: str) -> None:
    cursor, newest = pages_beside(f'{link}<https://x.example/?{link}>; rel="next"')
    assert cursor is None or "=" in cursor
    assert newest is None or newest


def test_pages_count_against_a_limit_of_their_own() -> None:
    from requests import Request

    def names(query: str) -> list[tuple[str, int | None, float]]:
        prepared = Request("GET", f"https://home.example/api/v1/x?{query}").prepare()
        return [tuple(bucket) for bucket in limits_of(prepared)]  # type: ignore[misc]

    assert names("limit=40") == [("home.example", 300, 300.0)]
    for paged in ("max_id=1", "since_id=1", "min_id=1", "page=2", "offset=80"):
        assert names(paged) == [("home.example", 300, 300.0), ("pages of home.example", None, 900.0)]
