"""What X does not show, and what it sends that is not as it should be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.errors import BadData
from plnmap.sources.x_pages import read_page
from plnmap.sources.x_streams import ASKED
from tests.sources.x_builders import (
    BO,
    BY_USER,
    EGO,
    OWNER,
    answer,
    page,
    person,
    problem,
    taken,
    task,
    tweet,
)


@pytest.mark.parametrize(
    ("told", "end"),
    [
        (problem(BO, "Authorization Error", "The user does not let you see this."), "hidden"),
        (problem(BO, "Forbidden", "User has been suspended: [34]."), "gone"),
        (problem(BO, "Not Found Error", "Could not find user"), "gone"),
        ({"type": "https://api.twitter.com/2/problems/not-authorized-for-resource"}, "hidden"),
        ({"type": "https://api.twitter.com/2/problems/resource-not-found"}, "gone"),
        (problem(BO, "\x1b[31mRed", "?"), "refused"),
    ],
)
def test_somebody_who_cannot_be_seen(told: dict[str, Any], end: str) -> None:
    found = taken("alter_posts", {"errors": [told]}, subject=BO)
    assert (found.end, found.items, found.cursor) == (end, 0, None)
    assert found.reason
    assert "\x1b" not in found.reason


def test_a_page_of_which_all_is_left_out_is_not_the_last_one() -> None:
    body = page(token="t2", errors=[problem("77", "Not Found Error", kind="tweet")])
    found = taken("mentions", body)
    assert (found.cursor, found.end, found.items) == ("t2", None, 0)


def test_what_is_left_out_of_a_page_is_noted_by_id() -> None:
    body = page(
        tweet("9", referenced_tweets=[{"type": "quoted", "id": "77"}]),
        errors=[
            problem("77", "Not Found Error", kind="tweet"),
            problem("78", "Authorization Error", kind="tweet"),
            problem("<b>", "Not Found Error", kind="tweet"),
            {"title": "Forbidden"},
        ],
    )
    found = taken("posts", body)
    assert (found.end, found.items) == ("complete", 1)
    assert [(one.stream, one.subject, one.state, one.account) for one in found.tasks] == [
        ("missing", "77", "gone", OWNER),
        ("missing", "78", "hidden", OWNER),
    ]
    assert found.page.skipped.total() == 4


@pytest.mark.parametrize(
    ("status", "body", "end", "reason"),
    [
        (404, b"", "gone", "no such account or post"),
        (410, b"{}", "gone", "no such account or post"),
        (
            403,
            {"title": "Client Forbidden", "reason": "client-not-enrolled"},
            "refused",
            "client-not-enrolled",
        ),
        (403, b"<html>", "refused", "does not allow it"),
        (403, [], "refused", "does not allow it"),
        (403, b'{"title": "\xff"}', "refused", "does not allow it"),
        (403, {"detail": "no\x1b[2J\u202e " + "x" * 900}, "refused", "no[2J xxx"),
        (400, {"errors": [{"message": "?", "detail": "max_results"}]}, "refused", "(400): max_results"),
    ],
)
def test_a_page_that_is_refused(status: int, body: Any, end: str, reason: str) -> None:
    found = taken("quotes", body, status=status, expected=5, subject="1")
    assert (found.end, found.cursor, found.items, found.reads) == (end, None, 0, {})
    assert reason in found.reason
    assert len(found.reason) < 300


def test_the_account_itself_may_come_back() -> None:
    assert taken("followers", b"", status=404).end == "refused"
    assert taken("posts", {"errors": [problem(EGO, "Not Found Error")]}).end == "refused"
    assert taken("posts", {"errors": [problem(EGO, "Authorization Error")]}).end == "hidden"


def test_one_odd_item_does_not_spoil_a_page() -> None:
    odd: list[dict[str, Any]] = [
        {"id": ["1"], "text": {}},
        {"id": "x" * 50, "text": "no id"},
        {"id": 7, "text": 8, "author_id": 12},
    ]
    found = taken("posts", page(tweet("9"), *odd, token="t2"))
    assert {post.post for post in found.page.posts} == {"twitter:9", "twitter:7"}
    assert found.page.skipped.total() == 2
    assert (found.items, found.cursor) == (3, "t2")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html>busy</html>",
        b"null",
        b"[]",
        b'{"data": 5}',
        b'{"data": [{"id": {}}]}',
        b'{"data": [], "meta": 7}',
        b'{"meta": {"next_token": {}}}',
        b'{"data": [{"id": "1", "text": "\xff"}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(BadData, match="what X answered"):
        taken("posts", body)


def test_hostile_texts_go_through_as_texts() -> None:
    text = "\x00 \ud800 \x1b[31m <script> =1+1 " + "@bo " * 2_000
    body = page(tweet("9", text=text), includes={"users": [person(BO, "not a handle [red]")]})
    found = taken("posts", body)
    kept = found.page.posts[0].text or ""
    assert "\x00" not in kept
    assert kept.encode()
    assert not found.page.handles
    assert taken("posts", page(tweet("9", text="x" * 200_000))).page.posts == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("id", "text", "username", "public_metrics", "errors", "data", "meta", "created_at")
            ),
            parts,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(stream=st.sampled_from(sorted(ASKED)), data=anything, more=anything)
def test_whatever_comes_is_read_or_refused(stream: str, data: object, more: object) -> None:
    asked = task(stream, subject="1", expected=3)
    told = answer(json.dumps({"data": data, "includes": more, "errors": data, "meta": more}).encode())
    try:
        found = read_page(asked, told, BY_USER)
    except BadData:
        return
    assert found == read_page(asked, told, BY_USER)
    assert (found.end is None) == (found.cursor is not None) or found.end == "partial"
