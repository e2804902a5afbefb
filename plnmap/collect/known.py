"""Tasks that need no request, since the file holds all that they would bring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from plnmap.model import Task
from plnmap.sources.live import Live
from plnmap.store import Store

_HELD: Final = """
SELECT place, count(DISTINCT who) FROM asked JOIN (
    SELECT 'reply' AS kind, reply_to_post AS post, post AS who FROM posts WHERE reply_to_post IS NOT NULL
    UNION ALL SELECT 'quote', quote_of_post, post FROM posts WHERE quote_of_post IS NOT NULL
    UNION ALL SELECT 'boost', boost_of_post, author FROM posts WHERE boost_of_post IS NOT NULL
    UNION ALL SELECT kind, post, actor FROM reactions
) AS acts USING (kind, post) GROUP BY place
"""


def known_already(store: Store, live: Live, tasks: Iterable[Task]) -> list[Task]:
    """Those of some tasks that the file makes needless, as they are when they are done.

    Parameters
    ----------
    store
        An open PLN file, its parents joined.
    live
        The platform: `Live.about` says which acts towards which post a task is to bring.
    tasks
        Open tasks. One that has begun, or of which nobody said how many acts there are, is needed.
    """
    # Imported only when needed: `plnmap --help` gets here, too.
    import pyarrow as pa

    wanted = [
        (task, about)
        for task in tasks
        if not task.pass_pages and task.expected and (about := live.about(task)) is not None
    ]
    if not wanted:
        return []
    columns = {
        "place": list(range(len(wanted))),
        "kind": [kind for _, (kind, _) in wanted],
        "post": [post for _, (_, post) in wanted],
    }
    store.connection.register("asked", pa.table(columns))
    held = dict(store.rows(_HELD))
    store.connection.unregister("asked")
    return [
        task._replace(state="complete", got=held[place])
        for place, (task, _) in enumerate(wanted)
        if held.get(place, 0) >= (task.expected or 0)
    ]
