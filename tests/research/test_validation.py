"""`plnmap validate`: whose months, which end, what verdict, and the words for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import click
import numpy as np
import pytest
from click.testing import CliRunner

from plnmap.analysis.contact.contacts import Contacts, load_contacts
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import Ego, choose_ego
from plnmap.analysis.people import map_people
from plnmap.analysis.ranking import UNTESTED, Verdict, kept_verdict
from plnmap.analysis.settings import Settings, StrengthWeights
from plnmap.analysis.status import Measure
from plnmap.commands.checking import validate as command
from plnmap.model import Label, RecallRating
from plnmap.report.terminal import as_text
from plnmap.report.validation import WORDS, render_validation
from plnmap.research.comparing import OWN, RIVAL, Protocol, Ranked, all_alike
from plnmap.research.foretelling import RANKINGS, month, passed_between
from plnmap.research.validation import Origin, Validation, judge, last_day_to_foretell, validate
from plnmap.store import Store, as_arrow, open_store
from tests.records import at, covered, filled, handle, post, source

WEIGHTS = StrengthWeights()
QUICK = Protocol(draws=100)
MOMENT = datetime.fromisoformat("2020-05-01")
SAM = Ego("twitter:1", "twitter", "sam", None, t0=MOMENT, first=MOMENT, last=MOMENT, posts=1)


def quietly(text: str) -> None:
    pass


def written(days: list[str], *, until: str = "2021-01-01") -> list[tuple[Any, ...]]:
    """Ego writes to 40 people on the first day, to 30 of them on others; the archive was made on `until`."""
    made = datetime.fromisoformat(f"{until}T00:00:00+00:00")
    records: list[tuple[Any, ...]] = [
        source(retrieved_at=made),
        *covered("twitter:1", "2019-01-01", until),
        handle("twitter:1", "ego"),
    ]
    for i, day in enumerate(days):
        for person in range(30 if i else 40):
            number = 100 * i + person
            target = f"twitter:{person + 10}"
            records.append(
                post(number, "twitter:1", day, reply_to=target, reply_to_post=f"twitter:{9_000 + number}")
            )
    return records


def outcome(store: Store, **options: Any) -> Validation:
    derive_ties(store, quietly)
    return validate(store, choose_ego(store, None), announce=quietly, protocol=QUICK, **options)


def loaded(store: Store) -> Contacts:
    derive_ties(store, quietly)
    return load_contacts(store, choose_ego(store, None), None)


def test_the_clock_goes_back_by_one_two_and_three_months() -> None:
    with filled(*written(["2020-06-01", "2020-12-20"])) as store:
        found = outcome(store)
    assert found.end_reason == ""
    assert found.origins == [
        Origin(date(2020, 12, 2), date(2021, 1, 1), 40, 30, True),
        Origin(date(2020, 11, 2), date(2020, 12, 2), 40, 0, False),
        Origin(date(2020, 10, 3), date(2020, 11, 2), 40, 0, False),
    ]
    assert [each.ranking for each in found.rankings] == list(RANKINGS)
    assert found.busy_until is None


@pytest.mark.parametrize(
    ("latest", "end"),
    [("2020-12-03", "2021-01-01"), ("2020-12-02", "2020-12-02"), ("2020-06-01", "2020-06-01")],
)
def test_an_archive_made_long_after_the_last_post_is_tested_from_the_last_active_day(
    latest: str, end: str
) -> None:
    with filled(*written(["2020-01-01", latest])) as store:
        day, reason = last_day_to_foretell(loaded(store), WEIGHTS)
        found = outcome(store)
    assert date(1970, 1, 1).toordinal() + day == date.fromisoformat(end).toordinal()
    assert found.origins[0].until == date.fromisoformat(end)
    assert found.end_reason == reason
    if end == "2021-01-01":
        assert reason == ""
    else:
        assert reason == f"nothing was posted after {end}, though the data reach 2021-01-01"


def test_without_any_month_to_judge_by_the_latest_busy_one_is_named() -> None:
    # Busy in June; one post much later, to one person.
    lonely = post(5_000, "twitter:1", "2020-12-20", reply_to="twitter:10", reply_to_post="twitter:9")
    with filled(*written(["2020-01-01", "2020-06-10"]), lonely) as store:
        found = outcome(store)
        assert found.verdict == UNTESTED
        assert {each.average_precision.status for each in found.rankings} == {"insufficient"}
        assert found.ranked(RIVAL).ahead[4:6] == (1, 5)
        # Thirty-day steps back from the new year: the month with the tenth of June ends on the 5th of July.
        assert found.busy_until == date(2020, 7, 5)
        earlier = outcome(store, as_of=found.busy_until)
        assert earlier.origins[0].counts
        assert earlier.busy_until is None


def test_a_look_back_sees_nothing_later_and_decides_nothing() -> None:
    days = ["2020-01-01", "2020-06-01", "2020-12-20"]
    with filled(*written(days)) as store:
        now = outcome(store)
        assert kept_verdict(store, now.ego) == now.verdict != UNTESTED
        before = outcome(store, as_of=date(2020, 6, 30))
        assert kept_verdict(store, now.ego) == now.verdict
        derive_ties(store, quietly)
    assert before.as_of == date(2020, 6, 30)
    with filled(*written(days[:2], until="2020-06-30")) as store:
        alone = outcome(store)
    assert before.rankings == alone.rankings
    assert before.origins == alone.origins


@pytest.fixture
def sample_pln(sample_pln: Path, tmp_path: Path) -> Path:
    """The sample by itself: a verdict is kept in the file, and reorders what other tests look at."""
    return Path(copyfile(sample_pln, tmp_path / "sample.duckdb"))


def test_the_score_under_test_is_the_one_that_is_printed(sample_pln: Path) -> None:
    with open_store(sample_pln) as store:
        contacts = loaded(store)
        ego = choose_ego(store, None)
        passed = passed_between(store, ego, contacts)
        for origin in (contacts.last, contacts.last - 400, contacts.last - 2_000):
            z = contacts.log_odds(origin, WEIGHTS)
            known = month(passed, None, origin, WEIGHTS)
            assert known.people.tolist() == np.flatnonzero(~np.isnan(z)).tolist()
            assert len(known.people) > 30, origin
            assert known.scores[OWN] == pytest.approx(z[known.people])


def test_the_same_file_gives_the_same_verdict(sample_pln: Path) -> None:
    with open_store(sample_pln) as store:
        usual = outcome(store)
        assert outcome(store) == usual
        # Other weights, another test.
        other = Settings(strength=replace(WEIGHTS, recency=0.0))
        assert outcome(store, settings=other).ranked(OWN) != usual.ranked(OWN)


def test_an_ego_whose_own_posts_are_not_there_is_not_observed() -> None:
    """Only the other side's archive is in the file, and what it shows is no sign of what ego did."""
    with filled(source(), handle("twitter:1", "ego"), post(1, "twitter:2", reply_to="twitter:1")) as store:
        found = outcome(store)
    assert {each.ahead.status for each in found.rankings} == {"not_observed"}
    assert found.verdict == UNTESTED


