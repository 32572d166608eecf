"""What the actions on metadata have in common: their record, and how they name a digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.federation.certificates import valid_now
from numo_sso.federation.digest import described, fingerprints
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, note

if TYPE_CHECKING:
    from numo_sso.federation.metadata import Digest
    from numo_sso.federation.ports import Described, Note
    from numo_sso.support.world import Task


def in_force_step() -> str:
    return say("Every function uses it within five minutes.")


def trail(task: Task) -> Note:
    """Records of changes that this task makes."""

    def write(subject: str, before: Described, after: Described) -> None:
        note(task, Change(subject, before, after))

    return write


def confirm_step(pending: Digest) -> str:
    """The request that lets a digest in, to be typed once its fingerprints were compared."""
    return f"metadata.confirm {' '.join(fingerprints(pending))}"


def told(digest: Digest | None, now: float) -> dict[str, Any] | None:
    """A digest for people: each certificate with its fingerprint, its dates and its days left."""
    about = described(digest)
    if digest is None or about is None:
        return None
    del about["certificates_sha256"]
    certificates = [
        {
            "sha256": print_,
            "not_before": each["not_before"],
            "not_after": each["not_after"],
            "days_left": max(0, int((each["not_after"] - now) // 86_400)),
            "valid_now": valid_now(each, now),
        }
        for print_, each in zip(fingerprints(digest), digest["certificates"], strict=True)
    ]
    return about | {"certificates": certificates}
