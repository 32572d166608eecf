"""What a code that is stored is called where it is said."""

from __future__ import annotations

from numo_sso.support.speech import later, say

_STATES = {
    "requested": later("requested"),
    "active": later("active"),
    "suspended": later("suspended"),
}
_ROLES = {
    "pupil": later("pupil"),
    "teacher": later("teacher"),
    "staff": later("member of staff"),
}


def state_word(state: str) -> str:
    """The state of a school."""
    return say(_STATES[state])


def role_word(role: str) -> str:
    """The role of a user."""
    return say(_ROLES[role])
