"""One file per family of commands; each command is thin: options in, a call, a rendered result out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plnmap.commands.asking import ask
from plnmap.commands.changing import changes
from plnmap.commands.checking import validate
from plnmap.commands.collecting import collect
from plnmap.commands.completion import completion
from plnmap.commands.drawing import map_
from plnmap.commands.exporting import export, graph
from plnmap.commands.forgetting import purge, refresh
from plnmap.commands.helping import episodes
from plnmap.commands.importing import demo, import_, status
from plnmap.commands.linking import link, unlink
from plnmap.commands.logging_in import login, logout
from plnmap.commands.looking import people, report, show
from plnmap.commands.over_time import timeline
from plnmap.commands.own_word import event, label, note
from plnmap.commands.recalling import recall
from plnmap.commands.study import study
from plnmap.commands.thanking import thanks

if TYPE_CHECKING:
    import click

COMMANDS: dict[str, list[click.Command]] = {
    "Begin": [demo, import_, login, logout, collect, status],
    "Look": [report, thanks, people, show, episodes, timeline, ask, map_, changes],
    "Say": [recall, label, note, event, link, unlink],
    "Check": [validate],
    "Take away": [graph, export],
    "Let go": [refresh, purge],
    "Research": [study],
    "Make it handy": [completion],
}
"""All commands, under the heading of what a person wants to do."""
