"""Encrypted assertions, where a deployment takes them: what opens, and what tells nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
import xmlsec
from lxml import etree

from attack.bench import Bench, form_of
from attack.case import FORM
from attack.in_process import InProcess, attacked_world
from attack.surgery import element, evil_copy, holding, part
from kit.sealing import Seal, seal
from kit.world import key_ring, parameters, service_key
from numo_local.hub.response import build_response, sign
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, names
from numo_sso.saml.form import read_form
from numo_sso.saml.opening import open_assertion

if TYPE_CHECKING:
    from kit.world import World

KNOWN = xmlsec.constants
Spoil = Callable[[etree._Element], object]
OURS = service_key()["certificate"]


def encrypting_world() -> World:
    """The scene's world, that takes encrypted assertions, in the middle of a rollover."""
    ring = key_ring(
        "sp",
        current=service_key(),
        published=service_key("next"),
        previous=service_key("old"),
    )
    return attacked_world(encryption=True, parameters=parameters(**ring))


@pytest.fixture
def bench() -> Bench:
    return Bench(InProcess(encrypting_world()))


def ended(bench: Bench, document: bytes) -> str:
    """How the login ends, with the detail behind it."""
    seen = bench.post(document)
    assert seen.has_session == (seen.outcome == "logged-in")
    return f"{seen.outcome}: {seen.detail}"


def spoiled(document: bytes, spoil: Spoil) -> bytes:
    root = etree.fromstring(document)
    spoil(root)
    return etree.tostring(root)


def moved_out(root: etree._Element) -> None:
    data = part(root, ".//xenc:EncryptedData")
    data.addnext(part(root, ".//xenc:EncryptedKey"))


def added(path: str, tag: str, **attributes: str) -> Spoil:
    """One element more at the end of ``path``."""
    return lambda root: part(root, path).append(element(tag, **attributes))


def put(path: str, name: str, value: str) -> Spoil:
    return lambda root: part(root, path).set(name, value)


def cut(path: str) -> Spoil:
    def spoil(root: etree._Element) -> None:
        found = part(root, path)
        holder = found.getparent()
        assert holder is not None
        holder.remove(found)

    return spoil


def pointing(path: str, uri: str) -> Spoil:
    """A CipherReference where the value was."""

    def spoil(root: etree._Element) -> None:
        data = part(root, path)
        data[:] = [element("xenc:CipherReference", URI=uri)]

    return spoil


