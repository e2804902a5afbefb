"""How people thank, and for what."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.service_words import THANKED_FOR_SERVICE
from plnmap.acts.english.wording import WORD, any_of
from plnmap.acts.rules import Rule

# "ta", "ty" and "cheers" are other words too: a teaching assistant, a name, a toast.
_SHORT_THANKS = (
    r"(?:(?<!the )(?<!a )(?<!my )(?<!our )(?<!as )\bta\sfor\b|(?:^|[.,!?;:)]|@\w{1,30})\s{0,3}(?<!\S)"
    r"(?:ta|ty|tx)(?=\s{0,2}(?:$|[^\w\s']|(?:for|very|muchly|so|mate|i|ill|i'\w{1,2}|will|that|looks?|have|had|not"
    r"|now|just|but|and|got|works|worked|done|think|thought)\b|\w{2,12}[,.!])))"
)
_FATE = r"(?:goodness|god|gawd|heavens?|christ|fuck|the\sgods|(?:the|my|your|our)\s(?:lord|lucky|stars?))"
# Behind "to", "can" or "you" it wishes or tells, and thanks for nothing.
_APPRECIATED = (
    "appreciate"
    + "".join(rf"(?<!{before} appreciate)" for before in ("to", "can", "may", "might", "n't", "not", "you"))
    + r"d?\s(?:it|that|this|these|those|you|your|the|all|everyone|u|ur)"
)
THANKS: Final = (
    "(?:"
    + WORD
    + any_of(r"""
    thank{1,4}[sz]{1,6}|thank[\s-]?(?:yo{1,6}u{1,6}|u|ya)|thanku|thankd|thanx|thanxs|thnx|thnks|thx|thxs|tnx
    tks|tyvm|tysm|much\sobliged(?!\sto\s(?!you|u\b))|many thank|(?:want|wanna|like|love|wish)\s(?:to\s)?thank
    thank(?<!to thank)(?!\s""" + _FATE + r"""\b)
    cheers(?=\s(?:\w{2,12}\s)?(?:for|4)\b)|(?:grateful|thankful)(?=\s(?:for\s(?:your|you)\b|to\syou|that\syou|you)\b)
    grateful(?=\sfor\b)|i\sthankful|(?:bless|kudos|props)(?=\s(?:(?:to\s)?(?:you
    u)\s)?for\s(?:\w{2,12}\s)?(?:explain|answer|pointer|tip|link|clear|dig|find|spot|help|look|show|teach
    shar)\w{0,4})
    (?:am|i'm|im|very|so|really|most|extremely|truly|forever|eternally)\s(?:grateful|thankful|appreciative)
    (?:much|greatly|really|very|truly|so|sincerely|deeply)\sappreciated?
    """ + _APPRECIATED)
    + r"\b|"
    + _SHORT_THANKS
    + ")"
)  # fmt: skip
# Where an exchange shows, "cheers" is thanks whatever follows.
THANKS_OR_CHEERS: Final = "(?:" + THANKS + "|" + WORD + r"cheers\b(?!\s(?:to|on|from)\b))"
NOT_THANKS: Final = WORD + any_of(r"""
    no,?\s(?:thanks|thank\syou|thx)\b(?!\sto)|(?:thanks?|thx),?\sbut\sno\b
    (?:thanks|thank\syou|thx)\sfor\snothing
    (?:no|small|little)\sthanks\sto
    (?:thanks|thx)\sto\s(?!you\b|u\b|all\b|every|both\b|those\b|any|@|whoever|our\b|[^.!?\n]{1,60}\bfor\b)
    """)
RETURNED: Final = (
    WORD + r"(?:you're|you\sare|you|your|ur)\s(?:(?:very|most|so|quite|always|more\sthan)\s)?welcome\b"
    r"(?!\s(?:to|at|here|in|on|back|home|any\s?time)\b)"
)
# What the thanks are for ends where the author goes on to something else.
_GOES_ON = (
    r"(?:i|i'\w{1,2}|we|it|it's|but|because|hope|glad|if|when|what|which|is|was|are|sorry|apologies"
    r"|so(?!\smuch|\svery)|as(?!\s(?:always|ever|usual))|(?<=sharing\s)(?:your|ur|yr))\s"
)
_SPACE = rf"[^\S\n](?!{_GOES_ON})"
_THANKS_FOR = (
    rf"(?:{THANKS}(?:[^\s.!?]|{_SPACE}){{0,60}}?\b(?:for|4)\b|{WORD}{_APPRECIATED})"
    rf"(?:[^\s.!?,;:–—-]|[,;:–—-](?!\s)|{_SPACE}){{0,60}}?"
    r"(?:,\s(?:and\s|the\s|your\s|ur\s|all\s)(?:\w{1,12}\s){0,3}?)?(?<![\w'])"
)
_ME = r"(?:me|us)"
_IT = r"(?:it|that|this|these|those|them|things?)"
_HELP = any_of(r"""
    tips?|tip[\s-]?off|advi[cs]e|advising|answers?|answering|links?|linkage|info|infos|information|input|intel
    suggest(?:ions?|ing)|recommend(?:ations?|ing)|recs?|recc?os?|pointers?|point(?:ing|ed)|heads?[\s-]?up
    help|helping(?!\s(?:us|to|with|out|spread|promote|raise|make|get|keep)\b)|assist(?:ance|ing)?
    expla(?:nations?|ining)|explainer|rundown|lowdown|clarif\w{1,9}|clarity|context
    clearing\s[^.!?]{0,20}up|setting\sme\sstraight|ideas?|resources?|references?|details|deets|examples?
    directing|directions|remind(?:ers?|ing)|correct(?:ions?|ing)|updates?|confirm(?:ing|ation)|intros?|introductions?
    solutions?|solving|sorting|resolving|instructions?|recipes?|template|snippet|translat(?:ion|ing)|diagnos\w{2,4}
    looking\s(?:""" + _IT + r"""\s)?(?:into|up)|letting\s(?:me|us|people|everyone)\sknow|informing
    guidance|steer|nudge|hints?|tricks?|fix|fixing|workaround|troubleshooting|figuring|finding|digging|spotting
    catch(?!\s?-?up)|tests?|testing|checking(?!\s(?:it|this|that|us|me|my|our|in|out)\b)|alert|warning
    bringing\s[^.!?]{0,25}attention|prompting|push\s?back|expertise|wisdom|mentoring|proofreading
    (?:showing|telling|teaching|educating|enlightening|introducing|advising|rescuing|saving)\s""" + _ME + r"""
    (?:sending|giving)\s""" + _ME + r"""(?!\s(?:an?\s|the\s|this\s|your\s)?(?:chance|opportunity|shout\w{0,4}
    time|ride|lift|follow|card|gifts?|love|smile|laugh|space|credit))
    (?:sending|passing|emailing)\s(?:it|this|that|the|over|through|along)(?!\son\b)|forwarding|(?:that|this)\sone
    (?:quick|prompt|speedy|swift|fast|rapid|helpful)\s(?:repl(?:y|ies)|responses?)
    (?:walking|talking|steering|guiding|pushing|nudging|encouraging|persuading|convincing|believing\sin)\s(?:me|us)\b
    (?:putting|setting)\s(?:me|us)\s(?:right|straight|in\stouch|onto|on\sto)
    getting\s(?:me|us)\s(?:there|going|started|unstuck|past|through|back|into|over|more\sinto)
    helping\s(?:me|us)(?!\s(?:celebrate|spread|promote|raise|reach))|bearing\swith\sme|being\smy\s(?:\w{2,12}\s)?mentor
    (?:the|that)\s(?:push|kick)|catching\s(?:that|this|it|my)
    (?:taking\s(?:the\s)?|making\s(?:the\s)?)time\sto\s(?:explain|help|answer|look|read|show|walk|check|reply|teach
    talk|write)
    taking\sa\slook|looking\s(?:it\s)?over|reading\s(?:my|the|this)\s(?:\w{2,12}\s)?(?:draft|cv|chapter|application
    paper|essay|proposal)
    (?:sanity|reality)\scheck|second\s(?:pair\sof\seyes|opinion)|demo|(?:careful|thorough|detailed
    considered)\s\w{4,9}|going\s(?:through|to\sthe\strouble)
    (?:rescuing|saving)\s(?:me|us|my|our|the\sday)|(?:sparing|stopping)\sme\s(?:the|that|from|making)|rescue|(?:honest|candid)\sfeedback|being\s(?:so\s|very\s)?patient\swith
    weighing\sin|low-down|background|scripts?|settings|tweaks?|diagrams?|code|spreadsheet|talking\ssense|unblocking\sme
    pep\stalk|crash\scourse|(?:your|the)\sreference|patience\swith\smy|lending\s(?:me|us|a\shand)|stepping\sin
    (?:feedback|comments|thoughts|support|edits)\s(?:on|with)\s(?:my|the|our)\s(?:\w{2,12}\s)?(?:draft|paper|chapter
    cv|application|essay
    abstract|proposal|design|slides|code|manuscript|plan|script|job|interview)
    """)  # fmt: skip
_AMPLIFICATION = any_of(r"""
    r/?ts?|rt's|rt'?ing|mts?|re-?tweets?|re-?tweeting|tweets?|tweeting|shares?|mentions?|mentioning|tag|tagging
    shout[\s-]?outs?|s/o|promo\w{0,8}|publicity|plugs?|plugging|spreading|ffs?|followfriday|boosts?|boosting
    reblogs?|reposts?|reposting|signal\sboost|quoting|featuring|nominat\w{2,4}|pinging
    passing\s(?:it|this|that)\son|sharing\s(?:my|our|it\swith)|pb|includ\w{2,3}\s(?:me|us|my)|inclusion
    linking\sto\s(?:my|our)
    """)
_PARTICIPATION = any_of(r"""
    joining|coming(?!\sback\s(?:to\s(?:me|us)|on\s(?:this|that|it)|with)\b)|contrib\w{0,8}|listening|reading|watching|attend\w{2,5}|taking\s(?:part|the\stime)
    participat\w{1,4}|(?:the|your|ur)\stime|(?:being|becoming)\s(?:a\s)?part|playing|showing\sup|voting
    (?:stopp|dropp|com)ing\s(?:by|in|along)|visit\w{0,3}|having\s(?:me|us)|chat|conversation|discussion
    opportunity|chance|invit\w{1,8}|tuning\sin|presenting|speaking|hosting|organi[sz]ing|volunteering|donat\w{2,4}
    adding\syour|submission|engag\w{2,5}|completing
    """)
# What was said to the author, and what was said about their work or to a call of theirs.
_REPLYING = any_of(r"""
    (?:repl(?:y|ies|ying)|respon(?:ses?|ding))(?!\s(?:slips?\b|to\s(?:my|our|the|this)\s(?:\w{1,15}\s)?(?:posts?|blog
    tweets?|survey|call|invitation|invite|album|article|video|talk)\b))
    (?:getting|coming)\sback(?=\s(?:to\s(?:me|us)|on\s(?:this|that|it)|with)\b)
    getting\sback(?=\s{0,2}(?:$|[^\w\s])|\sso\s\w{3,8}ly\b|\sso\s(?:quick|fast)\b|\s(?:and|@?\w{2,15}[,.!])\s?)
    """)
_COMMENTING = r"(?:comments?|commenting|feedback|insights?)"
_SOCIAL = any_of(r"""
    follow(?!\s?-?up)s?|following(?!\sup)|follow-?back|birthday
    (?:kind|lovely|nice|generous|warm|thoughtful|best|well)\s(?:\w{1,9}\s)?(?:words?|wishes|thoughts?|messages?
    comments?)
    wishes|support|supporting|kindness|compliments?|encourag\w{3,5}|praise|love|prayers?|congrats|memories
    laughs?|smile|asking|being\s(?:you|so|such|there|my)|friendship|thinking\sof|understanding
    hospitality|welcome|gifts?|present|card|flowers|company|concern|patience|vote|chuckle
    """)
_SHARED_WORK = any_of(r"""
    sharing|posts?|blogs?|blogging|article|talk|keynote|presentation|podcast|episode|writing|video|thread
    book|read|paper|slides|series|newsletter|reflections?|webinar|workshop|course|plugin|tool|posting
    publishing|creating|making|putting|curating|recording|uploading|tutorial|lesson
    """)


def _gratitude(about: str, score: float, example: str, nouns: str, *, name: str = "", tier: int = 1) -> Rule:
    pattern = _THANKS_FOR + nouns + r"\b"
    return Rule(
        f"gratitude.{name or about}", "gratitude", pattern, score, example, about, NOT_THANKS, tier=tier
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
        r"\?(?:(?!(?:shall|will|i'll)\s(?:check|try|look|have\sa)\b)[^?]){0,90}" + THANKS_OR_CHEERS
        + r"(?!\sagain)(?:[\s,]{1,2}@?\w{1,20}){0,2}[^\w?]{0,12}$",
        0.7, "Which version are you on? Need to know by noon. Cheers!", "preemptive", NOT_THANKS, tier=0,
    ),
    _gratitude("help", 0.8, "Thanks so much for the tip!", _HELP),
    _gratitude("amplification", 0.9, "thx for the RT", _AMPLIFICATION),
    _gratitude("participation", 0.8, "Thank you all for coming tonight", _PARTICIPATION),
    _gratitude("social", 0.8, "Cheers for the kind words", _SOCIAL),
    Rule(
        "gratitude.service", "gratitude",
        r"^\W{0,2}@\w{0,20}(?:support|cares?|help|helps|helpdesk|service)\b[\s\S]{0,140}?" + THANKS
        + "|" + THANKS
        + r"\sfor\s(?:contacting\sus|reaching\sout|letting\sus\sknow|getting\sin\stouch"
        r"|(?:raising|reporting|flagging)\s(?:this|it)|bringing\s(?:this|it)\sto\sour|sending\sus"
        r"|your\s(?:patience|report|order|custom|enquiry|query))|" + WORD + THANKED_FOR_SERVICE,
        0.8, "Thank you for contacting us, we are looking into it", "service", NOT_THANKS, tier=0,
    ),
    Rule(
        "gratitude.feeling_well", "gratitude",
        WORD + r"(?:good|great|fine|well|recovered|better|ok),?\s(?:now\s|here\s){0,2}"
        r"(?:thanks|thank\syou|thx|ta|cheers)\b(?!\sfor)",
        0.6, "Fine thanks, and you?", "social", tier=1,
    ),
    _gratitude("shared_work", 0.7, "Thank you for a great post", _SHARED_WORK, tier=2),
    Rule(
        "gratitude.reply", "gratitude", _THANKS_FOR + _REPLYING + r"\b",
        0.6, "@ada Thanks for getting back to me", "help", NOT_THANKS + "|" + RETURNED,
        ("addressed",), tier=2,
    ),
    _gratitude("participation", 0.6, "Thanks for the comment", _COMMENTING, name="comment", tier=2),
    Rule(
        "gratitude.answered_offer", "gratitude", THANKS,
        0.8, "Thanks Bob", "help", NOT_THANKS, needs=("parent_offers",), tier=2,
    ),
    Rule(
        "gratitude.several", "gratitude", THANKS,
        0.6, "@ada @bo @cy thanks team", "social", NOT_THANKS, needs=("three_handles",), tier=3,
    ),
    Rule("gratitude.any", "gratitude", THANKS, 0.6, "Thanks Bob", "unknown", NOT_THANKS, tier=4),
    # Outside an exchange "cheers" is a toast.
    Rule(
        "gratitude.cheers", "gratitude", WORD + r"cheers\b(?!\s(?:to|on|as)\b)",
        0.5, "@ada cheers mate", "unknown", NOT_THANKS, needs=("addressed",), tier=4,
    ),
    # Thankful, though nobody is thanked.
    Rule(
        "gratitude.nobody", "gratitude",
        WORD + r"(?:thankfully|(?<!(?:be|el)\s)thankful|thank\s" + _FATE
        + r"|(?<!no )(?<!small )(?<!little )(?:thanks|thx)\sto(?=\s(?!nothing|no\b)))\b",
        0.4, "We were late thanks to the rain", "nobody", tier=5,
    ),
    # Thanks that somebody gave and that the author hands back.
    Rule(
        "gratitude.returned", "gratitude",
        RETURNED, 0.5, "You're welcome!", "returned", tier=5,
    ),
)  # fmt: skip
