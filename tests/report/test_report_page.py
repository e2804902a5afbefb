"""The report as a page: pictures hold the numbers of the tables, and nothing that was not asked for."""

from __future__ import annotations

import html
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from plnmap.analysis.over_time.activity import Activity
from plnmap.analysis.over_time.rhythm import Week
from plnmap.analysis.over_time.timeline import HELPING
from plnmap.analysis.over_time.windows import RolePeriod
from plnmap.analysis.overview import Overview
from plnmap.analysis.roles.parts import parts
from plnmap.analysis.summary import name_of
from plnmap.analysis.topics.by_person import TopicCount, TopicsByPerson
from plnmap.cli import run
from plnmap.model import Event
from plnmap.report.pages.report import MOST_POSTS, Posts, report_page
from plnmap.report.pictures.give_and_take import STATES, give_and_take
from plnmap.report.pictures.rhythm import rhythm, unseen_weeks
from plnmap.report.pictures.roles_over_time import roles_over_time
from plnmap.report.pictures.topics import topics
from plnmap.report.values import YearAlone
from tests.analysis.test_parts import EGO, evidence, role, somebody

INSTRUMENTS = ("thanks", "offers")


@pytest.fixture(scope="module")
def pages(sample_overview: Overview) -> dict[str, str]:
    """The page of the sample, by what it holds of posts."""
    return {posts: report_page(sample_overview, posts=posts) for posts in get_args(Posts)}


