"""The query that finds help episodes, step by step: each step is a table made of those before it.

Parameters: the settings of `plnmap.analysis.settings.EpisodeRules` by name, `ego`,
`last` (a day), `thanks` and `offers` (names of acts).
"""

from __future__ import annotations

from typing import Final

from plnmap.analysis.help.helping import ONLY_NAMED

ROUNDS: Final = 10
"""Each round doubles how far up a thread is followed: one of more than 1,024 posts counts as several."""

# Words besides handles, addresses and questions.
_WORDS: Final = r"""
len(regexp_extract_all(regexp_replace(regexp_replace(text, '@\S+|https?://\S+', ' ', 'g'),
                                      '[^.!?？\n]*[?？]+', ' ', 'g'), '[\p{L}\p{N}]\S*'))
"""


def _within(early: str, late: str, hours: str) -> str:
    """SQL: whether `late` is not before `early`, and at most so many hours after it.

    Where a time of day is missing the days are compared.
    """
    return (
        f"CASE WHEN {early}.precise AND {late}.precise "
        f"THEN {late}.happened_at BETWEEN {early}.happened_at AND {early}.happened_at + to_hours({hours}) "
        f"ELSE {late}.day - {early}.day BETWEEN 0 AND ceil({hours} / 24) END"
    )


# Not materialised, each round would be computed twice in the next one.
_CLIMB: Final = ", ".join(
    f"""climb_{n} AS MATERIALIZED (
        SELECT low.post, coalesce(high.above, low.above) AS above
        FROM {f"climb_{n - 1}" if n else "parents"} AS low
        LEFT JOIN {f"climb_{n - 1}" if n else "parents"} AS high ON high.post = low.above
    )"""
    for n in range(ROUNDS)
)

_THREADS: Final = {
    "parents": """
        SELECT low.post, low.reply_to_post AS above
        FROM posts AS low SEMI JOIN posts AS high ON high.post = low.reply_to_post
    """,
    # A thread is called what its source calls it, else after its first post; one post is no thread.
    "threads": f"""
        WITH {_CLIMB}, trees AS (
            SELECT post, conversation, coalesce(above, post) AS root
            FROM posts LEFT JOIN climb_{ROUNDS - 1} USING (post)
        )
        SELECT post, coalesce(conversation, min(conversation) OVER (PARTITION BY root),
                              CASE WHEN count(*) OVER (PARTITION BY root) > 1 THEN root END) AS thread
        FROM trees
    """,
    # A thread that bites its own tail ends here as well.
    "ancestors": """
        WITH RECURSIVE ancestors AS (
            SELECT post, above AS ancestor, 1 AS depth FROM parents
            UNION ALL
            SELECT ancestors.post, parents.above, depth + 1
            FROM ancestors JOIN parents ON parents.post = ancestor WHERE depth < $answer_depth
        ) FROM ancestors
    """,
}

