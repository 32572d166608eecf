"""From the hub's metadata to the digest that login reads: names, one URL, certificates.

Metadata decides whom we believe, so whatever is odd about it is refused and the last good digest
stays in force.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.federation import names
from numo_sso.federation.certificates import check_in_force, signing_certificates
from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.document import parse
from numo_sso.federation.hosts import check_endpoint, check_host, host_of, shown
from numo_sso.federation.signature import remove_signature, verify
from numo_sso.times import epoch_time, iso_time

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DIGEST_BYTES = 8_000
"""SSM keeps 8,192 bytes in a parameter; some are left for what a restored digest has more."""

Digest = dict[str, Any]
"""``entity_id``, ``sso_url``, ``certificates`` (:func:`.certificates.signing_certificates`) and
``fetched_at`` (ISO), as the parameter ``idp`` holds them. A restored one also has ``instead_of``:
the identity of what it took the place of; one that waits and was handed over, ``by_hand``."""


@dataclass(frozen=True)
class Expected:
    """What a deployment expects of the hub's metadata."""

    entity_id: str | None
    """None, on a local stack: whichever provider the document holds."""
    host: str | None
    """Where logins start. None, on a local stack: anywhere."""
    environment: str
    signed_by: str = ""
    """The certificate that signs the metadata, as base64 DER; empty: TLS alone vouches for it."""


def digest_metadata(document: bytes, expected: Expected, now: float) -> Digest:
    """Check metadata and take out what login needs. Certificates that have expired are left out.

    Args:
        document: the XML.
        now: seconds since 1970.

    Raises:
        MetadataRefused: with what is wrong, and what to do about it.
    """
    root = parse(document)
    if expected.signed_by:
        verify(root, expected.signed_by)
    remove_signature(root)
    entity = _find_entity(root, expected)
    provider = _find_provider(entity)
    _check_not_expired(provider, now)
    digest: Digest = {
        "entity_id": entity.get("entityID"),
        "sso_url": _find_sso_url(provider, expected),
        "certificates": signing_certificates(provider, now),
        "fetched_at": iso_time(now),
    }
    if len(json.dumps(digest)) > MAX_DIGEST_BYTES:
        raise MetadataRefused(
            "metadata-many-certificates",
            "Its {certificates} certificates are more than SSM keeps.",
            certificates=len(digest["certificates"]),
        )
    return digest


def check_digest(digest: Digest, expected: Expected, now: float) -> None:
    """Whether a digest that was made earlier would still be believed today.

    Raises:
        MetadataRefused: it would not.
    """
    if digest["entity_id"] != expected.entity_id:
        raise MetadataRefused(
            "metadata-entity",
            "It is about {entity}, not about {expected}.",
            entity=shown(digest["entity_id"]),
            expected=expected.entity_id,
        )
    check_host(host_of(digest["entity_id"]), expected.environment)
    check_endpoint(digest["sso_url"], expected.host, expected.environment)
    check_in_force(digest["certificates"], now)


def _find_entity(root: _Element, expected: Expected) -> _Element:
    entities = [each for each in root.iter(names.ENTITY) if _providers(each)]
    if expected.entity_id is not None:
        entities = [each for each in entities if each.get("entityID") == expected.entity_id]
    if len(entities) != 1:
        raise _not_one(len(entities), expected.entity_id)
    check_host(host_of(entities[0].get("entityID", "")), expected.environment)
    return entities[0]


def _not_one(found: int, wanted: str | None) -> MetadataRefused:
    code = "metadata-entity"
    if wanted:
        return MetadataRefused(
            code,
            "The document holds {found} identity providers named {wanted}; it should be one.",
            found=found,
            wanted=wanted,
        )
    return MetadataRefused(
        code, "The document holds {found} identity providers; it should be one.", found=found
    )


def _find_provider(entity: _Element) -> _Element:
    found = _providers(entity)
    if len(found) != 1:
        raise MetadataRefused(
            "metadata-entity", "The entity has several roles as identity provider."
        )
    return found[0]


def _providers(entity: _Element) -> list[_Element]:
    return [
        each
        for each in entity.iterchildren(names.PROVIDER)
        if names.PROTOCOL in each.get("protocolSupportEnumeration", "").split()
    ]


def _check_not_expired(provider: _Element, now: float) -> None:
    for element in (provider, *provider.iterancestors()):
        until = element.get("validUntil")
        if until is not None and _epoch(until) <= now:
            raise MetadataRefused(
                "metadata-expired", "The document was valid until {until}.", until=shown(until)
            )


def _epoch(text: str) -> float:
    try:
        return epoch_time(text.strip())
    except ValueError as error:  # the schema lets years through that Python does not know
        raise MetadataRefused("metadata-malformed", "validUntil is no time.") from error


def _find_sso_url(provider: _Element, expected: Expected) -> str:
    """The first endpoint for redirects; all of them must be the hub's own."""
    services = list(provider.iterchildren(names.SSO_SERVICE))
    for each in services:
        check_endpoint(each.get("Location", ""), expected.host, expected.environment)
    urls = [each.get("Location", "") for each in services if each.get("Binding") == names.REDIRECT]
    if not urls:
        raise MetadataRefused("metadata-no-sso", "No SingleSignOnService with HTTP-Redirect.")
    return urls[0]
