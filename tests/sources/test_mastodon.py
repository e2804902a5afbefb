"""The Mastodon export and the list of accounts followed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from plnmap.errors import BadData, UsageError
from plnmap.model import Account, DirectMessageDay, Follow, Post, Reaction
from plnmap.sources.mastodon_names import handle_in
from tests.sources.builders import ACTOR, PUBLIC, as_folder, as_tar, as_zip, export, note, read

ADA = "mastodon:@ada@example.social"
BO = "mastodon:@bo@other.example"
LATEST = datetime(2023, 2, 18, 12, 33, 11, tzinfo=UTC)


def person(name: str, host: str = "other.example") -> str:
    """The HTML of a mention."""
    anchor = f'<a href="https://{host}/@{name}" class="u-url mention">@<span>{name}</span></a>'
    return f'<span class="h-card">{anchor}</span>'


def mention(name: str, host: str = "other.example", **fields: Any) -> dict[str, Any]:
    return {"type": "Mention", "name": f"@{name}@{host}", "href": f"https://{host}/users/{name}", **fields}


def posted(tmp_path: Path, content: str, **fields: Any) -> Post:
    return read(as_folder(export(note(content, **fields)), tmp_path / "export")).post(
        "//example.social/users/ada/statuses/1"
    )


def test_every_container_reads_the_same(tmp_path: Path) -> None:
    files = export(
        note("<p>one</p>"), note("<p>two</p>", "2"), likes=["https://other.example/users/bo/statuses/7"]
    )
    found = [
        read(path)
        for path in (
            as_zip(files, tmp_path / "a.zip"),
            as_zip(files, tmp_path / "b.zip", top="archive-2023/"),
            as_tar(files, tmp_path / "a.tar.gz"),
            as_folder(files, tmp_path / "folder"),
        )
    ]
    assert all((one.posts, one.reactions) == (found[0].posts, found[0].reactions) for one in found)
    assert {one.kind for one in found} == {"mastodon_export"}
    assert (found[0].owner, found[0].retrieved_at, found[0].retrieved_from) == (ADA, LATEST, "latest post")
    assert found[0].accounts == [Account(ADA, "Ada L.", "reads", None, None, LATEST)]


def test_a_post(tmp_path: Path) -> None:
    post = posted(
        tmp_path,
        '<p>Read &amp; <a href="https://example.org/a?b=1&amp;c=2">'
        '<span class="invisible">https://</span>example.org/a…</a></p><p>two<br>lines '
        '<a href="https://example.social/tags/EdChat" class="mention hashtag">#EdChat</a></p>',
        contentMap={"en": "…"},
        conversation="tag:example.social,2023:1",
        tag=[{"type": "Hashtag", "name": "#EdChat", "href": "https://example.social/tags/edchat"}],
    )
    assert post == Post(
        post=f"mastodon:{ACTOR}/statuses/1",
        author=ADA,
        happened_at=LATEST,
        at_precision="second",
        text="Read & https://example.org/a?b=1&c=2\n\ntwo\nlines #EdChat",
        lang="en",
        conversation="mastodon:tag:example.social,2023:1",
        reply_to_post=None,
        reply_to=None,
        boost_of_post=None,
        boost_of=None,
        quote_of_post=None,
        quote_of=None,
        mentions=[],
        n_handles=0,
        links=["https://example.org/a?b=1&c=2"],
        hashtags=["edchat"],
        url="https://example.social/@ada/1",
        authority=2,
    )


def test_a_content_warning_stands_in_front(tmp_path: Path) -> None:
    assert posted(tmp_path, "<p>hello</p>", summary="politics").text == "politics\n\nhello"


def test_a_reply_goes_to_the_author_of_the_parent_only(tmp_path: Path) -> None:
    post = posted(
        tmp_path,
        f"<p>{person('bo')} {person('cy')} thanks, see {person('dee')} and {person('bo')}</p>",
        inReplyTo="https://other.example/users/bo/statuses/9",
        tag=[mention("bo"), mention("cy"), mention("dee")],
    )
    assert (post.reply_to_post, post.reply_to) == ("mastodon:https://other.example/users/bo/statuses/9", BO)
    assert post.mentions == ["mastodon:@dee@other.example", BO]
    assert post.n_handles == 3
    assert post.text == (
        "@bo@other.example @cy@other.example thanks, see @dee@other.example and @bo@other.example"
    )


def test_a_parent_without_a_name_in_its_address_is_of_the_first_person_named(tmp_path: Path) -> None:
    parent = "https://other.example/objects/9"
    post = posted(tmp_path, f"<p>{person('bo')} yes</p>", inReplyTo=parent, tag=[mention("bo")])
    assert (post.reply_to, post.mentions) == (BO, [])
    assert posted(tmp_path, "<p>yes</p>", inReplyTo=parent).reply_to is None


def test_a_reply_to_oneself_names_oneself(tmp_path: Path) -> None:
    assert posted(tmp_path, "<p>more</p>", inReplyTo=f"{ACTOR}/statuses/0").reply_to == ADA


def test_mentions_outside_replies_are_all_meant(tmp_path: Path) -> None:
    local = {"type": "Mention", "name": "@eli", "href": "https://example.social/users/eli"}
    post = posted(
        tmp_path,
        f"<p>{person('bo')} {person('eli', 'example.social')} hi</p>",
        tag=[mention("bo"), local, mention("ada", "example.social"), mention("unwritten")],
    )
    assert post.mentions == [BO, "mastodon:@eli@example.social", "mastodon:@unwritten@other.example"]


def test_a_handle_is_the_platforms_even_where_its_server_has_another_name(tmp_path: Path) -> None:
    tag = mention("bo", href="https://social.other.example/users/bo")
    post = posted(tmp_path, f"<p>{person('bo', 'social.other.example')} hi</p>", tag=[tag])
    assert (post.mentions, post.text) == ([BO], "@bo@other.example hi")


def test_a_quote_names_the_post_and_its_author(tmp_path: Path) -> None:
    for field in ("quote", "quoteUri", "quoteUrl", "_misskey_quote"):
        post = posted(tmp_path, "<p>yes</p>", **{field: "https://other.example/@bo/9"})
        assert (post.quote_of_post, post.quote_of) == ("mastodon:https://other.example/@bo/9", BO)


def test_boosts_have_their_time_and_likes_have_none(tmp_path: Path) -> None:
    boost = {
        "type": "Announce",
        "published": "2023-02-18T12:33:11Z",
        "object": "https://other.example/users/bo/statuses/9",
    }
    unknown = {"type": "Announce", "published": "soon", "object": {"id": "https://other.example/objects/8"}}
    likes = ["https://other.example/@Bo/7", "https://other.example/notes/x", ""]
    found = read(as_zip(export(boost, unknown, likes=likes), tmp_path / "a.zip"))
    nine, seven = "mastodon:https://other.example/users/bo/statuses/9", "mastodon:https://other.example/@Bo/7"
    assert found.reactions == [
        Reaction(ADA, "boost", nine, BO, LATEST, "second", None),
        Reaction(ADA, "boost", "mastodon:https://other.example/objects/8", None, None, None, None),
        Reaction(ADA, "favourite", seven, BO, None, None, LATEST),
        Reaction(ADA, "favourite", "mastodon:https://other.example/notes/x", None, None, None, LATEST),
    ]
    assert found.skipped == {"like without the address of a post": 1}


@pytest.mark.parametrize(
    ("to", "cc", "is_direct"),
    [
        ([PUBLIC], [f"{ACTOR}/followers"], False),
        ([f"{ACTOR}/followers"], [PUBLIC], False),
        (["as:Public"], [], False),
        ([f"{ACTOR}/followers"], ["https://other.example/users/bo"], False),
        (f"{ACTOR}/followers", None, False),
        (None, None, False),
        (["https://other.example/users/bo"], [], True),
        ("https://other.example/users/bo", [], True),
    ],
)
def test_direct_messages_are_no_posts(tmp_path: Path, to: object, cc: object, is_direct: bool) -> None:
    message = note(f"<p>{person('bo')} SECRET</p>", to=to, cc=cc, tag=[mention("bo")])
    found = read(as_folder(export(message), tmp_path / "export"))
    assert (found.posts, found.skipped.total()) == ([], 1) if is_direct else len(found.posts) == 1
    assert ("SECRET" in repr(found)) is not is_direct
    assert found.dm_days == []
    counted = read(as_folder(export(message), tmp_path / "export"), with_dm=True)
    assert (counted.dm_days == [DirectMessageDay(ADA, BO, date(2023, 2, 18), 1)]) is is_direct


def test_a_direct_message_to_several_is_not_counted(tmp_path: Path) -> None:
    message = note(
        "<p>x</p>", to=["https://other.example/users/bo"], cc=[], tag=[mention("bo"), mention("cy")]
    )
    found = read(as_zip(export(message), tmp_path / "a.zip"), with_dm=True)
    assert (found.dm_days, found.skipped.total()) == ([], 1)
    assert (found.covered("dm").state, found.covered("dm", "in").state) == ("complete", "none")


def test_coverage(tmp_path: Path) -> None:
    follows = b"Account address,Show boosts\nbo@other.example, true\n"
    found = read(as_zip(export(note(), likes=[], following_accounts_csv=follows), tmp_path / "a.zip"))
    assert found.follows == [Follow(ADA, BO, LATEST, LATEST)]
    for kind in ("reply", "mention", "quote", "boost"):
        row = found.covered(kind)
        assert (row.state, row.first, row.last, row.expected, row.got) == ("complete", LATEST, LATEST, 1, 1)
        assert found.covered(kind, "in").state == "none"
    assert found.covered("favourite").state == "partial"
    assert (found.covered("follow").state, found.covered("follow").got) == ("complete", 1)
    assert found.covered("follow", "in").state == "none"


def test_an_outbox_with_less_than_it_says_is_partial(tmp_path: Path) -> None:
    files = export(note())
    files["outbox.json"] = files["outbox.json"].replace(b'"totalItems": 1', b'"totalItems": 50')
    row = read(as_zip(files, tmp_path / "a.zip")).covered("reply")
    assert (row.state, row.reason) == ("partial", "49 of 50 posts are not in the archive")


def test_the_owner_is_the_actor_the_posts_author_or_given(tmp_path: Path) -> None:
    files = export(note())
    del files["actor.json"]
    path = as_zip(files, tmp_path / "a.zip")
    assert read(path).owner == read(path, owner="@Ada@example.social").owner == ADA
    with pytest.raises(UsageError, match=r"archive of @ada@example\.social"):
        read(path, owner="bo@other.example")
    empty = as_zip({"outbox.json": json.dumps({"orderedItems": []}).encode()}, tmp_path / "b.zip")
    with pytest.raises(UsageError, match="does not say whose"):
        read(empty)
    assert read(empty, owner="ada@example.social").owner == ADA


def test_activities_of_other_kinds_and_odd_ones_are_counted(tmp_path: Path) -> None:
    odd = note() | {"object": {"id": "", "content": "x"}}
    found = read(
        as_zip(export(note(), {"type": "Move"}, odd, note("<p>" + "a" * 200_000)), tmp_path / "a.zip")
    )
    assert len(found.posts) == 1
    assert found.skipped.total() == 3


@pytest.mark.parametrize(
    "content",
    ["", "<p>", "<a href=", "<a class='mention'>@bo", "&#xD800;", "<p>a\0b</p>", "<!--", "<![CDATA["],
)
def test_broken_html_is_text_all_the_same(tmp_path: Path, content: str) -> None:
    assert posted(tmp_path, content).text is not None


@pytest.mark.parametrize(
    ("address", "handle"),
    [
        ("https://example.social/users/Ada", "ada@example.social"),
        ("https://example.social/users/ada/statuses/1", "ada@example.social"),
        ("https://example.social/@ada/1", "ada@example.social"),
        ("https://example.social/@bo@other.example/1", "bo@other.example"),
        ("https://example.social/profile/ada", "ada@example.social"),
        ("https://example.social/ap/users/115/statuses/1", None),
        ("https://example.social/objects/ada", None),
        ("https://user:word@example.social/users/ada", None),
        ("tag:example.social", None),
        (None, None),
    ],
)
def test_handles_in_addresses(address: str | None, handle: str | None) -> None:
    assert handle_in(address) == handle


# The list of accounts followed --------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"Account address\nbo@other.example\ncy@third.example\n",
        b"Account address,Show boosts\nbo@other.example, true\ncy@third.example, true",
        b"Account address,Show boosts,Notify on new posts,Languages\r\n"
        b"bo@other.example,true,false,\r\n@cy@third.example,true,false,en\r\n",
        b"\xef\xbb\xbfAccount address\n\nbo@other.example\nno address\ncy@third.example\n",
    ],
)
def test_lists_of_one_two_and_four_columns(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "following_accounts.csv"
    path.write_bytes(content)
    found = read(path, owner="ada@example.social")
    assert found.kind == "follows_csv"
    assert found.follows == [Follow(ADA, target, None, None) for target in (BO, "mastodon:@cy@third.example")]
    assert found.skipped.total() == content.count(b"no address")
    assert (found.covered("follow").state, found.covered("follow").got) == ("complete", 2)


def test_a_list_does_not_say_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "following_accounts.csv"
    path.write_bytes(b"Account address\nbo@other.example\n")
    with pytest.raises(UsageError, match="does not say who follows"):
        read(path)
    with pytest.raises(UsageError, match="names no account on mastodon"):
        read(path, owner="ada")


@pytest.mark.parametrize(
    "content",
    [
        b"Account address\n\xff\xfe\n",
        b'Account address\n"bo@other.example',
        b"Account address\n" + b"a" * 300_000,
    ],
)
def test_a_list_that_is_no_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "following_accounts.csv"
    path.write_bytes(content)
    with pytest.raises(BadData, match=r"following_accounts\.csv"):
        read(path, owner="ada@example.social")
