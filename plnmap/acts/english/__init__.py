"""English: the wording by which people thank, take up, credit, ask, advise and pass on.

Written by reading posts of 2007–2023, mostly British and Australian. Nouns and verbs are
gathered in blocks, so that the table of rules stays a table. Repetitions are bounded: a
clause is at most 70 characters long.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.advice import ADVICE_MODEL
from plnmap.acts.english.advising import ADVICE
from plnmap.acts.english.asking import QUESTION
from plnmap.acts.english.asking_help import HELP_WANTED
from plnmap.acts.english.company import INTRODUCTION, MET, MOVED_ELSEWHERE, PASSED_ON
from plnmap.acts.english.crediting import CREDIT, CREDIT_CUES
from plnmap.acts.english.helped import HELPED, HELPED_CUES
from plnmap.acts.english.regard import CONGRATULATION, PRAISE
from plnmap.acts.english.service import SERVICE, SERVICE_CUES
from plnmap.acts.english.thanks import GRATITUDE
from plnmap.acts.english.turns import ANSWER, RESOURCE
from plnmap.acts.english.uptake import TAKEN_UP, UPTAKE
from plnmap.acts.rules import LINK, Cues, Pack, pack

RULES: Final = (
    *(GRATITUDE + HELPED + TAKEN_UP + UPTAKE + CREDIT + QUESTION + HELP_WANTED + ADVICE + RESOURCE + ANSWER),
    *(PRAISE + CONGRATULATION + INTRODUCTION + PASSED_ON + MOVED_ELSEWHERE + MET + SERVICE),
)
_SHORT = "|".join(f" {word}{end}" for word in ("ta", "ty", "tx", "tia") for end in " .,!:")
_THANKS_CUES = (
    f"thank|thx|thnx|thanx|thnk|tnx|tks|cheers|grateful|apprec|tyvm|tysm|obliged|bless|kudos|props|{_SHORT}"
)
_THANKS_FOR_CUES = "for|4|apprec"
_SPLENDID_CUES = (
    "great|grt|gr8|awesome|amazing|fantastic|wonderful|brill|excellent|beautiful|gorgeous|stunning|incredible|"
    "unreal|fab|superb|marvel|outstanding|terrific|phenomenal|magnificent|lovely|adorable|delightful|inspir|"
    "impressive|genius|legendary|epic|spectacular|splendid|smashing|cracking|notch|first|exquisite|remarkable|"
    "sublime|glorious|masterful|exceptional|extraordinary|world|ingenious|fascinating|insightful|provoking|"
    "breathtaking|stellar|bad|priceless"
)
_STAR_CUES = (
    "star|legend|genius|hero|inspir|best|champ|gem|treasure|wizard|natural|saint|marvel|rock|rule|nailed|killed|"
    "smashed|joy|achievement|masterpiece|work of|in awe|bravo|chapeau|tour de|hats off|my hat"
)
_FINE_CUES = (
    "good|gd|nice|cool|neat|sweet|sharp|clever|smart|tidy|thoughtful|creative|useful|helpful|cute|funny|witty|"
    "elegant|slick|super|written|timely|ace|powerful"
)

_CUES: Final[Cues] = {
    **CREDIT_CUES,
    **HELPED_CUES,
    **SERVICE_CUES,
    "gratitude.after_asking": "?",
    "gratitude.ahead": "advance|anticip|tia|grateful|apprec|thankful",
    "gratitude.help": _THANKS_FOR_CUES,
    "gratitude.service": "support|care|help|service|contacting|reaching|letting|getting in|raising|reporting|"
    "flagging|bringing|sending us|patience|report|order|custom|enquiry|query|refund|replac|parcel|booking|"
    "card|account|broadband|line|router|licen|membership|money|site|app|compensation|claim|return|complaint|bill|"
    "subscription|case|unlocked|received|choosing|shopping|flying|travel|using our|payment|business|loyalty|"
    "purchase|delivery|aware|alerting|spotting|online",
    "gratitude.amplification": (
        _THANKS_FOR_CUES,
        "rt|r/t|mt|tweet|share|mention|tag|shout|s/o|promo|publicity|plug|spread|ff|followf|boost|reblog|repost|quot|"
        "featur|nominat|ping|passing|sharing|pb|includ|inclus|linking",
    ),
    "gratitude.participation": _THANKS_FOR_CUES,
    "gratitude.social": _THANKS_FOR_CUES,
    "gratitude.shared_work": (
        _THANKS_FOR_CUES,
        "sharing|post|blog|article|talk|keynote|present|podcast|episode|writ|video|thread|book|read|paper|slide|series|"
        "newsl|reflec|webin|worksh|course|plugin|tool|publi|creat|making|putting|curat|record|upload|tutor|lesson",
    ),
    "gratitude.feeling_well": "good|great|fine|well|recover|better|ok",
    "gratitude.cheers": "cheers",
    "gratitude.nobody": "thankf|thank |thanks to|thx to",
    "gratitude.returned": "welcome",
    "question.asked": "?",
    "question.half": "?",
    "question.put_to": ("@", "?"),
    "question.anyone": "any|some",
    "resource.asked_for": LINK,
    "resource.marked": "might|may|could|will|would|'ll|should|thought|for you|for u|have you|did you|have u|"
    "did u|here|worth|recommend|info|more|answer|details|instructions|help|fyi|interest",
    "resource.look": "try|see|check|look|read",
    "praise": f"{_SPLENDID_CUES}|{_FINE_CUES}|{_STAR_CUES}|"
    "lov|luv|adore|enjoy|admire|lik|impressed|well |digging|keep|got this|can do|go you",
    "praise.work": f"{_SPLENDID_CUES}|{_FINE_CUES}",
    "praise.verdict": f"{_SPLENDID_CUES}|{_FINE_CUES}",
    "praise.is": f"{_SPLENDID_CUES}|{_FINE_CUES}",
    "praise.person": _STAR_CUES,
    "praise.enjoyed": "lov|luv|adore|enjoy|admire|lik|impressed|well ",
    "praise.love_it": "lov|luv|adore|digging",
    "praise.cheered_on": "keep|got this|can do|go you",
    "congratulation.word": "congrat|grats|gratz|felicit|mazel",
    "congratulation.well_done": "well done|kudos|good on|way to go|deserve|happy|pleased|proud|chuffed|"
    "thrilled|delighted|stoked",
    "introduction": "@",
    "introduction.recommended": "follow|meet|met|know|connect|talk|speak|chat|reach|contact|ask|look|touch",
    "introduction.turn_to": "talk|speak|reach|ask|contact|touch|connect|word with|chat with|follow",
    "introduction.meet": "meet|welcome|introduc",
    "introduction.connected": "introduc|you in |u in |two|both|guys|hook|connect",
    "introduction.can_help": "know|help|advise|able to |have | your | the | good ",
    "passed_on": "@",
    "passed_on.cc": "cc|ping|attn|fao|fyi",
    "moved_elsewhere.message": "dm|direct|private|pm|p.m|inbox|messages|spam",
    "moved_elsewhere.mail": "mail|drop|message|note",
    "moved_elsewhere.call": "call|ring|bell|buzz|phone|text|txt|whatsapp|facetime|skype|zoom|hangout",
    "met.good_to_meet": "meet|met",
    "met.good_to_see": "see|saw|catch|hang|spend",
    "met.met": "met|meet|bumped|ran into|hung|hanging|sat|coffee|lunch|dinner|beer|drink|pint|"
    "breakfast|brunch|tea|lift",
    "uptake.will_try": (
        "'ll |ill |shall |must |might |may |gonna |going to |gotta |need to |off to ",
        "try|check|look|have|take|give|invest|explor|dig|read|listen|watch|follow|add|keep|bear|use|pass|load|install|"
        "test|order|bookmark|chase|get|buy|switch|do|see|steal|nick|purch|research|consider|delve|ponder|mull|figure|"
        "grab|hunt|track|search|be ",
    ),
    "uptake.trying": "to give|it out|that out|this out|them out|just found|just checked|just looked|"
    "just tried|just used|bookmarked|loaded|order|installed|subscribed|signed|registered|bought|instapapered|"
    "saved|having a|taking a|checking|reading now|reading it|list|library|pile|in that|duly|on it|noted|"
    "will do|i can now|tried|worth|added|updated|changed|fixed|corrected|edited|removed|contacted|emailed",
    "uptake.worked": "work|fixed|solved|sorted|helped|helps|did it|did the|does|running|got|found|ticket|"
    "figured|saver|no long|cracked",
    "uptake.new_to_me": (
        "n't|nt |not|never|unaware|new|missed|slipp|flown|passed|gone",
        "seen|heard|across|thought|consid|notic|spot|reali|know|knew|read|tried|used|aware|think of|see|"
        "familiar|missed|to me|under|past|by m|below|beneath|passed",
    ),
    "uptake.needed": "what i|what we|the thing|looking for|that's the one|useful|helpful",
    "uptake.understood": "sense|i see|i get|underst|clear|to know|learn|corrected|spotted|my bad|my mis|"
    "my err|penny",
    "uptake.realised": ("ah|oh|ok|ooo|ops", _THANKS_CUES),
    "uptake.accepted": (
        "brill|awesome|amazing|wonderful|great|cool|nice|sweet|perfect|excellent|marvel|fantastic|fab|superb|"
        "ace|magic|lovely|bookm|useful|helpful|interesting|spot on",
        _THANKS_CUES,
    ),
    "uptake.on_advice": (
        "your|ur |you|inspired|u ",
        "advi|recom|sugg|tip|lead|prompt|point|told|convi|persu|because of|inspired",
    ),
    "uptake.thinking": (
        "me |thought|to |mind",
        "think|thought|idea|ponder|chew|consid|digest|explore|mind|reali|wonder",
    ),
    "uptake.promising": (
        "look|sound|seem|idea|tip|advice|suggest|shout|find|resource|link|info|guide|site|list|tool|app|"
        "interesting|up my",
        "good|great|nice|interesting|useful|perfect|ideal|promising|handy|brillia|excellent|what|just|exactly|"
        "spot on|fab|top|sound|wise|love|lik|up my",
    ),
    "advice.recommend": "recommend|suggest|advi|my tip",
    "advice.you_should": "should|ought|need|have to|must|could|might|may |can |better|want",
    "advice.i_would": "i'd|i would|if i w|if it w",
    "advice.have_you_tried": "you|u |why not|how about|worth",
    "advice.better_to": "best |better |place to|might|may |maybe|perhaps|to do",
}


def _several(cues: str | tuple[str, ...]) -> tuple[str, ...]:
    return (cues,) if isinstance(cues, str) else cues


# A gratitude without a word of thanks is found by other words.
_WITH_THANKS = {rule.id for rule in GRATITUDE + TAKEN_UP} - {"gratitude.returned"}
CUES: Final[Cues] = {
    **_CUES,
    **{rule: (_THANKS_CUES, *_several(_CUES.get(rule, ()))) for rule in _WITH_THANKS},
}
ENGLISH: Final[Pack] = pack("en", RULES, CUES, ADVICE_MODEL)
