"""The gate: what has another form than the hub's is refused before a library may act on it."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kit.world import Browser, World, hub_key
from numo_local.hub.response import build_response
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, names
from numo_sso.saml.form import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = "application/x-www-form-urlencoded"
WORLD = World()
STARTED = WORLD.start(Browser())
GOOD = WORLD.answer(STARTED, sign_response=True)
ENCODED = base64.b64encode(GOOD).decode()


def code_of(document: bytes) -> str:
    with pytest.raises(Refused) as refused:
        gate.admit(base64.b64encode(document).decode())
    return f"{refused.value.outcome.code}: {refused.value.detail}"


def test_the_hubs_response_passes() -> None:
    """Signed in both places, with a certificate in its KeyInfo."""
    admitted = gate.admit(ENCODED)
    assert isinstance(admitted, gate.Admitted)
    assert admitted.in_response_to == STARTED.request_id
    assert admitted.content.getparent() is admitted.response


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("", b"SAMLResponse=aaaa", "body-unsupported"),
        ("application/json", b"{}", "body-unsupported"),
        ("multipart/form-data; boundary=x", b"--x", "body-unsupported"),
        ("text/plain", b"SAMLResponse=aaaa", "body-unsupported"),
        (FORM, b"", "body-malformed"),
        (FORM, b"RelayState=x", "body-malformed"),
        (FORM, b"SAMLResponse=aaaa&SAMLResponse=aaaa", "body-malformed"),
        (FORM, b"SAMLResponse=aaaa&RelayState=a&RelayState=b", "body-malformed"),
        (FORM, b"SAMLResponse=aaaa" + b"&x=1" * 20, "body-malformed"),
        (FORM, b"SAMLResponse=%ff", "body-malformed"),
        (FORM, b"SAMLResponse=\xff", "body-malformed"),
        (FORM, b"SAMLResponse=" + b"a" * 4_000_000, "body-too-large"),
    ],
)
def test_a_body_of_another_form(content_type: str, body: bytes, code: str) -> None:
    """Content type, size, fields: each has its code."""
    with pytest.raises(Refused) as refused:
        read_form(content_type, body)
    assert refused.value.outcome.code == code


@pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
@pytest.mark.parametrize("relay_state", ["", "&RelayState=", "&RelayState=x&extra=1"])
def test_a_form_of_the_hub(content_type: str, relay_state: str) -> None:
    """RelayState may be absent or empty, and folded base64 is legal."""
    folded = "\r\n".join(ENCODED[at : at + 76] for at in range(0, len(ENCODED), 76))
    body = f"SAMLResponse={quote_plus(folded)}{relay_state}".encode()
    assert gate.admit(read_form(content_type, body))


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "a",
        "====",
        "aa-_",
        "aaaa!aaa",
        "!aaaaaaa",
        "a===",
        "aaaaa===",
        "aaaaa",
        "aaaaaa=",
        "aa a",
        "aGk=aGk=",
        "\u0430aaa",
        "aaaaaaaaa",
    ],
)
def test_strange_base64(encoded: str) -> None:
    """Only the standard alphabet, padded, and line breaks."""
    with pytest.raises(Refused) as refused:
        gate.decode(encoded)
    assert refused.value.outcome.code == "body-malformed"


def test_a_response_of_over_256_kb() -> None:
    """Decoded size counts, whatever the body's limit allows."""
    with pytest.raises(Refused) as refused:
        gate.admit(base64.b64encode(b"a" * 300_000).decode())
    assert refused.value.outcome.code == "body-too-large"


