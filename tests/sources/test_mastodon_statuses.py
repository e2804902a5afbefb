"""What single answers of a Mastodon server give."""

from __future__ import annotations

from typing import Any

import pytest

from plnmap.model import Follow, Post, PostId, Reaction
from plnmap.sources.mastodon_pages import objection
from plnmap.sources.mastodon_statuses import Account
from plnmap.sources.mastodon_streams import request_of
from tests.records import at
from tests.scenario.mastodon_api import FAR, HOME
from tests.sources.mastodon_builders import KEY, URI, account, mention, status, taken

BO, CY = f"mastodon:@bo@{HOME}", f"mastodon:@cy@{FAR}"


def the_post(stream: str = "alter_posts", **fields: Any) -> Post:
    """The only post of a page."""
    (found,) = taken(stream, [status(**fields)]).page.posts
    return found


def test_a_post_with_all_there_is_to_it() -> None:
    named = (
        f'<span class="h-card"><a href="https://{FAR}/@cy" class="u-url mention">@<span>cy</span></a></span>'
    )
    hidden = '<span class="invisible">https://</span><span>example.org/a</span>'
    tag = f'<a href="https://{HOME}/tags/Bread" class="mention hashtag">#<span>Bread</span></a>'
    link = f'<a href="https://example.org/a?b=1&amp;c=2">{hidden}</a>'
    post = the_post(
        content=f"<p>Hi {named}, see {link} :tea:<br>{tag}</p>",
        spoiler_text="Food",
        language="de",
        edited_at="2026-05-02T00:00:00Z",
        poll={"options": [{"title": "Tea <3"}, {"title": "Coffee"}]},
        mentions=[{"id": "9", "username": "cy", "acct": f"cy@{FAR}", "url": f"https://{FAR}/@cy"}],
        tags=[{"name": "Bread"}],
    )
    assert post == Post(
        post="mastodon:https://home.example/users/bo/statuses/7",
        author=BO,
        happened_at=at("2026-05-01", "10:00:00"),
        at_precision="second",
        text="Food\n\n"
        "Hi @cy@far.example, see https://example.org/a?b=1&c=2 :tea:\n#Bread\n- Tea <3\n- Coffee",
        lang="de",
        conversation=None,
        reply_to_post=None,
        reply_to=None,
        boost_of_post=None,
        boost_of=None,
        quote_of_post=None,
        quote_of=None,
        mentions=[CY],
        n_handles=1,
        links=["https://example.org/a?b=1&c=2"],
        hashtags=["bread"],
        url="https://home.example/@bo/7",
        authority=1,
    )


def test_a_reply_names_a_parent_that_no_page_shows_by_number() -> None:
    answer = {"in_reply_to_id": "5", "in_reply_to_account_id": "1"}
    to_owner = the_post(**answer)
    assert (to_owner.reply_to_post, to_owner.reply_to) == (f"mastodon:#{HOME}:5", KEY)

    named = [{"id": "id-cy", "username": "cy", "acct": f"cy@{FAR}", "url": f"https://{FAR}/@cy"}]
    to_other = the_post(in_reply_to_id="5", in_reply_to_account_id="id-cy", mentions=named)
    assert (to_other.reply_to_post, to_other.reply_to) == (f"mastodon:#{HOME}:5", CY)

    unknown = the_post(in_reply_to_id="5", in_reply_to_account_id="77")
    assert (unknown.reply_to_post, unknown.reply_to) == (f"mastodon:#{HOME}:5", None)


def test_a_parent_on_the_same_page_is_found_wherever_it_stands() -> None:
    answer = status("8", "cy", FAR, in_reply_to_id="7", in_reply_to_account_id="id-bo")
    for page in ([answer, status()], [status(), answer]):
        posts = {post.author: post for post in taken("quotes", page).page.posts}
        assert posts[CY].reply_to_post == posts[BO].post
        assert posts[CY].reply_to == BO


def test_a_boost_is_a_reaction_and_leaves_a_copy() -> None:
    boost = status(
        "9", reblog=status("3", "cy", FAR), uri="https://home.example/users/bo/statuses/9/activity"
    )
    page = taken("alter_posts", [boost]).page

    original = "mastodon:https://far.example/users/cy/statuses/3"
    moment = at("2026-05-01", "10:00:00")
    assert page.reactions == [Reaction(BO, "boost", original, CY, moment, "second", None)]
    assert [(post.post, post.authority) for post in page.posts] == [(original, 0)]
    assert page.post_ids == [PostId(HOME, "3", original)]


@pytest.mark.parametrize(
    "quote",
    [
        {"state": "accepted", "quoted_status": status("3", "cy", FAR)},
        status("3", "cy", FAR),
    ],
)
def test_a_quote_is_told_in_a_frame_or_without(quote: dict[str, Any]) -> None:
    found = {post.authority: post for post in taken("alter_posts", [status(quote=quote)]).page.posts}

    assert found[1].quote_of_post == "mastodon:https://far.example/users/cy/statuses/3"
    assert found[1].quote_of == CY