_TALK: Final = {
    # What a post of thanks says of the thing it thanks for is no offer; "have you tried …?" is no question.
    "does": """
        SELECT post, bool_or(act = 'question') AND NOT bool_or(act IN ('advice', 'resource')) AS asks,
               bool_or(list_contains($offers, act)) AND NOT bool_or(act = 'gratitude') AS offers,
               bool_or(list_contains($thanks, act)) AS thanks, bool_or(act = 'uptake') AS takes_up,
               bool_or(act = 'gratitude') AS gives_thanks,
               bool_or(act IN ('praise', 'congratulation')) AS praises
        FROM acts GROUP BY post
    """,
    # Nobody else is looked at: to find who wrote each post is the longest part.
    "concerned": """
        SELECT post FROM interactions WHERE $ego IN (source, target) AND kind IN ('reply', 'mention')
        UNION SELECT post FROM parents UNION SELECT above FROM parents
        UNION SELECT post FROM posts WHERE conversation IS NOT NULL
    """,
    # A post is addressed to somebody where it answers them or begins with a name; else it names in passing.
    "said": """
        SELECT p.post, a.account, p.happened_at, p.happened_at::DATE AS day,
               p.at_precision = 'second' AS precise, p.reply_to_post, p.reply_to IS NOT NULL AS is_reply,
               p.reply_to IS NULL AND len(p.mentions) = 0 AS to_nobody,
               p.reply_to IS NOT NULL OR p.text LIKE '@%' OR p.text LIKE '.@%' AS addressed, thread,
               coalesce(asks, FALSE) AS asks, coalesce(offers, FALSE) AS offers,
               coalesce(thanks, FALSE) AS thanks, coalesce(takes_up, FALSE) AS takes_up,
               coalesce(gives_thanks, FALSE) AS gives_thanks, coalesce(praises, FALSE) AS praises
        FROM posts AS p JOIN concerned USING (post) JOIN authored AS a USING (post)
        JOIN threads USING (post) LEFT JOIN does USING (post)
        WHERE p.authority > 0 AND p.boost_of IS NULL AND p.happened_at::DATE <= $last
    """,
    # A post speaks to the person it answers; one that answers nobody, to those it names. Of what is dated
    # alike the younger id came later: ids count upwards.
    "towards": f"""
        SELECT post, account, i.target, CASE WHEN i.source = $ego THEN i.target ELSE i.source END AS alter,
               said.happened_at, day, precise, reply_to_post, thread, addressed,
               asks, offers, thanks, takes_up,
               row_number() OVER (PARTITION BY alter ORDER BY said.happened_at, length(post), post) AS nth
        FROM said JOIN interactions AS i USING (post)
        WHERE $ego IN (i.source, i.target) AND i.source = said.account
          AND (i.kind = 'reply' OR (i.kind = 'mention' AND NOT is_reply))
          AND (post, i.target) NOT IN ({ONLY_NAMED})
    """,
    "gaps": """
        SELECT *, account IS DISTINCT FROM lag(account) OVER pair AS begins,
               CASE WHEN nth = 1 THEN TRUE
                    WHEN precise AND lag(precise) OVER pair
                    THEN happened_at > lag(happened_at) OVER pair + to_hours($session_hours)
                    ELSE day - lag(day) OVER pair > ceil($session_hours / 24) END AS apart
        FROM towards WINDOW pair AS (PARTITION BY alter ORDER BY nth)
    """,
    # A session is called after its first post; a run is what one says until the other speaks.
    "talk": """
        SELECT * EXCLUDE (apart, begins), coalesce(thread, session) AS conversation
        FROM (SELECT *, count(*) FILTER (begins) OVER so_far AS run,
                     last_value(CASE WHEN apart THEN post END IGNORE NULLS) OVER so_far AS session
              FROM gaps WINDOW so_far AS (PARTITION BY alter ORDER BY nth ROWS UNBOUNDED PRECEDING))
    """,
}

_ANSWERS: Final = {
    # The nearest question above a reply.
    "asked": f"""
        SELECT answer.post, question.account AS asker, answer.account AS helper, question.post AS asked
        FROM ancestors JOIN said AS answer USING (post) JOIN said AS question ON question.post = ancestor
        WHERE question.asks AND question.account <> answer.account
          AND $ego IN (question.account, answer.account) AND {_within("question", "answer", "$answer_hours")}
        QUALIFY row_number() OVER (PARTITION BY answer.post, asker ORDER BY depth) = 1
    """,
    # Thanks stand below what they are for, or are the very next post back where no thread says what for.
    "thanked_for": """
        SELECT t.post AS thanked, a.post, t.account AS asker, t.target AS helper, depth AS distance
        FROM talk AS t JOIN ancestors USING (post)
        JOIN said AS a ON a.post = ancestor AND a.account = t.target AND a.addressed
        WHERE t.thanks OR t.takes_up
        UNION ALL
        SELECT t.post, a.post, t.account, t.target, $answer_depth + 1
        FROM talk AS t JOIN talk AS back ON back.alter = t.alter AND back.nth = t.nth - 1
        JOIN talk AS a ON a.alter = t.alter AND a.run = t.run - 1
        WHERE (t.thanks OR t.takes_up) AND back.run < t.run AND a.addressed
          AND (t.reply_to_post IS NULL OR t.reply_to_post NOT IN (SELECT post FROM posts))
    """,
    # Thanks are no answer, and praise is one only to a question.
    "answers": f"""
        SELECT said.*, asker, helper, asked
        FROM (SELECT post, asker, helper FROM asked UNION SELECT post, asker, helper FROM thanked_for
              UNION SELECT post, target, account FROM talk WHERE addressed AND offers) AS who
        LEFT JOIN asked USING (post, asker, helper) JOIN said USING (post) JOIN posts USING (post)
        WHERE offers OR (NOT gives_thanks AND (asked IS NOT NULL OR NOT praises)
                         AND {_WORDS} >= $answer_words)
    """,
}

