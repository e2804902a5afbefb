"""Asking the user first, before anything is shown: `recall`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plnmap.commands.base import Command
from plnmap.commands.options import View, again, one_ego, output, pln, quiet, write_text
from plnmap.console import may_ask, note
from plnmap.errors import UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.analysis.egos import Ego
    from plnmap.model import RecallRating
    from plnmap.store import Store

OFFER = """\
Before you see what your posts show: who helped you learn?
Two minutes of questions now, and you can see afterwards whom you remembered and whom you forgot.
What you answer stays in your file; it can only be asked unbiased before the first report."""

NAMING = """
Who helped you learn, on {platform} or through it? Up to {most} names, as you remember them: a handle or a
name. Enter alone ends the list; Ctrl-C stops, and what you answered is kept."""

RATING = """
Now {people}. How much did each help you learn?
0 not at all · 1 a little · 2 much · 3 a great deal · Enter skips
Or say what they are to you instead: {labels}."""


@click.command(cls=Command)
@click.option("--show", is_flag=True, help="Ask nothing; show how your answers compare once more.")
@click.option("--again", "anew", is_flag=True, help="Forget the answers there are, and begin anew.")
@one_ego
@output("table", "json")
@pln
@quiet
def recall(
    show: bool, anew: bool, ego: str | None, form: str, output: Path | None, file: Path, quiet: bool
) -> None:
    """Name who helped you learn; see whom you remembered and forgot.

    First up to ten names from memory, each with a topic; then twenty people
    from your file, shuffled, to rate without seeing any score. Asked before the
    first report, the answers are blind, and `plnmap validate` holds the roles
    against them. Ctrl-C keeps what you answered; the next `plnmap recall` goes
    on from there.
    """
    from plnmap.analysis.recall import answers, compare, names, start_over
    from plnmap.commands.looking import load
    from plnmap.report.recall import comparison_rows, render_comparison
    from plnmap.report.terminal import as_json, as_text
    from plnmap.store import open_store

    if show and anew:
        raise UsageError("--show asks nothing, --again asks all", hint="give one of them")
    with open_store(file) as store:
        whose = _chosen(store, ego, quiet=quiet)
        if not show:
            if not may_ask():
                raise UsageError(
                    "recall asks questions, and there is no terminal to ask on",
                    hint="run it in a terminal; plnmap recall --show needs none",
                )
            if anew:
                start_over(store, whose.account)
            ask(store, whose)
        elif not answers(store, whose.account) and not names(store, whose.account):
            raise UsageError("nothing was recalled yet", hint=f"plnmap recall{again(file, View(ego))}")
        found = compare(store, load(store, View(ego), quiet=quiet))
    text = (
        as_json(comparison_rows(found))
        if form == "json"
        else as_text(render_comparison(found, again(file, View(ego))), styled=output is None)
    )
    write_text(text, output)


def offer_recall(store: Store, ego: str | None, *, quiet: bool) -> None:
    """Offer the recall before the first result about an ego is shown; only to somebody at a terminal."""
    from plnmap.analysis.own_word import elicited
    from plnmap.analysis.recall import names, ratings

    if not (may_ask(quiet) and sys.stdout.isatty()):
        return
    whose = _chosen(store, ego, quiet=quiet)
    account = whose.account
    if elicited(store, account) != "blind" or names(store, account) or ratings(store, account):
        return
    note(OFFER)
    if _prompt("y to begin, Enter to skip", str.lower) in ("y", "yes"):
        ask(store, whose)


def ask(store: Store, ego: Ego) -> None:
    """Ask all that was not answered yet; each answer is kept at once."""
    from plnmap.analysis.recall import draw, names, ratings

    asked = ratings(store, ego.account)
    if not asked:
        _ask_names(store, ego, len(names(store, ego.account)))
        asked = draw(store, ego.account)
    _ask_ratings(store, [row for row in asked if row.said_at is None], len(asked))


def _chosen(store: Store, ego: str | None, *, quiet: bool) -> Ego:
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego

    derive_ties(store, lambda text: note(text, quiet=quiet))
    return choose_ego(store, ego)


def _ask_names(store: Store, ego: Ego, given: int) -> None:
    from plnmap.analysis.recall import MOST_NAMES, put_name
    from plnmap.report.report import PLATFORMS

    note(NAMING.format(platform=PLATFORMS[ego.platform], most=MOST_NAMES))
    for number in range(given + 1, MOST_NAMES + 1):
        said = _prompt(f"{number}. name", _line)
        if not said:
            return
        account = _which(store, ego, said)
        topic = _prompt("   on what", _line)
        put_name(store, ego.account, said, account, topic or None, datetime.now(UTC))


def _which(store: Store, ego: Ego, said: str) -> str | None:
    """Whom a name means, by the user's choice; None for nobody who is here."""
    from plnmap.analysis.recall import candidates

    found = candidates(store, ego.account, said)
    if not found:
        note("   nobody of that name is in this file; kept as said")
        return None
    for number, each in enumerate(found, start=1):
        called = f"  {plain(each.display_name)}" if each.display_name else ""
        note(f"   {number}  {plain(each.name)}{called}")
    answer = _prompt("   which of them? Enter if none", _choice(len(found)))
    return found[answer - 1].account if answer else None


def _ask_ratings(store: Store, open_ones: list[RecallRating], drawn: int) -> None:
    from plnmap.analysis.own_word import LABELS, add_labels
    from plnmap.analysis.recall import rate
    from plnmap.report.recall import called
    from plnmap.report.values import number_of

    if not open_ones:
        return
    people = number_of(len(open_ones), "person from your file", "people from your file")
    note(RATING.format(people=people, labels=", ".join(LABELS)))
    for row in open_ones:
        question = f"{row.position}/{drawn}  {called(store, row.account)}"
        answer = _prompt(question, _rating)
        if isinstance(answer, str):
            add_labels(store, row.ego, row.account, [answer], datetime.now(UTC))
            answer = _prompt("   and how much did they help, 0 to 3?", _digit)
        rate(store, row, answer, datetime.now(UTC))


def _prompt(question: str, parse: Callable[[str], Any]) -> Any:
    return click.prompt(question, default="", show_default=False, value_proc=parse, err=True)


def _line(typed: str) -> str:
    from plnmap.analysis.own_word import LONGEST_WORDS

    line = plain(typed)
    if len(line) > LONGEST_WORDS:
        raise click.BadParameter(f"at most {LONGEST_WORDS} characters")
    return line


def _choice(most: int) -> Callable[[str], int]:
    def parse(typed: str) -> int:
        word = typed.strip()
        if word and not (word.isascii() and word.isdigit() and 1 <= int(word) <= most):
            raise click.BadParameter(f"a number from 1 to {most}, or Enter")
        return int(word or 0)

    return parse


def _digit(typed: str) -> int | None:
    from plnmap.analysis.recall import HIGHEST

    word = typed.strip()
    if word and word not in map(str, range(HIGHEST + 1)):
        raise click.BadParameter(f"a number from 0 to {HIGHEST}, or Enter to skip")
    return int(word) if word else None


def _rating(typed: str) -> int | str | None:
    from plnmap.analysis.own_word import LABELS

    word = typed.strip().lower()
    return word if word in LABELS else _digit(word)
