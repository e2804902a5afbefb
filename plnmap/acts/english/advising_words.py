"""Words of those who advise: what one can be told to do, and how ways of doing it are judged."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import spelled

_BLOCKS: Final = {
    # What one can be told to do. Verbs that mostly report ("have", "need", "think") are left out.
    "DO": r"""
        try|use|check|add|click|follow|search|install|download|upload|google|ask|contact|email|consider|avoid
        start|switch|turn|set|put|open|save|select|press|type|copy|paste|restart|reboot|reset|delete|remove
        update|convert|export|import|create|choose|pick|change|replace|write|read|watch|listen|look|see|find
        get|grab|buy|order|take|bring|give|make|keep|leave|go|stick|speak|talk|tell|show|explore|hide
        focus|ignore|apply|invest|visit|join|book|borrow|hire|eat|drink|sleep|rest|walk|cut|skip|test
        run|play|share|post|send|embed|edit|move|encourage|teach|offer|connect|cook|discount
    """,
    # More of them, which open a clause but seldom as a noun, a past tense or with "I" left out.
    "DO_MORE": r"""
        aim|attach|back up|bake|begin|bin|block|boil|charge|chop|clean|clear|combine|compare|cover
        disable|ditch|divide|drain|draw|dry|enable|explain|fill|fix|force|freeze|glue|grease|hang|heat
        hold|invite|label|lift|line|loosen|lower|mark|measure|mix|mute|negotiate|oil
        pack|pair|pay|peel|phone|plant|plug|pop|pour|practi[sc]e|prepare|prune|publish|push
        quote|reduce|refresh|reinstall|rename|rewrite|right[ -]click|ring|rinse
        roast|rotate|rub|sand|scan|scrap|scrape|scroll|shake|simmer|skim|slice|soak|sort|sprinkle
        squeeze|stay|stir|store|swap|tap|tighten|tie|tweak|uninstall|unplug|upgrade|warm|wash
        wear|weigh|wipe|wrap
    """,
    "MIGHT_DO": "{DO}|{DO_MORE}",
    "THE": r"""
        an?|the|that|this|these|those|it|them|your|ur|yourself|him|her|his|their|some|any|each|every|all|both
        one|two|three|half|plenty|more|less|fewer|off|away|into|through|with|w/|down|over
    """,
    # Ways, and which of them is better.
    "WAY": r"""
        way(?: (?:in|round|around|out|forward|to go))?|thing(?! about)|fix|bet|option|trick
        solution|approach|method
        route|answer|cure|strategy|start|place|workaround|choice|advice|tip|rule|test
    """,
    "MOST": r"""
        easiest|quickest|simplest|best|safest|cheapest|fastest|cleanest|surest|main|biggest|nicest|wisest
    """,
    "MORE": r"""
        better|easier|quicker|simpler|safer|cheaper|faster|wiser|cleaner|kinder|tidier|stronger|more fun|nicer
    """,
    "HELPS": r"""
        cure|fix|sort|hide|solve|shift|prevent|do the (?:job|trick)|help(?! (?:me|us|foster)\b)
        get rid|save (?:you|u)
        stop (?:it|that|them)|loosen
    """,
    # What a tool has, and what there is that could be used or read.
    "AID": r"""
        plug-?ins?|add-?ons?|extensions?|apps?|options?|settings?|buttons?|shortcuts?|commands?|functions?
        books?|guides?|tutorials?|videos?|courses?|sites?|websites?|tools?|templates?|packages?|librar\w{1,3}
        tricks?|chapters?|sections?|manuals?|recipes?|workarounds?|features?|widgets?|formulas?|scripts?
    """,
    "SURELY": r"""
        (?:(?:\w{2,9}ly|also|just|maybe|always|even|still|now|both|all|guys|prob|perhaps|only|then
            first) ){0,2}
    """,
}
PIECES: Final[dict[str, str]] = {}
"""Name → pattern, for `spelled`."""
for _name, _block in _BLOCKS.items():
    PIECES[_name] = spelled(_block, PIECES)


def _behind(mark: str) -> str:
    """Where a mark stands before, and up to three more characters that are of no word."""
    return "|".join(rf"(?<={mark}[^\w@]{{{n}}})" + r"(?![^\w@])" * (n < 3) for n in range(4))


_MARKS = _behind(r"[.!?;:,\n]\s") + "|" + _behind(r"\(")
_WORDS = "|".join(rf"(?<=\b{word}\s)" for word in ("but", "or", "then", "maybe", "perhaps", "think"))
# Behind "if", "how", "what" or "that" the same words ask or tell. Most places stand behind a word, which is
# quickly seen.
START: Final = rf"(?<!\w)(?<!\w\s)(?:{_MARKS})"
CLAUSE_OPENS: Final = rf"(?<!\w)(?:{START}|{_WORDS})"
LEAD: Final = (
    r"(?:(?:also|instead|first|just|and|but|or|so|then|maybe|perhaps|definitely|think|well|honestly|tbh"
    r"|imho|imo|personally|yes|yeah|yep|no|ok|oh|ah|hm+|fwiw|simply|always|ideally|otherwise)\s){0,2}"
)
