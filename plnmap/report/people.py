"""The list of people: one line each, as wide as the screen allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from plnmap.analysis.people import Network
from plnmap.analysis.summary import name_of, shown_roles, years_of
from plnmap.model import Person
from plnmap.report.marks import bar, scale_mark, sparkline, years_axis
from plnmap.report.own_word import labels_in_words
from plnmap.report.report import in_words, roles_in_words
from plnmap.report.values import both_ways as both_ways
from plnmap.report.values import listed, number_of, period
from plnmap.words import plain

LEAST_NAME: Final = 16
"""Cells: a handle of Twitter/X is no wider."""
MORE, WIDE, WIDEST = 80, 100, 120
"""Widths from which on there is room for more columns."""


class _Row(NamedTuple):
    """Somebody, and on how many days of each year ego contacted them."""

    person: Person
    by_year: list[int]


class _Column(NamedTuple):
    """A column of the list: from which width on it is shown, and how a cell is written."""

    header: str
    from_width: int
    cell: Callable[[_Row], str | Text]
    style: str = ""
    right: bool = False


class _PeopleTable:
    """A table that shows more columns where there is more room."""

    def __init__(self, rows: list[_Row], years: Sequence[int]) -> None:
        self.rows, self.years = rows, years

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        columns = [each for each in _columns(self.years) if options.max_width >= each.from_width]
        for each in columns:
            table.add_column(
                each.header, style=each.style, justify="right" if each.right else "left", no_wrap=True
            )
        table.columns[1].max_width = max(options.max_width // 4, LEAST_NAME)
        table.columns[1].overflow = "ellipsis"
        # Roles take what is left, over as many lines as they need.
        table.columns[-1].no_wrap = False
        for row in self.rows:
            table.add_row(*(each.cell(row) for each in columns))
        yield table


class _Notes:
    """What the columns mean, of those there is room for."""

    def __init__(self, scale: str, people: list[Person]) -> None:
        self.scale, self.states = scale, {person.balance_status for person in people}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        if "value" in self.states and width >= WIDE:
            yield Text("● whose days of contact, yours or theirs; ─ the interval, 95 %", "dim")
        if "not_observed" in self.states and width >= MORE:
            yield Text("– both ways: not observed, their side is not in the file", "dim")
        probable = self.scale == "probability"
        scale = "a probability of contact within 30 days" if probable else "an index, no probability"
        days = "thanked, you helped" if width >= WIDEST else "thanked"
        yield Text(f"in touch: {scale}; {days}: days", "dim")


def _columns(years: Sequence[int]) -> list[_Column]:
    return [
        _Column("#", 0, lambda row: str(row.person.in_touch or ""), "dim", right=True),
        _Column("who", 0, lambda row: plain(name_of(row.person)), "cyan"),
        _Column("in touch", 0, lambda row: _strength(row.person)),
        _Column("days", 0, lambda row: str(row.person.days_out or ""), right=True),
        _Column("years", MORE, lambda row: period(row.person.first_day, row.person.last_day)),
        _Column(years_axis(years), WIDEST, lambda row: sparkline(row.by_year), "green"),
        _Column("you  they", WIDE, lambda row: _balance(row.person), "green"),
        _Column("both ways", MORE, lambda row: both_ways(row.person)),
        _Column("thanked", 0, lambda row: str(row.person.thanked_days or ""), right=True),
        _Column("you helped", WIDEST, lambda row: str(row.person.given_days or ""), right=True),
        _Column("roles", 0, lambda row: roles_and_labels(row.person)),
    ]


def _strength(person: Person) -> Text:
    return Text(bar(person.strength, 8), "dim green" if person.thin else "green")


def _balance(person: Person) -> str:
    if person.balance_status != "value" or person.balance is None:
        return ""
    return scale_mark(person.balance, person.balance_lo, person.balance_hi)


def render_people(
    network: Network,
    people: list[Person],
    by_year: list[list[int]],
    matching: Sequence[Person],
    roles: Sequence[str] = (),
) -> RenderableType:
    """A table of people under a line that says how many there are.

    Parameters
    ----------
    network
        Whose people.
    people
        Those to show, in order.
    by_year
        For each of them, the days of each year on which ego contacted them.
    matching
        All whom the list is about, before it was cut.
    roles
        What it was narrowed to, if to anything.
    """
    title = Text(
        f"{number_of(len(matching), 'person', 'people')} · {plain(network.ego.name)}"
        + (f" · as of {network.as_of}" if network.as_of else ""),
        "bold",
    )
    title.append(f"\n{_who_they_are(matching, roles)}" if matching else "", "not bold dim")
    rows = [_Row(*each) for each in zip(people, by_year, strict=True)]
    parts: list[RenderableType] = [title, Text(""), _PeopleTable(rows, years_of(network))]
    if not people:
        parts = [title, Text("nobody matches", "dim")]
    if len(people) < len(matching):
        parts.append(Text(f"… {len(matching) - len(people):,} more: --limit {len(matching)}", "dim"))
    parts.append(_Notes(network.scale, people))
    return Group(*parts)


def _who_they_are(people: Sequence[Person], roles: Sequence[str]) -> str:
    """What a count of people counts: those ego talked with and the others; or those for whom a role holds."""
    if not roles:
        talked = sum(bool(person.days_out or person.days_in) for person in people)
        others = len(people) - talked
        counted = {f"{talked:,} talked with": talked, f"{others:,} only followed, passed on or named": others}
        return "; ".join(words for words, count in counted.items() if count)
    otherwise = sum(
        not {name.removesuffix("?") for name in shown_roles(p)}.intersection(roles) for p in people
    )
    said = f"{listed([f'“{in_words(role)}”' for role in roles], 'or')} holds for all, surely or with a ?"
    if otherwise:
        are = number_of(otherwise, "is", "are")
        said += f"; {are} shown as peer mentor, the word that needs no unseen side"
    return said


def roles_and_labels(person: Person) -> str:
    """Roles that the posts show, then what the user calls them."""
    own = labels_in_words(person.labels.split(";"))
    return " · ".join(filter(None, (roles_in_words(person), f"you: {own}" if own else "")))


def people_rows(people: list[Person]) -> list[dict[str, str]]:
    """The list as text cells, for Markdown."""
    return [
        {
            "#": str(person.in_touch or ""),
            "who": name_of(person),
            "strength": "" if person.strength is None else f"{person.strength:.2f}",
            "days": str(person.days_out or ""),
            "years": period(person.first_day, person.last_day),
            "both ways": both_ways(person, with_interval=True),
            "thanked on days": str(person.thanked_days or ""),
            "you helped on days": str(person.given_days or ""),
            "roles": roles_and_labels(person),
        }
        for person in people
    ]
