"""Help episodes on threads small enough to know the answer.

All cases of a table lie in one file, each with people of its own: it is the fastest way, and shows that
none disturbs another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from plnmap.analysis.help.episodes import quick_help
from plnmap.model import Episode
from tests.analysis.threads import (
    ACKNOWLEDGED,
    ADA,
    ALL,
    ANSWERED,
    ASK,
    BO,
    EGO,
    LOOSE,
    NOON,
    OFFER,
    OFFERED,
    ON_REQUEST,
    OTHER,
    RULES,
    SECOND,
    TAKEN,
    TALK,
    THANKS,
    UNASKED,
    Line,
    Told,
    find,
    likes,
    on_day,
    only,
    says,
    together,
)

Seen = tuple[str, str, tuple[int | None, ...]]
"""Direction, kind, and the numbers of question, answer and thanks."""


def numbers(found: Episode) -> tuple[int | None, ...]:
    posts = (found.asked_post, found.answer_post, found.thanked_post)
    return tuple(int(key.removeprefix("twitter:")) % 10_000 if key else None for key in posts)


def parts(found: Episode) -> Seen:
    return found.direction, found.kind, numbers(found)


KINDS: dict[str, tuple[list[Told], str, tuple[int | None, ...]]] = {
    "all three": ([ASK, OFFER, THANKS], ALL, (1, 2, 3)),
    "an answer without advice": ([ASK, TALK, THANKS], ALL, (1, 2, 3)),
    "taken up": ([ASK, TALK, TAKEN], ALL, (1, 2, 3)),
    "thanks alone": ([THANKS], ACKNOWLEDGED, (None, None, 3)),
    "thanks by name": (
        [says(3, EGO, 2, "help_thanks", mentions=[ADA], text="So kind of @x")],
        ACKNOWLEDGED,
        (None, None, 3),
    ),
    "thanks for an unasked offer": ([UNASKED, THANKS], ACKNOWLEDGED, (None, 2, 3)),
    "an unasked offer taken up": ([UNASKED, TAKEN], ACKNOWLEDGED, (None, 2, 3)),
    "thanks for a remark": ([says(2, ADA, 1, to=EGO), THANKS], ACKNOWLEDGED, (None, 2, 3)),
    "asked them, answer unseen": ([says(1, EGO, 0, "question", to=ADA), THANKS], ACKNOWLEDGED, (1, None, 3)),
    "asked and offered": ([ASK, OFFER], ON_REQUEST, (1, 2, None)),
    "a link": ([ASK, says(2, ADA, 1, "resource", to=EGO, under=1)], ON_REQUEST, (1, 2, None)),
    "offered": ([UNASKED], OFFERED, (None, 2, None)),
    "offered by name": ([says(2, ADA, 1, "advice", mentions=[EGO], text="@x one")], OFFERED, (None, 2, None)),
    "asked and answered": ([ASK, TALK], ANSWERED, (1, 2, None)),
    "praise as an answer": ([ASK, says(2, ADA, 1, "praise", to=EGO, under=1)], ANSWERED, (1, 2, None)),
}

NOTHING: dict[str, list[Told]] = {
    "uptake without question or offer": [TAKEN],
    "uptake of a remark": [says(2, ADA, 1, to=EGO), TAKEN],
    "only a question back": [ASK, says(2, ADA, 1, to=EGO, under=1, text="@x which of them do you all mean?")],
    "thanks as an answer": [ASK, says(2, ADA, 1, "gratitude", to=EGO, under=1)],
    "one's own answer": [ASK, says(2, EGO, 1, "advice", to=EGO, under=1)],
    "advice in passing": [says(2, ADA, 1, "advice", mentions=[EGO], text="one two @x three four five")],
    "advice in a post of thanks": [says(2, ADA, 1, "advice", "gratitude", to=EGO)],
    "advice in the form of a question": [says(1, EGO, 0, "question", "advice"), TALK],
    "thanks for praise": [says(2, ADA, 1, "praise", to=EGO), THANKS],
    "thanks for congratulations": [says(2, ADA, 1, "congratulation", to=EGO), THANKS],
    "thanks for thanks": [says(2, ADA, 1, "gratitude", to=EGO), THANKS],
    "a boost": [says(2, ADA, 1, "advice", to=EGO, boost_of=BO)],
    "between others": [ASK, says(2, ADA, 1, "advice", to=BO)],
    "undated": [says(2, ADA, None, "advice", to=EGO), says(3, EGO, None, "help_thanks", to=ADA)],
    "a copy inside another post": [says(2, ADA, 1, "advice", to=EGO, authority=0)],
    "a favourite for mere talk": [says(2, ADA, 1, to=EGO), likes(2)],
}


def answered(hours: float) -> list[Told]:
    return [ASK, says(2, ADA, hours, "advice", to=EGO, under=1)]


def worded(text: str) -> list[Told]:
    return [ASK, says(2, ADA, 1, to=EGO, under=1, text=text)]


def down(depth: int) -> list[Told]:
    """A question, and an offer so many posts below it; what is between them is Bo's."""
    chain = [1, *range(11, 10 + depth)]
    between = [says(n, BO, n / 100, to=EGO, under=above, text="@x") for above, n in pairwise(chain)]
    return [ASK, *between, says(2, ADA, 1, "advice", to=EGO, under=chain[-1])]


