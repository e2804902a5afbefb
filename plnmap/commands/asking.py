"""Asking the network: `ask`."""

from __future__ import annotations

from pathlib import Path

import click

from plnmap.commands.base import Command
from plnmap.commands.options import View, again, one_person, output, pln, quiet, write_text


@click.command(cls=Command)
@click.argument("topic", nargs=-1, required=True, metavar="TOPIC...")
@one_person
@click.option("--limit", type=click.IntRange(min=1), default=8, show_default=True, help="People shown.")
@output("table", "csv", "json", "md")
@pln
@quiet
def ask(
    topic: tuple[str, ...],
    view: View,
    limit: int,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Whom to ask about something, with the posts that speak for them.

    TOPIC is words or a hashtag. Only what was said here is known: "nobody yet"
    is a true answer, and not a word about who knows.

    \b
    Examples:
      plnmap ask wheels python
      plnmap ask "#edchat" --limit 3
    """
    from plnmap.analysis.topics.whom_to_ask import whom_to_ask, words_of
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.looking import load
    from plnmap.report.ask import ask_rows, render_ask
    from plnmap.report.terminal import as_csv, as_json, as_markdown, as_text

    asked = " ".join(topic)
    words_of(asked)  # A topic that cannot be asked for is said at once, not after the work.
    with open_to_look(file) as store:
        advice = whom_to_ask(store, load(store, view, quiet=quiet), asked)
    if form == "table":
        text = as_text(render_ask(advice, limit, again(file, view)), styled=output is None)
    elif form == "json":
        told = advice._asdict() | {"ego": advice.network.ego, "as_of": advice.network.as_of}
        del told["network"]
        text = as_json(told)
    else:
        rows = ask_rows(advice)
        text = as_csv(rows) if form == "csv" else as_markdown(rows)
    write_text(text, output)
