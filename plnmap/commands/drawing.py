"""Pictures to look at and to show: `map`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from plnmap.commands.base import Command
from plnmap.commands.options import View, handles, one_person, pln, quiet
from plnmap.console import note
from plnmap.errors import UsageError

if TYPE_CHECKING:
    from plnmap.analysis.people import Network
    from plnmap.report.sharing import Pseudonyms
    from plnmap.store import Store

Function = TypeVar("Function", bound=Callable[..., Any])

FORMS: Final = (".html", ".png", ".svg", ".pdf")


def shareable(function: Function) -> Function:
    """`--share` and `--show`: a version for others, and who keeps their name in it."""
    function = click.option(
        "--show",
        "shown",
        metavar="WHO[,WHO...]",
        shell_complete=handles,
        help="With --share: who keeps their name, for example @ada,@cy.",
    )(function)
    return click.option(
        "--share",
        is_flag=True,
        help="A version to show others: everyone but you becomes a number.",
    )(function)


def who_is_shown(store: Store, network: Network, share: bool, shown: str | None) -> Pseudonyms | None:
    """Who goes by what in a version for others; None for a private one.

    Raises
    ------
    UsageError
        Names to show and nothing to share, or somebody unknown among them.
    """
    if not share:
        if shown is not None:
            raise UsageError("--show says who keeps their name in a version for others", hint="add --share")
        return None
    from plnmap.analysis.egos import find_person
    from plnmap.report.sharing import pseudonyms

    names = [name.strip() for name in (shown or "").split(",") if name.strip()]
    accounts = [find_person(store, name, network.ego.platform) for name in names]
    return pseudonyms(network, accounts, store.rows("SELECT account, handle FROM handles"))


@click.command("map", cls=Command)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Write to this file: {', '.join(FORMS)}.",
)
@shareable
@one_person
@pln
@quiet
def map_(
    output: Path | None,
    share: bool,
    shown: str | None,
    view: View,
    file: Path,
    quiet: bool,
) -> None:
    """A picture: you in the middle, the stronger a tie the nearer.

    Colour and shape say who shows evidence of which part, size how often you
    thanked them for help. Hollow marks are ties of which only your side is in
    the file. As .html it is a page to look around in, with the same facts as a
    table; it needs no network.

    \b
    Examples:
      plnmap map -o map.html
      plnmap map -o map.png --as-of 2019-12-31
      plnmap map -o map.html --share --show @ada_venn,@cy_lodder
    """
    if output is None:
        raise UsageError("-o does not say where to", hint="name a file: plnmap map -o map.html")
    if output.suffix.lower() not in FORMS:
        raise UsageError(
            f"the name {output.name!r} does not say which format is meant",
            hint=f"let it end in {', '.join(FORMS)}",
        )
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}", hint="make it first, or name another")
    from plnmap.analysis.map.table import map_table
    from plnmap.analysis.summary import summarise
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.looking import load
    from plnmap.report.files import writing
    from plnmap.report.sharing import conceal

    with open_to_look(file) as store:
        network = load(store, view, quiet=quiet)
        by = who_is_shown(store, network, share, shown)
        table = map_table(store, network, by_year=by is not None)
        found = table, summarise(store, network)
    table, summary = found if by is None else conceal(found, by)
    if output.suffix.lower() == ".html":
        from plnmap.report.pages.map import map_page

        content = map_page(table, summary, shared=None if by is None else by.shown).encode()
    else:
        from plnmap.report.pictures.map import map_chart
        from plnmap.report.pictures.written import picture

        content = picture(map_chart(table), output.suffix.lower())
    with writing(output):
        output.write_bytes(content)
    private = "" if share else "; it names people: for your own eyes, or made again with --share"
    note(f"{output}: {len(table.rows):,} people{private}", quiet=quiet)
