"""The list of people: one line each, as wide as the screen allows."""

from __future__ import annotations

from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from plnmap.analysis.people import Network
from plnmap.analysis.summary import name_of
from plnmap.model import Person
from plnmap.report.own_word import labels_in_words
from plnmap.report.report import roles_in_words
from plnmap.report.values import bar, interval, number_of, period
from plnmap.words import plain

WIDE: Final = 100
"""From this width on the interval of the balance and the names have room."""


class _PeopleTable:
    """A table that shows more columns where there is more room."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= WIDE
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("#", justify="right", style="dim", no_wrap=True)
        table.add_column("who", no_wrap=True, overflow="ellipsis", max_width=32 if wide else 20, style="cyan")
        table.add_column("in touch", no_wrap=True, width=8)
        table.add_column("days", justify="right", no_wrap=True)
        table.add_column("years", no_wrap=True)
        table.add_column("both ways", no_wrap=True, overflow="ellipsis")
        table.add_column("thanked", justify="right", no_wrap=True)
        if wide:
            table.add_column("you helped", justify="right", no_wrap=True)
        table.add_column("roles", overflow="fold")
        for person in self.people:
            row: list[str | Text] = [
                str(person.in_touch or ""),
                plain(name_of(person)),
                Text(bar(person.strength, 8), "green" if not person.thin else "dim green"),
                str(person.days_out or ""),
                period(person.first_day, person.last_day),
                both_ways(person, with_interval=wide),
                str(person.thanked_days or ""),
                roles_and_labels(person),
            ]
            if wide:
                row.insert(7, str(person.given_days or ""))
            table.add_row(*row)
        yield table


def render_people(network: Network, people: list[Person], matching: int) -> RenderableType:
    """A table of people under a line that says how many there are.

    Parameters
    ----------
    network
        Whose people.
    people
        Those to show, in order.
    matching
        How many there are before the list was cut.
    """
    title = Text(
        f"{number_of(matching, 'person', 'people')} · {plain(network.ego.name)}"
        + (f" · as of {network.as_of}" if network.as_of else ""),
        "bold",
    )
    parts: list[RenderableType] = [title, Text(""), _PeopleTable(people)]
    if not people:
        parts = [title, Text("nobody matches", "dim")]
    if len(people) < matching:
        parts.append(Text(f"… {matching - len(people):,} more: --limit {matching}", "dim"))
    if any(person.balance_status == "not_observed" for person in people):
        parts.append(Text("– both ways: not observed, their side is not in the file", "dim"))
    scale = (
        "a probability of contact within 30 days"
        if network.scale == "probability"
        else "an index, no probability"
    )
    parts.append(Text(f"in touch: {scale}; thanked, you helped: days", "dim"))
    return Group(*parts)


def both_ways(person: Person, *, with_interval: bool = False) -> str:
    """Whether a tie goes both ways, in words; – where their side is not observed."""
    if person.balance_status == "not_observed":
        return "–"
    if person.balance_status != "value" or person.balance_label is None:
        return "no contact"
    if not with_interval:
        return person.balance_label
    return f"{person.balance_label} {interval(person.balance, person.balance_lo, person.balance_hi)}"


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
