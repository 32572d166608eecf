"""Algorithms: weak ones, those that take a public key for a secret, and false declarations."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from attack import algorithms as uri
from attack.case import bad
from attack.pen import Pen, signed_with
from attack.surgery import assertion_of, bad_edit, bad_table, element, part, without_signature
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from attack.bench import Bench
    from attack.case import Edit

METHOD = "a signature algorithm that is not allowed"
DIGEST = "a digest algorithm that is not allowed"
PARAMETERS = "an algorithm with parameters"
NO_KEY = "a signature by none of the keys in force"
CONFUSION = "McLean, Critical vulnerabilities in JSON Web Token libraries, 2015 (key confusion)"
RFC_9231 = "RFC 9231: URIs of algorithms"


@bad("Wang and Yu, How to Break MD5, EUROCRYPT 2005", "response-malformed", METHOD)
def signed_with_rsa_md5(bench: Bench) -> bytes:
    """Two documents of one digest are made in seconds: the hub signs one, the other logs in."""
    return signed_with(bench, Pen(bench.hub, method=f"{uri.MORE}rsa-md5"))


@bad("Stevens et al., SHAttered, CRYPTO 2017", "response-malformed", METHOD)
def signed_with_rsa_sha1(bench: Bench) -> bytes:
    """The same, for the price of some machines."""
    return signed_with(bench, Pen(bench.hub, method=f"{uri.DS}rsa-sha1"))


@bad(RFC_9231, "response-malformed", METHOD)
def signed_with_rsa_sha224(bench: Bench) -> bytes:
    """Not broken, and nothing of the hub's: what is not needed is not allowed."""
    return signed_with(bench, Pen(bench.hub, method=f"{uri.MORE}rsa-sha224"))


@bad(f"{RFC_9231}, 2.3.10: RSASSA-PSS", "response-malformed", METHOD)
def signed_with_rsa_pss(bench: Bench) -> bytes:
    """Its parameters come with the message."""
    return signed_with(bench, Pen(bench.hub, method=f"{uri.MORE_2007}sha256-rsa-MGF1"))


def _hmac(secret: bytes, method: str) -> Pen:
    key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataHmac, secret)
    return Pen(key, method=method)


@bad(CONFUSION, "response-malformed", METHOD)
def hmac_sha1_with_the_certificate_as_secret(bench: Bench) -> bytes:
    """Everybody has the secret where a public key is taken for one."""
    secret = base64.b64decode(bench.hub.certificate)
    return signed_with(bench, _hmac(secret, f"{uri.DS}hmac-sha1"))


@bad(CONFUSION, "response-malformed", METHOD)
def hmac_sha256_with_the_public_key_as_secret(bench: Bench) -> bytes:
    """The same with the key as a library holds it: in PEM."""
    shown = x509.load_der_x509_certificate(base64.b64decode(bench.hub.certificate))
    secret = shown.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return signed_with(bench, _hmac(secret, f"{uri.MORE}hmac-sha256"))


@bad(CONFUSION, "response-malformed", METHOD)
def hmac_sha512_with_an_empty_looking_secret(bench: Bench) -> bytes:
    """A key that could not be loaded is sometimes an empty one."""
    return signed_with(bench, _hmac(b"\0", f"{uri.MORE}hmac-sha512"))


@bad("CVE-2009-0217 (XML Signature 1.0)", "response-malformed", METHOD)
def hmac_of_one_bit(bench: Bench) -> bytes:
    """The message says how many bits are compared: of one, every second guess is right."""
    secret = base64.b64decode(bench.hub.certificate)
    root = bench.tree()
    signature = _hmac(secret, f"{uri.DS}hmac-sha1").sign(without_signature(assertion_of(root)))
    part(signature, ".//ds:SignatureMethod").append(element("ds:HMACOutputLength", "1"))
    return bench.written(root)


@bad_edit("CVE-2009-0217 (XML Signature 1.0)", "response-malformed", PARAMETERS)
def hmac_output_length_on_an_rsa_signature(root: etree._Element) -> None:
    """A library that reads the length for any algorithm truncates any."""
    part(root, ".//ds:SignatureMethod").append(element("ds:HMACOutputLength", "1"))


@bad_edit(f"{RFC_9231}, 2.3.9: parameters of PSS", "response-malformed", PARAMETERS)
def parameters_of_pss_on_an_rsa_signature(root: etree._Element) -> None:
    """They name a digest of the attacker's choice."""
    method = part(root, ".//ds:SignatureMethod")
    method.append(method.makeelement(f"{{{uri.MORE_2007}}}RSAPSSParams", {}))


