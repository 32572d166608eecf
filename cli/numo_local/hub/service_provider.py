"""What the hub knows of us: our metadata, fetched where everyone fetches it."""

from __future__ import annotations

import base64
import urllib.request
from dataclasses import dataclass

from lxml import etree

from numo_local.hub.names import DS, MD, POST

_TIMEOUT_SECONDS = 5
_MAX_BYTES = 1_000_000


class UnknownServiceProviderError(Exception):
    """The metadata cannot be had or read."""


@dataclass(frozen=True)
class ServiceProvider:
    """A service as its metadata describes it."""

    entity_id: str
    acs_urls: tuple[str, ...]
    certificates: tuple[bytes, ...]
    """Signing certificates, DER."""


def fetch_service_provider(url: str) -> ServiceProvider:
    """Fetch and read metadata.

    Raises:
        UnknownServiceProviderError: with the reason.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=_TIMEOUT_SECONDS) as answer:
            return read_service_provider(answer.read(_MAX_BYTES))
    except (OSError, ValueError, etree.XMLSyntaxError) as error:
        raise UnknownServiceProviderError(f"{url}: {error}") from error


def read_service_provider(document: bytes) -> ServiceProvider:
    """Read metadata."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(document, parser)
    services = root.iter(f"{{{MD}}}AssertionConsumerService")
    return ServiceProvider(
        entity_id=root.get("entityID", ""),
        acs_urls=tuple(
            each.get("Location", "") for each in services if each.get("Binding") == POST
        ),
        certificates=tuple(_signing_certificates(root)),
    )


def _signing_certificates(root: etree._Element) -> list[bytes]:
    return [
        base64.b64decode("".join((certificate.text or "").split()))
        for descriptor in root.iter(f"{{{MD}}}KeyDescriptor")
        if descriptor.get("use", "signing") == "signing"
        for certificate in descriptor.iter(f"{{{DS}}}X509Certificate")
    ]
