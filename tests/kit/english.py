"""The English of the catalogues, where it should not be."""

from __future__ import annotations

import re
from functools import cache

from texts import SPEAKERS, strings, written

_FIELD = re.compile(r"\{[^{}]*\}")
_WORDS = re.compile(r"[A-Za-z]{2,}")


def english_in(text: str) -> list[str]:
    """Each English sentence that has a Dutch one and stands in ``text``, however it is wrapped."""
    plain = _in_line(re.sub(r"[│╭╮╰╯─]", " ", text))
    return [template for template, piece in _pieces() if piece in plain]


@cache
def _pieces() -> list[tuple[str, str]]:
    """Each text and its longest piece between fields, where that is three words or more: what is
    shorter can stand in a Dutch sentence, or be a code."""
    found = (
        (one, max((_in_line(each) for each in _FIELD.split(one)), key=len))
        for speaker in SPEAKERS
        for message in written(speaker)
        if message.id
        for one, dutch in zip(strings(message.id), strings(message.string), strict=True)
        if one != dutch
    )
    return [(one, piece) for one, piece in found if len(_WORDS.findall(piece)) > 2]


def _in_line(text: str) -> str:
    return " ".join(text.split())
