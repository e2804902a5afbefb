"""The synthetic sample: the committed files are what the script makes, and they are plausible."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

DATA: Final = Path(__file__).parents[1] / "data"
ZIPS: Final = ("ego-twitter.zip", "mentor-twitter.zip", "ego-mastodon.zip")
MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TWITTER_EPOCH: Final = 1_288_834_974_657

Json = dict[str, Any]


def members(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def assigned(text: bytes) -> Any:
    """What a file of an X archive assigns."""
    return json.loads(text.decode().partition("=")[2])


def moment(date: str) -> datetime:
    if date[0].isdigit():
        return datetime.strptime(date, "%Y-%m-%d %H:%M:%S %z")
    _, month, day, time, _, year = date.split()
    return datetime.fromisoformat(f"{year}-{MONTHS.index(month) + 1:02d}-{day}T{time}+00:00")


def content(post: Json) -> str:
    return str(post.get("full_text") or post["text"])


def without_names_and_links(text: str) -> str:
    return re.sub(r"https?://\S+", "", re.sub(r"^(@\S+ )+", "", text)).strip()


@pytest.fixture(scope="module")
def committed() -> dict[str, dict[str, bytes]]:
    return {name: members(DATA / "sample" / name) for name in ZIPS}


@pytest.fixture(scope="module")
def ego_posts(committed: dict[str, dict[str, bytes]]) -> list[Json]:
    return [row["tweet"] for row in assigned(committed["ego-twitter.zip"]["data/tweets.js"])]


@pytest.fixture(scope="module")
def mentor_posts(committed: dict[str, dict[str, bytes]]) -> list[Json]:
    """All entries of the mentor's archive, the flattened boosts under their authors included."""
    months = committed["mentor-twitter.zip"].items()
    return [post for name, text in months if "/tweets/" in name for post in assigned(text)]


@pytest.fixture(scope="module")
def toots(committed: dict[str, dict[str, bytes]]) -> list[Json]:
    outbox: Json = json.loads(committed["ego-mastodon.zip"]["outbox.json"])
    return list(outbox["orderedItems"])


@pytest.fixture(scope="module")
def oracle() -> dict[str, str]:
    with (DATA / "sample" / "people.csv").open(encoding="utf-8", newline="") as file:
        return {row["handle"]: row["part"] for row in csv.DictReader(file)}


def make(out: Path, hash_seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    script = [sys.executable, str(DATA / "make_sample.py"), "--out", str(out)]
    subprocess.run(script, check=True, env=environment)


def test_the_script_makes_the_committed_sample(
    tmp_path: Path, committed: dict[str, dict[str, bytes]]
) -> None:
    make(tmp_path / "once", hash_seed="1")
    make(tmp_path / "twice", hash_seed="2")
    names = {path.name for path in (DATA / "sample").iterdir()}
    assert names == {*ZIPS, "people.csv"} == {path.name for path in (tmp_path / "once").iterdir()}
    for name in names:
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "twice" / name).read_bytes()
    # Unpacked, because another zlib may pack the same bytes differently.
    assert {name: members(tmp_path / "once" / name) for name in ZIPS} == committed
    assert (tmp_path / "once" / "people.csv").read_bytes() == (DATA / "sample" / "people.csv").read_bytes()


@pytest.mark.parametrize("name", ZIPS)
def test_zips_are_small_sorted_and_of_one_date(name: str) -> None:
    archive = DATA / "sample" / name
    assert archive.stat().st_size < 400_000
    with zipfile.ZipFile(archive) as opened:
        entries = opened.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(2023, 3, 12, 12, 0, 0)}


def test_sizes_and_span(ego_posts: list[Json], mentor_posts: list[Json], toots: list[Json]) -> None:
    assert 2_000 <= len(ego_posts) <= 2_600
    assert 850 <= len(mentor_posts) <= 1_200
    assert 140 <= len(toots) <= 180
    years = {moment(post["created_at"]).year for post in ego_posts}
    assert years == set(range(2016, 2023))
    assert {post["lang"] for post in ego_posts} == {"en", "de", "es"}
    assert {"Create", "Announce"} == {toot["type"] for toot in toots}


def test_hardly_any_text_is_repeated(
    ego_posts: list[Json], mentor_posts: list[Json], toots: list[Json]
) -> None:
    notes = [re.sub(r"<[^>]+>", "", toot["object"]["content"]) for toot in toots if toot["type"] == "Create"]
    for texts in ([content(post) for post in ego_posts], [content(post) for post in mentor_posts], notes):
        counts = Counter(map(without_names_and_links, texts))
        repeated = sum(count for count in counts.values() if count > 1)
        assert repeated < 0.05 * len(texts)


def test_texts_fit_the_platform_of_their_time(ego_posts: list[Json], mentor_posts: list[Json]) -> None:
    longer_posts = datetime(2017, 11, 8, tzinfo=UTC)
    for post in ego_posts + mentor_posts:
        text = re.sub(r"https://t\.co/\w+", "x" * 23, content(post))
        for escape, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            text = text.replace(escape, character)
        assert len(text) <= (280 if moment(post["created_at"]) >= longer_posts else 140), text


def test_every_link_is_under_a_reserved_domain(
    committed: dict[str, dict[str, bytes]], oracle: dict[str, str]
) -> None:
    first_parts = {*oracle, "pip_in_class", "i", "intent"}
    for files in committed.values():
        for name, text in files.items():
            for host, path in re.findall(r"https?://([\w.-]+)(/[^\s\"'<>\\]*)?", text.decode()):
                if host == "t.co":
                    assert "_" in path, "a short link that the platform could have handed out"
                elif host == "twitter.com":
                    assert path.split("/")[1] in first_parts, path
                else:
                    assert host.endswith(".example") or host == "www.w3.org", (name, host)
            assert not re.search(r"[\w.]+@(?!example\.org)[\w]+\.(?!example)\w+", text.decode()), name


