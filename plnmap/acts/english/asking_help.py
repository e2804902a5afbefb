"""How people ask for help: to be told how, where, which or whether, about something they want to do.

Whoever answers such a post helps, whatever the wording. So these rules leave out what people ask to start a
talk ("how do we show that we care?"), about each other, and for effect.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.asking import PIECES as _ASKING
from plnmap.acts.english.asking import asked
from plnmap.acts.english.wording import WORD, spelled
from plnmap.acts.rules import Rule

_BLOCKS: Final = {
    "ANYONE": r"any ?(?:one|body|1)(?: else| here| out there| on here| in \w{3,14})?|any of you",
    "ANY": r"{ANYONE}|some ?(?:one|body)(?: else| here| out there)?|you (?:guys|folks|lot|all)",
    "ALL": r"(?: all| lot| guys)",
    "WHOEVER": r"i|people|you|u|ya|others|folks|everyone|everybody|other \w{3,12}",
    "PLEASE": r"(?:please |pls |plz |kindly |possibly |maybe |perhaps |just |also )?",
    "THING": r"""
        way|means|app|tool|site|website|page|list|guide|tutorial|video|book|podcast|resource|trick|option
        setting|plug-?in|add-?on|extension|shortcut|link|url|map|version|alternative|example|template|place
        shop|copy|hashtag|recipe|course|class|group|form|number|code|font|program|software|service|solution
        workaround|difference|reason|limit|rule|minimum|deadline|feature|button|command|formula|method|cure
        remedy|spray
    """,
}
_PIECES: Final[dict[str, str]] = {**_ASKING}
for _name, _block in _BLOCKS.items():
    _PIECES[_name] = spelled(_block, _PIECES)


def _wanted(name: str, example: str, block: str) -> Rule:
    """What is asked for anywhere in a post, mostly with a question mark; what one thinks of it is not."""
    return Rule(
        f"question.{name}", "question", WORD + spelled(block, _PIECES), 0.6, example, "help",
        needs=("no_headline",),
        unless=r"\b(?:think|feel|opinion|thoughts|reckon)\b[^?.!\n]{0,40}\?",
    )  # fmt: skip


HELP_WANTED: Final = (
    # Put to whoever reads it: no headline, even beside a link.
    Rule(
        "question.of_anyone", "question",
        WORD + spelled(r"""
        {ANYONE}(?: already| actually| ever| there){0,2} (?:asked|know|knows|used|using|heard|aware|got|had
            having|who (?:can|could|knows)|experienced|opened|done this|seen this)\b[^.!\n]{0,120}\?
        (?:is|are|has|have|does|do|can|could|would) {ANY} (?:ever |already )?(?:aware of|familiar with
            heard of|know|knows|help|give me|tell me|explain|moved|decode|point|lend|send me|share)\b
        (?:for|with) (?:me )?(?:any ?(?:one|body)|anyone) else(?: at the mo\w*| today
             right now)?(?=\W{0,3}\?)
        {ANYONE} else (?:having|seeing|getting|finding|noticed)
        (?:some ?(?:one|body)|please|pls|plz),? (?:please |pls )?(?:explain|decode|tell me (?:the
            how|what|where|which|why|who)|recommend (?:me )?an?)\b
        (?:i'd|i would|would) (?:appreciate|be (?:so |very |really )?(?:grateful|glad|thankful)) (?:an? \
            (?:explanation|hint|pointer|tip|hand)|(?:for|of) (?:any\w*|some) \w+|to (?:hear|know|learn) how)\b
        """, _PIECES),
        0.7, "Anyone used this printer?", "help",
    ),
    Rule(
        "question.who_can_help", "question",
        WORD + spelled(r"""
        (?:does|do|would|might) {ANY} (?:[\w']{1,12} ){0,2}?(?:know|knows|have|has|got|use|uses|using
            recommend|understand|remember|own|need)\b
        (?:has|have) {ANY} (?:ever |actually |successfully |already )?(?:tried|used|got|found|managed|figured
            worked out|set up|dealt|experienced|come across|built|solved|switched|bought|installed|taught
            experience|had (?:this|any|a|the same|trouble|issues|problems|luck|success|experience))\b
        (?:can|could|will|would) (?:{ANY}|you|u|one of you) {PLEASE}(?:help|recommend|suggest|advise|explain
            point|tell (?:me|us)|show me|remind me|shed|clarify|walk me|talk me through|teach me|enlighten
            translate|identify)\b
        {ANYONE} (?:know|knows|have|got|recommend|tried|used?|using|able to|help|advise|suggest|explain
            with (?:an? )?(?:experience|idea|copy|spare|contact|tip|suggestion)\w*|good (?:at|with)
            had (?:this|any|trouble|issues|problems|luck|success))\b
        (?<!without )(?<!n't have )(?<!n't got )(?<!offer )any (?:\w{1,12} ){0,2}?(?:ideas|suggestions
            recommendations|recs|advice|tips|pointers|clues?|guidance|leads)\b(?! (?:are )?welcome at)
        (?<!who )(?<!most )(?<!n't )(?<!not )(?<!never )(?:need|needs|want|could (?:use|do with)|would \
            (?:love|appreciate|welcome|value)) (?:some |your |a |any |a bit of )?(?!feedback|thoughts|opinion
            input)(?:{ASKED_FOR})\b(?! from\b)(?![^.!\n]{0,60}\?)
        (?<!n't )(?<!not )(?:looking|searching|hunting|asking) for (?:\w{1,9} ){0,2}?(?:{ASKED_FOR}|someone \
            (?:who|to|with)|people (?:who|to))\b
        please (?:help|advise)|help (?:needed|wanted|please)
        (?:has|have) {ANY} (?:any |some )?experience (?:with|of|in)\b
        """, _PIECES),
        0.8, "Does anyone know a good dentist", "help", needs=("no_headline",),
    ),
    _wanted("a_thing", "Any links to the recipe?", r"""
        any (?:[\w'-]{1,16}[ /,]{1,2}){0,3}?(?:links?|details|info(?:rmation)?|examples?|resources?|research
            reading|literature|papers?|news (?:on|about|of|when)|updates?|solutions?|fix|cure|tools?|apps?
            sites?|books?|articles?|experiences?|evidence|mnemonics?|tricks?|ways? (?:to|of|round|around)
            templates?|tutorials?|guides?|sources?|contacts?|alternatives?|workarounds?|options?|plug-?ins?
            cop(?:y|ies) of|reviews?|plans? to|idea)\b[^.!?\n]{0,90}\?
        (?:do|did) (?:you|u|ya|we){ALL}? (?:still |happen to |by any chance |also )?have (?:any (?!plans
            luck|kids|pets|idea)|(?:many|some|more) (?:issues|problems|examples|details|info|data|evidence)\
            |an? (?:link|list|copy|space|source|template|recipe|page|reference|date|contact|spare|version\
            |solution|way)\b)[^.!?\n]{2,90}\?
        have (?:you|u|ya) (?:ever |already |also )?(?:(?:got|had|found|come across|worked out) (?:any (?!plans
            luck|fun)|some (?:examples|details|links)|out how)|written (?:about|anything
            up)\b)[^.!?\n]{2,90}\?
        is there (?:an? |any )?(?:supposed|good|decent|cheap|honest|reliable|better|simpler?|easy|easier|trick
            setting|way|free|quick|clever|proper|known)\b[^.!?\n]{0,80}\?
        (?:does|do) (?:such|a \w+) [\w ]{0,20}exist\b
        where (?:does|do|should|would|did) (?:a person|one|you|u|i|we|people) (?:even )?(?:begin|start|learn
            find|get|buy)\b
        (?:what options|which one'?s?(?: is)? (?:usual|right|better|safer|correct|normal)
            who do i)\b[^.!?\n]{2,60}\?
    """),
    _wanted("a_way", "How do you keep a lid on that?", r"""
        how (?:do|did|would|should|does) (?:{WHOEVER}|one|a person|anybody){ALL}? (?:put|practi[sc]e|start
            structure|sleep|keep|handle|phrase|word|tackle|approach|count|measure|clean|store|cook|fix|make
            get (?:rid|out|the|it|from|into)|choose|manage to|answer|translate|flip|tell|go about|deal|stop
            learn|cope with)\b[^.!\n]{2,90}\?
        what (?:do|does|did|are|should|could) (?:{WHOEVER}|one|she|he|they){ALL}? (?:use
            using|feed|wear|wearing|bring|put|set|charge|do (?:when|if|with|about)|take|recommend
            say (?:at|to|when)|run|start)\b[^.!\n]{0,90}\?
        what(?:'s|s| is| would be) (?:an?|the) (?:[\w-]+ ){0,2}ways? (?:to|of|round)\b[^.!?\n]{2,80}\?
        what (?:shifts|gets (?:rid|it|them))\b[^.!?\n]{2,60}\?
        can (?:a \w+|i (?:still|just|safely)) (?:get|use|learn|mix|wash|freeze|eat|grow|put|keep|store
            count|connect|repair|replace|reuse|add|turn off|change|print|export|import|recover|undo)\b\
            [^.!?\n]{3,80}\?
        will i (?:still )?(?:lose|need|get)\b[^.!?\n]{3,90}\?|do i [\w']+ [^.!?\n]{2,80} or [^.!?\n]{2,80}\?
        what would (?:you|u) do in my|in my (?:place|shoes)\?|if (?:you|u) were me\b[^.!\n]{0,40}\?
    """),
    _wanted("a_fact", "What does net 30 mean?", r"""
        do (?:you|u|we|they|ya) (?:happen to |by any chance )?know (?:if|whether|how (?!much i)|where|when
            which|why|who (?!i\b)|any(?:thing| more)?\b|of an?\b|what (?!i\b|you\b|u\b|day
            time))[^.!?\n]{3,90}\?
        (?:is|are|was) (?:it|this|that|these|they|(?:that|this) \w{3,14}) (?:safe|open to|available|compatible
            legal|usable|recorded|covered by|supposed|required|recommended|reliable|poisonous|edible
            dangerous|bad for|(?:correct|rude) to)\b
        (?:what|which) (?:\w{3,10} )?(?:article|episode|book|chapter|post|plug-?in|app|tool|site|font|setting
            version|page|paper|plant|bird|error|button|cable|format) (?:was|are|were|is) (?:it|this|that|these
            those|you)\b[^.!\n]{0,80}\?
        what(?:'s|s| does| is) (?!(?:this|that|it|he|she|you|your|his|her|their) )[^.!?\n]{1,40}\b(?:mean
            called|stand for)\b(?! (?:by|anyway|to you|for the)\b)[^.!\n]{0,40}\?
        (?:does|do|will|would) (?:an?|the|my|most) [\w'-]+ (?:normally|count as|cover|come with
            include)\b[^.!?\n]{2,80}\?
        how long (?:can|should) \w+|how (?:much|many) [\w ]{2,30} (?:is
            are) (?:enough|too|right|normal|needed|ok)\b
        how many [\w'-]+ (?:on|for|in|per|to) (?:an?|one|each)\b
    """),
    asked("how_to", 0.7, "How do you get wax out of a carpet?", r"""
        how (?:do|can|should) {WHOEVER}(?: all| guys| lot| best| actually| even| go about)? (?!think|feel
            mean|do\b|know\b|say\b|like\b|dare|live|sleep|not\b|resist|survive|get (?:away|on)\b|see\b|rate
            plead|love|forget|miss|be\b|have\b|spend|celebrate|top\b|it\b)\w+
        how does one (?!ever|even)\w+|how to (?!be\b|not\b)\w+ [^.!?\n]{3,100}\?
        how did (?:you|u|they|he|she) (?:get (?!on\b|there|home)|make|fix|set|manage to|solve|build|learn
            choose|decide|convert|install|handle|teach|deal|connect|find out|go about)
        how (?:long|often|much|many|far|deep|big|hot|soon|early|late|thick|warm|wet|dry)\b(?: [\w-]{2,14})? \
            (?:(?:should|do|can|must|would) (?:i|people)|(?:does|will|would|should) (?:it|the|this|that
            an?)|(?:is|are) (?:it|the|this|these|they) (?:to|safe|ok|normal|supposed|meant)|do (?:you|u) \
            (?:need|have to|leave|cook|wait|keep|charge|water|boil))\b
        (?:whats|what(?:'s| is| are|'re| would be|'d be)) (?:the|a|an|your|ur|everyone's|people's) \
            (?:\w{2,12} ){0,2}?(?:best|easiest|quickest|fastest|simplest|cheapest|safest|proper|correct
            recommended|preferred|ideal|go-?to|trick (?:to|for|with)|name of|word for|term for|difference
            equivalent|shortcut|procedure for|process for|rule (?:on|for|about)|good|decent|better|fair
            reasonable|typical|going rate)\b
        (?:best|easiest|quickest) (?:way|place|app|tool|thing|method|site|book|software|time)s? (?:to|for
            of)\b[^.!?\n]{2,80}\?
        (?:how|where|what)(?:'s| is|s) best (?:to|way|place|for)\b
        (?:do|would|did|might|should|can) (?:you|u|ya|{ANY}) (?:happen to |by any chance |perhaps |all )?\
            (?:know|remember|recall) (?:how|of|if|whether|where|which|what (?!i mean|i'm|day|you could)|why
            who|an?\b|any\b|when|the (?:name|best|difference|answer|way|right))
        (?:when|where|how often|what time) do (?:you|u) (?!get|go\b|come|feel|see|like|do\b)\w+ your\b
        what (?:worked|works|helped|helps|did it|does it)(?: best| well)? (?:for|with|against|on)\b
        (?:don't|dont) suppose (?:you|u|{ANY}) (?:know|have|could|can|remember|happen)\b
        am i (?:missing (?!out)|doing (?:it|this|something) wrong|supposed to|allowed to|better off)
        what (?:am i|are we) (?:missing|doing wrong|supposed to)
        why (?:does|do|is|are|won't|can't|doesn't|isn't|has|have) (?:my|our|mine)\b
        what (?:does|do) (?!(?:it|that|this|he|she|you|i) )[^.!?\n]{2,50} (?:stand for|mean(?= ?\?| ?$| \
            in\b))\b
        (?:can|could|does|do|will|would) (?:it|these|they|the [\w-]{2,14}|an? [\w-]{2,14}|[a-z]{4,14}s?) \
            (?:still |also |actually |really )?(?:work (?:with|on|for|in|if|without)|support|fit|run on
            handle|count as|include|allow|keep (?:in|for)|survive|grow (?:in|on|from)|need (?:to|a|an)
            export|integrate)\b
    """, r"""
        \bhow (?:can|could|do) (?:you|u|people|they|anyone|anybody) (?:possibly|even|just|not|justify|call \
            (?:it|this|that|yourself|themselves)|expect|afford)\b|\bwhy (?:is|are) my [^.!?\n]{2,40} always\b
    """, wants="help", pieces=_PIECES),
    asked("which", 0.6, "Which glue should I use for slate?", r"""
        (?:what|which) (?:[\w/'-]{2,14} ){1,4}?(?:(?:should|would|do|can|could|must) i|(?:do|would|did) \
            {WHOEVER} (?:use|recommend|suggest|buy|get|choose|prefer|need|advise|pick|go (?:for
            with))|are (?:you|u) using|(?:do|did) (?:you|u) have|(?:is|are|was|were) (?:that|those
            these)\?|(?:is|are|would be|works?) (?:best|better|good|suitable|safest|cheapest|easiest|more
            most)|everyone using)\b
        (?:what|who|whom|where|when) (?:should|can|could|might) i (?!say\b|expect|be\b|help|bring)\w+
        what do i (?:need|do (?:about|with|if|when|next|now)|use|put|wear|tell|say to)\b
        (?:who|whom) do i (?:speak|talk|contact|ask|go|email|ring|call|write|report|complain|need)\b
        (?:do|would|will) i (?:really |still |actually )?(?:need|have) to\b
        do i need (?:an?|any|my|the|some)\b|what should (?:an?|the|my)\b
        (?:from )?(?:where|which \w{3,12}|what) to (?:start|begin|buy|choose|use|get|read)\b
        (?:where|what|who)(?:'s| is|s) (?:a )?(?:good|safe|cheap|decent|reliable)\b
        where (?:can|could|do|would|might) (?:{WHOEVER}|we|one) (?:best |actually |even )?(?:find|get|buy
            download|see|report|read|order|hire|source|borrow|watch|listen|sign|register|apply|send|post
            start with|turn|keep|store|put)\b
        (?:what|which|who) (?:do|does|did|are|is|would) {WHOEVER} (?:use|using|do (?:about|with|for|when
            if)|recommend|suggest|choose|prefer|advise|pick|go (?:for|with)|say to|charge)\b
        would (?:you|u) (?:go for|choose|pick|stick with|buy|bother|recommend)\b
        which (?:one )?would (?:you|u)\b
        should i (?!be (?!worried|concerned|doing|using|looking|able|seeing|getting)|(?:bring|come|stay|call
            say|have|worry|care|feel|know|never|tell you)\b)\w+
        (?:is|are|would) (?:it|these|they) (?:still |really )?(?:ok to|okay to|safe|normal|possible|worth
            better|best|legal|too (?:late|early|much)|supposed|easier|hardy|edible|poisonous|compatible
            any good|allowed|necessary|common|usual)\b
        (?:is|are) (?:that|this|they|those) (?:normal|usual|safe|supposed|meant|common)\b
        (?:is|are|was|were) [^.!?\n]{2,30} (?:any (?:good|use|better|cheaper|easier)|worth it) ?\?
        (?:is|are) there (?:an?|any|some|one|such) (?:[\w/-]{2,14} ){0,2}?{THING}s?\b
        is there such a thing as\b
        (?:is|are) there (?:anything|anywhere|something|somewhere|anyone|someone)(?: else| \w{3,10}er| good| \
            out there)? (?:to|that|for|who|which|where|i|like|with)\b
        any (?:good|decent|free|cheap|simple|easy|reliable|clever|quick)\b[^.!?\n]{2,60}\?
        any (?:way|ways|trick|tricks|idea|clue|reason) (?:to|of|how|why|what|where|if|not)\b
        any (?:thoughts|views|opinions) (?:on|about|re)\b
        (?:is |are )?(?:it |the [\w-]{2,14} |an? [\w-]{2,14} |[\w-]{3,14} )?worth (?:getting|buying|upgrading
            doing|it|the (?:money|effort|bother|extra|hassle|price)|paying|joining|switching|going for
            reading)[^.!?\n]{1,60}\?
        (?:do|would|can|could) (?:you|u) {PLEASE}(?:recommend|suggest|advise|happen to have|have (?:any
            an? (?:link|copy|recipe|list|example|template|source|contact|reference|tip|pattern|guide
            minute to))|use (?:an?|any|the)\b|bother with|need (?:an?|to|any) [^.!?\n]{2,50} (?:to|for
            if)\b|find (?:that|it (?:better|easier|hard|works)))
    """, r"""
        \bwhat (?:can|could|should) (?:i|we) (?:say|do\?)\W{0,3}$|\bcould (?:possibly )?go wrong
    """, wants="help", pieces=_PIECES),
    asked("at_a_loss", 0.6, "Trying to work out which plug fits", r"""
        (?:{I} )?(?:can't|cannot|cant) (?:for the life of me )?(?:remember|recall|think of) (?:the name|what
            who|how|where|which|an?)\b
        (?:{I} )?(?:can't|cannot|cant) decide (?:if|whether|between|which|on)\b
        (?:{I} ){0,2}deciding (?:whether|between)\b
        (?:{I} ){0,3}(?:trying|need|want|wanting|hoping|would like|'d like|d like|i'd like|id like
            i want|i need) to (?:know|find out|understand|work out|figure out|learn|get my head (?:round
            around))(?: more about)? (?:how|what|which|where|when|why|whether|about)\b
        (?:{I} ){0,2}(?:unsure|clueless|baffled|puzzled|stumped) (?:about|by|as to|how|what|which|whether
            why|on)\b
        (?:{I} ){0,2}(?:stuck (?:on|with|as to)|lost (?:with|on|as to)|struggling (?:with|to (?:get|find
            understand|make|install|open|connect|set|fix|explain|learn|decide))) (?!words|traffic|next)\w+
        (?:{I} ){0,2}having (?:real |some |terrible |no end of )?(?:trouble|problems?|issues?|difficulty
            difficulties) (?:with|getting|finding|understanding|making|installing|opening|connecting
            setting|working|embedding|using)\b
    """, wants="help", pieces=_PIECES),
)  # fmt: skip
