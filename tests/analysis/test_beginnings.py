"""How two people met, on a handful of posts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.over_time.beginnings import Beginning, beginnings
from plnmap.model import Post
from tests.records import covered, filled, handle, post
from tests.test_people import ADA, BO, EGO, day, one_archive, reply

CY = "twitter:4"
LAST = date(2021, 1, 1)


def met(*records: Any) -> dict[str, Beginning]:
    """Beginnings of ego's ties, with the archives of Ada and Cy in the file as well."""
    others = (*covered(ADA), *covered(CY), handle(CY, "cy"))
    with filled(*one_archive(), *others, *records) as store:
        derive_ties(store, lambda text: None)
        return beginnings(store, choose_ego(store, EGO), LAST)


def boost(number: int, of: str, when: int, text: str) -> Post:
    """Ego passes on somebody's post on a day counted from 2019-01-01."""
    return post(number, EGO, None, happened_at=day(when), at_precision="second", boost_of=of, text=text)


def test_the_first_act_either_way_counts() -> None:
    found = met(reply(2, EGO, ADA, 5, "@ada late"), reply(1, ADA, EGO, 3, "@ego early"), reply(3, EGO, BO, 9))
    assert (found[ADA].day, found[ADA].outgoing, found[ADA].text) == (date(2019, 1, 4), False, "@ego early")
    assert (found[BO].day, found[BO].outgoing, found[BO].kind) == (date(2019, 1, 10), True, "reply")


@pytest.mark.parametrize(("days_before", "through"), [(0, CY), (14, CY), (15, None)])
def test_a_boost_that_named_them_a_fortnight_before_brought_them_together(
    days_before: int, through: str | None
) -> None:
    named = boost(1, CY, 20 - days_before, "RT @cy: a fine talk by @ada today")
    found = met(named, reply(2, EGO, ADA, 20))
    assert found[ADA].through == through
    assert found[ADA].through_post == (named.post if through else None)


def test_a_third_person_who_named_both_brought_them_together() -> None:
    introduction = reply(1, CY, EGO, 4, "@ego you should meet @ada", mentions=[ADA])
    found = met(introduction, reply(2, EGO, ADA, 6))
    assert (found[ADA].through, found[ADA].through_post) == (CY, introduction.post)


def test_nobody_brings_themselves_together() -> None:
    found = met(boost(1, ADA, 1, "RT @ada: I am @ada"), reply(2, ADA, EGO, 3, "@ego hello from @ada"))
    assert found[ADA].through is None


def test_what_came_after_did_not_bring_them_together() -> None:
    found = met(reply(1, EGO, ADA, 1), boost(2, CY, 2, "RT @cy: a fine talk by @ada"))
    assert found[ADA].through is None


@pytest.mark.parametrize(("days_apart", "tag"), [(3, "bakechat"), (4, None)])
def test_a_hashtag_that_both_used_within_three_days(days_apart: int, tag: str | None) -> None:
    mine = post(1, EGO, None, happened_at=day(20), at_precision="second", hashtags=["bakechat"])
    theirs = post(
        2, ADA, None, happened_at=day(20 + days_apart), at_precision="second", hashtags=["bakechat"]
    )
    found = met(mine, theirs, reply(3, EGO, ADA, 20))
    assert found[ADA].tag == tag


def test_a_hashtag_in_the_first_post_is_where_they_met_unless_it_is_sensitive() -> None:
    found = met(
        reply(1, EGO, ADA, 1, hashtags=["bakechat"]),
        reply(2, EGO, BO, 1, hashtags=["brexit"]),
    )
    assert (found[ADA].tag, found[BO].tag) == ("bakechat", None)