DATA = ".//saml:EncryptedAssertion/xenc:EncryptedData"
KEY = ".//xenc:EncryptedKey"
FORM_OF = "an encrypted part of another form"
SHAPES: dict[str, tuple[Spoil, str]] = {
    "content-in-a-file": (pointing(f"{DATA}/xenc:CipherData", "file:///etc/passwd"), FORM_OF),
    "content-elsewhere": (pointing(f"{DATA}/xenc:CipherData", "http://127.0.0.1:9/"), FORM_OF),
    "key-in-a-file": (pointing(f"{KEY}/xenc:CipherData", "file:///etc/passwd"), FORM_OF),
    "key-beside-the-data": (moved_out, FORM_OF),
    "no-key": (cut(KEY), FORM_OF),
    "two-keys": (
        lambda root: part(root, KEY).addnext(deepcopy(part(root, KEY))),
        FORM_OF,
    ),
    "retrieval-method": (added(f"{DATA}/ds:KeyInfo", "ds:RetrievalMethod", URI="#x"), FORM_OF),
    "agreement-method": (added(f"{DATA}/ds:KeyInfo", "xenc:AgreementMethod"), FORM_OF),
    "key-name": (added(f"{DATA}/ds:KeyInfo", "ds:KeyName"), FORM_OF),
    "properties": (added(DATA, "xenc:EncryptionProperties"), FORM_OF),
    "reference-list": (added(KEY, "xenc:ReferenceList"), FORM_OF),
    "two-data": (
        lambda root: part(root, DATA).addnext(deepcopy(part(root, DATA))),
        FORM_OF,
    ),
    "no-data": (cut(DATA), FORM_OF),
    "two-values": (added(f"{DATA}/xenc:CipherData", "xenc:CipherValue"), FORM_OF),
    "two-values-of-a-key": (added(f"{KEY}/xenc:CipherData", "xenc:CipherValue"), FORM_OF),
    "type-content": (
        put(DATA, "Type", f"{names.XENC}Content"),
        "encrypted content of another kind",
    ),
    "type-missing": (
        lambda root: part(root, DATA).attrib.pop("Type"),
        "encrypted content of another kind",
    ),
    "content-method-with-parameters": (
        added(f"{DATA}/xenc:EncryptionMethod", "xenc:KeySize"),
        "a content encryption that is not allowed",
    ),
    "digest-md5": (
        added(f"{KEY}/xenc:EncryptionMethod", "ds:DigestMethod", Algorithm=f"{names.DS}md5"),
        "a key encryption with other parameters",
    ),
    "mask-of-another-kind": (
        added(f"{KEY}/xenc:EncryptionMethod", "xenc11:MGF", Algorithm="urn:x"),
        "a key encryption with other parameters",
    ),
    "mask-by-the-name-of-a-digest": (
        added(f"{KEY}/xenc:EncryptionMethod", "xenc11:MGF", Algorithm=f"{names.XENC}sha256"),
        "a key encryption with other parameters",
    ),
    "two-digests": (
        lambda root: part(root, f"{KEY}/xenc:EncryptionMethod").extend(
            [element("ds:DigestMethod", Algorithm=f"{names.XENC}sha256") for _ in range(2)]
        ),
        "a key encryption with other parameters",
    ),
    "digest-with-content": (
        lambda root: part(root, f"{KEY}/xenc:EncryptionMethod").append(
            holding("ds:DigestMethod", element("ds:Object"), Algorithm=f"{names.XENC}sha256")
        ),
        "a key encryption with other parameters",
    ),
    "label": (
        added(f"{KEY}/xenc:EncryptionMethod", "xenc:OAEPparams"),
        "a key encryption with other parameters",
    ),
    "hint-that-chooses": (
        lambda root: part(root, f"{KEY}/xenc:EncryptionMethod").addnext(
            holding("ds:KeyInfo", element("ds:KeyName", "x"))
        ),
        "a KeyInfo that chooses a key",
    ),
    "comment": (
        lambda root: part(root, DATA).append(etree.Comment("x")),
        "a comment, entity or processing instruction inside the assertion",
    ),
    "plain-one-beside-it": (
        lambda root: root.append(element("saml:Assertion", ID="_x")),
        "not exactly one assertion at its place",
    ),
    "two": (
        lambda root: root.append(deepcopy(part(root, "saml:EncryptedAssertion"))),
        "not exactly one assertion at its place",
    ),
    "away-from-its-place": (
        lambda root: part(root, "samlp:Status").append(part(root, "saml:EncryptedAssertion")),
        "not exactly one assertion at its place",
    ),
}


def assertion_in(root: etree._Element) -> etree._Element:
    return part(root, "saml:Assertion")


def wrapped(root: etree._Element) -> bytes:
    """XSW inside: the evil assertion holds the signed one."""
    signed = assertion_in(root)
    evil = evil_copy(signed)
    evil.append(holding("saml:Advice", deepcopy(signed)))
    return etree.tostring(evil)


def edited(old: bytes, new: bytes) -> Callable[[etree._Element], bytes]:
    return lambda root: etree.tostring(assertion_in(root)).replace(old, new)


def sealed_again(_root: etree._Element) -> bytes:
    return etree.tostring(holding("saml:EncryptedAssertion", element("xenc:EncryptedData")))


