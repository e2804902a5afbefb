"""Looking at a network: `report`, `thanks`, `people`, `show`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.options import DAY, named_file, one_person, output, pln, quiet, write_text
from plnmap.console import note
from plnmap.errors import UsageError

if TYPE_CHECKING:
    from plnmap.analysis.holdings import Holdings
    from plnmap.analysis.people import Network
    from plnmap.store import Store


def load(store: Store, ego: str | None, as_of: date | None, *, quiet: bool) -> Network:
    """The network of the ego meant, with notes on what is being computed; from now on it was seen."""
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.people import map_people

    def announce(text: str) -> None:
        note(text, quiet=quiet)

    derive_ties(store, announce)
    whose = choose_ego(store, ego)
    if as_of and whose.first and as_of < whose.first.date():
        raise UsageError(
            f"there is nothing of {whose.name} before {whose.first:%Y-%m-%d}", hint="give a later --as-of"
        )
    if as_of and whose.t0 and as_of > whose.t0.date():
        announce(f"the file ends on {whose.t0:%Y-%m-%d}; that is what is shown")
    mark_shown(store, whose.account, datetime.now(UTC))
    return map_people(store, whose, as_of=as_of, announce=announce)


def again(file: Path, ego: str | None) -> str:
    """What a command that we suggest needs, to be about the same file and ego."""
    return named_file(file) + (f" --ego {ego}" if ego else "")


def print_report(store: Store, ego: str | None, as_of: date | None, *, quiet: bool) -> None:
    """Write the report of one ego to stdout."""
    from plnmap.analysis.summary import summarise
    from plnmap.report.report import render_report
    from plnmap.report.terminal import as_text

    write_text(as_text(render_report(summarise(store, load(store, ego, as_of, quiet=quiet)))), None)


ROLES = (
    "mentor",
    "mentee",
    "peer_mentor",
    "just_in_time_helper",
    "role_model",
    "amplifier",
    "broadcaster",
    "gone_quiet",
)
SORTS = ("strength", "days", "helped", "given", "last", "name")


@click.command()
@one_person
@output("table", "json")
@pln
@quiet
def report(
    ego: str | None, as_of: date | None, form: str, output: Path | None, file: Path, quiet: bool
) -> None:
    """One screen: who helped you, whom you learn from and help, who went quiet, what is unseen.

    \b
    Examples:
      plnmap report
      plnmap report --as-of 2019-12-31
      plnmap report --format json -o report.json
    """
    from plnmap.analysis.summary import summarise
    from plnmap.commands.recalling import offer_recall
    from plnmap.report.report import render_report
    from plnmap.report.terminal import as_json, as_text
    from plnmap.store import open_store

    with open_store(file) as store:
        if form == "table" and output is None:
            offer_recall(store, ego, quiet=quiet)
        summary = summarise(store, load(store, ego, as_of, quiet=quiet))
    text = (
        as_json(summary)
        if form == "json"
        else as_text(render_report(summary, again(file, ego)), styled=output is None)
    )
    write_text(text, output)


@click.command()
@one_person
@click.option("--role", type=click.Choice(ROLES), help="Only people with this role, sure or with a ?.")
@click.option("--sort", type=click.Choice(SORTS), default="strength", show_default=True, help="Order.")
@click.option("--since", type=DAY, metavar="DATE", help="Only people in contact on or after that day.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many (table: 30).")
@output("table", "csv", "json", "md")
@pln
@quiet
def people(
    ego: str | None,
    as_of: date | None,
    role: str | None,
    sort: str,
    since: date | None,
    limit: int | None,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Everyone you had to do with: strength, give and take, roles.

    \b
    Examples:
      plnmap people --role mentor
      plnmap people --sort helped --since 2020-01-01
      plnmap people --format csv -o people.csv
    """
    from plnmap.analysis.choosing import choose_people
    from plnmap.report.people import people_rows, render_people
    from plnmap.report.terminal import as_csv, as_json, as_markdown, as_text
    from plnmap.store import open_store

    with open_store(file) as store:
        network = load(store, ego, as_of, quiet=quiet)
    chosen = choose_people(network.people, role=role, since=since, sort=sort)
    shown = chosen[: limit or (30 if form == "table" else None)]
    if form == "table":
        text = as_text(render_people(network, shown, len(chosen)), styled=output is None)
    elif form == "json":
        text = as_json(shown)
    elif form == "csv":
        text = as_csv([person._asdict() for person in shown])
    else:
        text = as_markdown(people_rows(shown))
    write_text(text, output)


@click.command()
@click.argument("person")
@one_person
@click.option("--limit", type=click.IntRange(min=1), default=8, show_default=True, help="Posts of each sort.")
@click.option("--everything", is_flag=True, help="All that the file holds about them, tie or no tie.")
@output("table", "json")
@pln
@quiet
def show(
    person: str,
    ego: str | None,
    as_of: date | None,
    limit: int,
    everything: bool,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """One tie, opened: its years, its give and take, and the posts behind every claim.

    PERSON is a handle (with or without @, an earlier one too), an id, or
    user@server.
    """
    from plnmap.analysis.story import tell
    from plnmap.report.holdings import render_holdings
    from plnmap.report.show import render_tie
    from plnmap.report.terminal import as_json, as_text
    from plnmap.store import open_store

    if everything:
        found = _everything(person, file, quiet=quiet)
        whole = render_holdings(found, limit)
        write_text(as_json(found) if form == "json" else as_text(whole, styled=output is None), output)
        return
    with open_store(file) as store:
        story = tell(store, load(store, ego, as_of, quiet=quiet), person)
    told = {"ego": story.network.ego, "as_of": story.network.as_of, **story._asdict()}
    del told["network"]
    text = (
        as_json(told)
        if form == "json"
        else as_text(render_tie(story, limit, again(file, ego)), styled=output is None)
    )
    write_text(text, output)


def _everything(person: str, file: Path, *, quiet: bool) -> Holdings:
    """What the file holds about somebody, which takes no ego; to all of them it shows results."""
    from plnmap.analysis.derived import derive_acts, derive_ties
    from plnmap.analysis.egos import egos
    from plnmap.analysis.holdings import all_held
    from plnmap.analysis.own_word import mark_shown
    from plnmap.store import open_store

    with open_store(file) as store:
        for derive in (derive_ties, derive_acts):
            derive(store, lambda text: note(text, quiet=quiet))
        known = egos(store)
        found = all_held(store, person, known[0].platform if known else "twitter")
        for each in known:
            mark_shown(store, each.account, datetime.now(UTC))
    return found
