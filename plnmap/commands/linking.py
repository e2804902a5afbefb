"""Several accounts, one person: `link`, `unlink`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plnmap.commands.base import Command
from plnmap.commands.options import handles, one_ego, output, pln, quiet, write_text
from plnmap.console import may_ask, note
from plnmap.errors import UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.analysis.accounts.addresses import Suggestion
    from plnmap.store import Store

PLATFORM = "twitter"
"""Where a bare handle is looked for first."""

QUESTION = "c came along · m met on Mastodon · n not found · Enter skip · q stop"
ANSWERS = ("c", "m", "n", "", "q")


@click.command(cls=Command)
@click.argument("account", required=False, shell_complete=handles)
@click.argument("other", required=False, shell_complete=handles)
@click.option("--suggest", is_flag=True, help="Go through the addresses that people gave you themselves.")
@one_ego
@output("table", "csv", "json")
@pln
@quiet
def link(
    account: str | None,
    other: str | None,
    suggest: bool,
    ego: str | None,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Say that two accounts are one person, on one platform or on two.

    ACCOUNT becomes the main account: the person goes by its name, and all that
    was seen of either counts as theirs. Two of your own archives become one
    map. `plnmap unlink` undoes it. Alone, it lists what is linked.

    --suggest proposes pairs from addresses that people posted to you or have
    in their profile; nothing is linked by equal names, nor without you. On a
    terminal it asks one by one; elsewhere it lists them.

    \b
    Examples:
      plnmap link @ada @ada@example.social
      plnmap link --suggest
      plnmap link --suggest --format csv -o suggestions.csv
    """
    from plnmap.analysis.accounts.linking import account_name
    from plnmap.analysis.accounts.linking import link as make
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego, find_account
    from plnmap.report.linking import acts_in_words, link_lines, suggestion_text
    from plnmap.store import open_store

    if account is not None and (other is None or suggest):
        raise UsageError("name two accounts", hint="plnmap link @ada @ada@example.social")
    with open_store(file) as store:
        if account is None and not suggest:
            write_text(link_lines(store), output)
            return
        derive_ties(store, lambda text: note(text, quiet=quiet))
        if account is not None and other is not None:
            one, two = (find_account(store, each, PLATFORM) for each in (account, other))
            done = make(store, one, two, said_at=datetime.now(UTC))
            joined, main = (plain(account_name(store, each)) for each in (done.account, done.person))
            note(f"{joined} is now part of {main}", quiet=quiet)
            if done.acts_between:
                note(f"  {acts_in_words(done.acts_between)}", quiet=quiet)
            return
        from plnmap.analysis.accounts.addresses import suggestions

        found = suggestions(store, choose_ego(store, ego))
        if may_ask(quiet) and output is None and form == "table":
            _ask(store, found)
        else:
            write_text(suggestion_text(found, form), output)


def _ask(store: Store, found: list[Suggestion]) -> None:
    """Go through suggestions one by one; each answer is kept at once."""
    from plnmap.analysis.accounts.linking import decline
    from plnmap.analysis.accounts.linking import link as make
    from plnmap.analysis.egos import person_of
    from plnmap.report.linking import suggestion_lines

    if not found:
        note("nobody gave you an address that is not linked yet")
    for number, each in enumerate(found, start=1):
        if person_of(store, each.account) == person_of(store, each.address):
            continue  # an answer just given joined them
        note(f"\n{number} of {len(found)}\n{suggestion_lines(each)}")
        answer = click.prompt(
            QUESTION, type=click.Choice(ANSWERS), default="", show_choices=False, show_default=False, err=True
        )
        if answer == "q":
            return
        twitter, mastodon = sorted((each.account, each.address), key=lambda key: key.startswith("mastodon:"))
        if answer == "c":
            make(store, twitter, mastodon, said_at=datetime.now(UTC), answer="came_along")
        elif answer == "m":
            make(store, mastodon, twitter, said_at=datetime.now(UTC), answer="met_there")
        elif answer == "n":
            decline(store, each.account, each.address, datetime.now(UTC))


@click.command(cls=Command)
@click.argument("account")
@click.argument("other", required=False, shell_complete=handles)
@pln
@quiet
def unlink(account: str, other: str | None, file: Path, quiet: bool) -> None:
    """Take an account out of its person again.

    With OTHER, the two are parted, whichever of them is the main account.
    """
    from plnmap.analysis.accounts.linking import account_name
    from plnmap.analysis.accounts.linking import unlink as part
    from plnmap.analysis.egos import find_account
    from plnmap.store import open_store

    with open_store(file) as store:
        named = [find_account(store, each, PLATFORM) for each in (account, other) if each is not None]
        gone, main = (plain(account_name(store, each)) for each in part(store, *named))
    note(f"{gone} is no longer part of {main}", quiet=quiet)
