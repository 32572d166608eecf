"""Unusual and legal, in what it says: parts that SAML allows and the hub does not send today."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from attack import scene
from attack.case import good
from attack.pen import resealed
from attack.surgery import (
    assertion_of,
    cut,
    element,
    holding,
    part,
    value_of,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

CORE = "SAML 2.0 Core"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@good(f"{CORE} 2.7.3.1.1, XML Schema 1, 2.6.1: xsi:type")
def values_of_several_types(bench: Bench) -> bytes:
    """Numbers, dates, no type at all, and anyType."""

    def edit(root: etree._Element) -> None:
        value_of(root, "nlEduPersonRealId").attrib.clear()
        value_of(root, "sn").set(f"{{{XSI}}}type", "xs:anyType")
        statement = part(root, ".//saml:AttributeStatement")
        for kind, text in (("integer", "7"), ("date", "2026-08-24"), ("boolean", "true")):
            value = element("saml:AttributeValue", text)
            value.set(f"{{{XSI}}}type", f"xs:{kind}")
            statement.append(holding("saml:Attribute", value, Name=kind))

    return resealed(bench, edit)


@good(f"{CORE} 2.7.3.1.1: values of elements")
def value_that_is_an_element(bench: Bench) -> bytes:
    """EduPersonTargetedID is a NameID in a value."""

    def edit(root: etree._Element) -> None:
        inner = element("saml:NameID", "x")
        value = holding("saml:AttributeValue", inner)
        attribute = holding("saml:Attribute", value, Name="eduPersonTargetedID")
        part(root, ".//saml:AttributeStatement").append(attribute)

    return resealed(bench, edit)


@good(f"{CORE} 2.7.3.1: names of attributes")
def attribute_with_a_friendly_name_and_foreign_attributes(bench: Bench) -> bytes:
    """What else is said of an attribute is not read."""

    def edit(root: etree._Element) -> None:
        attribute = part(root, ".//saml:Attribute[@Name='sn']")
        attribute.set("FriendlyName", "nlEduPersonRealId")
        attribute.set("{urn:other}hint", "surname")

    return resealed(bench, edit)


@good(f"{CORE} 2.3.3: statements")
def several_statements_of_each_kind(bench: Bench) -> bytes:
    """Attributes in two statements, two logins, and a decision."""

    def edit(root: etree._Element) -> None:
        true = assertion_of(root)
        statement = part(true, "saml:AttributeStatement")
        last = holding("saml:AttributeStatement", cut(statement[-1]))
        login = deepcopy(part(true, "saml:AuthnStatement"))
        action = element("saml:Action", "Read", Namespace="urn:actions")
        decision = holding(
            "saml:AuthzDecisionStatement", action, Resource="urn:x", Decision="Permit"
        )
        true.extend([last, login, decision])

    return resealed(bench, edit)


@good(f"{CORE} 2.5.1: conditions")
def one_time_use_and_proxy_restriction(bench: Bench) -> bytes:
    """Each assertion is used once here, and passed on to nobody."""

    def edit(root: etree._Element) -> None:
        conditions = part(root, ".//saml:Conditions")
        restriction = holding("saml:ProxyRestriction", element("saml:Audience", "urn:x"), Count="1")
        conditions.extend([element("saml:OneTimeUse"), restriction])

    return resealed(bench, edit)


@good(f"{CORE} 2.5.1.4: audiences")
def several_audiences_in_one_restriction(bench: Bench) -> bytes:
    """Any of one restriction will do."""

    def edit(root: etree._Element) -> None:
        restriction = part(root, ".//saml:AudienceRestriction")
        restriction.insert(0, element("saml:Audience", "https://other.example/metadata"))
        restriction.append(element("saml:Audience", "urn:another"))

    return resealed(bench, edit)


@good(f"{CORE} 2.5.1.4: restrictions")
def several_restrictions_with_us_in_each(bench: Bench) -> bytes:
    """All of them must hold, and do."""

    def edit(root: etree._Element) -> None:
        restriction = part(root, ".//saml:AudienceRestriction")
        restriction.addnext(deepcopy(restriction))

    return resealed(bench, edit)


@good(f"{CORE} 2.6.1: Advice")
def advice_with_foreign_content(bench: Bench) -> bytes:
    """Whoever does not know it ignores it."""

    def edit(root: etree._Element) -> None:
        foreign = etree.Element("{urn:other}hint")
        foreign.text = "x"
        advice = holding("saml:Advice", element("saml:AssertionIDRef", "_x"), foreign)
        part(root, ".//saml:Conditions").addnext(advice)

    return resealed(bench, edit)


@good(f"{CORE} 3.2.2: Extensions")
def extensions_of_the_response(bench: Bench) -> bytes:
    """Whoever does not know them ignores them."""
    root = bench.tree()
    extensions = element("samlp:Extensions")
    etree.SubElement(extensions, "{urn:other}hint").text = "x"
    part(root, "saml:Issuer").addnext(extensions)
    return bench.written(root)


@good(f"{CORE} 3.2.2: consent, message and detail")
def status_with_message_and_detail(bench: Bench) -> bytes:
    """Words for people, and a consent."""
    root = bench.tree()
    root.set("Consent", "urn:oasis:names:tc:SAML:2.0:consent:unspecified")
    detail = element("samlp:StatusDetail")
    etree.SubElement(detail, "{urn:other}cause").text = "x"
    message = element("samlp:StatusMessage", "Fine")
    part(root, "samlp:Status").extend([message, detail])
    return bench.written(root)


@good(f"{CORE} 2.2.5: the format of an issuer")
def issuer_that_says_it_is_an_entity(bench: Bench) -> bytes:
    """The default, said out loud."""

    def edit(root: etree._Element) -> None:
        for issuer in root.iter(names.ISSUER):
            issuer.set("Format", names.ENTITY_FORMAT)

    return resealed(bench, edit)


@good(f"{CORE} 2.4.1: NameID is optional")
def subject_without_a_name_id(bench: Bench) -> bytes:
    """No account is keyed on it."""

    def edit(root: etree._Element) -> None:
        cut(part(root, ".//saml:NameID"))

    return resealed(bench, edit)


@good(f"{CORE} 2.4.1.2: address")
def confirmation_with_an_address(bench: Bench) -> bytes:
    """A school is many machines behind one: an address proves nothing, and is not compared."""

    def edit(root: etree._Element) -> None:
        part(root, ".//saml:SubjectConfirmationData").set("Address", "192.0.2.1")

    return resealed(bench, edit)


@good("SAML 2.0 Core: nothing bounds the number of values")
def five_hundred_values(bench: Bench) -> bytes:
    """A teacher is in many classes."""
    many = [f"class {at}" for at in range(500)]
    return bench.made(attributes=scene.attributes(nlEduPersonUnit=many))


@good("SAML 2.0 Core: nothing bounds the length of a value")
def two_hundred_kilobytes(bench: Bench) -> bytes:
    """A picture among the attributes."""
    picture = "A" * 200_000
    return bench.made(attributes=scene.attributes(jpegPhoto=[picture]))
