"""What the federation asks of the world around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

Fetch = Callable[[str], bytes]
"""The bytes at a URL, or a MetadataRefused."""

Described = dict[str, Any] | None
"""A digest for people and the trail: certificates by fingerprint. None: there is none."""

Note = Callable[[str, Described, Described], None]
"""Writes the record of a change (which parameter, before, after), **before** the change itself.

So a change without its record cannot be; a record whose change then failed can.
"""

IN_FORCE = "idp"
"""The digest that login reads."""
PENDING = "idp-pending"
"""The digest that waits for support; ``null`` when none does."""
CHECKED = "federation/checked"
"""When the hub's metadata was last asked for, and what came of it."""


@dataclass(frozen=True)
class Version:
    """One of the values that the digest in force has had."""

    number: int
    at: float
    """When it was written, in seconds since 1970."""
    value: str


class Store(Protocol):
    """The three parameters above, by these names."""

    def read(self) -> dict[str, str]:
        """Those that there are."""
        ...

    def write(self, name: str, value: str) -> None:
        """Write one, there or not."""
        ...

    def versions(self) -> list[Version]:
        """What the digest in force has been, the oldest first; SSM keeps a hundred."""
        ...
