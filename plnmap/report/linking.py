"""Linked accounts, and addresses that could be linked, line by line."""

from __future__ import annotations

from typing import Final

from plnmap.analysis.accounts.addresses import Suggestion
from plnmap.analysis.accounts.linking import account_name, links
from plnmap.report.terminal import as_csv, as_json
from plnmap.report.values import number_of, shorten
from plnmap.store import Store
from plnmap.words import plain

ANSWERS: Final = {
    "linked": "one person",
    "came_along": "came along",
    "met_there": "met on Mastodon",
    "not_found": "nobody you know there",
}
EXCERPT: Final = 200


def link_lines(store: Store) -> str:
    """Every link, and every suggestion that was declined."""
    said = [
        f"{plain(account_name(store, link.person))} ← {plain(account_name(store, link.account))}"
        f"  {ANSWERS[link.answer]}, {link.said_at:%Y-%m-%d}"
        for link in links(store)
    ]
    return "\n".join(said) or "nothing is linked"


def acts_in_words(acts: int) -> str:
    """What becomes of what passed between two accounts that are now one person.

    >>> acts_in_words(3)
    '3 acts between the two are no tie any more: nobody has a tie to themselves'
    """
    return (
        f"{number_of(acts, 'act')} between the two {'is' if acts == 1 else 'are'} no tie any more: "
        "nobody has a tie to themselves"
    )


def suggestion_text(found: list[Suggestion], form: str) -> str:
    """All suggestions in one of the forms table, csv or json."""
    if form == "json":
        return as_json(found)
    if form == "csv":
        return as_csv([each._asdict() for each in found])
    return "\n\n".join(map(suggestion_lines, found)) or "nobody gave you an address that is not linked yet"


def suggestion_lines(each: Suggestion) -> str:
    """One suggestion with the words it rests on."""
    seen = "" if each.known else "  (nothing of that account is in this file)"
    when = f"{each.day}  " if each.day else ""
    return (
        f"{plain(each.name)} → {plain(each.address_name)}{seen}\n"
        f"  {when}{plain(each.place)}\n"
        f"  “{shorten(plain(each.text), 0, EXCERPT)}”"
    )