def test_an_ego_without_posts_is_insufficient() -> None:
    with filled(source(), *covered("twitter:1"), handle("twitter:1", "ego")) as store:
        found = outcome(store)
    assert {each.ahead[::4] for each in found.rankings} == {("insufficient", 0)}
    assert found.busy_until is None


def rankings(ahead: Measure) -> list[Ranked]:
    return [each._replace(ahead=ahead) for each in all_alike(Measure("value", 0.5, n=9))]


@pytest.mark.parametrize(
    ("ahead", "verdict"),
    [
        (Measure("value", 0.1, 0.000001, 0.2), Verdict(True, 0.1, 0.000001, 0.2)),
        (Measure("value", 0.1, 0.0, 0.2), Verdict(False, 0.1, 0.0, 0.2)),
        (Measure("value", 0.1, -0.1, 0.2), Verdict(False, 0.1, -0.1, 0.2)),
        (Measure("insufficient", n=4, needed=5), UNTESTED),
        (Measure("not_observed"), UNTESTED),
    ],
)
def test_strength_is_believed_only_with_the_whole_interval_above_nothing(
    ahead: Measure, verdict: Verdict
) -> None:
    assert judge(rankings(ahead)) == verdict


def screen(found: Validation, width: int = 80) -> str:
    return " ".join(as_text(render_validation(found), styled=False, width=width).split())


