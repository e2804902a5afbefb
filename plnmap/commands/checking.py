"""Putting the figures to the test: `validate`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from plnmap.commands.base import Command
from plnmap.commands.options import View, again, one_person, output, pln, quiet, write_text
from plnmap.console import note


@click.command(cls=Command)
@one_person
@output("table", "json")
@pln
@quiet
def validate(
    view: View,
    form: str,
    output: Path | None,
    file: Path,
    quiet: bool,
) -> None:
    """Are the figures right? Tested on your past and your own word.

    The clock is set back by one, two and three months, and people are put in
    order by what was known then. Whom you contacted next says whether strength
    does better than plain counting. If it does not, lists are ordered by a
    simpler figure.

    \b
    Examples:
      plnmap validate
      plnmap validate --as-of 2016-12-31
      plnmap validate --format json -o validation.json
    """
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.own_word import said_labels
    from plnmap.analysis.people import map_people
    from plnmap.analysis.recall import names, ratings
    from plnmap.analysis.who_is_who import open_to_look
    from plnmap.report.terminal import as_json, as_text
    from plnmap.report.validation import render_roles_tested, render_validation
    from plnmap.research.agreement import check_roles
    from plnmap.research.validation import validate as test_strength

    announce = partial(note, quiet=quiet)
    with open_to_look(file) as store:
        derive_ties(store, announce)
        whose = choose_ego(store, view.ego)
        strength = test_strength(store, whose, announce=announce, as_of=view.as_of, settings=view.settings)
        named, rated = names(store, whose.account), ratings(store, whose.account)
        labels = said_labels(store, whose.account)
        asked = bool(named or rated or labels)
        network = (
            map_people(store, whose, as_of=view.as_of, announce=announce, settings=view.settings, posts=False)
            if asked
            else None
        )
    found = {person.account: person.roles.split(";") for person in network.people} if network else {}
    roles = check_roles(found, named, rated, labels)
    if form == "json":
        text = as_json({"strength": strength, "roles": roles})
    else:
        parts = (
            render_validation(strength, again(file, view._replace(as_of=None))),
            render_roles_tested(roles, again(file, View(view.ego))),
        )
        text = "".join(as_text(part, styled=output is None) for part in parts)
    write_text(text, output)
