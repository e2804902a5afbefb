"""One file per family of commands; each command is thin: options in, a call, a rendered result out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plnmap.commands.asking import ask
from plnmap.commands.checking import validate
from plnmap.commands.exporting import export, graph
from plnmap.commands.helping import episodes
from plnmap.commands.importing import demo, import_, status
from plnmap.commands.linking import link, unlink
from plnmap.commands.looking import people, report, show
from plnmap.commands.over_time import timeline
from plnmap.commands.own_word import event, label, note
from plnmap.commands.recalling import recall
from plnmap.commands.study import study
from plnmap.commands.thanking import thanks

if TYPE_CHECKING:
    import click

COMMANDS: dict[str, list[click.Command]] = {
    "Begin": [demo, import_, status],
    "Look": [report, thanks, people, show, episodes, timeline, ask],
    "Say": [recall, label, note, event, link, unlink],
    "Check": [validate],
    "Take away": [graph, export],
    "Research": [study],
}
"""All commands, under the heading of what a person wants to do."""