def validation(ahead: Measure, **fields: Any) -> Validation:
    """A month in which 40 people were contacted, 8 of them at the top; by counting 6."""
    measured = [each._replace(in_top=[6] if each.ranking == RIVAL else [8]) for each in rankings(ahead)]
    if ahead.status != "value":
        measured = all_alike(ahead)
    counted = ahead.status == "value"
    month = Origin(date(2020, 4, 1), date(2020, 5, 1), 400, 40 if counted else 3, counted)
    return Validation(SAM, None, "", None, [month], measured, judge(measured), Protocol())._replace(**fields)


def test_words_for_a_score_that_holds() -> None:
    text = screen(validation(Measure("value", 0.12, 0.05, 0.2)))
    assert "Of the 40 people you contacted, the 10 at the top of 400 held 8; by plain counting 6." in text
    assert "Yes: the order by “in touch” is better than plain counting." in text
    assert "is 0.12; in 95 of 100 samples of your people, it is between 0.05 and 0.20." in text
    assert "about 0.10 by chance" in text
    assert "instead" not in text


def test_words_for_a_score_that_fails() -> None:
    text = screen(validation(Measure("value", 0.12, -0.05, 0.2)))
    assert "No: the order by “in touch” is not surely better than plain counting." in text
    assert f"So from now on people are listed by {WORDS['days_by_recency']} instead." in text
    assert "Surely better" not in text
    back = screen(validation(Measure("value", 0.12, -0.05, 0.2), as_of=date(2020, 5, 1)))
    assert "instead" not in back
    assert "This looks back" in back


def test_what_does_better_than_the_score_is_named() -> None:
    text = screen(validation(Measure("value", -0.12, -0.2, -0.01)))
    assert f"Surely better than “in touch” here: {WORDS[RIVAL]}, precision " in text


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (Measure("value", 0.01, -0.05, 0.2), None),
        (Measure("value", 0.0, -0.05, 0.2), "As good as"),
        (Measure("value", -0.1, -0.2, 0.0), "As good as"),
        (Measure("value", -0.1, -0.2, -0.01), "Surely better than"),
    ],
)
@pytest.mark.parametrize("holds", [True, False])
def test_the_verdict_is_not_silent_on_a_simpler_rule_that_does_as_well(
    ahead: Measure, said: str | None, holds: bool
) -> None:
    found = validation(Measure("value", 0.12, 0.05 if holds else -0.05, 0.2))
    changed = [each._replace(ahead=ahead) if each.ranking == "decay" else each for each in found.rankings]
    text = screen(found._replace(rankings=changed))
    verdict = "is better than plain counting" if holds else "is not surely better than plain counting"
    if said is None:
        assert f"{verdict}." in text
        assert "simpler rule" not in text
    else:
        assert f"{verdict}; {'but' if holds else 'and'} a simpler rule does as well." in text
        assert f"{said} “in touch” here: {WORDS['decay']}, precision " in text
        assert "For the order of a list alone, a rule like that would do." in text


def test_several_simpler_rules_are_several_and_counting_is_none_of_them() -> None:
    found = validation(Measure("value", -0.12, -0.2, 0.1))
    text = screen(found)
    assert "plain counting; and simpler rules do as well." in text
    assert f"here: {WORDS[RIVAL]}" not in text


def test_words_for_too_little_and_for_what_cannot_be_seen() -> None:
    text = screen(
        validation(
            Measure("insufficient", n=3, needed=5, reason="contacted within a month"),
            busy_until=date(2019, 3, 2),
        )
    )
    assert "2020-04-01 → 2020-05-01 you contacted 3 of 400 people: too few to judge by" in text
    assert "Too little to tell: 3 contacted within a month, 5 needed." in text
    assert "plnmap validate --as-of 2019-03-02" in text
    assert "precision" not in text
    unseen = screen(validation(Measure("not_observed", reason="your own posts are not in the file")))
    assert "This cannot be seen: your own posts are not in the file." in unseen
    assert "→ a busier time" not in unseen


