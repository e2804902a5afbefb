"""The report: one screen about one ego's network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from plnmap.analysis.summary import Summary, has_role, name_of
from plnmap.model import Evidence, Person
from plnmap.report.values import aligned, excerpt, number_of, period, sparkline
from plnmap.words import plain

HELPERS_SHOWN: Final = 8
NAMES_SHOWN: Final = 6

PLATFORMS: Final = {"twitter": "Twitter/X", "mastodon": "Mastodon"}
ROLE_WORDS: Final = {
    "mentor": "mentor",
    "mentee": "mentee",
    "peer_mentor": "peer mentor",
    "just_in_time_helper": "quick helper",
    "role_model": "role model",
    "amplifier": "amplifier",
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


def render_report(summary: Summary, options: str = "") -> RenderableType:
    """The whole screen; it adapts to the width it is printed at.

    Parameters
    ----------
    summary
        What `plnmap.analysis.summary.summarise` returned.
    options
        What suggested commands need to be about the same file and ego.
    """
    parts: list[RenderableType] = [*_header(summary), Rule(style="dim")]
    for section in (
        _helpers(summary, options),
        _quick_help(summary, options),
        _learned_from(summary),
        _helped(summary),
        _in_touch(summary, options),
        _quiet(summary),
    ):
        parts.extend(section)
    parts.append(Rule(style="dim"))
    parts.extend(_unseen(summary, options))
    return Padding(Group(*parts), (0, 1))


def shown_roles(person: Person) -> list[str]:
    """The roles worth showing: where help is seen both ways but the balance is not, one word for it.

    >>> from plnmap.model import Person
    >>> shown_roles(Person(*[None] * (len(Person._fields) - 1), roles="mentor?;peer_mentor?"))
    ['peer_mentor?']
    """
    names = [role for role in person.roles.split(";") if role]
    if "peer_mentor?" in names:
        names = [name for name in names if name not in ("mentor?", "mentee?")]
    return names


def in_words(role: str) -> str:
    """A role in small print; a trailing ? stays.

    >>> in_words("peer_mentor?")
    'peer mentor?'
    """
    name = role.removesuffix("?")
    return ROLE_WORDS.get(name, name) + role[len(name) :]


def roles_in_words(person: Person) -> str:
    """All roles worth showing, in one line."""
    return " · ".join(in_words(role) for role in shown_roles(person))


def _header(summary: Summary) -> Iterable[RenderableType]:
    ego = summary.network.ego
    title = Text("Your PLN · ", "bold")
    title.append(plain(ego.name), "bold cyan")
    title.append(f" · {PLATFORMS[ego.platform]}", "bold")
    if ego.first and summary.last_post:
        title.append(f" · {ego.first:%Y-%m-%d} → {summary.last_post}")
    yield title
    facts = []
    if summary.posts is not None:
        facts += [
            number_of(summary.posts, "post"),
            f"{number_of(summary.network_size, 'person', 'people')} you talked with",
        ]
    if summary.followed is not None:
        facts.append(f"{summary.followed:,} you follow")
    yield Text(" · ".join(facts))
    if summary.posts is None:
        yield Text(
            "Your posts are not in this file: import your archive to see more than whom you follow.", "dim"
        )
        return
    sides = "Your side only: what others wrote is not in this file."
    if summary.other_sides:
        sides = (
            f"Your side, and that of {_listed(summary.other_sides)}; of all others only your side is here."
        )
    yield Text(sides, "dim")
    if summary.idle_since:
        yield Text(f"You posted little after {summary.idle_since:%b %Y}: “now” is about then.", "dim")


def _helpers(summary: Summary, options: str) -> Iterable[RenderableType]:
    if not summary.helpers:
        if summary.posts is not None:
            yield _heading("Who helped you", "no repeated thanks for help found; that is common")
        return
    yield _heading("Who helped you", "days on which you thanked them for help; most evidence first")
    shown = summary.helpers[:HELPERS_SHOWN]
    for helped, cells in zip(
        shown, aligned([_helper_cells(each.person) for each in shown], right=[1]), strict=True
    ):
        line = Text("  ", no_wrap=True, overflow="ellipsis")
        for cell, style in zip(cells, ("bold cyan", "", "", "magenta", "dim"), strict=True):
            line.append(cell, style)
        yield line
        about = summary.about.get(helped.person.account)
        if about:
            yield Text(f"     about {', '.join(plain(term) for term in about)}", "green")
        seen = _also_seen(helped.person)
        if seen:
            yield Text(f"     {seen}", "dim")
        if helped.evidence:
            yield FitText(_telling(helped.evidence), indent=5)
    more = len(summary.helpers) - HELPERS_SHOWN
    if more > 0:
        yield _pointer(f"{more:,} more: plnmap people --role mentor{options}")
    yield _pointer(f"plnmap show {plain(name_of(summary.helpers[0].person))}{options}")


def _helper_cells(person: Person) -> list[str]:
    mentoring = [
        role for role in shown_roles(person) if role.removesuffix("?") in ("mentor", "peer_mentor", "mentee")
    ]
    return [
        plain(name_of(person)),
        number_of(person.thanked_days or 0, "day"),
        period(person.thanked_first, person.thanked_last),
        " · ".join(in_words(role) for role in mentoring),
        f"in touch #{person.in_touch}" if person.in_touch else "",
    ]


def _also_seen(person: Person) -> str:
    """What is seen of the help beside ego's thanks; nothing about a side that is not covered."""
    theirs = [
        f"offered help on {number_of(person.offered_days, 'day')}" if person.offered_days else "",
        f"thanked you on {person.thanked_back_days:,}" if person.thanked_back_days else "",
    ]
    if any(theirs):
        return f"their side: they {', and '.join(filter(None, theirs))}"
    if has_role(person, "peer_mentor"):
        return f"you helped them on {number_of(person.given_days or 0, 'day')}"
    return ""


