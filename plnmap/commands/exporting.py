"""Taking results away: `graph`, `export`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.base import Command
from plnmap.commands.mistyped import OneOf
from plnmap.commands.options import View, again, one_person, pln, quiet, write_text
from plnmap.console import note
from plnmap.errors import UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.analysis.people import Network
    from plnmap.store import Store


@click.command(cls=Command)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the graph to this file: .gexf (Gephi), .graphml or .json (node-link).",
)
@one_person
@pln
@quiet
def graph(
    output: Path | None,
    view: View,
    file: Path,
    quiet: bool,
) -> None:
    """The network as a graph: its shape, or a file for Gephi.

    Nodes are ego and everybody with a tie to or from ego; edges are all ties
    among them, weighted by what was done. Without -o its shape is printed.

    \b
    Examples:
      plnmap graph
      plnmap graph -o pln.gexf
    """
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.looking import load
    from plnmap.graph import check_format, write_graph
    from plnmap.report.files import writing
    from plnmap.report.structure import render_structure, structure
    from plnmap.report.tables import lay_out, network_graph

    if output:
        check_format(output)
    announce = partial(note, quiet=quiet)
    with open_to_look(file) as store:
        network = load(store, view, quiet=quiet)
        lay_out(store, [network], announce=announce, as_of=view.as_of)
        made = network_graph(store, network)
        shape = structure(store, network, made)
        if output is None:
            write_text(render_structure(shape, network.ego.name, view.as_of), None)
            note(f"  → plnmap graph -o pln.gexf{again(file, view)}", quiet=quiet)
            return
    with writing(output):
        write_graph(made, output)
    note(f"{output}: {made.number_of_nodes():,} nodes, {made.number_of_edges():,} edges", quiet=quiet)


@click.command(cls=Command)
@click.option(
    "--format",
    "form",
    type=OneOf(["csv", "parquet", "json"]),
    show_default="csv",
    help="Form of the tables.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write into this folder; --codebook and --follows write a file, or to stdout.",
)
@click.option("--ids-only", is_flag=True, help="Only ids of posts and accounts: what may be passed on.")
@click.option("--codebook", is_flag=True, help="Only what the columns mean, as .md or .csv; needs no data.")
@click.option("--follows", is_flag=True, help="Only whom you follow, as a list that Mastodon imports.")
@one_person
@pln
@quiet
def export(
    form: str | None,
    output: Path | None,
    ids_only: bool,
    codebook: bool,
    follows: bool,
    view: View,
    file: Path,
    quiet: bool,
) -> None:
    """All tables as files, with a data dictionary and a manifest.

    The texts of posts stay in the PLN file. Without --ego the people of all
    egos are written; all other tables are always whole.

    \b
    Examples:
      plnmap export -o tables
      plnmap export --format parquet -o tables --as-of 2021-05-31
      plnmap export --ids-only -o ids
      plnmap export --codebook -o codebook.csv
      plnmap export --follows -o following_accounts.csv
    """
    asked = [
        name
        for name, is_asked in (("--ids-only", ids_only), ("--codebook", codebook), ("--follows", follows))
        if is_asked
    ]
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} are exports of their own", hint="ask for one at a time")
    if codebook:
        _refuse("--codebook", {"--ego": view.ego, "--as-of": view.as_of, "--settings": view.settings})
        _write_codebook(form, output)
    elif follows:
        _refuse("--follows", {"--format": form, "--as-of": view.as_of, "--settings": view.settings})
        _write_follows(output, view.ego, file, quiet=quiet)
    elif output is None:
        raise UsageError("-o does not say where to", hint="name a folder: plnmap export -o tables")
    elif ids_only:
        _refuse("--ids-only", {"--ego": view.ego, "--as-of": view.as_of, "--settings": view.settings})
        _write_ids(output, form or "csv", file, quiet=quiet)
    else:
        _write_tables(output, form or "csv", view, file, quiet=quiet)


def _refuse(part: str, options: Mapping[str, object]) -> None:
    """Say so where an option would be of no effect."""
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise UsageError(f"{part} does not take {given[0]}", hint=f"leave out {' and '.join(given)}")


def _write_codebook(form: str | None, output: Path | None) -> None:
    from plnmap.report.codebook import codebook_csv, codebook_page

    to_stdout = output is None or str(output) == "-"
    ending = f".{form or 'md'}" if output is None or to_stdout else output.suffix.lower()
    writers = {".md": codebook_page, ".csv": codebook_csv}
    if ending not in writers:
        raise UsageError(
            "the codebook is written as Markdown or CSV", hint="plnmap export --codebook -o codebook.csv"
        )
    write_text(writers[ending](), output)


def _write_follows(output: Path | None, ego: str | None, file: Path, *, quiet: bool) -> None:
    from plnmap.analysis.egos import choose_ego
    from plnmap.report.follows import followed, follows_csv
    from plnmap.report.values import number_of
    from plnmap.store import open_store

    with open_store(file) as store:
        whose = choose_ego(store, ego)
        found = followed(store, whose.account)
    people = number_of(found.people, "person", "people")
    if not found.people:
        raise UsageError(
            f"no source shows whom {plain(whose.name)} follows",
            hint="import an archive that does, or ask the platform: plnmap collect",
        )
    if not found.addresses:
        raise UsageError(
            f"no address on Mastodon is known of the {people} whom {plain(whose.name)} follows",
            hint="say whom you know there: plnmap link --suggest, or plnmap link @ada @ada@example.social",
        )
    write_text(follows_csv(found.addresses), output)
    addresses = number_of(len(found.addresses), "address", "addresses")
    note(f"{addresses} on Mastodon, of {people} whom {plain(whose.name)} follows", quiet=quiet)


def _write_ids(output: Path, form: str, file: Path, *, quiet: bool) -> None:
    from plnmap.report.files import check_folder, export_ids
    from plnmap.report.values import number_of
    from plnmap.store import open_store

    check_folder(output, form)
    with open_store(file) as store:
        rows, left_out = export_ids(store, output, form=form, announce=partial(note, quiet=quiet))
    _tell(rows, output, quiet=quiet)
    if any(left_out.values()):
        posts = number_of(left_out["ids_of_posts"], "post")
        accounts = number_of(left_out["ids_of_accounts"], "account")
        note(f"left out: {posts} and {accounts}, known by an address or a handle only", quiet=quiet)


def _write_tables(output: Path, form: str, view: View, file: Path, *, quiet: bool) -> None:
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.report.files import check_folder, export_files

    check_folder(output, form)
    announce = partial(note, quiet=quiet)
    with open_to_look(file) as store:
        looked: list[Network] = []
        networks = _networks(store, view, announce, looked)
        rows = export_files(store, networks, output, form=form, as_of=view.as_of, announce=announce)
        for network in looked:
            mark_shown(store, network.ego.account, datetime.now(UTC))
    _tell(rows, output, quiet=quiet)


def _networks(
    store: Store, view: View, announce: Callable[[str], None], looked: list[Network]
) -> Iterator[Network]:
    """The networks of the ego meant, or of all, as they are asked for; each is added to those looked at."""
    from plnmap.analysis.egos import choose_ego, egos
    from plnmap.analysis.people import map_people

    for each in egos(store) if view.ego is None else [choose_ego(store, view.ego)]:
        looked.append(
            map_people(store, each, as_of=view.as_of, settings=view.settings, announce=announce, posts=False)
        )
        yield looked[-1]


def _tell(rows: Mapping[str, int], folder: Path, *, quiet: bool) -> None:
    for name, count in rows.items():
        note(f"{count:>10,}  {folder / name}", quiet=quiet)
