"""Help episodes on a screen and as rows: who asked, who answered, who said thanks, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.analysis.egos import screen_name
from plnmap.analysis.help.episode_summary import EpisodeSummary, Told
from plnmap.analysis.help.episodes import Said, is_help
from plnmap.analysis.summary import name_of
from plnmap.model import Episode
from plnmap.report.lines import Quotation
from plnmap.report.values import duration, number_of, shorten, unaddressed
from plnmap.words import plain

KIND_WORDS: Final = {
    "asked_answered_thanked": "asked, answered, thanked",
    "acknowledged": "thanked",
    "answered_offer": "asked and answered",
    "offered": "offered",
    "answered": "asked and answered, perhaps mere talk",
}
UNSEEN: Final = "not seen"
_PARTS: Final = {
    "in": ("you asked", "they answered", "you thanked"),
    "out": ("they asked", "you answered", "they thanked"),
}
_UNSEEN_PARTS: Final = {
    "in": ("your question", "their answer", "your thanks"),
    "out": ("their question", "your answer", "their thanks"),
}
_LABEL_WIDTH: Final = 13


def render_episodes(told: Told, most: int, *, everything: bool = False, options: str = "") -> RenderableType:
    """Episodes, newest first, under what became of ego's questions.

    Parameters
    ----------
    told
        What `plnmap.analysis.help.episode_summary.tell_episodes` returned.
    most
        Episodes shown.
    everything
        Also show episodes that weigh too little to be taken for help.
    options
        What suggested commands need to be about the same file and ego.
    """
    network = told.network
    hardly = network.settings.episodes.hardly_known_days
    title = Text("Help episodes", "bold")
    title.append(
        f"  {plain(network.ego.name)}" + (f", as of {network.as_of}" if network.as_of else ""), "dim"
    )
    parts: list[RenderableType] = [title]
    if not told.narrowed:
        parts.extend(Text(line) for line in _summary(told.summary, hardly))
    shown = [each for each in told.chosen if everything or is_help(each)]
    names = {person.account: name_of(person) for person in network.people}
    for each in shown[:most]:
        parts.extend(_episode(each, told.texts, names, hardly))
    if not shown:
        parts.append(Text("\nNo episode here. Help that left no such trace is not in this file."))
    if len(shown) > most:
        parts.append(Text(f"\n… {len(shown) - most:,} more: --limit {len(shown)}, or --format csv", "dim"))
    weak = len(told.chosen) - len(shown)
    if weak:
        parts.append(
            Text(f"\n{number_of(weak, 'episode')} with too little to be taken for help: --all", "dim")
        )
    if shown:
        first = plain(names.get(shown[0].account, shown[0].account))
        parts.append(Text(f"\n  → plnmap show {first}{options}", "dim"))
    return Padding(Group(*parts), (0, 1))


def episode_rows(told: Told) -> list[dict[str, Any]]:
    """One row per episode: all its columns, what the alter is called, and what the posts say."""
    names = {person.account: name_of(person) for person in told.network.people}
    rows = []
    for each in told.chosen:
        row = {"who": names.get(each.account), **each._asdict()}
        for part in ("asked", "answer", "thanked"):
            said = told.texts.get(row[f"{part}_post"])
            row[f"{part}_text"] = said.text if said else None
            row[f"{part}_url"] = said.url if said else None
        rows.append(row)
    return rows


def short_rows(told: Told) -> list[dict[str, str]]:
    """The episodes as text cells, for Markdown."""
    names = {person.account: name_of(person) for person in told.network.people}
    return [
        {
            "day": each.day.isoformat(),
            "who": names.get(each.account, each.account),
            "help": "received" if each.direction == "in" else "given",
            "kind": KIND_WORDS[each.kind],
            **{
                part: shorten(unaddressed(said.text or ""), 0, 100) if said else UNSEEN
                for part, said in (
                    ("asked", told.texts.get(each.asked_post or "")),
                    ("answered", told.texts.get(each.answer_post or "")),
                    ("thanked", told.texts.get(each.thanked_post or "")),
                )
            },
        }
        for each in told.chosen
    ]


def _summary(about: EpisodeSummary, hardly: int) -> Iterable[str]:
    """What is known in words; a number for nothing that was not seen. `hardly` days are hardly known."""
    asked, answered, hours = about.questions, about.answered, about.hours_to_answer
    if asked.value is None:
        yield "What you asked is not observed: your own posts are not in this file."
    else:
        line = f"You asked {number_of(round(asked.value), 'question')}."
        if answered.value is None:
            line += " Whether they were answered is not observed."
        else:
            line += f" {number_of(round(answered.value), 'answer')} seen"
            line += f", half of them within {duration(hours.value)}." if hours.value is not None else "."
        yield line
    if about.acknowledged.value:
        yield f"You thanked for help in {number_of(round(about.acknowledged.value), 'episode')}."
    if about.helpers.value:
        known = round(about.hardly_known.value or 0)
        yield (
            f"{number_of(round(about.helpers.value), 'person', 'people')} helped you as far as that shows; "
            f"{known:,} of them you hardly knew (contact on at most {hardly} days before)."
        )


def _episode(
    each: Episode, texts: dict[str, Said], names: dict[str, str], hardly: int
) -> Iterable[RenderableType]:
    head = Text("\n")
    head.append(plain(names.get(each.account) or screen_name(each.account, None)), "bold cyan")
    head.append(f"  {each.day}  {KIND_WORDS[each.kind]}")
    if each.mentoring_conversation:
        head.append("  a long talk", "magenta")
    if each.days_known <= hardly:
        head.append("  hardly known", "dim")
    yield head
    before: datetime | None = None
    unseen = []
    parts = zip(
        ("asked", "answer", "thanked"), _PARTS[each.direction], _UNSEEN_PARTS[each.direction], strict=True
    )
    for part, label, missing in parts:
        post, moment = getattr(each, f"{part}_post"), getattr(each, f"{part}_at")
        if post is not None:
            said = unaddressed(texts.get(post, Said(None, None)).text or "")
            yield Quotation(
                f"  {label.ljust(_LABEL_WIDTH)} ", partial(shorten, said, 0), _when(each, before, moment)
            )
            before = moment
        elif part != "thanked" or each.thanked_by is None:
            unseen.append(missing)
    if each.thanked_by == "favourite":
        yield Text(f"  {_PARTS[each.direction][2].ljust(_LABEL_WIDTH)} with a favourite", "dim")
    if unseen:
        yield Text(f"  {UNSEEN}: {', '.join(unseen)}", "dim")


def _when(each: Episode, before: datetime | None, moment: datetime) -> str:
    """The day of the first part, then how long each part came after the one before."""
    if before is None:
        return f"{moment:%Y-%m-%d}"
    if each.at_precision == "day":
        days = (moment.date() - before.date()).days
        return "same day" if not days else f"{number_of(days, 'day')} later"
    return f"{duration((moment - before).total_seconds() / 3600)} later"
