"""Taking results away: `graph`, `export`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.options import one_person, pln, quiet, write_text
from plnmap.console import note

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the graph to this file: .gexf (Gephi), .graphml or .json (node-link).",
)
@one_person
@pln
@quiet
def graph(output: Path | None, ego: str | None, as_of: date | None, file: Path, quiet: bool) -> None:
    """The network as a graph: its shape, or a file that Gephi and others open.

    Nodes are ego and everybody with a tie to or from ego; edges are all ties
    among them, weighted by what was done. Without -o its shape is printed.

    \b
    Examples:
      plnmap graph
      plnmap graph -o pln.gexf
    """
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.people import map_people
    from plnmap.graph import check_format, write_graph
    from plnmap.report.files import writing
    from plnmap.report.structure import render_structure, structure
    from plnmap.report.tables import lay_out, network_graph
    from plnmap.store import open_store

    if output:
        check_format(output)
    announce = partial(note, quiet=quiet)
    with open_store(file) as store:
        network = map_people(store, choose_ego(store, ego), as_of=as_of, announce=announce)
        mark_shown(store, network.ego.account, datetime.now(UTC))
        lay_out(store, [network], announce=announce, as_of=as_of)
        made = network_graph(store, network)
        shape = structure(store, network, made)
        if output is None:
            write_text(render_structure(shape, network.ego.name, as_of), None)
            note("  → plnmap graph -o pln.gexf", quiet=quiet)
            return
    with writing(output):
        write_graph(made, output)
    note(f"{output}: {made.number_of_nodes():,} nodes, {made.number_of_edges():,} edges", quiet=quiet)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet", "json"]),
    default="csv",
    show_default=True,
    help="Form of the tables.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Write into this folder.",
)
@one_person
@pln
@quiet
def export(form: str, output: Path, ego: str | None, as_of: date | None, file: Path, quiet: bool) -> None:
    """All tables as files, with a data dictionary and a manifest.

    The texts of posts stay in the PLN file. Without --ego the people of all
    egos are written; all other tables are always whole.

    \b
    Examples:
      plnmap export -o tables
      plnmap export --format parquet -o tables --as-of 2021-05-31
    """
    from plnmap.analysis.egos import choose_ego, egos
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.people import map_people
    from plnmap.report.files import export_files
    from plnmap.store import open_store

    announce = partial(note, quiet=quiet)
    with open_store(file) as store:
        chosen = egos(store) if ego is None else [choose_ego(store, ego)]
        networks = [map_people(store, each, as_of=as_of, announce=announce) for each in chosen]
        for each in chosen:
            mark_shown(store, each.account, datetime.now(UTC))
        rows = export_files(store, networks, output, form=form, as_of=as_of, announce=announce)
    for name, count in rows.items():
        note(f"{count:>10,}  {output / name}", quiet=quiet)
