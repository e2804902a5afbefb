"""Whom to thank: `thanks`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.base import Command
from plnmap.commands.options import DAY, View, again, handles, one_person, output, pln, quiet, write_text
from plnmap.console import note
from plnmap.errors import UnknownPerson, UsageError

if TYPE_CHECKING:
    from datetime import date

    from plnmap.analysis.help.gratitude import Thanked
    from plnmap.store import Store


@click.command(cls=Command)
@one_person
@click.option("--since", type=DAY, metavar="DATE", help="Only thanks on or after that day.")
@click.option("--topic", metavar="WORDS", help="Only help that speaks of this.")
@click.option(
    "--draft",
    metavar="PERSON",
    shell_complete=handles,
    help="Write a note of thanks to copy; nothing is sent.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Examples of each (table: 3).")
@output("table", "csv", "json", "md")
@pln
@quiet
def thanks(
    view: View,
    since: date | None,
    topic: str | None,
    draft: str | None,
    limit: int | None,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Who helped you with what: dated examples in your own words.

    People who helped once or in one long talk are here as well, and people you
    credited while no thanks for help were found. With events of your own (plnmap
    event) it says who helped before and after them.

    \b
    Examples:
      plnmap thanks --topic python
      plnmap thanks --draft @ada
      plnmap thanks --format csv -o thanks.csv
    """
    from plnmap.analysis.help.gratitude import thanked
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.looking import load
    from plnmap.report.terminal import as_csv, as_json, as_markdown, as_text
    from plnmap.report.thanks import render_thanks, thanks_rows

    if draft and form != "table":
        raise UsageError("a draft is plain text", hint="leave --format out")
    with open_to_look(file) as store:
        found = thanked(store, load(store, view, quiet=quiet), since, topic)
        note_to_copy = _draft(store, found, draft, limit or 3) if draft else None
    if note_to_copy is not None:
        write_text(note_to_copy, output)
        note("a draft to copy and to change; nothing was sent", quiet=quiet)
    elif form == "table":
        shown = render_thanks(found, limit or 3, again(file, view))
        write_text(as_text(shown, styled=output is None), output)
    elif form == "json":
        told = {"ego": found.network.ego, "as_of": found.network.as_of, **found._asdict()}
        del told["network"]
        write_text(as_json(told), output)
    else:
        rows = thanks_rows(found, limit)
        write_text(as_csv(rows) if form == "csv" else as_markdown(rows), output)


def _draft(store: Store, found: Thanked, wanted: str, most: int) -> str:
    from plnmap.analysis.egos import find_person
    from plnmap.report.thanks import render_draft

    account = find_person(store, wanted, found.network.ego.platform)
    helped = next((each for each in found.helpers if each.person.account == account), None)
    if helped is None:
        raise UnknownPerson(
            f"no thanks of yours to {wanted!r} for help are seen here",
            hint="plnmap thanks lists those to whom there are",
        )
    return render_draft(found, helped, most)
