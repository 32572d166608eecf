"""What an import changes, decided from the rows and the roster as it is; nothing is written here.

Every user has one item by persoonscode and, with an IDGebr, one more by that. An IDGebr that goes
from one user to another is first released and only then assigned, so that each user's items fit in
one transaction however long the chain of moves; in between it belongs to nobody, never to two.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from numo_sso.support.imports.rows import Invalid, UserRow
from numo_sso.support.speech import say
from numo_sso.support.users.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True)
class Person:
    """A user as the roster has or should have them."""

    persoonscode: str
    idgebr: str | None
    role: str
    given_name: str
    infix: str | None
    surname: str
    mail: str | None
    group: str | None
    active: bool = True


@dataclass(frozen=True)
class Roster:
    """The users that the rows concern: those with their persoonscodes or their IDGebrs."""

    people: Mapping[str, Person]
    idgebr_owners: Mapping[str, str]
    """IDGebr to persoonscode."""


@dataclass(frozen=True)
class Release:
    """An IDGebr that leaves its owner. ``person`` is None where the roster has lost the owner."""

    idgebr: str
    owner: str
    person: Person | None


@dataclass(frozen=True)
class Step:
    """One user's change, once the releases are done. ``before`` is None for a new user."""

    before: Person | None
    after: Person


@dataclass
class Plan:
    releases: list[Release] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    invalid: list[Invalid] = field(default_factory=list)
    reused: list[Invalid] = field(default_factory=list)
    """Rows of known codes with another name: left out."""
    reused_codes: list[str] = field(default_factory=list)
    """Codes that now have another name, as was agreed to."""

    @property
    def unlinked_codes(self) -> list[str]:
        """Users who lose an IDGebr."""
        changed = [step.before for step in self.steps if step.before]
        kept = {step.after.persoonscode: step.after.idgebr for step in self.steps}
        losing = [
            each for each in changed if each.idgebr and each.idgebr != kept[each.persoonscode]
        ]
        return [*(each.owner for each in self.releases), *(each.persoonscode for each in losing)]


def make_plan(
    rows: Sequence[UserRow],
    roster: Roster,
    may_move: Collection[str],
    *,
    accept_reused: bool = False,
) -> Plan:
    """Hold each row against the roster.

    Args:
        rows: valid, and no code twice among them.
        roster: what there is now.
        may_move: IDGebrs that may leave a user who is not in the rows with another one.
        accept_reused: whether a code may go to a person of another name.
    """
    plan = Plan()
    reused = [row for row in rows if _renamed(roster.people.get(row.persoonscode), row)]
    if accept_reused:
        plan.reused_codes = [row.persoonscode for row in reused]
    else:
        reason = say("is known with another name: a number that was given out again?")
        plan.reused = [Invalid(row.line, "persoonscode", reason) for row in reused]
        rows = [row for row in rows if row not in reused]
    rows, plan.invalid = _settle_moves(list(rows), roster, may_move)
    people = dict(roster.people)
    for row in rows:
        if owner := _other_owner(row, roster):
            plan.releases.append(Release(row.idgebr or "", owner, people.get(owner)))
            if owner in people:
                people[owner] = replace(people[owner], idgebr=None)
    for row in rows:
        _add(plan, people.get(row.persoonscode), row)
    return plan


def _renamed(before: Person | None, row: UserRow) -> bool:
    """Whether not one word of the name is the same: a number that the school gave out again."""
    if before is None:
        return False
    old = fold(f"{before.given_name} {before.surname}").split()
    return not set(old) & set(fold(f"{row.given_name} {row.surname}").split())


def _settle_moves(
    rows: list[UserRow], roster: Roster, may_move: Collection[str]
) -> tuple[list[UserRow], list[Invalid]]:
    """Leave out the rows that take another's IDGebr; then those that counted on them; and so on."""
    invalid: list[Invalid] = []
    while True:
        leaving = {row.persoonscode for row in rows if row.idgebr}
        taken = {
            row.line: Invalid(row.line, "idgebr", say("belongs to another user"), owner)
            for row in rows
            if (owner := _other_owner(row, roster))
            and owner not in leaving
            and row.idgebr not in may_move
        }
        if not taken:
            return rows, invalid
        invalid += taken.values()
        rows = [row for row in rows if row.line not in taken]


def _other_owner(row: UserRow, roster: Roster) -> str | None:
    owner = roster.idgebr_owners.get(row.idgebr or "")
    return None if owner == row.persoonscode else owner


def _add(plan: Plan, before: Person | None, row: UserRow) -> None:
    after = _merged(None if row.persoonscode in plan.reused_codes else before, row)
    if after == before:
        plan.unchanged += 1
        return
    plan.steps.append(Step(before, after))
    if before is None:
        plan.new += 1
    else:
        plan.changed += 1


def _merged(before: Person | None, row: UserRow) -> Person:
    """The row over what is known: a column that the file lacks changes nothing."""
    return Person(
        persoonscode=row.persoonscode,
        idgebr=row.idgebr or (before.idgebr if before else None),
        role=row.role or (before.role if before else "pupil"),
        given_name=row.given_name,
        infix=_stated(row.infix, before.infix if before else None),
        surname=row.surname,
        mail=_stated(row.mail, before.mail if before else None),
        group=_stated(row.group, before.group if before else None),
        active=before.active if before else True,
    )


def _stated(value: str | None, known: str | None) -> str | None:
    return known if value is None else value or None
