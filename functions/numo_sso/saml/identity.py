"""Who a verified assertion speaks of, in the words of Entree's attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.values import XML_SPACE, clean, is_a_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_NAME = re.compile(r"[A-Za-z0-9:._/-]{1,100}")
_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}(?:[0-9]{2})?")

BRANCH_ID = "nlEduPersonHomeOrganizationBranchId"
HOME_ORGANIZATION_ID = "nlEduPersonHomeOrganizationId"
REAL_ID = "nlEduPersonRealId"
AFFILIATION = "eduPersonAffiliation"
GIVEN_NAME = "givenName"
INFIX = "nlEduPersonTussenvoegsels"
SURNAME = "sn"

_BRINS = (BRANCH_ID, HOME_ORGANIZATION_ID)
_SCHOOL = 4
"""Characters of a BRIN that name the school, before its location."""
_IDENTIFYING = frozenset({*_BRINS, REAL_ID})
_KNOWN = frozenset({"student", "employee", "staff", "affiliate"})


class Identity(NamedTuple):
    """A person as the hub vouches for them."""

    brin: str
    """4 or 6 characters, upper case."""
    code: str
    """The part of the RealId before its last ``@``, as it came."""
    realm: str
    """The part behind it, lower case."""
    affiliations: frozenset[str]
    given_name: str
    infix: str
    surname: str
    authority: str
    """The school's own identity provider; empty where the hub names none."""
    attributes: frozenset[str]
    """Names of the attributes that came, as far as they look like names."""


def read_identity(assertion: etree._Element) -> Identity:
    """Read the identity from a verified assertion.

    Raises:
        Refused: ``brin-missing``, ``realid-missing`` or ``identity-refused``.
    """
    attributes = read_attributes(assertion)
    code, realm = _real_id(attributes)
    return Identity(
        brin=_brin(attributes),
        code=code,
        realm=realm,
        affiliations=_affiliations(attributes),
        given_name=_optional(attributes, GIVEN_NAME),
        infix=_optional(attributes, INFIX),
        surname=_optional(attributes, SURNAME),
        authority=read_authority(assertion),
        attributes=frozenset(name for name in attributes if _NAME.fullmatch(name)),
    )


def named_brin(assertion: etree._Element) -> str:
    """The BRIN alone, for the trace of a login whose other attributes may be refused; or empty."""
    try:
        return _brin(read_attributes(assertion))
    except Refused:
        return ""


def read_attributes(assertion: etree._Element) -> dict[str, list[str]]:
    """Every attribute's values by its Name; NameFormat differs from its own names at the hub."""
    attributes: dict[str, list[str]] = {}
    for statement in assertion.iterchildren(names.ATTRIBUTE_STATEMENT):
        for attribute in statement.iterchildren(names.ATTRIBUTE):
            name = attribute.get("Name", "")
            if name in attributes and name in _IDENTIFYING:
                raise Refused("identity-refused", f"{name} occurs twice")
            attributes.setdefault(name, []).extend(_values(attribute))
    return attributes


def read_authority(assertion: etree._Element) -> str:
    """The last AuthenticatingAuthority: the hub adds the source of its assertion at the end."""
    path = f"{names.AUTHN_STATEMENT}/{names.AUTHN_CONTEXT}/{names.AUTHENTICATING_AUTHORITY}"
    authorities = assertion.findall(path)
    return clean(authorities[-1].text or "") if authorities else ""


def _values(attribute: etree._Element) -> list[str]:
    elements = list(attribute.iterchildren(names.ATTRIBUTE_VALUE))
    # A value of elements (eduPersonTargetedID is one) is no text; nothing here reads such.
    return [element.text or "" for element in elements if not len(element)]


def _affiliations(attributes: Mapping[str, list[str]]) -> frozenset[str]:
    """Those that we understand; a school may send others, of any form."""
    return frozenset(value.strip().lower() for value in attributes.get(AFFILIATION, ())) & _KNOWN


def _brin(attributes: Mapping[str, list[str]]) -> str:
    """The location's where it came along, else the school's."""
    named = [_brin_of(attributes, name) for name in _BRINS if name in attributes]
    if not named:
        raise Refused("brin-missing", "no BRIN among the attributes")
    if len({each[:_SCHOOL] for each in named}) > 1:
        raise Refused("identity-refused", "a location of another school")
    return named[0]


def _brin_of(attributes: Mapping[str, list[str]], name: str) -> str:
    value = _single(attributes, name)
    # Upper-cased, some signs beyond ASCII become letters of it
    if not value.isascii() or not _BRIN.fullmatch(value.upper()):
        raise Refused("identity-refused", f"{name} is no BRIN")
    return value.upper()


def _real_id(attributes: Mapping[str, list[str]]) -> tuple[str, str]:
    if REAL_ID not in attributes:
        raise Refused("realid-missing", "the hub did not release nlEduPersonRealId")
    code, _, realm = _single(attributes, REAL_ID).rpartition("@")
    if not code.strip() or not realm.strip():
        raise Refused("identity-refused", "nlEduPersonRealId with an empty side")
    if not is_a_side(code) or not is_a_side(realm):
        raise Refused("identity-refused", "nlEduPersonRealId with white space at a side")
    return code, realm.lower()


def _single(attributes: Mapping[str, list[str]], name: str) -> str:
    value = _only(attributes, name)
    if not value.strip(XML_SPACE):
        raise Refused("identity-refused", f"{name} is empty or has several values")
    return clean(value)


def _optional(attributes: Mapping[str, list[str]], name: str) -> str:
    """A name only greets and compares: several, none or a strange one is as if not sent."""
    try:
        return clean(_only(attributes, name))
    except Refused:
        return ""


def _only(attributes: Mapping[str, list[str]], name: str) -> str:
    """The one value as it came; empty where there is none, or several."""
    values = attributes.get(name, [])
    (value,) = values if len(values) == 1 else [""]
    return value
