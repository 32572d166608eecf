"""``metadata.confirm``: the metadata that waits is put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.federation.digest import compare, confirmed, fingerprints
from numo_sso.federation.metadata import check_digest
from numo_sso.federation.publishing import publish
from numo_sso.federation.status import read_status
from numo_sso.support.answers import Answer
from numo_sso.support.metadata.words import confirm_step, in_force_step, told, trail
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from numo_sso.federation.metadata import Digest
    from numo_sso.federation.status import Status
    from numo_sso.support.requests.common import ConfirmMetadata
    from numo_sso.support.world import Task


def confirm_metadata(task: Task) -> Answer:
    """Put in force what waits, if its certificates are exactly those named. Twice changes nothing.

    Raises:
        SupportRefusal: nothing waits, or something else than was named.
        MetadataRefused: it would not be believed any more.
    """
    request: ConfirmMetadata = task.request
    federation = task.world.federation
    status = read_status(federation.store)
    if status.pending is None:
        return _nothing_waits(status, set(request.fingerprints))
    _check_named(status.pending, set(request.fingerprints))
    check_digest(status.pending, federation.expected, task.now)
    difference = compare(status.in_force, status.pending)
    if not request.dry_run:
        digest = confirmed(status.in_force, status.pending)
        publish(federation.store, trail(task), status, digest)
    return Answer(
        message=say("The metadata would be in force.")
        if request.dry_run
        else say("The metadata is in force."),
        changes=difference.lines(say),
        next_steps=[in_force_step()],
        data={"idp": told(status.pending, task.now)},
    )


def _nothing_waits(status: Status, named: set[str]) -> Answer:
    if named != set(fingerprints(status.in_force)):
        raise SupportRefusal(
            "metadata-nothing-waits",
            say("No metadata waits to be confirmed."),
            say("metadata.show tells what is in force; metadata.refresh asks the hub again."),
        )
    return Answer(message=say("This metadata is in force already."))


def _check_named(pending: Digest, named: set[str]) -> None:
    if named != set(fingerprints(pending)):
        raise SupportRefusal(
            "metadata-other-waits",
            say("The metadata that waits has other certificates than were named."),
            say(
                "Compare them with Kennisnet's again, then: {confirm_step}",
                confirm_step=confirm_step(pending),
            ),
        )