DTD = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"hello", "not XML"),
        (b"\xff\xfe<\x00a\x00", "not UTF-8"),
        (b"<a><b></a>", "not XML"),
        (GOOD.replace(b"?>", b"?>" + DTD, 1), "a DTD"),
        (GOOD.replace(b"<samlp:Response", b"<!DOCTYPE samlp:Response><samlp:Response", 1), "a DTD"),
        (b"<Response/>", "not one Response"),
        (b"<a/>" * 2, "not XML"),
        (b"<x>" * 100 + b"</x>" * 100, "too deep"),
        (b"<x>" + b"<y/>" * 5000 + b"</x>", "too many tags"),
        (b"<x>" + b"<y/>" * 2000 + b"</x>", "too many nodes"),
        (b"<x " + b"a" * 5000 + b"=''/>", "a tag beyond all measure"),
        (b"<x " + b" ".join(b'a%d=""' % n for n in range(40)) + b"/>", "too many attributes"),
        (GOOD.replace(b"140136@", b"140136<!-- -->@"), "a comment"),
        (GOOD.replace(b"140136@", b"140136<?x y?>@"), "a comment"),
        (GOOD.replace(b"140136@", b"<![CDATA[140136]]>@"), ""),
        (GOOD.replace(b"140136@", b"&undefined;@"), "not XML"),
    ],
)
def test_bytes_of_another_form(document: bytes, reason: str) -> None:
    """Not XML, not UTF-8, a DTD, a bomb, or text that is split."""
    if reason:
        assert reason in code_of(document)
    else:
        gate.admit(base64.b64encode(document).decode())


def edited(edit: Callable[[etree._Element], object]) -> bytes:
    root = etree.fromstring(GOOD)
    edit(root)
    return etree.tostring(root)


def find(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path)
    assert found is not None
    return found


A = names.ASSERTION
SIGNATURE = f"{A}/{names.SIGNATURE}"
INFO = f"{SIGNATURE}/{names.SIGNED_INFO}"
REFERENCE = f"{INFO}/{names.REFERENCE}"
TRANSFORMS = f"{REFERENCE}/{names.TRANSFORMS}"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"


def copy_of(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))


def another(element: etree._Element) -> etree._Element:
    copy = copy_of(element)
    copy.set("ID", "_another")
    return copy


SHAPES: dict[str, tuple[Callable[[etree._Element], object], str]] = {
    "two-assertions": (lambda r: r.append(another(find(r, A))), "exactly one assertion"),
    "two-assertions-of-one-id": (lambda r: r.append(copy_of(find(r, A))), "occurs twice"),
    "assertion-in-extensions": (
        lambda r: etree.SubElement(r, f"{{{names.SAMLP}}}Extensions").append(find(r, A)),
        "exactly one assertion",
    ),
    "look-alike-assertion": (lambda r: etree.SubElement(r, "Assertion"), "exactly one assertion"),
    "encrypted-assertion": (
        lambda r: etree.SubElement(r, names.ENCRYPTED_ASSERTION),
        "encrypted assertion",
    ),
    "nested-response": (lambda r: etree.SubElement(r, names.RESPONSE), "not one Response"),
    "duplicate-id": (lambda r: find(r, A).set("ID", r.get("ID", "")), "occurs twice"),
    "duplicate-id-other-spelling": (
        lambda r: etree.SubElement(r, "x", Id=find(r, A).get("ID", "")),
        "occurs twice",
    ),
    "signature-in-status": (
        lambda r: find(r, names.STATUS).append(find(r, SIGNATURE)),
        "away from Response",
    ),
    "two-signatures-on-the-assertion": (
        lambda r: find(r, A).append(find(r, names.SIGNATURE)),
        "two signatures on one",
    ),
    "three-signatures": (
        lambda r: r.append(copy_of(find(r, SIGNATURE))),
        "too many signatures",
    ),
    "signature-of-the-assertion-gone": (
        lambda r: find(r, A).remove(find(r, SIGNATURE)),
        "the assertion is not signed",
    ),
    "two-references": (
        lambda r: find(r, INFO).append(copy_of(find(r, REFERENCE))),
        "not one reference",
    ),
    "reference-elsewhere": (lambda r: find(r, REFERENCE).set("URI", "#x"), "another element"),
    "reference-empty": (lambda r: find(r, REFERENCE).set("URI", ""), "another element"),
    "reference-file": (
        lambda r: find(r, REFERENCE).set("URI", "file:///etc/passwd"),
        "another element",
    ),
    "hmac": (
        lambda r: find(r, f"{INFO}/{names.SIGNATURE_METHOD}").set(
            "Algorithm", names.DS + "hmac-sha1"
        ),
        "signature algorithm",
    ),
    "rsa-sha1": (
        lambda r: find(r, f"{INFO}/{names.SIGNATURE_METHOD}").set(
            "Algorithm", names.DS + "rsa-sha1"
        ),
        "signature algorithm",
    ),
    "digest-md5": (
        lambda r: find(r, f"{REFERENCE}/{names.DIGEST_METHOD}").set("Algorithm", "md5"),
        "digest algorithm",
    ),
    "c14n-with-comments": (
        lambda r: find(r, f"{INFO}/{names.CANONICALIZATION_METHOD}").set(
            "Algorithm", names.EXCLUSIVE_C14N + "WithComments"
        ),
        "canonicalization",
    ),
    "xslt": (
        lambda r: etree.SubElement(find(r, TRANSFORMS), names.TRANSFORM, Algorithm=XSLT),
        "transforms that are not allowed",
    ),
    "xslt-inside-a-legal-transform": (
        lambda r: etree.SubElement(find(r, f"{TRANSFORMS}/{names.TRANSFORM}"), "stylesheet"),
        "an algorithm with parameters",
    ),
    "object-in-signature": (
        lambda r: etree.SubElement(find(r, SIGNATURE), f"{{{names.DS}}}Object"),
        "a signature of another form",
    ),
    "retrieval-method": (
        lambda r: etree.SubElement(
            find(r, f"{SIGNATURE}/{names.KEY_INFO}"), f"{{{names.DS}}}RetrievalMethod"
        ),
        "chooses a key",
    ),
    "key-info-of-another-namespace": (
        lambda r: etree.SubElement(find(r, f"{SIGNATURE}/{names.KEY_INFO}"), "{urn:x}Key"),
        "chooses a key",
    ),
    "key-info-with-something-in-its-certificate": (
        lambda r: etree.SubElement(
            find(r, f"{SIGNATURE}/{names.KEY_INFO}/{names.X509_DATA}"), "{urn:x}Key"
        ),
        "points elsewhere",
    ),
}


