"""Options that several commands share."""

from __future__ import annotations

import re
import shlex
import sys
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

import click

from plnmap.commands.mistyped import OneOf
from plnmap.errors import UsageError
from plnmap.pln import default_file

if TYPE_CHECKING:
    from plnmap.analysis.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


class View(NamedTuple):
    """Whose network is looked at, as it was when, and by which thresholds; None for the usual."""

    ego: str | None = None
    as_of: date | None = None
    settings: Settings | None = None
    settings_file: Path | None = None


class _Day(click.ParamType[date]):
    """A day, or the first or last one of a month or a year."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if not (span := _SPAN.fullmatch(value)):
                return date.fromisoformat(value)
            year, month = int(span["year"]), int(span["month"] or (12 if self.last else 1))
            return date(year, month, monthrange(year, month)[1] if self.last else 1)
        except ValueError as exc:
            what = param.opts[0] if param else "here"
            raise UsageError(
                f"{value!r} is no date for {what}", hint="write it as 2021-05-31, 2021-05 or 2021"
            ) from exc


_SPAN: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?", re.ASCII)
DAY: Final = _Day(last=False)
"""From a day on, or from the first one of a month or a year."""
LAST_DAY: Final = _Day(last=True)
"""Until a day, or until the last one of a month or a year."""


MOST_OFFERED: Final = 200
"""Handles for the Tab key: more of them would only fill the screen."""


def handles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """What the Tab key offers where a person is asked for: handles of the PLN file, the latest seen first."""
    from plnmap.store import known_handles

    at, begun = ("@", incomplete[1:]) if incomplete.startswith("@") else ("", incomplete)
    # Others chose their handles; a shell is offered none that means something to it.
    safe = re.compile(rf"{re.escape(begun)}[\w.@-]*", re.ASCII | re.IGNORECASE)
    known = known_handles(ctx.params.get("file") or default_file())
    return [f"{at}{handle}" for handle in islice(filter(safe.fullmatch, known), MOST_OFFERED)]


def pln(function: Function) -> Function:
    """`--pln`: which PLN file."""
    return click.option(
        "--pln",
        "file",
        type=click.Path(dir_okay=False, path_type=Path),
        default=default_file,
        show_default="PLNMAP_FILE, else your data folder",
        help="The PLN file.",
    )(function)


def named_file(file: Path) -> str:
    """The option that names this PLN file again, for commands we suggest; empty for the default one."""
    return "" if file == default_file() else f" --pln {shlex.quote(str(file))}"


def again(file: Path, view: View) -> str:
    """The options by which a command that we suggest is about the same file and view.

    >>> again(default_file(), View("@ada", date(2021, 5, 31)))
    ' --ego @ada --as-of 2021-05-31'
    """
    options = {"--ego": view.ego, "--as-of": view.as_of, "--settings": view.settings_file}
    named = (f" {name} {shlex.quote(str(value))}" for name, value in options.items() if value is not None)
    return named_file(file) + "".join(named)


def quiet(function: Function) -> Function:
    """`-q`: no progress and no notes."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress and no notes.")(function)


def one_person(function: Function) -> Function:
    """`--ego`, `--as-of` and `--settings`: whose network, as it was when, and by which thresholds.

    The command is given them as one `View`, named ``view``.
    """

    @wraps(function)
    def command(
        *arguments: Any, ego: str | None, as_of: date | None, settings: Path | None, **options: Any
    ) -> Any:
        thresholds = None
        if settings:
            from plnmap.analysis.settings import Settings

            thresholds = Settings.from_toml(settings)
        return function(*arguments, view=View(ego, as_of, thresholds, settings), **options)

    command = click.option(
        "--settings",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Thresholds and rates of your own, from a TOML file: see docs/methods.md.",
    )(command)
    command = click.option(
        "--as-of",
        type=LAST_DAY,
        metavar="DATE",
        help="As it was at the end of that day, month or year (UTC): 2021-05-31, 2021-05 or 2021.",
    )(command)
    return cast("Function", one_ego(command))


def one_ego(function: Function) -> Function:
    """`--ego`: whose network."""
    return click.option(
        "--ego",
        metavar="WHO",
        shell_complete=handles,
        help="Whose network, where the file holds several: a handle or an id.",
    )(function)


def output(*formats: str) -> Callable[[Function], Function]:
    """`--format` and `-o`: how, and where to."""

    def add(function: Function) -> Function:
        function = click.option(
            "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
        )(function)
        return click.option(
            "--format",
            "form",
            type=OneOf(formats),
            default=formats[0],
            show_default=True,
            help="Form.",
        )(function)

    return add


def write_text(text: str, target: Path | None) -> None:
    """Write a result to stdout, or to the file that was named."""
    if target is None or str(target) == "-":
        # Named, since click would write UTF-8 to a stream that has it not.
        click.echo(text, nl=not text.endswith("\n"), file=sys.stdout)
        return
    from plnmap.report.files import writing

    with writing(target):
        if not target.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}", hint="make it first, or name another")
        target.write_text(
            text if text.endswith("\n") else f"{text}\n", encoding="utf-8", errors="replace", newline=""
        )
