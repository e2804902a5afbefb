"""Posts that the account answered and that no page has shown: who was answered is known by asking for them.

A platform that tells of a parent by number alone has a stream `PARENTS`, whose tasks
are about several posts at once. Which ones is known once all other pages are there,
since any of these may show them.
"""

from __future__ import annotations

from typing import Final

from plnmap.model import UNJOINED, Task
from plnmap.sources.live import ALTERS_RANK, Live, new_task
from plnmap.store import Store

PARENTS: Final = "parents"
"""The stream by which posts are looked up, several at once; platforms that show them anyway have none."""

_RANK: Final = ALTERS_RANK - 1

_UNKNOWN: Final = """
SELECT DISTINCT regexp_extract(reply_to_post, '[^:]*$') AS id FROM posts
WHERE author = $owner AND starts_with(reply_to_post, $unjoined) AND id NOT IN (
    SELECT unnest(string_split(subject, ',')) FROM tasks WHERE source = $source AND stream = $stream
)
ORDER BY length(id) DESC, id DESC
"""


def unknown_parents(store: Store, live: Live) -> list[str]:
    """Ids of the posts that the account answered, that are not here and were not asked for; newest first.

    Parameters
    ----------
    store
        An open PLN file, its parents joined.
    live
        The platform; one without a stream of parents has none to ask for.
    """
    if PARENTS not in live.streams:
        return []
    asked = {"owner": live.owner, "unjoined": UNJOINED, "source": live.source, "stream": PARENTS}
    return [found for (found,) in store.rows(_UNKNOWN, asked)]


def tasks_of_parents(store: Store, live: Live) -> list[Task]:
    """What is to be asked for by now, as many posts at once as the platform takes.

    The first request finds out whether the server knows of such requests at all. Once it has
    turned one down, no more follow; once it has answered one, all others do.

    Parameters
    ----------
    store, live
        As in `unknown_parents`.
    """
    unknown = unknown_parents(store, live)
    if not unknown:
        return []
    told = {
        state
        for (state,) in store.rows(
            "SELECT DISTINCT state FROM tasks WHERE source = ? AND stream = ?", [live.source, PARENTS]
        )
    }
    if "refused" in told:
        return []
    size = live.streams[PARENTS].page_size
    most = len(unknown) if "complete" in told else size
    return [
        new_task(
            live.source,
            PARENTS,
            ",".join(batch := unknown[start : start + size]),
            live.owner,
            _RANK,
            len(batch),
        )
        for start in range(0, most, size)
    ]
