"""Names of SAML metadata and XML Signature that we speak of.

:mod:`numo_sso.saml.names` has some of them too, but that package is the login's alone.
"""

from __future__ import annotations

MD = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"

ENTITY = f"{{{MD}}}EntityDescriptor"
PROVIDER = f"{{{MD}}}IDPSSODescriptor"
KEY_DESCRIPTOR = f"{{{MD}}}KeyDescriptor"
SSO_SERVICE = f"{{{MD}}}SingleSignOnService"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"

X509_CERTIFICATE = f"{{{DS}}}X509Certificate"
SIGNATURE = f"{{{DS}}}Signature"
SIGNED_INFO = f"{{{DS}}}SignedInfo"
CANONICALIZATION_METHOD = f"{{{DS}}}CanonicalizationMethod"
SIGNATURE_METHOD = f"{{{DS}}}SignatureMethod"
REFERENCE = f"{{{DS}}}Reference"
TRANSFORMS = f"{{{DS}}}Transforms"
TRANSFORM = f"{{{DS}}}Transform"
DIGEST_METHOD = f"{{{DS}}}DigestMethod"
DIGEST_VALUE = f"{{{DS}}}DigestValue"
SIGNATURE_VALUE = f"{{{DS}}}SignatureValue"
KEY_INFO = f"{{{DS}}}KeyInfo"

ENVELOPED = f"{DS}enveloped-signature"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE_NAMESPACES = f"{{{EXCLUSIVE_C14N}}}InclusiveNamespaces"
SIGNATURE_ALGORITHMS = frozenset(
    f"{MORE}{kind}-sha{size}" for kind in ("rsa", "ecdsa") for size in (256, 384, 512)
)
DIGEST_ALGORITHMS = frozenset({f"{XENC}sha256", f"{MORE}sha384", f"{XENC}sha512"})