def test_entities_stand_where_they_say(ego_posts: list[Json], mentor_posts: list[Json]) -> None:
    seen: Counter[str] = Counter()
    for post in ego_posts + mentor_posts:
        shown = {"user_mentions": ("@", "screen_name"), "hashtags": ("#", "text"), "urls": ("", "url")}
        for kind, (sign, key) in shown.items():
            for entity in post["entities"][kind]:
                start, stop = map(int, entity["indices"])
                assert content(post)[start:stop] == sign + entity[key]
                seen[kind] += 1
    assert min(seen[kind] for kind in ("user_mentions", "hashtags", "urls")) > 100


def test_ids_increase_with_time_and_are_unique(
    ego_posts: list[Json], mentor_posts: list[Json], toots: list[Json]
) -> None:
    for posts in (ego_posts, mentor_posts):
        for post in posts:
            at = ((int(post["id_str"]) >> 22) + TWITTER_EPOCH) // 1000
            assert at == moment(post["created_at"]).timestamp()
        assert len({post["id_str"] for post in posts}) == len(posts)
    by_month = sorted(ego_posts, key=lambda post: int(post["id_str"]), reverse=True)
    assert by_month == ego_posts
    numbers = [int(toot["id"].split("/")[-2]) for toot in toots]
    published = [toot["published"] for toot in toots]
    assert numbers == sorted(set(numbers)) and published == sorted(published)


def test_answers_between_the_two_owners_have_their_parents(
    ego_posts: list[Json], mentor_posts: list[Json], committed: dict[str, dict[str, bytes]]
) -> None:
    ego = assigned(committed["ego-twitter.zip"]["data/account.js"])[0]["account"]["accountId"]
    mentor = assigned(committed["mentor-twitter.zip"]["data/js/user_details.js"])["id"]
    of_ego = {post["id_str"]: post for post in ego_posts}
    of_mentor = {post["id_str"]: post for post in mentor_posts if post["user"]["id_str"] == mentor}
    chains = 0
    for own, other, other_id in ((of_ego, of_mentor, mentor), (of_mentor, of_ego, ego)):
        for post in own.values():
            parent = post.get("in_reply_to_status_id_str")
            if parent and post["in_reply_to_user_id_str"] == other_id:
                assert moment(other[parent]["created_at"]) < moment(post["created_at"])
                asked = other[parent].get("in_reply_to_status_id_str")
                if asked in own and moment(post["created_at"]) - moment(own[asked]["created_at"]) < timedelta(
                    days=6
                ):
                    chains += 1
    assert chains >= 15


def test_mentor_archive_holds_boosts_under_their_authors(
    mentor_posts: list[Json], ego_posts: list[Json], committed: dict[str, dict[str, bytes]]
) -> None:
    mentor = assigned(committed["mentor-twitter.zip"]["data/js/user_details.js"])["id"]
    foreign = [post for post in mentor_posts if post["user"]["id_str"] != mentor]
    assert len(foreign) >= 10
    assert all(post["retweeted"] for post in foreign)
    assert {post["id_str"] for post in foreign} & {post["id_str"] for post in ego_posts}
    assert any("retweeted_status" in post for post in mentor_posts)


def test_everybody_meant_to_be_there_is(
    committed: dict[str, dict[str, bytes]], oracle: dict[str, str]
) -> None:
    texts = {name: "\n".join(text.decode() for text in files.values()) for name, files in committed.items()}
    twitter = texts["ego-twitter.zip"]
    named = set(re.findall(r'"screen_name" : "(\w+)"', twitter)) | {"mira_tolland"}
    assert {handle for handle in oracle if "@" not in handle} == named - {"pip_in_class"}
    assert "pip_in_class" in named, "one person changed their handle"
    for handle in oracle:
        if "@" in handle:
            name, _, server = handle.partition("@")
            assert f"https://{server}/users/{name}" in texts["ego-mastodon.zip"], handle
    parts = Counter(part for joined in oracle.values() for part in joined.split(";"))
    assert parts["mentor"] >= 4 and parts["peer_mentor"] >= 4 and parts["just_in_time_helper"] >= 12


def test_no_post_is_empty(ego_posts: list[Json], mentor_posts: list[Json]) -> None:
    assert all(content(post).strip() for post in ego_posts + mentor_posts)


def test_direct_messages_are_only_where_they_belong(committed: dict[str, dict[str, bytes]]) -> None:
    files = committed["ego-twitter.zip"]
    talks = assigned(files["data/direct-messages.js"])
    (secret,) = {
        message["messageCreate"]["text"] for talk in talks for message in talk["dmConversation"]["messages"]
    }
    holders = [name for name, text in files.items() if secret.encode() in text]
    assert holders == ["data/direct-messages.js"]


def test_long_posts_stand_whole_beside_their_short_form(
    committed: dict[str, dict[str, bytes]], ego_posts: list[Json]
) -> None:
    notes = [row["noteTweet"] for row in assigned(committed["ego-twitter.zip"]["data/note-tweet.js"])]
    assert len(notes) == 2
    for note in notes:
        nearest = min(ego_posts, key=lambda post: abs(int(post["id_str"]) - int(note["noteTweetId"])))
        assert note["core"]["text"].startswith(content(nearest).removesuffix("…"))
        assert len(note["core"]["text"]) > 280
