"""Whose help is owed, as what passed between two people tells."""

from __future__ import annotations

from datetime import date

import pytest

from plnmap.analysis.accounts.brands import DEFAULT
from plnmap.analysis.accounts.service_talk import SERVING, customers, parameters
from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.own_word import add_labels
from plnmap.analysis.settings import BrandRules
from plnmap.model import Post
from tests.records import at, covered, filled, source
from tests.test_people import ADA, ADVICE, BO, EGO, THANKS, alter, mapped, one_archive, reply

LAST = date(2021, 1, 1)
ASKS = "@ada you've charged me twice this month"
TELLS = "@ada my order finally came"
CHAT = "@ada lovely weather for it"
SERVES = "@owner we're looking into this now"


def talk(*texts: str, by: str = EGO, to: str = ADA, number: int = 0) -> list[Post]:
    """One post a day, from the first of 2019 on."""
    return [reply(number + n, by, to, n, text) for n, text in enumerate(texts)]


def served(*posts: Post, last: date = LAST, rules: BrandRules = DEFAULT) -> tuple[set[str], set[str]]:
    """Who serves ego, and whom ego serves."""
    with filled(source(owner=EGO), *posts) as store:
        derive_ties(store, lambda text: None)
        derive_acts(store, lambda text: None)
        ego = choose_ego(store, None)
        rows = store.rows(SERVING, parameters(ego, last, rules))
        return {account for account, serves in rows if serves == "alter"}, customers(store, ego, last, rules)


CASES = {
    "three": ([ASKS] * 3, True),
    "two": ([ASKS] * 2, False),
    # One that turns to the other, beside what is told to friends as well; never the latter alone.
    "one of three": ([ASKS, TELLS, TELLS], True),
    "told": ([TELLS] * 9, False),
    "a tenth": ([ASKS] * 3 + [CHAT] * 27, True),
    "less than a tenth": ([ASKS] * 3 + [CHAT] * 28, False),
}


def test_help_is_owed_where_a_good_part_of_what_passed_is_talk_of_a_service() -> None:
    whom = {name: f"twitter:{100 + n}" for n, name in enumerate(CASES)}
    posts = [
        each
        for n, (name, (texts, _)) in enumerate(CASES.items())
        for each in talk(*texts, to=whom[name], number=100 * n)
    ]
    desks, _ = served(*posts)
    assert {name: whom[name] in desks for name in CASES} == {name: owed for name, (_, owed) in CASES.items()}


def test_it_takes_more_than_one_day() -> None:
    evening = [reply(n, EGO, ADA, 3, ASKS) for n in range(3)]
    two_days = [reply(10 + n, EGO, BO, 3 + n // 2, ASKS) for n in range(3)]
    assert served(*evening, *two_days) == ({BO}, set())
    assert served(*evening, rules=BrandRules(service_days=1)) == ({ADA}, set())


def test_both_sides_tell_who_serves_whom() -> None:
    asks, answers = talk(ASKS, TELLS), talk(SERVES, by=ADA, to=EGO, number=9)
    # The other way round: ego answers as one who serves, and is asked.
    asked, answer = talk(ASKS, TELLS, by=BO, to=EGO, number=20), talk(SERVES, to=BO, number=29)
    assert served(*asks, *answers, *asked, *answer) == ({ADA}, {BO})


def test_what_came_later_is_left_out() -> None:
    asks = talk(ASKS, ASKS, ASKS)
    assert served(*asks, last=date(2019, 1, 2)) == (set(), set())
    assert served(*asks, last=date(2019, 1, 3)) == ({ADA}, set())


THANKED = [reply(n, EGO, ADA, 40 * n, THANKS) for n in range(8)]


@pytest.mark.parametrize(
    ("text", "label", "roles"), [(CHAT, None, "mentor?"), (ASKS, None, ""), (ASKS, "mentor", "mentor?")]
)
def test_who_serves_is_no_mentor_unless_the_user_says_so(text: str, label: str | None, roles: str) -> None:
    with filled(*one_archive(*THANKED, *talk(*[text] * 3, number=500))) as store:
        if label:
            add_labels(store, EGO, ADA, [label], at("2020-01-01"))
        ada = alter(mapped(store), ADA)
    assert (ada.roles, ada.is_provider) == (roles, not roles)
    assert ("orders, bills or repairs" in ada.account_kind_why) == (text == ASKS)


def test_who_is_served_is_no_mentee() -> None:
    helped = [reply(n, EGO, ADA, 40 * n, ADVICE) for n in range(8)]
    thanks = [reply(50 + n, ADA, EGO, 40 * n, "@owner Thanks for the tip!") for n in range(8)]
    for text, roles in (("@owner lovely weather for it", "mentee"), (ASKS, "")):
        asks = talk(*[text] * 3, by=ADA, to=EGO, number=500)
        with filled(*one_archive(*helped, *thanks, *asks), *covered(ADA)) as store:
            assert alter(mapped(store), ADA).roles.removesuffix("?") == roles
