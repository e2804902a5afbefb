"""The map in a browser: it works from a file, without a network, for hands, eyes and ears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from plnmap.analysis.map.table import MapTable, map_table
from plnmap.analysis.summary import Summary, summarise
from plnmap.analysis.topics.about import About
from plnmap.analysis.topics.terms import Topic
from plnmap.pln import look_at
from plnmap.report.pages.map import map_page
from plnmap.store import open_store
from tests.browser.conftest import OpenPage

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
HOSTILE = (
    "</script><script>document.title='taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    "=cmd('calc')",
    "\u202eright to left\u202c\x1b[31m",
    "🙂" * 300,
)


@pytest.fixture(scope="module")
def seen(sample_pln: Path) -> tuple[MapTable, Summary]:
    """The invented sample."""
    with open_store(sample_pln) as store:
        network = look_at(store, "@mira_tolland", None, announce=lambda text: None)
        return map_table(store, network), summarise(store, network)


@pytest.fixture(scope="module")
def file(seen: tuple[MapTable, Summary], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample."""
    written = tmp_path_factory.mktemp("page") / "map.html"
    written.write_text(map_page(*seen), encoding="utf-8")
    return written


@pytest.fixture(scope="module")
def few(seen: tuple[MapTable, Summary], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with few people: axe looks at every cell, and they are all alike."""
    table, summary = seen
    written = tmp_path_factory.mktemp("page") / "few.html"
    written.write_text(map_page(table._replace(rows=table.rows[:40]), summary), encoding="utf-8")
    return written


def opened(open_page: OpenPage, file: Path, **settings: Any) -> Page:
    page = open_page(file, **settings)
    page.wait_for_selector("[data-map-ready]", state="attached")
    return page


def shown(page: Page) -> list[str]:
    """Whom the table shows, by handle."""
    return [name.split()[0] for name in page.locator("#people tbody tr:visible th").all_inner_texts()]


def violations(page: Page, *rules: str) -> list[tuple[str, Any]]:
    """What axe finds wrong by some of its rules, or by all, and where."""
    options = {"runOnly": list(rules)} if rules else None
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]


def foreground(page: Page) -> int:
    """How many marks are drawn as present; the rest are pale."""
    marks = "[data-map] g.mark-symbol path[aria-roledescription='point']"
    return int(
        page.locator(marks).evaluate_all(
            "all => all.filter(each => each.getAttribute('opacity') !== '0.07').length"
        )
    )


def test_search_roles_and_period_choose_on_the_map_and_in_the_table(file: Path, open_page: OpenPage) -> None:
    page = opened(open_page, file, viewport=DESK)
    everybody = shown(page)
    all_marks = foreground(page)
    page.get_by_label("Search").fill("ADA_V")
    assert shown(page) == ["@ada_venn"]
    assert all_marks - foreground(page) == len(everybody) - 1
    assert page.locator("[data-map-count]").inner_text() == f"1 of {len(everybody)} people"
    page.get_by_label("Search").fill("")

    page.locator("[name=role][value=mentor]").check()
    assert sorted(shown(page)) == ["@ada_venn", "@bo_karst", "@corm_heddle", "@ines_qvale"]
    page.locator("[name=role][value=peer_mentor]").check()
    assert len(shown(page)) == 8
    slider = page.get_by_role("slider", name="Period")
    assert str(slider.get_attribute("aria-valuetext")).endswith(", but all years are shown")
    assert slider.input_value() == slider.get_attribute("max")
    slider.fill("10")
    assert slider.get_attribute("aria-valuetext") == "Apr 2018 to Oct 2018"
    present = shown(page)
    assert "@ada_venn" in present
    # She came a year later.
    assert "@ines_qvale" not in present
    # Where the slider stands stays, whether it counts or not.
    page.get_by_label("Only in").uncheck()
    assert page.locator("[name=period]").inner_text() == "all years are shown"
    assert slider.input_value() == "10"
    page.locator("[name=role]:checked").first.uncheck()
    page.locator("[name=role]:checked").first.uncheck()
    assert shown(page) == everybody
    assert foreground(page) == all_marks


def test_the_keyboard_goes_from_person_to_person_and_opens_their_card(
    file: Path, open_page: OpenPage
) -> None:
    page = opened(open_page, file, viewport=DESK)
    card = page.locator("[data-map-card]")
    assert not card.is_visible()
    place = page.locator("[data-map]")
    strongest = shown(page)
    for key, expected in (
        ("ArrowRight", 0),
        ("ArrowDown", 1),
        ("ArrowLeft", 0),
        ("ArrowUp", 0),
        ("End", -1),
        ("Home", 0),
    ):
        place.press(key)
        assert strongest[expected] in card.locator("h3").inner_text(), key
    place.press("Escape")
    assert not card.is_visible()

    page.get_by_label("Search").fill("ada_venn")
    place.press("ArrowRight")
    said = card.inner_text().splitlines()
    assert said[said.index("Both ways") + 1].startswith("mutual 0.")
    assert said[said.index("Thanked on days") + 1] == "11"
    assert said[said.index("They offered on days") + 1] == "11"
    page.get_by_label("Search").fill("corm_heddle")
    assert not card.is_visible()
    page.get_by_role("button", name="@corm_heddle").focus()
    said = card.inner_text().splitlines()
    assert said[said.index("They offered on days") + 1] == "not observed"
    assert place.get_attribute("aria-describedby") == "map-help"
    assert page.get_by_role("application", name="Map of 223 people around @mira_tolland").count() == 1
    assert page.locator("[data-map] > [aria-hidden=true]").count() == 1


def test_tab_goes_the_way_the_eye_does(file: Path, open_page: OpenPage) -> None:
    page = opened(open_page, file, viewport=DESK)
    places: list[tuple[float, bool, str]] = []
    last = ""
    while "Table of people" not in last and len(places) < 60:
        page.keyboard.press("Tab")
        box = "document.activeElement.getBoundingClientRect()"
        last = str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        column = page.evaluate(f"{box}.x > innerWidth / 3")
        places.append((page.evaluate(f"scrollY + {box}.y"), column, last))
    in_text = [y for y, right, _ in places[2:-1] if not right]
    in_map = [y for y, right, _ in places[2:-1] if right]
    # The helpers from top to bottom on the left, then the controls and the map on the right, then the table.
    assert [right for _, right, _ in places[2:-1]] == [False] * len(in_text) + [True] * len(in_map)
    assert in_text == sorted(in_text)
    assert len(in_text) >= 8
    assert places[-2][2].startswith("Map of")


def test_a_hollow_star_stays_hollow_when_nobody_was_thanked_in_a_period(
    file: Path, open_page: OpenPage
) -> None:
    page = opened(open_page, file, viewport=DESK)
    stars = page.locator("[data-map] path[stroke='#d55e00'][fill-opacity='0.13']")
    assert stars.count() == 3
    page.get_by_role("slider", name="Period").fill("1")
    page.wait_for_timeout(100)
    sizes = [box["width"] for box in (stars.nth(i).bounding_box() for i in range(3)) if box]
    # An outline of 1.2 pixels on both sides leaves most of nine pixels open.
    assert min(sizes) > 9


def test_pointing_near_a_mark_opens_the_card_and_leaving_closes_it(file: Path, open_page: OpenPage) -> None:
    page = opened(open_page, file, viewport=DESK)
    card = page.locator("[data-map-card]")
    star = page.locator("[data-map] path[fill='#d55e00'][fill-opacity='0.9']").bounding_box()
    assert star is not None
    page.mouse.move(star["x"] + star["width"] / 2 + 5, star["y"] + star["height"] / 2)
    assert "@ada_venn" in card.inner_text()
    page.mouse.move(5, 5)
    assert not card.is_visible()


def test_the_light_page_is_accessible(few: Path, open_page: OpenPage) -> None:
    page = opened(open_page, few, viewport=DESK)
    page.locator("[data-map]").press("ArrowRight")
    assert violations(page) == []


def test_on_a_phone_in_the_dark_it_fits_and_can_be_read(few: Path, open_page: OpenPage) -> None:
    page = opened(open_page, few, viewport=PHONE, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert violations(page, "color-contrast") == []
    ink = page.locator("[data-map] g.mark-text text").last
    dark = ink.evaluate("each => getComputedStyle(each).fill")
    page.get_by_role("button", name="Dark or light").click()
    assert ink.evaluate("each => getComputedStyle(each).fill") != dark


def test_hostile_names_do_nothing(
    seen: tuple[MapTable, Summary], tmp_path: Path, open_page: OpenPage
) -> None:
    table, summary = seen
    said = [Topic(words, 1, 1.0) for words in HOSTILE]
    rows = [
        row._replace(
            person=row.person._replace(handle=HOSTILE[i % 5], display_name=HOSTILE[(i + 1) % 5]),
            about=About(row.person.account, said, said, said),
        )
        for i, row in enumerate(table.rows)
    ]
    sectors = [sector._replace(term=HOSTILE[i]) for i, sector in enumerate(table.sectors)]
    file = tmp_path / "hostile.html"
    ego = table.ego._replace(handle=HOSTILE[0])
    page_text = map_page(table._replace(rows=rows, sectors=sectors, ego=ego), summary)
    file.write_text(page_text, encoding="utf-8")
    page = opened(open_page, file, viewport=PHONE)
    page.locator("[data-map]").press("ArrowRight")
    assert HOSTILE[0] in page.locator("[data-map-card]").inner_text()
    assert page.title() == f"Who @{HOSTILE[0]} learns with and from"
    assert page.locator("img, iframe, main script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert "\u202e" not in page.locator("main").inner_text()
