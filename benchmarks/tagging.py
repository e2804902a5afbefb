"""How fast the rules read posts, on one processor."""

from __future__ import annotations

import time
from itertools import cycle, islice

from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import call, spread

SECONDS_AT_MOST = 10.0
OF_POSTS = 100_000


def measure(place: Place) -> list[Figure]:
    """Posts a second, over the posts of the three real archives."""
    what, target = f"tagging {OF_POSTS:,} posts on one processor", f"< {SECONDS_AT_MOST:.0f} s"
    if place.archives is None:
        return [skipped(what, target)]
    runs = [float(call("tagging", "tag_posts", place.sizes.tagged).said) for _ in range(place.sizes.times)]
    seconds = spread([OF_POSTS / posts_a_second for posts_a_second in runs])
    measured = f"{seconds} s, {spread(runs).median:,.0f} posts a second"
    return [figure(what, target, measured, seconds.median < SECONDS_AT_MOST)]


def tag_posts(count: int) -> None:
    """Tag so many posts, some twice if there are not as many; say how many a second."""
    from benchmarks.acts import ARCHIVES, archive, archive_text
    from plnmap.acts import tag

    once = [archive_text(post) for name in ARCHIVES for post in islice(archive(name), count)]
    texts = list(islice(cycle(once), count))
    started = time.process_time()
    tag(texts)
    print(count / (time.process_time() - started))
