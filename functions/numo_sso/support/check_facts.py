"""Everything that a check looks at, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.storage.periods import in_force
from numo_sso.support.roster_facts import read_roster_facts
from numo_sso.support.school_brins import read_brins
from numo_sso.support.school_items import get_school
from numo_sso.support.school_logins import read_logins, read_unplaced
from numo_sso.support.school_realms_seen import learned
from numo_sso.support.school_realms_state import read_realms
from numo_sso.support.school_routes import routes

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.roster_facts import RosterFacts
    from numo_sso.support.school_logins import Logins
    from numo_sso.support.school_realms_state import Realms
    from numo_sso.support.world import Task


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
    return Facts(
        school=school,
        today=task.today,
        roster=read_roster_facts(task, school.entrance),
        logins=read_logins(task, school.entrance),
        unplaced=read_unplaced(task, school),
        realms=read_realms(task, school),
        came_before=came_before(task, school),
        shared_with=shared_with(task, school),
    )


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