MALFORMED = "response-malformed:"
ODD = f"{MALFORMED} something else than an assertion was encrypted"
CONTENTS: dict[str, tuple[Callable[[etree._Element], bytes], str]] = {
    "junk": (lambda _: b"\xff\xfe junk", f"{MALFORMED} not UTF-8"),
    "text": (lambda _: b"text", ODD),
    "text-behind": (lambda r: etree.tostring(assertion_in(r)) + b"text", ODD),
    "comment-alone": (lambda _: b"<!-- -->", f"{MALFORMED} not exactly one assertion at its place"),
    "end-of-the-response": (lambda _: b"</opened><opened>", f"{MALFORMED} not XML"),
    "two-assertions": (
        lambda r: etree.tostring(assertion_in(r)) + etree.tostring(evil_copy(assertion_in(r))),
        ODD,
    ),
    "another-element": (
        lambda _: b"<x/>",
        f"{MALFORMED} not exactly one assertion at its place",
    ),
    "a-look-alike": (
        lambda _: b'<Assertion xmlns="urn:x"/>',
        f"{MALFORMED} not exactly one assertion at its place",
    ),
    "a-response": (etree.tostring, f"{MALFORMED} not one Response as root"),
    "an-encrypted-one": (
        sealed_again,
        f"{MALFORMED} an encrypted assertion, and no encryption is configured",
    ),
    "xsw": (wrapped, f"{MALFORMED} not exactly one assertion at its place"),
    "unsigned": (
        lambda r: etree.tostring(evil_copy(assertion_in(r))),
        "response-untrusted: the assertion is not signed",
    ),
    "altered": (
        edited(b">140136@", b">140137@"),
        "response-untrusted: a signature by none of the keys in force",
    ),
    "comment": (
        edited(b">140136@", b">140136<!-- -->@"),
        f"{MALFORMED} a comment, entity or processing instruction inside the assertion",
    ),
    "instruction": (
        edited(b">140136@", b">140136<?x y?>@"),
        f"{MALFORMED} a comment, entity or processing instruction inside the assertion",
    ),
    "dtd": (lambda r: b"<!DOCTYPE x>" + etree.tostring(assertion_in(r)), f"{MALFORMED} a DTD"),
    "entity": (edited(b">140136@", b">&x;@"), f"{MALFORMED} not XML"),
    "id-of-the-response": (
        lambda r: etree.tostring(assertion_in(r)).replace(
            assertion_in(r).get("ID", "").encode(), r.get("ID", "").encode()
        ),
        f"{MALFORMED} an id that occurs twice",
    ),
    "encrypted-id": (
        edited(b"</saml:Subject>", b"<saml:EncryptedID/></saml:Subject>"),
        f"{MALFORMED} an encrypted part",
    ),
}


class TestOpened:
    @pytest.mark.parametrize("sign_response", [False, True])
    def test_what_was_signed_and_then_encrypted_logs_in(
        self, bench: Bench, sign_response: bool
    ) -> None:
        """A signature on the Response is made over what is posted, as a hub does it."""
        document = seal(bench.good(), OURS)
        if sign_response:
            document = resigned(bench, document)
        assert ended(bench, document) == "logged-in: "

    @pytest.mark.parametrize("key", ["service", "next", "old"])
    def test_each_key_of_a_rollover_opens(self, bench: Bench, key: str) -> None:
        """The hub encrypts to whichever it read last."""
        document = seal(bench.good(), service_key(key)["certificate"])
        assert ended(bench, document) == "logged-in: "

    @pytest.mark.parametrize("bits", [128, 192, 256])
    def test_each_size_of_aes_gcm_opens(self, bench: Bench, bits: int) -> None:
        """All three are authenticated."""
        how = Seal(getattr(KNOWN, f"TransformAes{bits}Gcm"), bits)
        assert ended(bench, seal(bench.good(), OURS, how)) == "logged-in: "

    @pytest.mark.parametrize("oaep", [f"{names.XENC}rsa-oaep-mgf1p", f"{names.XENC11}rsa-oaep"])
    @pytest.mark.parametrize("digest", ["", *sorted(names.OAEP_DIGESTS)])
    def test_each_oaep_opens(self, bench: Bench, oaep: str, digest: str) -> None:
        """By either of its names, and with a digest that is named or not."""
        how = Seal(oaep=oaep, digest=digest)
        assert ended(bench, seal(bench.good(), OURS, how)) == "logged-in: "

    def test_a_key_may_show_for_whom_it_is(self, bench: Bench) -> None:
        """A certificate beside the encrypted key is a hint, and chooses nothing."""

        def hint(root: etree._Element) -> None:
            shown = holding("ds:X509Data", element("ds:X509Certificate", OURS))
            method = part(root, ".//xenc:EncryptedKey/xenc:EncryptionMethod")
            method.addnext(holding("ds:KeyInfo", shown))

        assert ended(bench, spoiled(seal(bench.good(), OURS), hint)) == "logged-in: "

    def test_a_plain_assertion_still_logs_in(self, bench: Bench) -> None:
        """Our metadata offers encryption; it does not ask for it."""
        assert ended(bench, bench.good()) == "logged-in: "


