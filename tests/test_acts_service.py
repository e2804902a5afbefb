"""Talk where help is owed: told from talk among friends, side by side."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from plnmap.acts import Text, tag
from plnmap.analysis.accounts.service_talk import SURE_FROM
from plnmap.model import Act
from tests.acts_texts import reply, sentences

# Invented posts of customers, of those who serve them, and of friends; nearly half were held back.
SENTENCES = sentences("service")


def service(text: str) -> list[Act]:
    return [hit for hit in tag([reply(text)], ask_models=False) if hit.act == "service"]


def sides(text: str) -> set[str | None]:
    """Who speaks, as far as the wording turns to the other."""
    return {hit.object for hit in service(text) if hit.score >= SURE_FROM}


@cache
def held_back() -> Counter[tuple[str, str]]:
    """How often each side was found in what was said by each."""
    hits: dict[str, set[str | None]] = {}
    for hit in tag(
        [reply(row["text"], str(number)) for number, row in enumerate(SENTENCES)], ask_models=False
    ):
        if hit.act == "service":
            hits.setdefault(hit.post, set()).add(hit.object if hit.score >= SURE_FROM else "unsure")
    seen: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(SENTENCES):
        if row["part"] == "held_out":
            found = hits.get(str(number), set())
            seen[row["side"], "all"] += 1
            seen[row["side"], "found"] += bool(found)
            seen[row["side"], "sure"] += bool(found - {"unsure", "either"})
            seen[row["side"], "right"] += row["side"] in found
    return seen


@pytest.mark.parametrize(("side", "found", "right"), [("customer", 0.78, 0.57), ("provider", 0.85, 0.77)])
def test_either_side_is_told_in_sentences_that_were_held_back(side: str, found: float, right: float) -> None:
    seen = held_back()
    assert seen[side, "found"] >= found * seen[side, "all"]
    assert seen[side, "right"] >= right * seen[side, "all"]
    assert seen[side, "sure"] - seen[side, "right"] <= 0.03 * seen[side, "all"], "taken for the other side"


def test_friends_tell_of_their_orders_and_seldom_sound_like_customers() -> None:
    seen = held_back()
    assert 0 < seen["neither", "found"] <= 0.2 * seen["neither", "all"]
    assert seen["neither", "sure"] <= 0.05 * seen["neither", "all"]


@pytest.mark.parametrize(
    ("side", "text", "near_miss"),
    [
        ("customer", "you've charged me twice this month", "they charged me twice this month"),
        ("customer", "when will my parcel come?", "when will your parcel come?"),
        ("customer", "can I get a refund on these?", "you could get one on these"),
        ("customer", "do you ship to Ireland?", "do you sail to Ireland?"),
        ("customer", "my account is locked", "my shed is locked"),
        ("customer", "the link on your site is broken", "the chart in your post is clear"),
        ("customer", "ticket 4471, opened nine days ago", "room 4471, opened nine days ago"),
        ("customer", "I've paid your invoice", "I've read your report"),
        ("customer", "your driver was rude", "your brother was rude"),
        ("customer", "emailed three times", "sang three times"),
        ("customer", "that fixed my login", "that fixed my sourdough"),
        ("customer", "the lad you sent mended the roof", "the lad you met mended the roof"),
        ("provider", "we're looking into this now", "we're looking into project work"),
        ("provider", "please call us", "please call mum"),
        ("provider", "your refund has been processed", "your chapter has been read"),
        ("provider", "sorry for any inconvenience", "sorry for your loss"),
        ("provider", "glad that works now! ^JB", "glad that works now! JB"),
        ("provider", "thank you for your order", "thank you for your postcard"),
        ("provider", "should be sorted now, please reload the page", "please reread the page"),
        ("provider", "I've attached the invoice", "I've attached the photo"),
        ("provider", "we'll send you another", "we'll sing you another"),
    ],
)
def test_what_turns_to_the_other_side_of_a_service(side: str, text: str, near_miss: str) -> None:
    assert sides(text) == {side}
    assert sides(near_miss) == set()


def test_what_was_bought_is_told_to_friends_too() -> None:
    (hit,) = service("my new router came")
    assert (hit.object, hit.rule, hit.score < SURE_FROM) == ("either", "en.service.dealings", True)
    assert not service("a tall order for Monday"), "and some of it was never bought"


def test_nobody_is_served_by_what_is_said_to_nobody() -> None:
    told = Text("twitter:1", "Please call us", "en")
    assert not [hit for hit in tag([told], ask_models=False) if hit.act == "service"]


@pytest.mark.parametrize(
    ("text", "is_owed"),
    [
        ("thanks for sorting my refund", True),
        ("refund received, thanks for the help", True),
        ("my account is working again, thanks!", True),
        ("thanks, the broadband is working, you saved me hours", True),
        ("thanks for shopping with us", True),
        ("thanks for flagging, typo corrected", True),
        ("thanks for sorting my loop", False),
        ("thanks for the help with my essay", False),
        ("got your parcel of seeds, thanks for the tip", False),
        ("thanks for your money tip", False),
    ],
)
def test_thanks_for_what_was_owed_are_no_thanks_for_help(text: str, is_owed: bool) -> None:
    hits = tag([reply(text)], ask_models=False)
    assert ({hit.object for hit in hits if hit.act == "gratitude"} == {"service"}) == is_owed
    assert ("help_thanks" in {hit.act for hit in hits}) != is_owed
