"""The attributes of a verified assertion as they came, to show to the person they are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.saml import identity, names

if TYPE_CHECKING:
    from lxml import etree

ASKED = (
    identity.REAL_ID,
    identity.HOME_ORGANIZATION_ID,
    identity.AFFILIATION,
    identity.GIVEN_NAME,
    identity.SURNAME,
)
"""What Numo asks of a school; a missing one is told."""
_MAX_ATTRIBUTES = 60
_MAX_VALUES = 20
_MAX_LENGTH = 200
"""Of a name or value, in characters: a page stays a page, whatever is sent."""


@dataclass(frozen=True)
class Received:
    """One attribute; its values are a person's own."""

    name: str
    values: tuple[str, ...]


def received(assertion: etree._Element) -> tuple[Received, ...]:
    """Every attribute in the order of the assertion, also those that a login would refuse."""
    found = [
        Received(_cut(attribute.get("Name", "")), _values(attribute))
        for statement in assertion.iterchildren(names.ATTRIBUTE_STATEMENT)
        for attribute in statement.iterchildren(names.ATTRIBUTE)
    ]
    return tuple(found[:_MAX_ATTRIBUTES])


def missing_of(came: tuple[Received, ...]) -> tuple[str, ...]:
    """Which attributes that Numo asks for did not come, or came empty."""
    whole = {each.name for each in came if any(value.strip() for value in each.values)}
    return tuple(name for name in ASKED if name not in whole)


def _values(attribute: etree._Element) -> tuple[str, ...]:
    elements = list(attribute.iterchildren(names.ATTRIBUTE_VALUE))[:_MAX_VALUES]
    # Of a value of elements (eduPersonTargetedID is one) what a reader would see of it
    return tuple(_cut("".join(map(str, element.itertext())).strip()) for element in elements)


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_LENGTH else text[: _MAX_LENGTH - 1] + "…"
