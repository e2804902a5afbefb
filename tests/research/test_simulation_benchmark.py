"""The acceptance table: counted by hand on a few alters, borders of the bars, and the page it lands on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks import written
from benchmarks.simulation import (
    FULL,
    MEANT,
    NO_ERRORS,
    UNSEEN_BY_ARCHIVE,
    Looked,
    look,
    measure,
    pooled,
    read_without_error,
    score,
    shuffle_words,
    tabled,
)
from benchmarks.simulation_tables import (
    FUNNEL,
    LINES,
    PAGE,
    READ_RIGHT,
    VIEWS,
    Ratio,
    interval,
    render,
    render_kinds,
    render_others,
    verdict,
)
from plnmap.analysis.derived import derive_acts
from plnmap.research.simulator import World, live, put, see
from plnmap.research.simulator.people import EGO
from plnmap.research.simulator.records import keys
from plnmap.research.simulator.texts import templates
from plnmap.store import open_store


def alters(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    """part, help_in, help_out, roles."""
    table = pd.DataFrame(
        {
            "part": [part for part, *_ in rows],
            "help_in": [help_in for _, help_in, *_ in rows],
            "help_out": [help_out for _, _, help_out, _ in rows],
            "held": pd.Series([set(held.split()) for *_, held in rows], dtype=object),
        }
    )
    return table.assign(**dict.fromkeys(UNSEEN_BY_ARCHIVE, np.nan))


def test_each_figure_counts_what_it_says() -> None:
    counts = measure(
        alters(
            ("mentor", 4, 0, "mentor"),
            ("mentor", 3, 0, ""),
            ("mentor", 9, 0, "role_model"),
            ("peer", 4, 4, "peer_mentor gone_quiet"),
            ("peer", 4, 3, ""),
            ("friend", 0, 0, "mentor"),
            ("friend", 0, 0, "peer_mentor"),
            ("friend", 0, 0, "gone_quiet"),
            ("celebrity or brand", 0, 0, "role_model"),
            ("celebrity or brand", 0, 0, "amplifier"),
            ("service", 0, 0, "mentee"),
            ("influencer", 0, 0, "mentor"),
            ("bug reporter", 0, 0, "mentee"),
            ("mentee", 0, 4, "mentee"),
            ("mentee", 0, 3, "mentee"),
            ("just-in-time", 1, 0, "just_in_time_helper"),
            ("just-in-time", 1, 0, ""),
            ("weak", 1, 0, "just_in_time_helper"),
            ("weak", 0, 0, "just_in_time_helper"),
            ("role model", 0, 0, "role_model"),
            ("amplifier", 0, 0, "amplifier"),
        )
    )
    assert counts == {
        "mentor_recall": Ratio(1, 3),
        "mentor_recall_enough": Ratio(1, 2),
        "mentor_precision": Ratio(1, 3),
        "mentor_precision_lived": Ratio(1, 3),
        "friend": Ratio(2, 3),
        "celebrity": Ratio(1, 2),
        "service": Ratio(0, 1),
        "influencer": Ratio(1, 1),
        "bug": Ratio(1, 1),
        "peer_recall": Ratio(1, 2),
        "peer_recall_enough": Ratio(1, 1),
        "peer_recall_lived": Ratio(1, 2),
        "mentee_recall": Ratio(1, 1),
        "quick_recall": Ratio(1, 2),
        "quick_precision": Ratio(2, 3),
        "role_model_f1": Ratio(2, 4),
        "amplifier_recall": Ratio(1, 1),
        "amplifier_precision": Ratio(1, 2),
        "unseen": Ratio(0, 21),
    }
    assert {line.key for line in LINES} == {*counts, "shuffled"}


@pytest.mark.parametrize(
    ("help_in", "help_out", "one_way", "each_way"),
    [(3, 1, 1, 0), (2, 0, 0, 0), (9, 3, 1, 0), (8, 3, 0, 1), (3, 9, 0, 0), (3, 8, 0, 1), (2, 2, 0, 0)],
)
def test_what_was_lived_is_told_by_counts(help_in: int, help_out: int, one_way: int, each_way: int) -> None:
    counts = measure(alters(("peer", help_in, help_out, "mentor peer_mentor")))
    assert counts["mentor_precision_lived"] == Ratio(one_way, 1)
    assert counts["peer_recall_lived"] == Ratio(each_way, each_way)


def test_a_number_for_the_unseen_is_counted() -> None:
    table = alters(("weak", 0, 0, ""), ("weak", 0, 0, "")).assign(days_in=[0.0, np.nan])
    assert measure(table)["unseen"] == Ratio(1, 2)


def test_the_interval_is_that_of_the_worlds() -> None:
    assert interval([Ratio(3, 4)] * 5) == (0.75, 0.75, 0.75)
    pooled = interval([Ratio(0, 10), Ratio(10, 10)] * 10)
    assert pooled is not None
    value, low, high = pooled
    assert value == 0.5
    # Of twenty worlds at 0 or 1 the standard error is 0.11.
    assert (low, high) == pytest.approx((0.28, 0.72), abs=0.05)
    assert interval([Ratio(0, 0), Ratio(0, 0)]) is None


@pytest.mark.parametrize(
    ("value", "bar", "met"),
    [
        (0.75, "≥ .75", True), (0.7499, "≥ .75", False), (0.03, "≤ .03", True), (0.031, "≤ .03", False),
        (0.0, "= 0", True), (0.001, "= 0", False),
    ],
)  # fmt: skip
def test_a_bar_is_met_at_its_border(value: float, bar: str, met: bool) -> None:
    assert (verdict(value, bar) == "met") is met


def test_the_bars_are_those_agreed_on() -> None:
    bars = {line.key: dict(line.bars) for line in LINES if line.bars}
    assert bars == {
        "mentor_recall_enough": {"full": "≥ .75", "archive": "≥ .60"},
        "mentor_precision": {"full": "≥ .80"},
        "friend": {"full": "≤ .03"},
        "celebrity": {"full": "≤ .01"},
        "service": {"full": "≤ .05"},
        "peer_recall": {"full": "≥ .60"},
        "quick_recall": {"full": "≥ .50"},
        "quick_precision": {"full": "≥ .70"},
        "role_model_f1": {"full": "≥ .80"},
        "unseen": {"archive": "= 0"},
        "shuffled": {"shuffled": "≤ .05"},
    }


def test_the_table_has_a_line_for_every_figure() -> None:
    measured = {name: {line.key: [Ratio(1, 4)] * 2 for line in LINES} for name in (*VIEWS, "shuffled")}
    measured["api"]["mentor_precision"] = [Ratio(0, 0)] * 2
    lines = render(measured).splitlines()
    assert len(lines) == 2 + len(LINES)
    assert all(line.count("|") == 3 + len(VIEWS) for line in lines)
    assert "0.25 [0.25–0.25] **not met**" in lines[2]
    assert "nobody was called so" in lines[4]


def test_worlds_are_pooled_by_the_views_that_all_were_seen_in() -> None:
    def looked(**figures: dict[str, Ratio]) -> Looked:
        return Looked(figures, {}, pd.DataFrame())

    one = looked(full={"friend": Ratio(1, 2)}, api={"friend": Ratio(0, 2)})
    two = looked(full={"friend": Ratio(2, 3)})
    assert pooled([one, two]) == {"full": {"friend": [Ratio(1, 2), Ratio(2, 3)]}}
    assert set(pooled([one])) == {"full", "api"}


def test_the_first_worlds_make_the_tables_and_the_others_one_of_their_own() -> None:
    figures = {line.key: Ratio(1, 2) for line in LINES if line.key != "shuffled"}
    others = {key: Ratio(2, 2) for key in figures}
    stages = {key: 3 for key, _ in FUNNEL}
    counts = pd.DataFrame({"help": [1], "posts": [2]}, index=["call"])
    views = {**dict.fromkeys(VIEWS, figures), "shuffled": {"shuffled": Ratio(0, 2)}}
    first = Looked(views, dict.fromkeys(VIEWS, stages), counts)
    full = dict.fromkeys(("full", READ_RIGHT["full"]), others)
    last = Looked(full, dict.fromkeys(full, stages), counts)
    tables = tabled([first, last, last], 1)
    assert set(tables) == {"acceptance", "funnel", "reading", "others"}
    assert "0.50 [0.50–0.50]" in tables["acceptance"]
    assert "1.00" not in tables["acceptance"]
    assert "| called mentor | 3 |" in tables["funnel"]
    assert "| call | 2 | 50 |" in tables["reading"]
    assert "| full view | bar | 2 other worlds | all 3 worlds |" in tables["others"]
    assert "1.00 [1.00–1.00]" in tables["others"]
    assert "0.83 [" in tables["others"]
    assert "others" not in tabled([first], 1)


def test_other_worlds_are_told_beside_all_of_them() -> None:
    new = {"full": {"mentor_precision": [Ratio(9, 10)], "unseen": [Ratio(0, 1)]}}
    every = {
        "full": {"mentor_precision": [Ratio(9, 10), Ratio(3, 10)], "unseen": [Ratio(0, 1)] * 2},
        READ_RIGHT["full"]: {"mentor_precision": [Ratio(10, 10)] * 2},
    }
    head, _, line = render_others(new, every, 1, 2).splitlines()
    assert head == "| full view | bar | 1 other worlds | all 2 worlds | all 2, read right |"
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells[1:] == [
        "≥ .80",
        "0.90 [0.90–0.90] met",
        "0.60 [0.30–0.90] **not met**",
        "1.00 [1.00–1.00]",
    ]


def test_a_world_is_looked_at_in_the_views_asked_for() -> None:
    seen = look(0, FULL, World(alters=20, years=0.5, posts_to_others=1.0, outsiders=5))
    assert set(seen.figures) == set(seen.funnels) == {"full", READ_RIGHT["full"]}
    assert seen.counts["posts"].sum() > 100


def test_shuffling_moves_words_between_people_and_nothing_else() -> None:
    lived = live(2, World(alters=40, years=0.5, posts_to_others=3.0, outsiders=20))
    mixed = shuffle_words(lived, 2)
    kept = lived.posts[(lived.posts["author"] == EGO) | (lived.posts["scene"] != "")]
    assert mixed.posts.equals(kept.reset_index(drop=True))
    before = dict(zip(lived.posts["draft"], lived.written, strict=True))
    same = [before[draft] == words for draft, words in zip(mixed.posts["draft"], mixed.written, strict=True)]
    between = mixed.posts["form"].isin(["reply", "mention", "introduction"]).to_numpy()
    assert np.mean(np.array(same)[between]) < 0.1
    assert all(np.array(same)[~between])
    for by_ego in (True, False):
        side = between & ((mixed.posts["author"] == EGO) == by_ego).to_numpy()
        words = sorted(each.text for each, chosen in zip(mixed.written, side, strict=True) if chosen)
        assert words == sorted(before[draft].text for draft in mixed.posts.loc[side, "draft"])
    assert set(mixed.favourites["draft"]) <= set(mixed.posts["draft"])


def test_read_right_every_post_does_what_it_was_written_to_do() -> None:
    lived = live(2, World(alters=20, years=0.5, posts_to_others=1.0, outsiders=5))
    called = keys(lived, "twitter").posts
    meant = dict(zip(lived.posts["draft"].map(called), lived.posts["act"], strict=True))
    with open_store(None, create=True) as store:
        put(store, see(lived, "archive", 2).records)
        derive_acts(store, lambda _: None)
        read_without_error(store, lived)
        acts = store.rows("SELECT post, act, object FROM acts")
        posts = {post for (post,) in store.rows("SELECT post FROM posts WHERE boost_of IS NULL")}
    assert {(act, about) for post, act, about in acts if meant[post] == "uptake"} <= {*MEANT["uptake"]}
    assert {post for post, act, _ in acts if act == "help_thanks"} == {
        post for post in posts if meant[post] in ("help_thanks", "uptake")
    }
    assert {post for post, _, _ in acts} == {post for post in posts if meant[post] in MEANT}


def test_what_is_meant_is_in_the_bank_and_the_control_makes_no_errors() -> None:
    assert all(len(templates(words)) >= 40 for words in MEANT)
    rates = NO_ERRORS.evidence
    assert {rates.help_thanks, rates.advice, rates.resource} == {(type(rates.advice))(1.0, 0.0)}


def test_the_control_changes_the_reading_and_not_the_world() -> None:
    lived = live(2, World(alters=40, years=1.0, posts_to_others=2.0, outsiders=10))
    scored = score(lived, "archive", 2, control=True)
    assert scored.read_right is not None
    truth = ["person", "part", "help_in", "help_out"]
    assert scored.read_right[truth].equals(scored.alters[truth])
    assert scored.read_right["thanked_days"].sum() > scored.alters["thanked_days"].sum()
    assert score(lived, "api", 2, control=True).read_right is None
    assert set(READ_RIGHT) == {"full", "archive"}


def test_the_page_names_the_kinds_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written.put(page, "kinds", render_kinds(World())) == page


def test_the_page_holds_every_figure_whatever_it_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition("<!-- acceptance: begin -->\n")[2].partition("<!-- acceptance: end -->")[0]
    assert [line.split(" | ")[0] for line in table.splitlines()[2:]] == [f"| {line.words}" for line in LINES]
    others = page.partition("<!-- others: begin -->\n")[2].partition("<!-- others: end -->")[0]
    assert [line.split(" | ")[0] for line in others.splitlines()[2:]] == [
        f"| {line.words}" for line in LINES if line.key not in ("unseen", "shuffled")
    ]
    stages = page.partition("<!-- funnel: begin -->\n")[2].partition("<!-- funnel: end -->")[0]
    assert [line.split(" | ")[0] for line in stages.splitlines()[2:]] == [f"| {words}" for _, words in FUNNEL]