class TestTransport:
    """Shapes that nobody may have opened. None of them reaches a private key."""

    @pytest.mark.parametrize(
        ("how", "reason"),
        [
            (Seal(KNOWN.TransformAes128Cbc, 128), "a content encryption"),
            (Seal(KNOWN.TransformAes256Cbc, 256), "a content encryption"),
            (Seal(KNOWN.TransformDes3Cbc, 192, KNOWN.KeyDataDes), "a content encryption"),
            (Seal(transport=KNOWN.TransformRsaPkcs1), "a key encryption"),
        ],
        ids=["aes-128-cbc", "aes-256-cbc", "3des", "rsa-1-5"],
    )
    def test_what_tells_by_its_errors_is_not_tried(
        self, bench: Bench, how: Seal, reason: str
    ) -> None:
        """CBC (Jager and Somorovsky 2011) and RSA 1.5 (Bleichenbacher 1998) are oracles."""
        expected = f"response-malformed: {reason} that is not allowed"
        assert ended(bench, seal(bench.good(), OURS, how)) == expected

    @pytest.mark.parametrize("case", SHAPES)
    def test_another_shape_is_not_opened(self, bench: Bench, case: str) -> None:
        """What is encrypted opens in one way only."""
        spoil, reason = SHAPES[case]
        document = spoiled(seal(bench.good(), OURS), spoil)
        assert ended(bench, document) == f"response-malformed: {reason}"

    def test_without_a_flow_nothing_is_opened(self, bench: Bench) -> None:
        """Our keys work for browsers with a login under way alone."""
        seen = bench.post(seal(bench.good(), service_key("stranger")["certificate"]), cookies=())
        assert seen.outcome == "flow-missing"


