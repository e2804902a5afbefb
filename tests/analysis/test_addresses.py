"""Addresses in what people write: theirs are found, mail addresses and other people's pages are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.accounts.addresses import addresses, suggestions
from plnmap.analysis.accounts.linking import decline, link
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from tests.records import account, at, filled, handle, post, source

EGO, ADA = "twitter:1", "twitter:2"
ADA_THERE = "mastodon:@ada@home.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@sam I'm @Ada@home.example.", ["@ada@home.example"]),
        ("(@ada@home.example)", ["@ada@home.example"]),
        ("https://home.example/@ada", ["@ada@home.example"]),
        ("https://home.example/@ada?x=1 or HTTPS://Home.Example/users/Ada/", ["@ada@home.example"]),
        ("https://home.example/@ada@other.example", ["@ada@other.example"]),
        ("on Mastodon: ada@home.example", ["@ada@home.example"]),
        ("ada@known.example", ["@ada@known.example"]),
        ("@a.b-c@sub.home.example @x@y.example", ["@a.b-c@sub.home.example", "@x@y.example"]),
        ("mail ada@home.example", []),
        ("toot or mail ada@gmail.com, @ada@mail.gmail.com", []),
        ("@ada@notgmail.com", ["@ada@notgmail.com"]),
        ("a post: https://home.example/@ada/109", []),
        ("https://medium.com/@ada https://www.youtube.com/@ada https://x.com/@ada", []),
        ("@ada@localhost @ada@@home.example user@ @home.example", []),
        ("@ada @home.example", []),
        ("", []),
    ],
)
def test_on_twitter_people_say_where_they_are_on_mastodon(text: str, found: list[str]) -> None:
    assert addresses(text, "twitter", frozenset({"known.example"})) == [f"mastodon:{each}" for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I was https://twitter.com/Ada_V there", ["@ada_v"]),
        ("x.com/ada, mobile.twitter.com/bo/ and https://www.x.com/@cy?s=20", ["@ada", "@bo", "@cy"]),
        ("@Ada@twitter.com", ["@ada"]),
        ("https://twitter.com/ada/status/1", []),
        ("https://twitter.com/search?q=x https://x.com/i https://x.com/Home", []),
        ("https://x.com/homer", ["@homer"]),
        ("https://netflix.com/ada fax.com/ada", []),
        ("https://twitter.com/" + "a" * 15, ["@" + "a" * 15]),
        ("https://twitter.com/" + "a" * 16, []),
        ("@bo@home.example", []),
    ],
)
def test_on_mastodon_people_say_who_they_were_on_twitter(text: str, found: list[str]) -> None:
    assert addresses(text, "mastodon") == [f"twitter:{each}" for each in found]


@given(st.text(alphabet="@a.-/:x \n", max_size=300))
def test_any_text_gives_well_formed_references_each_once(text: str) -> None:
    for platform in ("twitter", "mastodon"):
        found = addresses(text, platform)
        assert len(found) == len(set(found))
        assert all(each.count("@") == (2 if platform == "twitter" else 1) for each in found)


def test_a_long_text_of_nearly_addresses_takes_no_time() -> None:
    assert addresses("@a" * 20_000 + "." * 20_000 + "a." * 20_000, "twitter") == []
    assert addresses("https://" + "a." * 20_000 + "/@" + "a-" * 20_000, "twitter") == []


def test_only_what_people_wrote_to_ego_or_have_in_their_profile_is_suggested() -> None:
    told = "@ada@home.example"
    records = [
        source(owner=EGO),
        handle(EGO, "ego"),
        handle(ADA, "ada"),
        post(1, ADA, "2022-11-02", reply_to=EGO, text=f"again {told}"),
        post(2, ADA, "2022-11-01", mentions=[EGO], text=f"first {told}", url="https://example.org/2"),
        # To somebody else; by somebody ego never met; by ego; a name that only looks alike.
        post(3, "twitter:3", reply_to=ADA, text="@bo@home.example"),
        account("twitter:4", "Stranger", bio="@cy@home.example"),
        post(4, EGO, reply_to=ADA, text="are you @dee@home.example ?"),
        handle("mastodon:home.example:9", "ada@else.example"),
        account(EGO, "Me", bio="also @ego@home.example"),
        post(5, EGO, reply_to="twitter:5"),
        account("twitter:5", "Eve", bio="@eve@home.example", seen="2020-05-01"),
    ]
    with filled(*records) as store:
        derive_ties(store, lambda text: None)
        ego = choose_ego(store, None)
        found = suggestions(store, ego)
        assert [(each.name, each.address, each.place) for each in found] == [
            ("@ada", ADA_THERE, "https://example.org/2"),
            ("@ego", "mastodon:@ego@home.example", "profile"),
            ("id 5", "mastodon:@eve@home.example", "profile"),
        ]
        assert found[0].text.startswith("first") and not found[0].known
        link(store, ADA, ADA_THERE, said_at=at("2024-01-01"))
        decline(store, "twitter:5", "mastodon:@eve@home.example", at("2024-01-01"))
        derive_ties(store, lambda text: None)
        assert [each.name for each in suggestions(store, ego)] == ["@ego"]
