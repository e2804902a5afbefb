"""How people hand something over: a link, or what was asked for."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.advising_words import CLAUSE_OPENS, LEAD
from plnmap.acts.english.wording import WORD, any_of, spelled
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

_NAMES: Final = r"(?:@\w{1,80}[^\w@']{1,9}){0,9}"
# Five words of an answer, with handles and links between them.
_SAID: Final = rf"(?:[\w']{{1,40}}[^\w@']{{1,200}}{_NAMES}){{4}}[\w'][^?]{{0,4000}}"

ANSWER: Final = (
    Rule(
        "answer.to_call", "answer", f"(?P<said>{_SAID})",
        0.6, "@ada it lives in the third drawer, behind the maps",
        # It asks back, knows no answer either, laughs or commiserates.
        unless=r"\?|" + spelled(r"""
        \b(?:no|not (?:a|the|much|got a)|haven't (?:a|the|got a)) (?:idea|clue|scooby)\b|\bno,? sorry\b
        \b(?:i|we)(?: also| too|'d also|'d)? (?:don't|do not|dont|wouldn't|wouldnt|didn't|have never|never
            haven't) (?:know|think so|tried|used|heard|have (?:one|any|a|that)|seen|found|remember|understand
            a clue)\b
        \b(?:never heard|not sure (?:about|on|either|of)|dunno|me (?:too|neither|either)|same (?:here|problem
            issue|question|boat|for me)|likewise|so (?:do|am|would|have) i|neither (?:do|have|am|can) i
            beats me|no experience|can't help|cannot help|couldn't (?:say|tell you)|wish i (?:knew|could|had
            was)|i (?:need|want) (?:that|this|one|it) (?:as well|too))\b
        \b(?:(?:was|been|just|also|still) wondering|was (?:just )?(?:about|going) to ask
            (?:i'd|would|'d)(?: also| really)? (?:love|like|be (?:keen|interested|curious)) to (?:know|hear
            see|find out)|let (?:me|us) know (?:if|what|how|when|the|once)|tell me when
            if you find (?:out|one|any|a)|all ears|(?:hope|hoping) (?:you|u|someone|somebody) (?:find|get
            sort|can|knows?|has|have)|fingers crossed|good luck with (?:it|that|this))\b
        \b(?:lol|omg|rofl|lmao|haha(?:ha){0,9}|sympath(?:y|ies|ise)|i (?:can )?feel (?:your|ur) pain)\b
        \b(?:following|good (?:question|q))\W{0,9}$
        """),
        # Only from the first word on: nothing else may stand before it.
        needs=("reply", "parent_asks_for_help"), behind=r"(?!)",
    ),
)  # fmt: skip
