"""The second wall: what xmlsec itself refuses, were the gate not there.

Each signature here is genuine, made by the hub's own key, and a bare context of xmlsec verifies it;
ours does not, for it knows neither the transform nor the algorithm.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
import xmlsec
from lxml import etree

from attack import algorithms as uri
from attack.pen import Pen, transform
from attack.surgery import assertion_of, part, signature_of, without_signature
from kit.world import hub_key
from numo_local.hub.response import ResponseOptions, render
from numo_sso.saml import names
from numo_sso.saml.signature import verifies

if TYPE_CHECKING:
    from pathlib import Path

KEY = hub_key()
ENVELOPED = transform(names.ENVELOPED)
PUBLIC = xmlsec.Key.from_memory(KEY.private_key, xmlsec.constants.KeyDataFormatPem)


def response() -> etree._Element:
    return render(ResponseOptions("hub", "us", "acs", "_r", {"uid": ["x"]}))


def signed(pen: Pen) -> etree._Element:
    """An assertion's signature by this pen, in its document."""
    root = response()
    pen.sign(without_signature(assertion_of(root)))
    return signature_of(assertion_of(etree.fromstring(etree.tostring(root))))


def bare(signature: etree._Element, key: xmlsec.Key = PUBLIC) -> bool:
    """What xmlsec says by itself."""
    context = xmlsec.SignatureContext()
    context.key = key
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def found(signature: etree._Element) -> etree._Element:
    xmlsec.tree.add_ids(signature.getroottree().getroot(), ["ID"])
    return signature


PENS: dict[str, Pen] = {
    "xslt": Pen(KEY, transforms=[ENVELOPED, uri.stylesheet("<same/>")]),
    "xpath": Pen(KEY, transforms=[ENVELOPED, uri.xpath("true()")]),
    "xpath-with-here": Pen(
        KEY,
        transforms=[
            uri.xpath(
                "count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1])"
                " > count(ancestor-or-self::ds:Signature)"
            )
        ],
    ),
    "xpath-filter-2": Pen(KEY, transforms=[uri.xpath_filter("subtract", "//ds:Signature")]),
    "inclusive-c14n-1-1": Pen(KEY, transforms=[ENVELOPED, transform(uri.C14N_11)]),
    "comments-kept": Pen(KEY, transforms=[ENVELOPED, transform(f"{uri.EXCLUSIVE}WithComments")]),
    "inclusive-c14n": Pen(KEY, transforms=[ENVELOPED, transform(uri.C14N)]),
    "inclusive-c14n-of-signed-info": Pen(KEY, canonicalization=uri.C14N),
    "exclusive-with-comments": Pen(KEY, canonicalization=f"{uri.EXCLUSIVE}WithComments"),
    "rsa-md5": Pen(KEY, method=f"{uri.MORE}rsa-md5"),
    "rsa-sha1": Pen(KEY, method=f"{uri.DS}rsa-sha1"),
    "rsa-sha224": Pen(KEY, method=f"{uri.MORE}rsa-sha224"),
    "digest-md5": Pen(KEY, digest=f"{uri.MORE}md5"),
    "digest-sha1": Pen(KEY, digest=f"{uri.DS}sha1"),
    "digest-sha224": Pen(KEY, digest=f"{uri.MORE}sha224"),
}


@pytest.mark.parametrize("name", PENS)
def test_a_genuine_signature_by_other_means_is_refused(name: str) -> None:
    """The key is right, and still: the lists of what is allowed stand in xmlsec too."""
    signature = found(signed(PENS[name]))
    assert bare(signature), "xmlsec by itself must take it, else this shows nothing"
    assert not verifies(signature, [PUBLIC])


def test_a_genuine_signature_over_decoded_base64_is_refused() -> None:
    """Only what the text decodes to is signed, and not the element around it."""
    root = response()
    value = part(root, ".//saml:AttributeValue")
    value.text = "aGVsbG8="
    value.set("ID", "_base64")
    signature = Pen(KEY, uri="#_base64", transforms=[transform(uri.BASE64)]).sign(
        without_signature(assertion_of(root))
    )
    assert bare(signature)
    assert not verifies(signature, [PUBLIC])


def test_a_certificate_is_no_secret() -> None:
    """HMAC with what everybody can read, as a key that was read as bytes."""
    secret = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataHmac, KEY.certificate.encode())
    signature = found(signed(Pen(secret, method=f"{uri.MORE}hmac-sha256")))
    assert bare(signature, secret)
    assert not verifies(signature, [secret])


def test_what_the_hub_uses_is_taken() -> None:
    """Nothing above is refused for another reason than the one it is about."""
    assert verifies(found(signed(Pen(KEY))), [PUBLIC])
    assert not verifies(found(signed(Pen(hub_key("stranger")))), [PUBLIC])
    assert verifies(found(signed(Pen(KEY))), [_public("stranger"), PUBLIC])
    assert not verifies(found(signed(Pen(KEY))), [])


def _public(name: str) -> xmlsec.Key:
    return xmlsec.Key.from_memory(hub_key(name).private_key, xmlsec.constants.KeyDataFormatPem)


_OPENS = """
    import sys
    from lxml import etree
    import xmlsec
    {ours}
    opened = []
    root = etree.parse(sys.argv[1]).getroot()
    signature = root.find(".//{{http://www.w3.org/2000/09/xmldsig#}}Signature")
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_file(sys.argv[2], xmlsec.constants.KeyDataFormatPem)
    try:
        context.verify(signature)
        print("verified")
    except xmlsec.Error:
        print("refused")
"""


@pytest.mark.parametrize(
    ("ours", "answer"), [("", "verified"), ("import numo_sso.saml.signature", "refused")]
)
def test_no_file_is_opened(tmp_path: Path, ours: str, answer: str) -> None:
    """A reference to a file verifies where xmlsec may open files, and is not even looked at here.

    In processes of their own, as xmlsec's way of opening files is ended once, for good.
    """
    named = tmp_path / "named.txt"
    named.write_text("what the file holds")
    key, document = tmp_path / "key.pem", tmp_path / "signed.xml"
    key.write_bytes(KEY.private_key)
    program = textwrap.dedent(_OPENS.format(ours=ours))
    sign = textwrap.dedent(_SIGNS)
    _run(sign, str(document), str(key), named.as_uri())
    assert _run(program, str(document), str(key)) == answer


_SIGNS = """
    import sys
    from lxml import etree
    import xmlsec
    root = etree.Element("root")
    known = xmlsec.constants
    signature = xmlsec.template.create(root, known.TransformExclC14N, known.TransformRsaSha256)
    xmlsec.template.add_reference(signature, known.TransformSha256, uri=sys.argv[3])
    root.append(signature)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_file(sys.argv[2], known.KeyDataFormatPem)
    context.sign(signature)
    open(sys.argv[1], "wb").write(etree.tostring(root))
"""


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  # programs of our own
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    return done.stdout.strip()
