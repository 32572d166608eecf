"""Encrypted parts where nothing may be encrypted: our keys open nothing that nobody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.surgery import (
    assertion_of,
    bad_edit,
    bad_table,
    element,
    evil_copy,
    holding,
    part,
    replace,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.case import Edit

PART = "an encrypted part"
ASSERTION = "an encrypted assertion, and no encryption is configured"
JAGER = "Jager and Somorovsky, How to Break XML Encryption, CCS 2011"


def sealed(wrapper: str) -> etree._Element:
    """An encrypted element that nobody can open."""
    data = holding(
        "xenc:EncryptedData",
        element("xenc:EncryptionMethod", Algorithm=f"{names.XENC11}aes256-gcm"),
        holding("xenc:CipherData", element("xenc:CipherValue", "AAAA")),
        Type=names.ENCRYPTED_ELEMENT,
    )
    return holding(wrapper, data)


@bad_edit(JAGER, "response-malformed", ASSERTION)
def encrypted_assertion_in_its_place(root: etree._Element) -> None:
    """Whatever our key does with it is something to be learned from our answer."""
    replace(assertion_of(root), sealed("saml:EncryptedAssertion"))


@bad_edit("CVE-2024-4985 (GitHub Enterprise Server)", "response-malformed", ASSERTION)
def encrypted_assertion_beside_the_signed_one(root: etree._Element) -> None:
    """The signed one is verified, the other opened and read."""
    assertion_of(root).addnext(sealed("saml:EncryptedAssertion"))


@bad_edit("CVE-2024-9487 (GitHub Enterprise Server)", "response-malformed", ASSERTION)
def encrypted_assertion_in_the_advice(root: etree._Element) -> None:
    """Advice may hold encrypted assertions by its schema."""
    advice = holding("saml:Advice", sealed("saml:EncryptedAssertion"))
    part(root, ".//saml:Conditions").addnext(advice)


@bad_edit("SAML 2.0 Core 2.3.4", "response-malformed", ASSERTION)
def encrypted_assertion_that_is_not_encrypted(root: etree._Element) -> None:
    """A library that skips the opening where there is nothing to open reads what is inside."""
    true = assertion_of(root)
    true.addnext(holding("saml:EncryptedAssertion", evil_copy(true)))


@bad_edit("SAML 2.0 Core 2.3.4", "response-malformed", ASSERTION)
def look_alike_of_an_encrypted_assertion(root: etree._Element) -> None:
    """By its local name it is one."""
    look_alike = root.makeelement("{urn:other}EncryptedAssertion", {})
    root.insert(1, holding("samlp:Extensions", look_alike))


def _put(path: str, child: etree._Element) -> Edit:
    def edit(root: etree._Element) -> None:
        part(root, path).append(child)

    return edit


bad_table(
    __name__,
    f"{JAGER}; SAML 2.0 Core 2.2.4, 2.7.3.2: encrypted ids and attributes",
    "response-malformed",
    {
        "an-encrypted-id-in-the-subject": (
            _put(".//saml:Subject", sealed("saml:EncryptedID")),
            PART,
        ),
        "an-encrypted-id-in-the-confirmation": (
            _put(".//saml:SubjectConfirmation", sealed("saml:EncryptedID")),
            PART,
        ),
        "an-encrypted-attribute": (
            _put(".//saml:AttributeStatement", sealed("saml:EncryptedAttribute")),
            PART,
        ),
        "encrypted-data-in-a-value": (
            _put(".//saml:Attribute", sealed("saml:AttributeValue")),
            PART,
        ),
        "encrypted-data-in-the-confirmation": (
            _put(".//saml:SubjectConfirmationData", sealed("saml:x")[0]),
            PART,
        ),
        "an-encrypted-key-in-the-key-info": (
            _put(".//ds:KeyInfo", element("xenc:EncryptedKey")),
            PART,
        ),
        "encrypted-data-in-the-status": (
            _put("samlp:Status", holding("samlp:StatusDetail", sealed("saml:x")[0])),
            PART,
        ),
        "encrypted-data-as-a-child-of-the-response": (_put(".", sealed("saml:x")[0]), PART),
    },
)
