"""What happened to an item of the trail's table, and the one object that tells of it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Mapping

INSERTED = "INSERT"
"""The only thing that ever should happen to an item there."""

Image = dict[str, Any]
"""An item as DynamoDB writes it: ``{"action": {"S": "school.activate"}}``."""


@dataclass(frozen=True)
class Entry:
    """One change of the table. Told twice it is the same to the letter, key and content."""

    id: str
    """The change's own, however often it is told."""
    change: str
    """``INSERT``, ``MODIFY`` or ``REMOVE``."""
    at: float
    """When the table took it, in seconds since 1970."""
    old: Image | None
    new: Image | None

    @property
    def altered(self) -> bool:
        """Whether somebody changed or removed a record that was there."""
        return self.change != INSERTED

    @property
    def key(self) -> str:
        """``records/2026/08/24/063000-ID.json``; what should not have been, in ``alterations/``."""
        return self._in("alterations" if self.altered else "records")

    @property
    def other_key(self) -> str:
        """``displaced/2026/08/24/063000-ID.json``, for when something else has the place."""
        return self._in("displaced")

    def _in(self, folder: str) -> str:
        return f"{folder}/{time.strftime('%Y/%m/%d/%H%M%S', time.gmtime(self.at))}-{self.id}.json"

    def encode(self) -> bytes:
        """One line of JSON: ``id``, ``change``, ``at``, and the item as ``new`` and as ``old``."""
        told = {
            "id": self.id,
            "change": self.change,
            "at": iso_time(self.at),
            "new": _plain(self.new),
            "old": _plain(self.old),
        }
        return (json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _plain(image: Image | None) -> dict[str, Any] | None:
    return image and {name: _value(each) for name, each in image.items()}


def _value(typed: Mapping[str, Any]) -> Any:
    """The value without its type. Numbers stay as their digits, so that none is rounded."""
    [(kind, value)] = typed.items()
    if kind == "M":
        return _plain(value)
    if kind == "L":
        return [_value(each) for each in value]
    return None if kind == "NULL" else value
