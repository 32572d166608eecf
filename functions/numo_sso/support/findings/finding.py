"""What a check finds: a sentence, how grave it is, and whose move it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from numo_sso.outcomes import CATALOGUE, Actor
from numo_sso.support.speech import later, say


class Owner(StrEnum):
    """Who can take the next step."""

    SCHOOL = "school"
    KENNISNET = "kennisnet"
    KURVE = "kurve"


class Level(StrEnum):
    FINE = "fine"
    LOOK = "look"
    """Some users will not get in, or something is better done soon."""
    BLOCKS = "blocks"
    """Nobody gets in, or nobody knows that they do, until this is done."""


MOVES = {
    Owner.SCHOOL: later("The school's move"),
    Owner.KENNISNET: later("Kennisnet's move"),
    Owner.KURVE: later("Ours (Kurve)"),
}


@dataclass(frozen=True)
class Step:
    """What to do, by whom."""

    owner: Owner
    do: str

    def __str__(self) -> str:
        return f"{say(MOVES[self.owner])}: {self.do}"


@dataclass(frozen=True)
class Finding:
    """One sentence of a check. ``code`` is stable."""

    code: str
    level: Level
    text: str
    step: Step | None = None

    def as_dict(self) -> dict[str, Any]:
        step = self.step
        return {
            "code": self.code,
            "level": self.level.value,
            "text": self.text,
            "owner": step.owner.value if step else None,
            "do": step.do if step else None,
        }


def fine(code: str, text: str) -> Finding:
    return Finding(code, Level.FINE, text)


def look(code: str, text: str, step: Step | None = None) -> Finding:
    return Finding(code, Level.LOOK, text, step)


def blocks(code: str, text: str, step: Step) -> Finding:
    return Finding(code, Level.BLOCKS, text, step)


def school(do: str) -> Step:
    return Step(Owner.SCHOOL, do)


def kurve(do: str) -> Step:
    return Step(Owner.KURVE, do)


def owner_of(outcome: str) -> Owner:
    """Who mends an outcome; what the user can mend is the school's to tell them."""
    known = CATALOGUE.get(outcome)
    owners = {
        Actor.SCHOOL: Owner.SCHOOL,
        Actor.USER: Owner.SCHOOL,
        Actor.KENNISNET: Owner.KENNISNET,
    }
    return owners.get(known.actor, Owner.KURVE) if known else Owner.KURVE
