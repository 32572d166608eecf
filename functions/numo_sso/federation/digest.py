"""What a digest says, and how two of them differ."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.federation.certificates import fingerprint, valid_now

if TYPE_CHECKING:
    from numo_sso.federation.codes import Say
    from numo_sso.federation.metadata import Digest
    from numo_sso.federation.ports import Described

_DAY = 86_400
_BY_HAND = "by_hand"


def read_digest(text: str | None) -> Digest | None:
    """A stored digest; None where there is none, or none that can be read."""
    try:
        digest: Digest = json.loads(text or "null")
        described(digest)
        [(each["not_before"] + 0, each["not_after"] + 0) for each in digest["certificates"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return digest


def described(digest: Digest | None) -> Described:
    """For people and the trail: certificates by fingerprint."""
    if digest is None:
        return None
    return {
        "entity_id": digest["entity_id"],
        "sso_url": digest["sso_url"],
        "fetched_at": digest.get("fetched_at", ""),
        "certificates_sha256": fingerprints(digest),
    }


def fingerprints(digest: Digest | None) -> list[str]:
    return [fingerprint(each["certificate"]) for each in digest["certificates"]] if digest else []


def rejected(digest: Digest | None) -> list[str]:
    """Certificates, by fingerprint, that support took out of force and has not confirmed since."""
    return [str(each) for each in (digest or {}).get("rejected", ())]


def in_place_of(before: Digest | None, digest: Digest) -> Digest:
    """The digest as a person puts it in the place of another, whose own certificates it rejects."""
    kept = set(fingerprints(digest))
    gone = [each for each in [*rejected(before), *fingerprints(before)] if each not in kept]
    return digest | ({"rejected": list(dict.fromkeys(gone))} if gone else {})


def given_by_hand(digest: Digest) -> Digest:
    """The digest of a document that somebody handed over, to wait for :func:`confirmed`."""
    return digest | {_BY_HAND: True}


def confirmed(before: Digest | None, waited: Digest) -> Digest:
    """The digest that waited, as it comes in force once somebody has vouched for it."""
    digest = {name: value for name, value in waited.items() if name != _BY_HAND}
    return in_place_of(before, digest) if _BY_HAND in waited else digest


def identity(digest: Digest) -> str:
    """The same for two digests that say the same, whenever they were fetched."""
    said = [digest["entity_id"], digest["sso_url"], sorted(fingerprints(digest))]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """What a digest says that the one before it did not."""

    names: tuple[tuple[str, str, str], ...]
    """(field, before, after) of ``entity_id`` and ``sso_url``."""
    come: tuple[str, ...]
    """Fingerprints of certificates."""
    go: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.names or self.come or self.go)

    def lines(self, say: Say = str.format) -> list[str]:
        """One line a change, for people, as ``say`` says it."""
        return [
            *(
                say("{field}: {before} → {after}", field=name, before=before, after=after)
                if before
                else say("{field}: nothing → {after}", field=name, after=after)
                for name, before, after in self.names
            ),
            *(say("certificate comes: {fingerprint}", fingerprint=each) for each in self.come),
            *(say("certificate goes: {fingerprint}", fingerprint=each) for each in self.go),
        ]


def compare(before: Digest | None, after: Digest) -> Difference:
    old = before or {}
    were, are = fingerprints(before), fingerprints(after)
    return Difference(
        names=tuple(
            (name, str(old.get(name, "")), str(after[name]))
            for name in ("entity_id", "sso_url")
            if old.get(name) != after[name]
        ),
        come=tuple(each for each in are if each not in were),
        go=tuple(each for each in were if each not in are),
    )


def survives(before: Digest, after: Digest) -> bool:
    """Whether a certificate that was in force stays: who had that key vouches for the rest."""
    return bool(set(fingerprints(before)) & set(fingerprints(after)))


def days_left(digest: Digest | None, now: float) -> tuple[float, float] | None:
    """Days until the first and until the last certificate expires, of those that are valid now.

    Where none is valid any more both are 0; None where there is no digest.
    """
    if digest is None:
        return None
    ends = [each["not_after"] for each in digest["certificates"] if valid_now(each, now)]
    left = [round((end - now) / _DAY, 2) for end in ends] or [0.0]
    return min(left), max(left)