_THANKS: Final = {
    # Uptake alone is no thanks; after a question or an offer it is.
    "nearest": f"""
        SELECT f.*, t.thanks, t.happened_at
        FROM thanked_for AS f JOIN answers AS a USING (post, asker, helper)
        JOIN said AS t ON t.post = thanked
        WHERE (t.thanks OR a.offers OR a.asked IS NOT NULL) AND {_within("a", "t", "$thanks_hours")}
        QUALIFY row_number() OVER (
            PARTITION BY thanked, helper
            ORDER BY distance, a.happened_at DESC, length(a.post) DESC, a.post DESC) = 1
    """,
    "thanked": """
        SELECT * FROM nearest
        QUALIFY row_number() OVER (PARTITION BY post, asker
                                   ORDER BY distance, thanks DESC, happened_at, length(thanked), thanked) = 1
    """,
    "favourites": f"""
        SELECT a.post, asker
        FROM answers AS a JOIN (SELECT *, happened_at::DATE AS day, at_precision = 'second' AS precise
                                FROM interactions WHERE kind = 'favourite') AS f
        ON f.post = a.post AND f.source = asker AND f.target = helper
        WHERE offers AND (f.day IS NULL OR (f.day <= $last AND {_within("a", "f", "$thanks_hours")}))
    """,
    # Thanks for what is not an answer in this file, unless they return thanks or praise.
    "lone": """
        SELECT * FROM talk
        WHERE thanks AND NOT EXISTS (FROM thanked WHERE thanked.thanked = talk.post AND helper = target)
          AND NOT EXISTS (FROM said AS above WHERE above.post = talk.reply_to_post AND NOT above.offers
                                               AND (above.gives_thanks OR above.praises))
    """,
    # Thanks whose answer is unseen may follow a question to the same person in the same talk, or one in
    # the same thread.
    "lone_asked": f"""
        SELECT post, target, asked
        FROM (SELECT lone.post, lone.target, talk.post AS asked
              FROM lone JOIN talk USING (account, target, session) WHERE talk.asks
              UNION SELECT lone.post, target, said.post
              FROM lone JOIN said USING (account, thread) WHERE said.asks) AS pairs
        JOIN said AS t USING (post) JOIN said AS q ON q.post = asked
        WHERE {_within("q", "t", "$answer_hours")}
          AND row(q.happened_at, length(q.post), q.post) < row(t.happened_at, length(t.post), t.post)
        QUALIFY row_number() OVER (PARTITION BY t.post, target
                                   ORDER BY q.happened_at DESC, length(q.post) DESC, q.post DESC) = 1
    """,
}

