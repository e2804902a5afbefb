"""Other people on Mastodon, asked about on their own servers, as far as they let themselves be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plnmap.sources.live import PARTS, Alter
from tests.scenario.mastodon_api import FAR, HOME, TOKEN
from tests.scenario.world import Said, seen_at_alters
from tests.sources.mastodon_builders import Served, ada, drain, others


def test_others_are_asked_on_their_own_server_which_knows_all_of_them(served: Served) -> None:
    mastodon, server, connection = served
    alone = [one for one in mastodon.world.by("cy") if not mastodon.known(HOME, one)]
    found = drain(ada(mastodon, connection), others(mastodon, "cy", "bo"))
    seen = seen_at_alters(mastodon.world, ["cy", "bo"])

    assert len(alone) > 40
    assert {mastodon.post(number) for number in seen.posts} <= set(found.own())
    assert {(mastodon.account(who), mastodon.account(whom)) for who, whom in seen.follows} <= set(
        found.follows
    )
    assert {(mastodon.account(who), "boost", mastodon.post(number)) for who, number in seen.boosts} <= set(
        found.reactions
    )
    assert found.states("alter_posts") == {mastodon.account(name): ("complete", "") for name in ("cy", "bo")}
    tokens = {(one.request.host, one.request.token) for one in server.log}
    assert tokens == {(HOME, TOKEN), (FAR, None)}
    # The strongest tie first, and all of it.
    paths = [one.request for one in server.log if one.request.path.endswith("/lookup")]
    assert [one.query["acct"] for one in paths] == [f"cy@{FAR}", f"bo@{HOME}"]


def test_who_objects_is_left_alone(served: Served) -> None:
    mastodon, server, connection = served
    found = drain(ada(mastodon, connection), others(mastodon, "eli", "hal"))
    unwilling = ("refused", "does not want to be found or collected")

    for name in ("eli", "hal"):
        assert found.states("alter_posts")[mastodon.account(name)] == unwilling
        assert found.states("alter_following")[mastodon.account(name)] == unwilling
    asked = {one.request.path for one in server.log}
    for host, name in ((HOME, "eli"), (FAR, "hal")):
        assert not {path for path in asked if mastodon.account_id(host, name) in path}


def test_a_list_kept_to_oneself_is_hidden_and_not_empty(served: Served) -> None:
    mastodon, _, connection = served
    found = drain(ada(mastodon, connection), others(mastodon, "dee"))

    assert found.states("alter_following") == {
        mastodon.account("dee"): ("hidden", "the account keeps the list to itself")
    }
    assert found.states("alter_posts") == {mastodon.account("dee"): ("complete", "")}


@pytest.mark.parametrize("status", [401, 403, 404, 422, 503])
def test_where_their_own_server_refuses_ours_tells_a_part(served: Served, status: int) -> None:
    mastodon, server, connection = served
    with server.fault("status", path="/lookup", status=status, times=1 if status != 503 else 5):
        found = drain(ada(mastodon, connection), others(mastodon, "cy"))
    cy = mastodon.account("cy")

    assert found.tasks["lookup", f"{HOME}/cy@{FAR}"].state == "complete"
    part = ("partial", f"seen from {HOME}, which knows only a part")
    assert found.states("alter_posts")[cy] == part
    assert found.states("alter_following")[cy] == part
    known = {one.number for one in mastodon.world.by("cy") if mastodon.known(HOME, one) and not one.boost_of}
    assert {mastodon.post(number) for number in known} <= set(found.own())


def test_their_server_may_answer_anything(served: Served) -> None:
    mastodon, server, connection = served
    with server.fault("replace", path="/lookup", body=[1, 2]):
        found = drain(ada(mastodon, connection), others(mastodon, "cy"))
    lookup = found.tasks["lookup", f"{FAR}/cy@{FAR}"]

    assert (lookup.state, lookup.reason) == ("refused", "its answer is none that such a server gives")
    assert found.states("alter_posts")[mastodon.account("cy")][0] == "partial"


def test_a_server_that_names_somebody_else_is_not_believed(served: Served) -> None:
    mastodon, server, connection = served
    wrong = mastodon.entity(FAR, "fay")
    with server.fault("replace", path="/lookup", body=wrong):
        found = drain(ada(mastodon, connection), others(mastodon, "cy"))

    assert found.tasks["lookup", f"{FAR}/cy@{FAR}"].state == "refused"


def test_a_silent_server_is_tried_once_in_a_run(served: Served) -> None:
    mastodon, server, connection = served
    with server.fault("reset", path="/lookup", times=5):
        found = drain(ada(mastodon, connection), others(mastodon, "cy", "fay"))
    asked = [one for one in server.log if one.request.host == FAR]

    assert len(asked) == 5
    assert {found.tasks["lookup", f"{FAR}/{name}@{FAR}"].state for name in ("cy", "fay")} == {"refused"}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "router.local",
        "10.0.0.1:8080",
        "db.internal",
        "127.0.0.⑪",
        "bücher.example",
        "nas.home.arpa",
    ],
)
def test_no_machine_of_ones_own_network_is_asked(served: Served, host: str) -> None:
    mastodon, _, connection = served
    (task,) = ada(mastodon, connection).alter_tasks([Alter(f"mastodon:@eve@{host}", None)], frozenset(PARTS))

    assert task.subject == f"{HOME}/eve@{host}"


@pytest.mark.parametrize("host", ["a.example", "social.xn--p1ai", "xn--bcher-kva.example"])
def test_servers_anywhere_are_asked_themselves(served: Served, host: str) -> None:
    mastodon, _, connection = served
    (task,) = ada(mastodon, connection).alter_tasks([Alter(f"mastodon:@eve@{host}", None)], frozenset(PARTS))

    assert task.subject == f"{host}/eve@{host}"


def test_an_account_that_disappears_in_the_middle_is_gone(served: Served) -> None:
    mastodon, server, connection = served
    mastodon.most = 10
    path = f"/accounts/{mastodon.account_id(FAR, 'cy')}/statuses"
    with server.fault("status", path=path, status=410, after=2, times=None):
        found = drain(ada(mastodon, connection), others(mastodon, "cy"))
    task = found.tasks["alter_posts", f"{FAR}/{mastodon.account_id(FAR, 'cy')}"]

    assert (task.state, task.got, task.reason) == ("gone", 20, "there is no such thing any more")


def test_somebody_suspended_is_gone_and_a_deleted_account_too(served: Served) -> None:
    mastodon, _, connection = served
    mastodon.gone.add("ivy")
    found = drain(ada(mastodon, connection), others(mastodon, "gus", "ivy"))

    assert found.states("alter_posts") == {mastodon.account("gus"): ("gone", "the account is suspended")}
    assert found.tasks["lookup", f"{FAR}/ivy@{FAR}"].state == "gone"
    assert ("lookup", f"{HOME}/ivy@{FAR}") not in found.tasks


def test_recent_posts_of_others_end_after_ten_pages(served: Served) -> None:
    mastodon, server, connection = served
    start = max(mastodon.world.said)
    last = mastodon.world.said[start].at
    for number in range(start + 1, start + 401):
        mastodon.world.said[number] = Said(number, "bo", last + timedelta(minutes=number))
    found = drain(ada(mastodon, connection), others(mastodon, "bo"))

    assert found.states("alter_posts") == {mastodon.account("bo"): ("partial", "the 400 most recent")}
    path = f"/api/v1/accounts/{mastodon.account_id(HOME, 'bo')}/statuses"
    assert sum(one.request.path == path for one in server.log) == 10
