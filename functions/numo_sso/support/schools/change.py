"""One change of a school, written with its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.schools.items import get_school, put_school, snapshot
from numo_sso.support.transaction import Change, commit, until_settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_sso.storage.tables import School
    from numo_sso.support.world import Task


def change_school(task: Task, alter: Callable[[School], None]) -> tuple[School, bool]:
    """Let ``alter`` change the school that is asked about, and write what came of it.

    Returns:
        The school as it is now (under ``dry_run``: as it would be), and whether that is new.

    Raises:
        SupportRefusal: ``entrance-unknown``, ``changed-meanwhile``, or what ``alter`` raises.
    """
    return until_settled(lambda: _attempt(task, alter))


def _attempt(task: Task, alter: Callable[[School], None]) -> tuple[School, bool]:
    school = get_school(task, task.request.entrance)
    before = snapshot(school)
    alter(school)
    after = snapshot(school)
    changed = before != after
    if changed and not task.request.dry_run:
        change = Change(f"school#{school.entrance}", before, after)
        commit(task, change, [put_school(task, school)])
    return school, changed
