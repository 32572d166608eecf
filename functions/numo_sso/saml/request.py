"""The AuthnRequest: signed, for the HTTP-Redirect binding (SAML 2.0 Bindings, 3.4)."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import xmlsec

SIGNATURE_ALGORITHM = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


@dataclass(frozen=True)
class RequestSigner:
    """Makes redirects to the hub. The key is loaded once, here."""

    entity_id: str
    acs_url: str
    private_key: str
    _key: xmlsec.Key = field(init=False, repr=False)

    def __post_init__(self) -> None:
        key = xmlsec.Key.from_memory(self.private_key, xmlsec.constants.KeyDataFormatPem, None)
        object.__setattr__(self, "_key", key)

    def redirect(
        self,
        *,
        sso_url: str,
        request_id: str,
        issued_at: float,
        relay_state: str,
        force_authn: bool = False,
        provider: str | None = None,
    ) -> str:
        """The URL that takes the browser to the hub with a signed request."""
        document = self._document(sso_url, request_id, issued_at, force_authn, provider)
        query = "&".join(
            f"{name}={quote(value, safe='')}"
            for name, value in (
                ("SAMLRequest", _deflate(document)),
                ("RelayState", relay_state),
                ("SigAlg", SIGNATURE_ALGORITHM),
            )
        )
        separator = "&" if "?" in sso_url else "?"
        return f"{sso_url}{separator}{query}&Signature={quote(self._sign(query), safe='')}"

    def _document(
        self,
        sso_url: str,
        request_id: str,
        issued_at: float,
        force_authn: bool,  # noqa: FBT001
        provider: str | None,
    ) -> str:
        instant = datetime.fromtimestamp(issued_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        force = ' ForceAuthn="true"' if force_authn else ""
        scoping = (
            f"<samlp:Scoping><samlp:IDPList><samlp:IDPEntry ProviderID={quoteattr(provider)}/>"
            "</samlp:IDPList></samlp:Scoping>"
            if provider
            else ""
        )
        return (
            '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
            ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
            f' ID={quoteattr(request_id)} Version="2.0" IssueInstant="{instant}"'
            f" Destination={quoteattr(sso_url)}"
            f" AssertionConsumerServiceURL={quoteattr(self.acs_url)}"
            ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"'
            f"{force}>"
            f"<saml:Issuer>{escape(self.entity_id)}</saml:Issuer>{scoping}</samlp:AuthnRequest>"
        )

    def _sign(self, query: str) -> str:
        context = xmlsec.SignatureContext()
        context.key = self._key
        signature = context.sign_binary(query.encode("ascii"), xmlsec.constants.TransformRsaSha256)
        return base64.b64encode(signature).decode("ascii")


def _deflate(document: str) -> str:
    compressor = zlib.compressobj(wbits=-15)
    return base64.b64encode(compressor.compress(document.encode()) + compressor.flush()).decode()