def parted(hours: float) -> list[Told]:
    """Thanks twice, so many hours apart."""
    return [says(n, EGO, n * hours, "help_thanks", to=ADA, under=990 + n) for n in (0, 1)]


def named(*lines: Line) -> list[Told]:
    return [line._replace(post=line.post._replace(conversation="twitter:900")) for line in lines]


SOLVED: list[Seen] = [("in", ON_REQUEST, (1, 2, None))]
UNSOLICITED: list[Seen] = [("in", OFFERED, (None, 2, None))]
LOOSELY: list[Seen] = [("in", ACKNOWLEDGED, (None, None, 5))]
WHOLE: list[Seen] = [("in", ALL, (1, 2, 3))]
TALKED: list[Seen] = [("in", ANSWERED, (1, 2, None))]
BY_NAME = says(1, EGO, 0, "question", conversation="twitter:900")
CASES: dict[str, tuple[list[Told], list[Seen]]] = {
    "answered at once": (answered(0), SOLVED),
    "answered after 72 hours": (answered(72), SOLVED),
    "answered later": (answered(72 + SECOND), UNSOLICITED),
    "answered before it was asked": (answered(-SECOND), UNSOLICITED),
    "thanked after 72 hours": (
        [ASK, OFFER, says(3, EGO, 73, "help_thanks", to=ADA, under=2)],
        WHOLE,
    ),
    "thanked later": (
        [ASK, OFFER, says(3, EGO, 73 + SECOND, "help_thanks", to=ADA, under=2)],
        [("in", ACKNOWLEDGED, (None, None, 3))],
    ),
    "taken up later": ([ASK, OFFER, says(3, EGO, 73 + SECOND, "uptake", to=ADA, under=2)], SOLVED),
    "four words": (worded("@x @y one two 3 four. https://a.example/b#c Is this so?"), []),
    "five words": (worded("@x @y one two 3 four five. https://a.example/b#c Is this so?"), TALKED),
    "words with accents": (worded("@x über æther ﬁve ñandú 5"), TALKED),
    "words of other scripts": (worded("@x один два три четыре пять"), TALKED),
    "two posts below": (down(2), SOLVED),
    "three posts below": (down(3), SOLVED),
    "four posts below": (down(4), UNSOLICITED),
    "the nearer question": (
        [
            ASK,
            says(2, ADA, 1, "question", to=EGO, under=1, text="@x"),
            says(3, EGO, 2, "question", to=ADA, under=2, text="@x"),
            says(4, ADA, 3, "advice", to=EGO, under=3),
        ],
        [("in", ON_REQUEST, (3, 4, None))],
    ),
    "thanks below one of two answers": (
        [ASK, OFFER, OTHER, says(5, EGO, 3, "help_thanks", to=ADA, under=2)],
        [("in", ALL, (1, 2, 5))],
    ),
    "thanks further down": (
        [
            ASK,
            OFFER,
            OTHER,
            says(6, ADA, 2, to=EGO, under=2, text="@x"),
            says(5, EGO, 3, "help_thanks", to=ADA, under=6),
        ],
        [("in", ALL, (1, 2, 5))],
    ),
    "loose thanks follow the latest answer": ([ASK, OFFER, OTHER, LOOSE], [("in", ALL, (1, 4, 5))]),
    "loose thanks after other talk": (
        [ASK, OFFER, says(6, EGO, 2, to=ADA, text="@x"), LOOSE],
        LOOSELY,
    ),
    "thanks below something else": (
        [ASK, OFFER, says(8, ADA, -9, text="good morning"), says(5, EGO, 3, "help_thanks", to=ADA, under=8)],
        LOOSELY,
    ),
    "the best of a conversation": ([ASK, OFFER, THANKS, says(4, ADA, 30, "advice", to=EGO, under=3)], WHOLE),
    "the best of a day": (
        [
            ASK,
            OFFER,
            says(11, EGO, 3, "question"),
            says(12, ADA, 4, to=EGO, under=11),
            says(21, EGO, 25, "question"),
            says(22, ADA, 26, "advice", to=EGO, under=21),
        ],
        [("in", ON_REQUEST, (21, 22, None)), ("in", ON_REQUEST, (1, 2, None))],
    ),
    "the earlier of two alike": (
        [ASK, OFFER, says(11, EGO, 3, "question"), says(12, ADA, 4, "advice", to=EGO, under=11)],
        SOLVED,
    ),
    "help both ways": (
        [
            ASK,
            OFFER,
            says(4, ADA, 2, "question", to=EGO, under=2, text="@x"),
            says(5, EGO, 3, "advice", to=ADA, under=4),
        ],
        [("out", ON_REQUEST, (4, 5, None)), ("in", ON_REQUEST, (1, 2, None))],
    ),
    "a name joins them": ([BY_NAME, *named(LOOSE)], [("in", ACKNOWLEDGED, (1, None, 5))]),
    "another name parts them": (
        [BY_NAME, says(5, EGO, 3, "help_thanks", to=ADA, under=999, conversation="twitter:901")],
        LOOSELY,
    ),
    "thanks and another question in one": (
        [says(3, EGO, 2, "question", "help_thanks", to=ADA)],
        [("in", ACKNOWLEDGED, (None, None, 3))],
    ),
    "asked after the thanks": ([LOOSE, says(6, EGO, 4, "question", to=ADA)], LOOSELY),
    "a day of silence": (parted(24), [("in", ACKNOWLEDGED, (None, None, 0))]),
    "more than a day of silence": (
        parted(24 + SECOND),
        [("in", ACKNOWLEDGED, (None, None, 1)), ("in", ACKNOWLEDGED, (None, None, 0))],
    ),
    "asked in an earlier talk": ([says(1, EGO, -22, "question", to=ADA), LOOSE], LOOSELY),
    "a favourite": ([ASK, OFFER, likes(73)], [("in", ALL, (1, 2, None))]),
    "a late favourite": ([ASK, OFFER, likes(73 + SECOND)], SOLVED),
    "an undated favourite": ([ASK, OFFER, likes(None)], [("in", ALL, (1, 2, None))]),
    "a favourite for talk": ([ASK, TALK, likes(2)], TALKED),
    "a favourite for an unasked offer": ([UNASKED, likes(2)], [("in", ACKNOWLEDGED, (None, 2, None))]),
    "by days, the same": ([on_day(ASK, 0), on_day(OFFER, 0)], SOLVED),
    "by days, three later": ([on_day(ASK, 0), on_day(OFFER, 3)], SOLVED),
    "by days, four later": ([on_day(ASK, 0), on_day(OFFER, 4)], UNSOLICITED),
    "by days, one silent": (
        [on_day(says(n, EGO, 0, "help_thanks", to=ADA), n) for n in (1, 3)],
        [("in", ACKNOWLEDGED, (None, None, 3)), ("in", ACKNOWLEDGED, (None, None, 1))],
    ),
    "by days, none silent": (
        [on_day(says(n, EGO, 0, "help_thanks", to=ADA), n) for n in (1, 2)],
        [("in", ACKNOWLEDGED, (None, None, 1))],
    ),
    "half by days": (
        [
            ASK,
            on_day(OFFER, 0)._replace(
                post=OFFER.post._replace(happened_at=NOON.replace(hour=0), at_precision="day")
            ),
        ],
        SOLVED,
    ),
    "a thread that bites its tail": ([says(1, EGO, 0, "question", to=ADA, under=2), OFFER], SOLVED),
    "a post below itself": ([says(1, EGO, 0, "question", to=EGO, under=1), OFFER], SOLVED),
    "a missing parent": ([says(2, ADA, 1, "advice", to=EGO, under=404)], UNSOLICITED),
    "a double": ([ASK, OFFER, ASK, OFFER], SOLVED),
}


