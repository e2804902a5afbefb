"""How two people met: the first act between them, who brought them together, and under which hashtag."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.analysis.topics.terms import sensitive_pattern
from plnmap.store import Store

THROUGH_DAYS: Final = 14
"""Whoever named the one to the other within so many days before may have brought them together."""

TAG_DAYS: Final = 3
"""A hashtag that both used within so many days of the first act is where they met: a chat, an event."""

# In the words of a boost somebody is named whom the platform does not list: handles are read from the text.
_BEGINNINGS: Final = """
WITH between AS (
    SELECT CASE WHEN source = $ego THEN target ELSE source END AS account, source = $ego AS outgoing,
           kind, post, happened_at
    FROM interactions
    WHERE $ego IN (source, target) AND happened_at::DATE <= $last AND kind <> 'list_mention'
), first AS (
    SELECT account, outgoing, kind, post, happened_at FROM between
    QUALIFY row_number() OVER (PARTITION BY account ORDER BY happened_at, kind = 'mention', post, kind) = 1
), passed_on AS (
    SELECT post, target AS third FROM interactions WHERE source = $ego AND kind IN ('boost', 'quote')
), telling AS (
    -- Nobody else's words are looked at: to find the handles in all of them takes longest.
    SELECT post FROM passed_on UNION SELECT post FROM interactions WHERE target = $ego
), naming AS (
    SELECT p.post, a.account AS author, p.happened_at, p.reply_to, p.boost_of, p.quote_of,
           unnest(list_transform(regexp_extract_all(lower(p.text), '@(\\w+(?:@[\\w.-]+\\w)?)', 1),
                                 lambda handle: split_part(p.post, ':', 1) || ':@' || handle)) AS reference
    FROM posts p SEMI JOIN telling USING (post) JOIN authored a USING (post)
    WHERE p.authority > 0 AND p.happened_at::DATE <= $last AND contains(p.text, '@')
), named AS (
    SELECT n.post, n.author, n.happened_at, coalesce(r.account, n.reference) AS account
    FROM naming n LEFT JOIN resolutions r ON r.reference = n.reference AND r.valid_to IS NULL
), together AS (
    -- Ego passed on a post of a third person that names them; or a third person named both in one post.
    SELECT named.account, third, named.post, named.happened_at
    FROM named JOIN passed_on USING (post) WHERE named.author = $ego AND third <> named.account
    UNION ALL
    SELECT named.account, named.author, named.post, named.happened_at
    FROM named JOIN interactions i ON i.post = named.post AND i.target = $ego
    WHERE named.author <> $ego AND named.author <> named.account
), through AS (
    SELECT f.account, t.third, t.post FROM first f JOIN together t USING (account)
    WHERE t.happened_at BETWEEN f.happened_at - to_days($through_days) AND f.happened_at
    QUALIFY row_number() OVER (PARTITION BY f.account ORDER BY t.happened_at DESC, t.post DESC, third) = 1
), tagged AS (
    SELECT a.account, p.post, p.happened_at, unnest(p.hashtags) AS tag
    FROM posts p JOIN authored a USING (post)
    WHERE p.authority > 0 AND len(p.hashtags) > 0 AND p.happened_at::DATE <= $last
), theirs AS MATERIALIZED (
    -- Before ego's posts come in: else each of these is compared with each other one of the same tag.
    SELECT f.account, f.happened_at, t.tag FROM tagged t JOIN first f ON f.account = t.account
     AND t.happened_at BETWEEN f.happened_at - to_days($tag_days) AND f.happened_at + to_days($tag_days)
), shared AS (
    SELECT theirs.account, mine.tag
    FROM theirs JOIN tagged mine ON mine.account = $ego AND mine.tag = theirs.tag
     AND mine.happened_at BETWEEN theirs.happened_at - to_days($tag_days)
                              AND theirs.happened_at + to_days($tag_days)
    UNION ALL
    SELECT f.account, t.tag FROM first f JOIN between b USING (account) JOIN tagged t ON t.post = b.post
    WHERE b.happened_at BETWEEN f.happened_at - to_days($tag_days) AND f.happened_at + to_days($tag_days)
), tags AS (
    SELECT account, tag FROM shared WHERE NOT regexp_matches(tag, $sensitive)
    GROUP BY account, tag QUALIFY row_number() OVER (PARTITION BY account ORDER BY count(*) DESC, tag) = 1
)
SELECT f.account, f.happened_at::DATE, f.outgoing, f.kind, f.post, p.text, p.url, h.third, h.post, t.tag
FROM first f LEFT JOIN posts p USING (post)
LEFT JOIN through h USING (account) LEFT JOIN tags t USING (account)
ORDER BY f.account
"""


class Beginning(NamedTuple):
    """The first dated act between ego and an alter that any source shows.

    Attributes
    ----------
    outgoing
        Whether it was ego's.
    through, through_post
        The third person in whose post one was named to the other within a fortnight before, and
        that post; None where none is seen.
    tag
        A hashtag that both used, or that stood in a post between them, within three days of it.
    """

    account: str
    day: date
    outgoing: bool
    kind: str
    post: str
    text: str | None
    url: str | None
    through: str | None
    through_post: str | None
    tag: str | None


def beginnings(store: Store, ego: Ego, last: date) -> dict[str, Beginning]:
    """How ego and each alter met, as far as the file shows it.

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
    dict
        Account → beginning. What happened before a source begins is unseen: "first seen", not "first".
    """
    parameters = {
        "ego": ego.account,
        "last": last,
        "through_days": THROUGH_DAYS,
        "tag_days": TAG_DAYS,
        "sensitive": sensitive_pattern(),
    }
    return {row[0]: Beginning(*row) for row in store.rows(_BEGINNINGS, parameters)}
