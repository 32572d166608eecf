"""Why a command could not be done here, in one line and a hint; and the exit codes."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from numo_cli.speech import say

if TYPE_CHECKING:
    from pathlib import Path


class Exit(IntEnum):
    """What the shell is told."""

    DONE = 0
    REFUSED = 1
    """The support function, or the file, says no: the line says why."""
    USAGE = 2
    """The command was given wrongly."""
    UNREACHABLE = 3
    """No connection, no rights, or no such stack."""


class Failure(Exception):  # noqa: N818  # it ends the command with a line, not a traceback
    """The end of a command that cannot go on."""

    def __init__(self, exit_code: Exit, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code
        self.message = message
        self.hint = hint


def unwritable(path: Path, error: OSError) -> Failure:
    """A file that cannot be made, or not where it was said."""
    message = say("{path} cannot be written: {reason}.", path=path, reason=error.strerror)
    return Failure(Exit.USAGE, "file-unwritable", message, say("Name another file."))


def unreadable(message: str, hint: str) -> Failure:
    """A file that is no table of users."""
    return Failure(Exit.REFUSED, "file-unreadable", message, hint)
