"""The professional and the personal side of a tie, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from plnmap.analysis.egos import choose_ego
from plnmap.analysis.topics.sides import LEAST_POSTS, Side, sides
from tests.records import filled
from tests.test_people import ADA, BO, EGO, mapped, one_archive, reply

LAST = date(2021, 1, 1)


def test_posts_are_topic_bound_or_chatty() -> None:
    posts = [
        reply(1, EGO, ADA, 1, "@ada lovely weather", hashtags=["sun"]),
        reply(2, EGO, ADA, 2, "@ada lovely weather", links=["https://x.example"]),
        reply(3, EGO, ADA, 3, "@ada Thanks for the tip, that fixed the build!"),
        reply(4, EGO, ADA, 4, "@ada lovely weather"),
        reply(5, EGO, BO, 4, "@bo schönes Wetter heute", lang="de"),
    ]
    with filled(*one_archive(*posts)) as store:
        mapped(store)
        found = sides(store, choose_ego(store, None), LAST)
    side = found[ADA, True]
    assert (side.posts, side.topical, side.chatty) == (4, 3, 1)
    # A language without rules is not observed: no entry, and no zero.
    assert (BO, True) not in found
    assert (ADA, False) not in found


@pytest.mark.parametrize(("posts", "status"), [(LEAST_POSTS - 1, "insufficient"), (LEAST_POSTS, "value")])
def test_a_share_needs_five_posts(posts: int, status: str) -> None:
    assert Side(posts, 1, 0, 0).topical_share().status == status


def test_the_interval_is_wilsons() -> None:
    share = Side(posts=10, topical=5, moved_elsewhere=0, met=0).topical_share()
    assert share.text(4) == "0.5000 [0.2366, 0.7634]"
