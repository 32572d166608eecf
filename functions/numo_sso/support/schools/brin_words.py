"""What is said where a BRIN begins or ends to lead to a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.spans import spans_of, split
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.storage.tables import School
    from numo_sso.support.schools.spans import Span
    from numo_sso.support.world import Task


def message(task: Task, school: School, *, changed: bool) -> str:
    """On which days the BRIN that is asked about leads to ``school`` now."""
    would = task.request.dry_run and changed
    brin = task.request.brin
    days = in_words(spans_of(school.brins, brin))
    if days:
        template = (
            later("{brin} would lead to {name} ({entrance}) {days}.")
            if would
            else later("{brin} leads to {name} ({entrance}) {days}.")
        )
    else:
        template = (
            later("{brin} would no longer lead to {name} ({entrance}).")
            if would
            else later("{brin} no longer leads to {name} ({entrance}).")
        )
    return say(template, brin=brin, name=school.name, entrance=school.entrance, days=days)


def change_line(school: School, brin: str) -> str:
    """The same, as a change of ``school``."""
    days = in_words(spans_of(school.brins, brin))
    template = later("{entrance}: {brin} {days}") if days else later("{entrance}: {brin} no longer")
    return say(template, entrance=school.entrance, brin=brin, days=days)


def in_words(spans: Sequence[Span]) -> str:
    """All of them; empty where there is none."""
    return ", ".join(map(str, spans))


def not_here(school: School, brin: str) -> SupportRefusal:
    """The refusal of what ends or moves a BRIN that does not lead to ``school``."""
    brins = ", ".join(dict.fromkeys(each.value for each in school.brins))
    template = (
        later("Its BRINs are: {brins}. See school.show for {entrance}.")
        if brins
        else later("It has no BRIN. See school.show for {entrance}.")
    )
    return SupportRefusal(
        "brin-not-here",
        say("{brin} does not lead to {entrance}.", brin=brin, entrance=school.entrance),
        say(template, brins=brins, entrance=school.entrance),
        {"brins": brins},
    )


def closed(school: School, day: str) -> list[str]:
    """What keeps the logins of a BRIN out though it leads to this school."""
    if school.state == "active" or not spans_at(school, day):
        return []
    template = (
        later(
            "{entrance} is suspended, so these logins are refused until "
            "school.resume for {entrance}."
        )
        if school.state == "suspended"
        else later(
            "{entrance} is requested, so these logins are refused until "
            "school.activate for {entrance}."
        )
    )
    return [say(template, entrance=school.entrance)]


def left_without(school: School, day: str) -> list[str]:
    """The plain word where a school has lost its last BRIN."""
    if spans_at(school, day):
        return []
    entrance = school.entrance
    return [
        say(
            "That was its last BRIN: from {day} nobody can log in at {entrance}.",
            day=day,
            entrance=entrance,
        ),
        say(
            "Its sessions go on until they end, or until school.suspend for {entrance}.",
            entrance=entrance,
        ),
    ]


def spans_at(school: School, day: str) -> list[Span]:
    """The days from ``day`` on for which a BRIN leads to ``school``."""
    values = {each.value for each in school.brins}
    every = [span for value in values for span in spans_of(school.brins, value)]
    return split(every, day)[1]
