"""The policy: what SAML asks and the library leaves open, on the verified assertion.

Everything equal exactly, everything present, nothing by default (SAML 2.0 Core 2.3-2.5, Profiles
4.1.4). Each check is a function of its own, and all of them are listed in :func:`enforce`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from numo_sso.outcomes import Refused
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from numo_sso.saml.verify import Verified

SKEW = 60
"""Seconds that clocks may differ, both ways."""
MAX_LIFETIME = 900
"""Longest time that an assertion may say it lives; the hub says 300 s."""
_CONDITIONS = frozenset({names.AUDIENCE_RESTRICTION, names.ONE_TIME_USE, names.PROXY_RESTRICTION})
"""A condition that is not understood makes an assertion invalid (SAML Core 2.5.1.1)."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z", re.ASCII)
"""UTC, and said so (SAML Core 1.3.3)."""


class Expected(NamedTuple):
    """What a response to this request must say, to the letter."""

    issuer: str
    audience: str
    acs_url: str
    request_id: str


def enforce(verified: Verified, expected: Expected, now: float) -> None:
    """Hold a verified response against what was asked.

    Raises:
        Refused: ``hub-refused``, ``response-refused`` or ``response-expired``.
    """
    response, assertion = verified.response, verified.assertion
    check_versions(response, assertion)
    check_status(response)
    check_response(response, expected)
    check_issuer(assertion, expected)
    check_instants(response, assertion, now)
    check_conditions(assertion, expected, now)
    check_confirmation(assertion, expected, now)
    check_authn_statement(assertion, now)


def check_versions(response: etree._Element, assertion: etree._Element) -> None:
    if response.get("Version") != "2.0" or assertion.get("Version") != "2.0":
        raise _refused("another version of SAML")
    if not response.get("ID") or not assertion.get("ID"):
        raise _refused("an element without its id")


def check_status(response: etree._Element) -> None:
    code = _one(_one(response, names.STATUS), names.STATUS_CODE)
    if code.get("Value") != names.STATUS_SUCCESS:
        raise Refused("hub-refused", "an assertion under a status other than Success")
    if code.find(names.STATUS_CODE) is not None:
        raise Refused("hub-refused", "a Success that is qualified")


def check_response(response: etree._Element, expected: Expected) -> None:
    if response.get("Destination") != expected.acs_url:
        raise _refused("Destination is not our ACS")
    if response.get("InResponseTo") != expected.request_id:
        raise _refused("the response answers another request")
    _check_issuer(_one(response, names.ISSUER), expected)


def check_issuer(assertion: etree._Element, expected: Expected) -> None:
    _check_issuer(_one(assertion, names.ISSUER), expected)


def check_instants(response: etree._Element, assertion: etree._Element, now: float) -> None:
    for element in (response, assertion):
        issued = _time(element, "IssueInstant")
        if issued > now + SKEW:
            raise Refused("response-expired", "issued in the future")
        if issued + MAX_LIFETIME + SKEW <= now:
            raise Refused("response-expired", "issued too long ago")


def check_conditions(assertion: etree._Element, expected: Expected, now: float) -> None:
    conditions = _one(assertion, names.CONDITIONS)
    _check_period(conditions, now, assertion)
    if any(condition.tag not in _CONDITIONS for condition in conditions.iterchildren("*")):
        raise _refused("a condition that is not known")
    restrictions = list(conditions.iterchildren(names.AUDIENCE_RESTRICTION))
    if not restrictions:
        raise _refused("no audience restriction")
    for restriction in restrictions:
        audiences = [_text(audience) for audience in restriction.iterchildren(names.AUDIENCE)]
        if expected.audience not in audiences:
            raise _refused("meant for another audience")


def check_confirmation(assertion: etree._Element, expected: Expected, now: float) -> None:
    """One bearer confirmation at least, and every one of them ours and in time."""
    subject = _one(assertion, names.SUBJECT)
    confirmations = list(subject.iterchildren(names.SUBJECT_CONFIRMATION))
    if not confirmations:
        raise _refused("no subject confirmation")
    for confirmation in confirmations:
        if confirmation.get("Method") != names.BEARER:
            raise _refused("a confirmation that is not bearer")
        _check_confirmation_data(
            _one(confirmation, names.SUBJECT_CONFIRMATION_DATA), expected, now, assertion
        )


def check_authn_statement(assertion: etree._Element, now: float) -> None:
    statements = list(assertion.iterchildren(names.AUTHN_STATEMENT))
    if not statements:
        raise _refused("no authentication statement")
    for statement in statements:
        # Only that it is a time: the hub copies it from the school's own provider, and that
        # clock's errors are no reason to keep a school out.
        _time(statement, "AuthnInstant")
        if "SessionNotOnOrAfter" in statement.attrib:
            _check_end(statement, "SessionNotOnOrAfter", now)


def clock_difference(response: etree._Element, now: float) -> int:
    """Seconds by which the hub's clock seems ahead of ours (delays make it negative)."""
    return round(_time(response, "IssueInstant") - now)


def _check_confirmation_data(
    data: etree._Element, expected: Expected, now: float, assertion: etree._Element
) -> None:
    if data.get("Recipient") != expected.acs_url:
        raise _refused("Recipient is not our ACS")
    if data.get("InResponseTo") != expected.request_id:
        raise _refused("the assertion answers another request")
    if "NotBefore" in data.attrib:
        raise _refused("a bearer confirmation with NotBefore")
    _check_end(data, "NotOnOrAfter", now)
    _check_lifetime(data, assertion)


def _check_period(conditions: etree._Element, now: float, assertion: etree._Element) -> None:
    if _time(conditions, "NotBefore") > now + SKEW:
        raise Refused("response-expired", "not valid yet")
    _check_end(conditions, "NotOnOrAfter", now)
    _check_lifetime(conditions, assertion)


def _check_end(element: etree._Element, name: str, now: float) -> None:
    if _time(element, name) + SKEW <= now:
        raise Refused("response-expired", f"{name} has passed")


def _check_lifetime(element: etree._Element, assertion: etree._Element) -> None:
    if _time(element, "NotOnOrAfter") - _time(assertion, "IssueInstant") > MAX_LIFETIME:
        raise _refused("a lifetime beyond all measure")


def _check_issuer(issuer: etree._Element, expected: Expected) -> None:
    if issuer.get("Format", names.ENTITY_FORMAT) != names.ENTITY_FORMAT:
        raise _refused("an issuer that is no entity")
    if _text(issuer) != expected.issuer:
        raise _refused("issued by another")


def _one(parent: etree._Element, tag: str) -> etree._Element:
    children = list(parent.iterchildren(tag))
    if len(children) != 1:
        raise _refused(f"not exactly one {tag.rpartition('}')[2]}")
    return children[0]


def _text(element: etree._Element) -> str:
    """All of its text, also where a comment on the Response splits it; the assertion has none."""
    if element.find("*") is not None:
        raise _refused("an element where text belongs")
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _time(element: etree._Element, name: str) -> float:
    value = element.get(name, "")
    if not _INSTANT.fullmatch(value):
        raise _refused(f"{name} is no time in UTC")
    try:
        return datetime.fromisoformat(value).timestamp()
    except ValueError as error:
        raise _refused(f"{name} is no time in UTC") from error


def _refused(detail: str) -> Refused:
    return Refused("response-refused", detail)
