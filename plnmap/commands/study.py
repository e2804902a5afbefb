"""The researcher's family: `study tag`, and `study simulate` from its own file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from plnmap.commands.base import Commands
from plnmap.commands.mistyped import OneOf
from plnmap.commands.options import quiet
from plnmap.commands.study_simulate import simulate
from plnmap.console import note, progress
from plnmap.errors import UsageError
from plnmap.words import plain

FORMS = ("csv", "json", "parquet")


@click.group(cls=Commands)
def study() -> None:
    """For studies: tag tables of texts, invent networks whose truth is known."""


study.add_command(simulate)


@study.command("tag")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", required=True, metavar="NAME", help="The column with the texts.")
@click.option("--lang", metavar="LANG", help="Their language, for example en.")
@click.option("--lang-column", metavar="NAME", help="A column with the language of each text.")
@click.option(
    "--reply-column",
    metavar="NAME",
    help="A column with 1 where the text answers somebody, else 0. Without it, texts that begin with @ do.",
)
@click.option(
    "--at-least",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SCORE",
    help="Take what is found with a lower score for not found: 0.5 leaves out what only a model finds.",
)
@click.option(
    "--format",
    "form",
    type=OneOf(FORMS),
    help="Form of the result.  [default: what the name of the output says, else csv]",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@quiet
def tag(
    file: Path,
    column: str,
    lang: str | None,
    lang_column: str | None,
    reply_column: str | None,
    at_least: float,
    form: str | None,
    output: Path | None,
    quiet: bool,
) -> None:
    """What each text of a table does: thanks, asks, advises, praises ...

    FILE is a table: .csv, .tsv, .parquet, or .jsonl with an object per line.
    The result has its columns as they are and, for each act, act_NAME (1 or 0),
    score_NAME (0 to 1) and why_NAME (the rule that fired, and on which words);
    gratitude also has object_gratitude. Texts that are empty or in a language
    without rules have empty cells there, not 0. Advice is also found by a model
    that learned from forums: with a score below 0.5, since in tweets it is
    often wrong.

    Columns of yours are written as they were, also cells that a spreadsheet
    would run as a formula; why_ cells are harmless.

    \b
    Examples:
      plnmap study tag posts.csv --column text --lang en -o tagged.csv
      plnmap study tag posts.jsonl --column body --lang-column lang -o tagged.parquet
      plnmap study tag replies.csv --column text --lang en --reply-column is_reply | head
    """
    from plnmap.research.tagging import Reading, describe_tally, tag_table
    from plnmap.research.text_tables import open_table, write_table

    if form is None:
        named = output.suffix.lower().removeprefix(".") if output else ""
        form = named if named in FORMS else "csv"
    if form == "parquet" and output is None:
        raise UsageError("Parquet goes into a file", hint="name one with -o")
    if output is not None and output.exists() and output.samefile(file):
        raise UsageError(f"{output} is the table itself", hint="name another file with -o")
    reading = Reading(column, lang, lang_column, reply_column, at_least)
    with (
        open_table(file, column) as table,
        progress(f"tagging {plain(file.name)}", table.size, quiet=quiet) as advance,
    ):
        tagged, tally = tag_table(table, reading, advance)
        with _opened(output) as out:
            write_table(form, tagged, out)
    note(describe_tally(tally), quiet=quiet)


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole or not at all."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from plnmap.report.files import writing

    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        with writing(output):
            with unfinished.open("wb") as file:
                yield file
            unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
