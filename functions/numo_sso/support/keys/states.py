"""The states of a key in words."""

from __future__ import annotations

from numo_sso.key_rings import KeyState
from numo_sso.support.speech import later, say

_WORDS = {
    KeyState.CREATED: later("created"),
    KeyState.PUBLISHED: later("published"),
    KeyState.CURRENT: later("current"),
    KeyState.PREVIOUS: later("previous"),
}


def state_word(state: KeyState) -> str:
    return say(_WORDS[state])


def state_line(kind: str, key_id: str, state: KeyState) -> str:
    """A key that gets this state, as a change."""
    return say("{kind} {id}: {state}", kind=kind, id=key_id, state=state_word(state))
