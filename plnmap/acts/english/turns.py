"""How people hand something over."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.advising_words import CLAUSE_OPENS, LEAD
from plnmap.acts.english.wording import WORD, any_of
from plnmap.acts.rules import LINK, Rule

RESOURCE: Final = (
    Rule(
        "resource.marked", "resource",
        WORD + any_of(r"""
        (?:you|u)\s(?:might|may|could|will|would|'ll)\s(?:also\s|well\s)?(?:like|find|want|enjoy
        be\sinterested|appreciate|need)
        (?:might|may|should|could)\s(?:also\s)?(?:help|be\s(?:useful|helpful|of\s(?:use|help|interest))|interest)
        worth\s(?:a\s(?:look|read|listen|watch|visit)|reading|checking|looking|watching)|(?<!might )recommend
        thought\s(?:of\s)?(?:you|u)|(?:one|this|something|some|more)\s(?:is\s)?for\s(?:you|u)
        (?:have|did)\s(?:you|u)\s(?:seen?|read|tried|come\sacross)
        here(?:'s|\sis|\sare)\s(?:the|an?|some|one|that|another)
        (?:details|info|more|instructions|answer|help)\s(?:is\s|are\s)?(?:here|at)|fyi|of\sinterest
        if\sit\shelps|hope\s(?:this|that|it)\shelps
        """) + r"\b",
        0.6, "@ada you might like https://birds.example/north", needs=("addressed", "foreign_link"),
    ),
    Rule(
        "resource.look", "resource",
        LEAD + r"(?P<said>(?:try|see|check(?:\sout)?|(?:have\sa\s)?look\sat|read)"
        r"(?:\s(?:this|these|here)\b|(?=\s\0)))",
        0.6, "@ada see https://birds.example/north", needs=("addressed", "foreign_link"),
        behind=CLAUSE_OPENS,
    ),
    Rule(
        "resource.asked_for", "resource", LINK + r"{1,4000}",
        0.8, "@ada https://birds.example/north", needs=("reply", "foreign_link", "parent_asks"),
    ),
)  # fmt: skip
