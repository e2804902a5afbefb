"""How people say from whom they have what they use, learn, make, think or pass on.

What is credited is the work of the person named ("a post by @ada", "@ada's talk"), what came from them
("stole this from @ada"), what they said ("as @ada puts it") or what they did to the author ("@ada got me
into it"). Whoever is only near ("lunch with @ada", "cc @ada") is not credited, and the span of a hit always
holds the name. Apps, share buttons and newspapers are no persons; announcements, questions and quarrels
credit nobody.
"""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.crediting_words import NO_CREDIT, PIECES
from plnmap.acts.english.wording import WORD, spelled
from plnmap.acts.rules import LINK, Cues, Rule


def _credit(
    name: str,
    score: float,
    example: str,
    block: str,
    unless: str | None = NO_CREDIT,
    needs: tuple[str, ...] = (),
) -> Rule:
    pattern = WORD + spelled(block, PIECES)
    return Rule(f"credit.{name}", "credit", pattern, score, example, None, unless, needs)


CREDIT: Final = (
    Rule(
        "credit.via", "credit",
        r"(?:^|[\s([|/•-])(?:via|h/?t|hat[\s-]?tip|h/t)(?:\sto)?(?:\sthe\s\w{2,12})?\s?:?\s{0,2}"
        + PIECES["WHO"],
        0.7, "How birds find north, via @ada",
        unless=r"\b(?:is|are) out!|\bstories (?:via|by)\b|\bdaily is out",
    ),
    _credit("inspired", 0.8, "A quilt inspired by @ada", r"""
        (?:inspired|influenced|shaped|guided|informed|prompted|sparked|triggered|provoked|motivated
            encouraged) by \
            (?:the \w{1,12} |[^.!?\n@]{1,30} (?:by|from|of|with) )?{WHO}
        inspiration from (?:the \w{1,12} )?{WHO}
        (?:based|building|built|riffing|drawing|modell?ed|expanding|improving|riff) (?:up)?on \
            (?:[^.!?\n@]{1,40} (?:by|from|of) )?{WHO}
        (?:found|discovered|came across|stumbled (?:up)?on|learned|learnt|heard about|know|met)\
            \b[^.!?\n@]{0,60} (?:through|via|thanks to|because of) {WHO}
        (?:courtesy of|apologies to|a la|à la|the style of|tribute to|ode to|(?:nod|homage) to) {WHO}
        """, r"\binspired\sby\s@\w{1,60}\?"),
    _credit("thanks_to", 0.8, "Thanks to @ada for the pattern", r"""
        (?:thanks|thx|thank you|props|kudos|credit) (?:\w{1,8} )?to (?:the \w{1,12} )?{WHO}\s{1,2}(?:for|4)\b
        (?:thanks|thx) to {WHO},? (?:i|we) (?:now|can|finally|have|learned|learnt|know|found|discovered
            understand|get)
        (?:all |full |the |most |much |some )?credit\b[^.!?\n@]{0,25}?(?: (?:to|is|goes to|belongs to)
            :) {WHO}
        (?:props|kudos|hats off|cap doffed) to {WHO} (?:for|whose|who)\b
        (?:all |entirely |mostly |largely |is |was |it's )down to {WHO}(?! (?:now|to|on)\b)
        without {WHO}(?:'s [\w ]{2,25}?)?,? (?:i|we|none of|this|my|it|there)\b[^.!?\n@]{0,15}(?:'d|would
            wouldn't|could|couldn't|might)\b
        if {WHO} (?:hadn't|had not|weren't|wasn't)\b
        (?:if it wasn't|if it weren't|if not|if it hadn't been|were it not) for {WHO}
        (?:could|would|'d)(?:n't| not| never) (?:have |be )?[^.!?\n@]{2,60} (?:without|but for) {WHO}
        """, r"\bfor\s(?:the\s)?(?:r/?ts?|follows?|mentions?|retweets?|ff)\b|^the latest\b"),
    _credit("work_of", 0.7, "A great thread on glazes by @ada", r"""
        (?:{MADE}|{THOUGHT}|(?:{FINE})[ -]reads?|links?|one|this|these|that|sense|find|gems?|corker|cracker
            belter|beauty|masterclass|reading)(?: (?:here|today|in here|this morning|as (?:always|ever
            usual)))?{ABOUT},? (?:by|from) (?:the \w{3,12} )?{WHO}{NOT_ASKED}
        (?:written|created|designed|drawn|coined|curated|suggested|shared|recommended|pointed out|explained
            penned|authored|devised|developed|invented|compiled|illustrated|put together|spotted|reminded
            mentored|convinced|told) (?:to me |here )?by (?:the \w{3,12} )?{WHO}
        """),
    _credit("by_author", 0.6, "How birds find north, by @ada https://birds.example/north", r"""
        (?<!ed )(?<!\bphoto )(?<!\bpic )(?<!\bdrove )(?<!\bstop )(?<!\bdone )(?<!\brun )by {WHO}\
            (?=[\s.:,|–—>-]{1,4}(?:#\w{1,30}\s){0,4}\0)
        (?<=\0 )(?:by|from) {WHO}
        """, needs=("foreign_link",)),
    _credit("own_work", 0.7, "@ada's talk on tides is a joy", r"""
        (?<!review of )(?<!share )(?<!buy )(?<!part of )(?<!about )(?<!owe ){WHOSE} {ANY}{0,3}?\
            (?:{MADE}|{THINKING})\b(?! (?:is|was|are) (?:still )?(?:on|at|in|today|out)\b){NOT_ASKED}
        {WHO},? whose {ANY}{0,2}(?:{MADE}|{THOUGHT})\b
        """),
    _credit("took_over", 0.8, "Used @ada's method again", r"""
        (?:{USE}) {WHOSE} {ANY}{0,3}?(?:{THOUGHT})\b{NOT_ASKED}
        (?:based on|inspired by|adapted from|built on|building on|expanding on|riffing on|modelled on
            influenced by|reminded of|my (?:version|take|attempt|remix|response|reply) (?:of|on|at
            to)) {WHOSE}
        (?:to (?:quote|borrow from|paraphrase|steal from|use)|the words of|channell?ing|quoting|paraphrasing
            echoing) (?:the \w{3,12} )?{WHO}
        (?:copied|copying|imitat(?:ed|ing)|emulat(?:ed|ing)|doing an?) {WHO}(?! (?:in|into|on)\b)
        the {WHO} (?:method|way|approach|technique|model|trick|rule|test|principle|style|school|thing of)\b
        (?:tried|trying|made|making|baked|cooked|use|using|used|doing) the {WHO} \w{2,20}
        (?:all|mostly|entirely|is|was) {WHOSE} (?:doing|fault|idea)\b
        on (?:the shoulders of {WHO}|{WHOSE} shoulders)
        {WHOSE} (?:{THOUGHT})\b[^.!?\n@]{0,40}?\b(?:made|makes|got|changed|helped|inspired|works|worked
            has kept|sums|applies|is (?:so|what|why|how|the|brilliant|spot|perfect))\b
        """),
    _credit("learned_from", 0.8, "Learned that from @ada", r"""
        (?:{TOOK})\b[^.,!?\n@\0]{0,60}? (?:from|off) (?:the \w{2,12} |(?:a|an|this|that) [\w ]{2,30} (?:by
            from|of) )?{WHO}
        (?:got|get|heard|read|saw|found|have|had|took|take|know) (?:about )?(?:this|that|it|the (?:{BORROWED}
            link))\b[^.!?\n@]{0,25}? (?:from|off|through) {WHO}
        (?:{BORROWED}|it|this|that)(?:'s| is| was| comes?| came)(?: all| originally| straight| actually
            really){0,2} (?:from|by) {WHO}
        (?:{BORROWED}|it|this|that|half|lot|most|all|rest|everything)\b[^.!?\n@]{0,40}? (?:is|are|was
            copy of|version of) {ITS}
        (?:learn(?:ed|t|ing)?|became|understood|see|know|moment|realised|inspired)\b[^.!?\n@]{0,50}? (?:by \
            |from )?(?:watching|reading|following|listening to|hearing|talking to|working with) {THEM}
        (?:after|been|since|through|by|because) (?:(?:i|we) )?(?:first )?(?:reading|hearing|watching
            listening to|read|heard|watched|following|followed|discovered|started (?:reading
            following)) (?:what )?{THEM}
        (?:^|[.!?,;:] |\bbeen )re-?reading {THEM}
        reading {WHO} on\b
        (?:saw|seen|watched|heard) {WHO} (?:do|doing|explain|present|speak|demonstrate
            use)\b[^.!?\n@]{0,50}? (?:since|ever
            tried|now|copied)\b
        (?:hearing|reading|watching|seeing) {WHO}\b[^.!?\n@]{0,50}? (?:is why|made|changed|got|taught|inspired
            convinced)\b
        (?:ever since|since|after|from) {WHOSE} {ANY}{0,2}(?:workshop|class|session|lessons?|training|talk
            course)\b
        (?:not|n't|never|no)\b[^.!?\n@]{0,60}? until (?:i (?:read|heard|saw|met) )?{WHO}(?: \w{3,12}ed|\b)
        ow(?:e|es|ed|ing) (?:it|a great deal|a (?:huge |big )?debt|most of (?:it|this|that)|its \w{2,12}|this
            that|much|everything|a lot|so much|all|my \w{2,12}(?: \w{2,12})?)(?: of \w{2,9})? to {WHO}
        (?:something|everything|thing|stuff|(?:the|this|those|these) {ANY}{0,2}[\w'#-]{1,20}) (?:that \
            |which )?{WHO} (?:\w{2,8} )?(?:shared|posted|recommend(?:s|ed)|suggest(?:s|ed)|mentioned|wrote
            created|designed|came up with|developed|published|swears by|keeps \w{2,12}ing|raised|described
            put together|linked to|left on my|made for me)\b
        """),
    _credit("as_said", 0.7, "As @ada puts it, a garden is an argument", r"""
        (?:as|like|something|how|whatever)(?: the(?: \w{2,12})?)? {WHO} {SAYS}\b(?! (?:that )?(?:he|she|they
            yes|no)\b)
        what {WHO} (?:calls|called|describes|wrote|writes|argues|(?:has|have) (?:been saying|written|taught))
        (?:how|the way|what|where) {WHO} (?:frames|approaches|sees|uses|teaches|talks about|writes
            tackles)\b{NOT_ASKED}
        the way {WHO} (?:does|did|do|taught|showed|always does|would|thinks)\b{NOT_ASKED}
        what would {WHO} (?:do|say)\b
        {WHO} (?:(?:says?|said|puts?) it (?:best|better|well|so|perfectly|all|beautifully)\b
            (?:was|is) (?:so |quite |totally |absolutely )?right (?:about|all along)\b
            (?:first (?:pointed out|noticed|suggested|said|showed)|once (?:said|told|wrote))\b
            (?:says|said|writes|wrote|argues|asks|suggests|notes|explains|reckons):\s)
        {WHO}(?:'s| has| have) been (?:saying|banging on|telling us|arguing|warning|writing) (?:about|this
            that|it|for)\b
        (?:nobody|no one|no-one) [^.,!?\n@]{2,40} (?:like|better than) {WHO}
        remind(?:s|ed|ing) me of [^.!?\n@\0]{0,40}?{WHO}(?:'s)? (?:{THOUGHT}|{MADE})\b
        """),
    _credit("teaches", 0.7, "@ada taught me to read a chart", r"""
        {WHO}(?:'s [\w ]{2,30}?)?,? (?:(?:who|that|has|have|really|just|also|always|first|finally
            once) ){0,3}\
            {LED_ME}
        {WHO},? (?:has been |have been |is |was |who is )?(?:my|our|a (?:huge|big|constant
            great)) (?:\w{2,12} )?(?:mentor|inspiration|hero|role model|teacher|guru|influence)\b
        my (?:\w{2,12} )?(?:mentor|inspiration|hero|role model|guru|idol),? {WHO}
        it was {WHO} (?:who|that) (?:first )?(?:taught|got|showed|introduced|told|gave|made|suggested|put
            came up|invented|started|pointed|persuaded|convinced|said)
        """),
    _credit("explains", 0.6, "@ada explains how tides work https://birds.example/north", r"""
        {WHO} (?:(?:explains|argues|writes|writing about|reminds us|describes|outlines|unpacks|explores
            demonstrates|reflects|discusses|breaks down|sums up|nails|makes (?:an?|the|some)|offers|shares
            shows|asks|wrote|has written|has made|gives)(?= [^.!?\n@]{1,120}?\0)
            (?:wrote|has written|made|created|built|drew|designed|with) (?:an?|the|this|some
            another) {ANY}{0,3}?(?:{MADE}|{THOUGHT})\b
            (?:is|remains|continues to be|are|always|still) (?:\w{2,9} )?(?:required|essential|compulsory
            must|worth|good|great|brilliant|excellent) (?:read|reading|on|value|a read)\b)
        {WHO},? (?:as always|as ever|as usual|once again|yet again)\b
        (?<!with )(?<!to )(?<!and ){WHO} on (?:why|how|what|when|where|whether|being|using|teaching|learning
            making|the (?:importance|power|need|role|value|difference|art))\b
        {WHO}[^.!?\n@\0]{0,40}? (?:is|are|was) (?:(?:always|so|such|simply|really|just) ){0,2}(?:a treat
            a joy|gold|worth
            brilliant|excellent|essential|spot on|so good|wonderful|superb)\b
        (?:as|yet|once) (?:always|ever|usual|again),? {WHO}
        (?:(?<=: )|(?<=, )|(?<=^)|(?<=! )|(?<=^\.)|(?<=read )){WHO} on(?! (?:{NO_TOPIC})\b| \d)\
            (?= [^.!?\n@\0]{4,90}\0)
        """, needs=("foreign_link",)),
    _credit("fine_work", 0.6, "Great post @ada https://birds.example/north", r"""
        (?:{FINE}) {ANY}{0,2}?(?:{MADE}|stuff|reads?){ABOUT},? (?:there |here )?(?<!\bcc )(?<!\bcc: ){WHO}\
            (?=[^@]{0,80}\0)
        """, needs=("foreign_link",)),
)  # fmt: skip

CREDIT_CUES: Final[Cues] = {"credit.fine_work": LINK}
