"""Asking the platforms: `collect mastodon`, `collect twitter`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from plnmap.commands.agreeing import Offer, Order, agree, agree_further, offer
from plnmap.commands.base import Commands
from plnmap.commands.mistyped import OneOf
from plnmap.commands.options import DAY, named_file, pln, quiet, write_text
from plnmap.console import note, ongoing
from plnmap.errors import PlnmapError
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.collect import Progress
    from plnmap.sources.live import Alter, Live
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
                type=OneOf(("ego", "alters")),
                default="ego",
                show_default=True,
                help="Your own pages, or then also those of others, strongest ties first.",
            ),
            click.option("--since", type=DAY, metavar="DATE", help="Nothing older than that day."),
            click.option(
                "--max-posts", type=click.IntRange(min=1), help="At most so many posts of each account."
            ),
            click.option("--only", multiple=True, type=OneOf(PARTS), help="Only this part; may be repeated."),
            click.option("--no-raw", is_flag=True, help="Do not keep the answers as they came."),
            click.option(
                "--no-text/--text",
                "no_text",
                default=None,
                help="Find what texts do, and keep neither them nor the answers; "
                "later runs into the file do the same, until --text.",
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
    no_text: bool | None,
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
    no_text = _goes_without_texts(file, quiet=quiet) if no_text is None else no_text
    wanted = Wanted(cast("Depth", depth), frozenset(only or PARTS), budget, raw=not (no_raw or no_text))
    with open_account(login, Limits(start, max_posts), prices) as live:
        order = Order(live, wanted, file, prices, budget, yes, quiet)
        offered = offer(order, lambda store: _strongest(store, live, quiet=quiet))
        if plan_only:
            write_text(offered.text, None)
            return
        note(offered.text, quiet=quiet and yes)
        wanted = wanted._replace(budget=agree(order, offered))
        _run(order._replace(wanted=wanted), offered, no_text=no_text)


def _goes_without_texts(file: Path, *, quiet: bool) -> bool:
    """Whether earlier runs kept no texts in this file: who may not keep them forgets to say so only once."""
    from plnmap.collect import lets_texts_go
    from plnmap.store import open_store

    if not file.exists():
        return False
    with open_store(file) as store:
        goes_without = lets_texts_go(store)
    if goes_without:
        note("Texts are not kept, as in this file so far; --text keeps them from now on.", quiet=quiet)
    return goes_without


def _run(order: Order, offered: Offer, *, no_text: bool) -> None:
    from plnmap.analysis.held.texts_let_go import TextsLetGo
    from plnmap.collect import collect as collect_from

    going, live, quiet = TextsLetGo(), order.live, order.quiet
    command = f"plnmap collect {live.platform}{named_file(order.file)}"
    latest: list[Progress] = []
    with _saved(latest, command, quiet=quiet), ExitStack() as shown:
        bar = [shown.enter_context(ongoing(offered.requests, quiet=quiet))]

        def tell(progress: Progress) -> None:
            latest[:] = [progress]
            bar[0](_words(live, progress), progress.requests)

        def ask_again(agreed: float | None) -> float | None:
            left = offer(order, None)
            if left.rows == offered.rows:
                # Nothing more is known than what was agreed to.
                return agreed
            # Nobody can be asked beside a bar that moves.
            shown.close()
            budget = agree_further(order, left, agreed)
            done = latest[0].requests if latest else 0
            bar[0] = shown.enter_context(ongoing(done + left.requests, quiet=quiet))
            return budget

        whole = collect_from(
            order.file,
            live,
            order.wanted,
            choose=lambda store: _strongest(store, live, quiet=True),
            also=going.also if no_text else lambda store: None,
            on_page=going.on_page if no_text else lambda page: None,
            tell=tell,
            agree=ask_again,
        )
    note(
        f"{_came(whole)}\n{_left_out(whole, order.file)}  → plnmap report{named_file(order.file)}",
        quiet=quiet,
    )


@contextmanager
def _saved(latest: Sequence[Progress], command: str, *, quiet: bool) -> Iterator[None]:
    """Say what is saved where a run does not come to its end."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort, PlnmapError):
        if latest and latest[0].pages:
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
    # What is said last is what a narrow terminal leaves out.
    return f"waiting until {progress.waits_until.astimezone():%H:%M:%S}, {plain(progress.why)} · {said}"


def _came(progress: Progress) -> str:
    from plnmap.report.values import number_of

    cost = f", ${progress.dollars:,.2f} spent in all" if progress.dollars else ""
    return f"{number_of(progress.pages, 'page')}, {number_of(progress.rows, 'new row')}{cost}"


def _left_out(progress: Progress, file: Path) -> str:
    """What did not come, line by line; nothing where all did."""
    by_reason: dict[str, list[str]] = {}
    for meaning, why in progress.short.items():
        by_reason.setdefault(why, []).append(meaning)
    lines = [f"  not whole: {'; '.join(short)}\n    {plain(why)}" for why, short in by_reason.items()]
    if lines:
        lines.append(f"  → plnmap status{named_file(file)}")
    if progress.resumed:
        lines.append("  what was left of an earlier run is done; the next run brings what is new")
    return "".join(f"{line}\n" for line in lines)


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
