"""Users as they are stored: the reads before a plan, the writes after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.storage.tables import RosterUser
from numo_sso.support.imports.plan import Person, Roster
from numo_sso.support.transaction import Delete, Put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pynamodb.expressions.condition import Condition

    from numo_sso.support.imports.plan import Release, Step
    from numo_sso.support.imports.rows import UserRow
    from numo_sso.support.world import Task

_FIELDS = (
    "persoonscode", "idgebr", "role", "given_name", "infix", "surname", "mail", "group", "active",
)  # fmt: skip


def read_roster(task: Task, rows: Sequence[UserRow]) -> Roster:
    """The users whom ``rows`` concern, with those who have one of their IDGebrs now."""
    people = _read(task, "persoonscode", (row.persoonscode for row in rows))
    linked = _read(task, "idgebr", (row.idgebr for row in rows if row.idgebr))
    owners = {code: item.persoonscode for code, item in linked.items()}
    missing = set(owners.values()) - people.keys()
    people |= _read(task, "persoonscode", missing)
    return Roster({code: person_of(item) for code, item in people.items()}, owners)


def read_people(task: Task, persoonscodes: Iterable[str]) -> dict[str, Person]:
    """Those users whom there are, by persoonscode."""
    found = _read(task, "persoonscode", persoonscodes)
    return {code: person_of(item) for code, item in found.items()}


def _read(task: Task, kind: str, codes: Iterable[str]) -> dict[str, RosterUser]:
    entrance = task.request.entrance
    keys = [(entrance, RosterUser.sort_key(kind, code)) for code in dict.fromkeys(codes)]
    found = task.world.tables.user.batch_get(keys, consistent_read=True)
    return {item.sk.removeprefix(f"{kind}#"): item for item in found}


def release_writes(task: Task, release: Release) -> list[Put | Delete]:
    """Take an IDGebr from its owner: from the user's own item, and the item by IDGebr."""
    model = task.world.tables.user
    item = model(task.request.entrance, model.sort_key("idgebr", release.idgebr))
    writes: list[Put | Delete] = [Delete(item, model.persoonscode == release.owner)]
    if release.person is not None:
        person = Person(**{**vars(release.person), "idgebr": None})
        writes.append(put_person(task, "persoonscode", person, as_read(task, release.person)))
    return writes


def step_writes(task: Task, step: Step) -> list[Put | Delete]:
    """Bring one user's items to what they should be: three at most.

    The conditions hold what the plan relied on: that the user is as new or as linked as was read,
    and that no IDGebr is taken from anybody else.
    """
    model = task.world.tables.user
    before, after = step.before, step.after
    old = before.idgebr if before else None
    condition = as_read(task, step.before)
    writes: list[Put | Delete] = [put_person(task, "persoonscode", after, condition)]
    own = model.persoonscode == after.persoonscode
    if after.idgebr:
        writes.append(put_person(task, "idgebr", after, model.pk.does_not_exist() | own))
    if old and old != after.idgebr:
        item = model(task.request.entrance, model.sort_key("idgebr", old))
        writes.append(Delete(item, model.pk.does_not_exist() | own))
    return writes


def as_read(task: Task, before: Person | None) -> Condition:
    """That a user is to the letter as was read: the whole item is written, not what was changed."""
    model = task.world.tables.user
    if before is None:
        return model.pk.does_not_exist()
    unchanged: Condition = model.pk.exists()
    for name, value in vars(before).items():
        attribute = getattr(model, name)
        unchanged &= attribute.does_not_exist() if value is None else attribute == value
    return unchanged


def put_person(task: Task, kind: str, person: Person, condition: Condition) -> Put:
    """One of a user's items: the one by persoonscode, or by IDGebr."""
    code = person.persoonscode if kind == "persoonscode" else person.idgebr
    item = task.world.tables.user(
        task.request.entrance,
        RosterUser.sort_key(kind, code or ""),
        updated_at=int(task.now),
        **vars(person),
    )
    return Put(item, condition)


def person_of(item: RosterUser) -> Person:
    return Person(**{name: getattr(item, name) for name in _FIELDS})
