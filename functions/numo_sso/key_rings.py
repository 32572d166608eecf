"""The ring of a kind of key: which keys there are, and what each is used for.

A key lives in a parameter of its own, ``{kind}/key/{id}``, that is written once and never altered.
The ring, ``{kind}/ring``, names them all with their states, so that a step of a rollover is one
write, which every reader sees either whole or not at all.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class KeyState(StrEnum):
    """What a key is used for, in the order in which it goes through life."""

    CREATED = "created"
    """Nothing: no function loads it."""
    PUBLISHED = "published"
    """Known to the hub and accepted by every function; nothing is signed with it yet."""
    CURRENT = "current"
    """It signs."""
    PREVIOUS = "previous"
    """Published and accepted as before, while something that it signed may still come back."""


_LOADED = (KeyState.CURRENT, KeyState.PUBLISHED, KeyState.PREVIOUS)


@dataclass(frozen=True)
class RingKey:
    """One key as its ring names it. Times are ISO, such as ``2026-08-24T08:30:00Z``."""

    id: str
    state: KeyState
    created: str
    since: str
    """When it entered this state."""


@dataclass(frozen=True)
class Ring:
    """Every key of one kind; of each state there is at most one. ``version`` grows by a step."""

    version: int = 0
    keys: tuple[RingKey, ...] = ()

    def find(self, state: KeyState) -> RingKey | None:
        return next((each for each in self.keys if each.state is state), None)

    @property
    def loaded(self) -> list[RingKey]:
        """The keys that functions load, the current one first."""
        return [key for key in map(self.find, _LOADED) if key is not None]

    def encode(self) -> str:
        return json.dumps(asdict(self))


def ring_name(kind: str) -> str:
    return f"{kind}/ring"


def key_name(kind: str, key_id: str) -> str:
    return f"{kind}/key/{key_id}"


def parse_ring(item: Any) -> Ring:
    """The ring from its JSON.

    Raises:
        KeyError: a field is missing.
        ValueError, TypeError, AttributeError: it is not what a ring is, or not with one current
            key and at most one of each other state.
    """
    keys = tuple(
        RingKey(str(each["id"]), KeyState(each["state"]), str(each["created"]), str(each["since"]))
        for each in item["keys"]
    )
    states = [each.state for each in keys]
    if KeyState.CURRENT not in states or len(set(states)) != len(states):
        raise ValueError("a ring has one current key, and one of each other state at most")
    return Ring(int(item["version"]), keys)
