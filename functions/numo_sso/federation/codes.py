"""Every way in which a check of the metadata can end, in one catalogue.

A code stands in the log, in the metrics, in the parameter ``federation/checked`` and in the
answers to support, and is the heading of its entry in docs/runbook.md; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[..., str]
    """A template, and by name what stands in its fields, to a text; ``str.format`` in English."""


class Sayable(str):
    """A text of ours. Whoever shows it can say it in another language."""

    __slots__ = ()


class Kind(StrEnum):
    """What an ending means for operations."""

    GOOD = "good"
    """The metadata in force is the hub's."""
    HELD = "held"
    """The metadata is good and waits for support."""
    REFUSED = "refused"
    """The metadata was not had, or is not believed. The last good one stays in force."""
    FAULT = "fault"
    """Our own failure. The last good one stays in force."""

    @property
    def went_well(self) -> bool:
        """Whether the hub was heard, and is believed."""
        return self in {Kind.GOOD, Kind.HELD}


@dataclass(frozen=True)
class Code:
    """One ending, and what to do about it."""

    code: str
    kind: Kind
    hint: str = ""


_COMPARE = Sayable(
    "Compare the document with the one that Kennisnet publishes; metadata.show has ours."
)

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code("metadata-unchanged", Kind.GOOD),
        Code("metadata-published", Kind.GOOD),
        Code(
            "metadata-held",
            Kind.HELD,
            "Ask Kennisnet by telephone for the fingerprints, then metadata.confirm them.",
        ),
        # Getting it
        Code(
            "metadata-no-tls",
            Kind.REFUSED,
            "Metadata decides whom we believe; use metadata.refresh with document.",
        ),
        Code(
            "metadata-unreachable",
            Kind.REFUSED,
            "The last good metadata stays in use. Try again, or metadata.refresh with document.",
        ),
        Code(
            "metadata-untrusted",
            Kind.REFUSED,
            "Somebody may stand in between: look at the server's certificate, ask Kennisnet.",
        ),
        Code(
            "metadata-redirected",
            Kind.REFUSED,
            "Ask Kennisnet for the new address and deploy with it as IdpMetadataUrl.",
        ),
        # Reading it
        Code(
            "metadata-too-large",
            Kind.REFUSED,
            "Use the metadata of the hub alone, not that of a whole federation.",
        ),
        Code("metadata-malformed", Kind.REFUSED, "Open it in a browser and compare."),
        Code("metadata-dtd", Kind.REFUSED, "SAML metadata never has one; distrust it."),
        Code("metadata-schema", Kind.REFUSED, "Is it the hub's metadata, or a page of a proxy?"),
        Code(
            "metadata-signature",
            Kind.REFUSED,
            "Distrust it. Is IdpMetadataCertificate still the one that Kennisnet signs with?",
        ),
        Code(
            "metadata-signature-certificate",
            Kind.REFUSED,
            "IdpMetadataCertificate is the base64 of one certificate, without BEGIN and END.",
        ),
        # Believing it
        Code(
            "metadata-entity",
            Kind.REFUSED,
            "Compare the entity ID with the one that this deployment is configured for.",
        ),
        Code("metadata-expired", Kind.REFUSED, "Fetch a fresh copy."),
        Code(
            "metadata-retired-host",
            Kind.REFUSED,
            "Use https://engine.entree.kennisnet.nl/authentication/idp/metadata (or entree-s).",
        ),
        Code(
            "metadata-test-hub",
            Kind.REFUSED,
            "Production trusts Entree's production hub alone: deploy with its IdpMetadataUrl.",
        ),
        Code(
            "metadata-other-host",
            Kind.REFUSED,
            "Compare IdpMetadataUrl, IdpEntityId and IdpHost of this deployment with Kennisnet's.",
        ),
        Code(
            "metadata-no-sso",
            Kind.REFUSED,
            "Logins start by redirect only. Compare the document with the one that Kennisnet "
            "publishes; metadata.show has ours.",
        ),
        Code("metadata-certificate", Kind.REFUSED, _COMPARE),
        Code(
            "metadata-no-certificate",
            Kind.REFUSED,
            "Check this machine's clock; then ask Kennisnet. The last good metadata stays in use.",
        ),
        Code(
            "metadata-many-certificates",
            Kind.REFUSED,
            "Does the metadata name more certificates than are in use? Ask Kennisnet.",
        ),
        # Our own
        Code(
            "metadata-storage-failed",
            Kind.FAULT,
            "The next run tries again. If it lasts: compare the role with its template.",
        ),
        Code("metadata-unexpected", Kind.FAULT, "A defect of ours: the log has its place."),
    )
}


class MetadataRefused(Exception):  # noqa: N818  # the answer to a document, not a bug
    """Metadata that is not believed. ``code`` is one of :data:`CODES`, and says what to do.

    What happened is kept as a template and its fields, so that it can be said in a language.
    """

    def __init__(self, code: str, template: str, **fields: object) -> None:
        self.code = code
        self._template = template
        self._fields = fields
        super().__init__(f"{code}: {self.message}")

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.told(str.format)

    def told(self, say: Say) -> str:
        """What happened, as ``say`` says it."""
        fields = {
            name: say(field) if isinstance(field, Sayable) else field
            for name, field in self._fields.items()
        }
        return say(self._template, **fields)

    @property
    def hint(self) -> str:
        return CODES[self.code].hint
