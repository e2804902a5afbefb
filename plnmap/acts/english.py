"""English: the wording by which people thank, take up, credit, ask, advise and pass on.

Written by reading posts of 2007–2023, mostly British and Australian. Nouns and verbs are
gathered in blocks (one line is as good as another), so that the table of rules stays a
table. Repetitions are bounded: a clause is at most 70 characters long.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.rules import LINK, Pack, Rule, pack


def _any(block: str) -> str:
    """Alternatives out of a block of text: lines and bars both separate."""
    return "(?:" + "|".join(line.strip() for line in block.strip().splitlines()) + ")"


_WORD = r"(?<![@\w'])"  # the start of a word that is no part of a handle
_CLAUSE = r"[^.!?\n]{0,70}?"
_START = (
    r"(?:^\W{0,3}(?:@\w{1,30}\W{1,3}){0,8}|[.!?;:\n]\W{1,4}|\b(?:and|so|but|or|then|maybe|just)\s|[,)-]\s)"
)

# -- thanks ---------------------------------------------------------------------------------------------------

# "ta", "ty" and "cheers" are other words too: a teaching assistant, a name, a toast.
_SHORT_THANKS = (
    r"(?:(?:^|[.,!?;:)]|@\w{1,30})\s{0,3}(?:ta|ty|tx)(?=\s{0,2}(?:$|[.,!;:)]|@|for\b|very\b|muchly\b|so\b)))"
)
_THANKS = (
    "(?:"
    + _WORD
    + _any(r"""
    thanks|thank[\s-]?(?:you|u|ya)|thankyou|thanku|thankd|thanx|thanxs|thnx|thx|thxs|tnx|tks|tyvm|tysm|many thank
    (?<!to )thank(?!\s(?:goodness|god|gawd|heavens?|christ|fuck|the lord|my lucky|your lucky))
    cheers(?=\s(?:for|\w{2,12})?\b(?:for|[.,!]))|(?:am|i'm|very|so|really|most|extremely|truly|forever)\s(?:grateful|thankful)
    (?:much|greatly|really|very|truly|so)\sappreciated?|grateful\s(?:for|to\syou)
    appreciated?\s(?:it|that|this|you|your|the|all|u|ur)|i(?:'m)?\sthankful
    """)
    + r"\b|"
    + _SHORT_THANKS
    + ")"
)
_THANKS_FOR = _THANKS + _CLAUSE + r"\b(?:for|4)\b" + _CLAUSE + r"\b"
_NOT_THANKS = _WORD + _any(r"""
    no,?\s(?:thanks|thank\syou|thx)\b(?!\sto)|(?:thanks?|thx),?\sbut\sno\b|(?:thanks|thank\syou|thx)\sfor\snothing
    (?:no|small|little)\sthanks\sto|(?:thanks|thx)\sto\s(?!you\b|u\b|all\b|every|both\b|those\b|any|@|whoever|our\b|[^.!?\n]{1,60}\bfor\b)
    """)
_HELP = _any(r"""
    tips?|advi[cs]e|answers?|answering|links?|linkage|info|information|suggest(?:ions?|ing)|recommend(?:ations?|ing)|recs?
    pointers?|point(?:ing|ed)|heads?[\s-]?up|help|helping|assist(?:ance|ing)?|expla(?:nations?|ining)|clarif\w{1,9}|feedback
    ideas?|insights?|resources?|references?|letting\s(?:me|us|people)|directing|remind(?:er|ing)|correct(?:ions?|ing)
    solutions?|solving|instructions?|looking\sinto|guidance|steer|nudge|fix|fixing|spotting|catch|test|testing|checking
    bringing\s[^.!?]{0,25}attention|(?:showing|telling|teaching|introducing|sending|giving)\sme|(?:that|this)\sone|pushback|push\sback|prompting
    expertise|mentoring|lesson|tutorial|proofreading|finding|digging|workaround|confirm\w{2,6}|alert|warning|details
    """)
_AMPLIFICATION = _any(r"""
    r/?ts?|rt's|rt'?ing|mts?|re-?tweets?|re-?tweeting|tweets?|tweeting|shares?|mentions?|mentioning|shout[\s-]?outs?|s/o
    promo\w{0,8}|publicity|plugs?|plugging|spreading|ffs?|followfriday|boosts?|boosting|reblogs?|signal\sboost|quoting
    passing\s(?:it|this|that)\son|sharing\s(?:my|our|it\swith)|pb|includ\w{2,3}\s(?:me|us|my)|inclusion|linking\sto\s(?:my|our)
    """)
_PARTICIPATION = _any(r"""
    joining|coming|contrib\w{0,8}|listening|attend\w{2,5}|taking\s(?:part|the\stime)|participat\w{1,4}|(?:the|your|ur)\stime
    (?:being|becoming)\s(?:a\s)?part|repl(?:y|ies|ying)|respon(?:ses?|ding)|comments?|commenting|(?:stopp|dropp)ing\s(?:by|in)
    visit\w{0,3}|having\s(?:me|us)|chat|conversation|discussion|opportunity|chance|invit\w{1,8}|tuning\sin|presenting
    speaking|hosting|organi[sz]ing|adding\syour|submission|engag\w{2,5}|completing|getting\sback
    """)
_SOCIAL = _any(r"""
    follow(?!\s?-?up)s?|following(?!\sup)|follow-?back|birthday|(?:kind|lovely|nice|generous|warm|thoughtful|best|well)\s(?:\w{1,9}\s)?(?:words?|wishes|thoughts?|messages?|comments?)
    wishes|support|kindness|compliments?|encouragement|memories|laughs?|smile|asking|being\s(?:you|so|such|there|my)|friendship
    hospitality|welcome|gifts?|present|card|flowers|company|concern|patience|vote|chuckle
    """)
_SHARED_WORK = _any(r"""
    sharing|posts?|blogs?|blogging|article|talk|keynote|presentation|podcast|episode|writing|video|thread|book|read|paper
    slides|series|newsletter|reflections?|webinar|workshop|course|plugin|tool|posting|publishing|creating|making|putting
    curating|recording|uploading
    """)


def _gratitude(about: str, score: float, example: str, nouns: str) -> Rule:
    return Rule(
        f"gratitude.{about}", "gratitude", _THANKS_FOR + nouns + r"\b", score, example, about, _NOT_THANKS
    )


_GRATITUDE: Final = (
    Rule(
        "gratitude.ahead", "gratitude",
        _WORD + _any(r"""
        (?:thanks?|thank\syou|thx|cheers)\s(?:so\smuch\s)?in\s(?:advance|anticipation)|tia(?=\W{0,3}$)
        (?:would|wd|will|i'd)\s(?:be\s)?(?:so|very|really|much|greatly|hugely|most|extremely)?\s?(?:be\s)?(?:grateful|appreciated|thankful)\b
        """),
        0.9, "Does anyone have a spare cable? Thanks in advance", "preemptive", tier=0,
    ),
    Rule(
        "gratitude.after_asking", "gratitude",
        r"\?[^?]{0,90}" + _THANKS + r"(?:[\s,]{1,2}@?\w{1,20}){0,2}[^\w?]{0,12}$",
        0.7, "Which version are you on? Need to know by noon. Cheers!", "preemptive", _NOT_THANKS, tier=0,
    ),
    _gratitude("help", 0.8, "Thanks so much for the tip!", _HELP),
    _gratitude("amplification", 0.9, "thx for the RT", _AMPLIFICATION),
    _gratitude("participation", 0.8, "Thank you all for coming tonight", _PARTICIPATION),
    _gratitude("social", 0.8, "Cheers for the kind words", _SOCIAL),
    Rule(
        "gratitude.service", "gratitude",
        r"^\W{0,2}@\w{0,20}(?:support|cares?|helps|helpdesk|service)\b[\s\S]{0,140}?" + _THANKS
        + "|" + _THANKS + r"\sfor\s(?:contacting\sus|reaching\sout|letting\sus\sknow|getting\sin\stouch|your\spatience)",
        0.8, "Thank you for contacting us, we are looking into it", "service", _NOT_THANKS, tier=0,
    ),
    Rule(
        "gratitude.feeling_well", "gratitude",
        _WORD + r"(?:good|great|fine|well|recovered|better|ok),?\s(?:now\s|here\s){0,2}(?:thanks|thank\syou|thx|ta|cheers)\b(?!\sfor)",
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
        "gratitude.cheers", "gratitude", _WORD + r"cheers\b(?!\s(?:to|on|as)\b)",
        0.5, "@ada cheers mate", "unknown", _NOT_THANKS, needs=("addressed",), tier=4,
    ),
)  # fmt: skip

# -- uptake ---------------------------------------------------------------------------------------------------

_I_WILL = _any(r"""
    (?<!if )i(?:'ll|ll|\swill|\sshall|\smust|\smight|\smay|'m\sgoing\sto|'m\sgonna|'m\soff\sto)
    (?:^|[.,!?;:)-]|@\w{1,30}|\b(?:and|so|but|ok|yes|yep|now|ta|thanks|thx|cheers|(?:thanks|thx|cheers)\s\w{2,12}))\s{0,2}(?:definitely\s|just\s|then\s|i\s)?(?:will|shall|must|might|gonna|going\sto|gotta|need\sto|off\sto)
    """)
_TO_DO = _any(r"""
    try|check\w{0,3}|look(?!\sforward)|have\s(?:a|another)\s\w{2,8}|take\sa\slook|give\s(?:it|that|this|them)|investigate|explore|dig|read|listen
    watch|follow\sup|add|(?:keep|bear)\s(?:it|that|this|an)|use|pass|download|install|test|order|bookmark|chase|get\s(?:it|one|that|them|hold)|buy|switch
    do\s(?:that|so|it)|do(?=\W{0,3}$)|see\s(?:if|what|how)|steal|nick|purchase|research|consider|delve|ponder|mull|figure|grab|hunt|track|search
    be\s(?:using|checking|trying|reading|looking|adding|buying|stealing|having|watching|listening)
    """)
_SAVED = _any(
    "bookmarked|downloaded|ordered|installed|subscribed|signed up|registered|bought|instapapered|pocketed|saved"
)


def _uptake(name: str, score: float, example: str, pattern: str, unless: str | None = None) -> Rule:
    return Rule(f"uptake.{name}", "uptake", pattern, score, example, unless=unless)


_UPTAKE: Final = (
    _uptake("will_try", 0.7, "I'll give that a go", _I_WILL + r"\s(?:\w{1,12}\s){0,2}?" + _TO_DO + r"\b"),
    _uptake("trying", 0.6, "Just downloaded it, looks handy", _WORD + _any(r"""
        (?:just|now|have|i've|i|duly)\s(?:\w{1,8}\s)?""" + _SAVED + r"""|(?:having|taking)\sa\slook|checking\s(?:it|that|them)\sout|reading\s(?:it\s)?now
        (?:on|to)\s(?:my|the)\s(?:\w{1,9}[\s-])?(?:list|library|pile)|in\sthat\scase\si'?ll|duly\s(?:noted|ordered|placed)|order\sduly
        (?:i've|i\shave|have|just)\s(?:now\s|just\s)?(?:added|updated|changed|fixed|corrected|edited|removed|contacted|emailed)
        i'?m\son\sit|noted\b|will\sdo\b|i\scan\s(?:now|see)|worth\s(?:a\s(?:try|look|go)|trying|exploring)
        """) + r"(?!\w)"),
    _uptake("worked", 0.8, "That worked a treat!", _WORD + _any(r"""
        (?:that|it|this|which)(?:'s|\shas)?\s(?:\w{1,8}\s)?(?:worked|did\s(?:it|work|the\strick)|does\sthe\strick|fixed|solved|sorted|helped|helps)
        (?:work(?:s|ed|ing)|sorted|fixed|solved)\s(?:now|perfectly|fine|well|that|it|out|a\streat|beautifully)|(?:all|now|got\sit|is)\s(?:sorted|fixed|working)
        up\sand\srunning|got\sit\s(?:now|working)|got\sthere|found\s(?:it|them)\b|help(?:ed|s|ing)?\sme\b|is\sthe\sticket|problem\ssolved|figured\sit\sout|just\sfigured|lifesaver|life\ssaver|working\snow
        """) + r"\b"),
    _uptake("new_to_me", 0.8, "I hadn't seen that before", _WORD + _any(r"""
        (?:had|have|has)(?:n't|nt|\snot|\snever)\s(?:\w{1,8}\s)?(?:seen|heard|come\sacross|thought|considered|noticed|spotted|realised|realized|known|read|tried|used)
        (?:did|was)(?:n't|nt|\snot)\s(?:\w{1,8}\s)?(?:know|realise|realize|aware|think\sof|thought|notice|spot|see\sth)|(?:not|never)\s(?:\w{1,8}\s)?(?:seen|heard|thought\sof|knew|come\sacross|aware|familiar)
        unaware|news\sto\sme|missed\s(?:that|this|it)|new\sto\sme
        """) + r"\b"),
    _uptake("needed", 0.8, "Just what I was looking for", _WORD + _any(r"""
        (?:just|exactly|precisely)\s(?:what|the\sthing)\s(?:i|we)|(?:been|was)\slooking\sfor|what\si\s(?:needed|was\safter)
        that's\sthe\sone|(?:very|v\.?|so|really|super|most|incredibly|extremely|quite)\s(?:use|help)ful|(?:that's|this\sis|is)\s(?:use|help)ful
        """) + r"\b"),
    _uptake("understood", 0.6, "Ah, that makes sense", _WORD + _any(r"""
        (?:makes?|making)\s(?:perfect\s|more\s|total\s|a\slot\sof\s)?sense|(?:now|ah|oh|ok)\W{1,3}i\s(?:see|get|understand)|i\sunderstand\snow|clear(?:er)?\snow
        clears?\s(?:it|that|things)\sup|good\sto\sknow|(?:learned|learnt|learn)\ssomething|i\sstand\scorrected|(?:well\s)?spotted|my\s(?:bad|mistake|error)
        """) + r"\b"),
    _uptake("realised", 0.6, "Ah, thanks Sam", _any(r"""
        (?:^|[.!?]|@\w{1,30})\W{0,3}(?:a+h+a?|aha|o+h+|ok|okay|doh|oops|ops|opps|ooo+h?)\b\W{1,5}(?:(?:ok|right|cool|yes|brilliant|great)\W{1,4})?
        """) + _THANKS),
    _uptake("accepted", 0.5, "Brilliant, thanks", _WORD + _any(r"""
        brilliant|perfect|excellent|marvellous|marvelous|fantastic|fab|superb|ace|magic|lovely|bookmarked|useful|helpful|interesting|spot\son|right
        """) + r"[\s,.!]{1,4}(?:many\s)?" + _THANKS + r"(?!\sfor)"),
    _uptake("on_advice", 0.9, "Bought it on your recommendation", _WORD + _any(r"""
        (?:on|following|after|from|as\sper)\s(?:your|ur)\s(?:\w{1,9}\s)?(?:advice|recommendation|suggestion|tip|lead|prompt)|as\s(?:you|u)\s(?:suggest|recommend|advise)\w{0,2}
        (?:you|u)\s(?:suggested|recommended|pointed|told\sme|convinced|persuaded)|because\sof\syou|inspired\sme|inspired\sby\s(?:you|ur)
        """) + r"\b"),
    _uptake("thinking", 0.7, "You got me thinking", _WORD + _any(r"""
        (?:got|gets|has|had|set)\sme\s(?:\w{1,8}\s)?thinking|ma(?:de|kes)\sme\s(?:\w{1,8}\s)?(?:think|rethink|reconsider|realise|realize|wonder)|food\sfor\sthought
        thought[\s-]provoking|(?:lot|lots|something|much|plenty)\sto\s(?:think|ponder|chew|consider|digest|explore)|gave\sme\s(?:\w{1,8}\s)?ideas?|changed\smy\smind
        """) + r"\b"),
    _uptake("promising", 0.5, "Looks interesting", _WORD + _any(r"""
        (?:look|sound|seem)s?\s(?:\w{1,8}\s)?(?:interesting|useful|good|great|perfect|ideal|promising|handy|brilliant|excellent|like\swhat|just|exactly|spot\son)
        (?:good|great|nice|excellent|brilliant|fab|useful|top|sound|handy|wise|love\s(?:that|this|the))\s(?:ideas?|tips?|advice|suggestions?|shout|find|resources?|links?|info|guide|site|list|tool|app)
        (?:very|v|really|quite)\.?\sinteresting
        """) + r"\b"),
)  # fmt: skip

# -- credit, questions, advice, resources ---------------------------------------------------------------------

_NOT_A_PERSON = _any(r"""
    youtube|addthis|sharethis|buffer|pocket|getpocket|instapaper|flipboard|zite|paper_?li|scoop_?it|wordpressdotcom|wordpress|slideshare|storify
    tumblr|hootsuite|tweetdeck|vimeo|soundcloud|medium|linkedin|pinterest|delicious|diigo|posterous|audioboo\w{0,2}|kickstarter|indiegogo|change
    ukchange|38_degrees|guardian\w{0,9}|nytimes\w{0,9}|bbc\w{0,12}|abcnews|abc|theage|smh|wired|wef|qz|buzzfeed|mashable|techcrunch|huff\w{0,12}
    forbes|theatlantic|newyorker|slate|salon|verge|lifehacker|gizmodo|boingboing|edutopia|educationweek|conversation\w{0,6}|conversationedu|feedly
    ifttt|goodreads|spotify|apple\w{0,9}|google\w{0,9}|\w{0,20}(?:news|times|daily|magazine|weekly|post|journal|review|radio)
    """)
_CREDIT: Final = (
    Rule(
        "credit.via", "credit",
        r"(?:^|[\s([|/•-])(?:via|h/?t|hat[\s-]?tip|h/t)(?:\sto)?\s?:?\s{0,2}@(?!" + _NOT_A_PERSON + r"\b)\w",
        0.7, "How birds find north, via @ada", unless=r"\b(?:is|are) out!|\bstories (?:via|by)\b|\bdaily is out",
    ),
    Rule(
        "credit.inspired", "credit",
        _WORD + r"(?:inspired\sby|inspiration\sfrom|courtesy\sof|(?:idea|tip|link)\s(?:from|by)|(?:found|discovered|learned)\s(?:\w{1,9}\s)?(?:through|from|via|thanks\sto))\s(?:the\s\w{1,12}\s)?@(?!"
        + _NOT_A_PERSON + r"\b)\w",
        0.8, "A quilt inspired by @ada",
    ),
    Rule(
        "credit.thanks_to", "credit",
        _WORD + r"(?:thanks|thx|thank\syou|props|kudos|credit)\s(?:\w{1,8}\s)?to\s(?:the\s\w{1,12}\s)?@\w{1,30}(?:[\s,&]{1,4}(?:and\s)?@\w{1,30}){0,4}\s{1,2}(?:for|4)\b",
        0.8, "Thanks to @ada for the pattern", unless=r"\bfor\s(?:the\s)?(?:r/?ts?|follows?|mentions?|retweets?)\b|^the latest\b",
    ),
)  # fmt: skip

_ASKING = _any(r"""
    who|what|when|where|why|how|which|whose|can|could|would|will|do|does|did|is|are|was|were|has|have|should|may|am|any|anyone|anybody|someone|shall
    wonder|wondering|who's|what's|where's|how's|whats|hows
    """)
_QUESTION: Final = (
    Rule(
        "question.asked", "question",
        _WORD + _ASKING + r"\b[^.!?\n]{2,160}(?<!\bright)(?<!\beh)(?<!\bhuh)(?<!\bno)(?<!\byes)\?(?!\S?\s?(?:because|yes\b|no\b|well,))",
        0.7, "Which printer do you use?", unless=r"\bpoll\b|\bsurely not\?", needs=("no_headline",),
    ),
    Rule(
        "question.anyone", "question",
        _WORD + _any(r"""
        (?:does|do|can|could|has|have|is|are|did|would)\s(?:any|some)\s?(?:one|body)|any\s?(?:one|body)\s(?:know|have|got|else|recommend|tried|used?|using|able|out\sthere|seen|help|got)
        any\s(?:\w{1,12}\s)?(?:ideas|suggestions|recommendations|advice|thoughts|tips|pointers)\b(?!\s(?:are\s)?welcome\sat)|(?:need|needs|want|could\suse|would\slove)\s(?:some\s|your\s|a\s)?(?:help|advice|recommendations|suggestions)
        looking\sfor\s(?:\w{1,9}\s)?(?:recommendations|suggestions|advice|ideas|help|someone\swho)|(?:can|could)\s(?:you|u|someone|anybody)\s(?:please\s)?(?:help|recommend|suggest|advise|point|tell|explain)
        please\s(?:help|advise)|help\s(?:needed|wanted|please)|dear\slazyweb
        """),
        0.8, "Does anyone know a good dentist",
    ),
)  # fmt: skip

_IMPERATIVE = _any(r"""
    try|use|get|make|ask|tell|talk|give|find|check|look|read|go|take|keep|let|start|stop|don't|dont|be|set|put|see|consider|avoid|join|search|buy|call|contact|teach
    offer|explain|remember|focus|figure|write|send|bring|leave|learn|think|speak|practice|practise|work|show|watch|add|apply|call|change|save|turn|treat|wait|pick|choose
    plan|invest|encourage|continue|allow|follow|have|help|listen|install|download|google|reach|sit|eat|drink|sleep|study|visit|wear|move|run|play|spend|report|cut
    book|order|request|email|message|pay|click|open|create|test|switch|never|always|discuss|ignore|enjoy|accept|break|hire|track|block|document
    """)
_NOT_IMPERATIVE = (
    r"(?!\s(?:is|was|are|were|has|it\s?:|ups?\b|well\s+soon|yourself\sa|me\s(?:know|tell|see)|off\b|us\b))"
)
_I_WOULD = r"i(?:'d|\swould)\s(?:\w{1,9}ly\s|also\s|just\s|maybe\s|still\s|not\s){0,2}(?!love|like|be\b|have|say\b|think|imagine|guess|appreciate|rather|hate|assume|hope|never|agree|argue|welcome|better)"
_ADVICE: Final = (
    Rule(
        "advice.recommend", "advice",
        _WORD + _any(r"""
        (?:i|we)\s(?:\w{1,9}\s)?(?:recommend|suggest|advise)\b|(?:highly|strongly|definitely|would|'d)\srecommend|my\s(?:advice|suggestion|recommendation|tip)
        (?:i'd|i\swould)\s(?:\w{1,9}\s)?(?:recommend|suggest|advise)
        """),
        0.8, "I'd recommend the early train",
    ),
    Rule(
        "advice.you_should", "advice",
        _WORD + _any(r"""
        (?:you|u|ya)(?:\s(?:really|probably|definitely|also|both|guys|all|just|still|absolutely))?\s(?:should|shouldn't|ought\sto|need\sto|must|could|might|may|have\sto|gotta|better|can)(?!\shave\b)\s\w
        you'd\sbetter|you'll\s(?:want|need)\sto|you\swant\sto\smake
        """),
        0.6, "You could ask at the library", unless=r"\byou (?:should|could) be (?:proud|so lucky)|\bcan you\b",
    ),
    Rule(
        "advice.i_would", "advice", _WORD + _I_WOULD + r"\w|" + _WORD + r"if\s(?:i|it)\s(?:were|was)\s(?:you|me)\b",
        0.5, "I'd leave the lid off",
    ),
    Rule(
        "advice.have_you_tried", "advice",
        _WORD + _any(r"""
        (?:have|did)\s(?:you|u)\s(?:\w{1,9}\s)?(?:tried|try|considered|consider|thought\s(?:of|about)|looked|checked|asked|ask)\b|why\s(?:not|don't\syou)\s\w|(?:what|how)\sabout\s\w
        (?:can|could)\s(?:you|u)\s(?:\w{1,9}\s)?(?:try|use|ask|reach|talk|find|get|take|contact)\b|worth\s(?:a\s(?:try|look|go|read|shot)|trying|checking|asking|reading|looking|having|considering)
        """),
        0.6, "Have you tried turning it off and on?",
    ),
    Rule(
        "advice.better_to", "advice",
        _WORD + _any(r"""
        (?:best|better|important|helpful|fine|okay|ok)\s(?:not\s)?to\s\w|(?:your|the)\sbest\s(?:bet|way|thing|option)|make\ssure|(?:might|may|can|could|should|would)\s(?:really\s|also\s|definitely\s)?help\b|(?:good|great)\s(?:idea|way|place)\sto|(?:should|needs?\sto)\s(?:be|have|get|do|take|go|know|learn)\b
        """),
        0.5, "Best to book ahead, your mileage may vary", unless=r"\bshould (?:i|we)\b",
    ),
    # A broadcast that starts with an imperative promotes; an answer that does, advises.
    Rule(
        "advice.imperative", "advice",
        _START + r"(?:please\s|also\s|instead\s|first\s|and\s|maybe\s|just\s|perhaps\s|definitely\s|then\s){0,2}" + _IMPERATIVE + r"\b" + _NOT_IMPERATIVE + r"\s\S",
        0.5, "Try the other socket", unless=r"\bplease (?:rt|retweet|share|boost)\b", needs=("reply",),
    ),
)  # fmt: skip

_RESOURCE: Final = (
    Rule(
        "resource.marked", "resource",
        _WORD + _any(r"""
        (?:you|u)\s(?:might|may|could|will|would|'ll)\s(?:also\s|well\s)?(?:like|find|want|enjoy|be\sinterested|appreciate|need)|(?:this|these|that|it|here|one)\s(?:might|may|should|could|will)\s(?:also\s)?(?:help|be\s(?:useful|of|helpful|interesting)|interest|work)
        thought\s(?:of\s)?(?:you|u)\b|(?:one|this|something|some|more)\s(?:is\s)?for\s(?:you|u)\b|(?:have|did)\s(?:you|u)\s(?:see|seen|read|tried|come\sacross)|(?:try|see|check|check\sout|look\sat|have\sa\slook\sat|read)\s(?:this|these|out|here|\0)
        here(?:'s|\sis|\sare)\s(?:the|a|an|some|one|that|another)|(?:details|info|more|instructions|answer|help)\s(?:is\s|are\s)?(?:here|at)\b|\bfyi\b|of\sinterest|if\sit\shelps|hope\s(?:this|that|it)\shelps
        """),
        0.6, "@ada you might like https://birds.example/north", needs=("addressed", "foreign_link"),
    ),
    Rule(
        "resource.asked_for", "resource", LINK + r"{1,400}",
        0.8, "@ada https://birds.example/north", needs=("reply", "foreign_link", "parent_asks"),
    ),
)  # fmt: skip

RULES: Final = _GRATITUDE + _UPTAKE + _CREDIT + _QUESTION + _ADVICE + _RESOURCE
CUES: Final = {
    "gratitude": r"thank|thx|thnx|thanx|tnx|tks|cheers|grateful|apprec|tyvm|tysm|\b(?:ta|ty|tx|tia)\b",
    "credit": "@",
    "question": r"\?|any|help|advi|look",
    "resource": LINK,
}
ENGLISH: Final[Pack] = pack("en", RULES, CUES)
