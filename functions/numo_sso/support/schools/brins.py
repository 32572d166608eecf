"""A BRIN with all that is stored of it, changed on every side at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.schools import PARENT_LENGTH
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.items import find_brin, put_brin
from numo_sso.support.schools.spans import joined, set_spans, spans_of
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.storage.tables import Brin, School
    from numo_sso.support.schools.spans import Span
    from numo_sso.support.transaction import Put
    from numo_sso.support.world import Task

MAX_PERIODS = 50
"""Of one school, and of one BRIN: a login reads all entrances of its BRIN in one call."""


@dataclass(frozen=True)
class Brins:
    """The item of a BRIN and, where it is a location's, that of the school's four characters.

    What a school has is the truth, and these items say the same from the other side.
    """

    own: Brin
    parent: Brin | None

    @property
    def number(self) -> str:
        return str(self.own.brin)

    def others(self, entrances: Sequence[str], spans: Sequence[Span]) -> list[str]:
        """Who else has this BRIN on a day of ``spans``."""
        values = dict.fromkeys(each.value for each in self.own.entrances)
        return [
            value
            for value in values
            if value not in entrances
            and any(a.meets(b) for a in spans_of(self.own.entrances, value) for b in spans)
        ]

    def puts(self, task: Task) -> list[Put]:
        """The writes, under the condition that both are as they were read."""
        return [put_brin(task, each) for each in (self.own, self.parent) if each is not None]


def read_brins(task: Task, number: str) -> Brins:
    """The BRIN as it is stored; a new one where there is none."""
    parent = number[:PARENT_LENGTH]
    return Brins(find_brin(task, number), find_brin(task, parent) if parent != number else None)


def set_days(school: School, brins: Brins, spans: Sequence[Span]) -> bool:
    """Let the BRIN lead to ``school`` on exactly these days; whether that is new.

    Raises:
        SupportRefusal: ``brins-too-many``.
    """
    entrance = school.entrance
    sides = [school.brins, brins.own.entrances]
    changed = [
        set_spans(school.brins, brins.number, spans),
        set_spans(brins.own.entrances, entrance, spans),
    ]
    if brins.parent is not None:
        located = _located(school, str(brins.parent.brin))
        sides.append(brins.parent.locations)
        changed.append(set_spans(brins.parent.locations, entrance, located))
    if any(len(side) > MAX_PERIODS for side in sides):
        raise SupportRefusal(
            "brins-too-many",
            say("No more than {most} periods are kept of one school or BRIN.", most=MAX_PERIODS),
            say("See what is there: school.show for {entrance}.", entrance=entrance),
        )
    return any(changed)


def check_shared(task: Task, brins: Brins, entrances: Sequence[str], spans: Sequence[Span]) -> None:
    """Two entrances of one BRIN make some logins ambiguous, so a person decides it plainly.

    Raises:
        SupportRefusal: ``brin-elsewhere``.
    """
    others = brins.others(entrances, spans)
    if others and not task.request.shared:
        raise SupportRefusal(
            "brin-elsewhere",
            say(
                "{brin} already leads to {entrances}.",
                brin=brins.number,
                entrances=", ".join(others),
            ),
            say(
                "Is the BRIN right? If both entrances are this school's: {action} with shared.",
                action=task.request.action,
            ),
            {"entrances": others},
        )


def _located(school: School, parent: str) -> list[Span]:
    """When any location of this BRIN leads to ``school``."""
    values = {each.value for each in school.brins}
    locations = [each for each in values if each.startswith(parent) and each != parent]
    return joined(span for each in locations for span in spans_of(school.brins, each))
