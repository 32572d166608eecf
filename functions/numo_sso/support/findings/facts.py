"""Everything that a check looks at, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.storage.lifetimes import DAY
from numo_sso.storage.periods import in_force
from numo_sso.support.findings.roster_facts import read_roster_facts
from numo_sso.support.logins.of_school import read_logins, read_unplaced
from numo_sso.support.near.items import read_refusals
from numo_sso.support.realms.seen import learned
from numo_sso.support.realms.state import read_realms
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.brins import read_brins
from numo_sso.support.schools.items import get_school
from numo_sso.support.schools.routes import routes
from numo_sso.support.traces.items import find_traces
from numo_sso.support.traces.left_at_hub import read_left

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.findings.roster_facts import RosterFacts
    from numo_sso.support.logins.of_school import Logins
    from numo_sso.support.near.items import Refusals
    from numo_sso.support.realms.state import Realms
    from numo_sso.support.world import Task

_LEFT_DAYS = 7
_TESTS = 3


@dataclass(frozen=True)
class Facts:
    """One school as it is now, with its users and the logins of two weeks."""

    school: School
    today: str
    roster: RosterFacts
    logins: Logins
    """Of this entrance."""
    unplaced: Logins
    """With a BRIN of this school, and of no entrance."""
    realms: Realms
    came_before: bool
    """Whether somebody ever came in: good logins teach their provider, which is long remembered."""
    shared_with: tuple[str, ...]
    """Other entrances to which logins with a BRIN of this school can lead."""

    near: tuple[Refusals, ...] = ()
    """Refused codes of two weeks, with who nearly has them."""
    tests: tuple[dict[str, Any], ...] = ()
    """The newest tests of the connection, as support shows traces."""
    sites: tuple[dict[str, Any], ...] | None = ()
    """Where its pupils click, and how many of them never return; None where the log is silent."""

    @property
    def entrance(self) -> str:
        return str(self.school.entrance)

    @property
    def brins(self) -> list[str]:
        """Those in force today."""
        return in_force(self.school.brins, self.today)

    @property
    def open(self) -> bool:
        """Whether logins can lead here at all."""
        return bool(self.school.state == "active" and self.brins)


def read_facts(task: Task) -> Facts:
    """Read all of it.

    Raises:
        SupportRefusal: ``entrance-unknown``.
    """
    school = get_school(task, task.request.entrance)
    logins, unplaced = read_logins(task, school.entrance), read_unplaced(task, school)
    return Facts(
        school=school,
        today=task.today,
        roster=read_roster_facts(task, school.entrance),
        logins=logins,
        unplaced=unplaced,
        realms=read_realms(task, school),
        came_before=came_before(task, school),
        shared_with=shared_with(task, school),
        near=tuple(read_refusals(task, school.entrance, school.match_rule)),
        tests=_tests(task, [*logins.tests, *unplaced.tests]),
        sites=_sites(task, school.entrance),
    )


def _tests(task: Task, references: list[str]) -> tuple[dict[str, Any], ...]:
    """Whole, as the indexes know neither their result nor who made them."""
    found = find_traces(task, references) if references else {}
    return tuple(sorted(found.values(), key=lambda each: -each["at"])[:_TESTS])


def _sites(task: Task, entrance: str) -> tuple[dict[str, Any], ...] | None:
    """A log that does not answer keeps nobody from all else that a check says."""
    try:
        rows = read_left(task, task.now - _LEFT_DAYS * DAY)
    except SupportRefusal:
        return None
    return tuple(each for each in rows if entrance in each["schools"])


def came_before(task: Task, school: School) -> bool:
    return bool(learned(task, school.entrance).pairs)


def shared_with(task: Task, school: School) -> tuple[str, ...]:
    numbers = in_force(school.brins, task.today)
    reached = {
        entrance
        for number in numbers
        for entrances in routes(read_brins(task, number), task.today).values()
        for entrance in entrances
    }
    return tuple(sorted(reached - {school.entrance}))