class TestContent:
    @pytest.mark.parametrize("case", CONTENTS)
    def test_what_was_inside_passes_the_same_gate(self, bench: Bench, case: str) -> None:
        """Encryption hides nothing from the checks: the inside is a response like any other."""
        make, reason = CONTENTS[case]
        document = bench.good()
        inner = make(etree.fromstring(document))
        assert ended(bench, seal(document, OURS, inner=inner)) == reason

    def test_nothing_of_it_is_printed(
        self, bench: Bench, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """A library that cannot parse what it opened would quote it, and Lambda logs that."""
        for inner in (b"secret", b"<secret>", b"\xffsecret", b"<a>&secret;</a>"):
            bench.post(seal(bench.good(), OURS, inner=inner))
        assert "secret" not in "".join(capfd.readouterr())

    @pytest.mark.parametrize("at", [0, 20, -20, -1])
    def test_a_changed_bit_opens_nothing(self, bench: Bench, at: int) -> None:
        """Nonce, content and tag are all authenticated: no sign of the plain text comes out."""

        def flip(root: etree._Element) -> None:
            value = part(root, ".//saml:EncryptedAssertion/xenc:EncryptedData/xenc:CipherData")[0]
            raw = bytearray(base64.b64decode(value.text or ""))
            raw[at] ^= 1
            value.text = base64.b64encode(raw).decode()

        document = spoiled(seal(bench.good(), OURS), flip)
        assert ended(bench, document) == "response-untrusted: encrypted for none of our keys"

    @pytest.mark.parametrize("left", [15, 14, 12, 8, 4, 1, 0])
    def test_a_shortened_tag_opens_nothing(self, bench: Bench, left: int) -> None:
        """A tag of one byte is guessed in 128 posts (NIST SP 800-38D, appendix C)."""

        def shorten(root: etree._Element) -> None:
            value = part(root, ".//saml:EncryptedAssertion/xenc:EncryptedData/xenc:CipherData")[0]
            raw = base64.b64decode(value.text or "")
            value.text = base64.b64encode(raw[: len(raw) - 16 + left]).decode()

        document = spoiled(seal(bench.good(), OURS), shorten)
        assert ended(bench, document) == "response-untrusted: encrypted for none of our keys"

    def test_a_key_of_another_message_opens_nothing(self, bench: Bench) -> None:
        """An encrypted key is for the content that it came with."""
        other = part(etree.fromstring(seal(bench.good(), OURS)), ".//xenc:EncryptedKey")

        def swap(root: etree._Element) -> None:
            key = part(root, ".//xenc:EncryptedKey")
            holder = key.getparent()
            assert holder is not None
            holder.replace(key, deepcopy(other))

        document = spoiled(seal(bench.good(), OURS), swap)
        assert ended(bench, document) == "response-untrusted: encrypted for none of our keys"

    def test_another_ones_key_is_not_ours(self, bench: Bench) -> None:
        """Encrypted for a neighbour, or for a key that was retired."""
        document = seal(bench.good(), service_key("retired")["certificate"])
        assert ended(bench, document) == "response-untrusted: encrypted for none of our keys"

    def test_a_signed_response_vouches_for_no_unsigned_assertion(self, bench: Bench) -> None:
        """The assertion is signed itself, whatever is around it."""
        document = build_response(bench.options(sign_assertion=False), bench.hub)
        document = resigned(bench, seal(document, OURS))
        assert ended(bench, document) == "response-untrusted: the assertion is not signed"

    def test_a_signature_over_the_response_must_hold_as_it_was_posted(self, bench: Bench) -> None:
        """Signed before the encryption, it is over something that nobody posted."""
        document = seal(bench.good(sign_response=True), OURS)
        expected = "response-untrusted: a signature by none of the keys in force"
        assert ended(bench, document) == expected

    def test_an_odd_signature_is_refused_before_anything_is_opened(self, bench: Bench) -> None:
        """The shape of what is outside is known without a key."""
        document = resigned(bench, seal(bench.good(), service_key("retired")["certificate"]))
        odd = spoiled(document, put(".//ds:SignatureMethod", "Algorithm", f"{names.DS}rsa-sha1"))
        expected = "response-malformed: a signature algorithm that is not allowed"
        assert ended(bench, odd) == expected

    def test_what_is_opened_is_bounded_too(self, bench: Bench) -> None:
        """What was small and encrypted may be large inside, and is measured again."""
        inner = f'<a xmlns="x">{"<b/>" * 5000}</a>'.encode()
        document = seal(bench.good(), OURS, inner=inner)
        assert ended(bench, document) == "response-malformed: too many tags or namespaces"


def test_all_that_fails_shows_one_page(bench: Bench) -> None:
    """Which of our keys fitted, and how far the opening came, is nobody's to know."""
    good = bench.good()
    unsigned = build_response(bench.options(sign_assertion=False), bench.hub)
    pages = {
        re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", "", bench.post(document).body)
        for document in (
            seal(good, service_key("retired")["certificate"]),
            seal(good, OURS, inner=b"junk"),
            seal(unsigned, OURS),
            seal(good, OURS, Seal(transport=KNOWN.TransformRsaPkcs1)),
        )
    }
    assert len(pages) == 1


def test_without_keys_nothing_opens(bench: Bench) -> None:
    """A deployment whose ring is empty refuses, and does not fail."""
    admitted = gate.admit(read_form(FORM, form_of(seal(bench.good(), OURS)).body), encryption=True)
    assert isinstance(admitted, gate.Admitted)
    with pytest.raises(Refused) as refused:
        open_assertion(admitted, [])
    assert refused.value.detail == "encrypted for none of our keys"


def resigned(bench: Bench, document: bytes) -> bytes:
    """The same with the hub's signature over the Response as it is now."""
    root = etree.fromstring(document)
    sign(root, bench.hub)
    return etree.tostring(root)
