"""Thanks for help that only the thread shows: what was thanked for had been asked for, or offered.

A bare "thank you" says nothing of help, and "will do" is taken up from anybody. Below advice both say that
it helped, and thanks do below any answer to one's own question. The posts above have to be in the file for
that: from a single archive they seldom are.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 2
"""Raised when the same acts and threads would give other thanks."""

# Thanks ahead of help, to a help desk, for passing something on or for taking part are not for the answer,
# and neither is relief, or thanks handed back.
_OTHER_OBJECTS: Final = ("preemptive", "service", "amplification", "participation", "nobody", "returned")

# Taking up is thanks below these alone: below another answer to one's question it takes words of thanks.
_OFFERS: Final = ("advice", "resource")

THREAD_THANKS: Final = f"""
WITH said AS (
    SELECT post, bool_or(act = 'gratitude') AS thanks,
           min_by(struct_pack(act, score, start, stop), row(act, start, rule)) AS words
    FROM acts WHERE act IN ('gratitude', 'uptake') GROUP BY post
    HAVING NOT bool_or(coalesce(object IN {_OTHER_OBJECTS}, FALSE))
), answers AS (
    SELECT answer.post, answer.author, answer.reply_to AS asker, answer.happened_at,
           answer.post IN (SELECT post FROM acts WHERE act IN {_OFFERS}) AS offers,
           -- Fewer words nod or laugh.
           asked.author IS NOT DISTINCT FROM answer.reply_to
               AND asked.post IN (SELECT post FROM acts WHERE act = 'question')
               AND answer.happened_at BETWEEN asked.happened_at AND asked.happened_at + INTERVAL 72 HOUR
               AND len(regexp_extract_all(answer.text, '(?:^|\\s)[^@\\s]')) >= 5 AS answers
    FROM posts answer LEFT JOIN posts asked ON asked.post = answer.reply_to_post
    WHERE answer.reply_to IS NOT NULL AND answer.reply_to <> answer.author
      AND answer.post NOT IN (SELECT post FROM acts WHERE act = 'gratitude')
)
SELECT p.post, 'help_thanks' AS act, 'help' AS object, words.score AS score,
       CASE WHEN offers THEN 'thread.offer' ELSE 'thread.answer' END AS rule,
       words.start AS start, words.stop AS stop
FROM posts p JOIN said USING (post) JOIN answers ON answers.post = p.reply_to_post
WHERE p.authority > 0 AND answers.asker = p.author
  AND (offers OR (thanks AND coalesce(answers, FALSE)))
  AND p.happened_at BETWEEN answers.happened_at AND answers.happened_at + INTERVAL 72 HOUR
  AND p.post NOT IN (SELECT post FROM acts WHERE act = 'help_thanks')
ORDER BY p.post
"""
"""Rows of `plnmap.model.Act` that follow from those there are and from who answered whom."""
