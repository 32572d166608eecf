"""Document types and entities: text that the document makes by itself, or fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good
from attack.surgery import rewritten

if TYPE_CHECKING:
    from attack.bench import Bench

DTD = "a DTD"
XXE = "CVE-2016-10127 and CVE-2016-10149 (pysaml2), CVE-2024-52806 (SimpleSAMLphp saml2): XXE"
BOMB = "CVE-2003-1564 (libxml2): billion laughs"
SPAETH = "Spaeth et al., SoK: XML Parser Vulnerabilities, WOOT 2016"
ROOT = b"<samlp:Response "


def _before_the_root(bench: Bench, text: bytes) -> bytes:
    return rewritten(bench.good(), ROOT, text + ROOT)


def _naming(bench: Bench, subset: bytes, name: bytes = b"e") -> bytes:
    """A document type with ``subset``, and its entity in the given name."""
    document = _before_the_root(bench, b"<!DOCTYPE r [" + subset + b"]>")
    return rewritten(document, b">Pietje<", b">&" + name + b";<")


@bad("SAML 2.0 Bindings 3.5: no DTD; XML 1.0, 2.8", "response-malformed", DTD)
def empty_document_type(bench: Bench) -> bytes:
    """It does nothing, and no hub sends one."""
    return _before_the_root(bench, b"<!DOCTYPE samlp:Response>")


@bad(SPAETH, "response-malformed", DTD)
def internal_entity(bench: Bench) -> bytes:
    """A reader that does not expand it reads another text than the verifier."""
    return _naming(bench, b"<!ENTITY e 'Pietje'>")


@bad(XXE, "response-malformed", DTD)
def external_entity_from_a_file(bench: Bench) -> bytes:
    """The file's text would be a name, shown on a page or in a log."""
    return _naming(bench, b"<!ENTITY e SYSTEM 'file:///etc/passwd'>")


@bad(XXE, "response-malformed", DTD)
def external_entity_by_http(bench: Bench) -> bytes:
    """The server asks inside its own network for the attacker."""
    return _naming(bench, b"<!ENTITY e SYSTEM 'http://127.0.0.1:9/latest/meta-data/'>")


@bad(XXE, "response-malformed", DTD)
def external_document_type(bench: Bench) -> bytes:
    """The whole of it is fetched before the first element is read."""
    return _before_the_root(bench, b"<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/evil.dtd'>")


@bad("CVE-2017-1000061 (xmlsec1)", "response-malformed", DTD)
def public_document_type(bench: Bench) -> bytes:
    """The same by a public name, which a catalogue may lead anywhere."""
    kind = b"<!DOCTYPE r PUBLIC '-//X//Y//EN' 'file:///etc/passwd'>"
    return _before_the_root(bench, kind)


@bad(SPAETH, "response-malformed", DTD)
def parameter_entity(bench: Bench) -> bytes:
    """It builds other entities, and carries a file's text outwards."""
    subset = b"<!ENTITY % p SYSTEM 'http://127.0.0.1:9/evil.dtd'> %p;"
    return _before_the_root(bench, b"<!DOCTYPE r [" + subset + b"]>")


@bad(BOMB, "response-malformed", DTD)
def billion_laughs(bench: Bench) -> bytes:
    """Ten levels of ten each: gigabytes of text out of a kilobyte."""
    levels = [b"<!ENTITY e0 'ha'>"]
    levels += [b"<!ENTITY e%d '%s'>" % (at, b"&e%d;" % (at - 1) * 10) for at in range(1, 11)]
    return _naming(bench, b"".join(levels), b"e10")


@bad("CVE-2013-1664 (Python XML libraries): quadratic blowup", "response-malformed", DTD)
def quadratic_blowup(bench: Bench) -> bytes:
    """One long entity, often: no nesting for a guard to see."""
    document = _naming(bench, b"<!ENTITY e '" + b"a" * 50_000 + b"'>")
    return rewritten(document, b"&e;", b"&e;" * 1000)


