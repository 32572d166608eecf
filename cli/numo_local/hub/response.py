"""SAML responses of the shape that Entree's hub sends, with every field adjustable.

The stand-in's pages use this builder, and so do the tests: what an attacker or a wrong clock would
change is one argument away.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lxml import etree

from numo_local.hub import building as make
from numo_local.hub import names
from numo_local.hub.key import HubKey
from numo_local.hub.options import ResponseOptions, new_id
from numo_local.hub.signing import sign

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HubKey", "ResponseOptions", "build_response", "new_id", "render", "sign"]


def build_response(options: ResponseOptions, key: HubKey) -> bytes:
    """Build the response as XML, signed with ``key`` as the options say."""
    response = render(options)
    assertion = response.find(f"{{{names.SAML}}}Assertion")
    if assertion is not None and options.sign_assertion:
        sign(assertion, key)
    if options.sign_response:
        sign(response, key)
    return etree.tostring(response, encoding="UTF-8", xml_declaration=True)


def render(options: ResponseOptions) -> etree._Element:
    """Build the response without any signature."""
    destination = options.recipient if options.destination is None else options.destination
    response = make.protocol(
        "Response",
        ID=options.response_id,
        Version="2.0",
        IssueInstant=_instant(options.issue_instant),
        Destination=destination,
        InResponseTo=options.in_response_to,
    )
    response.extend([*_issuer(options), _status(options)])
    succeeded = options.status == names.SUCCESS
    if succeeded if options.with_assertion is None else options.with_assertion:
        response.append(_assertion(options))
    return response


def _issuer(options: ResponseOptions) -> list[etree._Element]:
    return [make.assertion("Issuer", options.issuer)] if options.issuer else []


def _status(options: ResponseOptions) -> etree._Element:
    code = make.protocol("StatusCode", Value=options.status)
    if options.sub_status:
        code.append(make.protocol("StatusCode", Value=options.sub_status))
    status = make.protocol("Status", code)
    if options.status_message:
        status.append(make.protocol("StatusMessage", options.status_message))
    return status


def _assertion(options: ResponseOptions) -> etree._Element:
    assertion = make.assertion(
        "Assertion",
        *_issuer(options),
        _subject(options),
        _conditions(options),
        _authn_statement(options),
        ID=options.assertion_id,
        Version="2.0",
        IssueInstant=_instant(options.issue_instant),
    )
    if options.attributes:
        attributes = (_attribute(*each) for each in options.attributes.items())
        assertion.append(make.assertion("AttributeStatement", *attributes))
    return assertion


def _subject(options: ResponseOptions) -> etree._Element:
    end = options.confirmation_not_on_or_after
    data = make.assertion(
        "SubjectConfirmationData",
        NotOnOrAfter=_instant(options.valid_until if end is None else end),
        Recipient=options.recipient,
        InResponseTo=options.in_response_to,
    )
    return make.assertion(
        "Subject",
        make.assertion("NameID", options.name_id, Format=options.name_id_format),
        make.assertion("SubjectConfirmation", data, Method=names.BEARER),
    )


def _conditions(options: ResponseOptions) -> etree._Element:
    conditions = make.assertion(
        "Conditions",
        NotBefore=_instant(options.valid_from),
        NotOnOrAfter=_instant(options.valid_until),
    )
    if options.audience:
        audience = make.assertion("Audience", options.audience)
        conditions.append(make.assertion("AudienceRestriction", audience))
    return conditions


def _authn_statement(options: ResponseOptions) -> etree._Element:
    authorities = (
        make.assertion("AuthenticatingAuthority", each) for each in options.authenticating_authority
    )
    context = make.assertion(
        "AuthnContext", make.assertion("AuthnContextClassRef", names.PASSWORD), *authorities
    )
    return make.assertion(
        "AuthnStatement",
        context,
        AuthnInstant=_instant(options.issue_instant),
        SessionIndex=options.assertion_id,
    )


def _attribute(name: str, values: Sequence[str]) -> etree._Element:
    kind = {f"{{{names.XSI}}}type": "xs:string"}
    elements = (make.assertion("AttributeValue", value, **kind) for value in values)
    return make.assertion("Attribute", *elements, Name=name, NameFormat=names.NAMEFORMAT_URI)


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
