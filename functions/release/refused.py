"""A response that must be refused: of the right form, and with a signature that nobody made.

The gate lets it through, so that the version under check loads its library, its schemas and the
hub's certificates, and compares a signature, before it says no.
"""

from __future__ import annotations

import base64
import re
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

_ID = re.compile(r'\sID="([^"]+)"')
_NOTHING = base64.b64encode(bytes(32)).decode()
_NO_SIGNATURE = base64.b64encode(bytes(256)).decode()

_RESPONSE = """\
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_release-response" Version="2.0" \
IssueInstant="{now}" Destination="{acs}" InResponseTo="{request}"><saml:Issuer>release-check\
</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>\
</samlp:Status><saml:Assertion ID="_release-assertion" Version="2.0" IssueInstant="{now}">\
<saml:Issuer>release-check</saml:Issuer>{signature}<saml:Subject><saml:NameID>nobody</saml:NameID>\
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
<saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{acs}" InResponseTo="{request}"/>\
</saml:SubjectConfirmation></saml:Subject>\
<saml:Conditions NotBefore="{now}" NotOnOrAfter="{later}">\
<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>\
</saml:Conditions><saml:AuthnStatement AuthnInstant="{now}"><saml:AuthnContext>\
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified\
</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement></saml:Assertion>\
</samlp:Response>"""

_SIGNATURE = f"""\
<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>\
<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>\
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\
<ds:Reference URI="#_release-assertion"><ds:Transforms>\
<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>\
<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>\
<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\
<ds:DigestValue>{_NOTHING}</ds:DigestValue></ds:Reference></ds:SignedInfo>\
<ds:SignatureValue>{_NO_SIGNATURE}</ds:SignatureValue></ds:Signature>"""


def request_id(location: str) -> str:
    """The id of the request that a start sends the browser to the hub with; empty without one."""
    [packed, *_] = parse_qs(urlsplit(location).query).get("SAMLRequest", [""])
    try:
        document = zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS)
    except (ValueError, zlib.error):
        return ""
    found = _ID.search(document.decode(errors="replace"))
    return found[1] if found else ""


def refused_form(request: str, public_url: str, now: float) -> bytes:
    """The form with which a browser would bring such a response, as an answer to ``request``."""
    at = datetime.fromtimestamp(now, UTC)
    document = _RESPONSE.format(
        request=request,
        acs=f"{public_url}/v1/sso/acs",
        audience=f"{public_url}/v1/sso/metadata",
        now=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        later=(at + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        signature=_SIGNATURE,
    )
    return urlencode({"SAMLResponse": base64.b64encode(document.encode()).decode()}).encode()
