"""Two Mastodon servers that really answer, for whatever asks them over the network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenario.mastodon_api import Mastodon
from tests.scenario.world import small_world
from tests.sources.mastodon_builders import Served, scenario


@pytest.fixture
def served() -> Iterator[Served]:
    """The two servers, with a few people, and a connection to them."""
    mastodon = Mastodon(small_world(posts=20, crowd=12, followed=5))
    with scenario(mastodon) as (server, connection):
        yield mastodon, server, connection


@pytest.fixture
def served_to_many() -> Iterator[Served]:
    """The same with all the people and posts of the scenario."""
    mastodon = Mastodon(small_world())
    with scenario(mastodon) as (server, connection):
        yield mastodon, server, connection
