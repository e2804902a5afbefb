"""Requests about single posts that an earlier login was refused: a new one may have more rights."""

from __future__ import annotations

from plnmap.collect.keeping import tasks_to_do
from plnmap.collect.passes import begin_pass
from plnmap.collect.wanted import Wanted, account_of, streams_of
from plnmap.model import Task
from plnmap.sources.live import Live
from plnmap.store import Store


def refused_before(store: Store, live: Live, wanted: Wanted) -> list[Task]:
    """Tasks to be asked for once more, as they are before that; a login that is refused them ends it.

    Whatever else was refused is asked for on every run: a single post may be one of thousands.

    Parameters
    ----------
    store
        An open PLN file.
    live
        The platform, as the account is logged in now.
    wanted
        What the run is to do.
    """
    since = live.logged_in_at
    about_posts = [
        name
        for name in streams_of(live, wanted)
        if name in live.streams and live.streams[name].subjects_from is not None
    ]
    refused = tasks_to_do(store, live.source, about_posts, account_of(live, wanted), ("refused",))
    return [begin_pass(task) for task in refused if since and task.began_at and task.began_at < since]
