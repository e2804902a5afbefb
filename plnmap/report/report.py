"""The report: one screen about one ego's network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from plnmap.analysis.summary import Helped, Summary, has_role, name_of
from plnmap.model import Evidence, Person
from plnmap.report.values import bar, excerpt, number_of, period
from plnmap.words import plain

HELPERS_SHOWN: Final = 8
NAMES_SHOWN: Final = 6
IN_TOUCH_SHOWN: Final = 8

PLATFORMS: Final = {"twitter": "Twitter/X", "mastodon": "Mastodon"}
ROLE_WORDS: Final = {
    "mentor": "mentor",
    "mentee": "mentee",
    "peer_mentor": "peer mentor",
    "just_in_time_helper": "quick helper",
    "role_model": "role model",
    "broadcaster": "broadcaster",
    "gone_quiet": "gone quiet",
}
"""Roles in small print; a ? stays behind them."""


class FitText:
    """Text whose content depends on the width at hand, such as an excerpt."""

    def __init__(self, evidence: Evidence, indent: int, style: str = "italic") -> None:
        self.evidence, self.indent, self.style = evidence, indent, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        day = f" {self.evidence.day}" if self.evidence.day else ""
        room = options.max_width - self.indent - len(day) - 2
        line = Text(" " * self.indent)
        line.append(f"“{excerpt(self.evidence, room)}”", self.style)
        line.append(day, "dim")
        yield line


def render_report(summary: Summary) -> RenderableType:
    """The whole screen; it adapts to the width it is printed at."""
    parts: list[RenderableType] = [*_header(summary), Rule(style="dim")]
    for section in (
        _helpers(summary),
        _quick_help(summary),
        _learned_from(summary),
        _helped(summary),
        _in_touch(summary),
        _quiet(summary),
    ):
        parts.extend(section)
    parts.append(Rule(style="dim"))
    parts.extend(_unseen(summary))
    return Padding(Group(*parts), (0, 1))


def roles_in_words(person: Person) -> str:
    """The roles of a person in small print, each with its ? where the unseen side could change it.

    >>> from plnmap.model import Person
    >>> roles_in_words(Person(*[None] * (len(Person._fields) - 1), roles="peer_mentor?;gone_quiet"))
    'peer mentor? · gone quiet'
    """
    names = [role for role in person.roles.split(";") if role]
    return " · ".join(ROLE_WORDS.get(name.rstrip("?"), name.rstrip("?")) + name[len(name.rstrip("?")) :] for name in names)


def _header(summary: Summary) -> Iterable[RenderableType]:
    network, ego = summary.network, summary.network.ego
    title = Text("Your PLN · ", "bold")
    title.append(plain(ego.name), "bold cyan")
    title.append(f" · {PLATFORMS[ego.platform]}", "bold")
    if ego.first and ego.last:
        title.append(f" · {ego.first:%Y-%m-%d} → {min(ego.last.date(), network.as_of or ego.last.date())}")
    yield title
    facts = [number_of(ego.posts, "post"), f"{number_of(summary.network_size, 'person', 'people')} you talked with"]
    if summary.followed is not None:
        facts.append(f"{summary.followed:,} you follow")
    yield Text(" · ".join(facts))
    sides = "Your side only: what others wrote is not in this file."
    if summary.other_sides:
        sides = f"Your side, and that of {_listed(summary.other_sides)}; of all others only your side is here."
    yield Text(sides, "dim")
    if summary.idle_since:
        yield Text(f"You posted little after {summary.idle_since:%b %Y}: “now” is about then.", "dim")


def _helpers(summary: Summary) -> Iterable[RenderableType]:
    if not summary.helpers:
        yield _heading("Who helped you", "nobody shows repeated help in your own words so far; that is common")
        return
    yield _heading("Who helped you", "people you thanked for help on several days")
    for helped in summary.helpers[:HELPERS_SHOWN]:
        yield _person_line(helped.person, _help_words(helped.person))
        if helped.evidence:
            yield FitText(_telling(helped.evidence), indent=5)
    first = plain(name_of(summary.helpers[0].person))
    more = len(summary.helpers) - HELPERS_SHOWN
    yield _pointer((f"{more:,} more: plnmap people --role mentor   " if more > 0 else "") + f"plnmap show {first}")


def _quick_help(summary: Summary) -> Iterable[RenderableType]:
    quick = summary.quick_help
    if not quick.people:
        return
    line = Text(f"{number_of(quick.people, 'person', 'people')}, {number_of(quick.times, 'time')}; ")
    line.append(f"{quick.hardly_known:,} of them you hardly knew")
    yield _heading("Quick help", "single answers you thanked for")
    yield Padding(line, (0, 0, 0, 2))
    yield _pointer("plnmap thanks")


def _learned_from(summary: Summary) -> Iterable[RenderableType]:
    if not summary.learned_from:
        return
    yield _heading("You learn from", "credited or quoted over months, seldom talked to")
    yield _names(summary.learned_from, lambda p: f"credited on {number_of(p.credit_days, 'day')}" if p.credit_days else "")
    if any(role.endswith("?") for p in summary.learned_from for role in p.roles.split(";")):
        yield Text("  whether they answer you cannot be seen here", "dim")


def _helped(summary: Summary) -> Iterable[RenderableType]:
    if not summary.helped:
        return
    yield _heading("You help", "people you gave advice or something useful")
    yield _names([helped.person for helped in summary.helped], lambda p: f"on {number_of(p.given_days, 'day')}")


def _in_touch(summary: Summary) -> Iterable[RenderableType]:
    if not summary.in_touch:
        return
    both = any(p.balance_status == "value" for p in summary.in_touch[:IN_TOUCH_SHOWN])
    scale = "strength: chance of contact within 30 days" if summary.network.scale == "probability" else (
        "by how likely you are to be in contact soon; an index, not a probability"
    )
    yield _heading("In touch", scale)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=1)
    grid.add_column(no_wrap=True, overflow="ellipsis", max_width=24)
    grid.add_column(width=10, no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis")
    for person in summary.in_touch[:IN_TOUCH_SHOWN]:
        grid.add_row(
            "",
            Text(plain(name_of(person)), "cyan"),
            Text(bar(person.strength, 10), "green"),
            number_of(person.days_out, "day"),
            period(person.first_day, person.last_day),
            Text(_both_ways(person) if both or person.balance_label else "", "dim"),
        )
    yield grid
    if not both:
        yield Text("  whether it goes both ways: not observed, their side is not in the file", "dim")
    yield _pointer("plnmap people")


def _quiet(summary: Summary) -> Iterable[RenderableType]:
    if not summary.quiet:
        return
    yield _heading("Gone quiet", "no contact for much longer than usual between you, on days you posted")
    yield _names(summary.quiet, lambda p: _quiet_words(p))


def _unseen(summary: Summary) -> Iterable[RenderableType]:
    if summary.unseen:
        yield Text("Not observable here: " + "; ".join(summary.unseen) + ".", "dim")
        yield _pointer("add a side: plnmap import --other-side THEIR-ARCHIVE.zip   what is covered: plnmap status")
    if summary.network_size:
        yield Text(
            f"{summary.without_role:,} of {number_of(summary.network_size, 'person', 'people')}: "
            "too little evidence for a role. That is normal.",
            "dim",
        )


def _person_line(person: Person, words: str) -> RenderableType:
    line = Text("  ")
    line.append(plain(name_of(person)), "bold cyan")
    line.append(f"  {words}")
    if person.in_touch:
        line.append(f"  #{person.in_touch} in touch", "dim")
    roles = roles_in_words(person)
    if roles:
        line.append(f"  {roles}", "magenta dim")
    return line


def _help_words(person: Person) -> str:
    words = f"{number_of(person.thanked_days, 'day')}, {period(person.thanked_first, person.thanked_last)}"
    if person.offered_days:
        words = f"helped you on {number_of(person.offered_days, 'day')}, thanked on {words}"
    if has_role(person, "peer_mentor") and person.given_days:
        words += f" (you helped them on {person.given_days:,})"
    return words


def _quiet_words(person: Person) -> str:
    if person.thanked_days:
        return f"helped you {period(person.thanked_first, person.thanked_last)}"
    return f"last {person.quiet_since:%b %Y}" if person.quiet_since else ""


def _both_ways(person: Person) -> str:
    if person.balance_status != "value" or person.balance_label is None:
        return "their side: not observed"
    return person.balance_label


def _telling(rows: list[Evidence]) -> Evidence:
    """The example that says most: thanks with words around them, the latest of those."""
    good = [row for row in rows if row.instrument == "thanks" and len((row.text or "").split()) >= 8]
    return (good or rows)[0]


def _names(people: list[Person], words: object) -> RenderableType:
    line = Text("  ")
    for i, person in enumerate(people[:NAMES_SHOWN]):
        line.append(", " if i else "")
        line.append(plain(name_of(person)), "cyan")
        said = words(person) if callable(words) else ""
        line.append(f" ({said})" if said else "", "dim")
    if len(people) > NAMES_SHOWN:
        line.append(f" and {len(people) - NAMES_SHOWN:,} more", "dim")
    return Padding(line, (0, 0, 0, 0))


def _heading(text: str, caption: str) -> RenderableType:
    line = Text("\n")
    line.append(text, "bold")
    line.append(f"  {caption}", "dim")
    return line


def _pointer(text: str) -> RenderableType:
    return Text(f"  → {text}", "dim")


def _listed(names: list[str]) -> str:
    if len(names) <= 3:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[:2])} and {len(names) - 2:,} others"
