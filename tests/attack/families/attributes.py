"""Attributes that greet, or that nobody reads: whatever they hold, they keep nobody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import good, table
from attack.signed import ATTRIBUTES, add, signed

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Make


def _with(**changes: list[str] | None) -> tuple[Make, str]:
    attributes = scene.attributes(**changes)
    return (lambda bench: bench.made(attributes=attributes)), ""


table(
    __name__,
    "SAML 2.0 Core 2.7.3.1.1: attributes have any number of values, of any form",
    "logged-in",
    {
        "empty-names": _with(givenName=[""], sn=[""], nlEduPersonTussenvoegsels=[""]),
        "no-names": _with(givenName=None, sn=None, nlEduPersonTussenvoegsels=None),
        "two-given-names": _with(givenName=["Pietje", "Piet"]),
        "a-name-in-nfd": _with(givenName=["Re\u0301ne\u0301e"]),
        "a-name-of-markup": _with(givenName=["<script>alert(1)</script>"]),
        "a-name-that-writes-backwards": _with(givenName=["\u202eteiP"]),
        "a-name-beyond-measure": _with(sn=["x" * 5000]),
        "forty-classes": _with(nlEduPersonUnit=[f"class {at}" for at in range(40)]),
        "a-value-beyond-measure-that-nobody-reads": _with(eduPersonEntitlement=["x" * 20_000]),
        "no-uid": _with(uid=None),
        "two-uids": _with(uid=["a@b", "c@d"]),
        "two-names-of-the-school": _with(nlEduPersonHomeOrganization=["A", "B"]),
        "affiliations-in-a-list": _with(
            eduPersonAffiliation=["student", "member", "", "\u202eodd", "x" * 300]
        ),
        "an-affiliation-in-capitals": _with(eduPersonAffiliation=[" STUDENT "]),
        "attributes-by-their-oids": _with(**{"urn:oid:2.5.4.42": ["Pietje"]}),
    },
)


@good("eduPerson 2.2.8: eduPersonTargetedID has a NameID for a value")
def a_value_that_is_an_element(bench: Bench) -> bytes:
    """An attribute of elements is nothing that login reads."""
    value = "<saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue>"
    name = "urn:mace:dir:attribute-def:eduPersonTargetedID"
    return signed(bench, add(ATTRIBUTES, f'<saml:Attribute Name="{name}">{value}</saml:Attribute>'))


@good("SAML 2.0 Core 2.7.3: several statements")
def a_second_statement_of_other_attributes(bench: Bench) -> bytes:
    """What one statement says the other need not."""
    value = "<saml:AttributeValue>4HV1</saml:AttributeValue>"
    attribute = f'<saml:Attribute Name="nlEduPersonUnit">{value}</saml:Attribute>'
    statement = f"<saml:AttributeStatement>{attribute}</saml:AttributeStatement>"
    return signed(bench, add("{*}Assertion", statement))


@good("SAML 2.0 Core 8.3.7 and 8.3.8: names of a subject")
def a_transient_name(bench: Bench) -> bytes:
    """No account is keyed on the NameID, whatever its format."""
    form = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    return bench.made(name_id="140137", name_id_format=form)
