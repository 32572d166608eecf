"""Who leaves for the hub and never returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.findings.finding import fine, look, school
from numo_sso.support.speech import counted, say
from numo_sso.support.traces.left_at_hub import PERMISSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding


def left(facts: Facts) -> Iterator[Finding]:
    """Of the sites that are this school's; where it says nothing, nobody is left."""
    if facts.sites is None:
        yield fine("left-at-hub-unknown", say("Left at the hub: the log did not answer."))
        return
    starts, gone = (sum(each[name] for each in facts.sites) for name in ("starts", "left"))
    if not gone:
        return
    text = counted(
        "Left at the hub: {left} of {number} login that started in a week.",
        "Left at the hub: {left} of {number} logins that started in a week.",
        starts,
        left=gone,
    )
    stopped = any(each["move"] == PERMISSION for each in facts.sites)
    do = say("permission for Numo in the Entree portal ('Diensten activeren').")
    yield look("left-at-hub", text, school(do) if stopped else None)
