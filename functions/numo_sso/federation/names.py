"""Names of SAML metadata that we speak of."""

from __future__ import annotations

from numo_sso.saml.names import DS, SAMLP

MD = "urn:oasis:names:tc:SAML:2.0:metadata"

ENTITY = f"{{{MD}}}EntityDescriptor"
PROVIDER = f"{{{MD}}}IDPSSODescriptor"
KEY_DESCRIPTOR = f"{{{MD}}}KeyDescriptor"
SSO_SERVICE = f"{{{MD}}}SingleSignOnService"
PROTOCOL = SAMLP
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
X509_CERTIFICATE = f"{{{DS}}}X509Certificate"
