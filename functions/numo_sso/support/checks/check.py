"""``school.check``: is a school ready, and if not, whose move is it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.findings import (
    codes,
    counted_logins,
    left,
    logins,
    near,
    realms,
    school,
    tests,
    users,
)
from numo_sso.support.findings.facts import Facts, read_facts
from numo_sso.support.findings.finding import Finding, Level
from numo_sso.support.schools.items import snapshot
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numo_sso.support.logins.of_school import Logins
    from numo_sso.support.world import Task

FINDINGS: tuple[Callable[[Facts], Iterable[Finding]], ...] = (
    school.state,
    school.brins,
    school.shared,
    users.users,
    users.idgebr,
    realms.providers,
    users.addresses,
    codes.codes,
    tests.tested,
    logins.came_in,
    logins.failures,
    near.near_misses,
    left.left,
    counted_logins.share,
    realms.enforcing,
    counted_logins.bounds,
)
"""In the order in which a school becomes ready: the first that blocks is the next step.

A further finding is one more function here; what it needs to read goes into ``Facts``, and its
Dutch words for the school's mail into :mod:`.mail_texts`.
"""


def check(task: Task) -> Answer:
    """Look at everything, and end in one line."""
    facts = read_facts(task)
    found = all_findings(facts)
    waits = next_step(found)
    school = facts.school
    ready = (
        say("{school} ({entrance}) is not ready.", school=school.name, entrance=school.entrance)
        if waits
        else say("{school} ({entrance}) is ready.", school=school.name, entrance=school.entrance)
    )
    return Answer(
        message=ready,
        next_steps=[*_also(found), verdict(found)],
        data={
            "ready": waits is None,
            "owner": waits.step.owner.value if waits and waits.step else None,
            "findings": [each.as_dict() for each in found],
            "school": snapshot(school),
            "users": facts.roster.users,
            "roles": dict(facts.roster.roles),
            "logins": _counts(facts.logins),
            "logins_of_its_brin": _counts(facts.unplaced),
            "tests": [_test(each) for each in facts.tests],
            "providers": _providers(facts.logins),
        },
    )


def all_findings(facts: Facts) -> list[Finding]:
    return [finding for find in FINDINGS for finding in find(facts)]


def next_step(found: Iterable[Finding]) -> Finding | None:
    """What has to be done before anything else; None where the school is ready."""
    return next((each for each in found if each.level is Level.BLOCKS), None)


def verdict(found: Iterable[Finding]) -> str:
    """The line in which a check ends."""
    waits = next_step(found)
    return str(waits.step) if waits else say("Ready: nobody has to do anything.")


def _also(found: Iterable[Finding]) -> list[str]:
    """What is to be done too, each once; before the one step that comes first."""
    listed = list(found)
    steps = dict.fromkeys(str(each.step) for each in listed if each.step)
    return [each for each in steps if each != verdict(listed)]


def _counts(logins: Logins) -> dict[str, Any]:
    return {
        "since": logins.since,
        "outcomes": dict(logins.outcomes.most_common()),
        "good": logins.good,
        "failed": logins.failed,
        "first_good": logins.first_good,
        "last_good": logins.last_good,
        "last_failed": logins.last_failed,
        "users": len(logins.users),
        "more": logins.more,
    }


def _test(test: dict[str, Any]) -> dict[str, Any]:
    shown = ("reference", "at", "result", "detail", "affiliations", "brin", "authority", "realm")
    return {name: test[name] for name in shown}


def _providers(logins: Logins) -> list[dict[str, Any]]:
    return [
        {"authority": pair.authority, "realm": pair.realm} | vars(seen)
        for pair, seen in sorted(logins.pairs.items(), key=lambda each: -each[1].last)
    ]
