"""The shapes of the files in an X archive; only the fields that are read.

The archive writes its names with capitals inside (``accountId``).
"""

from __future__ import annotations

from msgspec import Struct

from plnmap.sources.x_shapes import XPost


class StatedAccount(Struct, frozen=True, rename="camel"):
    """``account.js``, without the mail address that it also holds."""

    account_id: str | None = None
    username: str | None = None
    account_display_name: str | None = None
    created_at: str | None = None


class AccountRow(Struct, frozen=True, rename="camel"):
    """An element of ``account.js``."""

    account: StatedAccount = StatedAccount()


class UserInfo(Struct, frozen=True, rename="camel"):
    """Whose archive it is, as ``manifest.js`` says."""

    account_id: str | None = None
    user_name: str | None = None
    display_name: str | None = None


class ArchiveInfo(Struct, frozen=True, rename="camel"):
    """When the archive was made."""

    generation_date: str | None = None


class ListedFile(Struct, frozen=True, rename="camel"):
    """A file that should be there, and how many records it holds."""

    file_name: str | None = None
    count: int | None = None


class DataType(Struct, frozen=True, rename="camel"):
    """The files of one kind of record."""

    files: list[ListedFile] = []


class DataTypes(Struct, frozen=True, rename="camel"):
    """The kinds of records of which the files are counted."""

    tweets: DataType = DataType()


class Manifest(Struct, frozen=True, rename="camel"):
    """``manifest.js``."""

    user_info: UserInfo = UserInfo()
    archive_info: ArchiveInfo = ArchiveInfo()
    data_types: DataTypes = DataTypes()


class PostRow(Struct, frozen=True, gc=False, rename="camel"):
    """A post as it has been wrapped since 2020."""

    tweet: XPost | None = None
    community_tweet: XPost | None = None


class Like(Struct, frozen=True, gc=False, rename="camel"):
    """A like; its text is of an author nobody knows."""

    tweet_id: str | None = None
    expanded_url: str | None = None


class LikeRow(Struct, frozen=True, gc=False, rename="camel"):
    """An element of ``like.js``."""

    like: Like = Like()


class Person(Struct, frozen=True, gc=False, rename="camel"):
    """An account that follows or is followed."""

    account_id: str | None = None


class FollowRow(Struct, frozen=True, gc=False, rename="camel"):
    """An element of ``following.js`` or ``follower.js``."""

    following: Person | None = None
    follower: Person | None = None


class Message(Struct, frozen=True, gc=False, rename="camel"):
    """Who wrote to whom and when; the text is never decoded."""

    sender_id: str | None = None
    recipient_id: str | None = None
    created_at: str | None = None


class MessageRow(Struct, frozen=True, gc=False, rename="camel"):
    """An event in a conversation; only messages count."""

    message_create: Message | None = None


class Conversation(Struct, frozen=True, gc=False, rename="camel"):
    """What two people wrote to each other."""

    messages: list[MessageRow] = []


class ConversationRow(Struct, frozen=True, gc=False, rename="camel"):
    """An element of ``direct-messages.js``."""

    dm_conversation: Conversation = Conversation()


class GroupRow(Struct, frozen=True, gc=False, rename="camel"):
    """A conversation of which nothing is read but that it is there."""
