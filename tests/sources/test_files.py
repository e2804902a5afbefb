"""Looking into archives: every container, and nothing that leaves or fills the machine."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from plnmap.errors import BadData, UsageError
from plnmap.sources import files as module
from plnmap.sources.files import Files, open_files
from tests.sources.builders import as_folder, as_tar, as_zip

CONTENT = {"data/tweets.js": b"[1]", "data/media/a.jpg": b"picture", "notes.txt": b"x"}


def contents(path: Path) -> dict[str, bytes]:
    with open_files(path) as files:
        return {name: files.read(name) for name in files.sizes}


def test_every_container_shows_the_same_files(tmp_path: Path) -> None:
    expected = {"data/tweets.js": b"[1]"}
    assert contents(as_zip(CONTENT, tmp_path / "a.zip")) == expected
    assert contents(as_tar(CONTENT, tmp_path / "a.tar.gz")) == expected
    assert contents(as_folder(CONTENT, tmp_path / "folder")) == expected


def test_a_plain_tar_and_a_single_file(tmp_path: Path) -> None:
    plain = tmp_path / "a.tar"
    with tarfile.open(plain, "w") as archive:
        member = tarfile.TarInfo("./outbox.json")
        member.size = 2
        archive.addfile(member, io.BytesIO(b"{}"))
    assert contents(plain) == {"outbox.json": b"{}"}
    single = tmp_path / "follows.csv"
    single.write_bytes(b"a,b")
    assert contents(single) == {"follows.csv": b"a,b"}


def test_a_folder_with_nothing_but_a_zip_stands_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    as_zip(CONTENT, folder / "a.zip")
    (folder / ".DS_Store").write_bytes(b"")
    assert contents(folder) == {"data/tweets.js": b"[1]"}


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"window.YTD.tweets.part0 = [ ]", "tweets.js"),
        (b"\xef\xbb\xbfwindow.YTD.note_tweet.part2 = [", "note-tweet-part2.js"),
        (b"Grailbird.data.tweets_2013_04 = \n [", "data/js/tweets/2013_04.js"),
        (b'{"@context": [], "id": "outbox.json", "orderedItems": []}', "outbox.json"),
        (b"hello", "renamed.txt"),
    ],
)
def test_a_renamed_file_is_known_by_its_beginning(tmp_path: Path, head: bytes, name: str) -> None:
    (tmp_path / "renamed.txt").write_bytes(head)
    assert list(contents(tmp_path / "renamed.txt")) == [name]


def test_what_macos_adds_is_no_data(tmp_path: Path) -> None:
    path = as_zip(
        {"data/tweets.js": b"[]", "__MACOSX/data/tweets.js": b"", "data/._tweets.js": b""}, tmp_path / "a.zip"
    )
    assert list(contents(path)) == ["data/tweets.js"]


def test_the_digest_of_a_file_is_its_sha256(tmp_path: Path) -> None:
    path = as_zip(CONTENT, tmp_path / "a.zip")
    with open_files(path) as files:
        assert files.digest([]) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_digest_of_a_folder_is_over_what_is_read(tmp_path: Path) -> None:
    def digest(name: str, change: dict[str, bytes]) -> str:
        with open_files(as_folder(CONTENT | {"data/like.js": b"[2]"} | change, tmp_path / name)) as files:
            return files.digest(["data/tweets.js", "data/like.js"])

    same = digest("one", {})
    assert digest("two", {"data/other.js": b"new"}) == same
    assert digest("three", {"data/like.js": b"[3]"}) != same


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"), open_files(tmp_path / "a.zip"):
        pass
    with pytest.raises(UsageError), open_files(tmp_path / ("x" * 5000)):
        pass
    with pytest.raises(UsageError), open_files(Path("a\0b")):
        pass


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is called a zip and is none"),
        (b"\xff\xd8\xff\xe0 a photo" * 9_000, "is called a zip and is none"),
        (b"PK\3\4 the first half" * 9_000, "ends too early to be a whole zip"),
    ],
)
def test_what_is_called_a_zip_and_is_none_is_told_from_half_a_zip(
    content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "twitter.zip"
    path.write_bytes(content)
    with pytest.raises(BadData, match=said), open_files(path):
        pass


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"), open_files(tmp_path / "pipe"):
        pass
    folder = as_folder({"outbox.json": b"{}"}, tmp_path / "folder")
    os.mkfifo(folder / "likes.json")
    with open_files(folder) as files, pytest.raises(BadData, match="no regular file"):
        files.read("likes.json")


@pytest.mark.parametrize(
    "name", ["../tweets.js", "/etc/tweets.js", "data/../../tweets.js", "C:/tweets.js", "..\\a.js"]
)
def test_paths_that_leave_the_archive(tmp_path: Path, name: str) -> None:
    for path in (
        as_zip({name: b"[]"}, tmp_path / "a.zip"),
        as_tar({name.replace("\\", "/"): b"[]"}, tmp_path / "a.tgz"),
    ):
        with pytest.raises(BadData, match="leaves the archive"), open_files(path):
            pass


def test_links_are_not_followed_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_bytes(b"secret")
    folder = as_folder({"data/like.js": b"[]"}, tmp_path / "folder")
    (folder / "data" / "tweets.js").symlink_to(tmp_path / "secret.js")
    (folder / "data" / "inside.js").symlink_to(folder / "data" / "like.js")
    with open_files(folder) as files:
        assert files.read("data/inside.js") == b"[]"
        with pytest.raises(BadData, match="leaves the folder"):
            files.read("data/tweets.js")


def test_links_in_a_zip_or_a_tar_are_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("data/tweets.js")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as tar:
        member = tarfile.TarInfo("data/tweets.js")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    for path in (tmp_path / "a.zip", tmp_path / "a.tgz"):
        with open_files(path) as files, pytest.raises(BadData, match="is a link"):
            files.read("data/tweets.js")


@pytest.mark.parametrize("pack", [as_zip, as_tar])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_archives(tmp_path: Path, pack: object, share: float) -> None:
    assert callable(pack)
    path: Path = pack({"data/tweets.js": os.urandom(50_000)}, tmp_path / "whole")
    cut = tmp_path / ("cut.zip" if pack is as_zip else "cut.tar.gz")
    whole = path.read_bytes()
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BadData):
        contents(cut)


def test_a_damaged_member(tmp_path: Path) -> None:
    path = as_zip({"data/tweets.js": os.urandom(5_000)}, tmp_path / "a.zip")
    broken = bytearray(path.read_bytes())
    broken[1_000] ^= 0xFF
    path.write_bytes(broken)
    with pytest.raises(BadData, match=r"tweets\.js in a\.zip is damaged"):
        contents(path)


def test_an_encrypted_zip(tmp_path: Path) -> None:
    path = as_zip({"data/tweets.js": b"[]"}, tmp_path / "a.zip")
    locked = bytearray(path.read_bytes())
    locked[6] |= 1
    locked[locked.find(b"PK\1\2") + 8] |= 1
    path.write_bytes(locked)
    with pytest.raises(BadData, match="encrypted") as caught:
        contents(path)
    assert caught.value.hint is not None
    assert "unpack" in caught.value.hint


def test_a_zip_packed_in_an_unusual_way(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("data/tweets.js", b"[]")
    with pytest.raises(BadData, match="unusual"):
        contents(tmp_path / "a.zip")


def drain(files: Files, name: str) -> int:
    return sum(map(len, files.chunks(name)))


@pytest.fixture
def one_megabyte_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small bombs go off: the share stays what it is, the margin before it counts is smaller."""
    monkeypatch.setattr(module, "ALWAYS_ALLOWED_BYTES", 1 << 20)


