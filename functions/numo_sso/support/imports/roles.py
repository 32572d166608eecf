"""The words in which schools write a role."""

from __future__ import annotations

from numo_sso.support.speech import say

_WORDS = {
    "pupil": ("pupil", "student", "leerling", "ll", "lln", "deelnemer", "learner"),
    "teacher": ("teacher", "docent", "leraar", "lerares", "leerkracht", "mentor", "dct"),
    "staff": (
        "staff", "employee", "medewerker", "personeel", "oop", "conciërge", "directie",
        "directeur", "administratie", "applicatiebeheerder", "beheerder", "toa", "zorg",
    ),
}  # fmt: skip
_ROLES = {word: role for role, words in _WORDS.items() for word in words}


def parse_role(text: str) -> str | None:
    """``pupil``, ``teacher`` or ``staff``; None for an empty cell.

    Raises:
        ValueError: another word, which nobody may guess at.
    """
    word = text.strip().casefold()
    if not word:
        return None
    if word not in _ROLES:
        raise ValueError(say("is no role that is known: use leerling, docent or medewerker"))
    return _ROLES[word]
