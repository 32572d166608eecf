"""``school.report``: every school in a line, with its next step, a page at a time.

Reads are bounded: of each school the newest logins of a week, and a number of users that is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.checks.check import next_step, verdict
from numo_sso.support.findings import logins, realms, school, users
from numo_sso.support.findings.facts import Facts, came_before, shared_with
from numo_sso.support.findings.roster_facts import RosterFacts
from numo_sso.support.logins.of_school import read_logins, read_unplaced
from numo_sso.support.realms.state import read_realms
from numo_sso.support.schools.items import every_school
from numo_sso.support.speech import counted
from numo_sso.support.users.count import count_users, kept_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numo_sso.storage.tables import RosterCount, School
    from numo_sso.support.findings.finding import Finding
    from numo_sso.support.requests.report import ReportSchools
    from numo_sso.support.users.count import UserCount
    from numo_sso.support.world import Task

DAYS = 7
MAX_LOGINS = 5_000
MAX_UNPLACED = 500
FINDINGS: tuple[Callable[[Facts], Iterable[Finding]], ...] = (
    school.state,
    school.brins,
    users.users,
    realms.providers,
    logins.came_in,
    logins.failures,
)
"""Those of a check that need no roster."""


def report(task: Task) -> Answer:
    """The schools behind ``after``, in order of their entrances."""
    request: ReportSchools = task.request
    schools, counts = every_school(task), kept_counts(task)
    behind = [each for each in schools if each.entrance > (request.after or "")]
    page = behind[: request.limit]
    rows = [_row(task, each, counts.get(each.entrance)) for each in page]
    more = len(behind) > len(page)
    return Answer(
        message=counted(
            "{shown} of {number} school.",
            "{shown} of {number} schools.",
            len(schools),
            shown=len(rows),
        ),
        data={
            "schools": rows,
            "total": len(schools),
            "next": page[-1].entrance if more else None,
            "days": DAYS,
        },
    )


def _row(task: Task, school: School, kept: RosterCount | None) -> dict[str, Any]:
    users = count_users(task, school.entrance, kept)
    facts = _facts(task, school, users)
    found = [finding for find in FINDINGS for finding in find(facts)]
    waits = next_step(found)
    logins = facts.logins
    return {
        "entrance": school.entrance,
        "name": school.name,
        "state": school.state,
        "since": int(school.state_since or school.created_at),
        "brins": facts.brins,
        "users": users.users,
        "users_more": users.more,
        "users_counted_at": users.counted_at,
        "logins": logins.total,
        "failed": logins.failed,
        "failure_share": round(logins.failed / logins.total, 3) if logins.total else None,
        "logins_more": logins.more,
        "last_good": logins.last_good,
        "ready": waits is None,
        "owner": waits.step.owner.value if waits and waits.step else None,
        "next_step": verdict(found),
    }


def _facts(task: Task, school: School, users: UserCount) -> Facts:
    roster = RosterFacts(users=users.users, more=users.more)
    return Facts(
        school=school,
        today=task.today,
        roster=roster,
        logins=read_logins(task, school.entrance, days=DAYS, limit=MAX_LOGINS),
        unplaced=read_unplaced(task, school, days=DAYS, limit=MAX_UNPLACED),
        realms=read_realms(task, school),
        came_before=came_before(task, school),
        shared_with=shared_with(task, school),
    )
