"""The hub's own metadata."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from numo_local.hub.names import DS, MD, NAMEID_UNSPECIFIED, REDIRECT, SAMLP

if TYPE_CHECKING:
    from numo_local.hub.key import HubKey

_DOCUMENT = Template(f"""<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="{MD}" xmlns:ds="{DS}" entityID=$entity_id>
  <md:IDPSSODescriptor protocolSupportEnumeration="{SAMLP}" WantAuthnRequestsSigned="true">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo><ds:X509Data><ds:X509Certificate>$certificate</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>{NAMEID_UNSPECIFIED}</md:NameIDFormat>
    <md:SingleSignOnService Binding="{REDIRECT}" Location=$sso_url/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
""")


def hub_metadata(entity_id: str, sso_url: str, key: HubKey) -> bytes:
    """Describe the hub: who it is, where a login starts, and what it signs with."""
    return _DOCUMENT.substitute(
        entity_id=quoteattr(entity_id),
        sso_url=quoteattr(sso_url),
        certificate=escape(key.certificate),
    ).encode()
