"""Encrypted odds and ends: text that is none, values that are cut, signatures of somebody else."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from attack.pen import Pen
from attack.surgery import (
    assertion_of,
    cut,
    element,
    evil_copy,
    holding,
    part,
    signature_of,
    without_signature,
)
from attack.test_encryption import OURS, bench, ended, resigned
from kit.sealing import seal
from kit.world import hub_key
from numo_local.hub.response import build_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench

__all__ = ["bench"]  # a fixture

ODD = "response-malformed: something else than an assertion was encrypted"
NOT_XML = "response-malformed: not XML"
ONE_ASSERTION = "response-malformed: not exactly one assertion at its place"
NONE_FITS = "response-untrusted: encrypted for none of our keys"
NO_KEY = "response-untrusted: a signature by none of the keys in force"

_JUNK = {
    "white space": (b" \n", ODD),
    "a reference": (b"&#65;", ODD),
    "a CDATA section": (b"<![CDATA[<x/>]]>", ODD),
    "an instruction": (b"<?x y?>", ONE_ASSERTION),
    "half an element": (b"<x>", NOT_XML),
    "an end tag": (b"</samlp:Response>", NOT_XML),
    "half a comment": (b"<!--", NOT_XML),
    "a NUL": (b"<x>\0</x>", NOT_XML),
    "a prefix of nobody": (b"<q:Assertion/>", NOT_XML),
    "a declaration": (b"<?xml version='1.0' encoding='UTF-7'?><x/>", NOT_XML),
    "an overlong sign": (b"<x>\xc0\xbc</x>", "response-malformed: not UTF-8"),
    "a deep one": (b"<x>" * 200 + b"</x>" * 200, "response-malformed: too deep"),
}


@pytest.mark.parametrize("case", _JUNK)
def test_junk_inside_is_refused(bench: Bench, case: str) -> None:
    """Our certificate is public: anybody can encrypt anything for us."""
    inner, reason = _JUNK[case]
    assert ended(bench, seal(bench.good(), OURS, inner=inner)) == reason


_MORE: dict[str, Callable[[bytes], bytes]] = {
    "an element behind": lambda true: true + b"<x/>",
    "an element before": lambda true: b"<x/>" + true,
    "text before": lambda true: b"evil" + true,
    "text between two comments": lambda true: true + b"<!-- -->evil<!-- -->",
}


@pytest.mark.parametrize("case", _MORE)
def test_more_than_an_assertion_inside_is_refused(bench: Bench, case: str) -> None:
    """All that was encrypted is looked at, and none of it dropped unseen."""
    good = bench.good()
    true = etree.tostring(assertion_of(etree.fromstring(good)))
    document = seal(good, OURS, inner=_MORE[case](true))
    assert ended(bench, document).startswith("response-malformed: ")


@pytest.mark.parametrize("value", ["", "AAAA", "!!!!", "A" * 40])
@pytest.mark.parametrize("of", ["EncryptedData", "EncryptedKey"])
def test_values_that_are_none_open_nothing(bench: Bench, of: str, value: str) -> None:
    """Empty, too short for a nonce, no base64: one answer for all."""
    root = etree.fromstring(seal(bench.good(), OURS))
    part(root, f".//xenc:{of}/xenc:CipherData/xenc:CipherValue").text = value
    assert ended(bench, etree.tostring(root)) == NONE_FITS


def _xsw_8(true: etree._Element) -> etree._Element:
    evil = evil_copy(true)
    signature = cut(signature_of(true))
    signature.append(holding("ds:Object", true))
    evil.insert(1, signature)
    return evil


def _by_the_attacker(true: etree._Element) -> etree._Element:
    Pen(hub_key("attacker")).sign(without_signature(true))
    return true


def _two_signatures(true: etree._Element) -> etree._Element:
    signature = signature_of(true)
    signature.addnext(deepcopy(signature))
    return true


def _sha1(true: etree._Element) -> etree._Element:
    method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    Pen(hub_key(), method=method).sign(without_signature(true))
    return true


def _chosen_key(true: etree._Element) -> etree._Element:
    part(true, ".//ds:KeyInfo")[:] = [element("ds:KeyName", "hub")]
    return true


_SIGNED = {
    "xsw 8": (_xsw_8, ONE_ASSERTION),
    "the attacker's": (_by_the_attacker, NO_KEY),
    "two": (_two_signatures, "response-malformed: two signatures on one element"),
    "of sha-1": (_sha1, "response-malformed: a signature algorithm that is not allowed"),
    "a chosen key": (_chosen_key, "response-malformed: a KeyInfo that chooses a key"),
}


@pytest.mark.parametrize("case", _SIGNED)
def test_odd_signatures_inside_are_refused(bench: Bench, case: str) -> None:
    """The form of a signature is held to inside as outside."""
    spoil, reason = _SIGNED[case]
    good = bench.good()
    true = etree.fromstring(etree.tostring(assertion_of(etree.fromstring(good))))
    assert ended(bench, seal(good, OURS, inner=etree.tostring(spoil(true)))) == reason


def test_an_assertion_of_another_login_inside_is_refused(bench: Bench) -> None:
    """Encryption hides whom it answers; the policy sees it opened."""
    other = etree.fromstring(build_response(bench.options(in_response_to="_other"), bench.hub))
    inner = etree.tostring(assertion_of(other))
    expected = "response-refused: the assertion answers another request"
    assert ended(bench, seal(bench.good(), OURS, inner=inner)) == expected


def test_a_response_that_the_attacker_signed_around_it_is_refused(bench: Bench) -> None:
    """A signature on the Response may be absent; where it is there it must hold."""
    root = etree.fromstring(seal(bench.good(), OURS))
    Pen(hub_key("attacker")).sign(root)
    assert ended(bench, etree.tostring(root)) == NO_KEY


def test_a_response_changed_after_it_was_signed_is_refused(bench: Bench) -> None:
    """The signature of the Response is over what is encrypted, to the bit."""
    root = etree.fromstring(resigned(bench, seal(bench.good(), OURS)))
    root.set("Consent", "urn:oasis:names:tc:SAML:2.0:consent:obtained")
    assert ended(bench, etree.tostring(root)) == NO_KEY


def test_prefixes_of_the_response_are_in_force_inside(bench: Bench) -> None:
    """A hub that encrypts the text of an element may leave its prefixes to the surroundings."""
    good = bench.good()
    inner = etree.tostring(assertion_of(etree.fromstring(good)))
    for name in (b"samlp", b"saml", b"xs", b"xsi"):
        start = inner.index(b" xmlns:" + name + b"=")
        inner = inner[:start] + inner[inner.index(b'"', start + len(name) + 10) + 1 :]
    assert b"xmlns:saml=" not in inner
    assert ended(bench, seal(good, OURS, inner=inner)) == "logged-in: "
