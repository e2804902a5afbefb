"""The user's own word: `label`, `note`, `event`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from plnmap.commands.base import Command
from plnmap.commands.options import handles, one_ego, pln, quiet, write_text
from plnmap.console import note as tell
from plnmap.errors import UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.analysis.egos import Ego
    from plnmap.store import Store

Item = TypeVar("Item")


def alter(store: Store, ego: Ego, wanted: str) -> tuple[str, str]:
    """The account a user means, and what to call it; nobody has a word for themselves.

    Raises
    ------
    UnknownPerson
        Nobody goes by it.
    UsageError
        It is the ego.
    """
    from plnmap.analysis.accounts.linking import account_name
    from plnmap.analysis.egos import find_person

    account = find_person(store, wanted, ego.platform)
    if account == ego.account:
        raise UsageError(f"{wanted!r} is you", hint="name somebody else")
    return account, plain(account_name(store, account))


@click.command(cls=Command)
@click.argument("person", required=False, shell_complete=handles)
@click.argument("labels", nargs=-1, metavar="[LABEL...]")
@click.option("--remove", is_flag=True, help="Take these labels back; all of the person's if none is named.")
@click.option("--list", "listed", is_flag=True, help="The labels there are, and what they do.")
@one_ego
@pln
@quiet
def label(
    person: str | None,
    labels: tuple[str, ...],
    remove: bool,
    listed: bool,
    ego: str | None,
    file: Path,
    quiet: bool,
) -> None:
    """Say what somebody is to you: mentor, friend, family, brand.

    LABEL is mentor, not-mentor, peer, family, friend, work-tie or brand. Your
    word is shown as yours, and the roles keep to it. Without LABEL it
    shows what you said of the person, without PERSON all that you said.

    \b
    Examples:
      plnmap label @ada mentor friend
      plnmap label @ada friend --remove
      plnmap label
    """
    from plnmap.analysis import own_word
    from plnmap.analysis.egos import choose_ego
    from plnmap.report.own_word import label_lines
    from plnmap.store import open_store

    if listed:
        write_text("\n".join(f"{name:<11} {does}" for name, does in own_word.LABELS.items()), None)
        return
    names = own_word.known_labels(labels)
    with open_store(file) as store:
        whose = choose_ego(store, ego)
        if person is None:
            write_text(label_lines(store, whose.account), None)
            return
        account, name = alter(store, whose, person)
        if remove:
            gone = own_word.remove_labels(store, whose.account, account, names)
            tell(f"{name}: {'no longer ' + ', '.join(gone) if gone else 'nothing to take back'}", quiet=quiet)
        elif names:
            back = own_word.add_labels(store, whose.account, account, names, datetime.now(UTC))
            for label in back:
                tell(f"{name}: no longer {label}", quiet=quiet)
        held = own_word.labels(store, whose.account).get(account, frozenset())
    said = ", ".join(label for label in own_word.LABELS if label in held)
    if names or remove:
        tell(f"{name}: {said or 'no label'}", quiet=quiet)
    else:
        write_text(f"{name}: {said or 'no label'}", None)


@click.command(cls=Command)
@click.argument("person", required=False, shell_complete=handles)
@click.argument("text", required=False)
@click.option("--remove", type=click.IntRange(min=1), metavar="N", help="Throw note number N away.")
@one_ego
@pln
@quiet
def note(
    person: str | None, text: str | None, remove: int | None, ego: str | None, file: Path, quiet: bool
) -> None:
    """Write down something about somebody, for yourself.

    `plnmap show` prints it as your note; exports leave notes out. Without TEXT
    it lists your notes about the person, without PERSON all of them.

    \b
    Examples:
      plnmap note @ada "suggested the course that changed my mind"
      plnmap note @ada
      plnmap note @ada --remove 1
    """
    from plnmap.analysis import own_word
    from plnmap.analysis.egos import choose_ego
    from plnmap.model import Note
    from plnmap.report.own_word import note_lines
    from plnmap.store import open_store

    with open_store(file) as store:
        whose = choose_ego(store, ego)
        if person is None:
            write_text(note_lines(store, own_word.notes(store, whose.account), named=True), None)
            return
        account, name = alter(store, whose, person)
        held = own_word.notes(store, whose.account, account)
        if remove is not None:
            own_word.remove_note(store, _numbered(held, remove, f"notes about {name}"))
            tell(f"{name}: note {remove} is gone", quiet=quiet)
        elif text is not None:
            own_word.add_note(store, Note(whose.account, account, datetime.now(UTC), text))
            tell(f"{name}: noted", quiet=quiet)
        else:
            write_text(note_lines(store, held, named=False), None)


@click.command(cls=Command)
@click.argument("day", required=False)
@click.argument("words", required=False)
@click.option("--remove", type=click.IntRange(min=1), metavar="N", help="Forget event number N of the list.")
@one_ego
@pln
@quiet
def event(
    day: str | None, words: str | None, remove: int | None, ego: str | None, file: Path, quiet: bool
) -> None:
    """Name an event of your life: help is grouped before and after it.

    DAY is a day, a month or a year. Without it your events are listed.

    \b
    Examples:
      plnmap event 2015-03 "new job"
      plnmap event
      plnmap event --remove 1
    """
    from plnmap.analysis import own_word
    from plnmap.analysis.egos import choose_ego
    from plnmap.model import Event
    from plnmap.report.own_word import event_line, event_lines
    from plnmap.store import open_store

    if day is not None and words is None:
        raise UsageError("what happened then?", hint=f'plnmap event {plain(day)} "new job"')
    with open_store(file) as store:
        whose = choose_ego(store, ego)
        held = own_word.events(store, whose.account)
        if remove is not None:
            gone = _numbered(held, remove, "events")
            own_word.remove_event(store, gone)
            tell(f"forgotten: {event_line(gone)}", quiet=quiet)
        elif day is not None and words is not None:
            when, precision = own_word.event_day(day)
            said = Event(whose.account, when, precision, own_word.one_line(words, "an event"))
            new = own_word.add_event(store, said)
            tell(f"{'noted' if new else 'noted before'}: {event_line(said)}", quiet=quiet)
        else:
            write_text(event_lines(held), None)


def _numbered(items: list[Item], number: int, what: str) -> Item:
    if number > len(items):
        raise UsageError(f"there is no number {number} among {len(items)} {what}", hint="list them first")
    return items[number - 1]
