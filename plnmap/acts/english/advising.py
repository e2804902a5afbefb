"""How people advise: they recommend, say what one could do, what they would do, or what worked for them.

A broadcast that opens with an imperative promotes; an answer that does, advises. So what has no word of
advising in it is read in replies only, and not beside a wink.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.advising_words import CLAUSE_OPENS, LEAD, PIECES, START
from plnmap.acts.english.wording import WORD, spelled
from plnmap.acts.rules import Rule

_NOT_MINE = r"(?!\s(?:me|my|us|our|i|is|was|were|has|forward|later|you|u|soon|up)\b)"
_JEST = r";-?\)|[;:]-?[dp]\b|[😉😂🤣😜😝🤪🙃]|\b(?:lol|heh|ha(?:ha)+|jk)\b|(?<=\s)/s\b"


def _told(name: str, score: float, example: str, block: str, unless: str = "") -> Rule:
    """What opens a clause of a reply, and could as well be said in jest."""
    pattern = LEAD + "(?P<said>" + spelled(block, PIECES) + ")"
    unless = f"{_JEST}|{spelled(unless, PIECES)}" if unless else _JEST
    return Rule(
        f"advice.{name}", "advice", pattern, score, example, unless=unless, needs=("reply",), behind=START
    )


ADVICE: Final = (
    Rule(
        "advice.recommend", "advice",
        WORD + spelled(r"""
        (?:i|we|i'd|i would) (?:\w{1,9} )?(?:recommend|(?:suggest|advise)(?= \w))
        (?<!you )(?<!u )(?:highly|strongly|definitely|would|thoroughly|also) recommend
        my (?:advice|suggestions?|recommendations?|tip) (?:is|are|was|would|for|to|of)
        """) + r"\b",
        0.8, "I'd recommend the early train",
    ),
    Rule(
        "advice.you_should", "advice",
        LEAD + r"(?P<said>(?:you|u|ya)\s" + spelled(r"""
        {SURELY}(?:should|shouldn't|ought to|need to|don't (?:need|have) to) (?!(?:have|know|see|be|of
            love|tell|thank)\b)\w{2,15}
        {SURELY}(?:must|might|may|better|want to) {SURELY}{DO}(?! the state\b)
        {SURELY}(?:could|can) (?!only (?:install|use|see|get)\b){SURELY}(?:{MIGHT_DO}|subscribe|scroll|view
            upgrade|dig out|do (?:an?|nice|quite))(?! (?:me|that(?: again)?)\b)
        {SURELY}(?:might|may) (?:also )?(?:like|want|need|enjoy)
        {SURELY}(?:should|need to|could|might|may) (?:also )?be (?:interested|better|able|careful|clear)
        """, PIECES) + r")\b(?![^.!\n]{0,99}\?)",
        0.6, "You could ask at the library", unless=_JEST, behind=CLAUSE_OPENS,
    ),
    Rule(
        "advice.i_would", "advice",
        LEAD + r"(?P<said>" + spelled(r"""
        i(?:'d| would) {SURELY}{DO}
        if (?:i|it) (?:were|was) (?:you|me)|were (?:i|it) (?:you|me)|in (?:your|ur) (?:shoes|place|position)
        """, PIECES) + r")\b(?!\s(?:with\s)?(?:it|that)\b)",
        0.5, "I'd leave the lid off", unless=_JEST, behind=CLAUSE_OPENS,
    ),
    Rule(
        "advice.have_you_tried", "advice",
        WORD + spelled(r"""
        have (?:you|u) (?:\w{1,9} )?(?:tried(?! it)|considered|thought (?:of|about)|looked|checked|asked)
        why (?:not|don't you) (?:just )?(?:{DO}|{DO_MORE}|rent|do)
        how about(?= (?!(?:you(?:rs?)?|u|in|that|when|we|i|next (?:week|month|\w+day)|tomorrow|tonight
            this (?:week|evening|afternoon)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b
            (?:an? )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|[\d.:]+\W*$))
        worth (?:a|another) (?:try|look|go|read|shot|listen|visit|watch|punt|call|ask)
        worth (?:trying|checking|asking|reading|looking|considering|following|listening|watching)
        """, PIECES) + r"(?!\w)",
        0.6, "Have you tried turning it off and on?", unless=_JEST,
    ),
    Rule(
        "advice.better_to", "advice",
        WORD + spelled(r"""
        (?<!my )(?<!how )(?:best|better) (?:not )?to {DO}
        (?:your|the) best bet|(?:good|great) place to start
        (?:might|may) (?:also )?(?:help(?= (?!(?:me|us|some|our|my|inform|foster)\b))|help(?! )
            be (?:useful|helpful|of (?:use|help))(?! to (?:me|us|some\w*)\b))
        (?:maybe|perhaps) (?:(?:you|u) (?:could|can|should|might) )?{DO}(?= (?!(?:that|is|are|was|were
            has)\b)\w)
        (?:might|may) (?:do the trick|want to {DO})|all (?:you|u) (?:need|have) to do
        """, PIECES) + r"(?!\w)",
        0.5, "Best to book ahead, your mileage may vary", unless=_JEST,
    ),
    # Where a clause opens with a verb, "I" may be left out ("found it", "keep the old one"), or it is a noun
    # ("post to follow"): only verbs that seldom report, and most of them with an object, count as orders.
    Rule(
        "advice.imperative", "advice",
        LEAD + "(?P<said>" + spelled(r"""
        try|use|check|consider(?! yo\w{1,3}rsel)|avoid|recommend|make sure|search for|set up
            look (?:for|into|at(?! (?:this|that|these|those|him|her|them|how|what|all|you|u|me|us)\b))
        (?:have|take) a (?:look|go|listen)|(?:go|listen|talk|speak|switch) to
        don't (?:forget|bother|be|let|(?!get|see|find|read){DO})
        (?:add|ask|change|choose|click|contact|convert|copy|create|delete|download|focus
            find(?! (?:it|that (?:even|the|it|they|when|if|my|i|we|you)|the time)\b)|follow|give|go|ignore
            install|leave|open|paste|pick|press|put|remove|replace|restart|save|select|start|stick|switch|turn|type|upload|watch|write|join|buy
            tell) (?:an?|the|that|this|these|it|your|ur|yourself|him|her|them|his|their|here|with|w/|on|off
            into|through)
        (?:read|ask|follow|add|contact|join|watch|find)(?= [@\0])|see(?= @)
        (?<![!?;:] )(?<!\w{5}, )(?<!\w\. )see(?= \0)
        """, PIECES) + r"(?!\w))" + _NOT_MINE + r"(?=\s\S)",
        0.5, "Try the other socket", needs=("reply",), behind=START,
        unless=_JEST + r"|\bconsider\sit\sdone|\bwatch\sthis\sspace|\bgo\son\sthen\b"
        r"|\bthe\skettle\son\b|\btry\s(?:say|tell)ing\s|\bdon't\s(?:speak\stoo\ssoon|change\sa\sthing|try\sand\b)",
    ),
    _told("told", 0.5, "Rinse it in cold water first", r"""
        {DO_MORE} {THE}\b(?! (?:me|us|my|our|was|were|up|down|go|grow|easy|in why\w*|minute|mo|sec|going
            good|great|grt)\b)(?=[,.;:!]? \S|\W{0,3}$)
        {MIGHT_DO} (?:[\w'-]{1,14} ){0,7}?(?:(?:before|until|till|once|as soon as|so that) (?:you|u|it
            they|any\w*|every\w*)|first|overnight|instead|aloud|out loud|upside down)\b(?! i\b)
        (?:look up (?!to\b|at\b)|read up on )(?=\w)|(?:write|note) (?:it |that |them |things )?down
            cut (?:down|back)|hold down|zoom out
        reach out to|see (?:if|whether) (?:you|u|they|it|there)\b|give [\w' -]{2,24}? a (?:try|go|shot
            whirl|call|ring|week|month|year|read)\b|if in doubt|when in doubt|ask yourself|no more than \w+
        ask (?:for|around)|tell (?:them|him|her) (?:you|that|it|to|what|how)|skip (?:the|that|it)
        let (?:it|them|him|her|the \w{2,12}) (?:rest|dry|cool|stand|soak|sit|try|choose|lead|settle|rise
            drain|set|thaw|simmer|find out|explore)\b(?! (?:you|i|we)\b)
        get (?:yourself|a second|a decent|an? \w{3,10} (?:one|that|with)|it in writing)
        do (?:the \w{3,10} (?:one|bits?|part|thing)s? first|not let)
        (?:start|begin) (?:small|slow(?:ly)?|simple|easy|early|with|by|from|at)|aim (?:for|at|to)
            sleep on it
        just (?:dive|jump) (?:straight )?in\b|keep it (?:simple|short|light|brief|dry|cool|small)
        think (?:of it as|carefully|twice|small)|save (?:early|often)
        (?:opt|go) (?:for|with) (?!it\b)(?=\w)|stick (?:with|to)|take (?:it|things) (?:slow|step|one step)
        wait (?:a few|until|till)\b(?! (?:i|we|he|she|they)\b)
        """, r"""
        \bkeep up the\b|\bsee (?:you|u)\b|\bhelp but\b|\btell (?:me|us)\b
        \b(?:write down|see (?:if|whether))\b[^.!?\n]{0,60}\?\W{0,4}$
        """),
    _told("told_not", 0.6, "Don't sign it until a lawyer has seen it", r"""
        (?:(?:don't|do not|dont) (?:ever )?|never (?!stop|underest|give))(?:accept|agree|apply|assume|buy
            change(?! a thing\b)|charge|click|compare|cut|delete|ditch|feed|give up|hurry|ignore
            leave|lose|mix|move|open|overdo|overthink|panic|pay|plan|press|promise|put|rely|remove|reply|rush
            sell|send|settle|sign|skip|spend|start|stop|switch|throw|touch|trust|try to|turn|underestimate
            upgrade|use|wait|waste|wash|water)\b(?! (?:me|my|us|our|off)\b)
        (?:don't|do not|dont) (?:take|let|give|add|set|put|keep|forget|be) (?!(?:me|us|my|our|it|that
            long)\b)\w+
        always (?:\w{2,9}ly )?(?:add|aim|allow|ask|back up|bring|buy|carry|check|choose|clean|confirm|cut
            double[ -]check|give|include|keep|label|leave|measure|pack|pay|put|read|save|start|take|test
            try|use|wash|wear|write)\b
        whatever you do\b|beware (?:of|the|that)|(?:watch|look) out for|mind the (?!gap\b)\w+
        (?:steer|stay|keep) (?:clear|away|well away|well clear) (?:of|from)
        go (?:easy|gently|slow|light)|hold off|avoid
        be (?:careful|wary|sure to|sure you|honest with|kind to yourself|patient|specific|consistent|firm
            polite|prepared (?:to|for)|aware (?:of|that)|brief|strict)(?! what (?:you|u) wish\b)
        """),
    _told("mind", 0.6, "Bear in mind that it shrinks", r"""
        (?:(?:do|please|you|u) )?(?:bear|keep) in mind|keep an? eye on|remember (?:to|that you|you)
            note that
        make sure|be sure|less is more (?:with|when|in)|little and often
        learn from my mistakes?|speaking from experience
        (?:(?:pro|top|hot|quick|one|little|small|my|a|another|best) ){0,2}(?:pro)?(?:tip|trick|hint
            advice)s?(?: (?:for|with|when) [^.!?:\n]{2,30})?(?: (?:i use|that works
            here))?(?: ?:| is)(?= \w)
        (?:pro|top|hot|quick) ?tip(?:,| -)(?= \w)
        the (?:trick|key|secret|knack)(?: (?:i use|here|for me|really|with \w{2,12}))? is(?: usually| often\
            | always| just)? (?:to|not|never|that you|lots of|\w{3,14}ing|regular|plenty)\b
        (?:(?:a|the|my) )?(?:golden rule|rule of thumb|number one rule)\b[^.!?\n]{0,20}:
        (?:it )?(?:always |often |really |usually )?(?:helps|pays) (?:to|if you|you to|when you)\b
        """, r"""
        \bhelp but note\b|\bremember (?:you|that you) (?:said|saying|\w{2,12}ed|had|having|\w{2,12}ing)\b
        \b(?:make sure|remember|be sure) (?:you|u) (?:don't|do not)\b|\?\W{0,4}$
        """),
    _told("rather", 0.6, "Can't go wrong with a cast iron pan", r"""
        (?:(?<=\+)1|another vote|i second|second(?:ing|ed)|my vote(?: is| goes)?|i(?:'d)? vote
            gets my vote)(?: for| to|:)? (?:the |a |an )?(?!(?:this|it|that|to|for|half|year|day|time
            place|week|goal)\b)\w{2,}
        (?:you )?(?:can't|cannot|won't|cant) (?:go (?:far )?wrong with|beat (?:an?|the) [^.!?\n]{2,30} for)
        (?:i )?swear by (?!(?:the|it)\b)\w+|nothing beats [^.!?\n]{3,40} (?:before|for|when|to|after)\b
        (?:is |are |it's |they're )?hard to beat\b|(?:an? |the )?[\w' -]{3,24}? beats an?\b
        (?:definitely|def|go for|go with|get|take|try|choose|pick|i'd go|i'd get|both fine but
            probably) (?:the )?(?:first|second|third|left|right|top|bottom|last|other|\w{3,8}) (?:one
            option)\b
        (?:the )?(?:first|second|third|left|right|top|bottom|another|\w{3,6}er) (?:one
            option)(?= (?:for me|looks|is|reads|has|works|feels)\b)
        option (?:a|b|c|d|1|2|3|one|two|three)\b
        [\w.+#-]{2,20} (?:over|rather than|instead of) [\w.+#-]{2,20},? (?:any ?(?:day|time)|every time
            always|for (?:that|this))
        [\w.+#-]{3,20} > [\w.+#-]{3,20}
        (?:[\w'-]{1,14} ){1,2}for [\w' -]{3,20}, (?:[\w'-]{1,14} ){1,4}for [\w' -]{3,20}(?=[.!]|$)
        (?:it )?depends (?:on )?(?:(?:what|how|which|whether|if) (?:[\w']{1,12} ){0,4}?you(?:'re)? (?:want
            need|use|have|using|looking|after|trying)|your (?:budget|needs|level|goals?
            setup))\b[^?\n]{0,60}[,.:;-] (?=\w)
        depends ?: |unless you (?:need|want|plan)\b|if (?:you|it's|it is
            they're) [^,.!?\n]{3,40}, (?:maybe|perhaps)\b
        (?:rather than|instead of) [\w' -]{3,30}, (?:an? |just |try|use|go |have |do |why not|maybe
            perhaps|you )(?=\w)
        for [^,.!?\n()]{3,40}(?:, (?:try|use|you want|you need|i'd)| look at| have a look at)\b
        [\w' -]{2,24}? is (?:your friend
            the way to go)
        (?:an?|one|another) (?:(?:good|great|nice|solid|decent|cheap|free|useful|simple|better
            possible) ){0,2}(?:one|option|idea|alternative|choice|place to \w+|start|starting point
            approach|way|solution|trick) (?:is|would be|might be|could be)\b(?! (?:that|about)\b)
            alternatively\b
        (?:might|may|can|could) i suggest|suggest (?:you|u|using|trying)\b|you could do worse than
        ideally(?:,| you| with| in| at| before| after| use| do)\b
        """),
    _told("way", 0.6, "The easiest way is to soak it overnight", r"""
        (?:(?:the|by far the|one|a|probably the|your|another) )?{MOST}(?: \w{3,10})? {WAY}\b[^.!?\n]{0,30}?\
            (?: is| would be| might be|'s| may be|:) (?:probably |usually |often |just |simply )?(?:to|a
            an|the|not|with|by|\w{3,14}ing)\b
        (?:the |one |a )?(?:(?:main|first|important|big) thing(?: here| really)?|thing to (?:watch
            remember|check|avoid|look for|do)) is\b
        (?:it'?s|it is|it would be|would be|it'd be|might be|may be|probably|usually|much|far|prob
            way) {MORE} (?:off )?(?:to|with|by|from|if you|without|using) (?!(?:know|see|hear|be|have|the
            think|age|every|me)\b)\w+
        {MORE} (?:with|by|from|if you|without|using) (?!(?:the|age|every|me|far)\b)\w+
        (?:(?:it'?s|it is|would be|it'd be|might be|may be|always|prob|probably) )?(?:an? )?(?:(?:good
            great|smart|sensible) (?:idea|move|plan)|wise|sensible|best|smart) to {MIGHT_DO}\b
        (?:it )?(?:might|may|could|would|'d) (?:be|well be) (?:an idea|worth|(?:wise|best|better|easier
            safer|quicker|simpler|sensible)(?= to\b))
        (?:there's )?no need to (?!read\b){MIGHT_DO}\b
        (?:there's |there is )?no (?:point|harm|sense) (?:in )?(?!cry|argu|worry)\w{3,12}ing
        (?:it )?(?:can't|doesn't|won't|never|wouldn't|couldn't) hurts? to
        (?:it's |probably )?not worth (?:the|\w{3,12}ing)\b
        (?:well |totally )?worth (?:every penny|the money|the extra|the effort(?! ?[.!])|paying|doing|getting
            joining|waiting|investing|exploring|having|adding|installing|playing|using)
        (?:it |that |they |you |this )?(?:should|'ll|will) (?:be|all be) (?:fine|ok|okay|alright|enough
            safe) (?:if|with|as long|unless|without)
        """),
    _told("you_want", 0.6, "You'll want a longer ladder", r"""
        (?:you|u|ya)(?:'ll| will| would|'re| are)? (?:(?:probably|just|only|really|also|prob|definitely
            much|even) ){0,2}(?:need (?:an?|to|some|the|something|more|less) (?!(?:see|know|hear|be|say
            think|tell|laugh|holiday|drink|break|hug|life|new|rest|medal|lie|get out|stop
            have choice)\b)[\w'-]+|want (?:the|something|more|less|an? \w{3,10}er)\b|(?:better|best) off\b
            do well to\b|do better (?:to|with)|be wise to|find (?:it|that it|them) (?:easier|better
            helpful))
        (?:you|u)(?:'d be|'ll be| would be| will be) (?:better|best) off\b|(?:you|u)'d (?:do well to
            do better to)\b
        (?:you|u)(?:'ll| will) want (?:an?|to|some|the) (?!(?:see|know|hear|be|laugh|cry)\b)[\w'-]+
        (?:you|u)(?:'ll| will)? have to (?:{MIGHT_DO}|peel|learn|watch|wait)\b(?! (?:up|out|me)\b)
        (?:you|u)(?:'ll| will| won't) (?:not )?regret|you've got to (?:{MIGHT_DO})\b
        what (?:you need is|i'd do is|i do is|you want is)
            (?:it |this |that )?(?:just |probably )?needs (?:more|less|fewer) (?!(?:up)?votes?\b)\w+
        (?:you|u) (?:can|could) always (?!(?:see|tell|feel|hear|say|be|have|count|rely|trust)\b)\w{3,12}
        (?:you|u) (?:can|could|might|may) (?:\w{2,9}ly )?(?:get away with|have to (?:ask|\w{3,9} (?:it
            them)))
        could (?:always|just|also|maybe) {MIGHT_DO}\b
        (?:you|u) (?:need|have) to {DO_MORE}\b|ideally you'd\b
        (?:you|u) (?:don't|dont) (?:(?:have|need|want) to (?!(?:tell|be|know|say|thank|have|believe|go
            like|love|agree)\b)\w+|need (?:an?|it|the) (?!title\b)\w+|need to\b)
        they (?:have to|must|should|are obliged to) (?!(?:be|have|know|learn|think|do
            see)\b)\w{3,9} (?:you|u)\b
        """, r"\?\W{0,3}$|\bdo you\b"),
    _told("i_wouldnt", 0.5, "I wouldn't bother with the lid", r"""
        (?:i (?:would not|wouldn't|wouldnt)(?: (?:{MIGHT_DO}|bother|worry)\b(?! (?:about me|so|that|it)\b)
            (?=[.,;] \w))|wouldn't (?:bother|rely|trust|rush|risk|touch|buy|use|worry))
        i(?:'d| would) (?:(?:probably|personally|definitely|rather|also|just|always|maybe
            say) ){0,2}(?:hold off|steer|opt|go (?:for|with) (?!that\b)(?=\w)|be (?:tempted|inclined|wary
            careful|cautious)|treat|budget|allow|think about|look)\b(?! (?:forward|it|that|with that)\b)
        (?:would|i'd) (?:definitely |probably |just )?(?:steer|stay|opt for|start with|avoid|hold off)\b
        i(?:'d| would) say (?:go|just|leave|wait|take|try|about|at least|two|three|use|start|skip|keep
            yes,)\b
        if (?:i'm|im|you want me to be) honest,? i'd
        """),
    _told("found", 0.5, "What worked for me was an early start", r"""
        (?:one thing |something )?(?:what|thing that|things that|only thing that)(?: really
            always| ever| has){0,2} (?:works?|worked|helps?|helped) (?:(?:well|best|great|brilliantly
            wonders) )?(?:for |with |on )?(?:me|us|my|our|ours|mine)\b
        (?:(?:it|that|this|they|these|which) )?(?:really |always )?(?:works|worked|helped
            helps) (?:(?:well|best|great|brilliantly|wonders|a treat) )?(?:for|with|on) (?:us|our|mine
            ours|my (?:class|kids|students|pupils|\w{3,10}s)|me[:,-])
        helped me (?:no end|a lot|loads|to|massively|hugely)
        (?:i|we)(?:'ve| have) had (?:good|great|some|best|better) (?:results|luck|success
            experiences?) (?:with|using|by|when)
        (?:i|we)(?:'ve| have)? (?:always |often |usually )?(?:found|find) (?:that )?(?:it )?(?:helps
            helped|easier|better|best|easiest|useful to|helpful to|\w{3,12}ing [^.!?\n]{3,60}(?:helps?
            works?|shows?|makes?|easier|better|well)|it went)\b
        (?:i|we) (?:just |now |simply |mostly |personally )?(?:use|keep|store|soak|freeze|do) (?:mine|ours
            them|an?|the|this|that|\w{3,12}) [^.!?\n]{0,30}?(?:for (?:that|this|it|mine|ours)|to (?:do
            make|keep|get) (?:that|this|it|them)|and (?:it|that|they))\b
        we ended up \w{3,12}ing
        (?:i|we) (?:switched|changed|swapped|moved over)(?: over)? to [^.!?\n]{2,40}(?:and|no|much|since
            because|never|for)\b
        (?:i )?had the same (?:problem|issue|thing|trouble|error)\b[^?\n]{0,20}[,.:;-] (?=\w)
        in (?:my|our) (?:school|class|classroom|dept|department|office) (?:we|i|they)
        (?:in my experience|ime)[, ] ?(?!(?:people|they|it's|he|she|everyone|nobody)\b)\w+
        mine (?:stopped|started|went|got|works?|worked|runs?|did) [^.!?\n]{3,40}\b(?:once|after|when|fine
            better)\b
        (?:best|only) thing i (?:ever )?(?:did|tried|bought|found)\b|took me [^.!?\n]{2,30}, but
        """, r"\?\W{0,3}$|\bthanks?\b|\bthx\b"),
    _told("there_is", 0.6, "There's a setting for that under privacy", r"""
        there(?:'s|s| is| are| used to be) (?:also |even |always )?(?:an?|some|several|one|loads of
            lots of|plenty of) (?:(?!number\b)[\w'-]{2,14} ){0,3}?{AID} (?:for|that|which|on|by|called|in
            under|to|here|at|with|about)\b
        (?:it's|its|it is|that's|should be|you'll find it|look|they're) (?:all |hidden |usually |probably \
            |normally |buried )?(?:in|under) (?:the )?(?:\w{2,12} )?(?:menu|settings|preferences|options
            view|tools|file|edit|insert|format|help|tab|toolbar|sidebar)\b
        the (?:setting|option|button|command|function|shortcut|feature|thing|one|page|form|person|book
            tool|word|term) (?:you(?:'re)?|to) (?:want|need|look|after)
        [^.!?\n]{2,50}?\b(?:is|are) the (?:person|one|people|place|man|woman|guy|team|ones
            folks) to (?:ask|see|talk|contact|try|speak|go|email|follow|watch)
        sounds like (?:a job|one) for|(?:that|this) is where an? [\w -]{3,20} (?:shines|comes in|helps)
        sounds like (?:the|a|an|your) [^.!?,\n]{2,30}(?: needs| is (?:gone|dead|loose|dirty)| to me)\b
        the (?:docs|manual|instructions|usual advice|advice|rule|guidance|general advice
            standard advice) (?:says?|is|are) to\b
        \w{3,15} (?:does|can do|will do) (?:exactly |just |all )?(?:that|this
            it)(?:,| and| for| quite| really|too| well| automatically| nicely)
        (?:the )?[\w' -]{3,24}? (?:does (?:everything|all) you need|(?:is|are) (?:just as good|good enough
            all you|need))\b|the [\w -]{3,20} ones? (?:is|are) fine\b
        """),
    _told("cause", 0.5, "Did you check the fuse?", r"""
        (?:probably|usually|likely|might|may|could)(?: well)?(?: be)? (?:the|your|a (?:loose|dead|faulty
            dirty|bad)) [\w-]{3,15}(?: [\w-]{3,15})?\W{0,3}$
        (?:it's|its|that's|that'll be|it'll be) (?:probably|usually|likely|often|nearly always
            almost always) (?:the|your|a) [\w-]{3,15}
        (?:that'll|it'll|that will|it will) be (?:the|your) (?!(?:day|one|end|last|first|best)\b)\w+
        did (?:you|u) (?:remember to |try |already )?(?:check(?! out)|try|restart|reboot|ask|reset|update
            clear|switch|turn|plug|ring|call|empty)\b
        have (?:you|u) (?:already |just |since )?(?:restarted|rebooted|updated|cleared|reset|contacted
            emailed|phoned|rung|switched|spoken to|turned|googled|searched|plugged)\b
        (?:any chance|could) (?:it's|it is|it be) (?:the|your|a)\b
        is it (?:plugged|switched|turned) (?:in|on|off)
        (?:tried|considered|thought (?:of|about)) (?:\w{3,12}ing|a|an|the)\b[^.!\n]{2,50}\?
        (?:maybe|perhaps) (?:less|more|fewer|an? (?:\w{3,8}er|different|second|separate|simple|bit more
            bit less|little)) [^.!?\n]{2,30}\?\W{0,4}$
        what about (?:using|trying|asking|getting|putting)\b
        """),
    _told("will_do", 0.5, "A drop of oil will cure that", r"""
        (?:(?:once|when|after|if) [^.,!?\n]{3,30}?,? )?(?:an?|some|the|two|three|four|five|ten|half
            plenty of|lots of|more|less|\w{3,10}er|new|that|this|it) (?:[\w'-]{2,14} ){1,8}?(?:will|'ll
            should|would|usually|always) {HELPS}\b
        (?:first|step 1|step one|start with)\b [^.!?\n]{3,60}[,;.] (?:then|next|step (?:2|two)|and then)\b
        [^.!?,\n]{8,60} and (?:it|they|you|that)(?:'ll| will| should) (?:\w{2,8}ly )?(?:be (?:fine|perfect
            ok|okay|sorted|golden|set|ready|good as new)|come|work|grow|last|feel better)\b
        the more you \w{3,12}\b[^.!?\n]{0,30} the \w{3,9}
        (?:when|once|if) (?:mine|ours) \w{3,9}s?\b[^.!?\n]{0,30} (?:i|we)\b
        (?!i\b|we\b)[\w'-]{2,20}(?: [\w'-]{2,12}){0,3}? (?:might|may|could
            should) (?:also |just )?(?:suit (?:you|your|u)|do (?:it|the (?:job|trick))|be an option
            be ideal for|be perfect for)\b
        if (?:you|u) (?:hold|press|click|use|add|put|leave|turn|set|open|type|go|right[ -]click|select
            want|need|do|are|have|'re|can|don't|like|decide)\b[^.!?\n]{2,60}(?:, (?:you can|you could
            there's|it'll|book|take|the \w{3,12} (?:is|has|will))| (?:it|they|that) (?:will|should
            \w{3,9}s)\b)
        (?:everyone|everybody|most people|most of us|the pros|folks) (?:i know |here )?(?:uses?|swears? by
            starts? with|recommends?|goes? (?:for|with))\b|people swear by\b
        """, r"\?\W{0,3}$"),
)  # fmt: skip
