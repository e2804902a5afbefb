"""The map as one page: the picture to look around in, and the same facts as a table beneath it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from plnmap.analysis.map.table import MapRow, MapTable
from plnmap.analysis.summary import Summary, has_role, name_of
from plnmap.model import Person
from plnmap.report.own_word import labels_in_words
from plnmap.report.pages import page
from plnmap.report.people import both_ways
from plnmap.report.pictures.map import map_in_page
from plnmap.report.pictures.map_marks import LOOKS, NARROW, SEEN, drawn_role, observed
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.report import PLATFORMS, ROLE_WORDS, roles_in_words, shown_roles, size_in_words
from plnmap.report.values import number_of, on_what, period, talk_in_words
from plnmap.words import plain

MOST_HELPERS: Final = 8
"""Helpers named beside the picture; the table has all."""

NOT_OBSERVED: Final = "–"


class Helper(NamedTuple):
    """Somebody who helped ego, in a few words."""

    row: int
    name: str
    role: str
    drawn: str
    both_seen: bool
    years: str
    days: str
    about: str


class Line(NamedTuple):
    """One person as a row of the table; numbers that were not observed are a dash.

    The last two are days in ISO form, empty if there is none, by which periods are put in order.
    """

    name: str
    called: str
    roles: str
    strength: str
    both_ways: str
    thanked: str
    years: str
    offered: str
    helped: str
    credited: str
    about: str
    in_contact: str
    first_thanked: str
    first_contact: str


def map_page(table: MapTable, summary: Summary, *, shared: Sequence[str] | None = None) -> str:
    """The page as HTML, in one file.

    Parameters
    ----------
    table
        From `plnmap.analysis.map.table.map_table`.
    summary
        Of the same network: says what its sources cannot show.
    shared
        Names of those who keep theirs, where both were concealed; None for a private page.
    """
    name = plain(table.ego.name)
    return page(
        "map.html.j2",
        title=f"Who {name} learns with and from",
        context={
            "table": table,
            "summary": summary,
            "platform": PLATFORMS[table.ego.platform],
            "size": size_in_words(summary),
            "helpers": _helpers(table),
            "lines": [line_of(row) for row in table.rows],
            "legend": _legend(table),
            "looks": LOOKS,
            "most_helpers": MOST_HELPERS,
        },
        charts={"map": map_in_page(table, IN_PAGE)},
        data=_data(table),
        scripts=["map.js"],
        shared=shared,
    )


def _helpers(table: MapTable) -> list[Helper]:
    """Those who show a mentor's part, most evidence first."""
    found = [
        (i, row)
        for i, row in enumerate(table.rows)
        if has_role(row.person, "mentor", "peer_mentor") and "family" not in row.person.labels.split(";")
    ]
    found.sort(key=lambda each: (-_help(each[1].person), each[0]))
    return [
        Helper(
            row=i,
            name=plain(name_of(row.person)),
            role=roles_in_words(row.person),
            drawn=drawn_role(row.person),
            both_seen=observed(row.person) == SEEN,
            years=period(row.person.thanked_first, row.person.thanked_last),
            days=number_of(row.person.thanked_days or 0, "day"),
            about=on_what(row.about),
        )
        for i, row in found
    ]


def _help(person: Person) -> float:
    return max(person.help_in_thanks or 0.0, person.help_in_offers or 0.0)


def line_of(row: MapRow) -> Line:
    """A person as the table of the page tells them."""
    person = row.person
    return Line(
        name=plain(name_of(person)),
        called=plain(person.display_name or ""),
        roles=" · ".join(filter(None, (roles_in_words(person), labels_in_words(person.labels.split(";"))))),
        strength=NOT_OBSERVED if person.strength is None else f"{person.strength:.2f}",
        both_ways=both_ways(person, with_interval=True),
        thanked=_count(person.thanked_days),
        years=period(person.thanked_first, person.thanked_last),
        offered=_count(person.offered_days),
        helped=_count(person.given_days),
        credited=_count(person.credit_days),
        about=talk_in_words(row.about),
        in_contact=period(person.first_day, person.last_day),
        first_thanked=str(person.thanked_first or ""),
        first_contact=str(person.first_day or ""),
    )


def _count(days: int | None) -> str:
    return NOT_OBSERVED if days is None else str(days)


def _legend(table: MapTable) -> list[tuple[str, str, int]]:
    """Roles that anybody shows, with their words and how many do; quiet ones last."""
    names = [*(role for role in LOOKS if role), "gone_quiet"]
    counts = Counter(role for row in table.rows for role in _held(row))
    return [(role, ROLE_WORDS[role], counts[role]) for role in names if counts[role]]


def _held(row: MapRow) -> list[str]:
    return [role.removesuffix("?") for role in shown_roles(row.person)]


def _data(table: MapTable) -> dict[str, Any]:
    """What the script needs besides the picture and the table."""
    roles = [role for role, _, _ in _legend(table)]
    return {
        "narrow": NARROW.side,
        "roles": roles,
        "held": [[roles.index(role) for role in _held(row)] for row in table.rows],
        # Number of the window, days of contact, days of thanks; one after the other.
        "stretches": [[part for stretch in row.stretches for part in stretch] for row in table.rows],
        "windows": [f"{first:%b %Y} to {last:%b %Y}" for first, last in table.windows],
    }