def test_a_hostile_name_and_a_shifted_end_are_told_harmlessly() -> None:
    hostile = SAM._replace(handle="sam\x1b[31m‮[bold]")
    text = screen(validation(Measure("value", 0.1, 0.05, 0.2), ego=hostile, end_reason="nothing was posted"))
    assert "\x1b" not in text
    assert "‮" not in text
    assert "[bold]" in text
    assert "It went back from your last active day: nothing was posted." in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = as_text(
        render_validation(validation(Measure("value", 0.1, 0.05, 0.2))), styled=False, width=width
    )
    assert max(map(len, lines.splitlines())) <= width


def run(*arguments: str) -> str:
    found = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert found.exit_code == 0
    return found.stdout


def test_the_command_tells_table_and_json(sample_pln: Path) -> None:
    assert isinstance(command, click.Command)
    text = run("--pln", str(sample_pln), "-q")
    assert "Does “in touch” tell whom you contact next?" in text
    assert "Do the roles agree with your own word?" in text
    told = json.loads(run("--pln", str(sample_pln), "-q", "--format", "json"))
    assert set(told) == {"strength", "roles"}
    by_name = {each["ranking"]: each for each in told["strength"]["rankings"]}
    assert set(by_name) == set(RANKINGS)
    assert by_name["jaccard"]["average_precision"]["status"] == "not_observed"
    ahead = by_name[RIVAL]["ahead"]
    assert told["strength"]["verdict"] == {
        "better": ahead["lo"] > 0,
        "ahead": ahead["value"],
        "lo": ahead["lo"],
        "hi": ahead["hi"],
    }
    assert told["strength"]["protocol"] == {
        "months": 3,
        "top": 10,
        "draws": 1000,
        "level": 0.95,
        "seed": 20041,
    }
    assert told["roles"] == {"blind": [], "later": [], "unseen": 0, "settled": 0}


def test_the_command_holds_the_roles_against_what_was_recalled(sample_pln: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.duckdb"
    copyfile(sample_pln, file)
    with open_store(file) as store:
        ego = choose_ego(store, None)
        people = map_people(store, ego, announce=quietly).people
        helpers = [
            person.account for person in people if "mentor" in person.roles.replace("?", "").split(";")
        ]
        others = [person.account for person in people if not person.roles]
        asked = [*helpers[:3], *others[:4]]
        # The user agrees on all but the last.
        given = [(account, 3 if account in helpers or i == 6 else 0) for i, account in enumerate(asked)]
        rows = [
            RecallRating(ego.account, i, account, rating, at("2024-01-01"), "blind")
            for i, (account, rating) in enumerate(given)
        ]
        store.insert("recall_ratings", as_arrow(RecallRating, rows))
        store.insert(
            "labels", as_arrow(Label, [Label(ego.account, others[0], "brand", at("2024-01-02"), "later")])
        )
    told = json.loads(run("--pln", str(file), "-q", "--format", "json"))["roles"]
    learned, mentoring = told["blind"]
    assert (learned["claim"], mentoring["claim"]) == ("learned_from", "mentoring")
    assert [mentoring[part] for part in ("answers", "told", "found", "both")] == [6, 4, 3, 3]
    assert mentoring["recall"]["value"] == 0.75
    assert (told["later"], told["unseen"], told["settled"]) == ([], 0, 1)


@pytest.mark.real_data
def test_in_a_real_archive_strength_holds(real_pln: Callable[[str], Path]) -> None:
    with open_store(real_pln("b")) as store:
        found = outcome(store)
    assert [origin.counts for origin in found.origins] == [True] * 3
    assert found.verdict.better
    assert (found.ranked(OWN).roc_auc.value or 0) > 0.85
