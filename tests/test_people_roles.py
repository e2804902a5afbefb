"""Which roles people have, on what evidence, and what the user's own word does to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from plnmap.analysis.people import map_people
from plnmap.model import Label, Person
from plnmap.store import as_arrow
from tests.records import at, covered, filled, handle, post, put, source
from tests.test_people import ADA, BO, EGO, THANKS, alter, both_sides, day, mapped, one_archive, reply


@pytest.mark.parametrize(
    ("later", "role"),
    [
        (timedelta(days=90), "role_model?"),
        (timedelta(days=90, seconds=1), "broadcaster?"),
        (timedelta(0), "broadcaster?"),
    ],
)
def test_a_hashtag_is_taken_up_within_ninety_days(later: timedelta, role: str) -> None:
    boosts = [
        post(
            n,
            EGO,
            happened_at=day(30 * n),
            text="RT @ada: x",
            boost_of=ADA,
            boost_of_post=f"twitter:{90 + n}",
        )
        for n in range(4, -1, -1)
    ]
    boosts[0] = boosts[0]._replace(hashtags=["birds"])
    own = post(50, EGO, happened_at=day(120) + later, text="look #birds", hashtags=["birds"])
    with filled(*one_archive(*boosts, own)) as store:
        assert alter(mapped(store), ADA).roles == role


def labelled(name: str, *labels: str) -> Iterator[Person]:
    """Somebody whom ego thanked often: as the posts have them, then by each word that ego has for them."""
    thanks = [reply(n, EGO, ADA, 40 * n, THANKS) for n in range(8)]
    with filled(source(owner=EGO), *covered(EGO), handle(ADA, name), *thanks) as store:
        yield alter(mapped(store), ADA)
        for label in labels:
            with store.transaction():
                store.connection.execute("DELETE FROM labels")
                store.insert("labels", as_arrow(Label, [Label(EGO, ADA, label, at("2022-01-01"), "later")]))
            yield alter(mapped(store), ADA)


def test_the_users_word_is_respected_and_travels_along() -> None:
    roles = {
        "mentor": "mentor?",
        "family": "mentor?",
        "not-mentor": "",
        "friend": "mentor?",
        "brand": "",
        "work-tie": "",
    }
    found = [(ada.labels, ada.roles) for ada in labelled("ada", *roles)]
    assert found == [("", "mentor?"), *roles.items()]


def test_the_users_word_outweighs_the_look_of_a_handle() -> None:
    found = [ada.roles for ada in labelled("adahelp", "peer", "not-mentor")]
    assert found == ["", "mentor?", ""]


def test_a_role_that_rests_on_one_conversation_is_withheld() -> None:
    thread = [reply(n, EGO, ADA, 10 * n, THANKS, conversation="twitter:900") for n in range(5)]
    with filled(*one_archive(*thread)) as store:
        network = mapped(store)
    assert (alter(network, ADA).thanked_days, alter(network, ADA).roles) == (5, "")
    assert network.held_roles == []


def test_without_posts_all_but_the_evidence_is_the_same() -> None:
    with filled(*one_archive(*(reply(n, EGO, ADA, 40 * n, THANKS) for n in range(8)))) as store:
        whole = mapped(store)
        bare = map_people(store, whole.ego, announce=lambda text: None, posts=False)
    assert len(whole.evidence) == 8
    assert bare == whole._replace(evidence=[])


def test_a_held_role_says_what_it_rests_on() -> None:
    thanks = [reply(n, EGO, ADA, 40 * n, THANKS) for n in range(8)]
    with filled(*one_archive(*thanks)) as store:
        computed, remembered = mapped(store), mapped(store)
    assert computed == remembered
    (role,) = computed.held_roles
    ada = alter(computed, ADA)
    assert (role.ego, role.account, role.role, role.sure) == (EGO, ADA, "mentor", False)
    assert (role.n, role.unit) == (8, "days of thanks")
    assert (role.first_day, role.last_day) == (ada.thanked_first, ada.thanked_last)
    assert (role.estimate, role.lo, role.hi) == (
        ada.help_in_thanks,
        ada.help_in_thanks_lo,
        ada.help_in_thanks_hi,
    )
    assert role.agreement is not None
    assert 0.98 < role.agreement <= 1
    assert role.coverage == "all of ego's side, none of theirs"
    assert {row.account for row in computed.functions} == {ADA}


def test_quick_help_is_not_drawn_for() -> None:
    with filled(*one_archive(reply(1, EGO, ADA, 0, THANKS))) as store:
        (role,) = mapped(store).held_roles
    assert (role.role, role.agreement, role.n, role.unit) == ("just_in_time_helper", None, 1, "quick helps")
    assert (role.estimate, role.first_day, role.last_day) == (None, date(2019, 1, 1), date(2019, 1, 1))


def test_amplifiers_boost_ego_more_than_most() -> None:
    roots = [post(n, EGO, happened_at=day(n)) for n in range(8)]
    boosts = [
        post(100 + n, ADA, happened_at=day(n), text="RT @ego: x", boost_of=EGO, boost_of_post=f"twitter:{n}")
        for n in range(8)
    ]
    of_bo = [
        post(
            200 + n,
            ADA,
            happened_at=day(n),
            text="RT @bo: x",
            boost_of=BO,
            boost_of_post=f"twitter:{300 + n}",
        )
        for n in range(8)
    ]
    # Two authors whom she boosts once are below ego; Bo, whom she boosts as often, is not.
    rare = [
        post(290 + n, ADA, happened_at=day(n), text="RT @c: x", boost_of=f"twitter:{4 + n}") for n in (0, 1)
    ]
    for others, expected in ((rare, "amplifier"), (rare[:1], "")):
        mine, adas = both_sides(*roots, *boosts, *of_bo, *others)
        with filled(*mine) as store:
            put(store, *adas, origin="b" * 64)
            assert alter(mapped(store), ADA).roles == expected