def drawn(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows that a chart holds."""
    return [
        row
        for data in (spec.get("data", {}), *(layer.get("data", {}) for layer in spec["layer"]))
        for row in (data.get("values") or spec.get("datasets", {}).get(data.get("name"), []))
    ]


# Pictures


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_give_and_take_draws_the_estimates_of_one_instrument_and_no_other(instrument: Any) -> None:
    values = {
        f"help_{way}_{each}{part}": 1.0 + i
        for i, (way, each, part) in enumerate(
            (way, each, part) for way in ("in", "out") for each in INSTRUMENTS for part in ("", "_lo", "_hi")
        )
    }
    states = {f"help_{way}_{each}_status": "value" for way in ("in", "out") for each in INSTRUMENTS}
    one = somebody(2, **values, **states)
    rows = drawn(give_and_take([one], instrument).to_dict())
    assert [(row["who"], row["way"], row["days"], row["lo"], row["hi"]) for row in rows] == [
        ("@h2", words, *(values[f"help_{way}_{instrument}{part}"] for part in ("", "_lo", "_hi")))
        for way, words in (("in", "helped you"), ("out", "you helped them"))
    ]


@pytest.mark.parametrize("state", list(STATES))
def test_a_side_without_a_number_is_named_and_has_no_place_on_the_scale(state: str) -> None:
    # A number that must not be there: under no_contact `Person` carries a 0.
    one = somebody(2, help_out_thanks=0.0, help_out_thanks_status=state)
    rows = drawn(give_and_take([one], "thanks").to_dict())
    assert [row["says"] for row in rows] == ["not observed", STATES[state]]
    assert not any({"days", "lo", "hi"} & row.keys() for row in rows)


def test_every_state_has_words_of_its_own_and_only_an_empty_channel_says_0() -> None:
    assert len(set(STATES.values())) == len(STATES) == 3
    assert [state for state, words in STATES.items() if re.search(r"\d", words)] == ["no_contact"]


def test_roles_over_time_draws_lines_phases_and_days_as_they_are() -> None:
    phase = RolePeriod("twitter:2", "mentor", date(2019, 2, 1), date(2019, 7, 1), True, 2, True)
    other = phase._replace(account="twitter:3")
    played = parts(
        [somebody(2, roles="mentor")],
        [role("mentor")],
        [phase, other],
        [evidence(date(2019, 5, 1), "in", "thanks"), evidence(date(2020, 3, 1), "in", "offers")],
    )
    rows = drawn(roles_over_time(played).to_dict())
    # Its thanks end with 2019, but what they offered later belongs to the part as well.
    assert {(row["first"], row["last"]) for row in rows} == {
        ("2019-01-01", "2020-03-01"),
        ("2019-02-01", "2019-07-01"),
        ("2019-05-01", "2019-05-01"),
        ("2020-03-01", "2020-03-01"),
    }
    assert {(row["row"], row["role"], row["sure"]) for row in rows} == {("@h2\nmentor", "mentor", True)}


def test_of_whom_only_years_are_told_a_part_takes_whole_years_and_has_no_days() -> None:
    (told,) = parts(
        [somebody(2, roles="mentor")], [role("mentor")], [], [evidence(date(2019, 5, 1), "in", "thanks")]
    )
    (day,) = told.days
    hidden = told._replace(
        first=YearAlone(2019, 1, 1),
        last=YearAlone(2021, 1, 1),
        days=[day._replace(day=YearAlone(2019, 1, 1))],
    )
    for last, says in ((2021, "2019–2021"), (2019, "2019")):
        (row,) = drawn(roles_over_time([hidden._replace(last=YearAlone(last, 1, 1))]).to_dict())
        assert (row["first"], row["last"], row["says"]) == ("2019-01-01", f"{last}-12-31", says)


def test_a_picture_has_no_layer_without_rows() -> None:
    # Vega complains in the console of a time axis without a day.
    played = parts([somebody(2, roles="mentor?")], [role("mentor", sure=False)], [], [])
    spec = roles_over_time(played).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rule"]
    assert {row["row"] for row in drawn(spec)} == {"@h2\nmentor?"}


def test_rhythm_draws_each_week_and_no_number_where_none_is_known() -> None:
    monday = date(2020, 1, 6)
    weeks = [
        Week(monday, 3, 1, "value"),
        Week(monday + timedelta(7), 0, 0, "no_contact"),
        Week(monday + timedelta(14), None, None, "not_observed"),
        Week(monday + timedelta(21), None, None, "not_observed"),
        Week(monday + timedelta(28), 2, 2, "value"),
    ]
    phase = Activity(monday, monday + timedelta(34), 3, 5 / 3, 1.0)
    event = Event(EGO, date(2020, 1, 9), "day", "new <b>job</b>\u202e")
    rows = drawn(rhythm(weeks, [phase], [event]).to_dict())
    counts = [row["posts"] for row in rows if "series" in row]
    assert counts == [3, 0, None, None, 2, 1, 0, None, None, 2]
    assert unseen_weeks(weeks) == [(date(2020, 1, 20), date(2020, 2, 2))]
    assert [row for row in rows if "until" in row and "mean" not in row] == [
        {"first": "2020-01-20", "until": "2020-02-03", "says": "not observed"}
    ]
    assert {row["number"]: row["says"] for row in rows if "number" in row} == {"1": "new <b>job</b>"}
    mean = {"first": "2020-01-06", "until": "2020-02-10", "mean": 1.67, "says": "1.7 a week"}
    assert [row for row in rows if "mean" in row][:1] == [mean]


def test_topics_draw_only_pairs_with_a_post() -> None:
    found = TopicsByPerson(
        ["twitter:2", "twitter:3"], ["oven", "#bread"], [TopicCount("twitter:3", "oven", 4)]
    )
    rows = drawn(topics(found, {"twitter:2": "@a", "twitter:3": "@b"}).to_dict())
    assert rows == [{"who": "@b", "topic": "oven", "posts": 4}]


@pytest.mark.parametrize(("most", "domain", "marked"), [(1, [1, 2], [1]), (165, [1, 165], [1, 12, 165])])
def test_one_large_field_leaves_the_others_their_shades_and_the_legend_says_how(
    most: int, domain: list[int], marked: list[int]
) -> None:
    found = TopicsByPerson(
        ["twitter:2"],
        ["oven", "rye"],
        [TopicCount("twitter:2", "oven", 1), TopicCount("twitter:2", "rye", most)],
    )
    fields, numbers = topics(found, {"twitter:2": "@a"}).to_dict()["layer"]
    shade = fields["encoding"]["opacity"]
    assert (shade["scale"]["type"], shade["scale"]["domain"]) == ("log", domain)
    assert shade["legend"]["values"] == marked
    assert "log scale" in shade["legend"]["title"]
    # A number is read on whatever shade.
    assert "opacity" not in numbers["encoding"]


# The page


def charts(page: str) -> dict[str, Any]:
    """The specifications in a page."""
    written = re.search(r'<script type="application/json" id="charts">(.*?)</script>', page, re.S)
    assert written is not None
    specifications: dict[str, Any] = json.loads(written[1])
    return specifications


def without_scripts(page: str) -> str:
    """The text of a page and of its charts, unescaped."""
    return html.unescape(re.sub(r"<script>.*?</script>", "", page, flags=re.S))


def test_the_sample_page_says_who_what_since_when_and_what_is_unseen(
    sample_overview: Overview, pages: dict[str, str]
) -> None:
    page = without_scripts(pages["links"])
    opening = page[: page.index('id="people"')]
    for said in ("@ada_venn", "mentor · amplifier", "Sep 2016", "#messydataclub", "who liked your posts"):
        assert said in opening
    assert opening.count("not observed") == len(sample_overview.summary.helpers) - 1
    assert "Private." in page
    assert set(charts(pages["links"])) == {
        "map",
        "roles",
        "give-and-take-thanks",
        "give-and-take-offers",
        "topics",
        "rhythm",
    }


def test_pictures_of_the_page_hold_who_plays_a_part(sample_overview: Overview, pages: dict[str, str]) -> None:
    specifications = charts(pages["links"])
    network = sample_overview.summary.network
    helping = {p.handle for p in network.people if set(p.roles.replace("?", "").split(";")) & set(HELPING)}
    for instrument in INSTRUMENTS:
        rows = drawn(specifications[f"give-and-take-{instrument}"])
        assert {row["who"].removeprefix("@") for row in rows} <= helping
        theirs = {row["who"]: row for row in rows if row["way"] == "helped you"}
        for person in network.people:
            row = theirs.get(f"@{person.handle}")
            if row is not None:
                assert row.get("days") == getattr(person, f"help_in_{instrument}")
    weekly = [row["posts"] for row in drawn(specifications["rhythm"]) if row.get("series") == "all posts"]
    assert weekly == [week.posts for week in sample_overview.weeks]
    counted = {(row["topic"], row["posts"]) for row in drawn(specifications["topics"])}
    assert counted == {(each.term, each.posts) for each in sample_overview.topics.counts}


def stretches(text: str, words: int = 5) -> set[str]:
    """All runs of so many words of a text."""
    said = re.findall(r"\w+", text.lower())
    return {" ".join(said[i : i + words]) for i in range(len(said) - words + 1)}


def test_counts_of_thousands_are_written_alike_and_sort_as_numbers(sample_overview: Overview) -> None:
    summary = sample_overview.summary
    first, *others = summary.network.people
    network = summary.network._replace(people=[first._replace(days_out=1234, in_touch=1044), *others])
    rows = [
        row._replace(person=network.people[0]) if row.person.account == first.account else row
        for row in sample_overview.map.rows
    ]
    quick = summary.quick_help._replace(people=2000, times=3000, hardly_known=1500)
    many = sample_overview._replace(
        summary=summary._replace(network=network, network_size=1044, quick_help=quick, without_role=1040),
        map=sample_overview.map._replace(rows=rows),
    )
    page = without_scripts(report_page(many, posts="none"))
    for said in (
        "1,040 of 1,044 people",
        "the 1,044 you talked with",
        "2,000 people, 3,000 times; 1,500 of them",
    ):
        assert said in page
    assert '<td class="number" data-value="1234">1,234</td>' in page
    assert '<td class="number" data-value="1044">#1,044</td>' in page
    assert not re.search(r">[^<]*\b(?:1040|1044|1234|1500|2000|3000)\b", page)


def test_above_the_cards_each_helper_has_a_line(sample_overview: Overview, pages: dict[str, str]) -> None:
    page = without_scripts(pages["links"])
    glance = page[page.index('<ol class="glance">') : page.index('<ul class="cards">')]
    helpers = [name_of(each.person) for each in sample_overview.summary.helpers]
    assert re.findall(r'<a href="#helper-(\d+)">(@\w+)</a>', glance) == [
        (str(i), name) for i, name in enumerate(helpers, start=1)
    ]
    assert 'since Sep 2016: <span class="soft">installs, gradebook, #messydataclub; wheel builds' in glance
    assert page.count('<li class="card" id="helper-') == len(helpers)


def test_posts_are_in_the_page_only_as_far_as_they_were_asked_for(
    sample_overview: Overview, pages: dict[str, str]
) -> None:
    rows = [row for rows in sample_overview.evidence.values() for row in rows[:MOST_POSTS]]
    written = {stretch for row in rows for stretch in stretches(row.text or "")}
    expected = {"none": (False, False), "links": (True, False), "text": (True, True)}
    for posts, (has_links, has_words) in expected.items():
        page = without_scripts(pages[posts])
        assert {(row.url or "") in page for row in rows} == {has_links}
        assert bool(written & stretches(page)) == has_words


def test_more_posts_than_fit_are_counted_and_only_addresses_of_the_web_become_links(
    sample_overview: Overview,
) -> None:
    ada = next(p for p in sample_overview.summary.network.people if p.handle == "ada_venn")
    one = sample_overview.evidence[ada.account][0]
    many = [one._replace(url=f"https://x.example/{i}.") for i in range(MOST_POSTS + 7)]
    unsafe = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/hosts",
        "//z.example",
        " https://y.example",
    )
    odd = [one._replace(day=date(1999, 1, 1 + i), url=url) for i, url in enumerate(unsafe)]
    page = report_page(
        sample_overview._replace(
            evidence={ada.account: many, sample_overview.map.rows[0].person.account: odd}
        )
    )
    # Where a link leads, nobody is told what led there.
    assert '<meta name="referrer" content="no-referrer">' in page
    assert f"{MOST_POSTS + 7} posts" in page
    assert "and 7 older" in page
    assert f"https://x.example/{MOST_POSTS - 1}." in page
    assert f"https://x.example/{MOST_POSTS}." not in page
    assert not any(url in without_scripts(page) for url in unsafe)
    assert all(f"<li>{row.day} " in page for row in odd)


def test_the_page_is_one_small_file_that_names_nothing_to_fetch(pages: dict[str, str]) -> None:
    assert len(pages["links"].encode()) < 1_500_000
    fetched = r"<(?:link|img|iframe|object|embed)\b|\ssrc=|@import|url\("
    assert not re.search(fetched, without_scripts(pages["text"]))


def test_two_thousand_people_stay_below_three_megabytes(sample_overview: Overview) -> None:
    active = [row for row in sample_overview.map.rows if row.person.days_out]
    # Few have a role, as in life: all others would be named on the map, each beside twenty of the same place.
    roles = [row.person.roles for row in active] + [""] * 2_000
    rows = [
        row._replace(
            person=row.person._replace(
                account=f"twitter:{i}", handle=f"{row.person.handle}{i}", roles=roles[i]
            )
        )
        for i, row in enumerate(active * (2_000 // len(active) + 1))
    ][:2_000]
    network = sample_overview.summary.network._replace(people=[row.person for row in rows])
    nobody: dict[str, Any] = {name: [] for name in ("helpers", "helped", "learned_from", "quiet")}
    summary = sample_overview.summary._replace(network=network, **nobody)
    evidence = {
        f"twitter:{i}": sample_overview.evidence.get(active[i % len(active)].person.account, [])
        for i in range(2_000)
    }
    played = [part._replace(person=rows[i].person) for i, part in enumerate(sample_overview.parts * 10)]
    many = sample_overview._replace(
        summary=summary, parts=played, map=sample_overview.map._replace(rows=rows), evidence=evidence
    )
    page = report_page(many._replace(topics=TopicsByPerson([], [], [])))
    assert page.count("<tr><th scope=") > 2_000
    assert len(page.encode()) < 3_000_000


def test_an_ego_of_whom_nothing_is_known_has_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    follows = tmp_path / "following_accounts.csv"
    follows.write_text("Account address,Show boosts\nada@social.example,true\n", encoding="utf-8")
    file, target = str(tmp_path / "empty.duckdb"), tmp_path / "my report.html"
    assert run(["import", str(follows), "--owner", "sam@social.example", "-q", "--pln", file]) == 0
    # How to have posts quoted is said to whoever did not choose.
    for chosen, said in (["--evidence", "links"], False), ([], True):
        assert run(["report", "-o", str(target), *chosen, "--pln", file]) == 0
        hint = f"plnmap report -o '{target}' --evidence text --pln {file}"
        assert (hint in capsys.readouterr().err) == said
    page = target.read_text(encoding="utf-8")
    assert "Your posts are not in this file" in page
    assert "what you wrote" in page
