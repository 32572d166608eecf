"""From the hub's metadata to the digest that login reads: names, one URL, certificates.

Metadata decides whom we believe, so whatever is odd about it is refused and the last good digest
stays in force.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree

from numo_sso.support.certificates import signing_certificates
from numo_sso.support.keys import iso_time
from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 2_000_000
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
SAML2_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_RETIRED_HOST = re.compile(r"^(aselect|hub)(-s)?\.")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def digest_metadata(document: bytes, expected_entity_id: str | None, now: float) -> dict[str, Any]:
    """Check metadata and take out what login needs.

    Args:
        document: the XML.
        expected_entity_id: the entity to look for; None where the document holds one provider.
        now: seconds since 1970.

    Returns:
        ``entity_id``, ``sso_url``, ``certificates`` and ``fetched_at``, as the parameter ``idp``
        holds them. Certificates that have expired are left out.

    Raises:
        SupportRefusal: the code begins with ``metadata-``.
    """
    entity = _find_entity(_parse(document), expected_entity_id)
    _check_not_expired(entity, now)
    provider = _find_provider(entity)
    return {
        "entity_id": entity.get("entityID"),
        "sso_url": _find_sso_url(provider),
        "certificates": signing_certificates(provider, now),
        "fetched_at": iso_time(now),
    }


def refuse_retired_host(url: str) -> None:
    """Refuse the platform that Entree Federatie left behind: nothing there logs in a pupil."""
    host = urlsplit(url).hostname or ""
    if _RETIRED_HOST.match(host):
        raise SupportRefusal(
            "metadata-retired-host",
            f"{host} belongs to the platform that Kennisnet retired.",
            "Use https://engine.entree.kennisnet.nl/authentication/idp/metadata (or entree-s).",
        )


def _refuse(reason: str, message: str, hint: str) -> SupportRefusal:
    return SupportRefusal(f"metadata-{reason}", message, hint)


def _parse(document: bytes) -> _Element:
    if len(document) > MAX_BYTES:
        raise _refuse(
            "too-large",
            f"The document has more than {MAX_BYTES} bytes.",
            "Use the metadata of the hub alone, not that of a whole federation.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refuse(
            "malformed", "The document is not well-formed XML.", "Open it in a browser and compare."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refuse("dtd", "The document has a DTD.", "SAML metadata never has one; distrust it.")
    return root


def _find_entity(root: _Element, expected: str | None) -> _Element:
    entities = [each for each in root.iter(f"{MD}EntityDescriptor") if _providers(each)]
    if expected is not None:
        entities = [each for each in entities if each.get("entityID") == expected]
    if len(entities) != 1 or not entities[0].get("entityID"):
        raise _refuse(
            "entity",
            f"The document holds {len(entities)} identity providers"
            + (f" named {expected}" if expected else "")
            + "; it should be one.",
            "Compare the entity ID with the one that this deployment is configured for.",
        )
    refuse_retired_host(entities[0].get("entityID", ""))
    return entities[0]


def _check_not_expired(entity: _Element, now: float) -> None:
    for element in (entity, *entity.iterancestors()):
        until = element.get("validUntil")
        if until is not None and _epoch(until) <= now:
            raise _refuse(
                "expired", f"The document was valid until {until}.", "Fetch a fresh copy."
            )


def _epoch(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _refuse("malformed", "validUntil is no time.", "Fetch a fresh copy.") from error
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()


def _providers(entity: _Element) -> list[_Element]:
    return [
        each
        for each in entity.iterchildren(f"{MD}IDPSSODescriptor")
        if SAML2_PROTOCOL in each.get("protocolSupportEnumeration", "").split()
    ]


def _find_provider(entity: _Element) -> _Element:
    found = _providers(entity)
    if len(found) != 1:
        raise _refuse(
            "entity", "The entity has several roles as identity provider.", "Ask whose it is."
        )
    return found[0]


def _find_sso_url(provider: _Element) -> str:
    services = provider.iterchildren(f"{MD}SingleSignOnService")
    urls = [each.get("Location", "") for each in services if each.get("Binding") == REDIRECT]
    if not urls:
        raise _refuse(
            "no-sso", "No SingleSignOnService with HTTP-Redirect.", "Logins start by redirect only."
        )
    parts = urlsplit(urls[0])
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise _refuse("no-tls", f"{urls[0]} is not https.", "Only a local stack may go without.")
    refuse_retired_host(urls[0])
    return urls[0]
