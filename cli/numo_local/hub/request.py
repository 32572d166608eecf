"""Reads AuthnRequests as the hub does: signed, and from a service that it knows."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

import xmlsec
from lxml import etree

from numo_local.hub.names import SAML, SAMLP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_local.hub.service_provider import ServiceProvider

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
MAX_RELAY_STATE_BYTES = 80
_MAX_BYTES = 100_000
_SIGNED = ("SAMLRequest", "RelayState", "SigAlg")


class RequestRefusedError(Exception):
    """The hub shows an error page instead; the message says why."""


@dataclass(frozen=True)
class AuthnRequest:
    """A request that the hub accepted."""

    id: str
    issuer: str
    acs_url: str
    relay_state: str
    force_authn: bool
    providers: tuple[str, ...]
    """Identity providers that the service asks for (Scoping)."""


def read_request(query: bytes, destination: str, service: ServiceProvider) -> AuthnRequest:
    """Read and verify a request that came by HTTP-Redirect.

    Args:
        query: the raw query string, which is what was signed.
        destination: the hub's own SSO URL.

    Raises:
        RequestRefusedError: it is not what the hub would accept.
    """
    raw = _raw_parameters(query)
    _check_signature(raw, service)
    relay_state = unquote_plus(raw.get("RelayState", ""))
    if len(relay_state.encode()) > MAX_RELAY_STATE_BYTES:
        raise RequestRefusedError("RelayState is longer than 80 bytes")
    document = _inflate(unquote_plus(raw["SAMLRequest"]))
    request = _describe(document, relay_state)
    if document.get("Destination") != destination:
        raise RequestRefusedError(f"Destination is {document.get('Destination')}")
    if request.issuer != service.entity_id:
        raise RequestRefusedError(f"{request.issuer} is not a service that the hub knows")
    if request.acs_url not in service.acs_urls:
        raise RequestRefusedError(f"{request.acs_url} is no ACS of {service.entity_id}")
    return request


def _raw_parameters(query: bytes) -> Mapping[str, str]:
    parts = [part.partition("=") for part in query.decode("latin-1").split("&")]
    raw = {name: value for name, _, value in parts}
    if len(raw) != len(parts):
        raise RequestRefusedError("a parameter occurs twice")
    missing = {"SAMLRequest", "SigAlg", "Signature"} - raw.keys()
    if missing:
        raise RequestRefusedError(f"without {', '.join(sorted(missing))}")
    return raw


def _check_signature(raw: Mapping[str, str], service: ServiceProvider) -> None:
    if unquote_plus(raw["SigAlg"]) != RSA_SHA256:
        raise RequestRefusedError(f"signed with {unquote_plus(raw['SigAlg'])}, not RSA-SHA256")
    signed = "&".join(f"{name}={raw[name]}" for name in _SIGNED if name in raw)
    signature = _unbase64(unquote_plus(raw["Signature"]))
    if not any(_verifies(each, signed.encode(), signature) for each in service.certificates):
        raise RequestRefusedError("no certificate in the service's metadata verifies the signature")


def _verifies(certificate: bytes, signed: bytes, signature: bytes) -> bool:
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
    try:
        context.verify_binary(signed, xmlsec.constants.TransformRsaSha256, signature)
    except xmlsec.Error:
        return False
    return True


def _inflate(encoded: str) -> etree._Element:
    inflater = zlib.decompressobj(wbits=-15)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        document = inflater.decompress(_unbase64(encoded), _MAX_BYTES)
        root = etree.fromstring(document, parser)
    except (zlib.error, etree.XMLSyntaxError) as error:
        raise RequestRefusedError("SAMLRequest cannot be read") from error
    if root.tag != f"{{{SAMLP}}}AuthnRequest":
        raise RequestRefusedError("SAMLRequest is not an AuthnRequest")
    return root


def _describe(document: etree._Element, relay_state: str) -> AuthnRequest:
    entries = document.iter(f"{{{SAMLP}}}IDPEntry")
    return AuthnRequest(
        id=document.get("ID", ""),
        issuer=document.findtext(f"{{{SAML}}}Issuer", ""),
        acs_url=document.get("AssertionConsumerServiceURL", ""),
        relay_state=relay_state,
        force_authn=document.get("ForceAuthn") in {"true", "1"},
        providers=tuple(each.get("ProviderID", "") for each in entries),
    )


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise RequestRefusedError("not base64") from error
