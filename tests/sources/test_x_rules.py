"""Whom a post on Twitter/X addresses: the same rules in both layouts of the archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plnmap.model import Post
from tests.sources.builders import (
    BO,
    CY,
    Read,
    archive,
    archive_2012,
    as_folder,
    month_tweet,
    named,
    read,
    tweet,
)

Reader = Callable[..., Read]


@pytest.fixture(params=["2012", "new"])
def posted(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Post]:
    """One post by @Ada (12), written into an archive of either layout and read back."""

    def read_one(text: str, **fields: Any) -> Post:
        files = (
            archive_2012(month_tweet(text, **fields))
            if request.param == "2012"
            else archive(tweet(text, **fields))
        )
        return read(as_folder(files, tmp_path / "archive")).post()

    return read_one


REPLY_TO_BO = {
    "in_reply_to_status_id_str": "9",
    "in_reply_to_status_id": "9",
    "in_reply_to_user_id_str": BO,
    "in_reply_to_user_id": BO,
    "in_reply_to_screen_name": "bo",
}


def test_a_plain_post(posted: Callable[..., Post]) -> None:
    post = posted("hello &amp; goodbye", lang="en")
    assert post.text == "hello & goodbye"
    assert (post.author, post.lang, post.authority, post.n_handles) == ("twitter:12", "en", 2, 0)
    assert post.url == "https://twitter.com/Ada/status/1"
    assert (post.reply_to, post.boost_of, post.quote_of, post.mentions) == (None, None, None, [])


def test_a_reply_goes_to_the_author_of_the_parent_only(posted: Callable[..., Post]) -> None:
    post = posted("@bo @cy thanks!", entities=named((BO, "bo"), (CY, "cy")), **REPLY_TO_BO)
    assert (post.reply_to_post, post.reply_to, post.mentions) == ("twitter:9", "twitter:34", [])
    assert post.n_handles == 2
    assert post.text == "@bo @cy thanks!"


def test_who_is_named_in_the_body_of_a_reply_is_mentioned(posted: Callable[..., Post]) -> None:
    post = posted("@bo ask @cy", entities=named((BO, "bo"), (CY, "cy")), **REPLY_TO_BO)
    assert (post.reply_to, post.mentions) == ("twitter:34", ["twitter:56"])


def test_a_reply_without_a_parent_is_still_one(posted: Callable[..., Post]) -> None:
    fields = {"in_reply_to_user_id_str": BO, "in_reply_to_screen_name": "bo"}
    post = posted("@bo hi", entities=named((BO, "bo")), **fields)
    assert (post.reply_to_post, post.reply_to, post.mentions) == (None, "twitter:34", [])


def test_a_reply_to_a_handle_without_an_id_is_a_reference(posted: Callable[..., Post]) -> None:
    assert posted("@Bo hi", in_reply_to_screen_name="Bo").reply_to == "twitter:@bo"


def test_a_leading_name_in_a_post_that_is_no_reply_is_a_mention(posted: Callable[..., Post]) -> None:
    for text in ("@bo look", ".@bo look"):
        post = posted(text, entities=named((BO, "bo")))
        assert (post.reply_to, post.mentions) == (None, ["twitter:34"])


def test_mentions_in_order_once_and_without_oneself(posted: Callable[..., Post]) -> None:
    post = posted("@CY, @bo, @cy and @ada", entities=named(("12", "Ada"), (BO, "Bo"), (CY, "cy")))
    assert post.mentions == ["twitter:56", "twitter:34"]
    assert post.n_handles == 3


def test_a_handle_the_platform_did_not_resolve_names_nobody(posted: Callable[..., Post]) -> None:
    assert posted("@nobody and @bo", entities=named((BO, "bo"))).mentions == ["twitter:34"]


def test_an_account_that_is_gone_is_a_reference(posted: Callable[..., Post]) -> None:
    assert posted("hi @Bo", entities=named(("-1", "Bo"))).mentions == ["twitter:@bo"]


def test_an_account_made_after_the_post_is_not_whom_it_names(posted: Callable[..., Post]) -> None:
    # The first id was made in February 2016, the second in May 2009.
    for account_id, expected in (("700000000000000001", "twitter:@bo"), ("41000000", "twitter:41000000")):
        post = posted("hi @bo", entities=named((account_id, "bo")), created_at="2012-05-01 10:00:00 +0000")
        assert post.mentions == [expected]
    late = posted(
        "hi @bo", entities=named(("700000000000000001", "bo")), created_at="2016-05-01 10:00:00 +0000"
    )
    assert late.mentions == ["twitter:700000000000000001"]


def test_without_entities_every_handle_counts(posted: Callable[..., Post]) -> None:
    assert posted("hi @Bo", entities=None).mentions == ["twitter:@bo"]


@pytest.mark.parametrize(
    "text", ["RT @Bo: a find by @cy", "MT @bo a find by @cy", "RT: @bo: x", "“RT @bo x”"]
)
def test_boosts_by_hand(posted: Callable[..., Post], text: str) -> None:
    post = posted(text, entities=named((BO, "bo"), (CY, "cy")))
    assert (post.boost_of, post.boost_of_post, post.quote_of, post.mentions) == ("twitter:34", None, None, [])


def test_a_boost_by_hand_of_somebody_unresolved_is_a_reference(posted: Callable[..., Post]) -> None:
    assert posted("RT @Old_Name: x").boost_of == "twitter:@old_name"


def test_a_boost_by_hand_marked_as_a_reply_is_a_boost_of_that_post(posted: Callable[..., Post]) -> None:
    post = posted("RT @bo: a find", entities=named((BO, "bo")), **REPLY_TO_BO)
    assert (post.boost_of_post, post.boost_of, post.reply_to_post, post.reply_to) == (
        "twitter:9",
        "twitter:34",
        None,
        None,
    )


def test_who_is_answered_is_surer_than_who_holds_the_handle_now(posted: Callable[..., Post]) -> None:
    renamed = REPLY_TO_BO | {"in_reply_to_screen_name": "bo_new"}
    assert posted("RT @bo: a find", **renamed).boost_of == "twitter:34"
    taken_over = named((CY, "bo"))
    assert posted("RT @bo: a find", entities=taken_over, **REPLY_TO_BO).boost_of == "twitter:34"
    assert posted("“@bo: a find” yes", entities=taken_over, **REPLY_TO_BO).quote_of is None


def test_a_boost_by_hand_in_an_answer_to_somebody_else_is_both(posted: Callable[..., Post]) -> None:
    post = posted("RT @cy: a find", entities=named((CY, "cy")), **REPLY_TO_BO)
    assert (post.boost_of, post.reply_to, post.boost_of_post) == ("twitter:56", "twitter:34", None)


def test_a_boost_with_the_original_inside(posted: Callable[..., Post]) -> None:
    original = {"id_str": "7", "text": "a find", "user": {"id_str": BO, "screen_name": "bo"}}
    post = posted("RT @bo: a fi…", entities=named((BO, "bo")), retweeted_status=original)
    assert (post.boost_of_post, post.boost_of, post.mentions) == ("twitter:7", "twitter:34", [])


def test_a_comment_on_a_boost_by_hand_is_a_quote(posted: Callable[..., Post]) -> None:
    post = posted("@cy so true RT @bo: a find by @dee", entities=named((BO, "bo"), (CY, "cy"), ("78", "dee")))
    assert (post.quote_of, post.boost_of, post.mentions) == ("twitter:34", None, ["twitter:56"])


def test_a_quote_in_quotation_marks(posted: Callable[..., Post]) -> None:
    post = posted("“@bo: a find by @dee” see @cy", entities=named((BO, "bo"), (CY, "cy"), ("78", "dee")))
    assert (post.quote_of, post.mentions) == ("twitter:34", ["twitter:56"])


def test_an_answer_that_repeats_what_it_answers_is_one_act(posted: Callable[..., Post]) -> None:
    post = posted("“@bo: a question” yes", entities=named((BO, "bo")), **REPLY_TO_BO)
    assert (post.reply_to, post.quote_of, post.mentions) == ("twitter:34", None, [])


def test_thanks_for_a_boost_are_a_mention(posted: Callable[..., Post]) -> None:
    post = posted("Thanks for the RT @bo", entities=named((BO, "bo")))
    assert (post.quote_of, post.mentions) == (None, ["twitter:34"])


def with_link(address: str, short: str = "https://t.co/abcdefghij", **more: Any) -> dict[str, Any]:
    return {**named(), "urls": [{"url": short, "expanded_url": address}], **more}


def test_a_link_to_a_post_is_a_quote(posted: Callable[..., Post]) -> None:
    post = posted("true https://t.co/abcdefghij", entities=with_link("https://twitter.com/Bo/status/7"))
    assert (post.quote_of_post, post.quote_of) == ("twitter:7", "twitter:@bo")
    assert post.links == ["https://twitter.com/Bo/status/7"]
    assert post.text == "true https://twitter.com/Bo/status/7"


def test_a_quoted_post_inside_tells_whose_it_is(posted: Callable[..., Post]) -> None:
    inside = {"id_str": "7", "text": "a find", "user": {"id_str": BO, "screen_name": "bo"}}
    post = posted(
        "true https://t.co/abcdefghij",
        entities=with_link("https://twitter.com/bo/status/7"),
        quoted_status_id_str="7",
        quoted_status=inside,
    )
    assert (post.quote_of_post, post.quote_of) == ("twitter:7", "twitter:34")


def test_the_last_link_is_the_quote(posted: Callable[..., Post]) -> None:
    urls = [
        {"url": f"https://t.co/{name}aaaaaaaa", "expanded_url": f"https://x.com/{name}/status/{number}"}
        for number, name in enumerate(("bo", "cy"), start=7)
    ]
    post = posted("see https://t.co/boaaaaaaaa https://t.co/cyaaaaaaaa", entities={"urls": urls})
    assert (post.quote_of_post, post.quote_of) == ("twitter:8", "twitter:@cy")


def test_links_that_are_no_quotes(posted: Callable[..., Post]) -> None:
    for address in (
        "https://twitter.com/i/web/status/7",
        "https://twitter.com/bo",
        "https://example.org/status/7",
    ):
        post = posted("x https://t.co/abcdefghij", entities=with_link(address))
        assert (post.quote_of_post, post.links) == (None, [address])


def test_own_pictures_are_neither_text_nor_links_nor_quotes(posted: Callable[..., Post]) -> None:
    picture = {"url": "https://t.co/picture123", "expanded_url": "https://twitter.com/Ada/status/1/photo/1"}
    post = posted("look https://t.co/picture123", entities={**named(), "media": [picture]})
    assert (post.text, post.links, post.quote_of) == ("look", [], None)
    post = posted("look https://t.co/picture123", entities={**named(), "urls": [picture]})
    assert (post.links, post.quote_of) == ([], None)


def test_links_are_spelled_out_and_hashtags_lowered(posted: Callable[..., Post]) -> None:
    entities = {
        **with_link("https://example.org/?a=1&copy=2"),
        "hashtags": [{"text": "EdChat"}, {"text": "Ünï"}],
    }
    post = posted("read &lt;this&gt; https://t.co/abcdefghij #EdChat #Ünï", entities=entities)
    assert post.text == "read <this> https://example.org/?a=1&copy=2 #EdChat #Ünï"
    assert (post.links, post.hashtags) == (["https://example.org/?a=1&copy=2"], ["edchat", "ünï"])


def test_an_address_that_begins_another(posted: Callable[..., Post]) -> None:
    urls = [
        {"url": "http://bit.ly/ab", "expanded_url": "http://one.example/"},
        {"url": "http://bit.ly/abc", "expanded_url": "http://two.example/"},
    ]
    post = posted("http://bit.ly/abc http://bit.ly/ab", entities={**named(), "urls": urls})
    assert post.text == "http://two.example/ http://one.example/"


def test_an_address_that_would_flood_the_text_is_left_short(posted: Callable[..., Post]) -> None:
    urls = [{"url": "a", "expanded_url": "b" * 90_000}, {"url": "javascript:1", "expanded_url": None}]
    post = posted("a" * 90_000, entities={**named(), "urls": urls})
    assert (post.text, post.links) == ("a" * 90_000, [])


def test_the_whole_text_wins_over_the_cut_one(posted: Callable[..., Post]) -> None:
    assert posted("cut…", full_text="the whole").text == "the whole"
    whole = {"full_text": "the very whole @bo", "entities": named((BO, "bo"))}
    post = posted("cut…", extended_tweet=whole)
    assert (post.text, post.mentions) == ("the very whole @bo", ["twitter:34"])


def test_numbers_for_texts_are_read(posted: Callable[..., Post]) -> None:
    post = posted("@bo hi", id_str=1, in_reply_to_user_id_str=34, in_reply_to_status_id_str=9, lang=None)
    assert (post.reply_to, post.reply_to_post) == ("twitter:34", "twitter:9")


@pytest.mark.parametrize(
    "written", ["Sat Feb 30 12:33:11 +0000 2013", "0000-01-01 00:00:00 +0000", "9999-12-31", 5, None]
)
def test_a_date_that_cannot_be_true_is_unknown(posted: Callable[..., Post], written: object) -> None:
    post = posted("hello", created_at=written)
    assert (post.happened_at, post.at_precision, post.text) == (None, None, "hello")


def test_what_no_database_takes_is_replaced(posted: Callable[..., Post]) -> None:
    post = posted("a\0b \ud800 c", entities={**named(), "hashtags": [{"text": "x\0"}]})
    assert (post.text, post.hashtags) == ("a\ufffdb \ufffd c", ["x\ufffd"])


@pytest.mark.parametrize("handle", ["\x1b[31mred", "[bold]bo[/bold]", "=1+1", "b\u202eo", "", "x" * 30])
def test_a_hostile_handle_is_no_handle(posted: Callable[..., Post], handle: str) -> None:
    entities = named((BO, handle))
    post = posted("hi @bo", entities=entities, in_reply_to_screen_name=handle)
    assert (post.reply_to, post.mentions) == (None, [])
    assert posted("hi", in_reply_to_user_id_str=BO, in_reply_to_screen_name=handle).reply_to == "twitter:34"
