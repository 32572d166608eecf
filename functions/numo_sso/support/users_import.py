"""``users.import``: rows of one school into the roster.

It can be sent again at any point: what is there already is unchanged, the rest is completed.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.roster_items import read_roster, release_writes, step_writes
from numo_sso.support.roster_plan import Plan, make_plan
from numo_sso.support.rows import Invalid, read_rows
from numo_sso.support.school_items import get_school
from numo_sso.support.transaction import MAX_WRITES, Change, commit, until_settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numo_sso.support.requests import ImportUsers
    from numo_sso.support.roster_plan import Step
    from numo_sso.support.rows import UserRow
    from numo_sso.support.transaction import Delete, Put
    from numo_sso.support.world import Task


def import_users(task: Task) -> Answer:
    """Make the roster agree with the rows; users who are not among them stay as they are."""
    request: ImportUsers = task.request
    get_school(task, request.entrance)
    rows, invalid = read_rows(request.rows)
    plans: list[Plan] = []
    until_settled(lambda: _attempt(task, rows, invalid, plans))
    return _answer(task, plans[0], invalid + plans[0].invalid)


def _attempt(task: Task, rows: list[UserRow], invalid: list[Invalid], plans: list[Plan]) -> None:
    """Plan and write. After a race the plan is made anew; what the first said is what is told."""
    request: ImportUsers = task.request
    plan = make_plan(rows, read_roster(task, rows), request.may_move)
    plans.append(plan)
    if request.dry_run:
        return
    if (bad := invalid + plan.invalid) and not request.skip_invalid:
        raise SupportRefusal(
            "rows-invalid",
            f"{len(bad)} of {len(request.rows)} rows cannot be imported; nothing was written.",
            "Mend the lines below and import again, or import the others with skip_invalid.",
            {"invalid": _sorted(bad)},
        )
    releases = [release_writes(task, each) for each in plan.releases]
    for part in _packed(releases):
        commit(task, _change(task, "idgebrs_released", part), _flat(part))
    for part in _packed([step_writes(task, each) for each in plan.steps]):
        commit(task, _change(task, "users_written", part), _flat(part))


Unit = list["Put | Delete"]
"""Writes that must not be torn apart: those of one user."""


def _packed(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """As many users a transaction as fit."""
    part: list[Unit] = []
    for unit in units:
        if len(_flat(part)) + len(unit) > MAX_WRITES:
            yield part
            part = []
        part.append(unit)
    if part:
        yield part


def _flat(part: Sequence[Unit]) -> Unit:
    return [write for unit in part for write in unit]


def _change(task: Task, what: str, part: Sequence[Unit]) -> Change:
    """The trail cannot be erased and persons can ask to be, so it keeps how many and which file."""
    rows = json.dumps(task.request.rows, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(rows.encode()).hexdigest()
    return Change(f"roster#{task.request.entrance}", None, {what: len(part), "rows_sha256": digest})


def _answer(task: Task, plan: Plan, invalid: list[Invalid]) -> Answer:
    verb = "would be " if task.request.dry_run else ""
    counts = {
        "new": plan.new,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "moved": len(plan.releases),
        "invalid": len({each.line for each in invalid}),
    }
    changes = [
        f"{task.request.entrance}: {counts[key]} {what}"
        for key, what in (
            ("new", "users new"),
            ("changed", "users changed"),
            ("moved", "IDGebrs moved to another user"),
        )
        if counts[key]
    ]
    return Answer(
        message=f"{plan.new} {verb}new, {plan.changed} {verb}changed, {plan.unchanged} unchanged.",
        changes=changes,
        next_steps=["Mend the lines below, or import without them."] if invalid else [],
        data={
            "counts": counts,
            "invalid": _sorted(invalid),
            "changed": [_difference(step) for step in plan.steps if step.before],
        },
    )


def _sorted(invalid: list[Invalid]) -> list[dict[str, Any]]:
    return [each.as_dict() for each in sorted(invalid, key=lambda each: each.line)]


def _difference(step: Step) -> dict[str, Any]:
    before = vars(step.before)
    fields = [name for name, value in vars(step.after).items() if before[name] != value]
    return {"persoonscode": step.after.persoonscode, "fields": fields}