@pytest.fixture(scope="module")
def seen() -> dict[str, list[Episode]]:
    """Every case of the tables, and `mirrored` ones in which ego and Ada change parts."""
    swapped = {EGO: ADA, ADA: EGO}
    mirrored: dict[str, list[Told]] = {
        f"mirrored: {case}": [
            each._replace(
                post=each.post._replace(
                    author=swapped[each.post.author],
                    reply_to=swapped.get(each.post.reply_to or ""),
                    mentions=[swapped[account] for account in each.post.mentions],
                )
            )
            for each in told
            if isinstance(each, Line)
        ]
        for case, (told, *_) in KINDS.items()
    }
    return together({case: told for case, (told, *_) in (KINDS | CASES).items()} | NOTHING | mirrored)


@pytest.mark.parametrize("case", KINDS)
def test_what_is_seen_decides_the_kind_and_the_weight(case: str, seen: dict[str, list[Episode]]) -> None:
    told, kind, posts = KINDS[case]
    (found,) = seen[case]
    weight = {ALL: 1.0, ACKNOWLEDGED: 0.8, ON_REQUEST: 0.6, OFFERED: 0.5, ANSWERED: 0.3}[kind]
    assert parts(found) == ("in", kind, posts)
    assert (found.weight, found.confirmed) == (weight, weight >= 0.6)
    shown = {f"twitter:{number}" for number in posts}
    heard = {each.post.author for each in told if isinstance(each, Line) and each.post.post in shown}
    assert found.one_sided == (len(heard) == 1)


