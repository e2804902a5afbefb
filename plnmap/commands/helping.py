"""Who helped whom with what: `episodes`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.base import Command
from plnmap.commands.options import DAY, View, again, handles, one_person, output, pln, quiet, write_text

if TYPE_CHECKING:
    from datetime import date


@click.command(cls=Command)
@one_person
@click.option(
    "--with", "person", metavar="PERSON", shell_complete=handles, help="Only those with this person."
)
@click.option("--topic", metavar="WORD", help="Only those whose posts have this word or hashtag.")
@click.option("--received", "direction", flag_value="in", help="Only help that you received.")
@click.option("--given", "direction", flag_value="out", help="Only help that you gave.")
@click.option("--since", type=DAY, metavar="DATE", help="Only those on or after that day.")
@click.option("--all", "everything", is_flag=True, help="In a table, also what is too little for help.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many (table: 10).")
@output("table", "csv", "json", "md")
@pln
@quiet
def episodes(
    view: View,
    person: str | None,
    topic: str | None,
    direction: str | None,
    since: date | None,
    everything: bool,
    limit: int | None,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Help as it happened: who asked, who answered, who said thanks.

    Strangers are here as well. From one archive only one side of each episode
    is seen; import the other side to see more.

    \b
    Examples:
      plnmap episodes --received --since 2020-01-01
      plnmap episodes --with @ada
      plnmap episodes --format csv -o episodes.csv
    """
    from plnmap.analysis.help.episode_summary import tell_episodes
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.looking import load
    from plnmap.report.episodes import episode_rows, render_episodes, short_rows
    from plnmap.report.terminal import as_csv, as_json, as_markdown, as_text

    with open_to_look(file) as store:
        network = load(store, view, quiet=quiet)
        told = tell_episodes(store, network, person=person, topic=topic, direction=direction, since=since)
    if form == "table":
        page = render_episodes(told, limit or 10, everything=everything, options=again(file, view))
        write_text(as_text(page, styled=output is None), output)
        return
    told = told._replace(chosen=told.chosen[:limit])
    if form == "json":
        content = {"ego": network.ego, "as_of": network.as_of, "summary": told.summary}
        text = as_json(content | {"episodes": episode_rows(told)})
    else:
        text = as_csv(episode_rows(told)) if form == "csv" else as_markdown(short_rows(told))
    write_text(text, output)
