"""Whom to thank: helpers with dated examples in the ego's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.analysis.gratitude import Thanked
from plnmap.analysis.summary import Helped, name_of
from plnmap.report.report import FitText
from plnmap.report.values import number_of, period
from plnmap.words import plain

PEOPLE_SHOWN: Final = 20
ONCE_SHOWN: Final = 15
CREDITED_SHOWN: Final = 8


def render_thanks(found: Thanked, most: int, options: str = "") -> RenderableType:
    """Helpers on several days with examples, then those who helped once, then those only credited.

    Parameters
    ----------
    found
        What `plnmap.analysis.gratitude.thanked` returned.
    most
        Examples of each person.
    options
        What suggested commands need to be about the same file and ego.
    """
    ego = plain(found.network.ego.name)
    since = f" since {found.since}" if found.since else ""
    several = [helped for helped in found.helpers if _days(helped) > 1]
    once = [helped for helped in found.helpers if _days(helped) == 1]
    parts: list[RenderableType] = [
        Text(f"Who helped {ego}{since}, in {ego}'s own words", "bold"),
        Text(
            "Thanks for help that the rules recognise, less than half of all: people are missing here.",
            "dim",
        ),
    ]
    if not found.helpers:
        parts.append(
            Text("\nNo thanks for help found. That says nothing about help that was not thanked for here.")
        )
    for helped in several[:PEOPLE_SHOWN]:
        parts.extend(_helper(helped, most, options))
    if len(several) > PEOPLE_SHOWN:
        parts.append(Text(f"\n… {len(several) - PEOPLE_SHOWN:,} more: --format csv lists all", "dim"))
    parts.extend(_once(once))
    parts.extend(_credited(found))
    return Padding(Group(*parts), (0, 1))


def thanks_rows(found: Thanked, most: int | None) -> list[dict[str, Any]]:
    """The posts of thanks as rows for a file, the helper with most days first.

    Parameters
    ----------
    found
        What `plnmap.analysis.gratitude.thanked` returned.
    most
        Examples of each person; None for all.
    """
    return [
        {
            "who": name_of(helped.person),
            "account": helped.person.account,
            "day": row.day,
            "text": row.text,
            "where": row.url or row.post,
            "rule": row.rule,
        }
        for helped in found.helpers
        for row in helped.evidence[:most]
    ]


def _days(helped: Helped) -> int:
    return len({row.day for row in helped.evidence})


def _helper(helped: Helped, most: int, options: str) -> Iterable[RenderableType]:
    days = [row.day for row in helped.evidence if row.day]
    line = Text("\n")
    line.append(plain(name_of(helped.person)), "bold cyan")
    line.append(f"  {number_of(_days(helped), 'day')}, {period(min(days), max(days))}" if days else "")
    yield line
    for row in helped.evidence[:most]:
        yield FitText(row, indent=2)
    if len(helped.evidence) > most:
        more = len(helped.evidence) - most
        yield Text(f"  … {more:,} more: plnmap show {plain(name_of(helped.person))}{options}", "dim")


def _once(once: list[Helped]) -> Iterable[RenderableType]:
    if not once:
        return
    line = Text("\n")
    line.append("Helped once", "bold")
    line.append(f"  {number_of(len(once), 'person', 'people')}, newest first", "dim")
    yield line
    newest = sorted(once, key=lambda helped: str(helped.evidence[0].day), reverse=True)
    for helped in newest[:ONCE_SHOWN]:
        name = Text("  ")
        name.append(plain(name_of(helped.person)), "cyan")
        yield name
        yield FitText(helped.evidence[0], indent=4)
    if len(once) > ONCE_SHOWN:
        yield Text(f"  … {len(once) - ONCE_SHOWN:,} more: --format csv lists all", "dim")


def _credited(found: Thanked) -> Iterable[RenderableType]:
    if not found.credited_only:
        return
    line = Text("\n")
    line.append("Credited, never thanked", "bold")
    line.append("  you passed on what they wrote, with their name", "dim")
    yield line
    for helped in found.credited_only[:CREDITED_SHOWN]:
        name = Text("  ")
        name.append(plain(name_of(helped.person)), "cyan")
        name.append(f"  {number_of(_days(helped), 'day')}")
        yield name
        yield FitText(helped.evidence[0], indent=4)
    if len(found.credited_only) > CREDITED_SHOWN:
        yield Text(f"  … {len(found.credited_only) - CREDITED_SHOWN:,} more", "dim")
