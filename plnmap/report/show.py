"""One tie, opened: years, give and take, roles, and the posts behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from plnmap.analysis.story import Counts, Moment, Quarter, Story
from plnmap.analysis.summary import name_of
from plnmap.model import Evidence, Person
from plnmap.report.background import background_facts, background_sections
from plnmap.report.lines import heading
from plnmap.report.marks import bar, scale_mark, sparkline
from plnmap.report.own_word import labels_in_words
from plnmap.report.report import roles_in_words
from plnmap.report.values import both_ways, duration, interval, number_of, period, shorten, unaddressed
from plnmap.words import plain, plain_marked

Word = TypeVar("Word", str, tuple[str, str])

KIND_WORDS: Final = {
    "reply": ("reply", "replies"),
    "mention": ("mention", "mentions"),
    "quote": ("quote", "quotes"),
    "boost": ("boost", "boosts"),
    "favourite": ("favourite", "favourites"),
    "dm": ("direct message", "direct messages"),
}
LOOKS_LIKE: Final = {"brand": "a brand", "desk": "a service desk"}
RECENT_DAYS: Final = 365
"""A return from a long silence is news for a year."""
_LONGEST_ABOVE: Final = 140
"""Cells of the post that an answer stands below."""
_YEARS_AND_WORDS: Final = 35
"""Cells beside the columns of a sparkline."""
NOT_OBSERVED: Final = "not observed: their side is not in this file"
BY_CHANCE: Final = "for so much talk that could be chance: no ground for a role"


def render_tie(story: Story, most: int, options: str = "", *, why: bool = False) -> RenderableType:
    """The whole page about one person.

    Parameters
    ----------
    story
        What `plnmap.analysis.story.tell` returned.
    most
        Posts shown of each sort.
    options
        What a suggested command needs to be about the same file and ego.
    why
        Also name the rule that fired in each post.
    """
    again = f"plnmap show {plain(name_of(story.person))}{options}"
    parts: list[RenderableType] = [*_head(story), Rule(style="dim"), _facts(story), *_notes(story)]
    parts += background_sections(story.background)
    for title, caption, rows in (
        ("They helped you", "your own words of thanks, and what they offered", story.received),
        ("You helped them", "what you offered, and their thanks", story.given),
        ("You credited them", "with their name, or in a quote with a comment", story.credited),
    ):
        if rows:
            parts += [heading(title, caption), _posts(rows[:most], story, why)]
        if len(rows) > most:
            parts.append(Text(f"… {len(rows) - most:,} more: {again} --limit {len(rows)}", "dim"))
    if not why and (story.received or story.given or story.credited):
        parts.append(Text(f"\nby which rule each post was found: {again} --why", "dim"))
    parts += _ends(story)
    return Padding(Group(*parts), (0, 1))


def _head(story: Story) -> Iterable[RenderableType]:
    person = story.person
    title = Text(plain(name_of(person)), "bold cyan")
    if person.display_name:
        title.append(f"  {plain(person.display_name)}", "bold")
    yield title
    when = f", as of {story.network.as_of}" if story.network.as_of else ""
    line = Text(f"and {plain(story.network.ego.name)}{when}", "dim")
    yield line
    roles = roles_in_words(person)
    if person.account_kind in LOOKS_LIKE:
        yield _looks_like(person)
    if person.labels:
        yield Text(f"you call them: {labels_in_words(person.labels.split(';'))}", "bold")
    if roles:
        yield Text(f"shows evidence of: {roles}", "magenta")
        if "?" in roles:
            yield Text("?  holds as far as can be seen; the unseen side could change it", "dim")
    if person.gone_quiet and person.quiet_since:
        yield Text(f"gone quiet since {person.quiet_since}", "yellow")
    elif person.back_in_touch and _is_recent(story):
        yield Text(f"back in touch on {person.back_in_touch}, after a long silence", "green")


def _looks_like(person: Person) -> Text:
    line = Text(f"looks like {LOOKS_LIKE[person.account_kind]}: ", "yellow")
    line.append(shorten(plain(person.account_kind_why), 0, 200))
    if person.is_provider:
        line.append("; no mentor, then, unless you label them as one", "dim")
    return line


def _notes(story: Story) -> Iterable[RenderableType]:
    for note in story.notes:
        line = Text(f"\nyour note, {note.said_at:%Y-%m-%d}  ", "dim")
        line.append(plain(note.text), "not dim")
        yield line


def _is_recent(story: Story) -> bool:
    returned, now = story.person.back_in_touch, story.network.as_of
    return returned is not None and now is not None and (now - returned).days <= RECENT_DAYS


def _facts(story: Story) -> RenderableType:
    person = story.person
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True, style="dim", width=13)
    grid.add_column(ratio=1)
    for label, value in (
        ("contact days", _OverTime(story.quarters) if story.quarters else "no dated contact"),
        ("you → them", _counts(story.counts_out, person.days_out)),
        ("them → you", _counts(story.counts_in, person.days_in)),
        ("in touch", _strength(story)),
        ("both ways", _balance(person)),
        ("who helped", _help_share(person)),
        ("they answer", _answers(person)),
        ("help received", _help_received(person)),
        ("help given", _help_given(person)),
        ("credited", number_of(person.credit_days, "day") if person.credit_days else ""),
        ("follows", _follows(person)),
        *background_facts(story.background),
    ):
        if value:
            grid.add_row(label, value)
    return grid


class _OverTime:
    """Days of contact quarter by quarter, or year by year where there is little room; each side on a line."""

    def __init__(self, quarters: list[Quarter]) -> None:
        self.quarters = quarters

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        first, last = self.quarters[0].year, self.quarters[-1].year
        by_quarter = len(self.quarters) + _YEARS_AND_WORDS <= options.max_width
        spans = (
            [[each] for each in self.quarters]
            if by_quarter
            else [[each for each in self.quarters if each.year == year] for year in range(first, last + 1)]
        )
        sides = {"you": [sum(each.days_out for each in span) for span in spans]}
        if self.quarters[0].days_in is not None:
            sides["they"] = [sum(each.days_in or 0 for each in span) for span in spans]
        highest = max(max(days) for days in sides.values())
        for who, days in sides.items():
            line = Text(f"{who:4} {first} ", "dim", no_wrap=True, overflow="ellipsis")
            line.append(sparkline(days, highest), "not dim green")
            line.append(f" {last}  up to {max(days)} a {'quarter' if by_quarter else 'year'}")
            yield line


def _counts(counts: Counts | None, days: int | None) -> str:
    if counts is None:
        return NOT_OBSERVED
    said = [number_of(n, *KIND_WORDS[kind]) for kind, n in counts._asdict().items() if n]
    if not said:
        return "nothing"
    return f"{', '.join(said)}; " + (f"contact on {number_of(days, 'day')}" if days else "no dated contact")


def _strength(story: Story) -> Text | str:
    person = story.person
    if person.strength_status != "value" or person.strength is None:
        return person.strength_reason or "no contact"
    line = Text(bar(person.strength, 10), "green")
    is_index = story.network.scale == "index"
    said = f"{person.strength:.2f}" if is_index else f"{person.strength:.0%} chance of contact within 30 days"
    line.append(f" {said}, #{person.in_touch} of {_ranked(story):,}")
    if person.thin:
        line.append("; thin, on fewer than 3 days", "yellow")
    if is_index:
        line.append("; an index, not a probability", "dim")
    for said in _course(person):
        line.append(f"\n{said}", "dim")
    return line


def _course(person: Person) -> Iterator[str]:
    """How contact went over time, in plain words; what researchers call it stands in brackets."""
    if person.persistence is not None:
        yield f"contact in {person.persistence:.0%} of the months since the first (persistence)"
    if person.burstiness is not None:
        how = _by_sign(person.burstiness, "more regular than by", "as by", "more in bursts than by")
        yield f"days of contact come {how} chance (burstiness {person.burstiness:+.2f})"
    if person.trend is not None:
        how, than = _by_sign(person.trend, ("less", "than"), ("as much", "as"), ("more", "than"))
        yield f"{how} contact in the last 90 days {than} in the 90 before (trend {person.trend:+.2f})"
    if person.circle is not None:
        yield f"circle {person.circle} of your network" + (", the innermost" if person.circle == 1 else "")


def _by_sign(number: float, below: Word, zero: Word, above: Word) -> Word:
    """The word for a number, as it is printed with two digits."""
    shown = round(number, 2)
    return below if shown < 0 else above if shown > 0 else zero


def _ranked(story: Story) -> int:
    return sum(person.in_touch is not None for person in story.network.people)


def _balance(person: Person) -> Text | str:
    if person.balance_status == "not_observed":
        return NOT_OBSERVED
    if person.balance_status != "value":
        return both_ways(person)
    said = f"{person.balance_label}: {{}} of the contact days are theirs"
    return _tilt(said, person.balance, person.balance_lo, person.balance_hi)


def _help_share(person: Person) -> Text | str:
    """Which way help went, where both sides were seen and any of it was."""
    if person.help_share_status != "value" or not (_help_received(person) or _help_given(person)):
        return ""
    return _tilt("{} of the help was theirs", person.help_share, person.help_share_lo, person.help_share_hi)


def _tilt(said: str, share: float | None, lo: float | None, hi: float | None) -> Text | str:
    """A share of theirs on a scale from you to them, then in words."""
    if share is None:
        return ""
    line = Text("you ", "dim")
    line.append(scale_mark(share, lo, hi), "not dim green")
    line.append(" they  ")
    line.append(said.format(interval(share, lo, hi)), "not dim")
    return line


def _answers(person: Person) -> str:
    if person.response_status == "not_observed":
        return NOT_OBSERVED
    if person.response_rate is None:
        return f"{person.response_n} of 5 posts needed to tell"
    said = f"{person.response_rate:.0%} of {number_of(person.response_n, 'post')} within a week"
    if person.response_hours is not None:
        said += f", half of them in {duration(person.response_hours)}"
    return said


def _help_received(person: Person) -> str:
    said = []
    if person.thanked_days:
        words = f"you thanked them for help on {number_of(person.thanked_days, 'day')}"
        said.append(f"{words}, {period(person.thanked_first, person.thanked_last)}")
        if person.help_in_thanks is not None:
            estimate = interval(person.help_in_thanks, person.help_in_thanks_lo, person.help_in_thanks_hi, 0)
            said.append(f"that stands for about {estimate} days of thanks: the rules miss some")
        else:
            said.append(f"{BY_CHANCE}; the thanks are facts all the same, and in plnmap thanks")
    elif person.help_in_thanks_status == "not_observed":
        said.append("your posts to them are in a language without rules: not observed")
    if person.offered_days is not None:
        said.append(
            f"they offered advice, answers or something useful on {number_of(person.offered_days, 'day')}"
        )
    return "\n".join(said)


def _help_given(person: Person) -> str:
    said = []
    if person.given_days:
        said.append(
            f"you offered advice, answers or something useful on {number_of(person.given_days, 'day')}"
        )
        if person.help_out_offers is None:
            said.append(BY_CHANCE)
    if person.thanked_back_days is not None:
        said.append(f"they thanked you for help on {number_of(person.thanked_back_days, 'day')}")
    return "\n".join(said)


def _follows(person: Person) -> str:
    known = {
        (True, True): "each other",
        (True, False): "you follow them, they do not follow you",
        (False, True): "they follow you, you do not follow them",
        (False, False): "neither",
        (True, None): "you follow them; whether they follow you is not observed",
        (None, True): "they follow you; whether you follow them is not observed",
    }
    return known.get((person.follows_out, person.follows_in), "")


def _posts(rows: list[Evidence], story: Story, why: bool) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    # An address is broken rather than cut: it would not open any more.
    grid.add_column(ratio=1, overflow="fold")
    for row in rows:
        who = "they" if (row.direction, row.instrument) in (("in", "offers"), ("out", "thanks")) else "you"
        if above := _above(row, story):
            # Else it would seem to belong to the post before.
            if grid.row_count:
                grid.add_row("", "")
            grid.add_row("", above)
        grid.add_row(f"{row.day or ''}\n{who} wrote", _marked(row, why))
    return grid


def _above(row: Evidence, story: Story) -> Text | None:
    """What a post answers, and whose words those are."""
    said = shorten(unaddressed(row.above_text or ""), 0, _LONGEST_ABOVE)
    if not said:
        return None
    return Text(f"below {_whose(row.above_account or '', story)} “{said}”", "dim italic")


def _whose(account: str, story: Story) -> str:
    third = story.network.person(account)
    named = f"{plain(name_of(third))}’s" if third and third.handle else "somebody else’s"
    return {story.network.ego.account: "your", story.person.account: "their"}.get(account, named)


def _marked(row: Evidence, why: bool) -> Text:
    """A post with the words that fired, where it can be opened, and which rule it was if that was asked."""
    marked = plain_marked(row.text or "", row.start or 0, row.stop or 0)
    line = Text(marked.text)
    line.stylize("bold", marked.start, marked.stop)
    line.append(f"\n{row.url or row.post}" + (f"  {row.rule}" if why else ""), "dim")
    return line


def _ends(story: Story) -> Iterable[RenderableType]:
    if story.first is None:
        return
    yield Text("")
    yield _moment("first", story.first)
    if story.last is not None and story.last.post != story.first.post:
        yield _moment("latest", story.last)


def _moment(word: str, moment: Moment) -> RenderableType:
    line = Text(f"{word} {moment.kind} {moment.day}  ", "dim")
    line.append(shorten(plain(moment.text or ""), 0, 200))
    return line