_EPISODES: Final = {
    "found": """
        SELECT asker, helper, asked, a.post AS answer, offers, thanked.thanked, distance,
               CASE WHEN thanked.thanks THEN 'thanks' WHEN thanked.thanked IS NOT NULL THEN 'uptake'
                    WHEN f.post IS NOT NULL THEN 'favourite' END AS thanked_by
        FROM answers AS a LEFT JOIN thanked USING (post, asker, helper)
        LEFT JOIN favourites AS f USING (post, asker)
        UNION ALL
        SELECT t.account, t.target, asked, NULL, FALSE, t.post, NULL, 'thanks'
        FROM lone AS t LEFT JOIN lone_asked USING (post, target)
    """,
    "sorted": """
        SELECT *, CASE WHEN asked IS NOT NULL AND answer IS NOT NULL AND thanked_by IS NOT NULL
                       THEN 'asked_answered_thanked'
                       WHEN thanked_by IS NOT NULL THEN 'acknowledged'
                       WHEN asked IS NOT NULL AND offers THEN 'answered_offer'
                       WHEN offers THEN 'offered'
                       WHEN asked IS NOT NULL THEN 'answered' END AS kind
        FROM found
    """,
    "weighed": """
        SELECT *, CASE kind WHEN 'asked_answered_thanked' THEN $asked_answered_thanked
                            WHEN 'acknowledged' THEN $acknowledged WHEN 'answered_offer' THEN $answered_offer
                            WHEN 'offered' THEN $offered ELSE $answered END AS weight,
               CASE WHEN asker = $ego THEN helper ELSE asker END AS alter
        FROM sorted WHERE kind IS NOT NULL
    """,
    # Talks in which the one offers something and somebody takes something up.
    "turns": """
        SELECT *, account IS DISTINCT FROM
                  lag(account) OVER (PARTITION BY alter, conversation ORDER BY nth) AS begins
        FROM talk SEMI JOIN (
            SELECT alter, conversation FROM talk GROUP BY alter, conversation
            HAVING bool_or(offers) AND bool_or(thanks OR takes_up) AND count(DISTINCT account) = 2
        ) AS lively USING (alter, conversation)
        WHERE addressed
    """,
    "mentoring": """
        SELECT alter, conversation, bool_or(enough AND they_offer AND ego_takes) AS received,
               bool_or(enough AND ego_offers AND they_take) AS given
        FROM (
            SELECT alter, conversation,
                   count(*) FILTER (begins AND account = $ego) OVER near >= $mentoring_turns
                   AND count(*) FILTER (begins AND account <> $ego) OVER near >= $mentoring_turns
                       AS enough,
                   bool_or(offers AND account = $ego) OVER near AS ego_offers,
                   bool_or(offers AND account <> $ego) OVER near AS they_offer,
                   bool_or((thanks OR takes_up) AND account = $ego) OVER near AS ego_takes,
                   bool_or((thanks OR takes_up) AND account <> $ego) OVER near AS they_take
            FROM turns WINDOW near AS (PARTITION BY alter, conversation ORDER BY happened_at
                                       RANGE BETWEEN to_hours($mentoring_hours) PRECEDING AND CURRENT ROW)
        ) GROUP BY alter, conversation
    """,
    "told": """
        SELECT weighed.alter AS account, CASE WHEN asker = $ego THEN 'in' ELSE 'out' END AS direction,
               kind, weight, distance, weight >= $confirmed_from AS confirmed,
               answer IS NULL OR (asked IS NULL AND thanked_by IS NULL) AS one_sided,
               coalesce(CASE WHEN asker = $ego THEN received ELSE given END, FALSE) AS mentoring_conversation,
               coalesce(here.conversation, a.thread) AS conversation,
               asked AS asked_post, q.happened_at AS asked_at,
               answer AS answer_post, a.happened_at AS answer_at,
               thanked AS thanked_post, t.happened_at AS thanked_at, thanked_by,
               CASE WHEN q.precise AND a.precise
                    THEN round(date_diff('second', q.happened_at, a.happened_at) / 3600, 4) END
                   AS hours_to_answer,
               coalesce(a.day, t.day) AS day,
               CASE WHEN coalesce(q.precise, TRUE) AND coalesce(a.precise, TRUE) AND coalesce(t.precise, TRUE)
                    THEN 'second' ELSE 'day' END AS at_precision,
               q.to_nobody AS broadcast
        FROM weighed LEFT JOIN said AS q ON q.post = asked LEFT JOIN said AS a ON a.post = answer
        LEFT JOIN said AS t ON t.post = thanked
        LEFT JOIN talk AS here ON here.post = coalesce(answer, thanked) AND here.alter = weighed.alter
        LEFT JOIN mentoring ON mentoring.alter = here.alter AND mentoring.conversation = here.conversation
    """,
}

# The best first; of what is as good, the earlier one.
_BEST: Final = (
    "weight DESC, mentoring_conversation DESC, distance NULLS LAST, coalesce(answer_at, thanked_at), "
    "coalesce(answer_post, thanked_post)"
)

_CHOSEN: Final = {
    "by_conversation": f"""
        SELECT * FROM told
        QUALIFY row_number() OVER (PARTITION BY account, direction, conversation ORDER BY {_BEST}) = 1
    """,
    "by_day": f"""
        SELECT * FROM by_conversation
        QUALIFY row_number() OVER (PARTITION BY account, direction, day ORDER BY {_BEST}) = 1
    """,
    "met": """
        SELECT account, day, row_number() OVER (PARTITION BY account ORDER BY day) AS days
        FROM (SELECT DISTINCT CASE WHEN source = $ego THEN target ELSE source END AS account, day
              FROM tie_days WHERE $ego IN (source, target) AND day IS NOT NULL
                              AND n_reply + n_mention + n_quote + n_dm > 0)
    """,
    "episodes": """
        SELECT $ego AS ego, by_day.*, coalesce(met.days, 0) AS days_known
        FROM by_day ASOF LEFT JOIN met ON met.account = by_day.account AND by_day.day > met.day
    """,
}

STEPS: Final[dict[str, str]] = _THREADS | _TALK | _ANSWERS | _THANKS | _EPISODES | _CHOSEN
"""Table → the query that makes it; the last one holds the columns of `plnmap.model.Episode`, and more."""
