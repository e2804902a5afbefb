"""What can go wrong, and the exit code of each.

::

    PlnmapError                 1
    ├── UsageError              2   wrong words or settings
    │   ├── SeveralEgos
    │   └── UnknownPerson
    ├── CredentialsError        3   missing or refused
    ├── SourceUnreachable       4
    ├── StoppedByLimit          5   saved, resumable
    ├── BadData                 6   the input cannot be read
    └── FileUnavailable         7   locked, or no space

Every error says what happened, to what, and (``hint``) what to do next.
"""

from __future__ import annotations


class PlnmapError(Exception):
    """Base of all errors this package raises on purpose.

    Parameters
    ----------
    message
        What happened, and to what.
    hint
        What the user can do next; shown on a line of its own.

    Examples
    --------
    >>> BadData("tweets.js ends in the middle of a post", hint="download the archive again").exit_code
    6
    """

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PlnmapError):
    """The command or a setting does not make sense as given."""

    exit_code = 2


class SeveralEgos(UsageError):
    """The file holds several egos and none was named."""


class UnknownPerson(UsageError):
    """Nobody in the file goes by that handle or id."""


class CredentialsError(PlnmapError):
    """Credentials are missing, expired or refused."""

    exit_code = 3


class SourceUnreachable(PlnmapError):
    """A server does not answer."""

    exit_code = 4


class StoppedByLimit(PlnmapError):
    """A limit was reached; what was done is saved and can be resumed."""

    exit_code = 5


class BadData(PlnmapError):
    """An input is damaged, of the wrong kind, or unsafe to read."""

    exit_code = 6


class FileUnavailable(PlnmapError):
    """The PLN file is locked by another process, or the disk is full."""

    exit_code = 7
