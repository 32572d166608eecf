"""The language that a browser asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from numo_sso.pages.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

_KNOWN = cast("tuple[Language, ...]", get_args(Language))
_DEFAULT = _KNOWN[0]


def language(accept_language: str | None) -> Language:
    """Dutch or English, whichever ``Accept-Language`` likes better; Dutch where it has no say."""
    wishes = sorted(_wishes(accept_language or ""), key=lambda wish: -wish[1])
    named = {tag.partition("-")[0] for tag, _ in wishes}
    for tag, quality in wishes:
        if quality <= 0:
            break
        for known in _matching(tag, named):
            return known
    return _DEFAULT


def _matching(tag: str, named: set[str]) -> Iterable[Language]:
    """The languages that a tag stands for; ``*`` is every one that is not named itself."""
    if tag == "*":
        return [known for known in _KNOWN if known not in named]
    return [known for known in _KNOWN if known == tag.partition("-")[0]]


def _wishes(header: str) -> Iterable[tuple[str, float]]:
    for wish in header.lower().split(","):
        tag, *parameters = (part.strip() for part in wish.split(";"))
        quality = _quality(parameters)
        if tag and quality is not None:
            yield tag, quality


def _quality(parameters: list[str]) -> float | None:
    """The ``q`` of a wish, 1 where it has none, None where it is no number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0
