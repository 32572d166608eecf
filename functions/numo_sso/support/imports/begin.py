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
from numo_sso.support.speech import later, say
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
        return Answer(message=say("An import can begin."), data={"users": users})
    agreed = Agreed(request.file_sha256, request.changes, request.removals)
    lease = take_lease(task, agreed, users)
    return Answer(
        message=say("An import into {entrance} begins.", entrance=request.entrance),
        changes=[
            say("{entrance}: lease {lease}", entrance=request.entrance, lease=int(lease.token))
        ],
        next_steps=[
            say(
                "Each users.import renews it; without one it is over at {until}.",
                until=iso_time(lease.until),
            ),
            say("The last request is users.import_end."),
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
        return Answer(message=say("This import is over already."))
    if not request.dry_run:
        release_lease(task, lease)
    entrance, number = request.entrance, int(lease.token)
    template = (
        later("The import into {entrance} would be over.")
        if request.dry_run
        else later("The import into {entrance} is over.")
    )
    return Answer(
        message=say(template, entrance=entrance),
        changes=[say("{entrance}: lease {lease} ended", entrance=entrance, lease=number)],
        data={"changed": int(lease.changed), "removed": int(lease.removed)},
    )
