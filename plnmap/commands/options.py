"""Options that several commands share."""

from __future__ import annotations

import re
import shlex
import sys
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from plnmap.commands.mistyped import OneOf
from plnmap.errors import UsageError
from plnmap.pln import default_file

if TYPE_CHECKING:
    from plnmap.analysis.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


SETTINGS_FILE: Final = "plnmap.settings"
"""Where the running command keeps the name of its settings file."""


class _SettingsFile(click.ParamType["Settings"]):
    """A file of settings; what it does not name stays as it is."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Settings:
        from plnmap.analysis.settings import Settings

        if isinstance(value, Settings):
            return value
        if ctx:
            ctx.meta[SETTINGS_FILE] = value
        return Settings.from_toml(Path(value))


def same_settings() -> str:
    """The option that names the settings of the running command again, for commands we suggest."""
    context = click.get_current_context(silent=True)
    named = context.meta.get(SETTINGS_FILE) if context else None
    return f" --settings {shlex.quote(named)}" if named else ""


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


def quiet(function: Function) -> Function:
    """`-q`: no progress and no notes."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress and no notes.")(function)


def one_person(function: Function) -> Function:
    """`--ego`, `--as-of` and `--settings`: whose network, as it was when, and by which thresholds."""
    function = click.option(
        "--settings",
        type=_SettingsFile(),
        help="Thresholds and rates of your own, from a TOML file: see docs/methods.md.",
    )(function)
    function = click.option(
        "--as-of",
        type=LAST_DAY,
        metavar="DATE",
        help="As it was at the end of that day, month or year (UTC): 2021-05-31, 2021-05 or 2021.",
    )(function)
    return one_ego(function)


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
