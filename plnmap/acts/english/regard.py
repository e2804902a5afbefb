"""How people praise each other's work, cheer each other on and congratulate."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import WORD, any_of
from plnmap.acts.rules import Rule

_SPLENDID = any_of(r"""
    great|grt|gr8|awesome|amazing|fantastic|wonderful|brill(?:iant)?|excellent|beautiful|gorgeous|stunning
    incredible|unreal|fab|fabulous|superb|marvell?ous|outstanding|terrific|phenomenal|magnificent|lovely
    adorable|delightful|inspiring|inspirational|impressive|genius|legendary|epic|spectacular|splendid
    smashing|cracking|top[\s-]?notch|first[\s-]class|exquisite|remarkable|sublime|glorious|masterful
    exceptional|extraordinary|world[\s-]class|ingenious|fascinating|insightful|thought[\s-]?provoking
    breathtaking|stellar|bad-?ass|priceless
    """)
_FINE = any_of(r"""
    good|gd|nice|cool|neat|sweet|sharp|clever|smart|tidy|thoughtful|creative|useful|helpful|cute|funny|witty
    elegant|slick|super|well[\s-]written|timely|ace|powerful
    """)
_VERY = any_of(r"""
    so|such|really|very|v|truly|absolutely|pretty|super|totally|just|simply|most|damn|bloody|freaking|fucking
    incredibly|extremely|seriously|wonderfully|quite|genuinely|utterly
    """)
_WORK = any_of(r"""
    posts?|blog(?:s|\s?posts?)?|articles?|pieces?|work|job|stuff|effort|writing|photos?|photography|pics?
    pictures?|shots?|images?|vid(?:eo)?s?|talks?|keynote|presentations?|slides?|sessions?|books?|threads?
    projects?|sites?|website|resources?|lists?|game|songs?|music|tunes?|album|drawings?|art(?:work)?|paintings?
    designs?|podcasts?|episodes?|interview|reads?|write[\s-]?up|summary|analysis|essay|paper|thesis|poems?
    poetry|lessons?|collection|gifs?|series|finds?|catch|thinking|insights?|answers?|response|reply
    explanation|examples?|reflections?|tweets?|outfit|smile|voice|performance|newsletter|workshop|webinar
    review|round-?up|ideas?|overview|visuals?|graphics?|sketch(?:es|note|notes)?|animations?|play|goal|timing
    use\sof|lines?|cake|recipe|costume|build|setup|garden|display|listen|discussions?|conversations?|advice
    tricks?|mash-?up|points?|commentary|contributions?|choice|concept|app|spot
    one(?=\W{0,3}(?:$|[.!]|@|\w{2,12}\W{0,3}$))
    """)
# A wish, a need, and what is lacking or the author's own are no praise.
_NO_PRAISE_BEHIND = (
    "not|no|never|be|my|our|any|how|too|have|isn't a|not a|have a|had a|had an|need a|be a|make a|find a|"
    "looking for a|looking for some"
)
_SAID_OF_IT = "".join(rf"(?<!\b{words} )" for words in _NO_PRAISE_BEHIND.split("|"))
_PRAISING = "(?:" + _SPLENDID + "|(?:" + _VERY + r"\s)?" + _FINE + ")"
_STRIKING = "(?:(?:" + _VERY + r"\s){0,2}" + _SPLENDID + "|(?:" + _VERY + r"\s){1,2}" + _FINE + ")"
_BETWEEN = r"(?:\s|\s?&\s|\sand\s)(?:(?!(?:to|for|at|in|if|of|with|when|as|on)\s)\w{2,14}\s)?"
_NOT_ASKED = r"(?![^.!\n]{0,60}\?)"
_OPENING = (
    r"(?:^[^\w@]{0,3}(?:@\w{1,30}[^\w@]{1,3}){0,20}|[.!…]\s)"
    r"(?:(?:o+h|a+h|w[o0]+w|yes|yep|yeah|(?:ha){2,6}|lol|omg|hey|hi|well|and|but)\W{1,4}){0,2}"
)
# "Brilliant, thanks" takes an offer up.
_NOT_ACCEPTED = r"(?!\W{1,4}(?:many\s)?(?:thanks?|thx|cheers|ta)\b)"
_TAGS_AND_LINKS = r"\W{0,6}(?:#\w{1,30}\W{0,3}|\0{1,400}\s?){0,5}"
_NOT_WISHED = (
    r"(?<!\bwould )(?<!\bwld )(?<!'d )(?<!'ll )(?<!\bwill )(?<!\bto )(?<!\bthe )(?<!sounds )(?<!looks )"
)
_THEY_ARE = (
    r"(?:you|u|ya|he|she|they|@\w{1,30})(?:'re|'s|\sare|\sr|\sis|\swas)\s"
    r"(?:\w{1,10}\s)?(?:an?|the|my|such\san?)\s(?:\w{2,14}\s)?"
)


def _praise(name: str, score: float, example: str, pattern: str, about: str | None = None) -> Rule:
    return Rule(f"praise.{name}", "praise", pattern, score, example, about, needs=("addressed",))


PRAISE: Final = (
    # The words that come first are looked for first: they are rare, and the rest takes time.
    _praise(
        "work", 0.7, "@ada lovely slides",
        WORD + "(?=" + _PRAISING + ")" + _SAID_OF_IT + _PRAISING + _BETWEEN + _WORK + r"\b" + _NOT_ASKED,
    ),
    _praise(
        "verdict", 0.5, "@ada So clever!",
        _OPENING + r"(?P<said>(?:(?:that|this|it)(?:'s|\sis|\swas)\s)?" + _STRIKING + ")"
        + _NOT_ACCEPTED + "(?=" + _TAGS_AND_LINKS + "$)",
    ),
    _praise(
        "is", 0.6, "@ada this is wonderful",
        WORD + any_of(r"""
        (?:that|this|these|those|they|you|u|which|@\w{1,30})(?:'s|'re|\s(?:is|are|r|was|were|looks?|looked))
        your(?:\s\w{1,12}){1,2}\s(?:is|are|was|were|looks?)
        """) + r"\s(?:all\s|both\s|still\s)?(?:an?\s)?" + _STRIKING
        + r"\b(?!\s(?:to|that|if|when|how|about|news|fun|for|idea)\b)" + _NOT_ACCEPTED + _NOT_ASKED,
    ),
    _praise(
        "person", 0.8, "@ada you're a star",
        WORD + "(?:" + _THEY_ARE + any_of(r"""
        superstar|rockstar|star|legend|genius|hero|inspiration|best|champ(?:ion)?|gem|treasure|wizard|natural
        saint|marvel
        """) + "|" + any_of(r"""
        (?:you|u|(?<=\s)@\w{1,30})\s(?:guys\s)?(?:totally\s|really\s)?(?:rocks?|rule)(?!\sand)
        (?:you|u|(?<=\s)@\w{1,30})\s(?:guys\s)?(?:totally\s|really\s)?(?:nailed|killed|smashed)\s(?:it|this)
        (?:absolute|total|true|what\sa)\s(?:legend|genius|gem|star|hero|joy)
        what\san?\s(?:inspiration|achievement)|masterpiece|work\sof\sart|in\sawe\sof|bravo|chapeau
        tour\sde\sforce|hats\soff|my\shat\soff
        """) + r")\b",
    ),
    _praise(
        "enjoyed", 0.7, "@ada loved your talk",
        WORD + _NOT_WISHED + any_of(r"""
        (?:lov(?:e|ed|ing)|luv|adore|enjoy(?:ed|ing)|admire|lik(?:e|ed|ing))\s(?:\w{3,9}\s)?(?:your|ur)
        (?:lov(?:e|ed|ing)|luv|adore|enjoy(?:ed|ing)|admire|lik(?:e|ed|ing))\s(?:\w{3,9}\s)?(?:what|how)\s(?:you|u)
        (?:lov(?:e|ed|ing)|luv|adore|enjoy(?:ed|ing)|admire|lik(?:e|ed|ing))\s(?:\w{3,9}\s)?the\sway\s(?:you|u)
        (?:really|thoroughly|much|just|so)\senjoy(?:ed|ing)\s(?:all\s)?(?:the|this|that|it|these)
        enjoyed\s(?:reading|listening|watching)
        (?:really|always|thoroughly)\s(?:enjoy|enjoyed|enjoying|like|liked|love|loved)\s@\w{1,30}(?:\s?'s?)?\s\w
        (?<!\bas )well\s(?:put|said|played|written|explained|argued|spoken|crafted)
        (?:very|so|really|mightily|suitably|hugely|most|i'm|am|was)\simpressed(?!\sthat|\swith\s(?:my|our))
        impressed\s(?:with|by)\s(?:your|ur|the|@|how)
        """) + r"(?!\w)",
        "yours",
    ),
    _praise(
        "love_it", 0.5, "@ada love the idea",
        WORD + _NOT_WISHED + any_of(r"""
        (?:lov(?:e|ed|ing)|luv|adore|digging)\s(?:it|this|that|these|those)(?="""
        + _TAGS_AND_LINKS + r"""(?:$|[.!]))
        (?:lov(?:e|ed|ing)|luv)\s(?:the|this|that|these|those)\s(?:\w{2,14}\s)?(?:title|name|metaphor)
        (?:lov(?:e|ed|ing)|luv)\s(?:the|this|that|these|those)\s(?:\w{2,14}\s)?(?:notion|logo|quote|analogy)
        (?:lov(?:e|ed|ing)|luv)\s(?:the|this|that|these|those)\s(?:\w{2,14}\s)?""" + _WORK) + r"(?!\w)",
    ),
    _praise(
        "cheered_on", 0.6, "@ada keep up the good work",
        WORD + any_of(r"""
        keep\sup\sthe\s(?:\w{2,14}\s)?(?:work|job|effort|fight|pace)|keep\sit\sup|keep\s(?:them|'em)\scoming
        (?:you|u)(?:'ve)?\sgot\sthis|you\scan\sdo\s(?:it|this)(?=\W{0,4}(?:$|[.!@]))
        go\syou(?=\W{0,4}(?:$|[.!]))
        """) + r"(?!\w)",
    ),
)  # fmt: skip

_THANKED_FOR = r"\b(?:thank|thx|cheers|appreciate)[^.!?\n]{0,60}\b(?:congrat|kudos)"


def _congratulation(name: str, score: float, example: str, pattern: str) -> Rule:
    return Rule(
        f"congratulation.{name}", "congratulation", pattern, score, example,
        unless=_THANKED_FOR, needs=("addressed",),
    )  # fmt: skip


CONGRATULATION: Final = (
    _congratulation(
        "word", 0.9, "@ada congratulations on the new job",
        WORD + r"(?:congrat\w{0,12}|grats|gratz|felicitations|mazel\stov)(?!\w)",
    ),
    _congratulation(
        "well_done", 0.7, "@ada well done on finishing",
        WORD + any_of(r"""
        (?<!\bnot )(?<!'s )(?<!\bis )(?<!\bvery )(?<!\bwas )(?<!\ba )(?<!\bmy )well\sdone|kudos
        good\son\s(?:you|ya|yer|u)|(?:well|richly|much|so|thoroughly|fully)[\s-]deserved
        (?<!\blong )(?<!\bsome )(?<!\bone )(?<!\bonly )(?<!\ba )(?<!\bthe )way\sto\sgo(?=\W{0,4}(?:$|[!@]))
        you\s(?:so\s|really\s)?deserve\s(?:it|this)
        (?:happy|pleased|proud|chuffed|thrilled|delighted|stoked)\s(?:for|of)\s(?:you|u|@\w{1,30})
        """) + r"(?!\w)",
    ),
)  # fmt: skip
