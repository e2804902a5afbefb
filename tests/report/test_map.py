"""The map as a picture and as a page: what is drawn is what the table holds, and nothing more."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.egos import Ego
from plnmap.analysis.map.table import MapRow, MapTable, Sector, Stretch
from plnmap.analysis.overview import Overview
from plnmap.analysis.people import Network
from plnmap.analysis.summary import Summary
from plnmap.analysis.topics.about import About
from plnmap.analysis.topics.terms import Topic
from plnmap.cli import run
from plnmap.model import Person
from plnmap.report.pages.map import line_of, map_page
from plnmap.report.pictures.map import map_chart, map_in_page
from plnmap.report.pictures.map_marks import (
    CROWD,
    LARGEST,
    LOOKS,
    NARROW,
    ONE_SIDE,
    REACH,
    SEEN,
    SMALLEST,
    SMALLEST_SHAPE,
    UNREAD,
    UNREAD_SIZE,
    WIDE,
    Frame,
    mark_rows,
    name_rows,
    observed,
    sector_headings,
    size_of_a_day,
)
from plnmap.report.pictures.theme import DARK, IN_PAGE, LIGHT
from plnmap.report.pictures.written import picture

EGO = Ego("twitter:99", "twitter", "mira", None, None, None, None, 10)


def somebody(number: int, **fields: Any) -> Person:
    """An alter whose own side is not in the file; nothing is known unless named."""
    nothing: dict[str, Any] = dict.fromkeys(Person._fields)
    named = {"account": f"twitter:{number}", "handle": f"h{number}", "roles": "", "labels": ""}
    seen = {"strength": 0.5, "strength_status": "value", "days_out": 4, "thanked_days": 0}
    states = {"balance_status": "not_observed", "help_in_thanks_status": "value"}
    return Person(**(nothing | named | seen | states | fields))


def table(*people: Person) -> MapTable:
    """A map of people in a row, all of them in one sector."""
    rows = [
        MapRow(
            person,
            round(0.03 * (i + 1), 3),
            0.0,
            0,
            About(person.account, [], [], [Topic("bread", 2, 0.1)]),
            [Stretch(0, 2, 1)],
        )
        for i, person in enumerate(people)
    ]
    windows = [(date(2020, 1, 1), date(2020, 6, 28))]
    sectors = [Sector("", 0.0, 360.0, len(rows))]
    return MapTable(EGO, date(2020, 6, 28), "index", rows, sectors, "topic", windows)


@pytest.fixture(scope="module")
def seen(sample_overview: Overview) -> tuple[Network, MapTable, Summary]:
    """The invented sample."""
    return sample_overview.summary.network, sample_overview.map, sample_overview.summary


def test_everybody_has_one_mark_with_their_strength_as_distance(
    seen: tuple[Network, MapTable, Summary],
) -> None:
    network, found, _ = seen
    assert [row.person for row in found.rows] == network.people
    marks = sorted(mark_rows(found), key=lambda mark: mark["row"])
    assert [mark["row"] for mark in marks] == [*range(len(network.people))]
    away = {mark["row"]: (mark["x"] ** 2 + mark["y"] ** 2) ** 0.5 for mark in marks}
    ranked = [i for i, row in enumerate(found.rows) if row.person.strength_status == "value"]
    assert sorted(ranked, key=lambda i: round(away[i], 3)) == sorted(
        ranked, key=lambda i: (round(away[i], 3), -(found.rows[i].person.strength or 0))
    )
    assert all(away[i] > 1 for i in set(away) - set(ranked))
    assert all(away[i] <= 1 for i in ranked)
    assert sum(sector.people for sector in found.sectors) == len(found.rows)
    assert found.divided_by == "topic"
    assert [sector.term for sector in found.sectors] == ["#labcoatchat", "#codecove19", ""]


def test_windows_hold_the_contact_and_the_thanks_of_their_days(
    seen: tuple[Network, MapTable, Summary],
) -> None:
    network, found, _ = seen
    ada = next(row for row in found.rows if row.person.handle == "ada_venn")
    thanked = {
        row.day
        for row in network.evidence
        if (row.account, row.direction, row.instrument) == (ada.person.account, "in", "thanks") and row.day
    }
    assert len(thanked) == ada.person.thanked_days
    for stretch in ada.stretches:
        first, last = found.windows[stretch.window]
        assert stretch.thanked_days == sum(first <= day <= last for day in thanked)
        assert 0 < stretch.contact_days <= (last - first).days + 1


@pytest.mark.parametrize(
    ("fields", "state", "help_"),
    [
        ({"days_in": 3, "thanked_days": 2}, SEEN, 2),
        ({"days_in": 0, "thanked_days": 0}, SEEN, 0),
        ({"thanked_days": 2}, ONE_SIDE, 2),
        ({"days_in": 3, "days_out": None, "thanked_days": 0}, ONE_SIDE, 0),
        ({"days_in": 3, "thanked_days": None}, UNREAD, None),
        ({"days_in": 3, "thanked_days": 0, "help_in_thanks_status": "not_observed"}, UNREAD, None),
    ],
)
def test_what_was_not_observed_is_never_drawn_as_nothing(
    fields: dict[str, Any], state: str, help_: int | None
) -> None:
    found = table(somebody(1, **fields))
    assert observed(found.rows[0].person) == state
    (mark,) = mark_rows(found)
    assert (mark["observed"], mark["help"]) == (state, help_)


def test_the_size_of_a_mark_grows_evenly_with_the_days_of_thanks() -> None:
    few = table(somebody(1, thanked_days=4), somebody(2, thanked_days=None))
    assert SMALLEST_SHAPE + 5 * size_of_a_day(few) == pytest.approx(LARGEST)
    many = table(somebody(1, thanked_days=20), somebody(2))
    assert SMALLEST_SHAPE + 20 * size_of_a_day(many) == pytest.approx(LARGEST)


def test_shapes_are_large_enough_to_look_hollow_and_a_crowd_without_a_role_is_drawn_smaller() -> None:
    unread = {"thanked_days": None}
    people = [somebody(1), somebody(2, roles="mentor?"), somebody(3, **unread)]
    people.append(somebody(4, roles="broadcaster", **unread))
    assert [mark["size"] for mark in sorted(mark_rows(table(*people)), key=lambda mark: mark["row"])] == [
        SMALLEST,
        SMALLEST_SHAPE,
        UNREAD_SIZE,
        SMALLEST_SHAPE,
    ]
    for number, size in ((CROWD, SMALLEST), (4 * CROWD, SMALLEST / 2)):
        sizes = {mark["size"] for mark in mark_rows(table(*[somebody(1)] * number))}
        assert sizes == {size}


def test_mentors_and_the_strongest_thirty_carry_a_name_and_others_do_not() -> None:
    people = [somebody(i, strength=1 - i / 100) for i in range(40)]
    people[37] = people[37]._replace(roles="mentor?")
    people[38] = people[38]._replace(roles="peer_mentor")
    people[39] = people[39]._replace(roles="mentee")
    people[3] = people[3]._replace(strength=None, strength_status="not_observed")
    found = name_rows(table(*people), WIDE)
    assert {row["row"] for row in found} == {*range(31), 37, 38} - {3}
    assert {row["row"] for row in name_rows(table(*people), NARROW)} <= {0, 1, 2, 4, 37, 38}
    assert {row["row"] for row in found if row["helper"]} == {37, 38}
    edge = WIDE.side / (2 * REACH)
    for row in found:
        assert abs(row["x"]) <= REACH
        # A line leads to the mark of a name that stands off.
        if "x0" in row:
            mark = table(*people).rows[row["row"]]
            assert math.hypot(row["x0"] - mark.x, row["y0"]) * edge < 8
        else:
            assert abs(row["y"]) * edge < 40


@pytest.mark.parametrize(("frame", "mentors"), [(WIDE, 60), (NARROW, 14)])
def test_every_mentor_has_a_name_even_where_they_stand_on_one_another(frame: Frame, mentors: int) -> None:
    people = [somebody(i, strength=0.9, roles="mentor?", handle=f"mentor_number_{i}") for i in range(mentors)]
    close = table(*people)
    rows = [row._replace(x=0.1, y=-0.1) for row in close.rows]
    assert {row["row"] for row in name_rows(close._replace(rows=rows), frame)} == {*range(mentors)}


def test_headings_are_cut_to_the_width_of_their_sectors_and_never_upside_down() -> None:
    found = table(somebody(1))
    assert sector_headings(found) == []
    sectors = [Sector("bread", 0, 90, 3), Sector("", 90, 180, 0), Sector("", 180, 220, 2)]
    one, other = sector_headings(found._replace(sectors=sectors))
    assert (one["text"], one["angle"], other["text"], other["angle"]) == (
        "bread",
        45,
        "no shared topic seen",
        20,
    )
    assert other["room"] == pytest.approx(one["room"] * 40 / 90)


def test_each_role_has_a_colour_and_a_shape_of_its_own_and_those_without_help_are_grey() -> None:
    assert len({look.shape for look in LOOKS.values()}) == len(LOOKS)
    grey = {role for role, look in LOOKS.items() if look.colour == LOOKS[""].colour}
    assert grey == {"broadcaster", ""}
    assert len({look.colour for look in LOOKS.values()}) == len(LOOKS) - 1


def test_the_chart_is_valid_and_says_how_to_read_it() -> None:
    spec = map_chart(table(somebody(1, roles="mentor?", thanked_days=3))).to_dict()
    said = " ".join(spec["title"]["subtitle"])
    assert "at most 3" in said
    assert "Hollow" in said
    (row,) = spec["datasets"]["people"]
    assert row["thanked"] == "on 3 days"
    assert row["roles"] == "mentor?"
    assert "Nobody was thanked" in " ".join(map_chart(table(somebody(1))).to_dict()["title"]["subtitle"])
    nobody = map_chart(table()).to_dict()["datasets"]
    assert (nobody["people"], nobody["names"]) == ([], [])


def test_a_page_draws_in_colours_that_its_style_sheet_names() -> None:
    found = map_in_page(table(somebody(1)), IN_PAGE)
    drawn = {layer["data"]["name"] for layer in found["layer"]}
    assert found["datasets"].keys() >= drawn
    rings = [rows for rows in found["datasets"].values() if rows and "strength" in rows[0]]
    assert [row["strength"] for row in rings[0]] == ["0.75", "0.5", "0.25", "0.1", "0"]
    spec = json.dumps(found)
    assert LIGHT.ink not in spec
    assert DARK.ink not in spec
    assert '"var(--ink)"' in spec


HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd()",
    "\u202eabc\x1b[31m",
    "🙂" * 300,
)


def test_a_page_is_the_same_every_time_and_takes_no_name_for_markup(
    seen: tuple[Network, MapTable, Summary],
) -> None:
    _, _, summary = seen
    people = [somebody(i, handle=name, display_name=name, roles="mentor") for i, name in enumerate(HOSTILE)]
    page = map_page(table(*people), summary)
    assert page == map_page(table(*people), summary)
    # One script of a library, one for every page, one for the map; and two blocks of data.
    assert page.count("</script>") == page.count("<script") == 5
    library = max(re.findall(r"<script>(.*?)</script>", page, re.DOTALL), key=len)
    assert "<img" not in page.replace(library, "")
    assert "\u202e" not in page.replace(library, "")
    data = json.loads(re.findall(r'id="charts">(.*?)</script>', page, re.DOTALL)[0])
    assert data["map"]["datasets"]["names"][0]["text"].startswith("@</script>")
    assert all(len(row["text"]) <= 23 for row in data["map"]["datasets"]["names"])
    assert "Private." in page


def test_the_table_beneath_has_a_dash_where_nothing_could_be_seen() -> None:
    line = line_of(table(somebody(1, thanked_days=None, given_days=0, strength=None)).rows[0])
    assert (line.thanked, line.helped, line.strength, line.both_ways) == ("–", "0", "–", "–")


@pytest.mark.parametrize(("form", "begins"), [(".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_pictures_are_drawn_without_a_browser(form: str, begins: bytes) -> None:
    chart = map_chart(table(*(somebody(i, handle=name) for i, name in enumerate(HOSTILE))))
    assert picture(chart, form).startswith(begins)


def test_the_command_writes_what_the_name_of_the_file_says(sample_pln: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.SVG"
    assert run(["map", "-o", str(file), "--ego", "@mira_tolland", "-q", "--pln", str(sample_pln)]) == 0
    drawn = file.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    # The legend says shapes and colours; filled marks mean something else.
    legend = re.findall(r'legend-symbol"[^>]*>(<path[^>]*>)', drawn)
    assert len(legend) >= 5
    assert not any("fill=" in path for path in legend)
    assert "@ada_venn" in drawn
    assert LOOKS["mentor"].colour in drawn


def test_a_map_to_be_shown_tells_only_years_on_its_slider_too(sample_pln: Path, tmp_path: Path) -> None:
    target = tmp_path / "shared.html"
    command = ["map", "-q", "--ego", "@mira_tolland", "--pln", str(sample_pln)]
    assert run([*command, "--share", "-o", str(target)]) == 0
    page = target.read_text(encoding="utf-8")
    found = re.search(r'"windows":(\[[^]]*\])', page)
    assert found and json.loads(found[1]) == [
        "Mar 2016 to Dec 2016",
        *(f"Jan {year} to Dec {year}" for year in range(2017, 2022)),
        "Jan 2022 to Dec 2022",
    ]
    # Nobody of the table is dated to a month.
    assert not re.search(r"<td[^>]*>[A-Z][a-z]{2}(–[A-Z][a-z]{2})? \d{4}", page)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "map.jpg"], ".html, .png, .svg, .pdf"),
        ([], "name a file: plnmap map -o map.html"),
        (["-o", "map"], ".html, .png, .svg, .pdf"),
        (["-o", "map.html", "--show", "@ada_venn"], "add --share"),
        (["-o", "map.html", "--share", "--show", "@ada_wenn"], "did you mean @ada_venn"),
        (["-o", "no/such/folder/map.svg"], "there is no folder no/such/folder"),
    ],
)
def test_wrong_words_are_explained(
    arguments: list[str], said: str, sample_pln: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["map", *arguments, "--ego", "@mira_tolland", "-q", "--pln", str(sample_pln)]) == 2
    assert said in capsys.readouterr().err
