"""Other messages than the Response that was asked for, with the hub's own signature in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from attack.case import bad
from attack.surgery import (
    assertion_of,
    cut,
    element,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

ROOT = "not one Response as root"
ONE_ASSERTION = "not exactly one assertion at its place"
SCHEMA = "not valid by the schema of SAML"
PROTOCOLS = "SAML 2.0 Core 3: protocols"


def _under(bench: Bench, tag: str) -> bytes:
    """A good response whose root has another name."""
    root = bench.tree()
    root.tag = tag
    return bench.written(root)


@bad(PROTOCOLS, "response-malformed", ROOT)
def logout_response(bench: Bench) -> bytes:
    """Signed by the hub as well, and easier to come by."""
    return _under(bench, f"{{{names.SAMLP}}}LogoutResponse")


@bad(PROTOCOLS, "response-malformed", ROOT)
def artifact_response_around_the_response(bench: Bench) -> bytes:
    """The other binding's envelope, which nobody here asked for."""
    around = element("samlp:ArtifactResponse", ID="_a", Version="2.0")
    around.append(bench.tree())
    return etree.tostring(around)


@bad(PROTOCOLS, "response-malformed", ROOT)
def authn_request(bench: Bench) -> bytes:
    """Our own question is no answer."""
    return _under(bench, f"{{{names.SAMLP}}}AuthnRequest")


@bad("SAML 2.0 Bindings 3.2: SOAP", "response-malformed", ROOT)
def soap_envelope_around_the_response(bench: Bench) -> bytes:
    """A reader that searches for the Response finds it in there."""
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    around = etree.Element(f"{{{soap}}}Envelope")
    etree.SubElement(around, f"{{{soap}}}Body").append(bench.tree())
    return etree.tostring(around)


@bad("WS-Federation 1.2, 13.2.3", "response-malformed", ROOT)
def ws_federation_around_the_assertion(bench: Bench) -> bytes:
    """The same assertion, genuine, in the answer of another protocol."""
    trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
    around = etree.Element(f"{{{trust}}}RequestSecurityTokenResponse")
    token = etree.SubElement(around, f"{{{trust}}}RequestedSecurityToken")
    token.append(assertion_of(bench.tree()))
    return etree.tostring(around)


@bad("SAML 1.1 Core 3.4", "response-malformed", ROOT)
def response_of_saml_1_1(bench: Bench) -> bytes:
    """An older protocol with other rules under a familiar name."""
    return _under(bench, "{urn:oasis:names:tc:SAML:1.0:protocol}Response")


@bad("SAML 2.0 Core 2.3.3", "response-malformed", ROOT)
def bare_assertion(bench: Bench) -> bytes:
    """Genuine, and the answer to nobody."""
    return etree.tostring(assertion_of(bench.tree()))


@bad("CVE-2024-6800 (GitHub Enterprise Server): signed metadata", "response-malformed", ROOT)
def response_in_metadata(bench: Bench) -> bytes:
    """The hub signs its metadata with the same key."""
    around = etree.Element("{urn:oasis:names:tc:SAML:2.0:metadata}EntityDescriptor")
    around.append(bench.tree())
    return etree.tostring(around)


@bad("XML Namespaces 1.0, 2", "response-malformed", ROOT)
def response_in_no_namespace(bench: Bench) -> bytes:
    """A reader that goes by local names takes it."""
    return _under(bench, "Response")


@bad("XML Namespaces 1.0, 2", "response-malformed", ROOT)
def response_in_the_namespace_of_assertions(bench: Bench) -> bytes:
    """One namespace for the other."""
    return _under(bench, f"{{{names.SAML}}}Response")


@bad("SAML 2.0 Core 3.2.2.2", "hub-refused", "a status other than Success")
def assertion_under_a_status_that_says_no(bench: Bench) -> bytes:
    """Whoever only looks for the assertion lets in whom the hub refused."""
    return bench.made(status="urn:oasis:names:tc:SAML:2.0:status:Responder", with_assertion=True)


@bad(
    "SAML 2.0 Core 2.3.3, XML Schema 2: ID", "response-malformed", "a reference to another element"
)
def assertion_of_saml_1_1_in_the_place_of_one(bench: Bench) -> bytes:
    """An AssertionID is no ID: the reference leads nowhere."""
    root = bench.tree()
    true = assertion_of(root)
    true.set("AssertionID", str(true.attrib.pop("ID")))
    return bench.written(root)


@bad("SAML 2.0 Core 2.3.3", "response-malformed", ONE_ASSERTION)
def reference_to_an_assertion_instead_of_one(bench: Bench) -> bytes:
    """An AssertionIDRef asks us to fetch one."""
    root = bench.tree()
    true = assertion_of(root)
    true.addprevious(element("saml:AssertionIDRef", "_elsewhere"))
    cut(true)
    return bench.written(root)


@bad("SAML 2.0 Core 2.3.2", "response-malformed", SCHEMA)
def address_of_an_assertion_beside_one(bench: Bench) -> bytes:
    """An AssertionURIRef asks us to fetch one from anywhere."""
    root = bench.tree()
    assertion_of(root).addnext(element("saml:AssertionURIRef", "http://127.0.0.1:9/assertion"))
    return bench.written(root)


@bad("HTML in the place of XML", "response-malformed", "not XML")
def page_of_html(bench: Bench) -> bytes:
    """An error page of a proxy, or worse."""
    bench.good()
    return b"<html><body><p>Sorry<br></body></html>"


@bad("RFC 8259", "response-malformed", "not XML")
def json_in_the_place_of_xml(bench: Bench) -> bytes:
    """Another language altogether."""
    bench.good()
    return b'{"assertion": {"nlEduPersonRealId": "140136@petteflatcollege"}}'


@bad("XML 1.0, 3.1", "response-malformed", "not XML")
def response_that_is_cut_off(bench: Bench) -> bytes:
    """A lenient reader closes what is open, and the signature is in what came."""
    document = bench.good()
    return document[: document.index(b"</samlp:Response>")]
