"""Whether the figures hold, in words: the strength score on ego's own data, and roles on ego's own word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plnmap.analysis.status import Measure
from plnmap.report.values import number_of
from plnmap.research.agreement import LEAST_ANSWERS, Agreement, RolesTested
from plnmap.research.comparing import OWN, RIVAL, Ranked
from plnmap.research.validation import Validation
from plnmap.words import plain

WORDS: Final = {
    "strength": "in touch (strength)",
    "count": "number of contacts",
    "recency": "latest contact first",
    "days_by_recency": "days of contact / (14 + days since)",
    "decay": "days of contact, fading over 60 days",
    "jaccard": "shared contacts (Jaccard)",
    "adamic_adar": "shared contacts (Adamic-Adar)",
}
"""The ways of ordering people, as a person would say them."""

CLAIM_WORDS: Final = {
    "learned_from": "You learned from them",
    "mentoring": "They helped you over a long time",
    "mentor": "Mentor",
    "peer": "Peer, you learn from each other",
}
"""What the program says of people."""


def render_validation(found: Validation, options: str = "") -> RenderableType:
    """The test of strength: month by month, its verdict, and what each way of ordering came to.

    Parameters
    ----------
    found
        What `plnmap.research.validation.validate` returned.
    options
        What suggested commands need to be about the same file and ego.
    """
    title = Text("Does “in touch” tell whom you contact next? · ", "bold")
    title.append(plain(found.ego.name), "bold cyan")
    parts: list[RenderableType] = [title, Text(_method(found), "dim"), Text()]
    parts.extend([*_months(found), Text(), *_verdict(found, options)])
    if found.ranked(OWN).average_precision.status == "value":
        parts.extend([Text(), _table(found), *_explained(found)])
    return Padding(Group(*parts), (0, 1))


def render_roles_tested(found: RolesTested, options: str = "") -> RenderableType:
    """The test of roles: what the user said blind first, then what was said later.

    Parameters
    ----------
    found
        What `plnmap.research.agreement.check_roles` returned.
    options
        What suggested commands need to be about the same file and ego.
    """
    parts = [Text("\nDo the roles agree with your own word?", "bold")]
    if not found.blind:
        parts.append(Text("You were not asked before you saw results, which would test them best."))
        parts.append(Text(f"  → plnmap recall{options}", "dim"))
    parts.extend(map(_agreement, found.blind))
    if found.unseen:
        people = number_of(found.unseen, "person", "people")
        parts.append(Text(f"You also named {people} whom nothing in this file shows."))
    if found.settled:
        people = number_of(found.settled, "person is", "people are")
        parts.append(Text(f"{people} left out: a label of yours decides their role."))
    if found.later:
        parts.append(Text("What you said later, when you may have been led by what you saw:", "bold"))
        parts.extend(map(_agreement, found.later))
    return Padding(Group(*parts), (0, 1))


def _method(found: Validation) -> str:
    said = (
        "The clock was set back; everybody you had had contact with by then was put in order by what was "
        "known then; and whom you contacted next says how good the order was."
    )
    return f"{said} It went back from your last active day: {found.end_reason}." if found.end_reason else said


def _months(found: Validation) -> Iterable[RenderableType]:
    """One sentence for each month; those that count say what the tops of the lists held."""
    tops = zip(found.ranked(OWN).in_top or (), found.ranked(RIVAL).in_top or (), strict=True)
    for origin in found.origins:
        line = Text(f"{origin.day} → {origin.until}  ", "cyan")
        if not origin.candidates:
            line.append("you had contact with nobody yet")
        elif not origin.counts:
            people = number_of(origin.candidates, "person", "people")
            line.append(f"you contacted {origin.contacted:,} of {people}: too few to judge by", "dim")
        else:
            ours, counting = next(tops)
            line.append(
                f"Of the {origin.contacted:,} people you contacted, the {found.protocol.top} at the top of "
                f"{origin.candidates:,} held {ours}; by plain counting {counting}."
            )
        yield line


def _verdict(found: Validation, options: str) -> Iterable[RenderableType]:
    better, ahead, lo, hi = found.verdict
    if better is None:
        yield Text(_no_verdict(found.ranked(RIVAL).ahead), "bold yellow")
        if found.busy_until:
            yield Text(f"  → a busier time: plnmap validate --as-of {found.busy_until}{options}", "dim")
        return
    as_good = _as_good(found)
    simpler = f"{'a simpler rule does' if len(as_good) == 1 else 'simpler rules do'} as well"
    if better:
        more = f"; but {simpler}" if as_good else ""
        yield Text(f"Yes: the order by “in touch” is better than plain counting{more}.", "bold green")
    else:
        more = f"; and {simpler}" if as_good else ""
        yield Text(
            f"No: the order by “in touch” is not surely better than plain counting{more}.", "bold yellow"
        )
    yield Text(
        f"Its precision minus that of counting is {ahead:.2f}; in 95 of 100 samples of your people, it is "
        f"between {lo:.2f} and {hi:.2f}."
    )
    for each in as_good:
        sure = "Surely better than" if _surely_better(each) else "As good as"
        precisions = " against ".join(
            measure.text(2) for measure in (each.average_precision, found.ranked(OWN).average_precision)
        )
        yield Text(f"{sure} “in touch” here: {WORDS[each.ranking]}, precision {precisions}.", "yellow")
    if as_good:
        yield Text("For the order of a list alone, a rule like that would do.", "dim")
    if found.as_of is not None:
        yield Text("This looks back; how people are listed is decided by the test as of now.", "dim")
    elif not better:
        yield Text(f"So from now on people are listed by {WORDS[found.verdict.ranked_by]} instead.")


def _as_good(found: Validation) -> list[Ranked]:
    """Simpler ways of ordering that came to as much as “in touch”; the rival only where it surely did."""
    return [
        each
        for each in found.rankings
        if each.ahead.value is not None
        and each.ahead.value <= 0
        and each.ranking != OWN
        and (each.ranking != RIVAL or _surely_better(each))
    ]


def _surely_better(each: Ranked) -> bool:
    return each.ahead.hi is not None and each.ahead.hi < 0


def _no_verdict(ahead: Measure) -> str:
    if ahead.status == "not_observed":
        return f"This cannot be seen: {ahead.reason}."
    return f"Too little to tell: {ahead.n:,} {ahead.reason}, {ahead.needed:,} needed."


def _table(found: Validation) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    for _ in range(3):
        grid.add_column(justify="right")
    top = f"top {found.protocol.top}"
    grid.add_row(*(Text(word, "bold") for word in ("Ordered by", "precision", top, "“in touch” is ahead by")))
    for each in found.rankings:
        own = each.ranking == OWN
        ahead = Text("") if own else _number(each.ahead, 3)
        in_top = Text("" if each.in_top is None else f"{sum(each.in_top):,}")
        name = Text(WORDS[each.ranking], "bold" if own else "")
        grid.add_row(name, _number(each.average_precision, 2), in_top, ahead)
    return grid


def _number(measure: Measure, digits: int) -> Text:
    return Text(measure.text(digits), "" if measure.status == "value" else "dim")


def _explained(found: Validation) -> Iterable[RenderableType]:
    counted = [origin for origin in found.origins if origin.counts]
    chance = sum(origin.contacted / origin.candidates for origin in counted) / len(counted)
    yield Text(
        f"Precision: going down the list to each person you contacted, what share of those so far you "
        f"contacted; 1 if they all come first, about {chance:.2f} by chance. Brackets: 95 % of "
        f"{found.protocol.draws:,} samples of your people.",
        "dim",
    )
    if any(each.ahead.status == "not_observed" for each in found.rankings):
        yield Text("Shared contacts are not observed: others' own posts are not in the file.", "dim")


def _agreement(each: Agreement) -> Text:
    """One claim in words; a share that cannot be told is left out with its reason."""
    claim = CLAIM_WORDS[each.claim]
    line = Text("  ")
    line.append(f"{claim}: ", "cyan")
    if each.answers < LEAST_ANSWERS:
        return line.append(f"too few answers ({each.answers} of {LEAST_ANSWERS} needed)", "dim")
    people = number_of(each.answers, "person", "people")
    line.append(f"of {people} you answered for, you say it of {each.told:,}, the program of {each.found:,}, ")
    line.append(f"both of {each.both:,}. ")
    for measure, words in (
        (each.precision, "Right where it says so"),
        (each.recall, "Found of those you mean"),
        (each.kappa, "Agreement beyond chance (kappa)"),
    ):
        said = measure.text() if measure.status == "value" else f"cannot be told, {measure.reason}"
        line.append(f"{words}: {said}. ", "" if measure.status == "value" else "dim")
    return line
