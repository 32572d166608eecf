"""What must be met before an assertion holds, and what nobody here understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good
from attack.signed import (
    CONDITIONS,
    A,
    add,
    remove,
    signed,
    signed_table,
)
from attack.sources import CORE, MAINKA

if TYPE_CHECKING:
    from attack.bench import Bench

_UNKNOWN = "a condition that is not known"
_SCHEMA = "not valid by the schema"

# A condition that is not understood makes the assertion invalid, whatever it asked.
signed_table(
    __name__,
    f"{CORE} 2.5.1.1",
    "response-refused",
    {
        "condition-of-a-derived-type": (
            add(CONDITIONS, '<saml:Condition xsi:type="saml:OneTimeUseType"/>'),
            _UNKNOWN,
        ),
        "condition-that-says-it-is-an-audience": (
            add(
                CONDITIONS,
                '<saml:Condition xsi:type="saml:AudienceRestrictionType">'
                "<saml:Audience>https://another.example</saml:Audience></saml:Condition>",
            ),
            _UNKNOWN,
        ),
    },
)


@bad(f"{CORE} 2.5.1.1", "response-malformed", _SCHEMA)
def condition_of_an_unknown_type(bench: Bench) -> bytes:
    """An extension that the hub relies on must not be passed over."""
    return signed(bench, add(CONDITIONS, '<saml:Condition xsi:type="xs:string">x</saml:Condition>'))


@bad(f"{CORE} 2.5.1", "response-malformed", _SCHEMA)
def condition_of_another_namespace(bench: Bench) -> bytes:
    """The same, by whoever thinks that unknown namespaces may be skipped."""
    return signed(bench, add(CONDITIONS, '<only-at-noon xmlns="urn:example"/>'))


@bad(f"{MAINKA}; SAML 2.0 Profiles 4.1.4.2", "response-refused", "not exactly one Conditions")
def conditions_missing(bench: Bench) -> bytes:
    """Without them an assertion is for everybody and for ever."""
    return signed(bench, remove(CONDITIONS))


@bad(f"{CORE} 2.3.3", "response-malformed", _SCHEMA)
def conditions_twice(bench: Bench) -> bytes:
    """The first would be read, or the last, and the other pass unread."""
    conditions = '<saml:Conditions NotOnOrAfter="2099-01-01T00:00:00Z"/>'
    return signed(bench, add(A, conditions, 2))


@good(f"{CORE} 2.5.1.5 and 2.5.1.6")
def conditions_that_are_known(bench: Bench) -> bytes:
    """Used once it is in any case, and it goes no further than here."""
    return signed(
        bench,
        add(CONDITIONS, "<saml:OneTimeUse/>"),
        add(CONDITIONS, '<saml:ProxyRestriction Count="0"/>'),
    )