def _quick_help(summary: Summary, options: str) -> Iterable[RenderableType]:
    quick = summary.quick_help
    if not quick.people:
        return
    line = Text(f"{number_of(quick.people, 'person', 'people')}, {number_of(quick.times, 'time')}; ")
    line.append(f"{quick.hardly_known:,} of them you hardly knew")
    yield _heading("Quick help", "single answers you thanked for")
    yield Padding(line, (0, 0, 0, 2))
    yield _pointer(f"plnmap thanks{options}")


def _learned_from(summary: Summary) -> Iterable[RenderableType]:
    if not summary.learned_from:
        return
    yield _heading("You learn from", "credited or quoted over months, seldom talked to")
    yield _names(
        summary.learned_from,
        lambda p: f"credited on {number_of(p.credit_days, 'day')}" if p.credit_days else "",
    )
    if any(role.endswith("?") for p in summary.learned_from for role in p.roles.split(";")):
        yield Text("  whether they answer you cannot be seen here", "dim")


def _helped(summary: Summary) -> Iterable[RenderableType]:
    if not summary.helped:
        return
    yield _heading("You help", "people you gave advice or something useful")
    yield _names(
        [helped.person for helped in summary.helped], lambda p: f"on {number_of(p.given_days or 0, 'day')}"
    )


def _in_touch(summary: Summary, options: str) -> Iterable[RenderableType]:
    if not summary.in_touch:
        return
    if summary.network.scale == "probability":
        yield _heading("In touch", "the chance that you contact them within 30 days")
    elif summary.network.ranked_by == "strength":
        yield _heading("In touch", "by how recently and how often; your days of contact, year by year")
    else:
        yield _heading(
            "In touch", "by days of contact against the time since: the test spoke for it (validate)"
        )
    rows = []
    for person, by_year in summary.in_touch:
        chance = f"{person.strength:.0%}" if summary.network.scale == "probability" else ""
        both = person.balance_label if person.balance_status == "value" else "–"
        rows.append(
            [
                chance,
                plain(name_of(person)),
                sparkline(by_year),
                number_of(person.days_out or 0, "day"),
                both or "–",
            ]
        )
    for cells in aligned(rows, right=[0, 3]):
        line = Text("  ")
        for cell, style in zip(cells, ("dim", "cyan", "green", "", "dim"), strict=True):
            line.append(cell, style)
        yield line
    if any(row[-1] == "–" for row in rows):
        yield Text("  –  whether it goes both ways is not observed: their side is not in the file", "dim")
    yield _pointer(f"plnmap people{options}")


def _quiet(summary: Summary) -> Iterable[RenderableType]:
    if not summary.quiet:
        return
    yield _heading("Gone quiet", "silent for far longer than usual, counted in days you posted")
    yield _names(summary.quiet, _quiet_words)


def _unseen(summary: Summary, options: str) -> Iterable[RenderableType]:
    if summary.unseen:
        yield Text("Not observable here: " + "; ".join(summary.unseen) + ".", "dim")
        yield _pointer("add a side: plnmap import --other-side THEIR-ARCHIVE.zip")
        yield _pointer("what is covered: plnmap status")
    if summary.network_size:
        yield Text(
            f"{summary.without_role:,} of {number_of(summary.network_size, 'person', 'people')}: "
            "too little evidence for a role. That is normal.",
            "dim",
        )


def _quiet_words(person: Person) -> str:
    if person.thanked_days:
        return f"helped you {period(person.thanked_first, person.thanked_last)}"
    return f"last {person.quiet_since:%b %Y}" if person.quiet_since else ""


def _telling(rows: list[Evidence]) -> Evidence:
    """The example that says most: thanks with words around them, the latest of those."""
    good = [row for row in rows if row.instrument == "thanks" and len((row.text or "").split()) >= 8]
    return (good or rows)[0]


def _names(people: list[Person], words: Callable[[Person], str]) -> RenderableType:
    line = Text()
    for i, person in enumerate(people[:NAMES_SHOWN]):
        line.append(", " if i else "")
        line.append(plain(name_of(person)), "cyan")
        said = words(person)
        line.append(f" ({said})" if said else "", "dim")
    if len(people) > NAMES_SHOWN:
        line.append(f" and {len(people) - NAMES_SHOWN:,} more", "dim")
    return Padding(line, (0, 0, 0, 2))


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
