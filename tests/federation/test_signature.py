"""Signed metadata: believed when the one certificate signed all of it, and not otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import xmlsec
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree

from kit.signed_metadata import KNOWN, Signer
from kit.support import EXPECTED, NOW, metadata
from numo_sso.federation import signature
from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.metadata import digest_metadata
from numo_sso.federation.names import PROVIDER
from numo_sso.saml import names
from numo_sso.saml.signature import verifies


@cache
def signer(name: str = "federation") -> Signer:
    """A signer made once a run; nothing but its name tells two apart."""
    assert name
    return Signer.of(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def digest(document: bytes, certificate: str = "") -> dict[str, Any]:
    expected = replace(EXPECTED, signed_by=certificate or signer().certificate)
    return digest_metadata(document, expected, NOW)


def refused(document: bytes, certificate: str = "") -> MetadataRefused:
    with pytest.raises(MetadataRefused) as refusal:
        digest(document, certificate)
    return refusal.value


def edited(document: bytes, path: str, **attributes: str) -> bytes:
    """The document with attributes of one element set."""
    root = etree.fromstring(document)
    found = root.find(f".//{path}")
    assert found is not None
    for name, value in attributes.items():
        found.set(name, value)
    return etree.tostring(root)


@pytest.fixture(scope="module")
def signed(certificate: str) -> bytes:
    return signer().sign(metadata(certificate))


def test_what_the_certificate_signed_is_believed(certificate: str, signed: bytes) -> None:
    """By the root's id, or by the empty URI that means the whole document."""
    assert digest(signed)["certificates"][0]["certificate"] == certificate
    assert digest(signer().sign(metadata(certificate), uri=""))


@pytest.mark.parametrize("size", [256, 384, 512])
def test_rsa_and_ecdsa_with_sha_256_or_better_are_known(certificate: str, size: int) -> None:
    """Each with the digest of its own size."""
    made = {"digest": getattr(KNOWN, f"TransformSha{size}")}
    rsa_method, ec_method = (
        getattr(KNOWN, f"Transform{kind}Sha{size}") for kind in ("Rsa", "Ecdsa")
    )
    assert digest(signer().sign(metadata(certificate), method=rsa_method, **made))
    curve = Signer.of(ec.generate_private_key(ec.SECP384R1()))
    document = curve.sign(metadata(certificate), method=ec_method, **made)
    assert digest(document, curve.certificate)


def test_without_a_certificate_configured_tls_vouches_alone(signed: bytes) -> None:
    """A signature that nobody can verify is neither needed nor in the way."""
    assert digest_metadata(signed, EXPECTED, NOW)


def test_unsigned_metadata_is_refused_where_a_signature_is_asked(certificate: str) -> None:
    assert refused(metadata(certificate)).code == "metadata-signature"


def test_another_signer_is_refused_whatever_its_key_info_shows(certificate: str) -> None:
    """KeyInfo carries the stranger's certificate, and chooses no key."""
    document = signer("stranger").sign(metadata(certificate))
    assert refused(document).code == "metadata-signature"


def test_what_was_altered_after_signing_is_refused(signed: bytes) -> None:
    altered = signed.replace(b"/single-sign-on", b"/single-sign-in")
    assert altered != signed
    assert refused(altered).code == "metadata-signature"


@pytest.mark.parametrize(
    ("path", "attributes"),
    [
        (names.REFERENCE, {"URI": "#_other"}),
        (names.REFERENCE, {"URI": "https://evil.example/metadata"}),
        (names.REFERENCE, {"URI": "#xpointer(/)"}),
        (names.SIGNATURE_METHOD, {"Algorithm": f"{names.DS}rsa-sha1"}),
        (
            names.SIGNATURE_METHOD,
            {"Algorithm": "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"},
        ),
        (names.DIGEST_METHOD, {"Algorithm": f"{names.DS}sha1"}),
        (
            names.CANONICALIZATION_METHOD,
            {"Algorithm": "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"},
        ),
        (names.TRANSFORM, {"Algorithm": "http://www.w3.org/TR/1999/REC-xslt-19991116"}),
        (names.TRANSFORM, {"Algorithm": "http://www.w3.org/TR/1999/REC-xpath-19991116"}),
    ],
)
def test_a_signature_of_another_form_is_refused_before_it_is_computed(
    signed: bytes, path: str, attributes: dict[str, str]
) -> None:
    """The message names the form, so no library has acted on it."""
    refusal = refused(edited(signed, path, **attributes))
    assert refusal.code == "metadata-signature"
    assert "is not by the certificate" not in refusal.message


def test_a_transform_with_content_is_refused(signed: bytes) -> None:
    """Content is where XSLT and XPath live, whatever the algorithm is called."""
    root = etree.fromstring(signed)
    transform = root.find(f".//{names.TRANSFORM}")
    assert transform is not None
    etree.SubElement(transform, f"{{{names.DS}}}XPath").text = "true()"
    assert refused(etree.tostring(root)).code == "metadata-signature"


def test_xmlsec_itself_knows_no_other_transform(certificate: str) -> None:
    """A second wall: what the form check would let by is refused by the library's own list."""
    plain = (KNOWN.TransformEnveloped, KNOWN.TransformInclC14N)
    root = etree.fromstring(signer().sign(metadata(certificate), transforms=plain))
    key = signature._key(signature._signer(signer().certificate))
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = key
    context.verify(root[0])  # it would let it pass
    assert not verifies(root[0], [key])


def test_a_signature_away_from_the_root_is_refused(signed: bytes) -> None:
    """Over whatever it may be, the document as a whole is then not signed."""
    root = etree.fromstring(signed)
    provider = root.find(PROVIDER)
    assert provider is not None
    provider.insert(0, root[0])
    assert refused(etree.tostring(root)).code == "metadata-signature"


def test_two_signatures_are_refused(signed: bytes) -> None:
    """One of them would be believed for the other."""
    root = etree.fromstring(signed)
    provider = root.find(PROVIDER)
    assert provider is not None
    provider.insert(0, etree.fromstring(etree.tostring(root[0])))
    assert refused(etree.tostring(root)).code == "metadata-signature"


def test_an_entity_inside_the_signature_is_not_read(certificate: str, signed: bytes) -> None:
    """What stands in KeyInfo is not signed: refused, or taken out before anything is looked up."""
    root = etree.fromstring(signed)
    evil = etree.fromstring(metadata(signer("evil").certificate))
    info = root.find(f".//{names.KEY_INFO}")
    assert info is not None
    info.append(evil)
    assert refused(etree.tostring(root)).code == "metadata-signature"
    [found] = digest_metadata(etree.tostring(root), EXPECTED, NOW)["certificates"]
    assert found["certificate"] == certificate


@pytest.mark.parametrize("certificate_text", ["AAAA", "x" * 40])
def test_a_certificate_that_cannot_be_read_is_told_from_a_bad_signature(
    signed: bytes, certificate_text: str
) -> None:
    """The deployment is to be mended, not the document."""
    assert refused(signed, certificate_text).code == "metadata-signature-certificate"


def test_a_weak_signing_key_is_refused(certificate: str) -> None:
    weak = Signer.of(rsa.generate_private_key(65537, 1024))  # noqa: S505  # that is the point
    document = weak.sign(metadata(certificate))
    assert refused(document, weak.certificate).code == "metadata-signature-certificate"
