"""English: the wording by which people thank, take up, credit, ask, advise and pass on.

Written by reading posts of 2007–2023, mostly British and Australian. Nouns and verbs are
gathered in blocks, so that the table of rules stays a table. Repetitions are bounded: a
clause is at most 70 characters long.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.thanks import GRATITUDE, UPTAKE
from plnmap.acts.english.turns import ADVICE, CREDIT, QUESTION, RESOURCE
from plnmap.acts.rules import LINK, Pack, pack

RULES: Final = GRATITUDE + UPTAKE + CREDIT + QUESTION + ADVICE + RESOURCE
_SHORT = "|".join(f" {word}{end}" for word in ("ta", "ty", "tx", "tia") for end in " .,!:")
_THANKS_CUES = f"thank|thx|thnx|thanx|tnx|tks|cheers|grateful|apprec|tyvm|tysm|{_SHORT}"

CUES: Final = {
    "gratitude": _THANKS_CUES,
    "gratitude.after_asking": "?",
    "credit": "@",
    "credit.via": "via|ht|h/t|hat",
    "credit.inspired": "inspir|courtesy|idea|tip|link|found|discovered|learned",
    "credit.thanks_to": " to ",
    "question.asked": "?",
    "question.anyone": "any|some|help|advi|recommend|suggest|point|tell|expla|idea|lazyweb",
    "resource.asked_for": LINK,
    "resource.marked": "might|may|could|will|would|'ll|should|thought|for you|for u|have you|did you|have u|"
    "did u|here|worth|recommend|info|more|answer|details|instructions|help|fyi|interest",
    "resource.look": "try|see|check|look|read",
    "uptake.will_try": "ll|must|might|may|gonna|going|gotta|need|off to",
    "uptake.trying": "bookmarked|loaded|order|installed|subscribed|signed|registered|bought|"
    "instapapered|saved|having|taking|checking|reading|list|library|pile|in that|duly|on it|noted|"
    "will do|i can now|tried|worth|added|updated|changed|fixed|corrected|edited|removed|contacted|emailed",
    "uptake.worked": "work|fixed|solved|sorted|help|did|does|running|got|found|ticket|figured|saver",
    "uptake.new_to_me": "n't|nt |not|never|unaware|new|missed",
    "uptake.needed": "what|the thing|looking for|that's the one|useful|helpful",
    "uptake.understood": "sense|see|get|underst|clear|know|learn|corrected|spotted|my ",
    "uptake.realised": "ah|oh|ok|ooo|ops",
    "uptake.accepted": "brillia|perfect|excellent|marvel|"
    "fantastic|fab|superb|ace|magic|lovely|bookm|useful|helpful|interesting|spot on",
    "uptake.on_advice": "your|ur |you|inspired|u ",
    "uptake.thinking": "think|thought|me |ideas|ponder|chew|consider|digest|explore|changed",
    "uptake.promising": "look|sound|seem|idea|tip|advice|suggest|shout|find|"
    "resource|link|info|guide|site|list|tool|app|interesting",
    "advice.recommend": "recommend|suggest|advi|my tip",
    "advice.you_should": "should|ought|need|have to|must|could|might|may |can |better|want",
    "advice.i_would": "i'd|i would|if i w|if it w",
    "advice.have_you_tried": "you|u |why not|how about|worth",
    "advice.better_to": "best |better |place to|might|may |maybe|perhaps|to do",
}
ENGLISH: Final[Pack] = pack("en", RULES, CUES)
