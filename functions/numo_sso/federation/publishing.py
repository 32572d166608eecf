"""The use case: have the hub's metadata, decide, and put it in force, hold it or leave it.

The hourly function and support's ``metadata.refresh`` both go through :func:`check`, and whatever
is put in force, by confirming or restoring too, goes through :func:`publish`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.federation.codes import MetadataRefused, Sayable
from numo_sso.federation.digest import (
    compare,
    described,
    fingerprints,
    given_by_hand,
    identity,
    in_place_of,
    rejected,
    survives,
)
from numo_sso.federation.hosts import check_configured
from numo_sso.federation.metadata import digest_metadata
from numo_sso.federation.ports import IN_FORCE, PENDING
from numo_sso.federation.status import read_status, record_check

if TYPE_CHECKING:
    from numo_sso.federation.digest import Difference
    from numo_sso.federation.metadata import Digest, Expected
    from numo_sso.federation.ports import Fetch, Note, Store
    from numo_sso.federation.status import Status

_NONE = "null"


@dataclass(frozen=True)
class Federation:
    """One deployment's hub, and where what is known of it is kept."""

    url: str
    expected: Expected
    confirm_new_keys: bool
    """Whether support confirms a change of every key at once."""
    store: Store
    fetch: Fetch


@dataclass(frozen=True)
class Outcome:
    """How a check ended well. ``code`` is one of :data:`.codes.CODES`."""

    code: str
    digest: Digest
    """What the hub says."""
    difference: Difference
    """From what was in force before."""
    why: str = ""
    """Why it is held, as a sentence."""


def check(
    federation: Federation,
    note: Note,
    now: float,
    *,
    document: bytes | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Fetch the metadata, or take ``document`` for it, and act on what it says.

    Raises:
        MetadataRefused: it was not had or is not believed; what is in force stays.
    """
    recorded = document is None and not dry_run
    try:
        outcome = _check(federation, note, now, document, dry_run=dry_run)
    except MetadataRefused as refused:
        if recorded:
            record_check(federation.store, now, refused.code, refused.message)
        raise
    if recorded:
        record_check(federation.store, now, outcome.code, outcome.why)
    return outcome


def publish(store: Store, note: Note, status: Status, digest: Digest) -> None:
    """Put a digest in force; then nothing waits any more."""
    note(f"configuration#{IN_FORCE}", described(status.in_force), described(digest))
    store.write(IN_FORCE, json.dumps(digest))
    forget_pending(store, note, status)


def forget_pending(store: Store, note: Note, status: Status) -> None:
    if status.pending is not None:
        note(f"configuration#{PENDING}", described(status.pending), None)
        store.write(PENDING, _NONE)


def _check(
    federation: Federation, note: Note, now: float, document: bytes | None, *, dry_run: bool
) -> Outcome:
    expected, store = federation.expected, federation.store
    by_hand = document is not None
    if document is None:
        check_configured(federation.url, expected.entity_id or "", expected.environment)
        document = federation.fetch(federation.url)
    digest = digest_metadata(document, expected, now)
    status = read_status(store)  # after the fetch, which can take long: what is read is acted on
    confirm_new_keys = federation.confirm_new_keys
    outcome = _decide(status, digest, confirm_new_keys=confirm_new_keys, by_hand=by_hand)
    if not dry_run:
        _act(store, note, status, outcome, by_hand=by_hand)
    return outcome


def _decide(status: Status, digest: Digest, *, confirm_new_keys: bool, by_hand: bool) -> Outcome:
    before = status.in_force
    difference = compare(before, digest)
    if not difference:
        return Outcome("metadata-unchanged", digest, difference)
    why = _reason_to_hold(before, digest, confirm_new_keys=confirm_new_keys)
    if by_hand and difference.come:
        why = why or Sayable("It was handed over, with a certificate that is not in force.")
    return Outcome("metadata-held" if why else "metadata-published", digest, difference, why)


def _reason_to_hold(before: Digest | None, digest: Digest, *, confirm_new_keys: bool) -> str:
    if before is None:
        return ""
    went_back = before.get("instead_of") == identity(digest)
    if went_back or set(rejected(before)) & set(fingerprints(digest)):
        return Sayable("Support went back from this metadata to an earlier version.")
    if confirm_new_keys and not survives(before, digest):
        return Sayable("None of the certificates in force is among the new ones.")
    return ""


def _act(store: Store, note: Note, status: Status, outcome: Outcome, *, by_hand: bool) -> None:
    if outcome.code == "metadata-published":
        before = status.in_force
        digest = outcome.digest
        if by_hand:
            digest = in_place_of(before, digest)
        elif rejected(before):  # what support took out stays out, whatever else is published
            digest = digest | {"rejected": rejected(before)}
        publish(store, note, status, digest)
    elif outcome.code == "metadata-held":
        _hold(store, note, status, given_by_hand(outcome.digest) if by_hand else outcome.digest)
    else:
        forget_pending(store, note, status)  # the hub took it back


def _hold(store: Store, note: Note, status: Status, digest: Digest) -> None:
    if status.pending is None or compare(status.pending, digest):
        note(f"configuration#{PENDING}", described(status.pending), described(digest))
        store.write(PENDING, json.dumps(digest))
