"""The report in a browser: it works from a file, without a network, for hands, eyes and ears."""

from __future__ import annotations

import math
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from plnmap.analysis.overview import Overview
from plnmap.analysis.topics.about import About
from plnmap.analysis.topics.terms import Topic
from plnmap.model import Event
from plnmap.report.pages.report import report_page
from tests.browser.conftest import OpenPage

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
HOSTILE = (
    "</script><script>document.title='taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    "=cmd('calc')",
    "\u202eright to left\u202c\x1b[31m",
    "🙂" * 300,
    "{{ 7 * 7 }} {% raw %} ${document.title='taken'}",
    "javascript:document.title='taken'",
)


@pytest.fixture(scope="module")
def report(sample_overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample."""
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(report_page(sample_overview), encoding="utf-8")
    return file


def names(page: Page) -> list[str]:
    """Whom the table of people shows, in order."""
    return page.locator("#everybody tbody tr:visible th").all_inner_texts()


def violations(page: Page) -> list[tuple[str, Any]]:
    """What axe finds wrong, and where."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]


def test_people_are_sorted_filtered_and_opened_with_the_keyboard_alone(
    report: Path, open_page: OpenPage
) -> None:
    page = open_page(report, viewport=DESK)
    everybody = names(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"

    days = page.get_by_role("button", name="Days, you")
    days.focus()
    page.keyboard.press("Enter")
    counts = [int(said) for said in page.locator("#everybody tbody td:nth-child(5)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert page.locator("#everybody th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert page.locator("#everybody th[aria-sort]").get_attribute("aria-sort") == "ascending"
    # What was not observed comes last, whichever the order.
    page.get_by_role("button", name="Days, they").press("Enter")
    assert names(page)[0] == "@ada_venn"
    page.get_by_role("button", name="Days, they").press("Enter")
    assert names(page)[0] == "@ada_venn"

    find = page.get_by_role("combobox", name="Find")
    find.fill("peer mentor")
    assert sorted(names(page)) == ["@cy_lodder", "@halim_dorec", "@jun_ashbyte", "@petra_oskan"]
    assert f"4 of {len(everybody)}" in page.locator("output[data-filter-count=everybody]").inner_text()
    find.fill("")
    assert sorted(names(page)) == sorted(everybody)

    posts = page.locator("#everybody details").first
    link = posts.locator("a").first
    assert not link.is_visible()
    posts.locator("summary").press("Enter")
    assert link.is_visible()
    assert str(link.get_attribute("href")).startswith("https://")


def test_a_screen_reader_hears_what_each_picture_shows(report: Path, open_page: OpenPage) -> None:
    page = open_page(report, viewport=DESK)
    pictures = page.locator("[data-chart]")
    assert page.get_by_role("img").count() == pictures.count() == 6
    said = [str(each.get_attribute("aria-label")) for each in pictures.all()]
    assert said[0].startswith("Map of your network")
    assert len(set(said)) == 6
    # And nothing of how it is drawn.
    assert page.locator("[data-chart] > [aria-hidden=true]").count() == 6
    assert page.locator("[aria-hidden=true] [tabindex]").count() == 0


def test_who_played_a_part_is_found_by_name_part_and_any_year_of_it(
    report: Path, open_page: OpenPage
) -> None:
    page = open_page(report, viewport=DESK)
    page.locator("#over-time ~ details summary").click()
    rows = page.locator("#played tbody tr:visible")
    everybody = rows.count()
    find = page.locator("input[data-filters=played]")
    find.fill("corm_heddle")
    assert rows.locator("th").all_inner_texts() == ["@corm_heddle"]
    # From 2016 to 2020: no day of it shows in the row of a year in between.
    for year, found in (("2015", 0), ("2016", 1), ("2018", 1), ("2020", 1), ("2021", 0)):
        find.fill(year)
        assert rows.filter(has_text="@corm_heddle").count() == found, year
    find.fill("peer mentor")
    assert 0 < rows.count() < everybody
    assert page.locator("output[data-filter-count=played]").inner_text() == f"{rows.count()} of {everybody}"


@pytest.mark.parametrize("inches", [8.27, 8.5])
def test_on_paper_nothing_is_wider_than_the_sheet_and_headings_repeat(
    report: Path, open_page: OpenPage, inches: float
) -> None:
    # A4 and Letter, with margins of 12 mm.
    page = open_page(report, viewport={"width": int((inches - 24 / 25.4) * 96), "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    button = page.locator("#everybody thead button").first
    # Chromium repeats no heading that has a box of a button in it.
    assert button.evaluate("each => getComputedStyle(each).display") == "contents"
    assert page.locator("#everybody thead").evaluate("each => getComputedStyle(each).breakInside") == "avoid"


def test_the_light_page_is_accessible_and_prints_in_full(report: Path, open_page: OpenPage) -> None:
    page = open_page(report, viewport=DESK)
    page.emulate_media(media="print")
    frame = page.locator(".tall").first
    assert frame.evaluate("each => each.scrollHeight - each.clientHeight") <= 1
    assert not page.get_by_role("combobox", name="Find").is_visible()
    assert not page.get_by_role("button", name="Dark or light").is_visible()
    page.emulate_media(media="screen")
    assert frame.evaluate("each => each.scrollHeight - each.clientHeight") > 1
    # Axe looks only at what is open; of hundreds of rows that are made alike, ten will do.
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n + 11)').forEach((row) => row.remove())")
    assert violations(page) == []


def test_on_a_phone_in_the_dark_nothing_is_cut_off_or_unreadable(report: Path, open_page: OpenPage) -> None:
    page = open_page(report, viewport=PHONE, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n + 11)').forEach((row) => row.remove())")
    assert violations(page) == []
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    page.get_by_role("button", name="Dark or light").click()
    assert page.evaluate(paper) != dark
    assert page.locator("[data-chart=map] svg").bounding_box()["width"] <= PHONE["width"]  # type: ignore[index]


def test_on_a_phone_the_first_screen_says_who_helped_on_what_since_when(
    report: Path, open_page: OpenPage
) -> None:
    page = open_page(report, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    lines = page.locator(".glance li")
    inside = [each.bounding_box()["y"] < 844 for each in lines.all()]  # type: ignore[index]
    assert sum(inside) >= 6
    assert lines.first.inner_text().strip().startswith("@ada_venn since Sep 2016: installs, gradebook")
    lines.first.locator("a").click()
    assert page.evaluate("document.querySelector('#helper-1').getBoundingClientRect().top") < 10
    # One row of the way around, that is pushed along.
    assert page.locator("nav").bounding_box()["height"] < 40  # type: ignore[index]


def test_on_a_desk_the_cards_say_it_without_a_list(report: Path, open_page: OpenPage) -> None:
    page = open_page(report, viewport=DESK)
    assert not page.locator(".glance").is_visible()


def test_on_a_phone_no_head_of_the_heat_map_runs_into_the_next(report: Path, open_page: OpenPage) -> None:
    page = open_page(report, viewport=PHONE)
    texts = page.locator("[data-chart=topics] .role-axis-label text")
    turned = [re.findall(r"[-\d.]+", str(each.get_attribute("transform"))) for each in texts.all()]
    heads = sorted((float(place[0]), float(place[2])) for place in turned if len(place) > 2)
    assert len(heads) > 8
    # How far one line of writing is from the next, against the height of its letters.
    apart = min(
        (right - left) * math.sin(math.radians(-angle)) for (left, angle), (right, _) in pairwise(heads)
    )
    assert apart > 11


def hostile(found: Overview) -> Overview:
    """The same, with the words of people who mean harm."""
    network = found.summary.network
    bad = {
        person.account: person._replace(handle=HOSTILE[i % len(HOSTILE)], display_name=HOSTILE[-1 - i % 7])
        for i, person in enumerate(network.people)
    }
    summary = found.summary._replace(
        network=network._replace(people=[bad[person.account] for person in network.people]),
        helpers=[each._replace(person=bad[each.person.account]) for each in found.summary.helpers],
        other_sides=list(HOSTILE),
        unseen=list(HOSTILE),
    )
    said = [Topic(words, 1, 1.0) for words in HOSTILE]
    rows = [
        row._replace(person=bad[row.person.account], about=About(row.person.account, said, said, said))
        for row in found.map.rows
    ]
    posts = {
        account: [row._replace(text=HOSTILE[i % 7], url=HOSTILE[-1], start=0, stop=9) for row in rows]
        for i, (account, rows) in enumerate(found.evidence.items())
    }
    events = [Event("", date(2018, 3, 1 + i), "day", words) for i, words in enumerate(HOSTILE)]
    return found._replace(
        summary=summary,
        timeline=found.timeline._replace(events=events),
        parts=[part._replace(person=bad[part.person.account]) for part in found.parts],
        map=found.map._replace(rows=rows),
        topics=found.topics._replace(
            terms=list(HOSTILE),
            counts=[
                count._replace(term=HOSTILE[i % len(HOSTILE)]) for i, count in enumerate(found.topics.counts)
            ],
        ),
        evidence=posts,
    )


def test_what_other_people_wrote_does_nothing(
    sample_overview: Overview, tmp_path: Path, open_page: OpenPage
) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(report_page(hostile(sample_overview), posts="text"), encoding="utf-8")
    page = open_page(file, viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert page.title() == "Who @mira_tolland learns with and from"
    assert page.locator("img, iframe, main script, a[href^='javascript']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    said = page.locator("main").inner_text()
    assert HOSTILE[0] in said
    assert "\u202e" not in said
    assert "{{ 7 * 7 }}" in said
