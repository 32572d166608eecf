"""The counts of an import in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_cli.speech import later, say

if TYPE_CHECKING:
    from collections import Counter

_ALWAYS = {
    "new": later("{number} new"),
    "changed": later("{number} changed"),
    "unchanged": later("{number} unchanged"),
    "invalid": later("{number} invalid"),
}
_SELDOM = {
    "repeated": later("{number} of them twice in the file"),
    "reused": later("{number} with another name"),
    "missing": later("{number} missing from the file"),
    "moved": later("{number} IDGebrs to another user"),
    "removed": later("{number} removed"),
    "nobody": later("{number} match nobody"),
    "empty": later("{number} without an IDGebr"),
}


def summary(counts: Counter[str]) -> str:
    """What every file has, and of the rest what there is."""
    told = [say(text, number=counts[name]) for name, text in _ALWAYS.items()]
    told += [say(text, number=counts[name]) for name, text in _SELDOM.items() if counts[name]]
    return ", ".join(told) + "."
