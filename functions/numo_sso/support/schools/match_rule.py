"""``school.match_rule``: by which code a school's logins are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.schools import MatchRule
from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import get_school
from numo_sso.support.schools.match_coverage import read_coverage, unmatched_sessions
from numo_sso.support.sessions.ending import end_each
from numo_sso.support.sessions.of_user import ended_lines
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.requests.users import SetMatchRule
    from numo_sso.support.world import Task


def set_match_rule(task: Task) -> Answer:
    """Match by the other code, and end the sessions of users who no longer match.

    Raises:
        SupportRefusal: ``match-rule-shuts-out``, where nobody could log in after it.
    """
    request: SetMatchRule = task.request
    before = str(get_school(task, request.entrance).match_rule)
    coverage = read_coverage(task)
    _check(request, coverage)
    school, changed = change_school(task, lambda school: _set(school, request.rule))
    unmatched = unmatched_sessions(task) if school.match_rule == MatchRule.IDGEBR else ()
    ended = end_each(task, unmatched, "users without an IDGebr")
    template = (
        later("{name} ({entrance}) would match by {rule}.")
        if request.dry_run
        else later("{name} ({entrance}) matches by {rule}.")
    )
    change = [f"{request.entrance}: {before} → {request.rule.value}"] if changed else []
    return Answer(
        message=say(template, name=school.name, entrance=request.entrance, rule=request.rule.value),
        changes=[*change, *ended_lines(ended)],
        next_steps=_steps(request, coverage, before),
        data={
            "coverage": coverage,
            "before": {"rule": before, "users": coverage[before]},
            "after": {"rule": request.rule.value, "users": coverage[request.rule.value]},
            "sessions_ended": ended,
        },
    )


def _check(request: SetMatchRule, coverage: dict[str, int]) -> None:
    if any(coverage.values()) and not coverage[request.rule.value] and not request.force:
        raise SupportRefusal(
            "match-rule-shuts-out",
            say(
                "No user of {entrance} has an IDGebr, so nobody could log in.",
                entrance=request.entrance,
            ),
            say(
                "First give them theirs: users.idgebr. Or all the same: the same request "
                "with force."
            ),
        )


def _set(school: School, rule: MatchRule) -> None:
    school.match_rule = rule.value


def _steps(request: SetMatchRule, coverage: dict[str, int], before: str) -> list[str]:
    steps = [
        say(
            "Users who could log in: {users_before} by {before}, {users_after} by {after}.",
            users_before=coverage[before],
            before=before,
            users_after=coverage[request.rule.value],
            after=request.rule.value,
        )
    ]
    if request.rule is MatchRule.IDGEBR:
        steps.append(
            say("Logins go by the old rule for a minute; give it once more after it, to end those.")
        )
    return steps
