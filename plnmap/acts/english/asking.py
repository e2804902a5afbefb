"""How people ask: with a question mark or without, of one person or of all, or by saying what they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plnmap.acts.english.wording import WORD, spelled
from plnmap.acts.rules import Rule

_BLOCKS: Final = {
    "OPENING": r"""
        (?:(?:and|but|so|ok|hi|hey|also|hmm+|oh|ah|yes|sorry|wait|please|just|now|tbh|actually|then|well|right|folks
        people|all|everyone)[,:]? ){0,2}
    """,
    "ASKED_FOR": r"""
        ideas?|suggestions?|recommendations?|recs|advice|tips|pointers?|hints|help|input|opinions?|feedback
        thoughts|leads|assistance|guidance
    """,
    "I": r"(?:i'm|im|i am|we're|we are|still|really|just|also|now|currently|so|am|been|a bit)",
    "WANTED": r"(?<!\bright)(?<!\beh)(?<!\bhuh)(?<!\bno)(?<!\byes)\?(?!\S?\s?(?:because|yes\b|no\b|well,))",
    "HOW": r"how|what|which|where|whether|why|who|if",
}
PIECES: Final[dict[str, str]] = {}
"""Name → pattern, for `spelled`."""
for _name, _block in _BLOCKS.items():
    PIECES[_name] = spelled(_block, PIECES)


# Where a sentence starts; a word or two may open it.
BEGIN: Final = r"(?<=[.!?\n:,]\s)"


def asked(
    name: str,
    score: float,
    example: str,
    block: str,
    unless: str = "",
    needs: tuple[str, ...] = ("no_headline",),
    wants: str | None = None,
    pieces: Mapping[str, str] = PIECES,
) -> Rule:
    """What opens a sentence and asks, mostly without a question mark."""
    pattern = pieces["OPENING"] + "(?P<said>" + spelled(block, pieces) + ")"
    but_not = spelled(unless, pieces) if unless else None
    return Rule(f"question.{name}", "question", pattern, score, example, wants, but_not, needs, behind=BEGIN)


QUESTION: Final = (
    Rule(
        "question.asked", "question",
        WORD + spelled(r"""
        who|what|when|where|why|how|which|whose|can|could|would|will|do|does|did|is|are|was|were|has|have
        should|may|am|any|anyone|anybody|someone|shall|wonder|wondering
        who's|what's|where's|how's|whats|hows
        """) + r"\b[^.!?\n]{2,160}" + PIECES["WANTED"],
        0.7, "Which printer do you use?", unless=r"\bpoll\b|\bsurely not\?", needs=("no_headline",),
    ),
    Rule(
        "question.put_to", "question",
        r"(?<!\w)@\w{1,30},?\s(?P<said>(?:do|did|are|is|have|has|can|could|would|will|what|how|where|which"
        r"|when|why)\s[^.!?\n]{0,40}\b(?:you|u|your|ur|this|there|these)\b[^.!?\n]{0,90}"
        + PIECES["WANTED"] + ")",
        0.7, "A map of the tides https://tides.example -> @ada did you draw this?",
    ),
    # Half a question: only the mark shows that it is one. Alone, "why?" may be answered in the next breath.
    Rule(
        "question.half", "question",
        PIECES["OPENING"] + "(?P<said>" + spelled(r"""
        (?:why|how|who|where|when|which|(?:which|what) (?:one|next|now)|since when|such as|like what
            how (?:so|come)|and you|you|ideas|thoughts|anyone|anybody|advice|help|suggestions|opinions
            recommendations|tips|worth it|any good|any luck
            sorted) ?\?(?=\W{0,5}(?:[@#]\w{1,30}\W{0,5}){0,9}$|\W{0,3}\0)
        (?!or\b)[^.!?\n]{2,90} or [^.!?\n]{2,60} ?{WANTED}
        (?:you|u|your|ur|yours) (?!(?:must|might|may|should|could|can|survived)\b)[^.!?\n]{2,120} ?{WANTED}
        [^.!?\n]{2,100} (?:anyone|anybody|ideas|thoughts|suggestions|tips|opinions
            recommendations) ?{WANTED}
        """, PIECES) + ")",
        0.6, "The blue one or the grey one?", unless=r"\bpoll\b|\bor\s(?:is\sit|what|not|another)\?",
        needs=("no_headline",), behind=BEGIN,
    ),
    Rule(
        "question.anyone", "question",
        WORD + spelled(r"""
        (?:does|do|can|could|has|have|is|are|did|would) (?:any|some) ?(?:one|body)
        any ?(?:one|body) (?:know|have|got|else|recommend|tried|used?|using|able|out there|seen|help|here
            on here|done|read|been|going|coming|awake|around|about|free|with an?|fancy|want|remember
            speaks?|in \w{3,14} (?:know|got|with|able|free|want))
        (?<!without )(?<!n't have )(?<!n't got )any (?:\w{1,12} ){0,2}?(?:thoughts|takers
            volunteers)\b(?! (?:are )?welcome at)
        """, PIECES),
        0.8, "Is anyone coming by train",
    ),
    asked("crowd", 0.8, "Lazyweb: what do people use for invoices", r"""
        (?:dear )?(?:lazy ?web|hive ?mind)\b|calling all\b
        (?:tweeps|tweeple|twitter(?:verse| friends| folks| people)?|mastodon
            fedi(?:verse| friends)?) ?[:,-] (?:{HOW}|any|is|does|do|can|help|need|i need|recommend|which)\b
        (?:(?:a|an|one|my|another|just|possibly|is) ){0,2}(?:quick|genuine|serious|silly|stupid|dumb|daft
            random|honest|technical|simple|strange|odd|weird) q(?:uestion)?(?= ?[,:;.!?-]|\W{0,3}$| (?:but
            about|for|is|if|how|what|do|does|why|can|any|re|on)\b)
        q(?:uestion)? (?:for|to) (?:the |all |any |my |you |all the |all you |my fellow )?(?!time|which
            ask)\w{3,}
        calling (?:all )?(?:[\w-]{3,14} )?(?:people|folks?|\w{3,12}(?:ers|ists|ians))\b
        asking for a (?:friend|student|colleague)|hit me (?:up )?with|shout (?:out )?if you
        (?:any |some |your )?(?:\w{3,12} )?(?:{ASKED_FOR})(?: very| most| gratefully| much)? (?:please|pls
            plz|needed|wanted|required|welcomed?|appreciated|sought|anyone|anybody)\b
        (?:any |some |your )?(?:\w{3,12} )?(?:{ASKED_FOR}) (?:for|on|about|re)\b[^.!?\n]{3,80} (?:please
            pls|plz|anyone|anybody|welcome|appreciated|needed|wanted)(?=\W{0,4}(?:$|[#@])|[,;.!] )
        open to (?:suggestions|ideas|recommendations|advice)|(?:pls|plz) help|help[!.]
        """, wants="help"),
    asked("unmarked", 0.6, "How do you get wax out of a carpet", r"""
        (?:how|what|where|when|why|who|which)(?:'s| is| are| do| does| did| can| could| should| would| will\
            | was| were| has| have| won't| doesn't| don't| isn't| can't) (?:i|you|u|ya|we|they|he|she|it|one
            people|others?|everyone|everybody|anyone|the|that|this|these|those|an?|my|your|ur|his|her
            their|there|other|best|going|using|still|worth)\b
        (?:what|which) (?:[\w-]{3,14} ){1,3}?(?:is|are|do|does|did|can|should|would|will|was) (?:i|you|u
            we|it|that|this|the|they|he|she|best|better)\b
        how (?:long|much|many|far|often|old|big|safe|soon|late) (?:[\w-]{2,14} )?(?:do|does|did|is|are|can
            should|would|will|was|have|has)\b
        (?:what|where|which|who|how) (?:should|can|could|do|would) (?:i|we|one|people|you)\b|who else\b
        (?:whats|wheres|hows) (?:the|a|your|best)\b|which (?:is|one|would) \w+
        is there (?:an?|any|some|anything|anyone|such)\b|are there (?:any|some|other)\b
        (?:is|are|was) (?:it|that|this|yours|they|these|those) (?:just me|ok|okay|safe|normal|possible
            true|worth|too late|still|the|an?|bad|free|open|easy|better|compatible|legal|rude|supposed
            meant)\b
        (?!do it\b)(?:do|does|did|can|could|would|will|should|are|were|may|shall) (?:you|u|i|we|they|it|he
            she|people|yours|one|other \w{3,12})\b(?! (?:know what i|(?:know|mind|now)\W{0,2}$|believe
            imagine|see\b|hear|catch|just\b|miss))
        have (?:you|u) (?!(?:seen|read|heard|tried|met|ever seen|come|listened|though\w*|considered
            checked|looked)\b)\w+|(?:has|have) (?:it|they|yours|he|she) \w+
        any (?:way|chance|hope) (?:to|of|you|we|i)\b|any (?:[\w-]{3,14} )?\w{3,14}s (?:on here|out there
            about|around|here)\b
        (?:who|what|which|where|when) would be (?:the|an?|best|good)\b|(?:which \w{3,14}|(?:like|meaning
            now) what)(?: exactly)?\W{0,3}$
        (?:how|where|when|which)(?: (?:exactly|so|then))?\W{0,3}$|don't suppose (?:you|any)
        mind if i|fancy \w{3,12}ing|am i (?:the only|missing|doing|right|wrong)|what am i
        """, r"""
        ^[^?]{0,4000}+\?
        \byet\W{0,4}$|\balready\W{0,4}$|\bwho (?:needs|cares|knew|says|doesn't)\b|\bcould (?:possibly
            go wrong)
        \bwhere would we be\b|\bwhy (?:do|did|am|is|are) (?:i|it always|we always)\b|!\W{0,3}$
        \b(?:can|could|do|did) i (?:add|say|make sense)\b|\bso (?:am|are|can|could|did|do|have|should
            would|will) (?:i|we)\b|\bwhy (?:is it that|should (?:i|it|we|they))\b|\bworld coming to\b
            \b(?:which is (?:why|how|a|an|the)|what has been)\b|\bhow would i know\b|\bwhat (?:do i know
            is the point)\b|\bhow did i miss\b|\bwhat (?:can|could) i say\b|\b(?:are|were) you (?:kidding
            serious)\b
        """),
    asked("tell_me", 0.7, "Somebody explain this form to me", r"""
        (?:(?:please|pls|do|someone|somebody|anyone) ){0,2}(?:tell|show|give|send|recommend|suggest
            explain|remind|convince|teach|advise|lend|point) (?:me|us)\b(?! (?:about it|a break|strength
            (?:an? )?(?:few )?(?:min|sec|mo)\w*|an? few|your money|why i don't|like|something i don't|off
            down|up|that|away|money|wine|chocolate|gin|coffee|of|when|if)\b)
        (?:someone|somebody)(?: please| pls)? (?:explain|tell|help|recommend|teach|show|remind|lend
            suggest)\b
        (?:please |pls )?(?:recommend|suggest) (?:an?|some|any|your)\b(?= \w+ (?:\w+ )?(?:for|to|that|on
            novel|book|film|please))|do tell\b|tell me more
        (?:let (?:me|us) know|lmk|tell me) (?:what you(?:'d)? (?:think|use|would|do)|what your?
            your (?:thoughts|view|favou?rite)|which|where i)\b
        """, r"\?|\0|\bdon'?t tell me\b"),
    asked("would_like", 0.7, "I'd love to hear how others do it", r"""
        (?:(?:i|we)(?:'d| would|d)|would) (?:(?:really|also|still|just|very much) )?(?:love|like
            be (?:really \
            |very |so )?(?:keen|interested|curious|grateful|glad)|appreciate|value
            welcome) (?:(?:to (?:know|hear|learn|understand|find out)|hearing|knowing)\b|(?:for )?(?:any
            your|some) (?:\w{2,12} ){0,2}?(?:{ASKED_FOR}|opinion|views?|thinking|insights?)\b)
        (?:(?:really|just|very|so|bit|genuinely|also|im|i'm|i am) ){0,3}(?:curious|keen|interested
            intrigued) (?:to (?:know|hear|learn|understand)|(?:about |in )?(?:how|what|why|whether
            which)\b|if you|in (?:hearing|your))\b
        (?:(?:i|just|still|was|i'm|im|am|also|been) ){0,3}wonder(?:ing|(?= if (?:any|you could|you know
            you can))) (?:if|whether) (?:any\w*|you|u|there|i (?:should|could|can|need|have)|we (?:should
            could|can)|it(?:'s| is) (?:worth|possible|ok|safe)|someone|somebody|to)\b
        (?:(?:i|just|still|was|i'm|im|am|also|been) ){0,3}wonder(?:ing|ed)? (?:how|what|which|where|who
            why) (?:to|you|others?|other \w+|people|i (?:should|could|can)|we (?:should|can)|best)\b
        (?:can|could|may|might) i (?:just )?(?:ask|pick|check|borrow|have|see|use|quote)\b|pick (?:your
            ur) brains?
        (?:i )?don'?t suppose (?:you|u|any)|you wouldn't (?:have|happen)|got (?:time|a minute|a moment
            a sec) (?:for|to)
        """, r"\?\W{0,3}$|\blook(?:ing)? forward\b"),
    asked("seeking", 0.6, "In search of a good intro to statistics", r"""
        (?:{I} ){0,3}(?:looking|searching|hunting)(?: around)? (?:for (?:an?|any|some|good|people|someone
            somebody|volunteers|info\w*|examples|new|participants|\w{3,12}ers)|to (?:find|borrow|buy|hire
            hear|talk|speak|connect|swap))\b
        (?:{I} ){0,3}(?:in need of|in search of(?= (?:an?|any|some\w*|good|info|ideas)\b)|on the (?:hunt
            lookout|look-?out) for|in the market for) \w+
        (?:(?:{I} ){0,2}seeking|(?:{I} ){1,2}after|(?<!\w )after(?= an? (?:good|decent|cheap|new
            second))) (?:an?|any|some|someone|volunteers|advice|recommendations|people)\b
        wanted: \w+
        (?:i |we )?(?:really |desperately )?(?:need|could (?:use|do with)) (?:an?|some|your|someone
            somebody) (?:[\w'-]{2,14} ){0,3}?(?:who|to help|hand|volunteers?|name for|recipe for|word for
            source|for|good \w+|second pair|pair of eyes)\b
        (?:(?:i|we|and|still) )?(?:can't|cannot|cant|couldn't|can not) (?:figure|work|make)(?: it)? out \
            (?:how|why|what|where|if|whether|which|the|this|my)\b
        (?:{I} ){0,3}(?:stuck (?:on|with|between)|struggling (?:to (?:get|find|understand|make|install
            open|connect|set|fix|explain|learn|decide)\b|with)|torn between|at a loss|at my wit'?s'? end
            in two minds|stumped)
        """, r"\?|\b(?:traffic|train|meeting|queue|airport|forward|trouble|bus|lift)\b", wants="help"),
    # In an answer the same words say no more than that the author does not know.
    asked("unsure", 0.5, "No idea how to start this essay", r"""
        (?:{I} ){0,3}trying to (?:find|remember|work out|figure out|track down|get hold of) (?:an?|the|out
            that|what|how|where|who|why|which)\b
        (?:(?:i|we|and|still) )?(?:can't|cannot|cant) (?:find|get) (?:an?|any|the|my|it|this|where
            how) [^.!?\n]{0,50}?\
            \b(?:to|anywhere|off|work|out)\b
        (?:(?:i|i've|have|got|with|and) ){0,2}no (?:idea|clue) (?:how to|what to|where to|which|why (?:my
            it|the)|how (?:i|we) (?:should|can))\b
        (?:{I} ){0,2}not sure (?:how to|what to|which|where to|whether to|if i should)\b
        (?:i )?don'?t (?:know|understand) (?:how to|what to|where to|which|why (?:my|it|the|this)
            whether to)\b
        (?:i've )?tried everything|i'm (?:so |totally |completely )?(?:lost|stuck)\b
        my (?:[\w-]{2,14} ){1,3}?(?:keeps?|won't|refuses to|just won't|has stopped) \w+
        """, r"\?|\0", ("to_all",), wants="help"),
)  # fmt: skip
