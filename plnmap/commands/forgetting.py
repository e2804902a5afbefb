"""What people take back: `refresh`, `purge`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from plnmap.commands.base import Command
from plnmap.commands.mistyped import OneOf
from plnmap.commands.options import handles, pln, quiet
from plnmap.console import may_ask, note, progress
from plnmap.errors import UnknownPerson, UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.collect.refreshing import Refreshed
    from plnmap.sources.lookups import What
    from plnmap.store import Store

PLATFORM = "twitter"
"""Where a bare handle is looked for first."""


@click.command(cls=Command)
@click.option("--account", metavar="WHO", help="Which of the accounts that are logged in.")
@click.option("--only", type=OneOf(("posts", "accounts")), help="Only these.")
@click.option("--max-requests", type=click.IntRange(min=1), help="Stop after so many; the next run goes on.")
@click.option("--plan", is_flag=True, help="Say what it takes, and send nothing.")
@click.option("--yes", is_flag=True, help="Spend without being asked.")
@click.option(
    "--prices",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of prices in place of our own.",
)
@pln
@quiet
def refresh(
    account: str | None,
    only: str | None,
    max_requests: int | None,
    plan: bool,
    yes: bool,
    prices: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Follow what others delete, edit or rename on the platform.

    A post that was deleted loses its text and all that was found in it; that
    somebody wrote to somebody on that day stays. An account that is no more
    keeps its ties and loses its name. What was looked at longest ago comes
    first.

    \b
    Examples:
      plnmap refresh --plan
      plnmap refresh --only posts --max-requests 100
    """
    from plnmap.collect.refreshing import refresh as look_again
    from plnmap.collect.refreshing import to_look_at
    from plnmap.report.refreshing import came_of_it, plan_of
    from plnmap.sources.accounts import open_looker
    from plnmap.sources.credentials import choose_login
    from plnmap.store import open_store

    kinds: tuple[What, ...] = ("posts", "accounts") if only is None else (cast("What", only),)
    with open_looker(choose_login(None, account), prices) as looker:
        with open_store(file) as store:
            left = {what: to_look_at(store, looker, what) for what in kinds}
        said = plan_of(looker, left, max_requests)
        if plan:
            click.echo(said.text)
            return
        note(said.text, quiet=quiet)
        _agree(said.dollars, yes=yes, quiet=quiet)
        latest: list[Refreshed] = []
        try:
            with progress("looking again", sum(left.values()), quiet=quiet) as advance:
                look_again(
                    file,
                    looker,
                    kinds,
                    most_requests=max_requests,
                    tell=lambda done: _tell(done, latest, advance),
                )
        finally:
            if latest:
                note(came_of_it(latest[-1]), quiet=quiet)


def _tell(done: Refreshed, latest: list[Refreshed], advance: Callable[[int], None]) -> None:
    before = latest[-1].posts + latest[-1].accounts if latest else 0
    advance(done.posts + done.accounts - before)
    latest[:] = [done]


def _agree(dollars: float, *, yes: bool, quiet: bool) -> None:
    """Spend nothing that was not agreed to."""
    if yes or dollars == 0:
        return
    if not may_ask(quiet):
        raise UsageError(
            f"this may cost ${dollars:,.2f}, and nobody is here to be asked",
            hint="agree with --yes, and set a bound with --max-requests",
        )
    click.confirm(f"Spend up to ${dollars:,.2f}?", abort=True, err=True)


@click.command(cls=Command)
@click.argument("person", shell_complete=handles)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pln
@quiet
def purge(person: str, yes: bool, file: Path, quiet: bool) -> None:
    """Forget a person, with all accounts linked to them, for good.

    Gone is whatever is by them; what they did and what was done towards them;
    your labels, notes and answers about them; and the text of every post that
    answers or names them. Their name is kept as a hash only, so that later
    imports and collections leave them out. Your archives are not changed, nor
    is anything you wrote with -o.

    There is no way back in this file. To see first what is held about them:
    plnmap show PERSON --everything
    """
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.held.purging import doomed, was_purged
    from plnmap.analysis.held.purging import purge as forget
    from plnmap.pln_file import rewrite
    from plnmap.store import open_store

    with open_store(file) as store:
        derive_ties(store, lambda text: note(text, quiet=quiet))
        try:
            who = doomed(store, person, PLATFORM)
        except UnknownPerson:
            if not was_purged(store, person):
                raise
            name = plain(person)
        else:
            name = plain(who.name)
            _ask(store, person, yes=yes, quiet=quiet)
            forget(store, who, datetime.now(UTC))
    # An interrupted purge leaves the bytes of deleted rows; asked again, it ends its work.
    rewrite(file)
    note(
        f"{name} is forgotten: nothing of them is in {file}, and nothing of them will be read in again",
        quiet=quiet,
    )


def _ask(store: Store, person: str, *, yes: bool, quiet: bool) -> None:
    if yes:
        return
    if not may_ask(quiet):
        raise UsageError(
            f"{plain(person)} was not purged: nobody could be asked", hint="add --yes if you mean it"
        )
    from plnmap.analysis.derived import derive_acts
    from plnmap.analysis.held.holdings import all_held
    from plnmap.report.purging import what_goes

    derive_acts(store, lambda text: note(text, quiet=quiet))
    note(what_goes(all_held(store, person, PLATFORM)))
    click.confirm("Forget all of this, for good?", abort=True, err=True)
