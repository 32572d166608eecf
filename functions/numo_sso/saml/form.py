"""The form in which the hub's page posts a response (SAML 2.0 Bindings, 3.5)."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from numo_sso.outcomes import Refused

MAX_RESPONSE_BYTES = 256 * 1024
MAX_BODY_BYTES = 3 * MAX_RESPONSE_BYTES
"""Base64 makes four of three, percent-encoding three of a few; nothing honest comes near."""
_MAX_FIELDS = 8
_MAX_ESCAPES = 24_000
"""Percent signs: more than base64 of the largest response needs, folded and all escaped."""
_TYPE = re.compile(
    r'application/x-www-form-urlencoded(?:[ \t]*;[ \t]*charset="?(?:utf-8|us-ascii)"?)?',
    re.IGNORECASE,
)
_MESSAGES = frozenset({"samlresponse", "samlrequest", "samlart"})
_RESPONSE = "SAMLResponse"
_RELAY_STATE = "RelayState"


def read_form(content_type: str, body: bytes) -> str:
    """The one ``SAMLResponse`` of a form post, still base64.

    RelayState is allowed and has no say here: the flow is found by InResponseTo, never by it.

    Raises:
        Refused: ``body-unsupported``, ``body-too-large`` or ``body-malformed``.
    """
    if not _TYPE.fullmatch(content_type.strip(" \t")):
        raise Refused("body-unsupported", "not a form post")
    if len(body) > MAX_BODY_BYTES or body.count(b"%") > _MAX_ESCAPES:
        raise Refused("body-too-large", "the body exceeds its limit")
    fields = _fields(body)
    names = [name for name, _ in fields]
    if names.count(_RESPONSE) != 1 or names.count(_RELAY_STATE) > 1:
        raise Refused("body-malformed", "not exactly one SAMLResponse and at most one RelayState")
    check_names(names)
    return dict(fields)[_RESPONSE]


def read_relay_state(body: bytes) -> str:
    """The RelayState of a body that :func:`read_form` took; empty where it has none."""
    return dict(_fields(body)).get(_RELAY_STATE, "")


def check_names(names: list[str]) -> None:
    """No second message under another binding's name or another spelling.

    A proxy, a firewall or a library that reads names loosely would see another response than we.
    """
    for name in names:
        letters = re.sub("[^a-z]", "", name.lower())
        if letters in _MESSAGES and name != _RESPONSE:
            raise Refused("body-malformed", "a second message")
        if letters == _RELAY_STATE.lower() and name != _RELAY_STATE:
            raise Refused("body-malformed", "a RelayState of another spelling")


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as error:  # UnicodeError is one
        raise Refused("body-malformed", "not a readable form") from error
