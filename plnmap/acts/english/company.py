"""How people bring others in, pass things on, take a talk out of sight, and tell that they met."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import NOT_A_PERSON, WORD, any_of
from plnmap.acts.rules import Rule

_HANDLE = r"@\w{1,30}"
_CLAUSE_START = r"(?:(?:^|[.!?:;,(\n-])\s{0,2}|^\W{0,3}(?:@\w{1,30}[\s,:]{1,3}){1,20})"
# Lists of names are compliments, "follow and win" is a lottery, and nobody is introduced to themselves.
_NO_INTRODUCTION = any_of(r"""
    #f+f\b|#?follow[\s_-]?friday|(?<!\w)ff\s@|\b(?:win|winner|giveaway|competition|prize|follow\s?back)\b
    \bfollow\s@\w{1,30}\s(?:and|&|\+)\s(?:rt|retweet)|\b(?:thanks|thx|thank\syou)\sfor\b
    ^\W{0,3}@(\w{1,30})\b[\s\S]{1,300}?[\s.]@\1\b
    """)


def _introduction(name: str, score: float, example: str, pattern: str) -> Rule:
    return Rule(f"introduction.{name}", "introduction", pattern, score, example, unless=_NO_INTRODUCTION)


INTRODUCTION: Final = (
    _introduction(
        "recommended", 0.8, "@ada you should follow @bo",
        WORD + any_of(r"""
        (?:you|u)\s(?:\w{1,9}\s)?(?:should|must|might|may|could|need\sto|want\sto|ought\sto)\s(?:\w{1,9}\s){0,3}?
        (?:worth|recommend|suggest|try|do\s(?:you|u)|have\s(?:you|u)|why\snot)\s
        (?:you|u)\s(?:don't|dont|do\snot|haven't|aren't)\s(?:\w{1,9}\s)?
        """) + any_of(r"""
        follow(?:ing|ed)?|meet|met|know|connect(?:ing|ed)?\s(?:with|w/)|contact(?:ing|ed)?|ask(?:ing|ed)?
        (?:talk|speak|chat|reach(?:ing)?\sout)(?:ing)?\s(?:to|with)|look\sup
        (?:get|getting|be)\sin\s(?:touch|contact)\swith
        """) + r"\s(?:up\s)?" + _HANDLE,
    ),
    _introduction(
        "turn_to", 0.7, "@ada talk to @bo about tiles",
        "(?:" + _CLAUSE_START
        + r"(?:(?:maybe|perhaps|just|also|then|or|and|but|please|pls|everyone|so)\s){0,2}"
        r"|\b(?:and|or|but|maybe|perhaps|please)\s)(?P<said>" + any_of(r"""
        (?:talk|speak|reach\sout)\s(?:to|with)|ask|contact|get\sin\stouch\s(?:with|w/)|connect\s(?:with|w/)
        have\sa\s(?:word|chat)\swith|follow
        """) + r"\s" + _HANDLE + ")",
    ),
    _introduction(
        "meet", 0.8, "@ada meet @bo, who builds boats",
        "(?:" + _CLAUSE_START + r"|\b(?:please|pls|everyone|all|folks)\s)(?P<said>" + any_of(r"""
        meet|(?:please\s|a\s(?:big|warm)\s)?welcome(?:\sto)?|introducing|(?:can|may|let\sme|to)\sintroduce
        """) + r"\s(?:(?:you\s)?to\s|the\s\w{1,14}\s|my\s\w{1,14}\s){0,2}" + _HANDLE
        + r"(?!\s(?:at|in|on|today|tomorrow|for)\b))",
    ),
    _introduction(
        "connected", 0.9, "@ada I'd like to introduce you to @bo",
        WORD + any_of(r"""
        introduc(?:e|ed|ing)\s(?:you|u|me|us|them)\sto|(?:put|putting)\s(?:you|u)\sin\s(?:touch|contact)\swith
        (?:you|u)\s(?:two|both|guys)\s(?:should|must|need\sto|ought\sto)\s(?:\w{1,9}\s)?(?:meet|talk|connect|chat)
        hook\s(?:you|u)\sup\swith|connect(?:ing)?\s(?:you|u)\s(?:with|to)
        """) + r"(?:\s" + _HANDLE + r"|(?<=meet)|(?<=talk)|(?<=connect)|(?<=chat))",
    ),
    _introduction(
        "can_help", 0.6, "@ada maybe @bo can help",
        r"(?<!\bif )(?<!\banyone )(?<!\bknew )(?<!\bhope )(?<!\bhoping )(?<=\s)"
        r"(?P<said>" + _HANDLE + r"(?:\s(?:&|and|or)\s" + _HANDLE + r")?\s(?:"
        r"(?:may|might|could|can|should|would|will)\s(?:(?!any|some|you\s)\w{1,9}\s)?" + any_of(r"""
        be\sable\sto\s(?:help|answer|advise|tell|point|put)|know\b|help|advise
        """) + "|" + any_of(r"""
        (?:may|might|could|should)\s(?:also\s)?have\s(?:some|an|more|ideas|thoughts|examples|an?\sanswer)
        (?:is|are)\s(?:your|the|a\sgood)\s(?:man|woman|person|people|one|expert)\b
        """) + "))",
    ),
)  # fmt: skip

PASSED_ON: Final = (
    Rule(
        "passed_on.cc", "passed_on",
        r"(?<![\w@#'-])(?:cc|ping|attn|fao|fyi)\W{0,2}\s?(?:to\s)?(?:@\w{1,30}[\s,&]{0,3}){1,30}",
        0.9, "How birds find north https://birds.example/north cc @ada",
    ),
    # Whatever stands in front of a reply is put there by the platform.
    Rule(
        "passed_on.named", "passed_on",
        r"^[^\w@]{0,3}+(?:@\w{1,30}+[^\w@]{1,3}+){0,50}+(?:[^@]{1,300}+@\w{0,30}+){0,9}?[^@]{1,300}+"
        r"(?<![\w/.])(?<!\bvia )(?<!\bvia: )(?<!h/t )(?<!\bht )"
        r"(?P<said>@(?!" + NOT_A_PERSON + r"\b)\w{1,30})",
        0.5, "A lovely map by @ada https://birds.example/north", needs=("foreign_link",), tier=2,
    ),
)  # fmt: skip


def _moved(name: str, score: float, example: str, pattern: str, unless: str | None = None) -> Rule:
    return Rule(
        f"moved_elsewhere.{name}", "moved_elsewhere", WORD + pattern + r"(?!\w)", score, example,
        unless=unless, needs=("addressed",),
    )  # fmt: skip


_YOU = "(?:you|u|ya|me|us)"
_MAIL = "(?:e-?mails?|mails?)"
_CALL = "(?:call|skype|zoom|hangout|facetime)"
MOVED_ELSEWHERE: Final = (
    _moved(
        "message", 0.8, "@ada DM me and I'll explain",
        any_of(r"""
        dms?|dm'?(?:e?d|ing)|direct[\s-]?messag(?:es?|ed|ing)|private\smessages?
        (?:p\.?m\.?'?(?:e?d|ing)?|inbox(?:ed|ing)?)\s""" + _YOU + r"""
        (?:check|see|look\sin)\s(?:your|ur)\s(?:inbox|messages|spam)
        """),
        unless=r"\b(?:dungeons?|d&d|dnd|campaign|pm\sof|deutsche?)\b",
    ),
    _moved(
        "mail", 0.7, "@ada I'll email you the pattern",
        "(?:" + any_of(r"""
        (?:send|sent|sending|drop|dropped|dropping|pop|shoot|fire|ping)\s(?:(?:you|u|ya|me|us|off|over)\s)?
        """) + r"(?:an?|the|my|another|some)\s(?:\w{1,9}\s)?" + _MAIL + "|" + any_of(r"""
        (?:e-?)?mail(?:ed|ing)?\s(?:it\sto\s)?""" + _YOU + r"""
        """ + _MAIL + r"""(?:'s|\shas\sbeen|\sis)?\s(?:just\s|been\s)?(?:sent|incoming|received)
        """ + _MAIL + r"""(?:'s|\sis)?\s(?:just\s)?on\s(?:its|the)\sway
        (?:contact|reach|reply|chat|talk|discuss|continue|in\stouch|get\sback)\s(?:\w{1,9}\s){0,3}"""
        + r"(?:by|via|over|on)\s" + _MAIL + r"""
        (?:what's|what\sis|need|have|got|send|for)\s(?:your|ur)\s(?:\w{1,9}\s)?e-?mail
        my\se-?mail\s(?:addy\s|address\s)?is|drop\s""" + _YOU + r"""\sa\s(?:line|note|message)
        (?:sent|sending|send)\s(?:you|u)\sa\smessage|(?:got|received|saw)\s(?:your|ur)\s(?:message|note)
        """) + ")",
    ),
    _moved(
        "call", 0.6, "@ada can I give you a call?",
        any_of(r"""
        give\s""" + _YOU + r"""\sa\s(?:quick\s)?(?:call|ring|bell|buzz)
        (?:phone|ring|text|txt|whatsapp|facetime|skype)(?:ed|d)?\s""" + _YOU + r"""
        (?<!\byou )call(?:ed)?\s(?:me|you)(?=\W{0,3}$|\s?[.!?,]|\s(?:if|when|on|later|tomorrow|tonight)\b)
        (?<!\byou )call(?:ed)?\s(?:me|you)(?=\s(?:today|at|asap|back|now|please|this|next|in|after|and|to)\b)
        (?:quick|have\sa|do\sa|for\sa|arrange\sa|set\sup\sa|jump\son\sa)\s(?:quick\s)?(?:phone\s|video\s)?"""
        + _CALL + r"""(?=\W{0,3}$|\s?[.!?,]|\s(?:with|about|later|tomorrow|soon|next|this|sometime)\b)
        """ + _CALL + r"""\s?(?:later|tomorrow|tonight|soon|sometime|next\sweek|this\sweek)?\?
        (?:talk|speak|spoke|chat|discuss)\s(?:\w{1,9}\s){0,3}(?:on|over|by)\sthe\sphone
        """),
    ),
)  # fmt: skip


def _met(name: str, score: float, example: str, pattern: str, unless: str) -> Rule:
    return Rule(
        f"met.{name}", "met", WORD + pattern + r"(?!\w)", score, example,
        unless=unless, needs=("addressed",),
    )  # fmt: skip


_GLAD_TO = (
    r"(?<!\bbe )(?<!'d )(?<!\bforward )"
    + any_of(r"""
    good|gd|great|grt|gr8|nice|lovely|awesome|fab|fabulous|wonderful|brilliant|fantastic|delight(?:ed|ful)?|glad
    pleased|happy|fun|finally|honou?r(?:ed)?|privilege|thrilled|cool|super|pleasure|amazing|got|excellent|enjoyed
    loved|chuffed|ace|sweet
    """)
    + r"\s(?:to|2)?\s?(?:\w{2,9}\s)?"
)
_THERE = any_of(r"""
    today|tonight|yesterday|y'day|last\s(?:night|week|weekend|month|year)|earlier|the\sother\s(?:day|night|week)
    this\s(?:morning|afternoon|evening|week|weekend)|(?:at|in)\s(?:the\s|\#)?\w{2,20}
    in\sperson|\#?irl|face\sto\sface|\#?f2f|over\s(?:lunch|coffee|dinner)|after\sall\sthis
    (?:on\s)?(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?
    """)
_WHOM = r"(?:(?:with|to|w/)\s)?" + any_of(r"""
    the\s\w{2,12}|you|u|ya|so\smany|some|both|all|everyone|everybody|folks?|people|@\w{1,30}
    """)
_SOMEBODY = r"(?:you|u|@\w{1,30})"
_MEAL = "(?:coffee|lunch|dinner|beers?|drinks?|pint|breakfast|brunch|tea|lift)"
_NOT_YET = r"\b(?:virtual(?:ly)?|online|on\stwitter|hope|hoping|would|wld|looking\sforward)\b"
MET: Final = (
    _met(
        "good_to_meet", 0.8, "@ada great to finally meet you",
        _GLAD_TO + r"(?:meet(?:ing)?|met)\s(?!me\b)(?:up\s)?(?:" + _WHOM + "|" + _THERE + ")",
        unless=_NOT_YET,
    ),
    _met(
        "good_to_see", 0.7, "@ada lovely seeing you yesterday",
        _GLAD_TO + r"(?:(?:see(?:ing)?|catch(?:ing)?\sup|hang(?:ing)?\sout|spend(?:ing)?\stime)\s(?:" + _WHOM
        + r"\s)?(?:(?:all|both|again|and\s\w{2,12}|there)\s){0,2}" + _THERE + "|" + any_of(r"""
        catch(?:ing)?\sup\s(?:with|w/)\s(?:you|u|@\w{1,30}|(?:so\smany|some|everyone|folks?|all)\b)
        """) + ")",
        unless=_NOT_YET,
    ),
    _met(
        "met", 0.7, "Just met @ada at the harbour",
        any_of(r"""
        (?:just|i|finally|we|have|i've|'ve|had|also|actually|and)\s(?:\w{2,9}\s)?met\s(?:up\swith\s)?"""
        + _SOMEBODY + r"""(?!\shalf)
        (?:when|since|where)\s(?:i|we)\s(?:\w{2,9}\s)?met\b(?!\sth)
        we\s(?:\w{2,9}\s)?met\s(?:at|in|on|last|briefly|once|up|before)
        (?:bumped|ran)\sinto\s""" + _SOMEBODY + r"""
        (?:met|hung\sout|hanging\sout|meet\sup|sat)\s(?:up\s)?(?:with|next\sto)\s""" + _SOMEBODY + r"""
        (?:had|having|enjoyed|after|over|great|lovely)\s(?:an?\s|some\s)?(?:\w{2,9}\s)?"""
        + _MEAL + r"\swith\s" + _SOMEBODY + r"""
        (?:thanks|thx|thank\syou|cheers)\s(?:\w{1,9}\s){0,3}?for\s(?:the|a|my)\s(?:\w{2,9}\s)?""" + _MEAL),
        unless=r"\b(?:virtual(?:ly)?|online)\b",
    ),
)  # fmt: skip
