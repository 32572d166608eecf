"""Every line that a function logs, in one register: its code is what queries and people name."""

from __future__ import annotations

from enum import StrEnum


class Message(StrEnum):
    """What a line says. :attr:`code` is its stable name, ``message_code`` in the line."""

    REQUEST_ENDED = "request ended"
    """A request ended as people wanted."""
    REQUEST_REFUSED = "request refused"
    """It ended otherwise, and its outcome says how."""
    REQUEST_FAILED = "request failed"
    """It failed, and that is ours."""
    EXCEPTION = "exception"
    """Where something broke off: types and lines."""
    ACTION_ENDED = "action ended"
    """Support did what it was asked for."""
    ACTION_REFUSED = "action refused"
    """It did not, and the outcome says why."""
    RELEASE_CHECKED = "release checked"
    METADATA_CHECKED = "metadata checked"
    METADATA_HELD = "metadata held"
    METADATA_REFUSED = "metadata refused"
    METADATA_CHECK_FAILED = "metadata check failed"
    TRAIL_COPIED = "trail copied"
    TRAIL_COPY_FAILED = "trail copy failed"
    TRAIL_ALTERED = "trail altered"
    TRAIL_DISPLACED = "trail displaced"
    WATCHED = "watched"
    SCHOOLS_LOOKED_AT = "schools looked at"
    SCHOOL_IN_TROUBLE = "school in trouble"
    """Most of a school's logins fail."""
    SCHOOLS_LISTED = "schools listed"
    SCHOOL_SILENT = "school silent"
    """A school is active, and nobody of it came in."""
    WATCH_FAILED = "watch failed"
    HEARTBEAT = "heartbeat"
    HEARTBEAT_MISSED = "heartbeat missed"

    @property
    def code(self) -> str:
        return self.value.replace(" ", "-")