@bad_edit(RFC_9231, "response-malformed", PARAMETERS)
def parameters_of_the_digest(root: etree._Element) -> None:
    """SHA-256 has none."""
    part(root, ".//ds:DigestMethod").append(element("ds:HMACOutputLength", "1"))


@bad("XML Signature 1.1, 3.2.2", "response-untrusted", NO_KEY)
def rsa_sha256_is_declared_and_rsa_sha1_is_used(bench: Bench) -> bytes:
    """The list of what is allowed sees one, the library must not find the other."""
    root = bench.tree()
    pen = Pen(bench.hub, method=f"{uri.DS}rsa-sha1")
    signature = pen.sign(without_signature(assertion_of(root)))
    part(signature, ".//ds:SignatureMethod").set("Algorithm", f"{uri.MORE}rsa-sha256")
    return bench.written(root)


@bad("XML Signature 1.1, 3.2.1", "response-untrusted", NO_KEY)
def sha256_is_declared_and_sha1_is_used(bench: Bench) -> bytes:
    """The same for the digest."""
    root = bench.tree()
    pen = Pen(bench.hub, digest=f"{uri.DS}sha1")
    signature = pen.sign(without_signature(assertion_of(root)))
    part(signature, ".//ds:DigestMethod").set("Algorithm", f"{names.XENC}sha256")
    return bench.written(root)


def _says(path: str, algorithm: str | None) -> Edit:
    def edit(root: etree._Element) -> None:
        method = part(root, f".//{path}")
        if algorithm is None:
            del method.attrib["Algorithm"]
        else:
            method.set("Algorithm", algorithm)

    return edit


_ODD: dict[str, str | None] = {
    "unknown": "urn:nobody:knows",
    "empty": "",
    "missing": None,
    "of-another-case": f"{uri.MORE}RSA-SHA256",
    "with-a-space-behind-it": f"{uri.MORE}rsa-sha256 ",
    "a-name-and-no-uri": "rsa-sha256",
    "dsa-sha1": f"{uri.DS}dsa-sha1",
    "dsa-sha256": "http://www.w3.org/2009/xmldsig11#dsa-sha256",
    "ecdsa-sha1": f"{uri.MORE}ecdsa-sha1",
    "rsa-ripemd160": f"{uri.MORE}rsa-ripemd160",
    "none": "none",
}
bad_table(
    __name__,
    RFC_9231,
    "response-malformed",
    {
        f"signature-method-{name}": (_says("ds:SignatureMethod", to), METHOD)
        for name, to in _ODD.items()
    },
)


@bad_edit("XML Signature 1.1, 6.4.3: ECDSA", "response-untrusted", NO_KEY)
def ecdsa_is_declared_for_an_rsa_key(root: etree._Element) -> None:
    """Allowed as such; the key in force is of another kind."""
    part(root, ".//ds:SignatureMethod").set("Algorithm", f"{uri.MORE}ecdsa-sha256")


def _digested(name: str) -> Callable[[Bench], bytes]:
    return lambda bench: signed_with(bench, Pen(bench.hub, digest=name))


@bad("Stevens et al., SHAttered, CRYPTO 2017", "response-malformed", DIGEST)
def digest_of_sha1(bench: Bench) -> bytes:
    """Two assertions of one digest: one is signed, the other is shown."""
    return _digested(f"{uri.DS}sha1")(bench)


@bad("Wang and Yu, How to Break MD5, EUROCRYPT 2005", "response-malformed", DIGEST)
def digest_of_md5(bench: Bench) -> bytes:
    """The same, in seconds."""
    return _digested(f"{uri.MORE}md5")(bench)


@bad(RFC_9231, "response-malformed", DIGEST)
def digest_of_ripemd160(bench: Bench) -> bytes:
    """Nothing of the hub's."""
    return signed_with(bench, Pen(bench.hub, digest=f"{names.XENC}ripemd160"))


bad_table(
    __name__,
    RFC_9231,
    "response-malformed",
    {
        "digest-method-unknown": (_says("ds:DigestMethod", "urn:nobody:knows"), DIGEST),
        "digest-method-empty": (_says("ds:DigestMethod", ""), DIGEST),
        "digest-method-missing": (_says("ds:DigestMethod", None), DIGEST),
    },
)