@pytest.mark.usefixtures("one_megabyte_allowed")
@pytest.mark.parametrize("pack", [as_zip, as_tar])
def test_bombs_are_noticed_before_they_are_unpacked(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    path = pack({"data/tweets.js": bytes(16 << 20)}, tmp_path / "bomb")
    with pytest.raises(BadData, match="over 200 times"), open_files(path) as files:
        drain(files, "data/tweets.js")


@pytest.mark.usefixtures("one_megabyte_allowed")
def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = as_zip({"data/tweets.js": bytes(4 << 20)}, tmp_path / "bomb.zip")
    lying = bytearray(path.read_bytes())
    struct.pack_into("<I", lying, lying.find(b"PK\1\2") + 24, 1_000)
    path.write_bytes(lying)
    with open_files(path) as files, pytest.raises(BadData):
        drain(files, "data/tweets.js")


@pytest.mark.usefixtures("one_megabyte_allowed")
def test_many_files_that_share_their_bytes_count_together(tmp_path: Path) -> None:
    # Each member alone stays below the ratio; all of them together do not.
    content = os.urandom(10_000) + bytes(3 << 19)
    names = [f"data/tweets-part{number}.js" for number in range(1, 4)]
    path = as_zip(dict.fromkeys(names, content), tmp_path / "a.zip")
    with open_files(path) as files:
        assert drain(files, names[0]) == len(content)
        for _ in range(3):
            drain(files, names[1])
        with pytest.raises(BadData, match="over 200 times"):
            for _ in range(20):
                drain(files, names[2])


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MEMBERS_AT_MOST", 3)
    many = {f"{number}.js": b"" for number in range(4)}
    for path in (
        as_zip(many, tmp_path / "a.zip"),
        as_tar(many, tmp_path / "a.tgz"),
        as_folder(many, tmp_path / "folder"),
    ):
        with pytest.raises(BadData, match="too many files"), open_files(path):
            pass


def test_a_list_of_members_that_would_fill_the_memory_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_DIRECTORY_BYTES_AT_MOST", 100)
    path = as_zip({f"{number}.js": b"" for number in range(4)}, tmp_path / "a.zip")
    monkeypatch.delattr(zipfile, "ZipFile")
    with pytest.raises(BadData, match="too many files"), open_files(path):
        pass


def test_small_files_are_not_read_beyond_their_size(tmp_path: Path) -> None:
    path = as_zip({"data/account.js": b"x" * 1_000}, tmp_path / "a.zip")
    with open_files(path) as files, pytest.raises(BadData, match="larger than it can be"):
        files.read("data/account.js", at_most=100)


def test_an_error_of_the_user_of_the_view_stays_their_own(tmp_path: Path) -> None:
    for path in (as_zip(CONTENT, tmp_path / "a.zip"), as_tar(CONTENT, tmp_path / "a.tgz")):
        with pytest.raises(ValueError, match="mine"), open_files(path):
            raise ValueError("mine")
