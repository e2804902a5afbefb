"""Bringing data in, and saying what is there: `demo`, `import`, `status`."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.base import Command
from plnmap.commands.options import named_file, output, pln, quiet, write_text
from plnmap.console import interrupted, note, progress
from plnmap.errors import UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.collect import Imported
    from plnmap.store import Store

SAMPLE_EGO = "ego-twitter.zip"
SAMPLE_OTHER_SIDE = "mentor-twitter.zip"
SAMPLE_MASTODON = "ego-mastodon.zip"
SAMPLE_NAME = "@mira_tolland"
SAMPLE_FILE = "demo.duckdb"
SAMPLE_MASTODON_NAME = "@mira@social.example"


@click.command("import", cls=Command)
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH..."
)
@click.option(
    "--owner", metavar="WHO", help="Whose it is, where the archive does not say: a handle or an id."
)
@click.option(
    "--other-side", is_flag=True, help="Somebody else's archive: it adds their side, not their own map."
)
@click.option("--as", "kind", metavar="KIND", help="Read it as this kind instead of looking at its content.")
@click.option(
    "--with-dm", is_flag=True, help="Also count direct messages by day. Their text is never read in."
)
@pln
@quiet
def import_(
    paths: tuple[Path, ...],
    owner: str | None,
    other_side: bool,
    kind: str | None,
    with_dm: bool,
    file: Path,
    quiet: bool,
) -> None:
    """Read archives into the PLN file.

    PATH is an X archive (zip or folder, any layout), a Mastodon export (zip,
    tar.gz or folder), a follows CSV, X API answers as JSON lines, or a table of
    ties (CSV or Parquet with source, target, kind, at). What it is, is seen from
    its content. Importing the same thing again changes nothing.

    \b
    Examples:
      plnmap import twitter-2022-11-14.zip
      plnmap import --other-side their-archive.zip
      plnmap import following_accounts.csv --owner ada@example.social
    """
    from plnmap.analysis.egos import IMPORT_YOURS, egos
    from plnmap.store import open_store

    with open_store(file, create=True) as store:
        for path in paths:
            imported = import_path(
                store, path, owner=owner, kind=kind, other_side=other_side, with_dm=with_dm, quiet=quiet
            )
            note(describe(imported), quiet=quiet)
        known = [] if quiet else egos(store)
    options = named_file(file)
    whose = f" --ego {known[0].name}" if len(known) > 1 else ""
    next_step = f"plnmap report{whose}{options}" if known else IMPORT_YOURS.format(options=options)
    note(f"\nin {file}\n  → {next_step}\n  → plnmap status{options}", quiet=quiet)


def import_path(
    store: Store,
    path: Path,
    *,
    owner: str | None = None,
    kind: str | None = None,
    other_side: bool = False,
    with_dm: bool = False,
    quiet: bool = False,
) -> Imported:
    """Import one archive with a progress bar; the one way in for `import` and `demo`."""
    from plnmap.collect import import_archive
    from plnmap.sources import open_source
    from plnmap.sources.page import Page

    def on_page(page: Page) -> None:
        # All is loaded by now: what was swallowed on the way counts.
        if interrupted():
            raise KeyboardInterrupt
        advance(page.bytes_read)

    with (
        open_source(path, owner=owner, kind=kind, with_dm=with_dm) as archive,
        progress(f"reading {plain(path.name)}", archive.total_bytes, quiet=quiet) as advance,
    ):
        return import_archive(
            store,
            archive,
            imported_at=datetime.now(UTC),
            other_side=other_side,
            again=with_dm,
            on_page=on_page,
        )


def describe(imported: Imported) -> str:
    """One paragraph on an import: what came in, what was new, what was left out and why."""
    from plnmap.report.values import number_of

    source = imported.source
    name = plain(source.name)
    if imported.already:
        if imported.side_changed:
            side = (
                "now somebody else's side; its owner is no ego"
                if source.other_side
                else "its owner is now an ego"
            )
            return f"{name}: already imported; {side}"
        return f"{name}: already imported; nothing is new"
    new = imported.new.get("posts", 0) + imported.new.get("reactions", 0) + imported.new.get("follows", 0)
    # A table has rows of every kind, of which only some stand for posts.
    read = "" if source.kind in ("edges", "follows_csv") else f"{number_of(source.posts, 'post')}, "
    lines = [f"{name}: {read}{number_of(new, 'new row')}, {source.skipped:,} skipped"]
    for reason, count in json.loads(source.skip_reasons).items():
        lines.append(f"  skipped {count:,}: {plain(reason)}")
    if source.retrieved_at:
        lines.append(f"  as of {source.retrieved_at:%Y-%m-%d} ({source.retrieved_from})")
    return "\n".join(lines)


@click.command(cls=Command)
@output("table", "json")
@pln
def status(form: str, output: Path | None, file: Path) -> None:
    """What is in the file, from when to when, and what it cannot show.

    \b
    Examples:
      plnmap status
      plnmap status --format json
    """
    from plnmap.analysis.ledger import file_status
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.report.status import render_status
    from plnmap.report.terminal import as_json, as_text

    with open_to_look(file) as store:
        found = file_status(store)
    if form == "json":
        text = as_json(found)
    else:
        text = as_text(render_status(found, named_file(file)), styled=output is None)
    write_text(text, output)


@click.command(cls=Command)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file, too: a page, as .html.",
)
@click.option(
    "--keep", type=click.Path(dir_okay=False, path_type=Path), help="Keep the PLN file of the demo here."
)
@quiet
def demo(output: Path | None, keep: Path | None, quiet: bool) -> None:
    """Build the invented sample in a temporary file, and print its report.

    It takes the same way as your own archives: the ego's from Twitter and from
    Mastodon are imported, and that of one of their mentors, so that one tie is
    seen from both sides and the others are not. Nobody in it is real, so its
    page quotes the posts.

    \b
    Examples:
      plnmap demo
      plnmap demo -o demo.html
      plnmap demo --keep demo.duckdb
    """
    from plnmap.analysis.who_is_who import who_is_who
    from plnmap.commands.looking import print_report, write_page
    from plnmap.store import open_store

    if output and output.suffix.lower() != ".html":
        raise UsageError(f"the page of the demo is not written as {output.name}", hint="-o demo.html")

    if keep and os.path.lexists(keep):
        raise UsageError(
            f"{keep} is there already", hint="the demo never joins your own data; name a new file"
        )
    sample = sample_folder()
    with (
        tempfile.TemporaryDirectory(prefix="plnmap-") as folder,
        open_store(keep or Path(folder) / SAMPLE_FILE, create=True) as store,
    ):
        import_path(store, sample / SAMPLE_EGO, quiet=quiet)
        import_path(store, sample / SAMPLE_OTHER_SIDE, other_side=True, quiet=quiet)
        import_path(store, sample / SAMPLE_MASTODON, quiet=quiet)
        with who_is_who(store):
            # Without --keep, the last line says how to make the file that the others name.
            network = print_report(store, keep or Path(SAMPLE_FILE), SAMPLE_NAME, quiet=quiet)
            if output:
                write_page(store, network, output, "text")
    note("\nThese people are invented.", quiet=quiet)
    if output:
        note(f"  → open it in a browser: {output.resolve().as_uri()}", quiet=quiet)
    if keep:
        options = named_file(keep)
        note(f"  → plnmap people --ego {SAMPLE_NAME}{options}", quiet=quiet)
        note(f"  → plnmap report --ego {SAMPLE_MASTODON_NAME}{options}   (Mastodon)", quiet=quiet)
    else:
        note(f"  → plnmap demo --keep {SAMPLE_FILE}   (to look around, on Mastodon too)", quiet=quiet)
        if not output:
            note("  → plnmap demo -o demo.html   (the same as a page, with pictures)", quiet=quiet)


def sample_folder() -> Path:
    """Where the invented sample lies: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "sample"
    return installed if installed.is_dir() else package.parent / "data" / "sample"
