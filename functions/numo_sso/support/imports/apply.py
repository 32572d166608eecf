"""``users.import``: rows of one school into the roster.

It can be sent again at any point: what is there already is unchanged, the rest is completed.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.imports.lease import (
    Agreed,
    check_room,
    count_users,
    held_lease,
    release_lease,
    spending,
    take_lease,
)
from numo_sso.support.imports.plan import Plan, make_plan
from numo_sso.support.imports.roster import read_roster, release_writes, step_writes
from numo_sso.support.imports.rows import Invalid, read_rows
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import end_sessions_of, ended_lines
from numo_sso.support.speech import counted, later, say
from numo_sso.support.transaction import MAX_WRITES, Change, commit, note, until_settled
from numo_sso.support.users.items import roster_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numo_sso.storage.tables import School
    from numo_sso.support.imports.plan import Step
    from numo_sso.support.imports.rows import UserRow
    from numo_sso.support.requests.imports import ImportUsers
    from numo_sso.support.transaction import Write
    from numo_sso.support.world import Task

Unit = tuple["Sequence[Write]", int]
"""Writes that must not be torn apart, those of one user; and how many known users they change."""
Reading = tuple[list["UserRow"], list[Invalid]]
"""Good rows, and what is wrong with the others."""


def import_users(task: Task) -> Answer:
    """Make the roster agree with the rows; users who are not among them stay as they are."""
    reading = read_rows(task.request.rows)
    return import_reading(task, lambda: reading)


def import_reading(task: Task, read: Callable[[], Reading]) -> Answer:
    """Write what ``read`` makes of the request: asked again, should the roster have changed."""
    request: ImportUsers = task.request
    school = get_school(task, request.entrance)
    if request.dry_run:
        rows, invalid = read()
        plan = _plan(task, rows)
        _record_owners(task, plan.invalid)
        return _answer(task, plan, invalid, 0)
    plans: list[Plan] = []
    if request.lease is None:
        _import_alone(task, read, plans)
    else:
        token = request.lease
        until_settled(lambda: _attempt(task, token, read, plans))
    return _answer(task, plans[0], read()[1], _end_sessions(task, school, plans))


def _import_alone(task: Task, read: Callable[[], Reading], plans: list[Plan]) -> None:
    """Rows that are a whole import: they take the lease, if there is anything to write."""
    rows, invalid = read()
    plan = _plan(task, rows)
    _check_rows(task, invalid + plan.invalid)
    if not plan.steps:
        plans.append(plan)
        return
    agreed = Agreed(_digest(task), task.request.changes)
    token = int(take_lease(task, agreed, count_users(task)).token)
    try:
        until_settled(lambda: _attempt(task, token, read, plans))
    finally:
        until_settled(lambda: release_lease(task, held_lease(task, token)))


def _plan(task: Task, rows: list[UserRow]) -> Plan:
    request: ImportUsers = task.request
    roster = read_roster(task, rows)
    return make_plan(rows, roster, request.may_move, accept_reused=request.accept_reused)


def _attempt(task: Task, token: int, read: Callable[[], Reading], plans: list[Plan]) -> None:
    """Plan and write. After a race the plan is made anew; what the first said is what is told."""
    lease = held_lease(task, token)
    rows, invalid = read()
    plan = _plan(task, rows)
    plans.append(plan)
    _check_rows(task, invalid + plan.invalid)
    check_room(lease, changed=plan.changed)  # all of it or nothing
    releases: list[Unit] = [(release_writes(task, each), 0) for each in plan.releases]
    steps: list[Unit] = [(step_writes(task, each), int(bool(each.before))) for each in plan.steps]
    for what, units in (("idgebrs_released", releases), ("users_written", steps)):
        for part in _packed(units):
            changed = sum(count for _, count in part)
            writes = [write for unit, _ in part for write in unit]
            counted = spending(task, lease, changed=changed)
            commit(task, _change(task, what, part), [counted, *writes])
            lease.changed += changed


def _check_rows(task: Task, bad: list[Invalid]) -> None:
    request: ImportUsers = task.request
    _record_owners(task, bad)
    if bad and not request.skip_invalid:
        raise SupportRefusal(
            "rows-invalid",
            counted(
                "{number} of {rows} rows cannot be imported; nothing was written.",
                "{number} of {rows} rows cannot be imported; nothing was written.",
                len({each.line for each in bad}),
                rows=len(request.rows),
            ),
            say("Mend the lines below and import again, or import the others with skip_invalid."),
            {"invalid": _sorted(bad)},
        )


def _record_owners(task: Task, bad: Sequence[Invalid]) -> None:
    """Whoever asks with an IDGebr is told whose it is: a look at somebody's code."""
    if told := sum(1 for each in bad if each.owner is not None):
        note(task, roster_change(task, {"read": "owners of IDGebrs", "users": told}))


