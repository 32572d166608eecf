"""The product's name in all words of the pages, where a deployment has another."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from numo_sso.pages.house import NAME

T = TypeVar("T")


def named(words: T, name: str) -> T:
    """``words`` (strings in dataclasses, tuples and dicts) with ``name`` for Numo's own."""
    return words if name == NAME else _named(words, name)


def _named(words: Any, name: str) -> Any:
    if isinstance(words, str):
        return words.replace(NAME, name)
    if isinstance(words, tuple):
        return tuple(_named(each, name) for each in words)
    if isinstance(words, dict):
        return {key: _named(each, name) for key, each in words.items()}
    if is_dataclass(words) and not isinstance(words, type):
        parts = {each.name: _named(getattr(words, each.name), name) for each in fields(words)}
        return replace(words, **parts)
    return words
