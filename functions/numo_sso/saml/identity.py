"""Who a verified assertion speaks of, in the words of Entree's attributes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

MAX_VALUE = 256
"""Signs in one value."""
_NAME = re.compile(r"[A-Za-z0-9:._/-]{1,100}")
_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}(?:[0-9]{2})?")
# Controls, formats (among them the bidirectional ones), surrogates, private and unassigned ones,
# line separators: none belongs in a code or a name, and some make two values look alike.
_UNREADABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_XML_SPACE = " \t\r\n"
"""White space that a hub may print around a value; any other is a part of it."""

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


@dataclass(frozen=True)
class Identity:
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
    return _clean(authorities[-1].text or "") if authorities else ""


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
    if any(each[:_SCHOOL] != named[0][:_SCHOOL] for each in named):
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
    for side in (code, realm):
        # Trimmed, it would be another person's
        if side != side.strip() or any(_is_strange_space(sign) for sign in side):
            raise Refused("identity-refused", "nlEduPersonRealId with white space at a side")
    return code, realm.lower()


def _is_strange_space(sign: str) -> bool:
    return sign != " " and unicodedata.category(sign) == "Zs"


def _single(attributes: Mapping[str, list[str]], name: str) -> str:
    values = attributes[name]
    if len(values) != 1 or not values[0].strip(_XML_SPACE):
        raise Refused("identity-refused", f"{name} is empty or has several values")
    return _clean(values[0])


def _optional(attributes: Mapping[str, list[str]], name: str) -> str:
    """A name only greets and compares: several, none or a strange one is as if not sent."""
    values = attributes.get(name, [])
    try:
        return _clean(values[0]) if len(values) == 1 else ""
    except Refused:
        return ""


def _clean(value: str) -> str:
    trimmed = value.strip(_XML_SPACE)
    if len(trimmed) > MAX_VALUE:  # before NFC, whose work grows with the square
        raise Refused("identity-refused", "a value that is too long")
    if any(_turns_into_ascii(sign) for sign in trimmed):
        raise Refused("identity-refused", "a sign that turns into another")
    cleaned = unicodedata.normalize("NFC", trimmed)
    if any(unicodedata.category(sign) in _UNREADABLE for sign in cleaned):
        raise Refused("identity-refused", "a value with control signs")
    return cleaned


def _turns_into_ascii(sign: str) -> bool:
    """The Kelvin sign is no letter k, though NFC makes it one, and a code with it no other code."""
    return not sign.isascii() and unicodedata.normalize("NFC", sign).isascii()