@pytest.mark.parametrize("case", SHAPES)
def test_a_response_of_another_shape(case: str) -> None:
    """Wrappings, doubles and signatures that mean more than one thing."""
    edit, reason = SHAPES[case]
    assert reason in code_of(edited(edit))


def test_a_comment_outside_the_assertion_is_ignored() -> None:
    """Between the children of the Response nobody reads."""
    document = GOOD.replace(b"<saml:Assertion", b"<!-- hello --><saml:Assertion", 1)
    gate.admit(base64.b64encode(document).decode())


def test_a_failure_of_the_hub_has_its_own_code() -> None:
    """No assertion and a status other than Success: the hub said no."""
    status = "urn:oasis:names:tc:SAML:2.0:status:Responder"
    options = WORLD.options(STARTED, status=status, sub_status="urn:x:No-Available<IDP>")
    document = build_response(options, hub_key())
    declined = gate.admit(base64.b64encode(document).decode())
    assert isinstance(declined, gate.Declined)
    assert declined.status == "Responder/NoAvailableIDP"
    assert declined.in_response_to == STARTED.request_id


def test_success_without_an_assertion_is_malformed() -> None:
    """A status of Success promises one."""
    assert "exactly one assertion" in code_of(WORLD.answer(STARTED, with_assertion=False))


@given(st.binary(max_size=400))
def test_no_bytes_get_out_but_as_a_coded_outcome(raw: bytes) -> None:
    """Whatever is posted, the gate admits it or refuses it with a code."""
    body = urlencode({"SAMLResponse": base64.b64encode(raw).decode()}).encode()
    for given_body in (raw, body):
        with pytest.raises(Refused):
            gate.admit(read_form(FORM, given_body))


@given(st.data())
def test_a_mutated_response_gets_a_coded_outcome(data: st.DataObject) -> None:
    """Bytes of a good response changed anywhere never raise anything else."""
    at = data.draw(st.integers(0, len(GOOD) - 1))
    piece = data.draw(st.binary(max_size=6))
    mutated = GOOD[:at] + piece + GOOD[at + data.draw(st.integers(0, 6)) :]
    with suppress(Refused):
        gate.admit(base64.b64encode(mutated).decode())
