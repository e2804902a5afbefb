"""How people show that they took something up, on its own and beside thanks."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.thanks import NOT_THANKS, THANKS, THANKS_OR_CHEERS
from plnmap.acts.english.wording import WORD, any_of
from plnmap.acts.rules import Rule

# Beside a date, a compliment, somebody else's gain or a wish nothing is taken up, and who thanks
# for being read, joined or followed takes nothing up in the same breath.
_WORK = any_of(r"""
    posts?|blogs?|tweets?|talk|keynote|session|book|podcast|episode|presentation|article|piece|series|slides|newsletter
    workshop|tutorial|course|show|process|journey|writing|thread|video
    """)
_ANOTHER_MATTER = any_of(r"""
    \bsee\s(?:you|u|ya|ye)\b|\bwhy,?\sthank|\bkind\sof\syou|\bglad\s(?:you|u|it|to)\b
    \b(?:that's|that\sis|too|very|so)\s(?:\w{2,9}\s)?(?:kind|sweet)\b
    \b(?:you|u|ya|someone|they|people|folks|others|colleagues|students|kids)\s(?:will\s|might\s|all\s)?f(?:ind|ound)
    \bwould\sbe\s(?:\w{2,9}\s)?(?:useful|helpful|great|fab|fantastic|wonderful|lovely)\b
    \b(?:your|ur|yr)\s(?:\w{1,12}\s){0,2}?""" + _WORK + r"""\b
    \blet\s(?:me|us)\sknow\b|\b(?:great|good|lovely|excellent|powerful|interesting)\s(?:post|blog|talk|keynote|session|presentation|workshop)\b
    \b(?:for|4)\s(?:\w{1,12}\s){0,3}?(?:contrib\w{0,6}|unpacking|writing|reading|listening|joining|coming|attending|watching|participating
    playing|tuning|follow|follows|following|tweeting|sharing\s(?:my|our)|the\s(?:\w{2,9}\s)?words)\b
    """)  # fmt: skip

# -- beside thanks: looser wording, since the thanks show that something came before ----------------------

_FINE = any_of(r"""
    good|great|grt|gr8|nice|excellent|brilliant|fab|useful|helpful|top|sound|solid|handy|super|lovely|wise|interesting
    awesome|cool|wonderful|fantastic
    """)
_GIVEN = any_of(r"""
    ideas?|tips?|advice|suggestions?|shout|find|resources?|links?|linkage|info|guide|list|tool|app|article|piece
    read|stuff|catch|spot|explanation|answer|thinking|call
    """)
_ME_WILL = any_of(r"""
    (?:i|we)(?:'ll|ll|\swill|\scan|\scould|\sshould|\smust|\smight|\smay|\sneed\sto|\shave\sto|'m\sgoing\sto
    'm\sgonna|'d\sbetter|\sguess\si'll|\sthink\si'll)
    (?:i\s)?(?:really|clearly|definitely|def|obviously|certainly|probably|prob|now|think\si|now\sthink\si)\s(?:need
    ought|have)\sto
    (?:i\s)?(?:might|may|will)\s(?:well\s)?have\sto|i\s(?:might|may)\swell|will|going\sto|gonna|gotta|can|should
    must|might|may|need\sto|have\sto|better|off\sto|time\sto|can't\swait\sto
    """)
_TO_DO_NEXT = any_of(r"""
    try|check|look(?!\sforward)|have\s(?:a|another)\s\w{2,8}|take\sa\s(?:\w{2,9}\s)?look|give\s(?:it|that|this|them
    him|her)
    investigate|explore|dig|read|reread|listen|watch|follow|add|(?:keep|bear)\s(?:it|that|this|an|them|those)
    use|pass|push|download|install|test|order|bookmark|chase|get\s(?:it|one|that|them|hold|right|in\stouch)|buy
    switch|do\s(?:that|so|it|some|this)|do(?=\W{0,4}$|[.!,])|see\s(?:if|what|how|whether|about)|steal|nick
    research|consider|delve|ponder|mull|figure|grab|hunt|track|search|sign\sup|dive|purchase
    go\s(?:with|for|back|there|and|as|to)|ask|tell\s(?:her|him|them|my)|discuss|start|stick|avoid|apply
    implement|change|update|edit|fix|correct|remove|delete|book\s(?:it|that|one|a)|visit|google
    play\s(?:with|around)|experiment|remember|head\s(?:over|there|to)|share\s(?:it|this|that|them|with)
    show|print|save|make\ssure|consult|call|phone|email|contact|take\s(?:that|it|this|your|ur)|learn|adopt
    incorporate|rethink|redo|practi[sc]e|report\sback|move|drop|replace|let\s(?:you|u)\sknow\show|run|wait
    be\s(?:using|checking|trying|reading|looking|adding|buying|stealing|having|watching|listening|ordering)
    fire\s(?:it\s)?up|pop\s(?:over|in|down|along|it|this|that)|nip|clean\sup|tidy|speed|rewrite|return\sto|revisit
    rename|resend|work\son|stop|reboot|reset|upgrade|swap|catch\sup|pop
    """)
_KNOWN = any_of(r"""
    know|known|knew|realis\w{1,2}|realiz\w{1,2}|seen|notic\w{1,2}|heard|aware|thought|spot\w{0,3}|consider\w{0,2}
    tried|read(?=\s(?:it|that))|see(?=\s(?:that|it|this))|come\sacross|think\s(?:of|about)|expect\w{0,2}|occurred
    sure\s(?:if|what|how|where|which)
    """)
_MUCH = r"(?:very|v|really|so|super|most|extremely|quite|incredibly)"
_WILL_DO = (
    _ME_WILL
    + r"\s(?:(?!continue|not|never|you|u|have|be)\w{1,12}\s){0,2}?"
    + _TO_DO_NEXT
    + r"(?!\s(?:you|u)\b)"
)
_DOING = any_of(r"""
    (?:i'm\s|im\s|i\sam\s|am\s|now\s|will\sbe\s)?(?:checking|trying(?!\sto)|testing|moving|reading|downloading
    installing|ordering|adding|updating|fixing|changing|switching|registering|subscribing|investigating|googling
    giving\sit|looking\s(?:at|into|now|it|them)|watching|following\s(?:it|that|them|now)|signing|heading
    having\sa\s(?:look|read|listen|go|play)|printing|\w{3,12}ing\s(?:it\s)?(?:your\sway\s)?now)
    """)
_DONE = (
    r"(?:(?:(?:i|i've|ive|i\shave|i\shad|we|we've|have|had)\s)?(?:(?:already|now|just|also|since)\s){0,2}"
    + any_of(r"""
    filled\sin|emailed|contacted|sent|asked|posted|rung|called|booked|bought|registered|subscribed|printed|tried
    used(?!\sto)|added(?!\s(?:you|u|your|ur|an?\scomment)\b)|found(?!\s(?:you|u)\b)|looked|checked|signed|downloaded
    installed|ordered|bookmarked|saved
    changed|updated|fixed|corrected|edited|removed|deleted|switched|come\sacross|had\sa\slook|read\s(?:it|that|them)
    got\s(?:it|that|them)|heard\s(?:of|this|that)|seen\s(?:it|that|this|those|them)
    """)
    + r"|(?:i've|have|i\shave)\sbeen\s(?:using|trying|looking|meaning|wondering))"
)
_LEARNT = any_of(r"""
    (?:i\s)?(?:did|do|had|have|was|were)(?:n't|nt|\snot|\snever)\s(?:\w{1,8}\s)?""" + _KNOWN + r"""
    (?:i\s)?never\s(?:saw|""" + _KNOWN + r""")
    (?:i\s)?(?:had\s|was\s)?(?:thought|figured|wondered|wondering|suspected|assumed)\s(?:so|it|that|as|there|this
    they|if|whether|what|why|about)
    (?:i\swas|i'm|was|i\sgot)\s(?:\w{1,8}\s)?(?:confused|wrong|mistaken|looking\s(?:for|at)|unaware|out\sof\sdate)
    gotcha|noted|understood|makes\s(?:\w{1,8}\s)?sense|good\sto\sknow(?!\s(?:i|you|we)\b)|will\sdo|i\ssee(?!\s(?:you|u|ya)\b)|oops|opps
    (?:i\s)?(?:had\s|totally\s|completely\s)?forgot(?:ten)?|i\sunderstand|assumed\sas\smuch|(?:i|we)\s(?:already|do)\s(?:have|use|know|follow)
    my\sbad|silly\sme|new\s(?:one\s)?(?:to|on)\sme|news\sto\sme|to\s(?:my|the)\s\w{1,9}\slist|another\s(?:\w{2,12}\s){0,3}to\sadd
    """)  # fmt: skip
_THAT = r"(?:that|this|it|those|these|they|which)"
_JUDGED = any_of(
    _THAT + r"(?:'?s|\sis|\swas|\sare|\swere|'ll\sbe)\s(?:\w{1,10}\s){0,2}?(?:helpful|useful|handy|perfect"
    r"|interesting(?!\s\w)|exactly|what\si|just\swhat|the\s(?:one|page|thing)|better|easier|clearer|working|fixed|sorted"
    r"|a\s(?:big|great|huge|lot\sof)\shelp|a\s" + _FINE + r"\s" + _GIVEN + ")"
    "\n" + _THAT + r"\s(?:\w{2,9}\s)?(?:helps|helped|worked|works|did\sit|did\sthe|fixed|solved|explains"
    r"|clears|clarifies|answers|sorted|saves|saved|unblocked|made\sit|(?:did|does)(?:n't|nt|\snot)\s(?:seem|work|help|fix|do))"
    "\n(?:" + _THAT + r"""\s(?:all\s)?)?(?:looks?|sounds?|seems?)\s(?:\w{1,8}\s)?(?:interesting|useful|good
    great|perfect|ideal|promising|handy|brilliant|excellent|fab\w{0,5}|awesome|cool|fun|complex|complicated|tricky
    similar|fine|familiar|like\s(?:it|that|this|an?|what|just|i|they|exactly)|to\s(?:answer|work|do))
    """ + _FINE + r"\s" + _GIVEN + r"""
    (?:that's\s|thats\s|very\s|so\s){0,2}reassuring|you\snailed\sit|got\smy\sanswer|(?:what\sa|such\sa)\srelief|(?:good|fair|valid)\s(?:point|catch|spot)
    (?:good|nice)\s(?:one|1)(?=[^\w\s]|\s@?\w{1,20}[.!,])|(?:like|love|luv)\s(?:the|that|this|your|ur)\sidea
    (?:i\s)?got\sit\snow
    (?:all\s|now\s)?(?:sorted|fixed|solved|working)(?:\snow|\sit)?|(?:running|back\sup)\s(?:now|again)|i\shave\sit\snow
    """ + _MUCH + r"""\s(?:useful|helpful|interesting|handy|informative)
    (?:useful|helpful|informative|interesting)(?=[^\w\s]|\s{0,2}$)|(?:exactly|just)\swhat|what\si\s(?:need|was)
    """)  # fmt: skip
# Help that has not helped yet is thanked for, too.
_STUCK = any_of(r"""
    (?:[^.!?\n]{0,40}\s)?unfortunately|alas|not\sfor\sme|not\s(?:quite\s)?what\si|(?:i\s)?was\s(?:more\s)?(?:thinking|after|hoping|wondering|asking)
    (?:i\s|i'd\s)?(?:was|had\sbeen|been)\s(?:so\s|just\s|really\s)?(?:going\s(?:round|mad|in)|doing\sit|struggling
    tearing|pulling|banging
    scratching|about\sto|stuck|lost|confused|puzzled|stumped|worried|baffled|panicking|overthinking)|knew\s(?:it
    there|i\scould)
    still\s(?:not|no|can't|cant|doesn't|won't|getting|having|the\ssame|nothing|stuck|trying)|no\s(?:luck|joy)
    (?:i\s)?(?:can't|cannot|couldn't|cant)\s(?:find|see\s(?:how|it|the|where|that|any|a)|seem|open|access
    get\s(?:it|that|the|this|in|to))
    (?:(?:it|that)\s)?(?:might|may|could)\s(?:well\s)?be\s(?:worth|the\sway)|(?:how|where|what)\s(?:do|can|should|would)\si\b|(?:dumb|silly|stupid|daft)\squestion
    """)
_REACTION = f"(?:{_WILL_DO}|{_DOING}|{_DONE}|{_LEARNT}|{_JUDGED}|{_STUCK})"
_NAMES = (
    r"(?:\s(?:so|very)\smuch|\sa\s(?:lot|bunch|ton|million)|\s(?:again|heaps|muchly|kindly|indeed|loads))?"
    r"(?:\s(?:for|4)\s(?:(?:the|your|ur|all|such|a)\s)?(?:\w{1,10}\s)?"
    r"(?:repl\w{1,3}|respon\w{2,5}|feedback|this|that|these|those|sharing|it)\b)?"
    r"(?:[\s,]{1,2}(?!(?:for|4|to|but|i|i'\w{1,2}|we|you|u|he|she|they|your|my|the|is|was|will|can|that|this|it|glad"
    r"|hope|if)\b)@?\w{1,30}){0,2}?"
)
_THEN = r"[^\w@#?]{1,8}+(?:(?:and|so|but|ah|oh|ok|okay|yes|yep|yeah|hmm|now|just)\b[^\w@#?]{1,4}+){0,2}"
_FIRST = (
    r"(?:^|[.!?,;:)\0]\s{0,2}+|@\w{1,30}+\W{1,3}+)"
    r"(?:(?:o+h+|a+h+|m{2,}|h+m+|ok|okay|yes|yep|right|cool|great|so|and)\W{1,3}){0,2}"
)
_ANSWERED = any_of(r"""
    (?:(?:it|all|that)(?:'s|\sis)?\s)?(?:all\s|now\s|is\s){0,2}becoming\sclear\w{0,2}|i\s(?:see|get\sit|understand
    stand\s(?:\w{2,9}\s)?corrected)|gotcha|got\sit|fair\senough|understood|noted
    good\sto\sknow|(?:that|it)?\s?makes\s(?:\w{1,8}\s)?sense|oops|opps|my\sbad|(?:oops|opps)\W{1,3}sorry
    """ + _FINE + r"\s(?:one|" + _GIVEN + r""")
    (?:that's|this\sis|that\sis|what)\sa\s(?:\w{2,12}\s)?(?:cracker|help|tip|idea|find|link|explanation|list|resource)
    (?:i\s)?(?:had|have|did)(?:n't|nt|\snot)(?=[,;.!]|\s\w{2,12}[,;.!])[^.!?\n]{0,60}
    (?:i\s)?(?:thought\s(?:so|it\swas|that)|(?:had\s|totally\s|completely\s)?forgot(?:ten)?\b)[^.!?\n]{0,60}
    (?:i\s)?(?:did|had|have|was)(?:n't|nt|\snot|\snever)\s""" + _KNOWN + r"""(?:\s\w{1,9}){0,5}
    (?:that|this|it|which)(?:'s|\sis)?\s(?:\w{1,8}\s)?(?:worked|works|helps|helped|did\s(?:it|the\strick)|fixed\sit
    explains\sit|clears\sit\sup|""" + _MUCH + r"""\s(?:useful|helpful))
    (?:that|this|it)(?:'s|\sis)\s(?:a\slot|much|so\smuch|way)\s(?:easier|better|clearer|simpler)[^.!?\n]{0,60}
    that(?:'s|\sis)\s(?:exactly\sit|just\sit|it|the\s(?:one|page|thing))|so\sit\s(?:does|is|was|did)|i\shave\snow
    linkage|mystery\ssolved|problem\ssolved|question\sanswered|lesson\slearn\w{1,3}|til
    (?:(?:it's|its|that's|thats|all|now|so)\s){0,2}(?:sorted|solved|fixed|cracked|mended|unstuck|up\sand\srunning
    crystal\sclear|found\s(?:it|them)
    (?:running|working|online)\s(?:now|again|fine|perfectly)|(?:is|are)\s(?:running|working|green|fixed|sorted
    back)\b)[^.!?\n]{0,60}
    (?!i\s)(?:[\w'-]{1,15}\s){1,6}?(?:works?|worked|helped|(?:is|are|has|have|'s|all)\s(?:now\s)?(?:fixed|back|gone
    working|green|sorted|alive|saved)|gone|lives|compiles)(?=[.!,])
    (?:tests?|it|they|everything|all)\s(?:is|are|works?)\s(?:running|working|green|fixed|sorted|now|fine)[^.!?\n]{0,20}
    (?:it\s)?(?:just|finally|all)\s(?:clicked|works|worked|makes\ssense)|(?:good|fair|excellent)\s(?:point|catch
    spot|call)[^.!?\n]{0,40}|nice\scatch|got\smy\sanswer
    (?:(?:you\swere|that's|that\swas)\s)?(?:bang|dead)\son|(?:(?:pure|solid)\s)?gold(?:\sdust)?|treasure\strove
    hit\sthe\snail[^.!?\n]{0,20}|(?:really\s)?needed\s(?:that|this|to\shear\s(?:that|this))
    (?:it\s)?work(?:s|ed)(?:\s(?:now|first\stime|perfectly|fine))?|(?:so\s)?(?:relieved|reassured)
    (?:that's\s(?:so\s|very\s)?|thats\s)?reassuring|(?:oh\s)?(?:what\sa|such\sa)?\s?relief|of\scourse|d'?oh|silly\sme
    (?:that's\s|thats\s)?just\s(?:the\s(?:job|ticket)|right)|(?:that's\s|thats\s)?what\s(?:i|we)\s(?:wanted|needed
    was\safter)|(?:massive|huge|big|such\sa\sbig|great)\shelp
    (?:that\s|which\s)?(?:explains|answers|clears|cleared|answered|helps)\s(?:a\slot|why|it|that|everything|my|the
    enormously|loads|up)[^.!?\n]{0,40}
    """)  # fmt: skip
_NAMED = (
    r"(?:[\s,]{1,2}(?!(?:no|please|pls)\b)@?\w{2,15}){0,2}?[^\w?@#]{0,5}(?:(?:so|many|and|but|yes|ok)\s)?"
)

# What may stand behind "thanks for that" and tells what it was, and what it is said to in jest.
_NO_NAME = any_of(_WORK + r"""
    feedback|comments?|insights?|thoughts|chat|evening|night|day|morning|afternoon|weekend|photo|pic|picture
    image|song|tune|laugh|lol|haha\w{0,6}|joke|memory|meal|lunch|dinner|drink|coffee|lift|ride|rt|mt|retweet|mention|follow
    one|bit|and|but
    """)  # fmt: skip
# Wherever it stands beside thanks.
_RESOLVED = any_of(r"""
    (?:got|got\sme|getting)\sthere\sin\sthe\send|my\smind\sat\s(?:rest|ease)|(?:saves|saved|rescued)\s(?:me|us|my)
    (?:you|u|that|this)(?:'ve|'s|\shave|\shas)?\sprompted\sme\sto|i\s(?:will|do|have)\snow\b|(?:now
    finally)\s(?:i\s)?(?:get\sit|understand|see\swhy)|i\s(?:now|finally)\s(?:get|understand|see)|now\si\scan
    can\sfinally
    (?:you|u)\swere\s(?:so\s|quite\s|totally\s|absolutely\s|dead\s)?right|(?:explains|answers|clears|answered
    cleared)\s(?:it|that|everything|my|this|up)
    (?:it|that|this|which|he|she|they)(?:'s|'re|\sis|\sare|\shas)?\s(?:now\s|just\s|finally\s|all\s){0,2}(?:clicked
    fixed|sorted|solved|up\sand\srunning|working\s(?:now|again|fine)|worked)
    (?:(?:the\s)?penny\s(?:has\s|just\s|finally\s)?drop\w{2,3}|light\s?bulb\smoment|no\slonger\sstuck|unstuck
    best\sdecision)|another\s(?:new\s)?one\son\sme
    i\s(?:probably\s)?would(?:n't|nt|\snot)\shave\s(?:considered|thought\sof)
    i\shad(?:n't|nt|\snot)\s(?:quite\s)?understood
    """)


def _beside(name: str, example: str, pattern: str) -> Rule:
    unless = NOT_THANKS + "|" + _ANOTHER_MATTER
    return Rule(f"gratitude.{name}", "gratitude", pattern, 0.7, example, "help", unless, ("addressed",), 2)


TAKEN_UP: Final = (
    _beside("followed_up", "Thanks Bob, checking it now",
            THANKS_OR_CHEERS + _NAMES + _THEN + r"(?:(?:i\s)?(?:think|guess|suppose|reckon)\s)?"
            + _REACTION + r"(?![\w'])"),
    _beside("answered", "I see, thanks",
            f"{_FIRST}(?P<said>(?:{_ANSWERED}|(?:{_WILL_DO}|{_DOING}|{_DONE})(?!\\w)[^.!?\\n]{{0,60}})"
            f"{_NAMED}{THANKS_OR_CHEERS})(?!\\s(?:for|4|to|in\\sad\\w*)\\b)"),
    # Behind it stands nothing or a name: a thing would tell what it was.
    _beside("that", "Thanks for that Bob",
            rf"{THANKS_OR_CHEERS}(?:\s(?:so|very)\smuch|\sa\slot)?\s(?:for|4)\sthat(?:\s1)?"
            rf"(?=\s{{0,2}}(?:$|[^\w\s'])|\s(?!{_NO_NAME}\b)\w{{2,20}}\s{{0,2}}(?:$|[^\w\s'-]))"),
    # Not the sigh ahead of a kindness.
    _beside("dawned", "Ah, the flight mode again. Thanks",
            r"(?:^|@\w{1,80}\s{1,3})[^\w@]{0,3}(?:a+h+|aha|ooo+h?)\b(?![^.?!\n]{0,60}\b(?:bless|shucks|you|u|what\sa"
            rf"|lovely|cute|sweet|miss\w{{0,3}}|nice|wish\w{{0,3}})\b)[^?\n]{{0,90}}?(?<!\w){THANKS_OR_CHEERS}"
            r"(?!\s(?:(?:you|u|ya|so|very|much|again|a|lot)\s){0,3}(?:for|4|to)\b)"),
    _beside("resolved", "Lightbulb moment, and off I go. Thanks",
            f"(?:(?<!\\w){_RESOLVED}\\b[^?\\n]{{0,90}}?{THANKS_OR_CHEERS}|{THANKS_OR_CHEERS}[^?\\n]{{0,90}}?\\b{_RESOLVED})"),
)  # fmt: skip

# -- on its own -------------------------------------------------------------------------------------------

# It must be the author who did not know: "those who missed it" are others.
_OTHERS = """
    you you've u who who've they they've people folk folks anyone everyone someone others students kids he she
    it many some most
    """
_MINE = "(?<!those that )" + "".join(rf"(?<!{others} )" for others in _OTHERS.split())
_I_WILL = any_of(r"""
    (?<!if )i(?:'ll|ll|\swill|\sshall|\smust|\smight|\smay|'m\sgoing\sto|'m\sgonna|'m\soff\sto)
    (?:^(?:[^\w@]{0,2}@\w{1,30}[^\w@]{0,3}){0,9}|[.,!?;:)-]|\b(?:and|so|but|ok|yes|yep|now|ta|thanks|thx|cheers|(?:thanks|thx
    cheers)\s\w{2,12}))\s{0,2}(?:definitely\s|just\s|then\s|i\s)?(?:will|shall|must|might|gonna|going\sto
    gotta|need\sto|off\sto)
    """)
_TO_DO = any_of(r"""
    try|check\w{0,3}|look(?!\sforward)|have\s(?:a|another)\s\w{2,8}|take\sa\slook
    give\s(?:it|that|this|them)|investigate|explore|dig|read|listen
    watch|follow\sup|add(?!\s(?:you|u)\b)|(?:keep|bear)\s(?:it|that|this|an)|use|pass|download|install|test|order
    bookmark|chase|get\s(?:it|one|that|them|hold)|buy|switch
    do\s(?:that|so|it)|do(?=\W{0,3}$)|see\s(?:if|what|how)|steal|nick|purchase|research|consider|delve
    ponder|mull|figure|grab|hunt|track|search
    be\s(?:using|checking|trying|reading|looking|adding|buying|stealing|having|watching|listening)
    """)
_IT_DID = (
    r"(?:that|it|this|which)(?<!hope that)(?<!hope it)(?<!hope this)(?<!hoping it)(?<!glad that)(?<!if it)"
)
_SAVED = r"bookmarked|downloaded|ordered|installed|subscribed|signed\sup|registered|bought|instapapered|saved"


def _uptake(name: str, score: float, example: str, pattern: str, unless: str = _ANOTHER_MATTER) -> Rule:
    return Rule(f"uptake.{name}", "uptake", pattern, score, example, unless=unless, needs=("addressed",))


UPTAKE: Final = (
    _uptake("will_try", 0.7, "I'll give that a go",
            _I_WILL + r"\s(?:(?!continue|not|never)\w{1,12}\s){0,2}?" + _TO_DO + r"\b"),
    _uptake("trying", 0.6, "Just downloaded it, looks handy", WORD + any_of(r"""
        (?:just|now|have|i've|i|duly)\s(?:(?!you\b|u\b|they\b)\w{1,8}\s)?(?:""" + _SAVED + r""")
        (?:having|taking)(?<!for having)(?<!for taking)\sa\slook|reading\s(?:it\s)?now
        checking(?<!for checking)\s(?:it|that|them)\sout
        (?:on|to)\s(?:my|the)\s(?:\w{1,9}[\s-])?list|(?:on|to)\smy\s(?:\w{1,9}[\s-])?(?:library|pile)
        in\sthat\scase\si'?ll|duly\s(?:noted|ordered|placed)|order\sduly
        (?:i've|i\shave|just|have(?<!\w\shave))\s(?:now\s|just\s)?(?:added|updated|changed|fixed|corrected|edited|removed
        contacted|emailed)(?!\s(?:you|u|your|ur|an?\scomment)\b)
        just\s(?:found|checked\sout|looked|tried|used)|i'?m\son\sit
        noted(?<!as noted)(?=[.!,;]|\W{0,3}$|\W{1,3}thank)|will\sdo(?=\W{0,3}$|\W{1,4}thank|[.!,])
        i\scan\snow|tried(?<!you tried)(?<!u tried)(?<!ever tried)\s(?:it|that|this)
        (?:try|trying|figured?|worked|tested)(?<!you try)(?<!for trying)\s(?:it|that|this|them)\sout
        (?:have|need|got|going|love|like|want)(?<!you have)(?<!you need)\sto\sgive\s\w{2,5}\sa\s(?:try|go
        whirl|shot|spin|bash)
        (?:sounds?|looks?|seems?)\s(?:like\s)?(?:it's\s|it\smight\sbe\s)?(?:well\s)?worth\s(?:a\s\w{2,6}|\w{3,9}ing)
        """) + r"(?!\w)"),
    _uptake("worked", 0.8, "That worked a treat!", WORD + any_of(r"""
        """ + _IT_DID + r"""(?:'s|\shas)?\s(?:\w{1,8}\s)?(?:worked
        did\s(?:it|work|the\strick)
        does\sthe\strick|fixed|solved|sorted|helped|helps)
        (?:work(?:s|ed|ing)|sorted|fixed|solved)\s(?:now|perfectly|fine|well|that|it|a\streat|beautifully|like\sa)
        (?:all|now|got\sit|is)\s(?:sorted|fixed|working)
        up\sand\srunning|got\sit\s(?:now|working)|got\sthere(?=[^\w\s]|\s{0,2}$|\sin\sthe\send)
        found\s(?:it|them)(?=[^\w\s]|\s{0,2}$|\snow)|help(?:ed|s)\sme\b
        no\slonger\sstuck|got\sit\sto\swork|cracked\sit|just\sthe\sticket|is\sthe\sticket|problem\ssolved
        figured\sit\sout|just\sfigured|lifesaver|life\ssaver|working\snow
        """) + r"\b"),
    _uptake("new_to_me", 0.8, "I hadn't seen that before", WORD + any_of(
        r"(?=[hdwnmu])" + _MINE + any_of(r"""
        (?:(?:had|have|has)(?:n't|nt|\snot|\snever)|(?<!have )(?<!has )(?<!had )never)\s(?:\w{1,8}\s)?(?:seen
        heard|come\sacross|thought|considered|noticed|spotted|realised|realized|known|knew|read|tried|used)
        (?:did|was)(?:n't|nt|\snot)\s(?:\w{1,8}\s)?(?:know(?!\s(?:what|how|where|if)\b)|realise|realize|aware
        think\sof|thought|notice|spot|see\sth)
        (?<!was )(?<!is )(?<!are )(?<!have )(?<!has )(?<!had )(?<!did )not\s(?:\w{1,8}\s)?(?:seen|heard
        thought\sof|come\sacross|aware|familiar)
        unaware|(?<!sorry )(?<!sorry, )(?<!sorry i )missed\s(?:that|this|it)
        """) + r"""
        (?:slipped|flown|passed|gone)\s(?:\w{2,5}\s)?(?:under|past|by|beneath|below)\sm[ey]|passed\sme\sby
        otherwise\shave\smissed
        (?:news|new)\sto\sme
        """) + r"\b"),
    _uptake("needed", 0.8, "Just what I was looking for", WORD + any_of(r"""
        (?:just|exactly|precisely)\s(?:what|the\sthing)\s(?:i|we)|(?:been|was)\slooking\sfor
        what\si\s(?:needed|was\safter)
        that's\sthe\sone|(?:very|v\.?|so|really|super|most|incredibly|extremely|quite)\s(?:use|help)ful
        (?:that's|this\sis|is)\s(?:use|help)ful
        """) + r"\b"),
    _uptake("understood", 0.6, "Ah, that makes sense", WORD + any_of(r"""
        (?<!does that )(?<!does it )(?<!to )(?:makes?|making)\s(?:(?:perfect|more|a\slot\sof)\s)?sense(?!\sof)
        finally\smakes\ssense|(?:now|finally|ah|oh|ok)\W{1,3}i\s(?:see|get|understand)|penny\s(?:has\s|just\s
        finally\s)?dropped|i\sunderstand\snow|clear(?:er)?\snow
        clears?\s(?:it|that|things)\sup|good\sto\sknow(?!\s(?:i|you|we)\b)|(?:learned|learnt|learn)\ssomething
        i\sstand\scorrected|(?:well\s)?spotted|my\s(?:bad|mistake|error)
        """) + r"\b"),
    _uptake("realised", 0.6, "Ah, thanks Sam", any_of(r"""
        (?:^|[.!?]|@\w{1,30})\W{0,3}(?:a+h+a?|aha|o+h+|ok|okay|doh|oops|ops|opps|ooo+h?)\b\W{1,5}(?:(?:ok|okay
        right|cool|yes|brilliant|great|sorry)\W{1,4})?
        """) + THANKS_OR_CHEERS),
    _uptake("accepted", 0.5, "Brilliant, thanks", WORD + any_of(r"""
        brill|brilliant|perfect|excellent|marvellous|marvelous|fantastic|fab|superb|ace|magic|lovely|bookmarked
        awesome|amazing|wonderful|useful|helpful|interesting|spot\son|(?:great|cool|nice|sweet)(?=[.!,])
        """) + r"[\s,.!]{1,4}(?:many\s)?" + THANKS_OR_CHEERS + r"(?!\sfor)"),
    _uptake("on_advice", 0.9, "Bought it on your recommendation", WORD + any_of(r"""
        (?:on|following|after|from|as\sper)\s(?:your|ur)\s(?:\w{1,9}\s)?(?:advice|recommendation|suggestion
        tip|lead|prompt)
        as\s(?:you|u)\s(?:suggest|recommend|advise)\w{0,2}
        (?:you|u)\s(?:suggested|recommended|pointed\s(?:me|us|out\sto)|told\sme|convinced|persuaded)|because\sof\syou
        inspired\sme|inspired\sby\s(?:you|ur)
        """) + r"\b"),
    # Beside thanks it is mostly somebody's own post that made one think: learned from it, not helped.
    _uptake("thinking", 0.7, "You got me thinking", WORD + any_of(r"""
        (?:got|gets|has|had|set)\sme\s(?:\w{1,8}\s)?thinking
        ma(?:de|kes)\sme\s(?:\w{1,8}\s)?(?:think|rethink|reconsider|realise|realize|wonder)
        food\sfor\sthought
        thought[\s-]provoking
        (?:lot|lots|something|much|plenty)\sto\s(?:think|ponder|chew|consider|digest|explore)
        gave\sme\s(?:\w{1,8}\s)?ideas?|changed\smy\smind
        """) + r"\b", THANKS),
    _uptake("promising", 0.5, "Looks interesting", WORD + any_of(r"""
        (?<=up )my\s(?:street|alley)|liking\sthe\s(?:look|sound)
        (?:look|sound|seem)s?\s(?:\w{1,8}\s)?(?:interesting|useful|good|great|perfect|ideal|promising|handy
        brilliant|excellent|like\swhat|just|exactly|spot\son)
        (?:good|great|nice|excellent|brilliant|fab|useful|top|sound|handy|wise|(?:love|like)\s(?:that|this
        the|your)(?:\s\w{2,9}){0,2})\s(?:ideas?|tips?|advice|suggestions?|shout|find|resources?|links?|info|guide|list|tool
        (?:look|sound)\sof)
        (?:very|v|really|quite)\.?\sinteresting(?!\spoints?\b)
        """) + r"\b"),
)  # fmt: skip
