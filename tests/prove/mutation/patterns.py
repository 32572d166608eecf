"""Changes of one regular expression: a class wider or narrower, a count one more or one less."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASS = re.compile(r"(?<!\\)\[\^?((?:\\.|[^\]\\])+)\]")
_COUNT = re.compile(r"(?<!\\)\{(\d+)(,?)(\d*)\}")
_QUANTIFIER = re.compile(r"(?<![\\(?{*+])[?*+]")
_ENTRY = re.compile(r"(?:\\.|[^\\])(?:-(?:\\.|[^\\]))?")


def pattern_changes(pattern: str) -> Iterator[tuple[str, str]]:
    """Patterns that differ from ``pattern`` in one thing, each with a sentence that says it."""
    for change, other in [*_classes(pattern), *_counts(pattern), *_quantifiers(pattern)]:
        try:
            re.compile(other)
        except re.error:
            continue
        yield change, other


def _classes(pattern: str) -> Iterator[tuple[str, str]]:
    for found in _CLASS.finditer(pattern):
        inside, start, end = found[1], found.start(1), found.end(1)
        yield f"{found[0]} takes a line break too", pattern[:end] + "\\n" + pattern[end:]
        for entry in _ENTRY.finditer(inside):
            rest = inside[: entry.start()] + inside[entry.end() :]
            if rest:
                yield f"{found[0]} without {entry[0]}", pattern[:start] + rest + pattern[end:]


def _counts(pattern: str) -> Iterator[tuple[str, str]]:
    for found in _COUNT.finditer(pattern):
        low, comma, high = found.groups()
        others = [f"{{{int(low) + 1}{comma}{high}}}"]
        if int(low):
            others.append(f"{{{int(low) - 1}{comma}{high}}}")
        if high:
            others += [f"{{{low}{comma}{int(high) + by}}}" for by in (1, -1)]
        for other in others:
            yield (
                f"{found[0]} becomes {other}",
                pattern[: found.start()] + other + pattern[found.end() :],
            )


def _quantifiers(pattern: str) -> Iterator[tuple[str, str]]:
    inside = [range(*found.span()) for found in _CLASS.finditer(pattern)]
    for found in _QUANTIFIER.finditer(pattern):
        at = found.start()
        if any(at in each for each in inside):
            continue
        yield f"{found[0]} at {at} removed", pattern[:at] + pattern[at + 1 :]