@pytest.mark.parametrize("case", KINDS)
def test_help_given_is_the_mirror_of_help_received(case: str, seen: dict[str, list[Episode]]) -> None:
    _, kind, posts = KINDS[case]
    assert [parts(each) for each in seen[f"mirrored: {case}"]] == [("out", kind, posts)]


@pytest.mark.parametrize("case", NOTHING)
def test_what_is_no_help(case: str, seen: dict[str, list[Episode]]) -> None:
    assert seen[case] == []


@pytest.mark.parametrize("case", CASES)
def test_threads(case: str, seen: dict[str, list[Episode]]) -> None:
    _, expected = CASES[case]
    assert [parts(each) for each in seen[case]] == expected


def test_what_the_thanks_are(seen: dict[str, list[Episode]]) -> None:
    cases = ("all three", "taken up", "a favourite", "asked and offered")
    assert [seen[case][0].thanked_by for case in cases] == ["thanks", "uptake", "favourite", None]
    assert only(ASK, OFFER, THANKS, likes(1)).thanked_by == "thanks"


def test_times_are_given_as_they_are_known(seen: dict[str, list[Episode]]) -> None:
    (exact,), (days,), (half,) = seen["all three"], seen["by days, three later"], seen["half by days"]
    assert (exact.hours_to_answer, exact.at_precision, exact.day) == (1.0, "second", date(2020, 1, 1))
    assert exact.asked_at == NOON.replace(tzinfo=None)
    assert (days.hours_to_answer, days.at_precision, days.day) == (None, "day", date(2009, 5, 4))
    assert (half.hours_to_answer, half.at_precision) == (None, "day")