@bad("XML 1.0, 4.1: no recursion", "response-malformed", DTD)
def entity_of_itself(bench: Bench) -> bytes:
    """A reader without a guard never ends."""
    return _naming(bench, b"<!ENTITY e '&f;'><!ENTITY f '&e;'>")


@bad("XML 1.0, 3.3.2: attributes by default", "response-malformed", DTD)
def attribute_by_default(bench: Bench) -> bytes:
    """The type adds an attribute that only a validating reader sees."""
    subset = b"<!ATTLIST saml:Attribute Name CDATA 'nlEduPersonRealId'>"
    return _before_the_root(bench, b"<!DOCTYPE r [" + subset + b"]>")


@bad("XML 1.0, 3.3.1: attributes of the type ID", "response-malformed", DTD)
def another_attribute_is_the_id(bench: Bench) -> bytes:
    """The type says which attribute is an id, and so what a reference finds."""
    subset = b"<!ATTLIST samlp:Status Consent ID #IMPLIED>"
    return _before_the_root(bench, b"<!DOCTYPE r [" + subset + b"]>")


@bad(SPAETH, "response-malformed", DTD)
def document_type_between_comments(bench: Bench) -> bytes:
    """A filter that looks at the first bytes only does not see it."""
    return _before_the_root(bench, b"<!-- x --><?x y?>\n" + b"<!DOCTYPE r>" + b"<!-- z -->")


@bad("XML 1.0, 2.8: the document type stands before the root", "response-malformed", DTD)
def document_type_within_the_root(bench: Bench) -> bytes:
    """A lenient reader takes it there too."""
    return rewritten(bench.good(), b"<samlp:Status>", b"<!DOCTYPE r><samlp:Status>")


@bad("XML 1.0, 2.8: keywords have capitals", "response-malformed", "not XML")
def document_type_in_small_letters(bench: Bench) -> bytes:
    """A reader of HTML takes it, a filter for capitals does not see it."""
    return _before_the_root(bench, b"<!doctype r [<!entity e 'x'>]>")


@bad("XML 1.0, 4.1: entities are declared", "response-malformed", "not XML")
def entity_that_nobody_declared(bench: Bench) -> bytes:
    """Dropped by some, kept as a node by others."""
    return rewritten(bench.good(), b">Pietje<", b">&nbsp;Pietje<")


@bad("XML 1.0, 2.5", "response-malformed", "not XML")
def comment_with_two_hyphens(bench: Bench) -> bytes:
    """Where it ends is for each reader to say."""
    return _before_the_root(bench, b"<!-- a -- b -->")


@good("XInclude 1.0: whoever does not process it reads an element")
def xinclude_in_the_extensions(bench: Bench) -> bytes:
    """Nothing is included: it is an extension that nobody knows."""
    extensions = (
        b"<samlp:Extensions><x:include xmlns:x='http://www.w3.org/2001/XInclude'"
        b" href='file:///etc/passwd' parse='text'/></samlp:Extensions><samlp:Status>"
    )
    return rewritten(bench.good(), b"<samlp:Status>", extensions)


@bad("XInclude 1.0", "response-malformed", "not valid by the schema of SAML")
def xinclude_in_a_value(bench: Bench) -> bytes:
    """A file's text would be a code or a name; a value of text holds no elements."""
    include = b"><x:include xmlns:x='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/><"
    return rewritten(bench.good(), b">Pietje<", include)


@good("Associating Style Sheets with XML 1.0")
def style_sheet_before_the_root(bench: Bench) -> bytes:
    """An instruction for browsers: nothing here fetches or applies it."""
    return _before_the_root(
        bench, b"<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:9/evil.xsl'?>"
    )


@good("XML Schema 1, 4.3.2: a hint that need not be followed")
def schema_location_on_the_response(bench: Bench) -> bytes:
    """The schema is ours; a document that names another is not listened to."""
    hint = (
        b"<samlp:Response xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        b" xsi:schemaLocation='urn:oasis:names:tc:SAML:2.0:protocol http://127.0.0.1:9/evil.xsd' "
    )
    document = rewritten(
        bench.good(), b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', b""
    )
    return rewritten(document, ROOT, hint)
