"""Looking at a network: `report`, `thanks`, `people`, `show`."""

from __future__ import annotations

import shlex
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plnmap.commands.base import Command
from plnmap.commands.drawing import shareable, who_is_shown
from plnmap.commands.mistyped import OneOf, offered
from plnmap.commands.options import (
    DAY,
    View,
    again,
    handles,
    named_file,
    one_person,
    output,
    pln,
    quiet,
    write_text,
)
from plnmap.console import note
from plnmap.errors import UsageError
from plnmap.pln import look_at

if TYPE_CHECKING:
    from plnmap.analysis.held.holdings import Holdings
    from plnmap.analysis.people import Network
    from plnmap.report.pages.report import Posts
    from plnmap.report.sharing import Pseudonyms
    from plnmap.store import Store


def load(store: Store, view: View, *, quiet: bool) -> Network:
    """The network of the ego meant, with notes on what is being computed; from now on it was seen."""
    return look_at(store, view.ego, view.as_of, view.settings, announce=partial(note, quiet=quiet))


def print_report(store: Store, file: Path, ego: str, *, quiet: bool) -> Network:
    """Write the report of one ego to stdout, as of a file; return the network that it is about."""
    from plnmap.analysis.summary import summarise
    from plnmap.report.report import render_report
    from plnmap.report.terminal import as_text

    view = View(ego)
    network = load(store, view, quiet=quiet)
    shown = render_report(summarise(store, network), again(file, view), named_file(file))
    write_text(as_text(shown), None)
    return network


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
SCREEN_ROLES = {"quick_helper": "just_in_time_helper"}
"""What a role is called on screens, where that is another word than in files."""


class _Role(click.Choice[str]):
    """A role by its name in files or by its word on screens, in whatever case, with or without a ?.

    Several are parted by commas; whoever has any of them is meant.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if isinstance(value, tuple) else tuple(map(self._role, value.split(",")))

    def _role(self, word: str) -> str:
        name = "_".join(word.lower().replace("-", " ").replace("_", " ").rstrip("? ").split())
        name = SCREEN_ROLES.get(name, name)
        if name not in self.choices:
            hint = offered(name, [*self.choices, *SCREEN_ROLES])
            raise UsageError(f"there is no role {word.strip()!r}", hint=hint)
        return name


REPORT_ENDINGS = ("", ".html", ".txt", ".json")
SORTS = ("strength", "days", "helped", "given", "last", "name")


@click.command(cls=Command)
@click.option(
    "--evidence",
    "posts",
    type=OneOf(["none", "links", "text"]),
    help="What a page holds of the posts behind it: their words only if asked for.  [default: links]",
)
@shareable
@one_person
@output("table", "json")
@pln
@quiet
def report(
    posts: Posts | None,
    share: bool,
    shown: str | None,
    view: View,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """All at a glance: who helped you, whom you help, who went quiet.

    What the file cannot show is named at the end. As .html it is a page with
    pictures, in one file that needs no network.

    \b
    Examples:
      plnmap report
      plnmap report --as-of 2019-12-31
      plnmap report --format json -o report.json
      plnmap report -o report.html --evidence text
      plnmap report -o report.html --share --show @ada_venn
    """
    from plnmap.analysis.summary import summarise
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.commands.recalling import offer_recall
    from plnmap.report.report import render_report
    from plnmap.report.terminal import as_json, as_text

    ending = output.suffix.lower() if output else ""
    _check_report(ending, form, posts, share or shown is not None)
    if output and ending == ".html":
        with open_to_look(file) as store:
            network = load(store, view, quiet=quiet)
            by = who_is_shown(store, network, share, shown)
            write_page(store, network, output, posts or ("links" if by is None else "none"), by)
        private = "" if share else "; it names people: for your own eyes, or made again with --share"
        note(f"{output}: {len(network.people):,} people, those only followed included{private}", quiet=quiet)
        if posts is None and not share:
            more = f"plnmap report -o {shlex.quote(str(output))} --evidence text{again(file, view)}"
            note(f"  → links to posts, no words of theirs; to quote them: {more}", quiet=quiet)
        return
    with open_to_look(file) as store:
        if form == "table" and output is None:
            offer_recall(store, view.ego, quiet=quiet)
        summary = summarise(store, load(store, view, quiet=quiet))
    text = (
        as_json(summary)
        if "json" in (form, ending[1:])
        else as_text(render_report(summary, again(file, view), named_file(file)), styled=output is None)
    )
    write_text(text, output)


def _check_report(ending: str, form: str, posts: Posts | None, share: bool) -> None:
    """Refuse what fits neither a page nor a text."""
    if ending not in REPORT_ENDINGS:
        raise UsageError(
            f"a report cannot be written as {ending}", hint="let the name end in .html, .txt or .json"
        )
    if ending != ".html" and (posts or share):
        raise UsageError("--evidence, --share and --show are for a page", hint="add -o report.html")
    if ending == ".html" and form == "json":
        raise UsageError("a page is not JSON", hint="leave out --format, or let the name end in .json")
    if share and posts in ("links", "text"):
        raise UsageError("a page to be shown to others holds no posts", hint="leave out --evidence")


def write_page(
    store: Store, network: Network, target: Path, posts: Posts, by: Pseudonyms | None = None
) -> None:
    """Write the report of a network as a page; `by` says who goes by what where it is to be shown."""
    from plnmap.analysis.overview import overview
    from plnmap.report.pages.report import report_page
    from plnmap.report.sharing import conceal

    found = overview(store, network)
    if by is not None:
        found = conceal(found, by)
    write_text(report_page(found, posts=posts, shared=None if by is None else by.shown), target)


@click.command(cls=Command)
@one_person
@click.option(
    "--role",
    type=_Role(ROLES),
    metavar="ROLE[,ROLE...]",
    multiple=True,
    help=f"Only people with this role, sure or with a ?: {', '.join(ROLES)}; or its word on screens.",
)
@click.option("--sort", type=OneOf(SORTS), default="strength", show_default=True, help="Order.")
@click.option("--since", type=DAY, metavar="DATE", help="Only people in contact on or after that day.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many (table: 30).")
@output("table", "csv", "json", "md")
@pln
@quiet
def people(
    view: View,
    role: tuple[tuple[str, ...], ...],
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
      plnmap people --role mentor,peer_mentor
      plnmap people --sort helped --since 2020-01-01
      plnmap people --format csv -o people.csv
    """
    from plnmap.analysis.choosing import choose_people
    from plnmap.analysis.summary import days_by_year
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.report.people import people_rows, render_people
    from plnmap.report.terminal import as_csv, as_json, as_markdown, as_text

    roles = list(dict.fromkeys(chain(*role)))
    with open_to_look(file) as store:
        network = load(store, view, quiet=quiet)
        chosen = choose_people(network.people, roles=roles, since=since, sort=sort)
        shown = chosen[: limit or (30 if form == "table" else None)]
        by_year = days_by_year(store, network, shown)
    if form == "table":
        text = as_text(render_people(network, shown, by_year, chosen, roles), styled=output is None)
    elif form == "json":
        text = as_json(shown)
    elif form == "csv":
        text = as_csv([person._asdict() for person in shown])
    else:
        text = as_markdown(people_rows(shown))
    write_text(text, output)


