"""Looking back: `timeline`."""

from __future__ import annotations

from pathlib import Path

import click

from plnmap.commands.base import Command
from plnmap.commands.options import View, again, one_person, output, pln, quiet, write_text


@click.command(cls=Command)
@one_person
@output("table", "csv", "json", "md")
@pln
@quiet
def timeline(
    view: View,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Over the years: who helped you when, who stayed, where you met.

    Roles are followed in windows of half a year; your own events (plnmap event)
    stand beside them.

    \b
    Examples:
      plnmap timeline
      plnmap timeline --format csv -o roles-over-time.csv
    """
    from plnmap.analysis.over_time.timeline import timeline as look_back
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.looking import load
    from plnmap.report.terminal import as_csv, as_json, as_markdown, as_text
    from plnmap.report.timeline import render_timeline, timeline_rows

    with open_to_look(file) as store:
        told = look_back(store, load(store, view, quiet=quiet))
    if form == "table":
        text = as_text(render_timeline(told, again(file, View(view.ego))), styled=output is None)
    elif form == "json":
        content = {"ego": told.network.ego, "as_of": told.network.as_of, **told._asdict()}
        del content["network"]
        text = as_json(content)
    else:
        rows = timeline_rows(told)
        text = as_csv(rows) if form == "csv" else as_markdown(rows)
    write_text(text, output)
