"""``metadata.restore``: an earlier version of the digest is put in force again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.federation.digest import compare, identity, in_place_of, read_digest
from numo_sso.federation.metadata import check_digest
from numo_sso.federation.publishing import publish
from numo_sso.federation.status import read_status
from numo_sso.support.answers import Answer
from numo_sso.support.metadata.words import in_force_step, told, trail
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from numo_sso.federation.metadata import Digest
    from numo_sso.federation.status import Status
    from numo_sso.support.requests.common import RestoreMetadata
    from numo_sso.support.world import Task


def restore_metadata(task: Task) -> Answer:
    """Go back to a version. What it replaces is from then on held, though the hub still says it.

    Raises:
        SupportRefusal: there is no such version, or it cannot be read.
        MetadataRefused: it would not be believed today; no certificate of it is valid, above all.
    """
    request: RestoreMetadata = task.request
    federation = task.world.federation
    status = read_status(federation.store)
    digest = _version(task, request.version)
    difference = compare(status.in_force, digest)
    if not difference:
        return Answer(
            message=say("Version {version} is what is in force.", version=request.version)
        )
    check_digest(digest, federation.expected, task.now)
    if not request.dry_run:
        publish(federation.store, trail(task), status, _instead(status, digest))
    template = (
        later("Version {version} would be in force.")
        if request.dry_run
        else later("Version {version} is in force.")
    )
    return Answer(
        message=say(template, version=request.version),
        changes=difference.lines(say),
        next_steps=[
            in_force_step(),
            say(
                "What was in force until now waits for metadata.confirm when the hub says it again."
            ),
        ],
        data={"idp": told(digest, task.now)},
    )


def _version(task: Task, number: int) -> Digest:
    found = {each.number: each.value for each in task.world.federation.store.versions()}
    if number not in found:
        raise SupportRefusal(
            "metadata-version-unknown",
            say("There is no version {version}.", version=number),
            say("metadata.show lists those that there are; SSM keeps the last hundred."),
        )
    digest = read_digest(found[number])
    if digest is None:
        raise SupportRefusal(
            "metadata-version-unreadable",
            say("Version {version} is no digest of metadata.", version=number),
            say("Choose another one of those that metadata.show lists."),
        )
    return digest


def _instead(status: Status, digest: Digest) -> Digest:
    """The digest, marked with what it takes the place of, so that the next check holds that."""
    if status.in_force is None:
        return digest
    marked = in_place_of(status.in_force, digest)
    return marked | {"instead_of": identity(status.in_force)}
