"""Names that two programs resolve differently: prefixes, defaults, look-alikes, round trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad
from attack.pen import resealed
from attack.surgery import (
    assertion_of,
    bad_edit,
    evil_copy,
    part,
    rewritten,
    value_of,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

JENSEN = "Jensen et al., The Curse of Namespaces in the Domain of XML Signature, SWS 2009"
ONE_ASSERTION = "exactly one assertion"
SCHEMA = "not valid by the schema of SAML"
NO_KEY = "a signature by none of the keys in force"
FRAGILE = "PortSwigger, The Fragile Lock, 2025"


@bad_edit(JENSEN, "response-malformed", ONE_ASSERTION)
def evil_assertion_under_the_same_prefix_of_another_namespace(root: etree._Element) -> None:
    """A reader that goes by prefixes sees an assertion, one that knows namespaces sees none."""
    _renamed(root, "{urn:other}Assertion")


@bad_edit(JENSEN, "response-malformed", ONE_ASSERTION)
def evil_assertion_in_no_namespace(root: etree._Element) -> None:
    """A search by local name meets it first."""
    _renamed(root, "Assertion")


@bad_edit("CVE-2017-18122 (SimpleSAMLphp)", "response-malformed", ONE_ASSERTION)
def evil_assertion_of_saml_1_1(root: etree._Element) -> None:
    """A library that knows both versions reads whichever it finds."""
    _renamed(root, "{urn:oasis:names:tc:SAML:1.0:assertion}Assertion")


@bad_edit(JENSEN, "response-malformed", SCHEMA)
def evil_assertion_in_small_letters(root: etree._Element) -> None:
    """XML tells capitals apart; a reader that came from HTML does not."""
    _renamed(root, f"{{{names.SAML}}}assertion")


@bad_edit(JENSEN, "response-malformed", SCHEMA)
def evil_assertion_in_the_namespace_with_capitals(root: etree._Element) -> None:
    """URNs are equal without regard to case, namespaces are not."""
    evil = _renamed(root, f"{{{names.SAML.upper()}}}Ass")
    evil.set("role", "Assertion")


@bad("XML Namespaces 1.0, 2.3: compared sign by sign", "response-malformed", "not XML")
def signed_assertion_in_a_namespace_with_a_space(bench: Bench) -> bytes:
    """A namespace that is trimmed by one reader is another to the next."""
    spaced = names.SAML.encode() + b' "'
    return rewritten(bench.good(), names.SAML.encode() + b'"', spaced)


def _renamed(root: etree._Element, tag: str) -> etree._Element:
    true = assertion_of(root)
    evil = evil_copy(true)
    evil.tag = tag
    true.addprevious(evil)
    return evil


@bad_edit(FRAGILE, "response-malformed", SCHEMA)
def attribute_with_the_name_of_an_id_in_another_namespace(root: etree._Element) -> None:
    """A lookup by local name finds two ids, and takes the attacker's ('attribute pollution')."""
    assertion_of(root).set("{urn:other}ID", "_polluted")


@bad_edit(FRAGILE, "response-malformed", SCHEMA)
def destination_under_a_prefix_too(root: etree._Element) -> None:
    """Two attributes of one local name on the Response, one of them ours."""
    root.set("{urn:oasis:names:tc:SAML:2.0:protocol}Destination", "https://evil.example/acs")


@bad_edit(FRAGILE, "response-untrusted", NO_KEY)
def attribute_name_under_a_prefix_too(root: etree._Element) -> None:
    """An Attribute has a Name; another of that local name would be read first."""
    attribute = part(root, ".//saml:Attribute[@Name='uid']")
    attribute.set("{urn:other}Name", "nlEduPersonRealId")


@bad("CVE-2020-27846 (crewjam/saml), CVE-2020-29511 (Go)", "response-malformed", "not XML")
def tag_with_two_colons(bench: Bench) -> bytes:
    """Written out and read again by a lax library the name becomes another."""
    return _first(bench, b"<x:y:Assertion xmlns:x='urn:x' xmlns:y='urn:y'/>")


@bad("CVE-2020-27846 (crewjam/saml), CVE-2020-29511 (Go)", "response-malformed", "not XML")
def tag_that_begins_with_a_colon(bench: Bench) -> bytes:
    """An empty prefix is lost or gained at each round trip."""
    return _first(bench, b"<:Assertion/>")


@bad("CVE-2020-29509 (Go)", "response-malformed", "not XML")
def attribute_that_begins_with_a_colon(bench: Bench) -> bytes:
    """The same for attributes: ':ID' is written back as 'ID'."""
    return rewritten(bench.good(), b"<samlp:Response ", b"<samlp:Response :ID='_x' ")


@bad("CVE-2020-29510 (Go)", "response-malformed", "not XML")
def directive_between_the_elements(bench: Bench) -> bytes:
    """A declaration where none belongs, whose quotes are read differently when written back."""
    return _first(bench, b"<!x '<!--'>--><evil/>'>")


@bad("XML Namespaces 1.0, 5: prefixes must be declared", "response-malformed", "not XML")
def prefix_that_nobody_declared(bench: Bench) -> bytes:
    """One reader takes 'x:Assertion' for a whole name, another for one in no namespace."""
    return _first(bench, b"<x:Assertion/>")


@bad("XML Namespaces 1.0, 6.3: attributes are unique", "response-malformed", "not XML")
def one_attribute_under_two_prefixes(bench: Bench) -> bytes:
    """The first or the last is kept."""
    twice = b"<samlp:Response xmlns:x='urn:x' xmlns:y='urn:x' x:a='1' y:a='2' "
    return rewritten(bench.good(), b"<samlp:Response ", twice)


@bad("XML 1.0, 3.1: unique attributes", "response-malformed", "not XML")
def one_attribute_twice(bench: Bench) -> bytes:
    """The first or the last is kept."""
    return rewritten(bench.good(), b"<samlp:Response ", b"<samlp:Response ID='_x' ")


@bad("XML Namespaces 1.0, 5: no prefix is undeclared", "response-malformed", "not XML")
def prefix_that_is_undeclared(bench: Bench) -> bytes:
    """XML 1.1 knows that, 1.0 does not."""
    return rewritten(bench.good(), b"<saml:Assertion ", b"<saml:Assertion xmlns:xs='' ")


@bad("XML Namespaces 1.0, 3: reserved prefixes", "response-malformed", "not XML")
def the_prefix_xml_is_redefined(bench: Bench) -> bytes:
    """xml:id and xml:lang would then be somebody else's."""
    return rewritten(bench.good(), b"<samlp:Response ", b"<samlp:Response xmlns:xml='urn:x' ")


@bad("SAML 2.0 Core 2.7.3.1.1: values of any type", "identity-refused", "nlEduPersonRealId")
def real_id_that_is_an_element(bench: Bench) -> bytes:
    """The text of an element within a value is nobody's code, whoever signs it."""
    return resealed(bench, lambda root: _nested(value_of(root, "nlEduPersonRealId")))


def _nested(value: etree._Element) -> None:
    """Put a value's text into an element without a prefix."""
    value.attrib.clear()
    inner = value.makeelement("x", {})
    inner.text, value.text = value.text, None
    value.append(inner)


def _first(bench: Bench, inserted: bytes) -> bytes:
    """Something written in front of the Status."""
    return rewritten(bench.good(), b"<samlp:Status>", inserted + b"<samlp:Status>")
