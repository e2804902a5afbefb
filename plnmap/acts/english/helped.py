"""Thanks without the word: wording that says that the help of the person addressed came good.

It names their part in it ("your tip", "as you said", "without you"), or judges what they said by what came
of it ("that cleared it up"). What could as well be said of something else is an uptake at most, which counts
beside thanks only. Hopes, questions, and what third persons gave or got are left out.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.helped_words import NOT_MINE, PIECES
from plnmap.acts.english.wording import WORD, spelled
from plnmap.acts.rules import Cues, Rule


def _helped(name: str, score: float, example: str, block: str, unless: str = "") -> Rule:
    """A gratitude of the first tier: what else is thanked for is found beside it."""
    pattern = WORD + spelled(block, PIECES)
    unless = f"{NOT_MINE}|{spelled(unless, PIECES)}" if unless else NOT_MINE
    return Rule(f"gratitude.{name}", "gratitude", pattern, score, example, "help", unless, ("addressed",))


HELPED: Final = (
    _helped("your_help", 0.8, "Your tip worked!", r"""
        (?:{YOUR_AID}|{BEGIN}(?:that|those) (?:\w{2,12} )?(?:{SAID}|{REMARKED}|{LENT}
            {SHARED}))(?: (?:about|on|for|with|re|abt|of|regarding|to|in|from
            you \w{3,9}) [^.!?,\n]{1,30}?)? {REALLY}{CAME_GOOD}
        {YOUR_AID}\b(?! (?:is|are|looks?|sounds?)\b)[^.?\n]{0,40}? {OUTCOME}\b
        {OUTCOME}\b{NEAR}{YOUR} (?:\w{2,14} ){0,3}(?:ideas?|tips?|trick|advice|suggestions?|method
            instructions|example|explanation|screencast|feedback)\b
        {YOUR} (?:\w{2,14} ){1,3}?(?:really |totally |just |also |so |actually |has |have )?(?:helped
            rescued|saved|taught) (?:me|us)\b
        {YOUR} (?:\w{2,14} ){1,2}?(?:is|was|were|are|has been|have been) {VERY}(?:\w{2,12} )?help\
            (?:ful)?{END}
        {YOUR} (?:guess|hunch|theory|diagnosis|suspicion|instincts?) (?:was|were) (?:right|correct|spot)
        (?:what a|the) difference {YOUR} \w{3,12} made
        """, r"""
        \byour (?:\w{2,12} ){0,2}(?:{SAID}|{REMARKED}|{LENT}) (?:\w{2,9} )?(?:does|did|is|was|has|would
        could|can)(?:n't|nt| not)\b
        \bthe {SAID} of (?!yours)|\bquoted? (?!you)|\bgame plan\b|\b(?:no luck|unfortunately|sadly)\b
        """),
    _helped("took_advice", 0.8, "Took your advice and rang them", r"""
        (?:(?:i|we|i've|ive|we've|i'm|im|just|finally|so|then|and|also|been|ended up) (?:\w{2,9} )?
            {BEGIN})(?:took|taken|followed|following|went with|gone with|used|using|tried|applied|adopted
            heeded|implemented|acted on|acting on|stuck to|listened to|borrowed|ran with|put|stole
            nicked) (?:all (?:of )?)?{YOUR_AID}\b(?!\?| to ask\b)
        (?:on|upon|as per|per|after|following|because of) {YOUR} (?:\w{2,12} ){0,2}?(?:advi[cs]e
            recommendations?|suggestions?|tips?|rec|recco|say-so|prompting|hint|nudge|instructions|guidance
            encouragement|explanation|feedback|pep talk|warning)\b(?!\?| (?:is|was|are|would|please)\b)
        (?:thanks|thx|due) to {YOUR_AID}\b(?! (?:to|with)\b)
        {BEGIN}(?:that was )?(?:an? )?(?:good|great|excellent|wise|sound|top|solid|brilliant|inspired
            perfect) (?:advice|tip|suggestion|recommendation|call|shout|idea
            thinking)\b(?: (?:on|about|re|with) [^.!?\n]{1,30}?)?[,.!;:\s-]{1,4}(?:(?:that|it|i|we|and|just
            so|they|no) )?(?:took it|worked|it worked|just (?:used|tried|did|bought|ordered)|saved
            had (?:it|one)|got (?:the last|it|one)|needed|i needed|no \w{5,12}|glad i|i'm glad|did it|done
            sorted|fixed|the whole)
        best (?:\w{2,12} )?(?:advice|tip|recommendation|lesson) (?:i've|ive|i|we|anyone|anybody|that
            ever) [^.!?\n]{0,30}(?:was (?:yours|from you|you\W{0,3}$)|had all (?:year|week|day)|still use)
        (?:think of|remember|use|stick to|live by) {YOUR} (?:advice|words|tips?|trick
            rule) (?:\w{2,9} )?(?:every|each|all the|daily|whenever|often|always)
        still (?:use|using|have|do|follow|remember|swear by|think of) {YOUR} (?:\w{2,12} )?{SAID}\b
        with {YOUR} (?:\w{2,12} )?(?:help|guidance|advice|support|notes|encouragement|coaching|tips
            instructions)(?=\W{0,4}$|[.,!]| (?:i|we) (?!will|can|could|hope))
        """, r"""
        \b(?:he|she|they|nobody|somebody|someone|everyone) (?:\w{2,9} )?(?:took|followed|did|used|tried
        does|would)\b
        \btaking your advice would|\b(?:no luck|unfortunately|sadly)\b
        """),
    _helped("as_told", 0.7, "Rang the landlord like you told me", r"""
        (?:(?:i|we|i've|ive|just|finally|so|then|and|ended up) |{BEGIN})(?:did|done|doing
            tried) (?:(?:exactly|just|precisely|it) )?(?:what|as|like|the way|the \w{3,9}) {YOU} (?:said
            told (?:me|us)|suggested|recommended|advised|showed (?:me|us)|taught (?:me|us))
        (?:(?:i|we|i've|just|finally|so|then|and|also) (?:have )?|{BEGIN})(?:rang|called|bought|got|went to
            read|tried|used|took it to|contacted|emailed|using|been using|visited|watched|ordered|joined
            made) (?:the|that|those) (?:[\w'-]{2,14} ){1,3}(?:that )?{YOU} (?:said|suggested|recommended
            mentioned|told (?:me|us)|gave (?:me|us)|sent|showed|lent|linked|pointed|posted)\b
        (?:took|taking) what {YOU} (?:said|told (?:me|us))
        (?:as|like) {YOU} (?:suggested|advised|recommended|told me)\b,? (?:and )?(?:i|we)(?:'ve\
            | have)? (?!think|agree|know|would|feel|don't|could|should|can|will)\w{3,12}
        (?:i|we)(?:'ve| have)? (?:\w{2,9} )?\w{2,9}(?:ed|t|ke|de|id) [^.!?\n]{0,40}\b(?:as
            like) {YOU} (?:suggested|advised|recommended|told (?:me|us)|showed (?:me|us))\b
        {FIRST}(?:spoke|rang|called|emailed|asked|moved|planted|changed|swapped|switched|put|set|cut|left
            went|tried|added|took|wrote|sent) [^.!?\n]{2,50}\b(?:as|like|where) {YOU} (?:said|suggested
            advised|recommended|told (?:me|us)|showed (?:me|us))\b
        {YOU} were (?:so |quite |totally |absolutely |dead )?(?:right|spot[ -]on
            correct)\b(?:{NEAR}{OUTCOME}\b|[,.:;]? it (?:was|is) the\
            | to (?:tell|make|push|warn|say|insist|suggest))
        (?:turns out|turned out|ok|yep|yes|ha|as usual)\W{1,3}{YOU} were (?:so |quite |totally |absolutely \
            |dead )?right about
        it was (?:just |only |exactly |indeed )?(?:the |a )?(?:\w{2,12} ){0,2}(?:what |as \
            |like )you (?:thought|guessed|suspected|predicted|said)
        (?:talking|speaking|chatting|listening|writing) (?:to|with) (?:you|u) (?:really |always |yesterday \
            |just |today |has )?(?:helped|helps|made|sorted|cleared|gave)
        (?:our|the|that) (?:chat|talk|conversation|session|call|lesson)s? (?:with you )?(?:(?:really|so|has
            yesterday|today|last night|earlier|was) ){0,3}(?:helped|(?:just|exactly) what i needed
            so helpful|really helpful)
        (?:glad|lucky|good (?:job|thing)) (?:that )?(?:i|we) (?:asked|listened to|spoke to|talked to
            checked with|consulted) (?:{YOU}|here)\b(?! (?:out|to)\b)
        exactly (?:as|what|where|like) {YOU} (?:guessed|thought|suspected|predicted)|lucky i asked\b
        took {YOUR} word for it
        wish (?:i'd|id|i had|we'd) asked (?:you )?(?:sooner|earlier|before
            (?:weeks|months|years|days|ages) ago)
        (?:i'm |im |so |very |really |{BEGIN})(?:glad|lucky|good (?:job|thing)) (?:that )?{YOU} (?:(?:told
            warned|nagged) (?:me|us)(?! (?:you|it was your)\b)|mentioned (?:it|this|that)|pointed|suggested
            recommended|(?:persuaded|convinced|talked) me)\b
        still (?:use|using|have|got|do|follow|remember|swear by|think of) (?:all )?(?:that|the
            those) (?:\w{2,12} ){1,3}you (?:taught|told|showed|gave|wrote|sent|made|recommended|lent|drew)
        """, r"""
        (?:did|does|do|is|was|has|have|could|would|wo|ca)n['o]?t (?:work|help|fix|make|get|find|understand
        seem)|\bno luck\b|\bunfortunately\b
        \bsadly\b|\bstill (?:not|no|getting|can't|doesn't)\b|\b(?:hated|rubbish|terrible|dreadful|awful
        useless|failed|wrong)\b
        \b(?:he|she|they) (?:did|said|does)\b|\bthings you mentioned are\b
        """),
    _helped("came_of_it", 0.6, "Loving the book you mentioned", r"""
        {PART}\b{NEAR}{OUTCOME}\b|{OUTCOME}\b{NEAR}{PART}\b
        """, r"""
        (?:did|does|do|is|was|has|have|could|would|wo|ca)n['o]?t (?:work|help|fix|make|get|find|understand
        seem)|\bno luck\b|\bunfortunately\b
        \bsadly\b|\bstill (?:not|no|getting|can't|doesn't)\b|\b(?:hated|rubbish|terrible|dreadful|awful
        useless|failed|wrong)\b
        \b(?:he|she|they) (?:did|said|does)\b|\bthings you mentioned are\b
        """),
    _helped("without_you", 0.8, "Couldn't have done it without you", r"""
        {WOULD_NOT}{HAVE}? {EVER}{DONE}\b[^.!?\n]{0,50} {BUT_FOR_YOU}
        (?:never|not) (?:would|could){HAVE}? {EVER}{DONE}\b[^.!?\n]{0,50} {BUT_FOR_YOU}
        (?:(?:i|we)(?:'d|d| would)|would)(?:{HAVE})? (?:have |be \
            |been )?{EVER}{LOST}\b[^.!?\n]{0,50} {BUT_FOR_YOU}
        never (?:would|could){HAVE} (?:\w{2,9} )?(?:thought|found|noticed|spotted|figured|known
            worked)\b(?: (?:of |out )?(?:that|it|this)\b|[^.!?\n]{0,30} (?:out|myself|on my own)\b)
        {WOULD_NOT}{HAVE} (?:\w{2,9} )?(?:thought of|found|figured|noticed|spotted|worked
            known)\b[^.!?\n]{0,40} (?:myself|on my own|by myself|alone|otherwise)
        (?:{FIRST}|and |or ){BUT_FOR_YOU}[^.!?\n]{0,40} (?:i|we|this|it)(?:'d|d| would| could| might\
            | wouldn't)
        without {YOUR_AID}\b[^.!?\n]{0,12} (?:i|we)(?:'d|d| would| could| might)
        (?:none of (?:this|it)|this|it|that) would(?:n't|nt| not| never)?{HAVE}? (?:happened|been possible
            exist|be possible) {BUT_FOR_YOU}
        {YOU}(?:'ve| have)? (?:really )?(?:made|helped make) (?:it|this|that
            all (?:of )?this) (?:all )?possible
        (?:(?:it|this|that)(?:'s|s| is| was) |{FIRST}|\b)(?:all |entirely |mostly |largely )(?:down|thanks
            thx) to {YOU}(?=\W{0,4}$|[,.!]| that\b)
        (?:(?:it|this|that)(?:'s|s| is| was) |{FIRST})(?:down|thanks|thx) to {YOU}(?=\W{0,4}$|[,.!]| that\b)
        (?:managed|understand|unstuck|finally|averted|back)\b{NEAR}thanks to {YOU}(?=\W{0,4}$|[,.!])
        as much yours as|{YOU} (?:have|deserve) a share
        (?:half|part|much|most|all) (?:of )?(?:this|it|that) is (?:all )?{YOUR} (?:work|doing)\b
        this is all {YOUR} doing
        (?:what|where|dunno what|don't know (?:what|where)) (?:would|wud|i'd|id|we'd) (?:i |we )?(?:do|be
            have done) without (?:you|u|{YOUR} (?:\w{2,12} )?(?:{SAID}|{LENT}))\b(?! (?:tonight|here
            there)\b)
        (?:all because of|credit to) (?:{YOU}|{YOUR} \w{2,14}){END}
        (?:better|stronger|clearer|easier|richer|tighter) for {YOUR} (?:{SAID}|{REMARKED}|{LENT})
        because of (?:{YOU}|{YOUR} \w{2,14}),? (?:that )?(?:i|we|my)\b
        \bonly (?:a |an )?(?:\w{2,12} ){1,2}because of {YOU}\b
        """, r"\bmusic\b|\byour fault\b"),
    _helped("saved", 0.8, "You just saved me hours", r"""
        (?:{YOU}(?:'ve|ve| have)?|{YOUR} (?:\w{2,14} ){0,2}?\w{2,14}|that(?:'s| has)?
            this) {REALLY}(?:saved|saves|rescued|spared) {SAVED}
        ^(?:@\w{1,30}\W{1,3}){0,9}{REALLY}(?:saved|rescued|spared) {SAVED}
        {URE} (?:(?:a|an|the|such|absolute|total|real|complete|my|literal) ){0,3}life[ -]?savers?
        (?:^(?:@\w{1,30}\W{1,3}){0,9}|what )(?:(?:a|an|such|absolute|total|real
            complete) ){0,3}life[ -]?savers?{END}
        {YOU} (?:just |really )?(?:got|pulled|dug|helped) (?:me|us) out of (?:a|that|this) \w{3,9}
        ^(?:@\w{1,30}\W{1,3}){0,9}(?:dug|got|pulled) me out of a \w{3,9}
        """),
    _helped("owed", 0.7, "I owe you a pint", r"""
        (?:(?:i|we) (?:so |really |totally |definitely |do |still |think i )?
            {BEGIN}(?:so |really |think i |defo )?)owe {YOU} (?:one|big|so much|everything|my \w{3,12}
            (?:a|an|some|several|many|another|all the|\w{3,9}) (?:\w{2,12} ){0,2}?{DRINK}
            {DRINK})(?! (?:from|since)\b)
        (?:(?:in|am|i'm) )?(?:forever |eternally |deeply |much )?in (?:{YOUR}|{YOU}(?:r \w{2,9})?) debt
        (?:much|forever|eternally|deeply|i'm|am|so) indebted
        how (?:can|could|will|do) i (?:ever )?(?:repay|thank) {YOU}
        (?:don't|dont|dunno) (?:know )?how (?:to|i can|i'll) (?:ever )?(?:thank|repay) {YOU}
        can(?:'t|not|t) thank {YOU} enough\b(?! for (?:coming|being|the (?:love|support|kind)))
        {DRINK}(?:'s|s|'re| is| are)? on me[^.!?\n]{0,30}\b(?:for (?:that|this)
            (?:that|it) (?:was|did|work(?:s|ed))|you saved)
        (?:i'll|ill|i will|let me|remind me to|i must|must|i should) (?:be )?(?:buy|buying|get|stand|bake
            make) {YOU} (?:\w{1,4} )?(?:\w{2,9} )?{DRINK}[^.!?\n]{0,25}\b(?:for (?:that|this|all)
            that \w{3,12} was)
        """, r"\bif you (?:win|can|could|find|come|make|know|get)\b"),
    _helped("unstuck", 0.7, "That put me back on track", r"""
        (?:that|this|which|you|and|your \w{3,14}) {REALLY}(?:got|put|set|pointed|steered) (?:me
            us) (?:(?:right )?(?:unstuck|straight|going again|there in the end)|back on track
            on (?:the )?right track|in the right direction|over (?:the|that|a) (?:hump|hurdle)
            out of (?:a|that|this) (?:hole|mess|bind|fix|jam))
        (?:i )?tried (?:that|it|this|what you \w{3,12}|your \w{3,12}
            the \w{3,12} (?:thing|trick|tip))[^?\n]{0,30}?\W{1,3}(?:and )?(?:it )?(?:worked|works|wow)\b
        {FIRST}(?:reporting back|report back|quick update|update|as promised)\b[^?\n]{0,30}?\b(?:worked
            works)\b
        {FIRST}(?:can confirm|i can confirm)[,:]? (?:that |it |your \w{3,9} )?works
        """, r"\btry\b|\bnot me\b|\bwell that did it\b|\bno luck\b"),
    _helped("now_clear", 0.6, "Makes so much more sense now", r"""
        {BEGIN}(?:(?:that|this|it|which) )?(?:finally |now )?makes (?:(?:so much|a lot|much|more|total
            perfect|complete) ){1,3}sense (?:now|when you)
        (?:that|this|it|which)(?:'s| has)? (?:\w{2,9} )?(?:clear(?:s|ed) (?:it|that|things|this|everything
            up) (?:\w{2,9} )?up|cleared up \w|answer(?:s|ed) (?:my question|that|it))
        {BEGIN}clears (?:it|that|things) up|(?:that|it) (?:was|had been) (?:bugging|driving) me
        (?:understand|get) (?:it|this|that) (?:so much |much |far |a lot |way )better (?:now|after|since
            thank)
        {BEGIN}(?:(?:that's|thats|it's|all) )?(?:so )?(?:much|far|a lot|way) clearer(?: now)?(?=\W{0,4}$
            [.!,])
        (?:you|u)(?:'ve)? (?:just |really )?(?:explain(?:ed)? (?:it|that|this|things) (?:\w{2,12} )?(?:so
            better|well|clearly|beautifully|brilliantly|perfectly)|put my mind (?:at|to)
            made (?:it|that|this) (?:all )?(?:so |much |very )?(?:clear|click|make sense|simple|easy)
            cleared (?:it|that|things) up|answered my|set me straight)
        (?:the way|how|when) {YOU} (?:\w{2,9} )?(?:explained|put|described|drew
            showed) [^.!?\n]{0,30}(?:made |makes |clicked|helped|sense)
        clicked (?:when|after|once|as soon as) (?:{YOU}|{YOUR})\b
        (?:so )?(?:obvious|simple|easy|clear|clearer) (?:now|when) (?:{YOU}(?:'ve|ve\
            | have)? (?:\w{2,9} )?(?:say|said|put|point|mention|explain)\w{0,2}|that you)
        even (?:i|my \w{3,9}) could follow (?:that|it|your)|{FIRST}(?:you )?hit the nail on the head
        {BEGIN}why (?:didn't|didnt|did) i (?:not |never )?(?:ever )?think of (?:that|it)
        {BEGIN}so (?:that's|thats) how (?:you|it|to|one)\b
        never (?:really |quite |properly )?(?:understood|got|grasped|knew) [^.!?\n]{1,50} (?:till|until
            'til|before) (?:{YOU}|{YOUR})\b
        (?:nobody|no one|no-one) (?:has |else )?(?:ever )?(?:explained|told|showed
            taught) [^.!?\n]{1,50}like (?:that|this|you)
        clearest (?:explanation|answer)\b
        """, r"\bair\b|\bsk(?:y|ies)\b|\bwater\b|\bpeople\b"),
    _helped("just_needed", 0.6, "That's exactly what I was looking for", r"""
        (?:that|this) was (?:just |exactly )?the (?:push|nudge|kick|hint|boost|prompt|answer|reminder
            missing \w{3,9}) (?:i|we) needed{END}
        {BEGIN}(?:this|that|which)(?:'s|s| is| was) (?:just|exactly|precisely) (?:what|the \w{3,9}) (?:i|we
            my \w{3,12}) (?:(?:was|were|am|'m|have been|had been) (?:looking for|after|missing|hoping for)
            need(?:ed)?\b|wanted){END}
        """, r":\sa\s|\bnot[.!]*$"),
    _helped("helpful", 0.7, "That was so helpful", r"""
        {BEGIN}(?:that|this|which)(?:'s|s| is| was| has been) {REALLY}{VERY}(?:helpful|useful){END}
        {BEGIN}(?:that )?{REALLY}(?:helps|helped) (?:so (?:much|very)|a (?:lot|ton|bunch)|loads|lots|heaps
            massively|enormously|immensely|hugely|no end|me no end|more than you)
        {BEGIN}(?:that|this|it) (?:(?:has|have|really|so) ){1,2}helped(?: me| so much| a lot| loads)?{END}
        you(?:'ve|ve| have|'re| are| were) (?:been )?(?:always )?{VERY}(?:(?:great|massive|big|huge|real
            enormous|fantastic|wonderful) )?(?:helpful|help)(?=\W{0,4}$|[.,!]\
            | (?:with|to me|today|this|over|and|when|during)\b)
        you(?:'ve| have)? (?:(?:really|so|totally|just) )?helped (?:me|us) (?:so much|a lot|loads|out
            more than|get|through|understand|see|fix|with|solve|sort|decide|find|choose|over|past)
        {BEGIN}(?:that(?:'s|s| is| was) )?(?:such )?(?:an? )?(?:massive|huge|big|great|enormous|fantastic
            tremendous) help(?=\W{0,4}$|[.,!])
        {YOU} (?:took the time (?:to|when)|were (?:always )?so patient|answered (?:all|every)
            put up with (?:all )?my|prepared me|vouched for me|nagged me|helped me when|pulled me)
        {YOU} (?:just )?(?:caught|spotted) (?:an?|the|what|my) [^.!?\n]{0,30}\b(?:mistakes?|bug|typo|error
            missed|problem|slip|leak)\b
        {YOU} believed in me|in (?:the|my) acknowledge?ments|made a convert of me
        (?:never|won't|wont) forget (?:what you did|how you helped|your (?:help|kindness|advice))
        {YOU} never (?:let me down|fail to)|knew i could count on {YOU}
        {YOU} (?:have|'ve got|got) a gift for (?:explaining|teaching)
        (?:kind|good|nice|generous|sweet|lovely) of {YOU} to (?:explain|help|look|check|answer|send|take
            reply|read|lend|point|tell|show|teach|write|find|offer)
        generous with {YOUR} time
        (?:no idea|don't know|dont know) how much (?:that|this|it|you|your \w{3,12}) (?:has \
            |have )?(?:helped|helps)
        what a (?:\w{2,9} )?help (?:you|that)
        """, r"\bbig help (?:you are|that is)\b|\bno help\b|\bthat's also\b"),
    _helped("taught", 0.7, "You taught me so much", r"""
        (?:learn(?:ed|t)|learning) (?:so |such |really )?(?:much|a (?:lot|ton|great deal)|loads|lots|tons
            heaps|more|everything|most|plenty) (?:\w{2,9} ){0,3}?(?:from|with|thanks to) (?:you|u
            {YOUR} (?:[\w-]{2,14} ){0,2}?(?:{SAID}|{REMARKED}|{LENT}|{SHARED}))
        everything (?:that )?i know [^.!?\n]{0,40}(?:from|thanks to|because of) (?:you|u)\b
        i'm (?:a|an) better \w{3,12} (?:for|because of|thanks to) (?:knowing )?you
        {YOU}(?:'ve|ve| have)? (?:really |literally )?(?:taught|shown|showed) me (?:so much|everything
            all i know|a lot|loads|how to|more than|most)
        (?:what|trick|knot|stitch|method|recipe|shortcut|technique
            lesson)s? (?:that )?{YOU} (?:once )?(?:taught|showed) me\b
        {YOU} changed the way i\b
        you(?:'ve|ve| have| were) (?:been )?(?:always )?(?:a |an |such a |the |my )(?:great|wonderful
            brilliant|amazing|fantastic|kind|generous|best|fabulous|patient|true|real) (?:mentor|teacher
            coach|tutor|supervisor)
        (?:wish|if only) you(?:'d| had) been my (?:teacher|tutor|lecturer|mentor)|where were you when i was
        best (?:teacher|mentor|tutor|coach|supervisor) i(?:'ve)? ever had
        (?:you|u|{YOUR} \w{3,14}) (?:really )?(?:gave|kept) me (?:the (?:push|courage|confidence|nudge
            strength|kick|belief)|going|sane|afloat|motivated)(?! (?:to )?(?:all night|on\b))
        """, r"\b(?:album|band|song|series|film|movie)\b"),
    _helped("hailed", 0.6, "You legend, all working now", r"""
        {HAILED}\b[^?\n]{0,40}?\b(?:{RESOLVED}|came out|it holds|stopped|cleared|corrected)
        {RESOLVED}[^?\n]{0,25}?\b{HAILED}\b|{FIRST}my (?:hero|saviour|savior|heroine)(?=\W{0,4}$|!)
        """, r"\bbirthday\b|\bsee you\b"),
)  # fmt: skip

# These patterns need one of many common words: too many to be read off the patterns themselves.
_GIVEN = (
    "tip|advi|sugges|trick|hint|pointe|idea|recomm| rec|fix|workar|hack|method|techni|approa|instru|"
    "direct|diagno|soluti|explan|help|hunch|guidan|encour|nudge|push|warnin|pep |coachi|mentor|"
    "remind|prompt|guess|plan|tweak|words|feedba|commen|edit|input|notes|correc|critiq|review|questi|"
    "insigh|proofr|answer|repl|wordin|messag|suppor|patien|kindne|faith|belief|confid|observ|thought|templa|spread|"
    "checkl|macro|script|code|snippe|patch|tutor|guide|how-to|howto|walkth|lesson|flashc|routin|cheat|"
    "handou|worksh|video|screen|exampl|diagra|drawin|patter|formul|link|list|refere|letter|prep|map|"
    "contac|outlin|settin|config|plugin|summar|quiz|starte|activi|intro|layout|experi"
)
_YOU_SPOKE = (
    "u sa|u su|u re|u ad|u me|u de|u ex|u pr|u pu|u gu|u li|u po|u sh|u wr|u fo|u dr|u fi|u to|u ta|"
    "u ga|u se|u wa|u le|u in|u th|u ju|u on|u bo|u al|u ha|u na|u co|u en|"
    "u pe|u he|u cr|u so|u an|u go|u ma|u us|u we"
)
HELPED_CUES: Final[Cues] = {
    "gratitude.your_help": (
        "your|ur |yr |that|those|yours",
        (
            f"{_GIVEN}|"
            "post|blog|thread|course|book|articl|talk|lectur|class|paper|podcas|app|theory|suspic|instin|"
            "rescue|saved|taught|differ"
        ),
    ),
    "gratitude.took_advice": (
        "your|ur |yr |good|great|excell|wise|sound|top |solid|brilli|inspir|perfec|best",
        (f"{_GIVEN}|say-so|call|shout|thinki"),
    ),
    "gratitude.as_told": (
        f"{_YOU_SPOKE}|"
        "to you|with y|r chat|r talk|r conv|r sess|r call|r less|e chat|e talk|e conv|e sess|e call|"
        "e less|t chat|t talk|t conv|t sess|t call|t less|asked|your w|ur wor|yr wor"
    ),
    "gratitude.came_of_it": (
        (
            f"{_YOU_SPOKE}|"
            "u've |your|ur |yr |to you|to u|of you|of u|th you|as adv|as sug|as ins|as rec|r chat|r talk|"
            "r conv|r call|r sess|the ti|steps"
        ),
        (
            "work|fixed|solved|sorted|cracke|passed|accept|publis|thrivi|rooted|cured|hired|clicke|"
            "submit|runnin|gone|stoppe|no mor|no lon|no lea|no bli|no pro|found |got |get |gettin|made|"
            "make|making|better|easier|quicke|strong|cleare|faster|happie|calmer|nicer|simple|smooth|"
            "came|turned|went|glad i|looked|saved| love| lovi|like a|like c|like m|brill|superb|spotle|"
            "delici|heaven|gorgeo|beauti|perfec| hit|winner|succes|game|gold|would|needed|all i |all we|"
            "all my|just i|just w|just m|exactl|first |said y|manage|minute|mins|second|secs|no tim|"
            "half t|an hou|had it|had on|finall|at las|aced|bingo|back|is on|is up|is dry|is don|is cle|"
            "are on|are up|are dr|are do|are cl|'s on|'s up|'s dry|'s don|'s cle|unders|stuck|stayed|change|"
            "freed|transf|help|best|hooked|learn|happy|new |relief|phew|forget|offer|feel|still "
        ),
    ),
    "gratitude.without_you": (
        "withou|w/o|if you|if u |not fo|n't fo|nt for|been f|but fo|myself|my own|alone|otherw|"
        "possib|anks t|hx to|down t|yours|share|credit|ter fo|ger fo|rer fo|ier fo|her fo|ur wor|"
        "ur doi|yr wor|yr doi|cause|of tha|of thi|of it|never"
    ),
    "gratitude.helpful": (
        "help|useful|took t|patien|answer|put up|prepar|vouche|nagged|forget|never |count |gift f|caught|"
        "spotte|believ|acknow|conver|of you|of u |genero|pulled"
    ),
    "gratitude.hailed": (
        "star|legend|hero|genius|angel|gem|wizard|wonder|marvel|champ|saint|godsen|brick|diamon|"
        "treasu|beauty|magici|best|rock|life s|life-s|lifesa|brilli|amazin|clever|bless|hail t|"
        "well d|kiss|hug yo|my day|my wee|saviou|savior|off to|my hat|your o|your s|bows|eyes|doubt|truste"
    ),
    "gratitude.saved": "saved|saves|rescue|spared|life s|life-s|lifesa|out of",
    "gratitude.taught": (
        "learn|know |better|where w|if only|wish y|"
        "taught|shown|showed|mentor|teache|coach|tutor|superv|gave |kept |change"
    ),
    "gratitude.owed": "owe |debt|repay|thank|on me|buy|get yo|get u|stand |bake|make y|make u",
    "gratitude.unstuck": (
        "got me|got us|put me|put us|set me|set us|pointe|steere|tried|confir|report|update|promis"
    ),
    "gratitude.now_clear": (
        "sense|clear|answer|driv|buggin|get|unders|explai|mind|simple|easy|click|obviou|think|so tha|"
        "like t|like y|descri|put |drew|showed|set me|follow|nail on"
    ),
}
