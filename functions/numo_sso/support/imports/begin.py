"""``users.import_begin`` and ``users.import_end``: an import of many requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.imports.lease import (
    Agreed,
    check_free,
    count_users,
    find_lease,
    release_lease,
    take_lease,
)
from numo_sso.support.schools.items import get_school
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_sso.support.requests.imports import BeginImport, EndImport
    from numo_sso.support.world import Task


def begin_import(task: Task) -> Answer:
    """Take the lease; the requests that follow name its number."""
    request: BeginImport = task.request
    get_school(task, request.entrance)
    users = count_users(task)
    if request.dry_run:
        check_free(task, request.file_sha256)
        return Answer(message="An import can begin.", data={"users": users})
    agreed = Agreed(request.file_sha256, request.changes, request.removals)
    lease = take_lease(task, agreed, users)
    return Answer(
        message=f"An import into {request.entrance} begins.",
        changes=[f"{request.entrance}: lease {lease.token:.0f}"],
        next_steps=[
            f"Each users.import renews it; without one it is over at {iso_time(lease.until)}.",
            "The last request is users.import_end.",
        ],
        data={
            "users": users,
            "lease": int(lease.token),
            "until": int(lease.until),
            "may_change": int(lease.may_change),
            "may_remove": int(lease.may_remove),
        },
    )


def end_import(task: Task) -> Answer:
    """Let the next import begin at once; once more changes nothing."""
    request: EndImport = task.request
    get_school(task, request.entrance)
    lease = find_lease(task)
    if lease is None or lease.token != request.lease or not lease.until:
        return Answer(message="This import is over already.")
    if not request.dry_run:
        release_lease(task, lease)
    verb = "would be" if request.dry_run else "is"
    return Answer(
        message=f"The import into {request.entrance} {verb} over.",
        changes=[f"{request.entrance}: lease {lease.token:.0f} ended"],
        data={"changed": int(lease.changed), "removed": int(lease.removed)},
    )
