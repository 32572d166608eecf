"""Lists of transforms that are not the two of the hub, and references that lead elsewhere."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack import algorithms as uri
from attack.case import bad
from attack.pen import signed_through, transform, transforms_put, written_with
from attack.surgery import (
    bad_edit,
    bad_table,
    cut,
    element,
    holding,
    part,
    rewritten,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

REFUSED = "transforms that are not allowed"
ANOTHER_FORM = "a reference of another form"


@bad("XML Signature 1.1, 6.6.4: enveloped signature", "response-malformed", REFUSED)
def enveloped_signature_twice(bench: Bench) -> bytes:
    """A second one cuts another signature out, or fails; nobody says which."""
    return signed_through(bench, transform(names.ENVELOPED), transform(names.ENVELOPED))


@bad("XML Signature 1.1, 6.6.4: enveloped signature", "response-malformed", REFUSED)
def canonical_form_only(bench: Bench) -> bytes:
    """Without it the signature is a part of what it is over."""
    return signed_through(bench, transform(uri.EXCLUSIVE))


@bad("CVE-2021-39171 (node-saml): transforms without a limit", "response-malformed", REFUSED)
def forty_transforms(bench: Bench) -> bytes:
    """Each works on the whole document."""
    steps = [transform(names.ENVELOPED), *(transform(uri.EXCLUSIVE) for _ in range(40))]
    return written_with(bench, *steps)


_ENVELOPED, _EXCLUSIVE = transform(names.ENVELOPED), transform(uri.EXCLUSIVE)


bad_table(
    __name__,
    "XML Signature 1.1, 4.4.3.4: transforms",
    "response-malformed",
    {
        "the-two-in-another-order": (transforms_put(_EXCLUSIVE, _ENVELOPED), REFUSED),
        "no-transform-in-the-list": (transforms_put(), REFUSED),
        "an-unknown-transform": (
            transforms_put(_ENVELOPED, transform("urn:nobody:knows")),
            REFUSED,
        ),
        "an-empty-algorithm": (transforms_put(_ENVELOPED, transform("")), REFUSED),
        "a-transform-without-algorithm": (
            transforms_put(_ENVELOPED, element("ds:Transform")),
            REFUSED,
        ),
        "an-element-that-is-no-transform": (
            transforms_put(_ENVELOPED, element("ds:Other", Algorithm=uri.EXCLUSIVE)),
            REFUSED,
        ),
        "remove-xml-tags": (
            transforms_put(
                _ENVELOPED, transform("http://www.aleksey.com/xmlsec/2002/remove-xml-tags-c14n")
            ),
            REFUSED,
        ),
        "the-transform-of-ws-security": (
            transforms_put(_ENVELOPED, transform("urn:oasis:names:tc:wss#STR-Transform")),
            REFUSED,
        ),
        "a-relationship-transform-of-office": (
            transforms_put(
                _ENVELOPED,
                transform("http://schemas.openxmlformats.org/package/2006/RelationshipTransform"),
            ),
            REFUSED,
        ),
        "an-expression-in-the-enveloped-transform": (
            transforms_put(transform(names.ENVELOPED, element("ds:XPath", "1")), _EXCLUSIVE),
            "an algorithm with parameters",
        ),
        "a-stylesheet-in-the-exclusive-form": (
            transforms_put(_ENVELOPED, transform(uri.EXCLUSIVE, element("ds:XPath", "1"))),
            "an algorithm with parameters",
        ),
    },
)


@bad("XML Signature 1.1, 4.4.3", "response-malformed", ANOTHER_FORM)
def no_list_of_transforms(bench: Bench) -> bytes:
    """Then the default is inclusive, and the signature is over itself."""
    return signed_through(bench)


@bad_edit("XML Signature 1.1, 4.4.3", "response-malformed", ANOTHER_FORM)
def two_lists_of_transforms(root: etree._Element) -> None:
    """One is checked, the other is carried out."""
    transforms = part(root, ".//ds:Transforms")
    transforms.addnext(deepcopy(transforms))


@bad_edit("XML Signature 1.1, 4.4.3", "response-malformed", ANOTHER_FORM)
def transforms_behind_the_digest(root: etree._Element) -> None:
    """Another order than the schema's is another reader's chance."""
    reference = part(root, ".//ds:Reference")
    reference.append(cut(part(root, ".//ds:Transforms")))


@bad_edit("CVE-2025-29775 (xml-crypto)", "response-malformed", ANOTHER_FORM)
def two_digest_values(root: etree._Element) -> None:
    """The first is compared, or the last, or both as one text."""
    value = part(root, ".//ds:DigestValue")
    value.addprevious(element("ds:DigestValue", "AAAA"))


@bad_edit("XML Signature 1.1, 4.4.3.1", "response-malformed", "a reference to another element")
def reference_to_a_file(root: etree._Element) -> None:
    """The verifier opens what the message names."""
    part(root, ".//ds:Reference").set("URI", "file:///etc/passwd")


@bad_edit("XML Signature 1.1, 4.4.3.1", "response-malformed", "a reference to another element")
def reference_by_http(root: etree._Element) -> None:
    """The verifier fetches what the message names, from inside our network."""
    part(root, ".//ds:Reference").set("URI", "http://127.0.0.1:9/latest/meta-data/")


@bad_edit("XML Signature 1.1, 5.1", "response-malformed", "a signature of another form")
def manifest_with_a_reference_to_a_file(root: etree._Element) -> None:
    """References of a Manifest are fetched by some, and checked by few."""
    reference = deepcopy(part(root, ".//ds:Reference"))
    reference.set("URI", "file:///etc/passwd")
    manifest = holding("ds:Manifest", reference)
    part(root, ".//ds:Signature").append(holding("ds:Object", manifest))


@bad("XML Encryption 1.1, 3.3.1", "response-malformed", "an encrypted part")
def cipher_reference_to_a_file(bench: Bench) -> bytes:
    """Encrypted data may be elsewhere: a file or an address that the receiver opens."""
    data = (
        b"<samlp:Extensions><x:EncryptedData xmlns:x='http://www.w3.org/2001/04/xmlenc#'>"
        b"<x:CipherData><x:CipherReference URI='file:///etc/passwd'/></x:CipherData>"
        b"</x:EncryptedData></samlp:Extensions><samlp:Status>"
    )
    return rewritten(bench.good(), b"<samlp:Status>", data)
