"""Whom to thank: helpers with dated examples in the ego's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.analysis.help.gratitude import Period, Thanked
from plnmap.analysis.summary import Helped, name_of
from plnmap.analysis.topics.about import UNCLEAR, About
from plnmap.model import Evidence, Person
from plnmap.report.lines import heading, indented, quoted
from plnmap.report.values import day_of, excerpt, listed, number_of, on_what, period
from plnmap.words import plain

PEOPLE_SHOWN: Final = 20
ONCE_SHOWN: Final = 15
CREDITED_SHOWN: Final = 8
TALKS_SHOWN: Final = 8
NAMES_SHOWN: Final = 8
INTRODUCTION: Final = (
    "Thanks for help that the rules recognise, most days first. They miss three in ten or more: people are "
    "missing here. Thanks are facts; a role is a judgement and takes more, so some have thanks and no role."
)
LONGEST_POST: Final = 500
"""Characters of a post in a draft: nearly all posts are shorter."""


def render_thanks(found: Thanked, most: int, options: str = "") -> RenderableType:
    """Helpers on several days with examples, then those who helped once, then those only credited.

    Parameters
    ----------
    found
        What `plnmap.analysis.help.gratitude.thanked` returned.
    most
        Examples of each person.
    options
        What suggested commands need to be about the same file and ego.
    """
    ego = plain(found.network.ego.name)
    narrowed = f" since {found.since}" if found.since else ""
    narrowed += f" about {plain(found.topic)}" if found.topic else ""
    several = [helped for helped in found.helpers if _days(helped) > 1]
    once = [helped for helped in found.helpers if _days(helped) == 1]
    parts: list[RenderableType] = [
        Text(f"Who helped {ego}{narrowed}, in {ego}'s own words", "bold"),
        Text(INTRODUCTION, "dim"),
    ]
    if not found.helpers:
        parts.append(
            Text("\nNo thanks for help found. That says nothing about help that was not thanked for here.")
        )
    parts.extend(_periods(found.periods))
    for helped in several[:PEOPLE_SHOWN]:
        parts.extend(_helper(helped, found.about.get(helped.person.account, UNCLEAR), most, options))
    if len(several) > PEOPLE_SHOWN:
        parts.append(Text(f"\n… {len(several) - PEOPLE_SHOWN:,} more: --format csv lists all", "dim"))
    parts.extend(_conversations(found, options))
    parts.extend(_once(once))
    parts.extend(_credited(found))
    if several:
        first = plain(name_of(several[0].person))
        parts.append(Text(f"\n  → a note to copy: plnmap thanks --draft {first}{options}", "dim"))
    return Padding(Group(*parts), (0, 1))


def thanks_rows(found: Thanked, most: int | None) -> list[dict[str, Any]]:
    """The posts of thanks as rows for a file, the helper with most days first.

    Parameters
    ----------
    found
        What `plnmap.analysis.help.gratitude.thanked` returned.
    most
        Examples of each person; None for all.
    """
    rows = []
    for helped in found.helpers:
        about = found.about.get(helped.person.account, UNCLEAR)
        for row in helped.evidence[:most]:
            episode = found.episodes.get(row.post)
            rows.append(
                {
                    "who": name_of(helped.person),
                    "account": helped.person.account,
                    "day": row.day,
                    "text": row.text,
                    "where": row.url or row.post,
                    "rule": row.rule,
                    "question": episode.asked_post if episode else None,
                    "answer": episode.answer_post if episode else None,
                    "about": ", ".join(topic.term for topic in about.received),
                }
            )
    return rows


def render_draft(found: Thanked, helped: Helped, most: int) -> str:
    """A note of thanks to copy, in plain text; nothing is sent.

    Parameters
    ----------
    found
        What `plnmap.analysis.help.gratitude.thanked` returned.
    helped
        Whom the note is for.
    most
        Examples named, the earliest and the latest among them.
    """
    name = plain(helped.person.display_name or name_of(helped.person))
    days = sorted({row.day for row in helped.evidence if row.day})
    # Where words are not kept, the days are told and nothing is quoted.
    examples = _spread([row for row in reversed(helped.evidence) if row.day and row.text], most)
    about = found.about.get(helped.person.account, UNCLEAR)
    times = f"on {number_of(len(days), 'day')}" if len(days) > 1 else "once"
    lines = [
        f"Dear {name},",
        "",
        f"I went through what I posted over the years, and found that you helped me {times}"
        + (f", with {listed([plain(topic.term) for topic in about.received[:3]])}" if about.received else "")
        + (". I wrote at the time:" if examples else "."),
        "",
        *(f"  {row.day:%d %B %Y}: “{excerpt(row, LONGEST_POST)}”" for row in examples if row.day),
        *([""] if examples else []),
        "I do not think I ever told you how much that helped. Thank you.",
    ]
    return "\n".join(lines) + "\n"


def _spread(rows: list[Evidence], most: int) -> list[Evidence]:
    """At most so many rows, evenly from the first to the last.

    >>> _spread(list("abcde"), 3), _spread(list("ab"), 3)
    (['a', 'c', 'e'], ['a', 'b'])
    """
    if len(rows) <= most:
        return rows
    return [rows[round(i * (len(rows) - 1) / max(most - 1, 1))] for i in range(most)]


def _name(person: Person) -> Text:
    return Text("  ").append(plain(name_of(person)), "cyan")


def _days(helped: Helped) -> int:
    return len({row.day for row in helped.evidence})


def _periods(periods: list[Period]) -> Iterable[RenderableType]:
    """Who helped before and after each event that ego named."""
    told = [period for period in periods if period.helpers]
    if not told:
        return
    yield Text("\nBy what went on in your life", "bold")
    for each in told:
        line = Text("  ")
        if each.event:
            line.append(f"since {plain(each.event.words)}", "bold")
            line.append(f" ({day_of(each.event)})  ", "dim")
        else:
            line.append("before that  ", "bold")
        for i, (person, days) in enumerate(each.helpers[:NAMES_SHOWN]):
            line.append(", " if i else "")
            line.append(plain(name_of(person)), "cyan")
            line.append(f" on {days} days" if days > 1 else "", "dim")
        if len(each.helpers) > NAMES_SHOWN:
            line.append(f" and {len(each.helpers) - NAMES_SHOWN:,} more", "dim")
        yield line


def _helper(helped: Helped, about: About, most: int, options: str) -> Iterable[RenderableType]:
    days = [row.day for row in helped.evidence if row.day]
    line = Text("\n")
    line.append(plain(name_of(helped.person)), "bold cyan")
    line.append(f"  {number_of(_days(helped), 'day')}, {period(min(days), max(days))}" if days else "")
    yield line
    yield indented(f"on what: {on_what(about)}", "green")
    for row in helped.evidence[:most]:
        yield quoted(row, indent=2)
    if len(helped.evidence) > most:
        more = len(helped.evidence) - most
        yield Text(f"  … {more:,} more: plnmap show {plain(name_of(helped.person))}{options}", "dim")


def _conversations(found: Thanked, options: str) -> Iterable[RenderableType]:
    if not found.conversations:
        return
    yield heading("Helped at length", "talks of several turns with help that you took up, newest first")
    people = {person.account: person for person in found.network.people}
    for each in found.conversations[:TALKS_SHOWN]:
        yield _name(people[each.account]).append(f"  {each.day}", "dim")
    if len(found.conversations) > TALKS_SHOWN:
        yield Text(f"  … {len(found.conversations) - TALKS_SHOWN:,} more: plnmap episodes{options}", "dim")


def _once(once: list[Helped]) -> Iterable[RenderableType]:
    if not once:
        return
    yield heading("Helped once", f"{number_of(len(once), 'person', 'people')}, newest first")
    newest = sorted(once, key=lambda helped: str(helped.evidence[0].day), reverse=True)
    for helped in newest[:ONCE_SHOWN]:
        yield _name(helped.person)
        yield quoted(helped.evidence[0], indent=4)
    if len(once) > ONCE_SHOWN:
        yield Text(f"  … {len(once) - ONCE_SHOWN:,} more: --format csv lists all", "dim")


def _credited(found: Thanked) -> Iterable[RenderableType]:
    if not found.credited_only:
        return
    yield heading("Credited, no thanks for help found", "you passed on what they wrote, with their name")
    for helped in found.credited_only[:CREDITED_SHOWN]:
        yield _name(helped.person).append(f"  {number_of(_days(helped), 'day')}")
        yield quoted(helped.evidence[0], indent=4)
    if len(found.credited_only) > CREDITED_SHOWN:
        yield Text(f"  … {len(found.credited_only) - CREDITED_SHOWN:,} more: --format json lists all", "dim")
