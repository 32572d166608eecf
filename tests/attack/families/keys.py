"""Keys that come with the message: whoever forges a signature can show a key that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xmlsec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from attack.case import bad
from attack.certificates import chained_to
from attack.pen import Pen, signed_with
from attack.surgery import bad_edit, bad_table, cut, element, holding, part
from kit.world import hub_key
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench
    from attack.case import Edit
    from numo_local.hub.key import HubKey

NO_KEY = "a signature by none of the keys in force"
CHOOSES = "a KeyInfo that chooses a key"
POINTS = "a KeyInfo that points elsewhere"
RAIDER = "SAML Raider (Bischofberger, Duss): certificate faking"
DSIG11 = "http://www.w3.org/2009/xmldsig11#"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"


def attacker() -> HubKey:
    return hub_key("attacker")


def certificate(shown: str) -> etree._Element:
    """A KeyInfo with one certificate in it."""
    x509 = holding("ds:X509Data", element("ds:X509Certificate", shown))
    return holding("ds:KeyInfo", x509)


@bad(RAIDER, "response-untrusted", NO_KEY)
def attackers_certificate_is_shown(bench: Bench) -> bytes:
    """A library that takes the key from the message finds all of it in order."""
    return bench.made(attacker())


@bad("CVE-2021-21239 (pysaml2)", "response-untrusted", NO_KEY)
def attacker_signs_and_shows_nothing(bench: Bench) -> bytes:
    """Any key is as good as another where none is asked for."""
    return signed_with(bench, Pen(attacker()))


@bad(RAIDER, "response-untrusted", NO_KEY)
def hubs_certificate_is_shown_and_the_attacker_signs(bench: Bench) -> bytes:
    """Comparing what is shown with the metadata proves nothing about who signed."""
    return signed_with(bench, Pen(attacker(), key_info=certificate(bench.hub.certificate)))


@bad(RAIDER, "response-untrusted", NO_KEY)
def both_certificates_are_shown_and_the_attacker_signs(bench: Bench) -> bytes:
    """One is compared, the other verifies."""
    shown = certificate(bench.hub.certificate)
    shown[0].append(element("ds:X509Certificate", attacker().certificate))
    return signed_with(bench, Pen(attacker(), key_info=shown))


@bad("RFC 5280, 6: path validation is no reason to trust a signer", "response-untrusted", NO_KEY)
def certificate_that_the_hubs_key_vouches_for(bench: Bench) -> bytes:
    """The metadata names certificates, not authorities: what they signed is not trusted."""
    made = chained_to(bench.hub, "child of the hub")
    return signed_with(bench, Pen(made, key_info=certificate(made.certificate)))


@bad("SAML Metadata IOP 2.5: keys are explicit", "response-untrusted", NO_KEY)
def certificate_of_the_hubs_name_with_another_key(bench: Bench) -> bytes:
    """Its subject and issuer are the hub's to the letter."""
    return bench.made(type(bench.hub).generate("hub"))


@bad("NIST SP 800-131A: RSA below 2048 bits", "response-untrusted", NO_KEY)
def key_of_1024_bits(bench: Bench) -> bytes:
    """A small key is found by arithmetic; it is not the hub's either way."""
    small = rsa.generate_private_key(65537, 1024)  # noqa: S505  # too small, on purpose
    return signed_with(bench, Pen(_pem(small)))


@bad("XML Signature 1.1, 6.4.3: ECDSA", "response-untrusted", NO_KEY)
def elliptic_key_of_the_attacker(bench: Bench) -> bytes:
    """Another kind of key than the hub's is another key."""
    method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    return signed_with(bench, Pen(_pem(ec.generate_private_key(ec.SECP256R1())), method=method))


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> xmlsec.Key:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)


def _instead(child: etree._Element) -> Edit:
    """Put another KeyInfo in the place of the hub's; the signature is genuine and stays so."""

    def edit(root: etree._Element) -> None:
        key_info = part(root, ".//ds:KeyInfo")
        key_info[:] = [child]

    return edit


def _foreign(namespace: str, name: str, **attributes: str) -> etree._Element:
    return element("ds:x").makeelement(f"{{{namespace}}}{name}", attributes)


_RSA_KEY = holding("ds:RSAKeyValue", element("ds:Modulus", "AQAB"), element("ds:Exponent", "AQAB"))
_RETRIEVAL = "CVE-2021-40690 (Santuario), XML Signature 1.1, 4.5.3: RetrievalMethod"

bad_table(
    __name__,
    "CVE-2021-21239 (pysaml2): xmlsec1 takes any kind of key unless told otherwise",
    "response-malformed",
    {
        "a-key-value": (_instead(holding("ds:KeyValue", _RSA_KEY)), CHOOSES),
        "a-key-name": (_instead(element("ds:KeyName", "hub")), CHOOSES),
        "mgmt-data": (_instead(element("ds:MgmtData", "x")), CHOOSES),
        "pgp-data": (
            _instead(holding("ds:PGPData", element("ds:PGPKeyID", "AAAA"))),
            CHOOSES,
        ),
        "spki-data": (_instead(holding("ds:SPKIData", element("ds:SPKISexp", "AAAA"))), CHOOSES),
        "a-der-encoded-key-value": (_instead(_foreign(DSIG11, "DEREncodedKeyValue")), CHOOSES),
        "a-security-token-reference": (
            _instead(_foreign(_WSSE, "SecurityTokenReference")),
            CHOOSES,
        ),
        "an-agreement-method": (_instead(_foreign(names.XENC, "AgreementMethod")), CHOOSES),
        "an-encrypted-key": (_instead(_foreign(names.XENC, "EncryptedKey")), "an encrypted part"),
        "a-look-alike-of-x509-data": (_instead(_foreign("urn:other", "X509Data")), CHOOSES),
        "a-revocation-list": (
            _instead(holding("ds:X509Data", element("ds:X509CRL", "AAAA"))),
            POINTS,
        ),
        "an-x509-digest": (
            _instead(holding("ds:X509Data", _foreign(DSIG11, "X509Digest", Algorithm="x"))),
            POINTS,
        ),
        "a-foreign-element-in-x509-data": (
            _instead(holding("ds:X509Data", _foreign("urn:other", "x"))),
            POINTS,
        ),
    },
)
bad_table(
    __name__,
    _RETRIEVAL,
    "response-malformed",
    {
        f"retrieval-of-a-key-{where}": (_instead(element("ds:RetrievalMethod", URI=uri)), CHOOSES)
        for where, uri in {
            "in-the-same-document": "#_key",
            "by-http": "http://127.0.0.1:9/key",
            "from-a-file": "file:///etc/passwd",
        }.items()
    }
    | {
        "key-info-reference": (_instead(_foreign(DSIG11, "KeyInfoReference", URI="#_x")), CHOOSES),
    },
)


@bad_edit(
    "XML Signature 1.1, 4.2: one KeyInfo", "response-malformed", "a signature of another form"
)
def two_key_infos(root: etree._Element) -> None:
    """One is compared, the other verifies."""
    part(root, ".//ds:KeyInfo").addnext(certificate(attacker().certificate))


@bad_edit("XML Signature 1.1, 4.2", "response-malformed", "a signature of another form")
def key_info_before_the_signed_info(root: etree._Element) -> None:
    """Another order than the schema's is another reader's chance."""
    key_info = cut(part(root, ".//ds:KeyInfo"))
    part(root, ".//ds:SignedInfo").addprevious(key_info)