def test_a_thread_is_called_what_its_source_calls_it_else_after_its_first_post() -> None:
    first = says(1, EGO, 0, "question")
    assert only(first, OFFER).conversation == "twitter:1"
    (renamed,) = named(OFFER)
    # One post that knows the name is enough for all below the same root.
    assert only(first, renamed, THANKS).conversation == "twitter:900"
    assert only(says(6, ADA, 0, to=EGO, text="@x"), LOOSE).conversation == "twitter:6"


def test_broadcast_is_known_of_a_question_that_is_seen(seen: dict[str, list[Episode]]) -> None:
    assert seen["asked and offered"][0].broadcast is True
    assert seen["asked them, answer unseen"][0].broadcast is False
    assert seen["offered"][0].broadcast is None
    assert only(says(1, EGO, 0, "question", mentions=[BO]), OFFER).broadcast is False


def test_the_knobs_are_used() -> None:
    assert only(*down(4), rules=replace(RULES, answer_depth=4)).kind == ON_REQUEST
    assert find(*worded("@x one two 3 four five."), rules=replace(RULES, answer_words=6)) == []
    assert len(find(*parted(25), rules=replace(RULES, session_hours=25))) == 1
    assert only(*answered(2), rules=replace(RULES, answer_hours=1)).kind == OFFERED
    soon = replace(RULES, thanks_hours=1, acknowledged=0.5)
    assert only(ASK, OFFER, says(3, EGO, 2.5, "help_thanks", to=ADA, under=2), rules=soon).kind == ON_REQUEST
    assert only(*answered(1), rules=replace(RULES, answered_offer=0.7, confirmed_from=0.7)).confirmed
    assert not only(*answered(1), rules=replace(RULES, confirmed_from=0.61)).confirmed


def test_several_people_may_answer_one_question() -> None:
    found = find(ASK, OFFER, says(4, BO, 1, "advice", to=EGO, under=1))
    assert {each.account: each.conversation for each in found} == {ADA: "twitter:1", BO: "twitter:1"}


def test_nothing_after_the_last_day_is_seen() -> None:
    late = says(3, EGO, 13, "help_thanks", to=ADA, under=2)
    assert only(ASK, OFFER, late, last=date(2020, 1, 1)).kind == ON_REQUEST
    assert find(ASK, OFFER, last=date(2019, 12, 31)) == []


def test_days_known_are_days_of_contact_before() -> None:
    before = [says(50 + n, EGO, -24 * n, to=ADA) for n in (1, 2, 3)]
    assert only(*before, *answered(1)).days_known == 3
    assert only(*answered(1)).days_known == 0


# --- long talks ----------------------------------------------------------------------------------


def test_quick_help_counts_confirmed_help_received(seen: dict[str, list[Episode]]) -> None:
    weak = seen["asked and answered"][0]._replace(account=ADA)
    strong = [seen[case][0]._replace(account=ADA) for case in ("asked and offered", "thanks alone")]
    given = [each._replace(direction="out") for each in strong]
    talk = weak._replace(mentoring_conversation=True, account=BO)
    assert quick_help([weak, *strong, *given, talk]) == {ADA: 2, BO: 1}