@click.command(cls=Command)
@click.argument("person", shell_complete=handles)
@one_person
@click.option("--limit", type=click.IntRange(min=1), default=8, show_default=True, help="Posts of each sort.")
@click.option("--why", is_flag=True, help="Also the rule by which each post was found.")
@click.option("--everything", is_flag=True, help="All that the file holds about them, tie or no tie.")
@output("table", "json")
@pln
@quiet
def show(
    person: str,
    view: View,
    limit: int,
    why: bool,
    everything: bool,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """One person: the years, the give and take, and the posts behind it.

    PERSON is a handle (with or without @, an earlier one too), an id, or
    user@server. Each claim comes with its posts and their addresses.

    \b
    Examples:
      plnmap show @ada_venn
      plnmap show @ada_venn --limit 20 --why
      plnmap show @ada_venn --everything
    """
    from plnmap.analysis.story import tell
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.report.holdings import render_holdings
    from plnmap.report.show import render_tie
    from plnmap.report.terminal import as_json, as_text

    if everything:
        found = _everything(person, file, quiet=quiet)
        whole = render_holdings(found, limit)
        write_text(as_json(found) if form == "json" else as_text(whole, styled=output is None), output)
        return
    with open_to_look(file) as store:
        story = tell(store, load(store, view, quiet=quiet), person)
    told = {"ego": story.network.ego, "as_of": story.network.as_of, **story._asdict()}
    del told["network"]
    text = (
        as_json(told)
        if form == "json"
        else as_text(render_tie(story, limit, again(file, view), why=why), styled=output is None)
    )
    write_text(text, output)


def _everything(person: str, file: Path, *, quiet: bool) -> Holdings:
    """What the file holds about somebody, which takes no ego; to all of them it shows results."""
    from plnmap.analysis.derived import derive_acts, derive_ties
    from plnmap.analysis.egos import egos
    from plnmap.analysis.held.holdings import all_held
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.who_is_who import open_to_look

    with open_to_look(file) as store:
        for derive in (derive_ties, derive_acts):
            derive(store, lambda text: note(text, quiet=quiet))
        known = egos(store)
        found = all_held(store, person, known[0].platform if known else "twitter")
        for each in known:
            mark_shown(store, each.account, datetime.now(UTC))
    return found
