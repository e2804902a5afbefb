"""The report: one screen about one ego's network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from plnmap.analysis.summary import Helped, Summary, has_role, name_of, years_of
from plnmap.analysis.summary import shown_roles as shown_roles
from plnmap.analysis.topics.about import UNCLEAR, About
from plnmap.model import Evidence, HeldRole, Person
from plnmap.report.lines import Columns, heading, indented, quoted
from plnmap.report.marks import sparkline
from plnmap.report.values import both_ways, listed, number_of, on_what, period
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


def render_report(summary: Summary, options: str = "", file: str = "") -> RenderableType:
    """The whole screen; it adapts to the width it is printed at.

    Parameters
    ----------
    summary
        What `plnmap.analysis.summary.summarise` returned.
    options
        What suggested commands need to be about the same file and ego.
    file
        What they need where they take no ego.
    """
    parts: list[RenderableType] = [*_header(summary), Rule(style="dim")]
    for section in (
        _helpers(summary, options),
        _quick_help(summary, options),
        _learned_from(summary),
        _helped(summary),
        _in_touch(summary, options),
        _quiet(summary, options),
    ):
        parts.extend(section)
    parts.append(Rule(style="dim"))
    parts.extend(_unseen(summary, file))
    return Padding(Group(*parts), (0, 1))


def in_words(role: str) -> str:
    """A role in small print; a trailing ? stays.

    >>> in_words("peer_mentor?")
    'peer mentor?'
    """
    name = role.removesuffix("?")
    return ROLE_WORDS.get(name, name) + role[len(name) :]


def held_in_words(held: HeldRole) -> str:
    """A role that holds, in small print; a ? where the unseen side could change it."""
    return in_words(held.role if held.sure else f"{held.role}?")


def roles_in_words(person: Person) -> str:
    """All roles worth showing, in one line."""
    return " · ".join(in_words(role) for role in shown_roles(person))


def _header(summary: Summary) -> Iterable[RenderableType]:
    ego = summary.network.ego
    title = Text("Your PLN · ", "bold")
    title.append(plain(ego.name), "bold cyan")
    title.append(f" · {PLATFORMS[ego.platform]}", "bold")
    if summary.network.as_of:
        title.append(f" · as of {summary.network.as_of}")
    yield title
    yield Text(" · ".join(size_in_words(summary)))
    for said in [*sides_in_words(summary), *settings_in_words(summary)]:
        yield Text(said, "dim")


def size_in_words(summary: Summary) -> list[str]:
    """How much there is of ego and from when to when, as far as a source shows it."""
    said = []
    if summary.posts is not None:
        first, last = summary.network.ego.first, summary.last_post
        dated = f" {first:%Y-%m-%d} → {last}" if first and last else ""
        said += [
            number_of(summary.posts, "post") + dated,
            f"{number_of(summary.network_size, 'person', 'people')} talked with",
        ]
    if summary.followed is not None:
        said.append(f"{summary.followed:,} followed")
    return said


def sides_in_words(summary: Summary) -> list[str]:
    """Whose side is in the file, and until when, in sentences."""
    if summary.posts is None:
        return ["Your posts are not in this file: import your archive to see more than whom you follow."]
    others = _few([plain(name) for name in summary.other_sides])
    if summary.incoming_collected:
        more = f"; also the posts of {others}" if others else ""
        said = [f"Your side, and what others wrote to you{more}."]
    elif others:
        said = [f"Your side, and that of {others}; of all others only your side is here."]
    else:
        said = ["Your side only: what others wrote is not in this file."]
    if summary.idle_since:
        said.append(f"You posted little after {summary.idle_since:%b %Y}: “now” is about then.")
    return said


def settings_in_words(summary: Summary) -> list[str]:
    """By which thresholds and rates of the user's own, one sentence, if any."""
    changes = summary.network.settings.changes()
    return [f"By your own settings: {', '.join(changes)}."] if changes else []


def _helpers(summary: Summary, options: str) -> Iterable[RenderableType]:
    if not summary.helpers:
        if summary.posts is not None:
            yield heading("Who helped you", "no repeated thanks for help found; that is common")
        yield from _by_own_word(summary)
        return
    yield heading("Who helped you", "days on which you thanked them for help; most evidence first")
    shown = summary.helpers[:HELPERS_SHOWN]
    yield Columns(
        [_helper_cells(each.person) for each in shown],
        ("bold cyan", "", "", "magenta", "dim"),
        right=[1],
        spare=[4],
        below=[list(_about(each, summary.about.get(each.person.account, UNCLEAR))) for each in shown],
    )
    more = len(summary.helpers) - HELPERS_SHOWN
    if more > 0:
        yield _pointer(f"{more:,} more: plnmap people --role mentor{options}")
    if summary.also_thanked:
        enough = summary.network.settings.roles.help_days
        yield _pointer(
            f"{summary.also_thanked:,} more you thanked on {enough} days or more, no mentors by the rules or "
            f"by your word: plnmap thanks{options}"
        )
    yield from _by_own_word(summary)
    yield _pointer(f"plnmap show {plain(name_of(summary.helpers[0].person))}{options}")


def _by_own_word(summary: Summary) -> Iterable[RenderableType]:
    if summary.by_own_word:
        names = listed([plain(name_of(person)) for person in summary.by_own_word])
        yield indented(f"by your own word: {names}", cells=3)


