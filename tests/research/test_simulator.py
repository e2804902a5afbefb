"""The simulator: rates that are rates, scenes that make sense, a truth that says what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from plnmap.errors import UsageError
from plnmap.research.simulator import MASKS, Lived, MaskName, Simulated, World, live, simulate
from plnmap.research.simulator.drafts import NOBODY, Stage, drafts
from plnmap.research.simulator.people import EGO
from plnmap.research.simulator.scenes import ALTER_LEADS, EGO_LEADS, HELP, SCENES
from plnmap.research.simulator.texts import templates
from plnmap.research.simulator.truth import EPISODE_COLUMNS, TRUTH_COLUMNS, true_episodes
from plnmap.research.simulator.world import KINDS, Kind
from tests.research.worlds import SMALL


def kind(name: str) -> Kind:
    return next(each for each in KINDS if each.name == name)


def only(name: str, **fields: object) -> World:
    """Two hundred of one kind, and nothing else."""
    return World(kinds=(replace(kind(name), people=200),), alters=200, posts_to_others=0.0, **fields)  # type: ignore[arg-type]


# --- the same seed, the same bytes


def test_the_same_seed_gives_the_same_bytes() -> None:
    once, again = simulate(3, "mastodon", SMALL), simulate(3, "mastodon", SMALL)
    assert once.records == again.records
    assert once.truth.equals(again.truth)
    assert once.episodes.equals(again.episodes)


def test_another_seed_gives_another_world(seen: dict[MaskName, Simulated]) -> None:
    other = simulate(8, "full", SMALL)
    assert other.records.source.source != seen["full"].records.source.source
    assert not other.truth.equals(seen["full"].truth)


def test_a_mask_changes_what_is_seen_and_not_what_is_true(seen: dict[MaskName, Simulated]) -> None:
    names = [column for column in TRUTH_COLUMNS if column != "account"]
    for simulated in seen.values():
        assert simulated.truth[names].equals(seen["full"].truth[names])
        assert simulated.episodes.equals(seen["full"].episodes)
    assert len({simulated.records.source.source for simulated in seen.values()}) == len(MASKS)


# --- who is there


def test_the_world_of_three_hundred() -> None:
    assert sum(each.people for each in KINDS) == World().alters == 300
    parts: dict[str, int] = {}
    for each in KINDS:
        parts[each.part] = parts.get(each.part, 0) + each.people
    asked_for = {
        "mentor": 5, "peer": 10, "friend": 30, "just-in-time": 25, "role model": 10,
        "celebrity or brand": 20, "amplifier": 5, "mentee": 5,
    }  # fmt: skip
    assert {part: parts[part] for part in asked_for} == asked_for


def test_all_rates_are_of_flows_that_there_are() -> None:
    plain = {"chat", "topic", "hour", *ALTER_LEADS, *EGO_LEADS}
    known = {*plain, *(f"{each}_{way}" for each in (*SCENES, "help", "favourite") for way in ("in", "out"))}
    for each in KINDS:
        assert {*each.yearly, *each.met} <= known
        assert all(rate > 0 for rate in (*each.yearly.values(), *each.met.values()))
        assert 0 < each.known[0] <= each.known[1] <= 1


def test_every_line_says_something_the_bank_has() -> None:
    for lines in SCENES.values():
        for i, line in enumerate(lines):
            assert sum(line.says.values()) == pytest.approx(1)
            assert all(line.form == "boost" or len(templates(act)) >= 40 for act in line.says)
            assert all(before < i for before in line.after)
            assert (line.form in ("reply", "boost", "quote", "introduction")) <= bool(line.after)


def test_a_world_of_another_size_keeps_the_mix(seen: dict[MaskName, Simulated]) -> None:
    counts = seen["full"].truth["kind"].value_counts()
    assert counts.sum() == 60
    assert counts["friend"] == 3
    assert set(counts.index) == {each.name for each in KINDS}


@pytest.mark.parametrize("alters", [len(KINDS) - 1, 0, -1])
def test_a_world_too_small_for_its_people_is_refused(alters: int) -> None:
    with pytest.raises(UsageError, match=f"{alters} alters are too few for {len(KINDS)} kinds"):
        simulate(1, "full", World(alters=alters))
    assert len(simulate(1, "archive", World(alters=len(KINDS), years=0.2)).truth) == len(KINDS)


@pytest.mark.parametrize("years", [0.0, -1.0, 51.0, float("nan")])
def test_a_world_without_time_is_refused(years: float) -> None:
    with pytest.raises(UsageError, match="a world cannot last"):
        simulate(1, "full", World(years=years))


def test_an_unknown_mask_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no mask 'half'"):
        simulate(1, "half", SMALL)  # type: ignore[arg-type]


def test_names_are_unique_and_tell_nothing(lived: Lived) -> None:
    assert lived.people["handle"].is_unique
    helpers = lived.people["handle"].str.endswith("help")
    assert set(lived.people.loc[helpers, "kind"]) <= {"service desk"}


# --- rates, not counts


def test_help_comes_at_the_rate_of_the_kind_and_differs_between_people() -> None:
    truth = simulate(1, "archive", only("mentor")).truth
    mentor = kind("mentor")
    years = 3 * sum(mentor.known) / 2
    expected = mentor.yearly["help_in"] * years + mentor.met["help_in"]
    # 200 people of mean 11 and Gamma shape 2 leave a standard error of 0.6.
    assert truth["help_in"].mean() == pytest.approx(expected, abs=2.0)
    assert truth["help_out"].mean() == pytest.approx(mentor.yearly["help_out"] * years, abs=0.4)
    assert truth["help_in"].var() > 3 * truth["help_in"].mean()
    assert truth["help_in"].min() <= 3
    assert truth["help_in"].max() >= 20


def test_peers_help_each_other_about_as_much() -> None:
    truth = simulate(1, "archive", only("peer")).truth
    often = truth[truth["help_in"] + truth["help_out"] >= 12]
    share = often["help_in"] / (often["help_in"] + often["help_out"])
    assert share.mean() == pytest.approx(0.5, abs=0.03)
    assert share.between(0.25, 0.75).mean() > 0.85


def test_help_is_acknowledged_at_the_rate_of_the_world() -> None:
    asked = replace(only("stranger who helped"), help_ways={"ask": 1.0})
    truth = simulate(1, "archive", asked).truth
    assert truth["acknowledged_in"].sum() / truth["help_in"].sum() == pytest.approx(0.6, abs=0.1)
    silent = simulate(1, "archive", replace(asked, acknowledged=0.0)).truth
    assert silent["acknowledged_in"].sum() == 0
    assert silent["help_in"].sum() == 200


def test_a_stranger_who_helped_does_so_and_is_gone() -> None:
    world = only("stranger who helped")
    lived = live(1, world)
    to_or_from = lived.posts[
        (lived.posts["to"] == EGO) & lived.posts["line"].eq(1) & lived.posts["scene"].isin(HELP)
    ]
    assert set(to_or_from["author"]) == set(range(1, 201))
    span = to_or_from.groupby("author")["at"].agg(np.ptp)
    assert span.max() < 0.01 * world.days + 30


def test_celebrities_do_not_answer() -> None:
    lived = live(1, only("celebrity"))
    assert (lived.posts["author"] == EGO).sum() > 1_000
    assert (lived.posts["to"] == EGO).sum() < 20
    assert lived.favourites["actor"].unique().tolist() == [EGO]
    assert lived.episodes.empty


# --- scenes


def test_answers_come_after_what_they_answer_and_go_to_its_author(lived: Lived) -> None:
    posts = lived.posts.set_index("draft")
    answers = posts[
        posts["form"].isin(["reply", "introduction", "quote", "boost"]) & (posts["parent"] != NOBODY)
    ]
    parents = posts.loc[answers["parent"]]
    assert len(answers) > 100
    assert (answers["at"].to_numpy() >= parents["at"].to_numpy()).all()
    assert (answers["to"].to_numpy() == parents["author"].to_numpy()).all()
    assert (answers["author"].to_numpy() != answers["to"].to_numpy()).all()


def test_nobody_names_themselves_or_whom_they_talk_to(lived: Lived) -> None:
    named = lived.posts[lived.posts["third"] != NOBODY]
    assert len(named) > 0
    assert (named["third"] != named["author"]).all()
    assert (named["third"] != named["to"]).all()


def test_posts_are_in_order_of_time_and_within_the_world(lived: Lived) -> None:
    assert lived.posts["at"].is_monotonic_increasing
    assert lived.posts["at"].between(0, SMALL.days, inclusive="left").all()
    assert len(lived.written) == len(lived.posts)


def test_a_line_is_spoken_only_after_the_one_it_answers() -> None:
    world = World(acknowledged=1.0)
    stage = Stage(world, np.ones(2), np.random.default_rng(0))
    one, two = np.full(2_000, 1), np.full(2_000, EGO)
    stage.play("ask", one, two, one, np.zeros(2_000))
    posts = stage.all()
    by_line = posts.groupby("line").size()
    assert (by_line[0], by_line[1]) == (2_000, 2_000)
    assert by_line[2] / 2_000 == pytest.approx(0.2, abs=0.03)
    assert by_line[3] / by_line[2] == pytest.approx(0.9, abs=0.05)
    # Thanks answer the second answer where there is one, else the first.
    thanks = posts[posts["line"] == 4]
    answered = posts.set_index("draft").loc[thanks["parent"], "line"]
    assert answered.value_counts().to_dict() == {1: 2_000 - by_line[3], 3: by_line[3]}


def test_who_answers_waits_as_long_as_the_world_says() -> None:
    world = World(answer_hours=2.0, answer_spread=1.0)
    stage = Stage(world, np.ones(2), np.random.default_rng(0))
    many = np.full(4_000, 1)
    stage.play("pitch", many, np.full(4_000, EGO), many, np.zeros(4_000))
    posts = stage.all()
    waits = 24 * posts.loc[posts["line"] == 1, "at"]
    assert waits.median() == pytest.approx(2.0, rel=0.06)
    assert np.log(waits).std() == pytest.approx(1.0, rel=0.05)


def test_favourites_are_given_once_and_later_than_the_post(lived: Lived) -> None:
    liked = lived.favourites.merge(
        lived.posts[["draft", "author", "at"]], on="draft", suffixes=("", "_posted")
    )
    assert len(liked) == len(lived.favourites) > 50
    assert not liked.duplicated(["actor", "draft"]).any()
    assert (liked["at"] >= liked["at_posted"]).all()
    assert (liked["actor"] != liked["author"]).all()
    assert ((liked["actor"] == EGO) != (liked["author"] == EGO)).all()


# --- the truth


def test_an_answer_makes_an_episode_and_nothing_else_does() -> None:
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    by, to = np.array([0, 5, 0, 9, 0, 5, 3]), np.array([5, 0, 5, 0, -1, -1, 0])
    posts = drafts(
        author=by,
        to=to,
        act=np.array(["question", "advice", "uptake", "answer", "call", "call", "advice"], dtype=object),
        form="reply",
        at=np.array([0.1, 1.5, 1.6, 40.0, 39.9, 50.0, 60.0]),
        scene=np.array(["ask", "ask", "ask", "call", "call", "call", "lecture"], dtype=object),
        happening=np.array([0, 0, 0, 1, 1, 2, 3]),
        line=np.array([0, 1, 4, 1, 0, 0, 1]),
    ).assign(draft=range(7))
    found = true_episodes(posts, begin)
    assert list(found) == list(EPISODE_COLUMNS)
    assert found.to_dict("records") == [
        {"person": 5, "direction": "in", "day": date(2020, 1, 2), "way": "ask", "answer": "advice",
         "acknowledged_by": "uptake"},
        {"person": 9, "direction": "in", "day": date(2020, 2, 10), "way": "call", "answer": "answer",
         "acknowledged_by": ""},
    ]  # fmt: skip
    turned = posts.assign(author=posts["to"], to=posts["author"])
    assert set(true_episodes(turned, begin)["direction"]) == {"out"}


def test_the_truth_table_adds_up_the_episodes(seen: dict[MaskName, Simulated]) -> None:
    truth, episodes = seen["full"].truth, seen["full"].episodes
    assert list(truth) == list(TRUTH_COLUMNS)
    for way in ("in", "out"):
        mine = episodes[episodes["direction"] == way]
        assert truth[f"help_{way}"].sum() == len(mine)
        assert truth[f"acknowledged_{way}"].sum() == (mine["acknowledged_by"] != "").sum()
        days = mine.groupby("person")["day"].unique()
        for row in truth.itertuples():
            expected = sorted(days.get(row.person, []))
            assert getattr(row, f"help_{way}_on") == ";".join(day.isoformat() for day in expected)
            assert getattr(row, f"help_{way}_days") == len(expected)
            span = (expected[-1] - expected[0]).days if expected else 0
            assert getattr(row, f"help_{way}_span_days") == span
