"""What is fuzzed: each target takes any bytes, and lets nothing out that it did not promise."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ada_url import URL
from lxml import etree

from edge.http import decode
from kit.canonical import covered
from kit.world import Browser, World
from numo_cli.columns import find_columns
from numo_cli.failures import Failure
from numo_cli.rows import make_rows
from numo_cli.sheet import read_sheet
from numo_sso.cookies import parse_cookies
from numo_sso.flow import Flow, FlowCookies, new_request_id
from numo_sso.journal import Journal
from numo_sso.login.admission import examine
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, policy
from numo_sso.saml.form import read_form
from numo_sso.saml.identity import read_identity
from numo_sso.saml.verify import Verified
from numo_sso.sessions import SessionCookie
from numo_sso.targets import Entrances, Targets
from prove import costly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WORLD = World()
STARTED = WORLD.start(Browser())
RESPONSES = [
    WORLD.answer(STARTED),
    WORLD.answer(STARTED, sign_response=True),
    WORLD.answer(STARTED, status="urn:oasis:names:tc:SAML:2.0:status:Responder"),
]
_TRUST = WORLD.app.trust.get()
_COOKIES = FlowCookies((b"current" * 5, b"previous" * 4))
_SESSION = SessionCookie("", "api.numo.example")
_ORIGINS = ("https://app.numo.example", "http://127.0.0.1:8601")
_TARGETS = Targets(Entrances("https://{entrance}.numo.example"), _ORIGINS)
_HEADING = b"Stamnr;IDGebr;Roepnaam;Tussenv.;Achternaam;Klas\n"


@dataclass(frozen=True)
class Target:
    """One thing to fuzz, and what a fuzzer starts from. ``xml``: the input is a document."""

    run: Callable[[bytes], None]
    seeds: Iterable[bytes]
    xml: bool = False


def response(document: bytes) -> None:
    """Gate, verification, policy, library and identity: what is believed was signed."""
    with suppress(Refused):
        admitted = gate.admit_document(document)
        journal = Journal(lambda: 0.0)
        verified = examine(admitted, _TRUST, STARTED.request_id, WORLD.now, journal)
        read_identity(verified.assertion)
        assert covered(verified.assertion) in _SIGNED, "an assertion was believed unsigned"


_SIGNED = {
    covered(admitted.content)
    for admitted in map(gate.admit_document, RESPONSES)
    if isinstance(admitted, gate.Admitted)
}


def form(body: bytes) -> None:
    """A post's body, as far as the gate."""
    with suppress(Refused):
        gate.admit(read_form("application/x-www-form-urlencoded", body))


def unsigned(document: bytes) -> None:
    """Policy and identity on trees that no signature protects."""
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
        content = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
        if content is not None:
            for each in (_policy, _identity):
                with suppress(Refused):
                    each(Verified(root, content))


def _policy(verified: Verified) -> None:
    policy.enforce(verified, _TRUST.expected(STARTED.request_id), WORLD.now)


def _identity(verified: Verified) -> None:
    read_identity(verified.assertion)


def redirect(text: bytes) -> None:
    """What passes the guard leads to an origin of ours, in a browser's eyes too."""
    with suppress(Refused):
        followed = _TARGETS.resolve(text.decode("utf-8", "replace"), "petteflat")
        assert URL(followed).origin in {"https://petteflat.numo.example", *_ORIGINS}, followed
        assert followed.isascii()
        assert followed.isprintable()


def cookies(text: bytes) -> None:
    """A header's cookies, one a line: no flow is found that we did not sign."""
    held = parse_cookies(text.decode("latin-1").split("\n"))
    assert all(flow in _FLOWS for flow in _COOKIES.read(held)), "a flow that nobody signed"
    lines = _COOKIES.start(_FLOWS[0], held, WORLD.now)
    assert all("\r" not in line and "\n" not in line for line in lines), "a line that is split"
    with suppress(Refused):
        _SESSION.digest(held)


_FLOWS = [Flow(new_request_id(bytes([n]) * 16), int(WORLD.now), f"/{n}") for n in range(3)]


def event(text: bytes) -> None:
    """An event of the gateway, as JSON in which every value is of the kind it always has."""
    with suppress(ValueError, UnicodeError):
        read = json.loads(text)
        if _plausible(read):
            with suppress(Refused):
                decode(read)


_KINDS = {"rawPath": str, "rawQueryString": str, "headers": dict, "cookies": list, "body": str}


def _plausible(read: object) -> bool:
    if not isinstance(read, dict) or not isinstance(read.get("isBase64Encoded", True), bool):
        return False
    if not all(isinstance(read.get(name, kind()), kind) for name, kind in _KINDS.items()):
        return False
    read["requestContext"] = {"http": {"method": "POST"}}
    values = [*read.get("headers", {}).values(), *read.get("cookies", [])]
    return all(isinstance(value, str) for value in values)


def sheet(content: bytes) -> None:
    """A school's file, read to its end."""
    with suppress(Failure):
        read = read_sheet(content)
        make_rows(read, find_columns(read.header, {}))


TARGETS: dict[str, Target] = {
    "response": Target(response, RESPONSES, xml=True),
    "policy": Target(unsigned, RESPONSES, xml=True),
    "form": Target(
        form,
        [
            urlencode({"SAMLResponse": "PHgvPg==", "RelayState": "x"}).encode(),
            *(body for name, body in costly.bodies() if name == "good"),
        ],
    ),
    "redirect": Target(
        redirect, [b"/lesson?x=1#y", b"https://app.numo.example/a", b"/\\evil.example", b"/%2e%2e/"]
    ),
    "cookies": Target(
        cookies,
        [
            b"\n".join(
                _COOKIES.start(flow, (), WORLD.now)[0].split(";")[0].encode() for flow in _FLOWS
            ),
            b"__Host-numo_session=" + b"a" * 43,
            b"__Host-numo_flow_=" + b"A" * 9_000,
        ],
    ),
    "event": Target(
        event,
        [
            json.dumps(
                {
                    "rawPath": "/v1/sso",
                    "rawQueryString": "target=%2Fx&idp=a",
                    "headers": {"a": "b"},
                    "cookies": ["a=b"],
                    "body": "YQ==",
                    "isBase64Encoded": True,
                }
            ).encode()
        ],
    ),
    "sheet": Target(
        sheet,
        [
            _HEADING + b'0140136;77001;Zo\xc3\xab;"van de";"Berg; junior";1A\r\n',
            "sep=,\nStamnr,Voornaam,Achternaam\n1,P,Q\n".encode("utf-16"),
        ],
    ),
}
