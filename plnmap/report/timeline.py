"""A network over the years, as a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from plnmap.analysis.over_time.timeline import HelpByYear, MetAt, Timeline, Turn
from plnmap.analysis.over_time.turnover import INNER_CIRCLE
from plnmap.analysis.over_time.windows import RolePeriod
from plnmap.analysis.summary import name_of
from plnmap.report.lines import Columns, heading, indented
from plnmap.report.marks import sparkline, stretch, years_axis
from plnmap.report.report import roles_in_words
from plnmap.report.values import day_of, number_of, period
from plnmap.words import plain

PEOPLE_SHOWN: Final = 12
TAGS_SHOWN: Final = 6
NAMES_SHOWN: Final = 4

PARTS: Final = {
    "mentor": "helped you",
    "mentee": "you helped them",
    "peer_mentor": "you helped each other",
    "role_model": "you learned from them",
    "amplifier": "made you seen",
}
"""A role as a phase of a tie."""
SINCE_THEN: Final = {True: "", False: "and still", None: "too little seen since"}
"""Whether a phase ended, in words."""


def render_timeline(told: Timeline, options: str = "") -> RenderableType:
    """The years of a network as text.

    Parameters
    ----------
    told
        What `plnmap.analysis.over_time.timeline.timeline` returned.
    options
        What suggested commands need to be about the same file and ego.
    """
    title = Text("Over time · ", "bold")
    title.append(plain(told.network.ego.name), "bold cyan")
    if told.years:
        title.append(f" · {told.years[0]}–{told.years[-1]}")
    parts: list[RenderableType] = [title]
    parts.extend(_events(told))
    parts.append(Rule(style="dim"))
    parts.extend(
        _by_year("Who helped you", "days on which you thanked them, year by year", told.helpers, told)
    )
    parts.extend(_by_year("You help", "days on which you offered something", told.helped, told))
    parts.extend(_periods(told))
    parts.extend(_turns(told.turns))
    parts.extend(_inner_circle(told))
    parts.extend(_met_at(told.met_at))
    if not told.helpers and not told.helped and not told.periods:
        parts.append(Text("\nNo role held long enough to follow over time. That is common.", "dim"))
    if not told.events:
        parts.append(Text(""))
        parts.append(
            indented(f'→ add what happened in your life: plnmap event 2015-03 "new job"{options}', "dim")
        )
    return Padding(Group(*parts), (0, 1))


def timeline_rows(told: Timeline) -> list[dict[str, Any]]:
    """Roles over time as rows for a file, one per person, role and stretch of time."""
    people = {person.account: person for person in told.network.people}
    return [
        {
            "who": name_of(people[each.account]),
            "account": each.account,
            "role": each.role if each.sure else f"{each.role}?",
            "first_day": each.first_day,
            "last_day": each.last_day,
            "windows": each.windows,
            "ended": each.ended,
        }
        for each in told.periods
    ]


def phase(each: RolePeriod) -> str:
    """A stretch of time in words; a ? where the unseen side could change it.

    >>> from datetime import date
    >>> phase(RolePeriod("twitter:2", "mentor", date(2017, 1, 5), date(2018, 3, 1), False, 3, True))
    'helped you? 2017–2018'
    """
    mark = "" if each.sure else "?"
    return f"{PARTS.get(each.role, each.role)}{mark} {period(each.first_day, each.last_day)}"


def _events(told: Timeline) -> Iterable[RenderableType]:
    for event in told.events:
        line = Text(f"  {day_of(event)}  ", "dim")
        line.append(plain(event.words))
        yield line


def _by_year(title: str, caption: str, rows: list[HelpByYear], told: Timeline) -> Iterable[RenderableType]:
    if not rows:
        return
    yield heading(title, caption)
    received = rows is told.helpers
    busiest = sorted(rows, key=lambda row: -sum(row.received if received else row.given))[:PEOPLE_SHOWN]
    shown = [row for row in rows if row in busiest]
    counts = [row.received if received else row.given for row in shown]
    cells = [
        [
            plain(name_of(row.person)),
            sparkline(days),
            number_of(sum(days), "day"),
            _most(days, told.years),
            roles_in_words(row.person),
        ]
        for row, days in zip(shown, counts, strict=True)
    ]
    axis = ["", years_axis(told.years), "", "", ""]
    yield Columns([axis, *cells], ("cyan", "green", "", "dim", "magenta"), right=[2], spare=[3])
    if len(rows) > len(shown):
        yield Text(f"  … {len(rows) - len(shown):,} more: --format json lists all", "dim")


def _most(days: list[int], years: list[int]) -> str:
    """The year that stands out, where one does."""
    most = max(days)
    return f"most in {years[days.index(most)]}" if most > 1 and days.count(most) == 1 else ""


def _periods(told: Timeline) -> Iterable[RenderableType]:
    if not told.periods:
        return
    yield heading("Phases", "half-years in which a role held by itself; help once a year makes no phase")
    people = {person.account: person for person in told.network.people}
    # Who helped ego, and longest, before whom ego helped.
    telling = sorted(told.periods, key=lambda each: (each.role == "mentee", -each.windows, each.account))
    shown = sorted(telling[:PEOPLE_SHOWN], key=lambda each: (each.first_day, each.account, each.role))
    cells = [
        [
            period(each.first_day, each.last_day),
            stretch(each.first_day, each.last_day, told.years, known_after=each.ended is not None),
            plain(name_of(people[each.account])),
            f"{PARTS[each.role]}{'' if each.sure else '?'}",
            SINCE_THEN[each.ended],
        ]
        for each in shown
    ]
    axis = ["", years_axis(told.years, 2), "", "", ""]
    yield Columns([axis, *cells], ("dim", "green", "cyan", "", "dim"), spare=[1])
    if len(telling) > PEOPLE_SHOWN:
        yield Text(f"  … {len(telling) - PEOPLE_SHOWN:,} more: --format csv lists all", "dim")


def _turns(turns: list[Turn]) -> Iterable[RenderableType]:
    if not turns:
        return
    yield heading("Turned", "one part gave way to another, seen from both sides")
    for turn in turns:
        line = Text()
        line.append(plain(name_of(turn.person)), "cyan")
        line.append(f"  {phase(turn.before)}, {phase(turn.after)}")
        yield Padding(line, (0, 0, 0, 2))


def _inner_circle(told: Timeline) -> Iterable[RenderableType]:
    known = [
        (year, found)
        for year, found in zip(told.years, told.inner_circle, strict=True)
        if found.kept is not None
    ]
    if not known:
        return
    yield heading("Inner circle", f"of the closest {INNER_CIRCLE} of two years, the share who are in both")
    line = Text(sparkline([found.kept or 0 for _, found in known], highest=1), "green")
    line.append("   ".join(["", *(f"{year} {found.kept:.0%}" for year, found in known)]), "not green")
    yield Padding(line, (0, 0, 0, 2))


def _met_at(found: list[MetAt]) -> Iterable[RenderableType]:
    if not found:
        return
    yield heading("Where you met", "hashtags around which ties began")
    for each in found[:TAGS_SHOWN]:
        line = Text()
        line.append(f"#{plain(each.tag)}", "green")
        line.append(f"  {number_of(len(each.people), 'person', 'people')}, {period(each.first, each.last)}")
        if each.with_role:
            line.append(f"; {each.with_role:,} with a role since")
        names = ", ".join(plain(name_of(person)) for person in each.people[:NAMES_SHOWN])
        line.append(f"  {names}{' …' if len(each.people) > NAMES_SHOWN else ''}", "dim")
        yield Padding(line, (0, 0, 0, 2))
