"""SimpleSAMLphp as identity provider: a session results, however it signs."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from interop.simplesamlphp import PASSWORD
from local.client import Client, Form

if TYPE_CHECKING:
    from interop.simplesamlphp import SimpleSamlPhp
    from numo_local.process import RunningStack

_SIGNED_RESPONSE = "/samlp:Response/ds:Signature"
_SIGNED_ASSERTION = "/samlp:Response/saml:Assertion/ds:Signature"
_NAMES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}


@pytest.mark.parametrize("sign_response", [False, True], ids=["assertion-only", "response-too"])
def test_a_user_of_simplesamlphp_gets_a_session(
    stack: RunningStack,
    identity_provider: SimpleSamlPhp,
    sign_response: bool,
) -> None:
    """A login by SimpleSAMLphp's own pages ends in a session for the user in the roster."""
    identity_provider.sign_responses(wanted=sign_response)
    browser = Client()
    answer = _log_in(browser, stack, "/lesson/7")
    assert _has(answer, _SIGNED_ASSERTION)
    assert _has(answer, _SIGNED_RESPONSE) is sign_response
    landed = browser.submit(answer)
    assert landed.url.endswith("/petteflat/lesson/7")
    session = json.loads(browser.get(f"{stack.api}/v1/session").body)
    assert session["persoonscode"] == "140101"
    assert session["school"]["entrance"] == "petteflat"


def test_another_account_asks_simplesamlphp_for_a_fresh_login(
    stack: RunningStack, identity_provider: SimpleSamlPhp
) -> None:
    """ForceAuthn reaches an identity provider that would otherwise answer from its own session."""
    identity_provider.sign_responses(wanted=False)
    browser = Client()
    browser.submit(_log_in(browser, stack, "/"))
    at_once = browser.get(f"{stack.api}/v1/sso").form()
    assert "SAMLResponse" in at_once.fields
    asked_again = browser.get(f"{stack.api}/v1/sso?other=1").form()
    assert "password" in asked_again.fields


def test_a_tampered_response_opens_nothing(
    stack: RunningStack, identity_provider: SimpleSamlPhp
) -> None:
    """One digit of the code changed: the signature no longer holds, and no session results."""
    identity_provider.sign_responses(wanted=False)
    browser = Client()
    answer = _log_in(browser, stack, "/")
    document = _document(answer).replace(b"140101@", b"140102@")
    fields = {**answer.fields, "SAMLResponse": base64.b64encode(document).decode()}
    refused = browser.submit(Form(answer.action, fields))
    assert 400 <= refused.status < 500
    assert browser.get(f"{stack.api}/v1/session").status == 401


def _log_in(browser: Client, stack: RunningStack, target: str) -> Form:
    """Start, log in at SimpleSAMLphp, and return its form with the response."""
    page = browser.get(f"{stack.api}/v1/sso?target={target}")
    return browser.submit(page.form(), {"username": "sanne", "password": PASSWORD}).form()


def _document(answer: Form) -> bytes:
    return base64.b64decode(answer.fields["SAMLResponse"])


def _has(answer: Form, path: str) -> bool:
    return bool(etree.fromstring(_document(answer)).xpath(path, namespaces=_NAMES))
