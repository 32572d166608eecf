"""Wrapping by ids: which element a reference finds, where libraries differ in what an id is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad
from attack.pen import Pen
from attack.surgery import (
    assertion_of,
    bad_edit,
    bad_table,
    element,
    evil_copy,
    part,
    replace,
    signature_of,
    without_signature,
)

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench
    from attack.case import Edit

GAJEK = "Gajek et al., Analysis of Signature Wrapping Attacks and Countermeasures, ICWS 2009"
TWICE = "an id that occurs twice"
_WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_XML = "http://www.w3.org/XML/1998/namespace"


def _second_bearer(name: str) -> Edit:
    """Give the Status the signed assertion's id, under another spelling of an id."""

    def edit(root: etree._Element) -> None:
        part(root, "samlp:Status").set(name, str(assertion_of(root).get("ID")))

    return edit


bad_table(
    __name__,
    f"{GAJEK}: which attribute is an id is a matter of schema and library",
    "response-malformed",
    {
        f"the-same-id-under-the-name-{said}": (_second_bearer(name), TWICE)
        for said, name in {
            "id-in-capitals-elsewhere": "ID",
            "id-in-mixed-case": "Id",
            "id-in-small-letters": "id",
            "id-in-odd-case": "iD",
            "xml-id": f"{{{_XML}}}id",
            "wsu-id": f"{{{_WSU}}}Id",
            "an-id-of-another-namespace": "{urn:other}ID",
        }.items()
    },
)


@bad_edit(GAJEK, "response-malformed", TWICE)
def signed_info_with_the_id_of_the_assertion(root: etree._Element) -> None:
    """The reference would then find the signature's own description of itself."""
    true = assertion_of(root)
    part(true, ".//ds:SignedInfo").set("Id", str(true.get("ID")))


@bad_edit(GAJEK, "response-malformed", TWICE)
def response_with_the_id_of_the_assertion(root: etree._Element) -> None:
    """The first bearer of an id in the document is the Response."""
    root.set("ID", str(assertion_of(root).get("ID")))


@bad_edit(GAJEK, "response-malformed", "an id of another form")
def empty_id_beside_an_empty_reference(root: etree._Element) -> None:
    """An empty id makes of '#' a reference to whatever a library takes it for."""
    true = assertion_of(root)
    true.set("ID", "")
    part(true, ".//ds:Reference").set("URI", "#")


@bad_edit(GAJEK, "response-malformed", "an id of another form")
def id_that_is_an_xpointer(root: etree._Element) -> None:
    """Read as a pointer the reference leads elsewhere than read as an id."""
    true = assertion_of(root)
    true.set("ID", "xpointer(id('_evil'))")
    part(true, ".//ds:Reference").set("URI", "#xpointer(id('_evil'))")


@bad_edit("CWE-643: XPath injection", "response-malformed", "an id of another form")
def id_with_a_quote_in_it(root: etree._Element) -> None:
    """A library that pastes the id into an XPath selects what the attacker writes."""
    true = assertion_of(root)
    hostile = "x' or @ID='_evil"
    true.set("ID", hostile)
    part(true, ".//ds:Reference").set("URI", f"#{hostile}")


@bad_edit("XML 1.0, 3.3.3: attribute values are normalised", "response-malformed", "another form")
def id_with_white_space_around_it(root: etree._Element) -> None:
    """As an ID the value is trimmed, as a string it is not."""
    true = assertion_of(root)
    true.set("ID", f" {true.get('ID')} ")


@bad_edit("XML 1.0, 3.3.1: an ID is an NCName", "response-malformed", "an id of another form")
def id_that_begins_with_a_digit(root: etree._Element) -> None:
    """A validating parser knows no such id, others do."""
    part(root, "samlp:Status").set("ID", "1st")


@bad_edit("Unicode TR 36: visual spoofing", "response-malformed", "an id of another form")
def id_with_a_letter_of_another_script(root: etree._Element) -> None:
    """Normalised or compared by its look it is another element's."""
    part(root, "samlp:Status").set("ID", f"{assertion_of(root).get('ID')}\u0430")


@bad_edit("Gajek et al., ICWS 2009", "response-malformed", "a reference to another element")
def assertion_without_an_id(root: etree._Element) -> None:
    """What has no id cannot be what a reference by id speaks of."""
    del assertion_of(root).attrib["ID"]


@bad("CVE-2011-1411 (OpenSAML, XSW by ids)", "response-malformed", "exactly one assertion")
def evil_assertion_with_its_id_as_xml_id(bench: Bench) -> bytes:
    """Parsers that know xml:id find the evil one, others the true one."""
    root = bench.tree()
    true = assertion_of(root)
    evil = evil_copy(true)
    del evil.attrib["ID"]
    evil.set(f"{{{_XML}}}id", "_evil")
    true.addprevious(evil)
    return bench.written(root)


@bad("CVE-2011-1411 (OpenSAML, XSW by ids)", "response-malformed", TWICE)
def signed_element_of_another_name_with_the_reference_to_it(bench: Bench) -> bytes:
    """The hub signs an Extensions by the assertion's id, and the assertion is another's."""
    root = bench.tree()
    true = assertion_of(root)
    signed = element("samlp:Extensions", ID=str(true.get("ID")))
    root.insert(1, signed)
    signature = Pen(bench.hub).sign(signed)
    evil = evil_copy(true, str(true.get("ID")))
    replace(true, without_signature(evil))
    evil.insert(1, signature)
    return bench.written(root)


@bad("XML Signature 1.1, 4.4.3.1: a URI", "response-malformed", "a reference to another element")
def reference_without_its_hash(bench: Bench) -> bytes:
    """Without '#' the id is a relative address of another document."""
    root = bench.tree()
    true = assertion_of(root)
    part(signature_of(true), ".//ds:Reference").set("URI", str(true.get("ID")))
    return bench.written(root)