def _about(helped: Helped, about: About) -> Iterable[RenderableType]:
    yield indented(f"on what: {on_what(about)}", "green", cells=5)
    seen = _also_seen(helped.person)
    if seen:
        yield indented(seen, "dim", cells=5)
    if helped.evidence:
        yield quoted(telling(helped.evidence), indent=5)


def _helper_cells(person: Person) -> list[str]:
    mentoring = [
        role for role in shown_roles(person) if role.removesuffix("?") in ("mentor", "peer_mentor", "mentee")
    ]
    return [
        plain(name_of(person)),
        number_of(person.thanked_days, "day") if person.thanked_days else "",
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
    if has_role(person, "peer_mentor") and person.given_days:
        return f"you helped them on {number_of(person.given_days, 'day')}"
    return ""


def _quick_help(summary: Summary, options: str) -> Iterable[RenderableType]:
    quick = summary.quick_help
    if not quick.people:
        return
    line = Text(f"{number_of(quick.people, 'person', 'people')}, {number_of(quick.times, 'time')}; ")
    line.append(f"{quick.hardly_known:,} of them you hardly knew")
    line.append(
        f" (you wrote to them on {summary.network.settings.episodes.hardly_known_days} days or fewer)", "dim"
    )
    yield heading("Quick help", "single answers you thanked for")
    yield Padding(line, (0, 0, 0, 2))
    yield _pointer(f"plnmap thanks{options}")


def _learned_from(summary: Summary) -> Iterable[RenderableType]:
    if not summary.learned_from:
        return
    yield heading("You learn from", "credited or quoted over months, seldom talked to")
    yield _names(summary.learned_from, credit_in_words)
    if any(role.endswith("?") for p in summary.learned_from for role in p.roles.split(";")):
        yield indented("whether they answer you cannot be seen here", "dim")


def _helped(summary: Summary) -> Iterable[RenderableType]:
    if not summary.helped:
        return
    yield heading("You help", "people you gave advice, answers or something useful")
    yield _names([helped.person for helped in summary.helped], help_given_in_words)


def _in_touch(summary: Summary, options: str) -> Iterable[RenderableType]:
    if not summary.in_touch:
        return
    if summary.network.scale == "probability":
        order = "chance of contact within 30 days"
    elif summary.network.ranked_by == "strength":
        order = "by how recently and how often"
    else:
        order = "by days of contact against the time since: the test spoke for it (validate)"
    years = years_of(summary.network)
    over = f"; days of contact a year, {years[0]}–{years[-1]}" if years else ""
    yield heading("In touch", order + over)
    rows = []
    for person, by_year in summary.in_touch:
        chance = f"{person.strength:.0%}" if summary.network.scale == "probability" else ""
        rows.append(
            [
                chance,
                plain(name_of(person)),
                "" if person.days_out is None else sparkline(by_year),
                "" if person.days_out is None else number_of(person.days_out, "day"),
                both_ways(person),
            ]
        )
    yield Columns(rows, ("dim", "cyan", "green", "", "dim"), right=[0, 3])
    if any(row[-1] == "–" for row in rows):
        yield indented("–  whether it goes both ways is not observed: their side is not in the file", "dim")
    yield _pointer(f"plnmap people{options}")


def _quiet(summary: Summary, options: str) -> Iterable[RenderableType]:
    if not summary.quiet:
        return
    yield heading("Gone quiet", "silent for far longer than usual, counted in days you posted")
    yield _names(summary.quiet, quiet_in_words)
    if len(summary.quiet) > NAMES_SHOWN:
        yield _pointer(f"plnmap people --role gone_quiet{options}")


def _unseen(summary: Summary, file: str) -> Iterable[RenderableType]:
    if summary.unseen:
        yield Text(f"Not observable here: {plain('; '.join(summary.unseen))}.", "dim")
        yield _pointer(f"add a side: plnmap import --other-side THEIR-ARCHIVE.zip{file}")
        if not summary.incoming_collected:
            platform = summary.network.ego.account.partition(":")[0]
            yield _pointer(f"or ask the platform: plnmap collect {platform}{file}")
        yield _pointer(f"what is covered: plnmap status{file}")
    if summary.network_size:
        yield Text(
            f"{summary.without_role:,} of the {number_of(summary.network_size, 'person', 'people')} "
            "you talked with: too little evidence for a role. That is normal.",
            "dim",
        )


def credit_in_words(person: Person) -> str:
    """On how many days ego credited somebody."""
    return f"credited on {number_of(person.credit_days, 'day')}" if person.credit_days else ""


def help_given_in_words(person: Person) -> str:
    """On how many days ego helped somebody, in ego's own words or, failing those, in theirs."""
    if person.given_days:
        return f"on {number_of(person.given_days, 'day')}"
    back = person.thanked_back_days
    return f"they thanked you on {number_of(back, 'day')}" if back else ""


def quiet_in_words(person: Person) -> str:
    """What there was with somebody gone quiet."""
    if person.thanked_days:
        return f"helped you {period(person.thanked_first, person.thanked_last)}"
    return f"last {person.quiet_since:%b %Y}" if person.quiet_since else ""


def telling(rows: list[Evidence]) -> Evidence:
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


def _pointer(text: str) -> RenderableType:
    return indented(f"→ {text}", "dim")


def _few(names: list[str]) -> str:
    return listed(names if len(names) <= 3 else [*names[:2], f"{len(names) - 2:,} others"])
