"""Our own metadata, for Kennisnet to register: made by python3-saml, with every key in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onelogin.saml2.metadata import OneLogin_Saml2_Metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.configuration import ServiceKey
    from numo_sso.urls import Urls

_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"


def service_metadata(urls: Urls, keys: Sequence[ServiceKey], *, encryption: bool = False) -> str:
    """The SP's metadata with each key for signing, the current one first.

    With ``encryption`` the hub may encrypt assertions to the current key too, and to no other: once
    it has read our metadata after a promotion, nothing it sends needs the previous key any more.

    It says no ``validUntil``: a hub that fetched it once must not stop trusting it by itself.
    """
    document = OneLogin_Saml2_Metadata.builder(
        {
            "entityId": urls.entity_id,
            "assertionConsumerService": {"url": urls.acs, "binding": _POST},
            "NameIDFormat": _UNSPECIFIED,
        },
        authnsign=True,
        wsign=True,
        valid_until="",
        cache_duration="",
    )
    current = keys[0]
    for key in reversed(keys):  # the library puts each in front of the last
        document = OneLogin_Saml2_Metadata.add_x509_key_descriptors(
            document, key.certificate, add_encryption=encryption and key is current
        )
    return document.decode() if isinstance(document, bytes) else str(document)
