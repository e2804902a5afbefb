"""One file per family of commands; each command is thin: options in, a call, a rendered result out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plnmap.commands.exporting import export, graph
from plnmap.commands.importing import demo, import_, status
from plnmap.commands.looking import people, report, show, thanks

if TYPE_CHECKING:
    import click

COMMANDS: dict[str, list[click.Command]] = {
    "Begin": [demo, import_, status],
    "Look": [report, thanks, people, show],
    "Take away": [graph, export],
}
"""All commands, under the heading of what a person wants to do."""
