"""What changed between two collections: `changes`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click

from plnmap.commands.base import Command
from plnmap.commands.options import DAY, View, again, one_ego, output, pln, quiet, write_text
from plnmap.console import note


@click.command(cls=Command)
@click.option(
    "--since",
    type=DAY,
    metavar="DATE",
    help="Compare with the list as it was then. [default: the last but one]",
)
@click.option("--names", is_flag=True, help="Also who they are.")
@one_ego
@output("table", "csv", "json")
@pln
@quiet
def changes(
    since: date | None, names: bool, ego: str | None, form: str, output: Path | None, file: Path, quiet: bool
) -> None:
    """Follows that are new, gone or faded, between two dated lists.

    A list counts only where it was whole: collected to its end, or in an
    archive. Who is not in a partial or hidden list has not left. Faded are
    those you still follow, and lost touch with in between.

    \b
    Examples:
      plnmap changes
      plnmap changes --since 2023-12-31 --names
    """
    from plnmap.analysis.contact.changes import changes as compare
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.report.changes import change_lines, change_rows
    from plnmap.report.terminal import as_csv, as_json

    with open_to_look(file) as store:
        announce = partial(note, quiet=quiet)
        derive_ties(store, announce)
        whose = choose_ego(store, ego)
        told = compare(store, whose, since=since, announce=announce)
        mark_shown(store, whose.account, datetime.now(UTC))
    rows = change_rows(told, names=names)
    if form == "table":
        text = change_lines(told, names=names, again=again(file, View(ego)))
    else:
        text = as_json(rows) if form == "json" else as_csv(rows)
    write_text(text, output)