def test_a_quote_that_was_revoked_quotes_nobody() -> None:
    assert the_post(quote={"state": "revoked", "quoted_status": None}).quote_of_post is None


def test_quotes_inside_quotes_are_not_followed() -> None:
    inner = status("3", "cy", FAR, quote={"quoted_status": status("2", "fay", FAR)})
    posts = taken("alter_posts", [status(quote={"quoted_status": inner})]).page.posts

    assert [(post.author, post.authority) for post in posts] == [(CY, 0), (BO, 1)]


def test_direct_messages_are_never_kept() -> None:
    page = taken("notifications", [mention(status(visibility="direct", content="<p>secret</p>"))]).page

    assert (page.posts, page.reactions, page.post_ids) == ([], [], [])
    assert page.skipped == {"direct message: left out": 1}


@pytest.mark.parametrize("circle", ["private", "mutuals_only", "local"])
def test_of_what_others_wrote_to_a_circle_the_act_is_kept_and_not_the_words(circle: str) -> None:
    written = {"visibility": circle, "in_reply_to_id": "5", "in_reply_to_account_id": "1"}
    (theirs,) = taken("notifications", [mention(status(**written, tags=[{"name": "x"}]))]).page.posts
    assert (theirs.text, theirs.lang, theirs.links, theirs.hashtags) == (None, None, [], [])
    assert theirs.reply_to == KEY

    own = status("6", "ada", visibility=circle)
    assert taken("posts", [own]).page.posts[0].text == "Hi"


def test_notifications_date_what_others_did() -> None:
    own = status("6", "ada", favourites_count=2, reblogs_count=1)
    told = [
        {
            "id": "52",
            "type": "favourite",
            "created_at": "2026-05-03T00:00:00Z",
            "account": account("cy", FAR),
            "status": own,
        },
        {
            "id": "51",
            "type": "reblog",
            "created_at": "2026-05-02T00:00:00Z",
            "account": account(),
            "status": own,
        },
        {"id": "50", "type": "follow", "created_at": "2026-05-01T00:00:00Z", "account": account("eve")},
        {"id": "49", "type": "favourite", "created_at": "2026-05-01T00:00:00Z", "account": account("eve")},
    ]
    found = taken("notifications", told)
    key = f"mastodon:{URI}/statuses/6"

    assert found.page.reactions == [
        Reaction(CY, "favourite", key, KEY, at("2026-05-03", "00:00:00"), "second", None),
        Reaction(BO, "boost", key, KEY, at("2026-05-02", "00:00:00"), "second", None),
    ]
    assert [post.post for post in found.page.posts] == [key]
    assert (found.items, found.newest, found.oldest) == (4, "52", at("2026-05-01", "00:00:00"))
    # The counts at an old post come with what happens to it.
    assert {(task.stream, task.subject, task.expected) for task in found.tasks} == {
        ("likers", "6", 2),
        ("boosters", "6", 1),
    }


def test_own_posts_call_for_what_their_counts_say_and_those_of_others_do_not() -> None:
    counts: dict[str, Any] = {"replies_count": 1, "reblogs_count": 0}
    counts |= {"favourites_count": -3, "quotes_count": 10**30}
    own, others = status("6", "ada", **counts), status("7", "bo", **counts)
    boost = status("8", "ada", reblog=others, **counts)

    found = taken("posts", [own, others, boost])
    assert [(task.stream, task.subject, task.account, task.expected) for task in found.tasks] == [
        ("answers", "6", KEY, 1)
    ]
    assert taken("alter_posts", [own]).tasks == ()


def test_a_server_whose_addresses_do_not_follow_from_its_ids_is_asked_too() -> None:
    own = status("AbC", "ada", uri="https://home.example/objects/1", reblogs_count=2)
    (task,) = taken("posts", [own]).tasks
    assert task.subject == "AbC https://home.example/objects/1"

    url, _ = request_of(task, HOME, None)
    assert url == "https://home.example/api/v1/statuses/AbC/reblogged_by"
    (boost,) = taken("boosters", [account()], subject=task.subject).page.reactions
    assert boost.post == "mastodon:https://home.example/objects/1"


def test_favourites_of_ones_own_are_undated_and_leave_copies() -> None:
    found = taken(
        "liked", [status()], link='<https://evil.example/?max_id=99>; rel="next", <x?min_id=101>; rel="prev"'
    )
    key = "mastodon:https://home.example/users/bo/statuses/7"

    assert found.page.reactions == [Reaction(KEY, "favourite", key, BO, None, None, at("2026-11-20"))]
    assert found.page.posts[0].authority == 0
    assert (found.cursor, found.newest) == ("max_id=99", "101")


