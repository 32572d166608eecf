"""``metadata.refresh``: the hub's metadata into the parameter that login reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.certificates import fingerprint
from numo_sso.support.metadata import digest_metadata, refuse_retired_host
from numo_sso.support.transaction import Change, note

if TYPE_CHECKING:
    from numo_sso.support.requests import RefreshMetadata
    from numo_sso.support.world import Task

_NAME = "idp"


def refresh_metadata(task: Task) -> Answer:
    """Fetch or take the metadata, check it, and put its digest in force if it says anything new."""
    request: RefreshMetadata = task.request
    digest = digest_metadata(_document(task), task.world.idp_entity_id, task.now)
    before = _stored(task)
    changes = _differences(before, digest)
    if changes and not request.dry_run:
        note(task, Change(f"configuration#{_NAME}", _described(before), _described(digest)))
        task.world.parameters.replace(_NAME, json.dumps(digest), secret=False)
    steps = ["Every function uses it within five minutes."] if changes else []
    return Answer(
        message="The metadata says nothing new." if not changes else "The metadata has changed.",
        changes=changes,
        next_steps=steps,
        data={"idp": _described(digest)},
    )


def _document(task: Task) -> bytes:
    request: RefreshMetadata = task.request
    if request.document is not None:
        return request.document.encode()
    refuse_retired_host(task.world.idp_metadata_url)
    return task.world.fetch(task.world.idp_metadata_url)


def _stored(task: Task) -> dict[str, Any] | None:
    """The digest in force; one that cannot be read counts as none, for it is about to be mended."""
    try:
        stored: dict[str, Any] = json.loads(task.world.parameters.read()[_NAME])
        _described(stored)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return stored


def _differences(before: dict[str, Any] | None, after: dict[str, Any]) -> list[str]:
    old, new = _described(before) or {}, _described(after) or {}
    names = [
        f"{name}: {old.get(name, 'nothing')} → {new[name]}"
        for name in ("entity_id", "sso_url")
        if old.get(name) != new[name]
    ]
    were, are = old.get("certificates_sha256", []), new["certificates_sha256"]
    come = [f"certificate comes: {each}" for each in are if each not in were]
    go = [f"certificate goes: {each}" for each in were if each not in are]
    return names + come + go


def _described(digest: dict[str, Any] | None) -> dict[str, Any] | None:
    """For people and the trail: certificates by fingerprint."""
    if digest is None:
        return None
    prints = [fingerprint(each["certificate"]) for each in digest["certificates"]]
    return {key: digest[key] for key in ("entity_id", "sso_url", "fetched_at")} | {
        "certificates_sha256": prints
    }
