"""How people thank, for what, and how they show that they took something up."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import CLAUSE, WORD, any_of
from plnmap.acts.rules import Rule

# "ta", "ty" and "cheers" are other words too: a teaching assistant, a name, a toast.
_SHORT_THANKS = (
    r"(?:(?:^|[.,!?;:)]|@\w{1,30})\s{0,3}(?<!\S)"
    r"(?:ta|ty|tx)(?=[.,!:]|\s{0,2}(?:$|@|for\b|very\b|muchly\b|so\b)))"
)
_THANKS = (
    "(?:"
    + WORD
    + any_of(r"""
    thanks|thank[\s-]?(?:you|u|ya)|thankyou|thanku|thankd|thanx|thanxs|thnx|thx|thxs|tnx|tks|tyvm|tysm
    many thank
    (?<!to )thank(?!\s(?:goodness|god|gawd|heavens?|christ|fuck|the lord|my lucky|your lucky))
    cheers(?=\s(?:\w{2,12}\s)?(?:for|4)\b)
    (?:am|i'm|very|so|really|most|extremely|truly|forever)\s(?:grateful|thankful)
    (?:much|greatly|really|very|truly|so)\sappreciated?|grateful\s(?:for|to\syou)
    appreciated?\s(?:it|that|this|you|your|the|all|u|ur)|i(?:'m)?\sthankful
    """)
    + r"\b|"
    + _SHORT_THANKS
    + ")"
)
# Where an exchange shows, "cheers" is thanks whatever follows.
_THANKS_OR_CHEERS = "(?:" + _THANKS + "|" + WORD + r"cheers\b(?!\s(?:to|on|from)\b))"
_THANKS_FOR = _THANKS + CLAUSE + r"\b(?:for|4)\b" + CLAUSE + r"\b"
_NOT_THANKS = WORD + any_of(r"""
    no,?\s(?:thanks|thank\syou|thx)\b(?!\sto)|(?:thanks?|thx),?\sbut\sno\b
    (?:thanks|thank\syou|thx)\sfor\snothing
    (?:no|small|little)\sthanks\sto
    (?:thanks|thx)\sto\s(?!you\b|u\b|all\b|every|both\b|those\b|any|@|whoever|our\b|[^.!?\n]{1,60}\bfor\b)
    """)
_HELP = any_of(r"""
    tips?|advi[cs]e|answers?|answering|links?|linkage|info|information|suggest(?:ions?|ing)
    recommend(?:ations?|ing)|recs?
    pointers?|point(?:ing|ed)|heads?[\s-]?up|help|helping|assist(?:ance|ing)?|expla(?:nations?|ining)
    clarif\w{1,9}|feedback
    ideas?|insights?|resources?|references?|letting\s(?:me|us|people)|directing|remind(?:er|ing)
    correct(?:ions?|ing)
    solutions?|solving|instructions?|looking\sinto|guidance|steer|nudge|fix|fixing|spotting|catch|test
    testing|checking
    bringing\s[^.!?]{0,25}attention|(?:showing|telling|teaching|introducing|sending|giving)\sme
    (?:that|this)\sone|pushback|push\sback|prompting
    expertise|mentoring|lesson|tutorial|proofreading|finding|digging|workaround|confirm\w{2,6}|alert|warning
    details
    """)
_AMPLIFICATION = any_of(r"""
    r/?ts?|rt's|rt'?ing|mts?|re-?tweets?|re-?tweeting|tweets?|tweeting|shares?|mentions?|mentioning
    shout[\s-]?outs?|s/o
    promo\w{0,8}|publicity|plugs?|plugging|spreading|ffs?|followfriday|boosts?|boosting|reblogs?
    signal\sboost|quoting
    passing\s(?:it|this|that)\son|sharing\s(?:my|our|it\swith)|pb|includ\w{2,3}\s(?:me|us|my)|inclusion
    linking\sto\s(?:my|our)
    """)
_PARTICIPATION = any_of(r"""
    joining|coming|contrib\w{0,8}|listening|attend\w{2,5}|taking\s(?:part|the\stime)|participat\w{1,4}
    (?:the|your|ur)\stime
    (?:being|becoming)\s(?:a\s)?part|repl(?:y|ies|ying)|respon(?:ses?|ding)|comments?|commenting
    (?:stopp|dropp)ing\s(?:by|in)
    visit\w{0,3}|having\s(?:me|us)|chat|conversation|discussion|opportunity|chance|invit\w{1,8}|tuning\sin
    presenting
    speaking|hosting|organi[sz]ing|adding\syour|submission|engag\w{2,5}|completing|getting\sback
    """)
_SOCIAL = any_of(r"""
    follow(?!\s?-?up)s?|following(?!\sup)|follow-?back|birthday
    (?:kind|lovely|nice|generous|warm|thoughtful|best|well)\s(?:\w{1,9}\s)?(?:words?|wishes|thoughts?
    messages?|comments?)
    wishes|support|kindness|compliments?|encouragement|memories|laughs?|smile|asking
    being\s(?:you|so|such|there|my)|friendship
    hospitality|welcome|gifts?|present|card|flowers|company|concern|patience|vote|chuckle
    """)
_SHARED_WORK = any_of(r"""
    sharing|posts?|blogs?|blogging|article|talk|keynote|presentation|podcast|episode|writing|video|thread
    book|read|paper
    slides|series|newsletter|reflections?|webinar|workshop|course|plugin|tool|posting|publishing|creating
    making|putting
    curating|recording|uploading
    """)


def _gratitude(about: str, score: float, example: str, nouns: str) -> Rule:
    return Rule(
        f"gratitude.{about}", "gratitude", _THANKS_FOR + nouns + r"\b", score, example, about, _NOT_THANKS
    )


GRATITUDE: Final = (
    Rule(
        "gratitude.ahead", "gratitude",
        WORD + any_of(r"""
        (?:thanks?|thank\syou|thx|cheers)\s(?:so\smuch\s)?in\s(?:advance|anticipation)|(?<!\S)tia(?=\W{0,3}$)
        (?:would|wd|will|i'd)\s(?:be\s)?(?:so|very|really|much|greatly|hugely|most
        extremely)?\s?(?:be\s)?(?:grateful|appreciated|thankful)\b
        """),
        0.9, "Does anyone have a spare cable? Thanks in advance", "preemptive", tier=0,
    ),
    Rule(
        "gratitude.after_asking", "gratitude",
        r"\?[^?]{0,90}" + _THANKS_OR_CHEERS + r"(?:[\s,]{1,2}@?\w{1,20}){0,2}[^\w?]{0,12}$",
        0.7, "Which version are you on? Need to know by noon. Cheers!", "preemptive", _NOT_THANKS, tier=0,
    ),
    _gratitude("help", 0.8, "Thanks so much for the tip!", _HELP),
    _gratitude("amplification", 0.9, "thx for the RT", _AMPLIFICATION),
    _gratitude("participation", 0.8, "Thank you all for coming tonight", _PARTICIPATION),
    _gratitude("social", 0.8, "Cheers for the kind words", _SOCIAL),
    Rule(
        "gratitude.service", "gratitude",
        r"^\W{0,2}@\w{0,20}(?:support|cares?|help|helps|helpdesk|service)\b[\s\S]{0,140}?" + _THANKS
        + "|" + _THANKS
        + r"\sfor\s(?:contacting\sus|reaching\sout|letting\sus\sknow|getting\sin\stouch|your\spatience)",
        0.8, "Thank you for contacting us, we are looking into it", "service", _NOT_THANKS, tier=0,
    ),
    Rule(
        "gratitude.feeling_well", "gratitude",
        WORD + r"(?:good|great|fine|well|recovered|better|ok),?\s(?:now\s|here\s){0,2}"
        r"(?:thanks|thank\syou|thx|ta|cheers)\b(?!\sfor)",
        0.6, "Fine thanks, and you?", "social", tier=1,
    ),
    Rule(
        "gratitude.shared_work", "gratitude", _THANKS_FOR + _SHARED_WORK + r"\b",
        0.7, "Thank you for a great post", "shared_work", _NOT_THANKS, tier=2,
    ),
    Rule(
        "gratitude.answered_offer", "gratitude", _THANKS,
        0.8, "Thanks Bob", "help", _NOT_THANKS, needs=("parent_offers",), tier=2,
    ),
    Rule(
        "gratitude.several", "gratitude", _THANKS,
        0.6, "@ada @bo @cy thanks team", "social", _NOT_THANKS, needs=("three_handles",), tier=3,
    ),
    Rule("gratitude.any", "gratitude", _THANKS, 0.6, "Thanks Bob", "unknown", _NOT_THANKS, tier=4),
    # Outside an exchange "cheers" is a toast.
    Rule(
        "gratitude.cheers", "gratitude", WORD + r"cheers\b(?!\s(?:to|on|as)\b)",
        0.5, "@ada cheers mate", "unknown", _NOT_THANKS, needs=("addressed",), tier=4,
    ),
)  # fmt: skip

_I_WILL = any_of(r"""
    (?<!if )i(?:'ll|ll|\swill|\sshall|\smust|\smight|\smay|'m\sgoing\sto|'m\sgonna|'m\soff\sto)
    (?:^|[.,!?;:)-]|@\w{1,30}|\b(?:and|so|but|ok|yes|yep|now|ta|thanks|thx|cheers|(?:thanks|thx
    cheers)\s\w{2,12}))\s{0,2}(?:definitely\s|just\s|then\s|i\s)?(?:will|shall|must|might|gonna|going\sto
    gotta|need\sto|off\sto)
    """)
_TO_DO = any_of(r"""
    try|check\w{0,3}|look(?!\sforward)|have\s(?:a|another)\s\w{2,8}|take\sa\slook
    give\s(?:it|that|this|them)|investigate|explore|dig|read|listen
    watch|follow\sup|add|(?:keep|bear)\s(?:it|that|this|an)|use|pass|download|install|test|order|bookmark
    chase|get\s(?:it|one|that|them|hold)|buy|switch
    do\s(?:that|so|it)|do(?=\W{0,3}$)|see\s(?:if|what|how)|steal|nick|purchase|research|consider|delve
    ponder|mull|figure|grab|hunt|track|search
    be\s(?:using|checking|trying|reading|looking|adding|buying|stealing|having|watching|listening)
    """)
_SAVED = r"bookmarked|downloaded|ordered|installed|subscribed|signed\sup|registered|bought|instapapered|saved"


def _uptake(name: str, score: float, example: str, pattern: str, unless: str | None = None) -> Rule:
    return Rule(f"uptake.{name}", "uptake", pattern, score, example, unless=unless, needs=("addressed",))


UPTAKE: Final = (
    _uptake("will_try", 0.7, "I'll give that a go", _I_WILL + r"\s(?:\w{1,12}\s){0,2}?" + _TO_DO + r"\b"),
    _uptake("trying", 0.6, "Just downloaded it, looks handy", WORD + any_of(r"""
        (?:just|now|have|i've|i|duly)\s(?:\w{1,8}\s)?(?:""" + _SAVED + r""")
        (?:having|taking)\sa\slook|checking\s(?:it|that|them)\sout|reading\s(?:it\s)?now
        (?:on|to)\s(?:my|the)\s(?:\w{1,9}[\s-])?(?:list|library|pile)|in\sthat\scase\si'?ll
        duly\s(?:noted|ordered|placed)|order\sduly
        (?:i've|i\shave|have|just)\s(?:now\s|just\s)?(?:added|updated|changed|fixed|corrected|edited|removed
        contacted|emailed)
        i'?m\son\sit|noted\b|will\sdo(?=\W{0,3}$|\W{1,4}thank|[.!,])|i\scan\snow|tried\s(?:it|that|this)
        worth\s(?:a\s(?:try|look|go)|trying|exploring)
        """) + r"(?!\w)"),
    _uptake("worked", 0.8, "That worked a treat!", WORD + any_of(r"""
        (?:that|it|this|which)(?:'s|\shas)?\s(?:\w{1,8}\s)?(?:worked|did\s(?:it|work|the\strick)
        does\sthe\strick|fixed|solved|sorted|helped|helps)
        (?:work(?:s|ed|ing)|sorted|fixed|solved)\s(?:now|perfectly|fine|well|that|it|out|a\streat|beautifully)
        (?:all|now|got\sit|is)\s(?:sorted|fixed|working)
        up\sand\srunning|got\sit\s(?:now|working)|got\sthere|found\s(?:it|them)\b|help(?:ed|s|ing)?\sme\b
        is\sthe\sticket|problem\ssolved|figured\sit\sout|just\sfigured|lifesaver|life\ssaver|working\snow
        """) + r"\b"),
    _uptake("new_to_me", 0.8, "I hadn't seen that before", WORD + any_of(r"""
        (?:had|have|has)(?:n't|nt|\snot|\snever)\s(?:\w{1,8}\s)?(?:seen|heard|come\sacross|thought
        considered|noticed|spotted|realised|realized|known|read|tried|used)
        (?:did|was)(?:n't|nt|\snot)\s(?:\w{1,8}\s)?(?:know|realise|realize|aware|think\sof|thought|notice
        spot|see\sth)
        (?:not|never)\s(?:\w{1,8}\s)?(?:seen|heard|thought\sof|knew|come\sacross|aware|familiar)
        unaware|news\sto\sme|missed\s(?:that|this|it)|new\sto\sme
        """) + r"\b"),
    _uptake("needed", 0.8, "Just what I was looking for", WORD + any_of(r"""
        (?:just|exactly|precisely)\s(?:what|the\sthing)\s(?:i|we)|(?:been|was)\slooking\sfor
        what\si\s(?:needed|was\safter)
        that's\sthe\sone|(?:very|v\.?|so|really|super|most|incredibly|extremely|quite)\s(?:use|help)ful
        (?:that's|this\sis|is)\s(?:use|help)ful
        """) + r"\b"),
    _uptake("understood", 0.6, "Ah, that makes sense", WORD + any_of(r"""
        (?:makes?|making)\s(?:perfect\s|more\s|total\s|a\slot\sof\s)?sense
        (?:now|ah|oh|ok)\W{1,3}i\s(?:see|get|understand)|i\sunderstand\snow|clear(?:er)?\snow
        clears?\s(?:it|that|things)\sup|good\sto\sknow|(?:learned|learnt|learn)\ssomething
        i\sstand\scorrected|(?:well\s)?spotted|my\s(?:bad|mistake|error)
        """) + r"\b"),
    _uptake("realised", 0.6, "Ah, thanks Sam", any_of(r"""
        (?:^|[.!?]|@\w{1,30})\W{0,3}(?:a+h+a?|aha|o+h+|ok|okay|doh|oops|ops|opps|ooo+h?)\b\W{1,5}(?:(?:ok
        right|cool|yes|brilliant|great)\W{1,4})?
        """) + _THANKS_OR_CHEERS),
    _uptake("accepted", 0.5, "Brilliant, thanks", WORD + any_of(r"""
        brilliant|perfect|excellent|marvellous|marvelous|fantastic|fab|superb|ace|magic|lovely|bookmarked
        useful|helpful|interesting|spot\son
        """) + r"[\s,.!]{1,4}(?:many\s)?" + _THANKS_OR_CHEERS + r"(?!\sfor)"),
    _uptake("on_advice", 0.9, "Bought it on your recommendation", WORD + any_of(r"""
        (?:on|following|after|from|as\sper)\s(?:your|ur)\s(?:\w{1,9}\s)?(?:advice|recommendation|suggestion
        tip|lead|prompt)
        as\s(?:you|u)\s(?:suggest|recommend|advise)\w{0,2}
        (?:you|u)\s(?:suggested|recommended|pointed|told\sme|convinced|persuaded)|because\sof\syou
        inspired\sme|inspired\sby\s(?:you|ur)
        """) + r"\b"),
    _uptake("thinking", 0.7, "You got me thinking", WORD + any_of(r"""
        (?:got|gets|has|had|set)\sme\s(?:\w{1,8}\s)?thinking
        ma(?:de|kes)\sme\s(?:\w{1,8}\s)?(?:think|rethink|reconsider|realise|realize|wonder)
        food\sfor\sthought
        thought[\s-]provoking
        (?:lot|lots|something|much|plenty)\sto\s(?:think|ponder|chew|consider|digest|explore)
        gave\sme\s(?:\w{1,8}\s)?ideas?|changed\smy\smind
        """) + r"\b"),
    _uptake("promising", 0.5, "Looks interesting", WORD + any_of(r"""
        (?:look|sound|seem)s?\s(?:\w{1,8}\s)?(?:interesting|useful|good|great|perfect|ideal|promising|handy
        brilliant|excellent|like\swhat|just|exactly|spot\son)
        (?:good|great|nice|excellent|brilliant|fab|useful|top|sound|handy|wise|love\s(?:that|this
        the))\s(?:ideas?|tips?|advice|suggestions?|shout|find|resources?|links?|info|guide|site|list|tool
        app)
        (?:very|v|really|quite)\.?\sinteresting
        """) + r"\b"),
)  # fmt: skip
