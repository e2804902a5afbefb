"""Words of those who credit somebody: whom they name, what that one made, and how it came to the author."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import APPS, PAPERS, spelled

# Shops and meetings are told from people by the end of their handles, too.
_SHOPS = ("shop", "store", "railway", "railcompany", "support")
_MEETINGS = ("conf", "conference", "festival", "summit", "event", "events")
_NOT_PEOPLE = "".join(f"(?<!{ending})" for ending in (*PAPERS, *_SHOPS, *_MEETINGS))

_BLOCKS: Final = {
    "NAME": r"@(?!" + APPS + r"\b)\w{1,60}+" + _NOT_PEOPLE,
    "WHO": r"{NAME}(?:(?:,|,? and| &|,? \+)? @\w{1,60}+){0,4}",
    "WHOSE": r"{WHO}'s?(?= )",
    "ITS": r"{WHO}'s?(?=\W{0,4}$|[,.;:!)]| and\b| but\b| too\b)",
    "ANY": r"(?:[\w'#-]{1,20} )",
    # What people make for others to read, hear or use.
    "MADE": r"""
        latest|newest|(?:blog ?|video|guest |vlog)?posts?|blogs?|blogging|articles?|pieces?|essays?|threads?
        talks?
        keynotes?|lectures?|slides?|slide ?decks?|papers?|books?|novels?|chapters?|thesis|stud(?:y|ies)
        research
        reports?|guides?|tutorials?|how-?tos?|walkthroughs?|courses?|webinars?|podcasts?|episodes?|videos?
            vids?
        films?|screencasts?|newsletters?|columns?|series|collections?|round-?ups?|resources?|templates?
        spreadsheets?|checklists?|cheat ?sheets?|recipes?|patterns?|diagrams?|infographics?|sketch ?notes?
        poems?|write-?ups?|analys[ie]s|summar(?:y|ies)|explainers?|explanations?|primers?|overviews?
        reflections?|presentations?|prezi|ted ?x? ?talks?|manifesto|comics?|cartoons?|tools?|scripts?|plugins?
        library|packages?|charts?|grids?|handbooks?|manuals?|rubrics?|worksheets?|drawings?|illustrations?
            speech
        syllabus|dataset|songs?|album|exercises|lesson plans?|lessons?|activit(?:y|ies)|index|dictionary
            interviews? with
        thoughts|insights?|writings?|wisdom|advice|tips?|musings|perspective|commentary
    """,
    # What people think of, and hardly anything else is called.
    "THINKING": r"""
        ideas?|methods?|techniques?|approach|frameworks?|theor(?:y|ies)|tricks?|hacks?|phrase|lines?|quotes?
        points?|arguments?|questions?|concepts?|notion|metaphor|analogy|definition|rules?|law|principles?
            maxim
        mantra|motto|suggestions?|recommendations?|philosophy|work(?! rate)|words|vision|stuff|policy
        distinction|formula|observations?
    """,
    # What is theirs in a wider sense, where it is taken over.
    "THOUGHT": r"""
        {THINKING}|models?|example|lead|challenge|prompt|structure|format|layout|design|plan|version
            original|system
        way|style|routine|code|maps?|notes|list|guidance|instructions|terms?|strategy|strategies|practice
            setup
    """,
    "BORROWED": r"""
        ideas?|tips?|tricks?|recipe|quotes?|phrase|terms?|concept|inspiration|advice|image|recommendation
            method
        framework
    """,
    # A person read, heard or followed, and not something of theirs that is no work.
    "THEM": r"{WHO}(?!'s? (?!{ANY}{0,2}?(?:{MADE}|{THOUGHT})\b))",
    "FINE": r"""
        great|good|excellent|brilliant|superb|lovely|wonderful|fantastic|awesome|amazing|beautiful|thoughtful
        interesting|fascinating|useful|helpful|insightful|inspiring|nice|cracking|fab|fabulous|cool|important
        timely|clever|smart|wise|sage|sound|powerful|provocative|thought-? ?provoking|marvellous|terrific
        stunning|gorgeous|handy|grt|gr8|best|must|fine|sensible|sane|clear|clearest|favou?rite|incredible
    """,
    "ABOUT": r"(?: (?:on|about|of|for|re|around|in|to|regarding|into|as) [^.!?\n@\0]{1,60}?)?",
    "NOT_ASKED": r"(?![^.!:\n\0]{0,60}\?)",
    # Where somebody is "on", rather than what they write on.
    "NO_TOPIC": r"""
        stage|radio|live|bbc|now|holiday|twitter|facebook|behalf|it|my|your|his|her|tour|air|fire|form
        (?:mon|tues|wednes|thurs|fri|satur|sun)day
        the (?:left|right|way|phone|train|bus|radio|telly|tv|show|podcast|line|far)
    """,
    "SAYS": r"""
        (?:\w{2,9} )?(?:say|said|says|puts?|wrote|writes|written|points? out|pointed out|noted|notes|argues
            argued|explains|explained|reminds?|reminded|suggests?|suggested|recommends?|recommended|teaches
            taught|describes|described|observes|observed|would say|calls|called|told (?:me|us)|mentioned
            likes to say)
    """,
    "TOOK": r"""
        learn(?:s|ed|t)?|learning (?:from|how|to|so much|lots|a lot|loads|plenty|something|things)
        stole|stolen|steal|stealing|nick(?:ed|ing)|pinch(?:ed|ing)|borrow(?:ed|ing)?|swiped|nabbed|lifted
        cribbed|copied|adapted|adapting|adopted|poached|gleaned|picked up|derived|taken(?! away)|remixed
        appropriated|inherited|sourced
    """,
    "USE": r"""
        use[ds]?|using|follow(?:s|ed|ing)?|back to|think(?:ing)? (?:of|about)|thought of|sums? up|illustrates
        supports|proves|remember(?:ed|ing)?|tr(?:ied|ying)|take[ns]?|taking|took|borrow(?:ed|ing)?
            steal(?:ing)?
        stole|stolen|nicked|nicking|pinched|adapt(?:ed|ing)|copied|copying|apply|applying|applied|applies
        remix(?:ed|ing)|quote|quoting|paraphrase|paraphrasing|borrow from|cribbed|echo|echoing|made|making
        love|loved|like|built|via|from|on|per|with|do|does|doing|see|read|reading|re-?reading
    """,
    # How somebody set the author going.
    "LED_ME": r"""
        (?:taught|showed|shown) (?:me|us)(?! (?:(?:the|a) (?:way|door|house|garden|photo)|her|his|a?round)\b)
        (?:introduced|put|pointed|got|talked|led|nudged|pushed|encouraged|persuaded|convinced|challenged
            inspired|helped|motivated|prompted) (?:me|us) (?:on ?to|to|into|towards|in the direction|hooked
            started|thinking|interested|wondering|reading|writing|see|understand|realise|try)
        (?:made|makes|has made|had) (?:me|us) (?:re-?think|think|reali[sz]e|reconsider|question|see|wonder
            understand|notice|want to (?:try|learn|write|read|make|start)|thinking)
        (?:inspired|influenced|converted|mentored) (?:me|us|my)
        changed (?:how|the way|my (?:mind|view|thinking|practice|life|teaching|whole))
        (?:is|was|are|were) (?:the|a big|one|part of the|a) (?:\w{2,9} )?(?:reason|influence|inspiration)
        (?:ruined|spoilt|spoiled) [^.!?\n@]{1,30} for me
    """,
}
PIECES: Final[dict[str, str]] = {}
"""Name → pattern, for `spelled`."""
for _name, _block in _BLOCKS.items():
    PIECES[_name] = spelled(_block, PIECES)

# Announced, sold, asked after or quarrelled with.
NO_CREDIT: Final = spelled(r"""
    \b(?:tonight|tomorrow|tickets?|come along|don'?t miss|register|sign up|rsvp|join (?:us|me)|looking forward
        look forward|doors|pre-?order|out today|giveaway|win a|vote|congrats|congrat\w{0,12}|happy birthday
        follow ?friday|live (?:now|at)|starts? (?:at|in)|up next|coming up|jobs?:|% off)\b
    \b(?:on|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day (?:at|in|night|evening|morning)\b
    \b(?:disagree\w{0,4}|nonsense|rubbish|sick of|misleading|flawed|terrible|awful|appalling|ridiculous
        dreadful|shock(?:ed|ing)|not convinced|unconvinced|(?:is|are|was|were|got it|so|plain|dead|just) wrong
        wrong about|don't add up|beg to differ|problem with|plagiari\w{2,5})\b
    \b(?:photos?|pics?|pictures?) by @|\bstatement from\b|\bi (?:liked|added|rated) an? @|\bplaylist\b
    \bidea of (?:fun|an? \w{2,12} \w)|\b(?:is out!|daily is out)|\bstories (?:via|by)\b
    #f+f\b|#?follow[\s_-]?friday|\bff @
""")  # fmt: skip
