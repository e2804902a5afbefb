"""Asking the platforms: `collect mastodon`, `collect twitter`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from plnmap.commands.base import Commands
from plnmap.commands.options import DAY, named_file, pln, quiet, write_text
from plnmap.console import may_ask, note, ongoing
from plnmap.errors import PlnmapError, UsageError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.collect import Progress, Wanted
    from plnmap.sources.live import Alter, Live, PlanRow
    from plnmap.store import Store

PARTS = ("posts", "follows", "notifications", "answers", "boosts", "favourites")

Function = TypeVar("Function", bound=Callable[..., Any])


@click.group(cls=Commands)
def collect() -> None:
    """Ask a platform for your posts, your follows, and what others did towards you.

    It only reads. What came is kept page by page: stop it whenever you like, the
    same command goes on from there, and later takes only what is new.

    \b
    Examples:
      plnmap collect mastodon --plan        what it takes, before anything is sent
      plnmap collect mastodon
      plnmap collect twitter --budget 5.00
    """


def _options(function: Function) -> Function:
    """What both platforms are told in the same way."""
    for option in reversed(
        (
            click.option("--account", metavar="WHO", help="Which of the accounts that are logged in."),
            click.option("--plan", "plan_only", is_flag=True, help="Say what it takes, and send nothing."),
            click.option(
                "--depth",
                type=click.Choice(("ego", "alters")),
                default="ego",
                show_default=True,
                help="Your own pages, or then also those of others, strongest ties first.",
            ),
            click.option("--since", type=DAY, metavar="DATE", help="Nothing older than that day."),
            click.option(
                "--max-posts", type=click.IntRange(min=1), help="At most so many posts of each account."
            ),
            click.option(
                "--only", multiple=True, type=click.Choice(PARTS), help="Only this part; may be repeated."
            ),
            click.option("--no-raw", is_flag=True, help="Do not keep the answers as they came."),
            click.option(
                "--no-text",
                is_flag=True,
                help="Find what texts do, and keep neither them nor the answers.",
            ),
            pln,
            quiet,
        )
    ):
        function = option(function)
    return function


@collect.command()
@_options
def mastodon(**told: Any) -> None:
    """Collect a Mastodon account, see plnmap login mastodon.

    \b
    Examples:
      plnmap collect mastodon --plan
      plnmap collect mastodon --depth alters --max-posts 200
    """
    _collect("mastodon", budget=None, yes=True, prices=None, **told)


@collect.command()
@_options
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    metavar="DOLLARS",
    help="The most that this account may cost, earlier runs included.",
)
@click.option("--yes", is_flag=True, help="Spend without being asked.")
@click.option(
    "--prices",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of prices in place of our own.",
)
def twitter(**told: Any) -> None:
    """Collect an account on X, see plnmap login twitter. X bills each read.

    The plan is shown, and you are asked, before anything is spent.

    \b
    Examples:
      plnmap collect twitter --plan
      plnmap collect twitter --budget 5.00 --only notifications --only follows
    """
    _collect("twitter", **told)


def _collect(
    platform: str,
    *,
    account: str | None,
    plan_only: bool,
    depth: str,
    since: date | None,
    max_posts: int | None,
    only: Sequence[str],
    no_raw: bool,
    no_text: bool,
    budget: float | None,
    yes: bool,
    prices: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    from plnmap.collect import Wanted
    from plnmap.sources.accounts import open_account
    from plnmap.sources.credentials import choose_login
    from plnmap.sources.live import Depth, Limits

    login = choose_login(cast("Any", platform), account)
    start = datetime(since.year, since.month, since.day, tzinfo=UTC) if since else None
    wanted = Wanted(cast("Depth", depth), frozenset(only or PARTS), budget, raw=not (no_raw or no_text))
    with open_account(login, Limits(start, max_posts), prices) as live:
        rows, text, before = _plan(live, wanted, prices, file, quiet=quiet)
        if plan_only:
            write_text(text, None)
            return
        note(text, quiet=quiet and yes)
        agreed = _agreed(rows, budget, before, yes=yes)
        _run(live, wanted._replace(budget=agreed), rows, file, no_text=no_text, quiet=quiet)


def _plan(
    live: Live, wanted: Wanted, prices: Path | None, file: Path, *, quiet: bool
) -> tuple[list[PlanRow], str, float]:
    """What the run is going to take, that in words, and what was spent before, US dollars."""
    from plnmap.collect import open_tasks, spent
    from plnmap.report.plan import render_plan
    from plnmap.report.terminal import as_text
    from plnmap.sources.x_prices import load_prices
    from plnmap.store import open_store

    with open_store(file if file.exists() else None) as store:
        alters = _strongest(store, live, quiet=quiet) if wanted.depth == "alters" else []
        rows = live.plan(open_tasks(store, live, wanted, alters))
        before = spent(store, live.source)
    read_on = load_prices(prices).read_on if live.platform == "twitter" else None
    text = as_text(render_plan(live.name, rows, read_on, before))
    if wanted.depth == "alters" and not alters:
        text += (
            "Whose pages come after yours is not known before yours are here: they are not in this plan.\n"
        )
    return rows, text, before


def _agreed(rows: Sequence[PlanRow], budget: float | None, before: float, *, yes: bool) -> float | None:
    """The budget of the run: nothing is spent that was not agreed to."""
    dollars = sum(row.dollars for row in rows)
    if yes or dollars == 0:
        return budget
    # The plan does not hold what others did with posts that are not here yet. And counts are behind:
    # each page is asked for with a few items to spare.
    most = 1.05 * dollars + 0.05
    bound = "" if budget is None else f" (--budget {budget:.2f})"
    asked = f"${most if budget is None else max(0.0, min(most, budget - before)):,.2f}{bound}"
    if not may_ask():
        raise UsageError(
            f"this may cost {asked}, and nobody is here to be asked",
            hint="agree with --yes, and set a bound with --budget 5.00",
        )
    click.confirm(f"Spend up to {asked}?", default=False, abort=True, err=True)
    return before + most if budget is None else budget


def _run(
    live: Live, wanted: Wanted, rows: Sequence[PlanRow], file: Path, *, no_text: bool, quiet: bool
) -> None:
    from plnmap.analysis.held.texts_let_go import TextsLetGo
    from plnmap.collect import collect as collect_from

    going = TextsLetGo()
    planned = sum(row.requests for row in rows)
    command = f"plnmap collect {live.platform}{named_file(file)}"
    latest: list[Progress] = []
    with _saved(latest, command, quiet=quiet), ongoing(planned, quiet=quiet) as say:

        def tell(progress: Progress) -> None:
            latest[:] = [progress]
            say(_words(live, progress), progress.requests)

        done = collect_from(
            file,
            live,
            wanted,
            choose=lambda store: _strongest(store, live, quiet=True),
            also=going.also if no_text else lambda store: None,
            on_page=going.on_page if no_text else lambda page: None,
            tell=tell,
        )
    note(f"{_came(done)}\n  → plnmap report{named_file(file)}", quiet=quiet)


@contextmanager
def _saved(latest: Sequence[Progress], command: str, *, quiet: bool) -> Iterator[None]:
    """Say what is saved where a run does not come to its end."""
    try:
        yield
    except (KeyboardInterrupt, PlnmapError):
        if latest:
            note(f"saved: {_came(latest[0])}\n  → {command}   (goes on from here)", quiet=quiet)
        raise


def _words(live: Live, progress: Progress) -> str:
    """What is going on, in a few words."""
    if progress.task is None:
        return ""
    stream = live.streams.get(progress.task.stream)
    doing = stream.meaning if stream else "choosing whose pages come next"
    cost = f" · ${progress.dollars:,.2f}" if progress.dollars else ""
    said = f"{doing} · {progress.rows:,} new{cost}"
    if progress.waits_until is None:
        return said
    return f"{said} · waiting until {progress.waits_until.astimezone():%H:%M:%S}: {plain(progress.why)}"


def _came(progress: Progress) -> str:
    from plnmap.report.values import number_of

    cost = f", ${progress.dollars:,.2f} spent in all" if progress.dollars else ""
    return f"{number_of(progress.pages, 'page')}, {number_of(progress.rows, 'new row')}{cost}"


def _strongest(store: Store, live: Live, *, quiet: bool) -> list[Alter]:
    """Everybody on the platform with whom the owner had to do, strongest tie first."""
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.people import map_people
    from plnmap.sources.live import Alter

    if store.source(live.source) is None:
        return []

    def announce(text: str) -> None:
        note(text, quiet=quiet)

    derive_ties(store, announce)
    network = map_people(store, choose_ego(store, live.owner), announce=announce)
    return [
        Alter(person.account, person.handle)
        for person in network.people
        if person.account.startswith(f"{live.platform}:") and (person.days_out or person.days_in)
    ]