def _packed(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """As many users a transaction as fit beside the lease."""
    part: list[Unit] = []
    size = 0
    for unit in units:
        if size + len(unit[0]) > MAX_WRITES - 1:
            yield part
            part, size = [], 0
        part.append(unit)
        size += len(unit[0])
    if part:
        yield part


def _change(task: Task, what: str, part: Sequence[Unit]) -> Change:
    """The trail cannot be erased and persons can ask to be, so it keeps how many, of how many rows.

    No hash of them: that of one row is found by trying names.
    """
    return roster_change(task, {what: len(part), "rows": len(task.request.rows)})


def _digest(task: Task) -> str:
    rows = json.dumps(task.request.rows, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(rows.encode()).hexdigest()


def _end_sessions(task: Task, school: School, plans: list[Plan]) -> int:
    """Of codes that went to another person; and of users by whose IDGebr nobody may come in now."""
    over = {code for plan in plans for code in plan.reused_codes}
    if school.match_rule == "idgebr":
        over |= {code for plan in plans for code in plan.unlinked_codes}
    return end_sessions_of(task, sorted(over))


def _answer(task: Task, plan: Plan, refused: list[Invalid], ended: int) -> Answer:
    invalid = refused + plan.invalid
    counts = {
        "new": plan.new,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "moved": len(plan.releases),
        "reused": len(plan.reused),
        "invalid": len({each.line for each in invalid}),
    }
    template = (
        later("{new} would be new, {changed} would be changed, {unchanged} unchanged.")
        if task.request.dry_run
        else later("{new} new, {changed} changed, {unchanged} unchanged.")
    )
    return Answer(
        message=say(template, **counts),
        changes=[*_changes(task.request.entrance, counts), *ended_lines(ended)],
        next_steps=_steps(plan, invalid),
        data={
            "counts": counts,
            "invalid": _sorted(invalid),
            "reused": _sorted(plan.reused),
            "changed": [_difference(step) for step in plan.steps if step.before],
        },
    )


def _changes(entrance: str, counts: dict[str, int]) -> list[str]:
    new, changed, moved = counts["new"], counts["changed"], counts["moved"]
    lines = {
        "new": counted(
            "{entrance}: {number} new user",
            "{entrance}: {number} new users",
            new,
            entrance=entrance,
        ),
        "changed": counted(
            "{entrance}: {number} user changed",
            "{entrance}: {number} users changed",
            changed,
            entrance=entrance,
        ),
        "moved": counted(
            "{entrance}: {number} IDGebr moved to another user",
            "{entrance}: {number} IDGebrs moved to another user",
            moved,
            entrance=entrance,
        ),
    }
    return [line for key, line in lines.items() if counts[key]]


def _steps(plan: Plan, invalid: list[Invalid]) -> list[str]:
    steps = [say("Mend the lines below, or import without them.")] if invalid else []
    if plan.reused:
        steps.append(
            counted(
                "{number} known code comes with another name and was left out: if it "
                "went to another person, again with accept_reused.",
                "{number} known codes come with another name and were left out: if they "
                "went to another person, again with accept_reused.",
                len(plan.reused),
            )
        )
    return steps


def _sorted(invalid: list[Invalid]) -> list[dict[str, Any]]:
    return [each.as_dict() for each in sorted(invalid, key=lambda each: each.line)]


def _difference(step: Step) -> dict[str, Any]:
    before = vars(step.before)
    fields = [name for name, value in vars(step.after).items() if before[name] != value]
    return {"persoonscode": step.after.persoonscode, "fields": fields}
