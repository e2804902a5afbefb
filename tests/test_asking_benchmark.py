"""Whether asking again finds who helped: the questions, the lists, and what is told of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.asking import Question, questions, strongest, told
from plnmap.analysis.egos import choose_ego, end_of_day
from plnmap.analysis.help.episodes import episodes
from plnmap.store import open_store
from tests.records import filled
from tests.test_people import ADA, BO, EGO, day, mapped, one_archive, reply


def test_what_ego_asked_is_asked_again_without_names_and_before_it_was_answered() -> None:
    asked = reply(1, EGO, ADA, 9, "@ada How do I proof bread overnight? https://x.example")
    thanks = reply(2, EGO, ADA, 10, "@ada Thanks for the tip, the fridge worked")
    alone = reply(3, EGO, BO, 60, "@bo Thanks for your advice on trains to Prague!")
    with filled(*one_archive(reply(4, EGO, ADA, 0), asked, thanks, alone)) as store:
        found = list(questions(store, mapped(store).ego))
    assert found == [
        Question("trains prague", day(56).date(), BO),
        Question("proof bread overnight", day(8).date(), ADA),
    ]


def test_the_strongest_tie_is_that_of_the_day() -> None:
    """Ada wrote of old, Bo now: up to the day before Bo began there is Ada alone."""
    posts = [reply(n, EGO, ADA, n) for n in range(3)] + [reply(9 + n, EGO, BO, 500 + n) for n in range(4)]
    with filled(*one_archive(*posts)) as store:
        ego = mapped(store).ego
        assert strongest(store, ego, day(499).date()) == [ADA]
        assert strongest(store, ego, day(504).date()) == [BO, ADA]
        assert strongest(store, ego, date(2000, 1, 1)) == []


def test_what_is_told() -> None:
    """Mean of 1/rank: (1 + 1/2 + 0)/3 for ask, (1/6 + 0 + 0)/3 for the ties."""
    line = told("it", {"ask": [1, 2, None], "strength": [6, None, None], "posts": [None, None, 5]})
    assert line.measured.startswith(
        "ask MRR 0.500, 67% among the first 5; strongest ties MRR 0.056, 0% among the first 5; "
        "most posts on it MRR 0.067, 33% among the first 5; of 3; ahead by [0.000, "
    )
    assert line.verdict == "not met"
    assert told("it", {"ask": [1] * 9, "strength": [2] * 9, "posts": [1] * 9}).verdict == "met"


def test_nobody_is_given_away(sample_pln: Path) -> None:
    """In no question stands the name of who helped, and each is asked before the day of the help."""
    with open_store(sample_pln) as store:
        ego = choose_ego(store, None)
        last = end_of_day(ego, None)
        assert last
        found = list(questions(store, ego))
        helped = [each for each in episodes(store, ego, last) if each.direction == "in" and each.thanked_post]
        handles = dict(store.rows("SELECT account, lower(handle) FROM handles"))
    assert len(found) > 10
    days: dict[str, list[date]] = {each.helper: [] for each in found}
    for episode in helped:
        days[episode.account].append(episode.day)
    for each in found:
        assert handles[each.helper] not in each.words
        assert each.last < days[each.helper].pop(0)
