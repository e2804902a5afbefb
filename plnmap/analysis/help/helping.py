"""Who helped whom: the posts that say so, and what they add up to.

Two instruments are kept apart, because they catch help at different rates:
*thanks* is what the receiver of help wrote, *offers* is what the giver wrote.
From one archive, help that ego received shows only in ego's thanks, and help
that ego gave only in ego's offers.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from plnmap.analysis.egos import Ego
from plnmap.model import Evidence
from plnmap.store import Store

THANKS: Final = ("help_thanks",)
OFFERS: Final = ("advice", "resource", "answer")

# Whom a post names only further on, having begun with the names of others: it speaks to those.
ONLY_NAMED: Final = """
WITH openings AS (
    SELECT post, lower(regexp_extract(text, '^\\.?((?:@[\\w@.-]+(?:[\\s,:;&+/]|\\band\\b)*)+)', 1)) AS opening
    FROM posts WHERE reply_to IS NULL AND regexp_matches(text, '^\\.?@')
), named AS (
    SELECT i.post, i.target, bool_or(regexp_matches(
        opening,
        '@' || regexp_escape(lower(split_part(coalesce(h.handle, split_part(i.target, ':@', 2)), '@', 1)))
        || '([^a-z0-9_]|$)')) AS begins
    FROM interactions i JOIN openings USING (post) LEFT JOIN handles h ON h.account = i.target
    WHERE i.kind = 'mention' GROUP BY ALL
)
SELECT post, target FROM named WHERE NOT begins AND post IN (SELECT post FROM named WHERE begins)
"""

# A post speaks to the person it answers; one that answers nobody, to those it names. It is
# addressed to them where it answers them or begins with their name; in passing otherwise.
TOWARDS: Final = f"""
towards AS (
    SELECT i.source, i.target, i.post, i.happened_at, i.happened_at::DATE AS day,
           i.kind = 'reply' OR regexp_matches(p.text, '^\\.?@') AS addressed
    FROM interactions i JOIN posts p USING (post)
    WHERE $ego IN (i.source, i.target) AND i.happened_at::DATE <= $last
      AND (i.kind = 'reply' OR (i.kind = 'mention' AND p.reply_to IS NULL))
      AND (post, i.target) NOT IN ({ONLY_NAMED})
)
"""

# What stands above a post, where another person wrote it.
_ABOVE: Final = """LEFT JOIN (SELECT post, account, text FROM posts JOIN authored USING (post)) above
    ON above.post = p.reply_to_post AND above.account <> {author} AND above.text IS NOT NULL"""
_ITS: Final = "above.post, above.account, above.text"

# Thanks may name somebody in passing; advice in a post that only names somebody is for everyone,
# and what a post of thanks says of the thing it thanks for is no advice.
_EVIDENCE: Final = f"""
WITH {TOWARDS}
SELECT $ego AS ego, CASE WHEN source = $ego THEN target ELSE source END AS account,
       CASE WHEN (source = $ego) = list_contains($thanks, act) THEN 'in' ELSE 'out' END AS direction,
       CASE WHEN list_contains($thanks, act) THEN 'thanks' ELSE 'offers' END AS instrument,
       day, t.post, act, object, rule, p.text, start, stop, p.url, {_ITS}
FROM towards t JOIN acts a ON a.post = t.post JOIN posts p ON p.post = t.post
{_ABOVE.format(author="t.source")}
WHERE list_contains($thanks, act)
   OR (addressed AND list_contains($offers, act)
       AND t.post NOT IN (SELECT post FROM acts WHERE act = 'gratitude'))