def test_follows_are_seen_when_the_list_was_begun() -> None:
    seen = at("2026-11-20")
    people = [account(), account("cy", FAR), account("<b>"), account("Bo")]
    out, into = taken("following", people).page, taken("followers", people).page

    assert out.follows == [
        Follow(KEY, BO, seen, seen),
        Follow(KEY, CY, seen, seen),
        Follow(KEY, BO, seen, seen),
    ]
    assert [follow[:2] for follow in into.follows] == [(BO, KEY), (CY, KEY), (BO, KEY)]
    assert out.skipped == {"account without an address": 1}


@pytest.mark.parametrize(
    "shown, expected, end",
    [
        (0, 5, "hidden"),
        (0, 0, "complete"),
        (0, None, "complete"),
        (97, 100, "partial"),
        (98, 100, "complete"),
    ],
)
def test_a_list_that_is_not_all_shown_is_not_complete(shown: int, expected: int | None, end: str) -> None:
    people = [account(f"p{number}") for number in range(shown)]
    assert taken("followers", people, expected=expected).end == end


def test_a_full_page_without_a_header_goes_on_only_where_ids_do() -> None:
    assert taken("alter_posts", [status("9"), status("7")]).cursor == "max_id=7"
    assert taken("followers", [account()]).cursor is None
    assert taken("alter_posts", []).cursor is None
    link = '<https://home.example/x?min_id=9>; rel="prev"'
    assert taken("alter_posts", [status("9")], link=link).cursor is None


def test_who_boosted_and_who_marked_is_undated() -> None:
    key = f"mastodon:{URI}/statuses/6"
    for stream, kind in (("boosters", "boost"), ("likers", "favourite")):
        (one,) = taken(stream, [account()], subject="6").page.reactions
        assert one == Reaction(BO, kind, key, KEY, None, None, at("2026-11-20"))


def test_of_a_thread_what_stands_below_counts_and_what_stands_above_is_context() -> None:
    above = status("4", "cy", FAR)
    answer = status("8", in_reply_to_id="6", in_reply_to_account_id="1")
    deeper = status("9", "cy", FAR, in_reply_to_id="8", in_reply_to_account_id="id-bo")
    found = taken("answers", {"ancestors": [above], "descendants": [answer, deeper]}, subject="6", expected=2)

    assert [(post.author, post.authority) for post in found.page.posts] == [(CY, 0), (BO, 1), (CY, 1)]
    assert (found.items, found.end, found.reason) == (1, "complete", "some that are counted are not shown")


@pytest.mark.parametrize(
    "said, objects",
    [
        ({"note": '<p>#<a href="x">NoBot</a>s</p>'}, True),
        ({"note": "#noindex please"}, True),
        ({"note": "I study #nobotany"}, False),
        ({"noindex": True}, True),
        ({"noindex": False, "indexable": True, "discoverable": True}, False),
        ({"indexable": False}, True),
        ({"discoverable": False}, True),
        ({"discoverable": None}, False),
        ({}, False),
    ],
)
def test_what_counts_as_an_objection(said: dict[str, Any], objects: bool) -> None:
    assert bool(objection(Account(**said))) is objects


@pytest.mark.parametrize(
    ("items", "expected", "before", "goes_on"),
    [(79, 79, 0, False), (79, 80, 0, True), (80, 80, 0, True), (1, 81, 80, False), (3, None, 0, True)],
)
def test_a_next_page_is_spared_where_all_are_there_and_the_page_had_room(
    items: int, expected: int | None, before: int, goes_on: bool
) -> None:
    people = [account(f"p{number}", FAR) for number in range(items)]
    link = '<https://home.example/?max_id=5>; rel="next"'
    found = taken("boosters", people, "7", expected=expected, link=link, pass_items=before)
    assert (found.cursor == "max_id=5") == goes_on
    # A list of people is asked to its end: its count may be too low, and nobody would notice.
    assert taken("followers", people, expected=items, link=link).cursor == "max_id=5"


def test_what_was_answered_is_context_and_an_old_server_is_left_alone() -> None:
    both = [status("7"), status("8", "cy", FAR)]
    found = taken("parents", both, "7,8,9", expected=3)
    assert [(post.post, post.authority) for post in found.page.posts] == [
        ("mastodon:https://home.example/users/bo/statuses/7", 0),
        ("mastodon:https://far.example/users/cy/statuses/8", 0),
    ]
    assert [one.id for one in found.page.post_ids] == ["7", "8"]
    assert (found.end, found.reason) == ("complete", "some are no more, or not shown to this account")
    assert taken("parents", both, "7,8", expected=2).reason == ""
    for status_code in (403, 404, 410, 422):
        refused = taken("parents", {"error": "?"}, "7,8", status=status_code)
        assert (refused.end, refused.cursor) == ("refused", None)
