"""What can be said of a whole roster without its persons: how many, in which roles, what codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from numo_sso.code_shapes import ADDRESS, shape_of
from numo_sso.schools import MatchRule
from numo_sso.support.users.count import keep_count

if TYPE_CHECKING:
    from numo_sso.storage.tables import RosterUser
    from numo_sso.support.world import Task

MAX_USERS = 250_000
_READ = ["persoonscode", "idgebr", "role", "active"]


@dataclass
class RosterFacts:
    """The users of one entrance, counted. Memory stays flat, whatever their number."""

    users: int = 0
    disabled: int = 0
    linked: int = 0
    """Those with an IDGebr."""
    roles: Counter[str] = field(default_factory=Counter)
    shapes: dict[MatchRule, Counter[str]] = field(
        default_factory=lambda: {rule: Counter() for rule in MatchRule}
    )
    realms: Counter[str] = field(default_factory=Counter)
    """What stands behind the last ``@`` of the codes that have one: the twenty first."""
    more: bool = False

    def count(self, user: RosterUser) -> None:
        self.users += 1
        self.roles[user.role] += 1
        self.disabled += not user.active
        shape = shape_of(user.persoonscode)
        self.shapes[MatchRule.PERSOONSCODE][shape] += 1
        if shape == ADDRESS:
            self._behind_the_at(user.persoonscode)
        if user.idgebr:
            self.linked += 1
            self.shapes[MatchRule.IDGEBR][shape_of(user.idgebr)] += 1

    def _behind_the_at(self, code: str) -> None:
        realm = code.rpartition("@")[2]
        if realm in self.realms or len(self.realms) < 20:  # noqa: PLR2004  # as is said above
            self.realms[realm] += 1


def read_roster_facts(task: Task, entrance: str, *, limit: int = MAX_USERS) -> RosterFacts:
    """Go through the users of ``entrance``, page by page; and keep their number for the report."""
    model = task.world.tables.user
    facts = RosterFacts()
    for user in model.query(
        entrance, model.sk.startswith("persoonscode#"), attributes_to_get=_READ
    ):
        if facts.users == limit:
            facts.more = True
            break
        facts.count(user)
    keep_count(task, entrance, facts.users, more=facts.more)
    return facts