ORDER BY day DESC, t.post DESC, act, rule, account, start
"""

# To whom most of ego's thanks are such as one gives to a service desk.
SERVED: Final = """
SELECT i.target FROM acts a JOIN interactions i USING (post)
WHERE a.act = 'gratitude' AND i.source = $ego AND i.kind = 'reply' AND i.happened_at::DATE <= $last
GROUP BY i.target HAVING count(*) FILTER (a.object = 'service') > count(*) / 2
"""

# Whom a post credits or introduces: the people named within the words that do, else the only one named.
NAMED: Final = """
WITH spans AS (
    SELECT i.source, i.target, i.happened_at, post, a.act, a.object, a.rule, a.start, a.stop,
           len(p.mentions) = 1 AS alone, lower(substr(p.text, a.start + 1, a.stop - a.start)) AS words,
           '@' || lower(coalesce(h.handle, split_part(i.target, ':@', 2))) AS name
    FROM acts a JOIN posts p USING (post) JOIN interactions i USING (post)
    LEFT JOIN handles h ON h.account = i.target
    WHERE a.act IN ('credit', 'introduction') AND $ego IN (i.source, i.target) AND i.kind = 'mention'
)
SELECT DISTINCT spans.* EXCLUDE (alone, words, name) FROM spans
WHERE alone OR (contains(words, name) AND regexp_matches(words, regexp_escape(name) || '([^a-z0-9_]|$)'))
"""

_CREDITED: Final = f"""
SELECT $ego AS ego, target AS account, 'in' AS direction, 'credit' AS instrument,
       named.happened_at::DATE AS day,
       named.post, act, object, rule, p.text, start, stop, p.url, {_ITS}
FROM ({NAMED}) AS named JOIN posts p ON p.post = named.post
{_ABOVE.format(author="$ego")}
WHERE act = 'credit' AND source = $ego AND named.happened_at::DATE <= $last
UNION ALL
SELECT $ego, i.target, 'in', 'credit', i.happened_at::DATE, p.post, 'quote', NULL, 'platform.quote',
       p.text, 0, 0, p.url, {_ITS}
FROM interactions i JOIN posts p ON p.post = i.post
{_ABOVE.format(author="$ego")}
WHERE i.kind = 'quote' AND i.source = $ego AND i.happened_at::DATE <= $last
ORDER BY day DESC, post DESC, account, act, rule, start
"""

# A hashtag that ego first passed on from somebody, and used in posts of ego's own within three months.
_TAKEN_UP: Final = """
WITH used AS (
    SELECT p.post, p.happened_at, unnest(p.hashtags) AS tag,
           p.boost_of IS NOT NULL OR p.quote_of IS NOT NULL AS passed_on
    FROM posts p JOIN authored a USING (post)
    WHERE a.account = $ego AND p.authority > 0 AND p.happened_at::DATE <= $last
), first_use AS (
    SELECT tag, min_by(post, struct_pack(happened_at, post)) AS post, min(happened_at) AS met,
           min(happened_at) FILTER (NOT passed_on) AS own
    FROM used GROUP BY tag
)
SELECT DISTINCT i.target FROM first_use f JOIN interactions i USING (post)
WHERE i.source = $ego AND i.kind IN ('boost', 'quote') AND own > met AND own <= met + INTERVAL 90 DAY
"""


def evidence(store: Store, ego: Ego, last: date) -> list[Evidence]:
    """Every post in which help between ego and an alter shows, newest first.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network.
    last
        Nothing later than this UTC day.

    Returns
    -------
    list of Evidence
        Direction "in" is help that ego received, "out" help that ego gave.
    """
    parameters = {"ego": ego.account, "last": last, "thanks": list(THANKS), "offers": list(OFFERS)}
    return [Evidence(*row) for row in store.rows(_EVIDENCE, parameters)]


def credits(store: Store, ego: Ego, last: date) -> list[Evidence]:
    """Every post in which ego credits somebody, or quotes them with a comment, newest first."""
    return [Evidence(*row) for row in store.rows(_CREDITED, {"ego": ego.account, "last": last})]


def taken_up(store: Store, ego: Ego, last: date) -> set[str]:
    """Alters through whom ego met a hashtag that ego then used within 90 days."""
    return {account for (account,) in store.rows(_TAKEN_UP, {"ego": ego.account, "last": last})}
