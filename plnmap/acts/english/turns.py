"""How people credit, ask, advise and hand something over."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import NOT_A_PERSON, WORD, any_of
from plnmap.acts.rules import LINK, Rule

CREDIT: Final = (
    Rule(
        "credit.via", "credit",
        r"(?:^|[\s([|/•-])(?:via|h/?t|hat[\s-]?tip|h/t)(?:\sto)?\s?:?\s{0,2}"
        r"@(?!" + NOT_A_PERSON + r"\b)\w{1,30}",
        0.7, "How birds find north, via @ada",
        unless=r"\b(?:is|are) out!|\bstories (?:via|by)\b|\bdaily is out",
    ),
    Rule(
        "credit.inspired", "credit",
        WORD + r"(?:inspired\sby|inspiration\sfrom|courtesy\sof|(?:idea|tip|link)\s(?:from|by)|"
        r"(?:found|discovered|learned)\s(?:\w{1,9}\s)?"
        r"(?:through|from|via|thanks\sto))\s(?:the\s\w{1,12}\s)?@(?!"
        + NOT_A_PERSON + r"\b)\w{1,30}",
        0.8, "A quilt inspired by @ada",
    ),
    Rule(
        "credit.thanks_to", "credit",
        WORD + r"(?:thanks|thx|thank\syou|props|kudos|credit)\s(?:\w{1,8}\s)?to\s(?:the\s\w{1,12}\s)?"
        r"@\w{1,30}(?:[\s,&]{1,4}(?:and\s)?@\w{1,30}){0,4}\s{1,2}(?:for|4)\b",
        0.8, "Thanks to @ada for the pattern",
        unless=r"\bfor\s(?:the\s)?(?:r/?ts?|follows?|mentions?|retweets?)\b|^the latest\b",
    ),
)  # fmt: skip

_ASKING = any_of(r"""
    who|what|when|where|why|how|which|whose|can|could|would|will|do|does|did|is|are|was|were|has|have|should
    may|am|any|anyone|anybody|someone|shall
    wonder|wondering|who's|what's|where's|how's|whats|hows
    """)
QUESTION: Final = (
    Rule(
        "question.asked", "question",
        WORD + _ASKING + r"\b[^.!?\n]{2,160}"
        r"(?<!\bright)(?<!\beh)(?<!\bhuh)(?<!\bno)(?<!\byes)\?(?!\S?\s?(?:because|yes\b|no\b|well,))",
        0.7, "Which printer do you use?", unless=r"\bpoll\b|\bsurely not\?", needs=("no_headline",),
    ),
    Rule(
        "question.anyone", "question",
        WORD + any_of(r"""
        (?:does|do|can|could|has|have|is|are|did|would)\s(?:any|some)\s?(?:one|body)
        any\s?(?:one|body)\s(?:know|have|got|else|recommend|tried|used?|using|able|out\sthere|seen|help|got)
        any\s(?:\w{1,12}\s)?(?:ideas|suggestions|recommendations|advice|thoughts|tips
        pointers)\b(?!\s(?:are\s)?welcome\sat)
        (?:need|needs|want|could\suse|would\slove)\s(?:some\s|your\s|a\s)?(?:help|advice|recommendations
        suggestions)
        looking\sfor\s(?:\w{1,9}\s)?(?:recommendations|suggestions|advice|ideas|help|someone\swho)
        (?:can|could)\s(?:you|u|someone|anybody)\s(?:please\s)?(?:help|recommend|suggest|advise|point|tell
        explain)
        please\s(?:help|advise)|help\s(?:needed|wanted|please)|dear\slazyweb
        """),
        0.8, "Does anyone know a good dentist",
    ),
)  # fmt: skip

# What one can be told to do. Verbs that mostly report ("have", "need", "think") are left out.
_DO = any_of(r"""
    try|use|check|add|click|follow|search|install|download|upload|google|ask|contact|email|consider|avoid
    start|switch|turn|set|put|open|save|select|press|type|copy|paste|restart|reboot|reset|delete|remove
    update|convert|export|import|create|choose|pick|change|replace|write|read|watch|listen|look|see|find
    get|grab|buy|order|take|bring|give|make|keep|leave|go|stick|speak|talk|tell|show|explore|hide
    focus|ignore|apply|invest|visit|join|book|borrow|hire|eat|drink|sleep|rest|walk|cut|skip|test
    run|play|share|post|send|embed|edit|move|encourage|teach|offer|connect|cook|discount
    """)
# Where a clause opens with a verb, "I" may be left out ("found it", "keep the old one"), or it is a noun
# ("post to follow"): only verbs that seldom report, and most of them with an object, are taken for orders.
_ORDER = any_of(
    r"""
    try|use|check|consider|avoid|recommend|make\ssure|search\sfor|look\s(?:at|for|into)|set\sup
    (?:have|take)\sa\s(?:look|go|listen)|(?:go|listen|talk|speak|switch)\sto
    don't\s(?:forget|bother|be|let|(?!get|see|find|read)"""
    + _DO
    + r""")
    (?:add|ask|change|choose|click|contact|convert|copy|create|delete|download|find(?!\sit)|focus|follow|give|go
    ignore|install|leave|open|paste|pick|press|put|remove|replace|restart|save|select|start|stick|switch|turn
    type|upload|watch|write|join|buy|tell)\s(?:an?|the|that|this|these|it|your|ur|yourself|him|her|them|his|their|here|with|w/
    on|off|into|through)
    (?:see|read|ask|follow|add|contact|join|watch|find)(?=\s[@\0])
    """
)
_NOT_MINE = r"(?!\s(?:me|my|us|our|i|is|was|were|has|forward|later|you|u|soon|up)\b)"
_ADVERB = r"(?:(?:\w{2,9}ly|also|just|maybe|always|even|still|now|both|all|guys|prob|perhaps)\s){0,2}"
# Behind "if", "how", "what" or "that" the same words ask or tell.
_START = r"(?:^[^\w@]{0,3}+(?:@\w{1,30}+[^\w@]{1,3}+){0,50}+|(?:[.!?;:,\n]\s|\()[^\w@]{0,3}+)"
_LEAD = r"(?:(?:also|instead|first|just|and|but|or|so|then|maybe|perhaps|definitely|think|well)\s){0,2}"
_CLAUSE = "(?:" + _START + r"|\b(?:but|or|then|maybe|perhaps|think)\s)" + _LEAD
ADVICE: Final = (
    Rule(
        "advice.recommend", "advice",
        WORD + any_of(r"""
        (?:i|we|i'd|i\swould)\s(?:\w{1,9}\s)?(?:recommend|(?:suggest|advise)(?=\s\w))
        (?<!you )(?<!u )(?:highly|strongly|definitely|would|thoroughly|also)\srecommend
        my\s(?:advice|suggestions?|recommendations?|tip)\s(?:is|are|was|would|for|to|of)
        """) + r"\b",
        0.8, "I'd recommend the early train",
    ),
    Rule(
        "advice.you_should", "advice",
        _CLAUSE + r"(?P<said>(?:you|u|ya)\s" + _ADVERB + any_of(r"""
        (?:should|shouldn't|ought\sto|need\sto|don't\s(?:need|have)\sto)\s(?!(?:have|know|see|be|of|love)\b)\w{2,15}
        (?:must|could|might|may|can|better|want\sto)\s""" + _ADVERB + _DO + r"""
        (?:might|may)\s(?:also\s)?(?:like|want|need|enjoy)
        (?:should|need\sto|could|might|may)\s(?:also\s)?be\s(?:interested|better|able|careful|clear)
        """) + r")\b(?![^.!\n]{0,99}\?)",
        0.6, "You could ask at the library",
    ),
    Rule(
        "advice.i_would", "advice",
        _CLAUSE + r"(?P<said>i(?:'d|\swould)\s" + _ADVERB + _DO
        + r"|if\s(?:i|it)\s(?:were|was)\s(?:you|me))\b(?!\s(?:with\s)?(?:it|that)\b)",
        0.5, "I'd leave the lid off",
    ),
    Rule(
        "advice.have_you_tried", "advice",
        WORD + any_of(r"""
        have\s(?:you|u)\s(?:\w{1,9}\s)?(?:tried(?!\sit)|considered|thought\s(?:of|about)|looked|checked|asked)
        why\s(?:not|don't\syou)\s""" + _DO + r"""
        how\sabout(?=\s(?!(?:you(?:rs?)?|u|in|that|when|we|i)\b))
        worth\s(?:a|another)\s(?:try|look|go|read|shot|listen|visit|watch|punt|call|ask)
        worth\s(?:trying|checking|asking|reading|looking|considering|following|listening|watching)
        """) + r"(?!\w)",
        0.6, "Have you tried turning it off and on?",
    ),
    Rule(
        "advice.better_to", "advice",
        WORD + any_of(r"""
        (?<!my )(?<!how )(?:best|better)\s(?:not\s)?to\s""" + _DO + r"""
        (?:your|the)\sbest\sbet|(?:good|great)\splace\sto\sstart
        (?:might|may)\s(?:also\s)?(?:help(?=\s(?!(?:me|us|some)\b))|help(?!\s)|be\s(?:useful|helpful|of\s(?:use|help)))
        (?:maybe|perhaps)\s(?:(?:you|u)\s(?:could|can|should|might)\s)?""" + _DO + r"""(?=\s\w)
        (?:might|may)\s(?:do\sthe\strick|want\sto\s""" + _DO + r""")|all\s(?:you|u)\s(?:need|have)\sto\sdo
        """) + r"(?!\w)",
        0.5, "Best to book ahead, your mileage may vary",
    ),
    # A broadcast that starts with an imperative promotes; an answer that does, advises.
    Rule(
        "advice.imperative", "advice",
        _START + _LEAD + "(?P<said>" + _ORDER + r"(?!\w))" + _NOT_MINE + r"(?=\s\S)",
        0.5, "Try the other socket", needs=("reply",),
    ),
)  # fmt: skip

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
        _CLAUSE + r"(?P<said>(?:try|see|check(?:\sout)?|(?:have\sa\s)?look\sat|read)"
        r"(?:\s(?:this|these|here)\b|(?=\s\0)))",
        0.6, "@ada see https://birds.example/north", needs=("addressed", "foreign_link"),
    ),
    Rule(
        "resource.asked_for", "resource", LINK + r"{1,4000}",
        0.8, "@ada https://birds.example/north", needs=("reply", "foreign_link", "parent_asks"),
    ),
)  # fmt: skip
