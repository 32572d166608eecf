"""Names of SAML and XML Signature that we speak of (OASIS SAML 2.0 Core, W3C xmldsig-core1)."""

from __future__ import annotations

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"

RESPONSE = f"{{{SAMLP}}}Response"
STATUS = f"{{{SAMLP}}}Status"
STATUS_CODE = f"{{{SAMLP}}}StatusCode"
ASSERTION = f"{{{SAML}}}Assertion"
ENCRYPTED_ASSERTION = f"{{{SAML}}}EncryptedAssertion"
ISSUER = f"{{{SAML}}}Issuer"
SUBJECT = f"{{{SAML}}}Subject"
SUBJECT_CONFIRMATION = f"{{{SAML}}}SubjectConfirmation"
SUBJECT_CONFIRMATION_DATA = f"{{{SAML}}}SubjectConfirmationData"
CONDITIONS = f"{{{SAML}}}Conditions"
ONE_TIME_USE = f"{{{SAML}}}OneTimeUse"
PROXY_RESTRICTION = f"{{{SAML}}}ProxyRestriction"
AUDIENCE_RESTRICTION = f"{{{SAML}}}AudienceRestriction"
AUDIENCE = f"{{{SAML}}}Audience"
AUTHN_STATEMENT = f"{{{SAML}}}AuthnStatement"
AUTHN_CONTEXT = f"{{{SAML}}}AuthnContext"
AUTHENTICATING_AUTHORITY = f"{{{SAML}}}AuthenticatingAuthority"
ATTRIBUTE_STATEMENT = f"{{{SAML}}}AttributeStatement"
ATTRIBUTE = f"{{{SAML}}}Attribute"
ATTRIBUTE_VALUE = f"{{{SAML}}}AttributeValue"

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
X509_DATA = f"{{{DS}}}X509Data"
INCLUSIVE_NAMESPACES = "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces"

ENCRYPTED_DATA = f"{{{XENC}}}EncryptedData"
ENCRYPTED_KEY = f"{{{XENC}}}EncryptedKey"
ENCRYPTION_METHOD = f"{{{XENC}}}EncryptionMethod"
CIPHER_DATA = f"{{{XENC}}}CipherData"
CIPHER_VALUE = f"{{{XENC}}}CipherValue"

STATUS_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
ENTITY_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"

ENVELOPED = f"{DS}enveloped-signature"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
SIGNATURE_ALGORITHMS = frozenset(
    f"http://www.w3.org/2001/04/xmldsig-more#{kind}-sha{size}"
    for kind in ("rsa", "ecdsa")
    for size in (256, 384, 512)
)
DIGEST_ALGORITHMS = frozenset(
    {f"{XENC}sha256", "http://www.w3.org/2001/04/xmldsig-more#sha384", f"{XENC}sha512"}
)

ENCRYPTED_ELEMENT = f"{XENC}Element"
CONTENT_ALGORITHMS = frozenset(f"{XENC11}aes{size}-gcm" for size in (128, 192, 256))
"""Authenticated ones only: CBC tells by its errors what it decrypted (Jager, Somorovsky 2011)."""
KEY_ALGORITHMS = frozenset({f"{XENC}rsa-oaep-mgf1p", f"{XENC11}rsa-oaep"})
"""Not RSA 1.5, which tells by its errors too (Bleichenbacher 1998)."""
OAEP_DIGESTS = DIGEST_ALGORITHMS | {f"{DS}sha1"}
"""Within OAEP SHA-1 is no weakness, and the default of many."""
