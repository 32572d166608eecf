"""Values of a signature that are changed: each is looked at to its last bit."""

from __future__ import annotations

import base64
import hashlib
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from attack.case import bad
from attack.surgery import (
    EVIL_PUPIL,
    assertion_of,
    bad_edit,
    cut,
    part,
    replace,
    signature_of,
    value_of,
)

if TYPE_CHECKING:
    from attack.bench import Bench

NO_KEY = "a signature by none of the keys in force"


def _flipped(text: str | None) -> str:
    raw = bytearray(base64.b64decode(text or ""))
    raw[len(raw) // 2] ^= 1
    return base64.b64encode(raw).decode()


@bad_edit("CVE-2017-16897 (passport-wsfed-saml2)", "response-untrusted", NO_KEY)
def signature_value_is_empty(root: etree._Element) -> None:
    """Whoever only looks whether there is a signature is content."""
    part(root, ".//ds:SignatureValue").text = ""


@bad_edit("CVE-2022-21449 (Java ECDSA)", "response-untrusted", NO_KEY)
def signature_value_is_zeros(root: etree._Element) -> None:
    """Numbers for which a careless check of a signature holds whatever was signed."""
    part(root, ".//ds:SignatureValue").text = base64.b64encode(bytes(256)).decode()


@bad_edit("CVE-2022-21449 (Java ECDSA)", "response-untrusted", NO_KEY)
def signature_value_is_one(root: etree._Element) -> None:
    """One raised to any exponent is one."""
    part(root, ".//ds:SignatureValue").text = base64.b64encode(bytes(255) + b"\1").decode()


@bad_edit("CVE-2006-4339 (RSA PKCS#1 padding)", "response-untrusted", NO_KEY)
def signature_value_is_longer_than_the_key(root: etree._Element) -> None:
    """What stands behind the signature proper must not be overlooked."""
    value = part(root, ".//ds:SignatureValue")
    value.text = base64.b64encode(base64.b64decode(value.text or "") + b"\0" * 8).decode()


@bad_edit("CVE-2018-7711 (SimpleSAMLphp saml2)", "response-untrusted", NO_KEY)
def signature_value_is_truncated(root: etree._Element) -> None:
    """An error of the library is not a yes."""
    value = part(root, ".//ds:SignatureValue")
    value.text = base64.b64encode(base64.b64decode(value.text or "")[:128]).decode()


@bad_edit("CVE-2018-7711 (SimpleSAMLphp saml2)", "response-untrusted", NO_KEY)
def signature_value_is_not_base64(root: etree._Element) -> None:
    """The same, where it cannot even be decoded."""
    part(root, ".//ds:SignatureValue").text = "!!!!"


@bad_edit("XML Signature 1.1, 3.2.2: signature validation", "response-untrusted", NO_KEY)
def signature_value_with_one_bit_flipped(root: etree._Element) -> None:
    """The signature is looked at to its last bit."""
    value = part(root, ".//ds:SignatureValue")
    value.text = _flipped(value.text)


@bad_edit("XML Signature 1.1, 3.2.1: reference validation", "response-untrusted", NO_KEY)
def digest_value_with_one_bit_flipped(root: etree._Element) -> None:
    """The digest is looked at to its last bit."""
    value = part(root, ".//ds:DigestValue")
    value.text = _flipped(value.text)


@bad_edit("XML Signature 1.1, 3.2.1: reference validation", "response-untrusted", NO_KEY)
def digest_value_is_empty(root: etree._Element) -> None:
    """Nothing compared with nothing is equal."""
    part(root, ".//ds:DigestValue").text = ""


@bad_edit("XML Signature 1.1, 3.2.1: reference validation", "response-untrusted", NO_KEY)
def digest_value_is_a_beginning_of_the_right_one(root: etree._Element) -> None:
    """A comparison over the shorter length would hold."""
    value = part(root, ".//ds:DigestValue")
    value.text = base64.b64encode(base64.b64decode(value.text or "")[:3]).decode()


@bad_edit("CVE-2024-45409 (ruby-saml)", "response-untrusted", NO_KEY)
def digest_value_fits_an_assertion_that_was_changed(root: etree._Element) -> None:
    """The digest is right; the signature over SignedInfo, with the old digest, is not."""
    true = assertion_of(root)
    value_of(true, "nlEduPersonRealId").text = f"{EVIL_PUPIL}@petteflatcollege"
    without = deepcopy(true)
    cut(signature_of(without))
    digest = _sha256(etree.tostring(without, method="c14n", exclusive=True))
    part(true, ".//ds:DigestValue").text = digest


def _sha256(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


@bad("XML Signature 1.1, 3.2", "response-untrusted", NO_KEY)
def signature_of_another_message(bench: Bench) -> bytes:
    """Genuine, of an earlier response, whose id the assertion takes over."""
    root, other = bench.tree(), bench.tree()
    signature = signature_of(assertion_of(other))
    true = assertion_of(root)
    replace(signature_of(true), signature)
    true.set("ID", str(assertion_of(other).get("ID")))
    return bench.written(root)


@bad("XML Signature 1.1, 3.2", "response-malformed", "a reference to another element")
def signature_of_another_message_with_its_own_id(bench: Bench) -> bytes:
    """The same, and the reference leads nowhere in this document."""
    root, other = bench.tree(), bench.tree()
    replace(signature_of(assertion_of(root)), signature_of(assertion_of(other)))
    return bench.written(root)


@bad_edit(
    "CVE-2013-2172 (Santuario Java): SignedInfo can be replaced", "response-untrusted", NO_KEY
)
def signed_info_has_one_more_attribute(root: etree._Element) -> None:
    """What is signed is SignedInfo, in all of its parts."""
    part(root, ".//ds:SignedInfo").set("Id", "_more")
