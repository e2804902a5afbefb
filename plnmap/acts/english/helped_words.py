"""Words of those who were helped: what they were given, how it came good, and whose part it was."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import spelled

_BLOCKS: Final = {
    "YOU": r"you|u|ya",
    "YOUR": r"your|ur|yr",
    "URE": r"you're|youre|ur|you are|you were|you've been|u r|you|u",
    "HAVE": r" have|'ve|ve| of|a",
    "EVER": r"(?:(?:ever|even|possibly|really|just|probably|so|totally|completely|still) ){0,2}",
    "REALLY": r"""
        (?:(?:really|totally|actually|just|so|absolutely|certainly|definitely|truly|literally|honestly|also
            finally|even|already|still|completely|again|has|have|had|always|only) ){0,2}
    """,
    "VERY": r"(?:(?:so|very|v|really|super|incredibly|extremely|hugely|massively|truly|such|too|an?) ){1,3}",
    "WOULD_NOT": r"(?<!they )(?<!he )(?<!she )(?<!you )(?:could|would|wud|cud)(?:n't|nt| not| never)",
    "OPENING": r"""
        o+h+|a+h+|o{3,}h*|aha|ok|okay|yes|yep|yup|yay|ha|hey|hi|wow|bingo|perfect|brilliant|great
        fab|excellent|amazing|fantastic|phew|hurrah|hooray|omg|and|so|update|just
    """,
    "FIRST": r"^(?:@\w{1,30}\W{1,3}){0,9}(?:{OPENING}\W{1,4}){0,2}",
    "BEGIN": r"{FIRST}|(?<=[.!?,;:)…-] )(?:{OPENING}\W{1,4}){0,2}",
    "END": r"""
        (?=\W{0,4}$|[.,!;:]| [^\w\s]| (?:thank|thx|ta|cheers|x+\b|and|but|though|so|last|yesterday|today
            this|tonight)\b)
    """,
    "NEAR": r"[^?\n]{0,80}?\b",
    # What somebody is helped with: said to them, said of their work, made for them, or shown to many.
    "SAID": r"""
        tips?|advi[cs]e|suggestions?|tricks?|hints?|pointers?|ideas?|recommendations?|recs?|recc?os?
        fix|workaround|hack|method|technique|approach|instructions?|directions|recipe|diagnosis
        solution|explanations?|help|hunch|guidance|encouragement|nudge|push|warning|pep talk|coaching
        mentoring|mentorship|reminder|prompt|guess|plan|tweaks?|words
    """,
    "REMARKED": r"""
        feedback|comments?|edits?|input|notes|corrections?|critique|review|questions|insights?
        proofreading|answers?|repl(?:y|ies)|wording|message|support|patience|kindness|faith|belief
        confidence|observations?|thoughts
    """,
    "LENT": r"""
        templates?|spreadsheets?|checklist|macro|scripts?|code|snippet|patch|tutorials?|guides?
        how-?to|walkthrough|lessons?|flashcards?|routine|cheat ?sheet|handouts?|worksheets?|videos?
        screencast|examples?|diagrams?|drawing|pattern|formula|links?|lists?|reference|letter|prep
        map|contacts?|outline|settings|config\w{0,7}|plugin|summary|quiz|starter|activity|intro
        layout|experiment
    """,
    "SHARED": r"posts?|blog|thread|course|book|article|talk|workshop|lecture|class|paper|podcast|app",
    "YOUR_AID": r"""
        {YOUR} (?:[\w'-]{2,14} ){0,2}?(?:{SAID}|{REMARKED}|{LENT})\b
        (?:that|the) (?:\w{2,14} )?{SAID} of yours
    """,
    "TOLD": r"""
        said|suggested|recommended|advised|mentioned|described|explained|predicted|promised|guessed
        suspected|linked|posted|shared|wrote|forwarded|drew|fixed for me
        (?:told|showed|taught|gave|sent|warned|lent|drilled|pointed|introduced|put)
        (?:told|showed|taught|gave|sent|lent|pointed|put)(?: me| us)?(?: on)? (?:about|to|onto|at|out
            towards|it would|it'd|for)
    """,
    # The part of the person addressed in what the author did.
    "PART": r"""
        (?:what|where|everything|(?:that|the) thing|(?:the|that|those
            this) (?:[\w'-]{2,14} ){1,3}?(?:that )?)\s?{YOU} (?:just |once |both |all )?{TOLD}
        (?:like|how|way|since|when|as|as if) ?{YOU} (?:just |once )?(?:{TOLD}|thought)
        as (?:advised|suggested|instructed|recommended)
        (?:do(?:ing|ne)?|did|tried|made|took|install|managed|only) (?:[\w'-]{1,12} ){0,3}your way
        after (?:talking|speaking|chatting) (?:to|with) you
        (?:after|left|from) our (?:chat|talk|conversation|call|session)
        (?:with|using|by following|followed|after reading) {YOUR} (?:\w{2,12} )?(?:{SAID}|{REMARKED}|{LENT}
            steps)
        (?:with|using|by following|followed) the (?:\w{2,12} )?(?:{SAID}|{LENT}|steps) you (?:gave|sent
            showed|wrote|drew|made|posted|shared)(?: me)?
        (?:because of|thanks to|thx to|credit to) (?:{YOUR} \w{2,14}|{YOU})|the one {YOU} use
        {YOU}(?:'ve|ve| have)? (?:really |just |even |only )?(?:nagged|prepared|convinced|persuaded
            encouraged|pushed|talked|walked|warned|introduced|pointed|taught|showed|helped|told) me\b
        {YOU}(?:'ve|ve| have)? (?:cracked it|solved (?:it|in|my)|answered (?:all|my|every)|explained
            put me on ?to|made me (?:back|do|apply|try|check|see|realise|go)|got me (?:to|into|started)
            gave me the|took the time)
    """,
    # How it came good: of a thing given; and of whatever was done with it.
    "CAME_GOOD": r"""
        (?:worked|(?<!the )works)\b(?! (?:with|for|at|in|late|as)\b)
        did (?:it|wonders|exactly|the (?:job|trick))|pa(?:id|ys) off|helped|helps|saved
        came (?:in (?:very |so |really )?(?:handy|useful)|good|through|up)|fixed|solved|sorted
        cracked|cured|rescued|made (?:all the|the|a (?:\w{2,10} )?) ?difference|improved|transformed
        cleared|answered|landed|caught|did more|tipped it
        made (?:it|this|that|the|my|our|mine|everything|me (?:see|realise|a better))\b
        (?:got|is carrying|carried) me (?:through|there|this|the|an?|in|out)\b
        (?:turned|came|worked) out(?! (?:\w{2,9} )?(?:badly|wrong|awful|terrible|horrib))|turned up
        gave me the|stuck with me|mean(?:s|t) (?:the world|so much|a lot)
        fits? (?:perfectly|beautifully|him|her)|is holding|changed (?:my|how i)|does exactly
        (?:was|were|is|are|has been|have been|proved|turned out) (?:(?:to be|so|very|really|just|exactly
            absolutely|quite|a|an|totally|much) ){0,3}(?:spot[ -]on|right\b|gold|golden|godsend|invaluable
            priceless|perfect|helpful|useful|life ?-?sav|all i needed|what (?:i|my \w{3,12}) needed
            game ?-?chang|bang on|on the money|worth (?:its|every|your)|appreciated
            the (?:reason|key|first|making|missing|bit)|winner|treasure|blessing)
    """,
    "OUTCOME": r"""
        (?<!n't )(?<!not )(?<!never )(?:work(?:s|ed|ing)|fixed|solved|sorted|cracked|passed|accepted
            published|thriving|rooted|cured|hired|clicked|submitted
            running)\b(?! (?:with|on|in|at|for (?:a|the|him|her|them)|out what)\b)
        gone\b(?! (?:to|and|for|up|down|the)\b)|stopped|no (?:more|longer|leaks?|blisters|problems? since)
        found (?:it|them|the)
        (?:got|get|getting) (?:it|there|in|through|going|an? (?:reply|answer|interview|offer|job|place
            grant)|the (?:job|place|grant|gig|part|interview|offer))
        ma(?:de|kes|king) (?:it |that |this )?(?:all the|a (?:\w{2,10} )?|the|so|all)? ?(?:difference|sense
            simple|easy|easier|work)
        (?:so much|much|far|way|a lot|loads|never been) (?:better|easier|quicker|stronger|clearer|faster
            happier|calmer|nicer|simpler|smoother)
        (?:came|turned|worked) (?:out|together|up|through)
        went (?:(?:so|really|very|down) )?(?:well|great|brilliantly|perfectly|smoothly)|glad i\b
        (?:never|not|n't|nt) looked back|saved|lov(?:ed|ing)(?= (?:it|every|the|that|your))|love it
        aced (?:it|the)|bingo|went (?:like|wild)|like (?:a (?:charm|dream)|clockwork|magic)|brilliant(?:ly)?
        superb|spotless|delicious|heaven|gorgeous|beautifully|(?<!the )perfect(?:ly)?\b(?! (?:moment|in \d))
        (?:huge|big|total|real|massive) (?:hit|winner|success)|a (?:hit|winner|success)|game ?-?changer
        gold(?:mine|en| dust)?\b
        would(?:'ve| have|a) (?:\w{2,9} )?(?:missed|failed|paid|lost)|needed (?:it|every|that)
        (?:all|just|exactly what) (?:i|we|my \w{3,12}) (?:need|was after)|first (?:time|try|go)
        said yes|(?:i|we|they) managed
        (?:in|within) (?:\w{1,4} )?(?:mins?|minutes|seconds|secs|no time|half the time|an hour)
        had (?:it|one)\b|finally|at last
        (?:is|are|'s) (?:(?:back|on|up|done|clear) (?:again|now)\b|dry\b|back\b(?! (?:to|in)\b))
        back online|(?:get|understand) it\b|(?:stuck|stayed) with me
        (?:changed|freed|transformed) (?:my|how|me|the)|got me (?:through|there)
        help(?:ed|s)\b(?! (?:him|her|them|you)\b)|best (?:thing|decision)|hooked
        learn(?:ing|ed|t) (?:loads|lots|so|a lot)|happy with|new (?:growth|leaves)|relief|phew
        (?:won't|wont|never) forget|offered it to me
        feel(?:ing)? (?:so |much |a lot |loads ){0,2}(?:better|calmer|happier)|the (?:offer|job) is mine
        (?:went|gone) up\b|never looked better|still talking about
    """,
    # Enough said where the person is hailed in the same breath.
    "RESOLVED": r"""
        that's (?:it|the one|exactly|just|done)
        (?:it|that|they) (?:\w{2,9} )?(?:worked|works|fixed|arrived|compiles)|got it\b
        (?:it's|its|is|are|all|now|'s) (?:back(?: on)?|working|fixed|sorted|open|perfect|solved|running
            done)
        found (?:it|them)|exactly (?:where|what)|(?:problem )?solved|(?:all )?(?:sorted|fixed|working)\b
        cracked it|did it\b|the trick|done it|i'm in\b|i had given up|it was (?:the|upside)
        (?:\w{2,12} )?lives\b|never noticed|there it is
    """,
    "STAR": r"""
        (?:(?:absolute|total|utter|complete|bloody|actual|little|clever|a|an|the|my|such
            real) ){0,3}(?:stars?|legends?|hero|heroes|genius|angel|gem|wizard|wonder|marvel|champ(?:ion)?
            saint|godsend|brick|diamond|treasure|beauty|magician|best|rock|life[ -]?savers?)
    """,
    "HAILED": r"""
        {URE} {STAR}|my (?:hero|saviour)|you(?:'re| are) (?:brilliant|amazing|wonderful|so clever)
        bless (?:you|u)|hail to you|well done you|could (?:kiss|hug) you|made my (?:day|week)|u rock
        hats? off to you|tip my hat|know your (?:onions|stuff)|bows(?: down)?|(?:eagle|sharp|good) eyes
        doubt(?:ed)? (?:you|the master)|trusted you
    """,
    "SAVED": r"""
        (?:my|our) (?:\w{2,12} )?(?!(?:seat|place|spot|slot|chair|slice|piece|number)\b)\w{3,14}
        (?:me|us) (?:(?:so|a|an|at least|about|probably|easily|another|all|from
            the) ){0,3}(?:\w{2,12} ){0,2}?(?:time|hours?|hassle|money|trouble|embarrassment|mistakes?
            effort|work|trip|journey|headaches?|days?|weeks?|months?|minutes|fortune|bother|stress|grief
            pain|tears|faff|agony|misery|frustration|cash|disaster|quid|pounds|dollars|[£$€]\d[\d,.]{0,6})
        (?:me|us) (?:from |having |\w{3,12}ing\b)|(?:me|us)(?=\W{0,3}$|[.!,]| (?:there|again|yesterday)\b)
        the day
    """,
    "DRINK": r"""
        beers?|pints?|drinks?|coffees?|cuppa|tea|brew|wine|bottles?|whisky|gin|cakes?|biscuits?
        cookies?|chocolates?|dinner|lunch|meal|curry|dough?nuts?|hug|round
    """,
    "DONE": r"""
        done|finished|managed|got|gotten|made|coped|survived|passed|completed|written|solved|fixed
        found|started|applied|tried|achieved|launched|published|learn(?:ed|t)|reached|figured|worked
        been|known|come|happened|pulled|built|sorted|dared|kept|submitted|understood|be|become
        survive|do|finish|manage|have|thought
    """,
    "LOST": r"""
        given up|quit|dropped out|failed|missed|lost|stuck|looking|struggl\w{2,3}|clueless|sunk
        panicking|paid|driven|bought|wasted|gone|drowned|still \w{2,14}|walked|never \w{3,12}|had to
        spent|thrown (?:it|them)
    """,
    "BUT_FOR_YOU": r"""
        without (?:all )?(?:{YOUR} (?!own\b|hard )\w{2,20}|(?:you|u)\b(?! (?:there|here|tonight)\b))
        (?:but|(?:if (?:it )?)?(?:not|was(?:n't|nt)|were(?:n't|nt)|had(?:n't|nt) been)) for (?:{YOU}
            {YOUR}(?! hard))\b
        if {YOU} (?:hadn't|hadnt|had not)
    """,
}
PIECES: Final[dict[str, str]] = {}
"""Name → pattern, for `spelled`."""
for _name, _block in _BLOCKS.items():
    PIECES[_name] = spelled(_block, PIECES)

# Hopes for help the author gave, questions after it, and advertising.
NOT_MINE: Final = spelled(r"""
    \b(?:hop(?:e|es|ing|efully)|fingers crossed)\b|\blet (?:me|us) know (?:if|how|whether)\b
    \?\W{0,3}$
    \b(?:glad|pleased|happy|chuffed|delighted|great|good) (?:to (?:hear|see|know) )?(?:that )?(?:it|that
        this|they|those|these|my|you got|u got|to (?:help|have|be))\b
    \b(?:if|whether|unless|once|when) (?:that|it|this) (?:\w{2,9} )?(?:works?|worked|help\w{0,2}|fix\w{0,2}
        does|did)\b
    \bplease (?:rt|share|retweet|vote)\b|\buse (?:the )?code\b
""")  # fmt: skip
