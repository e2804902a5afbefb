"""`study simulate`: an invented network with the truth about it, to test the scores with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.base import Command
from plnmap.commands.options import named_file, quiet, write_text
from plnmap.console import note
from plnmap.errors import UsageError

if TYPE_CHECKING:
    from plnmap.research.simulator import MaskName

MASKS = ("full", "archive", "mastodon", "api")


@click.command(cls=Command)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another seed, another world."
)
@click.option(
    "--mask", type=click.Choice(MASKS), default="full", show_default=True, help="What is seen of it."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="The PLN file to make.",
)
@click.option(
    "--truth",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="CSV",
    help="Also write who is what, and who helped whom on which days.",
)
@click.option("--alters", type=int, default=300, show_default=True, help="How many people beside ego.")
@click.option("--years", type=float, default=3.0, show_default=True, help="How long it lasts.")
@quiet
def simulate(
    seed: int, mask: MaskName, output: Path, truth: Path | None, alters: int, years: float, quiet: bool
) -> None:
    """Make a PLN file of invented people whose parts are known.

    Mentors, peers, friends, strangers who helped once, role models, brands and
    others act at rates of their own. The file holds what a source would show:
    both sides in full, ego's archive alone, a Mastodon account with some remote
    replies missing, or the last 3,200 posts of each account.

    \b
    Examples:
      plnmap study simulate --seed 1 -o world.duckdb --truth truth.csv
      plnmap study simulate --mask archive -o archive.duckdb
      plnmap report --pln world.duckdb
    """
    if output.exists():
        raise UsageError(f"{output} is there already", hint="name a file that is not, with -o")
    from plnmap.research.simulator import World, put
    from plnmap.research.simulator import simulate as draw
    from plnmap.store import open_store

    simulated = draw(seed, mask, World(alters=alters, years=years))
    with open_store(output, create=True) as store:
        put(store, simulated.records)
    if truth is not None:
        write_text(simulated.truth.to_csv(index=False, lineterminator="\n"), truth)
    found = simulated.records
    note(
        f"{len(found.posts):,} posts of {alters:,} people and ego, seen as {mask}\n"
        f"  → plnmap report{named_file(output)}",
        quiet=quiet,
    )
