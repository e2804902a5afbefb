"""How people credit, ask, advise and hand something over."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import START, WORD, any_of
from plnmap.acts.rules import LINK, Rule

_NOT_A_PERSON = any_of(r"""
    youtube|addthis|sharethis|buffer|pocket|getpocket|instapaper|flipboard|zite|paper_?li|scoop_?it
    wordpressdotcom|wordpress|slideshare|storify
    tumblr|hootsuite|tweetdeck|vimeo|soundcloud|medium|linkedin|pinterest|delicious|diigo|posterous
    audioboo\w{0,2}|kickstarter|indiegogo|change
    ukchange|38_degrees|guardian\w{0,9}|nytimes\w{0,9}|bbc\w{0,12}|abcnews|abc|theage|smh|wired|wef|qz
    buzzfeed|mashable|techcrunch|huff\w{0,12}
    forbes|theatlantic|newyorker|slate|salon|verge|lifehacker|gizmodo|boingboing|edutopia|educationweek
    conversation\w{0,6}|conversationedu|feedly
    ifttt|goodreads|spotify|apple\w{0,9}|google\w{0,9}
    \w{0,20}(?:news|times|daily|magazine|weekly|post|journal|review|radio)
    """)
CREDIT: Final = (
    Rule(
        "credit.via", "credit",
        r"(?:^|[\s([|/•-])(?:via|h/?t|hat[\s-]?tip|h/t)(?:\sto)?\s?:?\s{0,2}@(?!" + _NOT_A_PERSON + r"\b)\w",
        0.7, "How birds find north, via @ada",
        unless=r"\b(?:is|are) out!|\bstories (?:via|by)\b|\bdaily is out",
    ),
    Rule(
        "credit.inspired", "credit",
        WORD + r"(?:inspired\sby|inspiration\sfrom|courtesy\sof|(?:idea|tip|link)\s(?:from|by)|"
        r"(?:found|discovered|learned)\s(?:\w{1,9}\s)?"
        r"(?:through|from|via|thanks\sto))\s(?:the\s\w{1,12}\s)?@(?!"
        + _NOT_A_PERSON + r"\b)\w",
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

_IMPERATIVE = any_of(r"""
    try|use|get|make|ask|tell|talk|give|find|check|look|read|go|take|keep|let|start|stop|don't|dont|be|set
    put|see|consider|avoid|join|search|buy|call|contact|teach
    offer|explain|remember|focus|figure|write|send|bring|leave|learn|think|speak|practice|practise|work|show
    watch|add|apply|call|change|save|turn|treat|wait|pick|choose
    plan|invest|encourage|continue|allow|follow|have|help|listen|install|download|google|reach|sit|eat|drink
    sleep|study|visit|wear|move|run|play|spend|report|cut
    book|order|request|email|message|pay|click|open|create|test|switch|never|always|discuss|ignore|enjoy
    accept|break|hire|track|block|document
    """)
_NOT_IMPERATIVE = (
    r"(?!\s(?:is|was|are|were|has|it\s?:|ups?\b|well\s+soon|yourself\sa|me\s(?:know|tell|see)|off\b|us\b))"
)
_I_WOULD = (
    r"i(?:'d|\swould)\s(?:\w{1,9}ly\s|also\s|just\s|maybe\s|still\s|not\s){0,2}(?!"
    + any_of(r"""
    love|like|be\b|have|say\b|think|imagine|guess|appreciate|rather|hate|assume|hope|never|agree|argue|welcome|better
    """)
    + ")"
)
ADVICE: Final = (
    Rule(
        "advice.recommend", "advice",
        WORD + any_of(r"""
        (?:i|we)\s(?:\w{1,9}\s)?(?:recommend|suggest|advise)\b
        (?:highly|strongly|definitely|would|'d)\srecommend|my\s(?:advice|suggestion|recommendation|tip)
        (?:i'd|i\swould)\s(?:\w{1,9}\s)?(?:recommend|suggest|advise)
        """),
        0.8, "I'd recommend the early train",
    ),
    Rule(
        "advice.you_should", "advice",
        WORD + any_of(r"""
        (?:you|u|ya)(?:\s(?:really|probably|definitely|also|both|guys|all|just|still
        absolutely))?\s(?:should|shouldn't|ought\sto|need\sto|must|could|might|may|have\sto|gotta|better
        can)(?!\shave\b)\s\w
        you'd\sbetter|you'll\s(?:want|need)\sto|you\swant\sto\smake
        """),
        0.6, "You could ask at the library",
        unless=r"\byou (?:should|could) be (?:proud|so lucky)|\bcan you\b",
    ),
    Rule(
        "advice.i_would", "advice",
        WORD + _I_WOULD + r"\w|" + WORD + r"if\s(?:i|it)\s(?:were|was)\s(?:you|me)\b",
        0.5, "I'd leave the lid off",
    ),
    Rule(
        "advice.have_you_tried", "advice",
        WORD + any_of(r"""
        (?:have|did)\s(?:you|u)\s(?:\w{1,9}\s)?(?:tried|try|considered|consider|thought\s(?:of|about)|looked
        checked|asked|ask)\b
        why\s(?:not|don't\syou)\s\w|(?:what|how)\sabout\s\w
        (?:can|could)\s(?:you|u)\s(?:\w{1,9}\s)?(?:try|use|ask|reach|talk|find|get|take|contact)\b
        worth\s(?:a\s(?:try|look|go|read|shot)|trying|checking|asking|reading|looking|having|considering)
        """),
        0.6, "Have you tried turning it off and on?",
    ),
    Rule(
        "advice.better_to", "advice",
        WORD + any_of(r"""
        (?:best|better|important|helpful|fine|okay|ok)\s(?:not\s)?to\s\w
        (?:your|the)\sbest\s(?:bet|way|thing|option)|make\ssure
        (?:might|may|can|could|should|would)\s(?:really\s|also\s|definitely\s)?help\b
        (?:good|great)\s(?:idea|way|place)\sto
        (?:should|needs?\sto)\s(?:be|have|get|do|take|go|know|learn)\b
        """),
        0.5, "Best to book ahead, your mileage may vary", unless=r"\bshould (?:i|we)\b",
    ),
    # A broadcast that starts with an imperative promotes; an answer that does, advises.
    Rule(
        "advice.imperative", "advice",
        START + r"(?:(?:please|also|instead|first|and|maybe|just|perhaps|definitely|then)\s){0,2}"
        + _IMPERATIVE + r"\b" + _NOT_IMPERATIVE + r"\s\S",
        0.5, "Try the other socket", unless=r"\bplease (?:rt|retweet|share|boost)\b", needs=("reply",),
    ),
)  # fmt: skip

RESOURCE: Final = (
    Rule(
        "resource.marked", "resource",
        WORD + any_of(r"""
        (?:you|u)\s(?:might|may|could|will|would|'ll)\s(?:also\s|well\s)?(?:like|find|want|enjoy
        be\sinterested|appreciate|need)
        (?:this|these|that|it|here|one)\s(?:might|may|should|could|will)\s(?:also\s)?(?:help|be\s(?:useful
        of|helpful|interesting)|interest|work)
        thought\s(?:of\s)?(?:you|u)\b|(?:one|this|something|some|more)\s(?:is\s)?for\s(?:you|u)\b
        (?:have|did)\s(?:you|u)\s(?:see|seen|read|tried|come\sacross)
        (?:try|see|check|check\sout|look\sat|have\sa\slook\sat|read)\s(?:this|these|out|here|\0)
        here(?:'s|\sis|\sare)\s(?:the|a|an|some|one|that|another)
        (?:details|info|more|instructions|answer|help)\s(?:is\s|are\s)?(?:here|at)\b|\bfyi\b|of\sinterest
        if\sit\shelps|hope\s(?:this|that|it)\shelps
        """),
        0.6, "@ada you might like https://birds.example/north", needs=("addressed", "foreign_link"),
    ),
    Rule(
        "resource.asked_for", "resource", LINK + r"{1,400}",
        0.8, "@ada https://birds.example/north", needs=("reply", "foreign_link", "parent_asks"),
    ),
)  # fmt: skip
