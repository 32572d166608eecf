"""Parts that are missing or odd in what the hub itself signs: genuine is not yet complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad
from attack.pen import resealed
from attack.surgery import cut, element, part, value_of

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

SCHEMA = "not valid by the schema of SAML"
CORE = "SAML 2.0 Core 2.3.3"
PROFILE = "SAML 2.0 Profiles 4.1.4.2"


def _without(bench: Bench, path: str) -> bytes:
    def edit(root: etree._Element) -> None:
        cut(part(root, path))

    return resealed(bench, edit)


def _without_attribute(bench: Bench, path: str, name: str) -> bytes:
    def edit(root: etree._Element) -> None:
        del part(root, path).attrib[name]

    return resealed(bench, edit)


@bad(CORE, "response-malformed", SCHEMA)
def no_issuer_of_the_assertion(bench: Bench) -> bytes:
    """Whose word it is, is left open."""
    return _without(bench, "saml:Assertion/saml:Issuer")


@bad(f"{PROFILE}: we ask for it", "response-refused", "not exactly one Issuer")
def no_issuer_of_the_response(bench: Bench) -> bytes:
    """The hub always names itself; another's response may not."""
    return _without(bench, "saml:Issuer")


@bad(PROFILE, "response-refused", "not exactly one Subject")
def no_subject(bench: Bench) -> bytes:
    """Then there is no confirmation either: neither recipient nor request."""
    return _without(bench, ".//saml:Subject")


@bad(PROFILE, "response-refused", "no subject confirmation")
def no_subject_confirmation(bench: Bench) -> bytes:
    """The same, with a Subject."""
    return _without(bench, ".//saml:SubjectConfirmation")


@bad(PROFILE, "response-refused", "not exactly one SubjectConfirmationData")
def no_subject_confirmation_data(bench: Bench) -> bytes:
    """The same, with a confirmation that says nothing."""
    return _without(bench, ".//saml:SubjectConfirmationData")


@bad(PROFILE, "response-refused", "not exactly one Conditions")
def no_conditions(bench: Bench) -> bytes:
    """Valid for everybody, for ever."""
    return _without(bench, ".//saml:Conditions")


@bad(PROFILE, "response-refused", "no audience restriction")
def no_audience_restriction(bench: Bench) -> bytes:
    """Any service's assertion would do for any other."""
    return _without(bench, ".//saml:AudienceRestriction")


@bad("SAML 2.0 Core 2.5.1.4", "response-malformed", SCHEMA)
def audience_restriction_without_an_audience(bench: Bench) -> bytes:
    """For nobody, or for all."""
    return _without(bench, ".//saml:Audience")


@bad(PROFILE, "response-refused", "no authentication statement")
def no_authn_statement(bench: Bench) -> bytes:
    """Attributes of somebody who did not log in."""
    return _without(bench, ".//saml:AuthnStatement")


@bad("SAML 2.0 Core 2.7.2", "response-malformed", SCHEMA)
def authn_statement_without_its_context(bench: Bench) -> bytes:
    """Required by the schema."""
    return _without(bench, ".//saml:AuthnContext")


@bad(CORE, "response-malformed", SCHEMA)
def assertion_without_a_version(bench: Bench) -> bytes:
    """A default is a matter of opinion."""
    return _without_attribute(bench, "saml:Assertion", "Version")


@bad(CORE, "response-malformed", SCHEMA)
def assertion_without_its_instant(bench: Bench) -> bytes:
    """Of no known age."""
    return _without_attribute(bench, "saml:Assertion", "IssueInstant")


@bad("SAML 2.0 Core 3.2.2", "response-malformed", SCHEMA)
def response_without_an_id(bench: Bench) -> bytes:
    """Required by the schema."""
    return _without_attribute(bench, ".", "ID")


@bad("SAML 2.0 Core 2.7.3.1", "response-malformed", SCHEMA)
def attribute_without_a_name(bench: Bench) -> bytes:
    """An empty name is a name to some."""
    return _without_attribute(bench, ".//saml:Attribute", "Name")


@bad("SAML 2.0 Core 2.4.1.1", "response-malformed", SCHEMA)
def confirmation_without_a_method(bench: Bench) -> bytes:
    """A default is a matter of opinion."""
    return _without_attribute(bench, ".//saml:SubjectConfirmation", "Method")


@bad("SAML 2.0 Core 2.7.3", "realid-missing", "did not release nlEduPersonRealId")
def no_attribute_statement(bench: Bench) -> bytes:
    """Genuine, and of nobody."""
    return _without(bench, ".//saml:AttributeStatement")


@bad(f"{CORE}: Version", "response-refused", "another version of SAML")
def assertion_of_version_2_1(bench: Bench) -> bytes:
    """A version that nobody has written down."""

    def edit(root: etree._Element) -> None:
        part(root, "saml:Assertion").set("Version", "2.1")

    return resealed(bench, edit)


@bad("SAML 2.0 Core 2.2.5, 8.3.6", "response-refused", "an issuer that is no entity")
def issuer_of_another_format(bench: Bench) -> bytes:
    """The hub's name as an e-mail address is not the hub."""

    def edit(root: etree._Element) -> None:
        kind = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
        part(root, "saml:Assertion/saml:Issuer").set("Format", kind)

    return resealed(bench, edit)


@bad("SAML 2.0 Core 2.2.5", "response-malformed", SCHEMA)
def issuer_with_an_element_in_it(bench: Bench) -> bytes:
    """Its text is the hub's, and more."""

    def edit(root: etree._Element) -> None:
        part(root, "saml:Assertion/saml:Issuer").append(element("saml:NameID", "x"))

    return resealed(bench, edit)


@bad("SAML 2.0 Core 2.5.1.1: unknown conditions", "response-malformed", SCHEMA)
def condition_that_nobody_knows(bench: Bench) -> bytes:
    """What is not understood makes an assertion invalid."""

    def edit(root: etree._Element) -> None:
        part(root, ".//saml:Conditions").append(element("saml:Condition"))

    return resealed(bench, edit)


@bad("XML 1.0, 3.3.3: a line end by its number is kept", "response-refused", "Destination is not")
def destination_with_a_line_end(bench: Bench) -> bytes:
    """Trimmed by one reader it is our address, compared by another it is not."""

    def edit(root: etree._Element) -> None:
        root.set("Destination", f"{root.get('Destination')}\n")

    return resealed(bench, edit)


@bad("XML 1.0, 3.3.3: a line end by its number is kept", "flow-missing", "no flow cookie")
def request_with_a_line_end(bench: Bench) -> bytes:
    """The same for the request that is answered."""

    def edit(root: etree._Element) -> None:
        root.set("InResponseTo", f"{root.get('InResponseTo')}\n")

    return resealed(bench, edit)


@bad("XML Signature 1.1, 8.1.3: see what is signed", "identity-refused", "control signs")
def real_id_with_a_separator_of_lines(bench: Bench) -> bytes:
    """U+2028 ends a line in some logs, and a code in none of ours."""

    def edit(root: etree._Element) -> None:
        value_of(root, "nlEduPersonRealId").text = "140136\u2028@petteflatcollege"

    return resealed(bench, edit)
