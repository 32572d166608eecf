"""Bad input of every kind gets a coded 4xx, and the gateway's shapes are read alike."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.http import Response, decode, encode, full_path
from kit.world import Browser, World
from numo_sso.configuration import NotConfigured
from numo_sso.cookies import parse_cookies
from numo_sso.outcomes import Refused

FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}


def event(method: str = "GET", path: str = "/v1/sso", **changes: Any) -> dict[str, Any]:
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"accept": "text/html"},
        "requestContext": {"http": {"method": method, "path": path}, "requestId": "id"},
        "isBase64Encoded": False,
        **changes,
    }


def send(world: World, given_event: dict[str, Any], mapping: str = "") -> Response:
    return world.app.handle(lambda: decode(given_event, mapping))


def posted(body: bytes, headers: dict[str, str] | None = None) -> dict[str, Any]:
    encoded = base64.b64encode(body).decode()
    return event("POST", "/v1/sso/acs", body=encoded, isBase64Encoded=True, headers=headers or FORM)


@pytest.mark.parametrize(
    ("given_event", "status"),
    [
        (event("POST", "/v1/sso/acs", headers=FORM), 400),
        (event("POST", "/v1/sso/acs"), 415),
        (posted(b"{}", {"content-type": "application/json", "accept": "*/*"}), 415),
        (posted(b"SAMLResponse=!!!"), 400),
        (posted(b"SAMLResponse=" + base64.b64encode(b"not xml")), 400),
        (posted(b"SAMLResponse=" + b"A" * 4_000_000), 413),
        (posted(b"\xff\xfe\x00"), 400),
        (event("POST", "/v1/sso/acs", headers=FORM, body="%", isBase64Encoded=True), 400),
        (event("GET", "/"), 404),
        (event("GET", "/favicon.ico"), 404),
        (event("GET", "/v1/sso/unknown"), 404),
        (event("GET", "/v1/sso/acs"), 405),
        (event("DELETE", "/v1/sso"), 405),
        (event("HEAD", "/v1/sso"), 405),
        (event(rawQueryString="target=/a&target=/b"), 400),
        (event(rawQueryString="a=%ff"), 400),
        (event(rawQueryString="&".join(f"a{n}=1" for n in range(200))), 400),
        (event("GET", "/v1/sso/continue"), 409),
        (event("POST", "/v1/sso/logout"), 403),
    ],
)
def test_bad_input_gets_a_coded_page(given_event: dict[str, Any], status: int) -> None:
    """Each with its status, a number and a reference to read aloud."""
    world = World()
    response = send(world, given_event)
    assert response.status == status
    assert "NS-" in response.body
    assert world.reference in response.body
    assert world.telemetry.faults == []


def test_an_elos_own_parameters_are_let_be() -> None:
    """Tracking and other junk, twice over, does not keep a click from starting."""
    query = "utm_source=a&utm_source=b&" + "&".join(f"x{number}=1" for number in range(40))
    assert send(World(), event(rawQueryString=query)).status == 302


def test_a_program_gets_json_for_an_unknown_route() -> None:
    """Where no page is asked for, a code, a number and the reference."""
    world = World()
    response = send(world, event("GET", "/v1/other", headers={"accept": "application/json"}))
    answer = json.loads(response.body)
    assert (response.status, answer["code"]) == (404, "not-found")
    assert answer["reference"] == world.reference


def test_a_wrong_method_names_the_right_ones() -> None:
    """405 with Allow (RFC 9110, 15.5.6)."""
    response = send(World(), event("PUT", "/v1/sso/logout"))
    assert response.headers["allow"] == "GET, POST"


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "OPTIONS"]),
    path=st.one_of(st.text(max_size=30), st.sampled_from(["/v1/sso", "/v1/sso/acs"])),
    query=st.text(max_size=60),
    cookies=st.lists(st.text(max_size=40), max_size=5),
    body=st.text(max_size=60),
    encoded=st.booleans(),
)
def test_no_request_makes_a_fault(
    method: str, path: str, query: str, cookies: list[str], body: str, encoded: bool
) -> None:
    """Whatever arrives, nothing but a coded outcome comes out."""
    world = World()
    given_event = event(
        method,
        path,
        rawQueryString=query,
        cookies=cookies,
        body=body,
        isBase64Encoded=encoded,
        headers=FORM,
    )
    response = send(world, given_event)
    assert world.telemetry.faults == []
    assert response.status < 500


@pytest.mark.parametrize(
    ("raw_path", "mapping", "path"),
    [
        ("/v1/sso", "", "/v1/sso"),
        ("/v1/sso/", "", "/v1/sso"),
        ("/", "/v1/sso", "/v1/sso"),
        ("", "/v1/sso", "/v1/sso"),
        ("/acs", "/v1/sso", "/v1/sso/acs"),
        ("/v1/sso/acs", "/v1/sso", "/v1/sso/acs"),
        ("/v1/sso", "/v1/sso", "/v1/sso"),
        ("/v1/ssox", "/v1/sso", "/v1/sso/v1/ssox"),
        ("/", "/v1/session", "/v1/session"),
        ("/acs", "", "/acs"),
    ],
)
def test_a_mapping_may_be_in_the_path_or_not(raw_path: str, mapping: str, path: str) -> None:
    """On an existing domain both forms of rawPath mean the same; on our own domain only one is."""
    assert full_path(raw_path, mapping) == path


def test_a_login_works_under_a_mapping() -> None:
    """The start answers at the mapping's root, and URLs come from configuration all the same."""
    world = World()
    response = send(world, event("GET", "/"), "/v1/sso")
    assert (response.status, world.outcome) == (302, "started")


def test_the_host_header_has_no_say() -> None:
    """Whatever host a request names, the ACS is the configured one."""
    world = World()
    started = world.start(
        Browser(), headers={"host": "evil.example", "x-forwarded-host": "evil.example"}
    )
    assert "evil" not in str(started.request.attrib)


@pytest.mark.parametrize(
    ("accept", "kind"), [("text/html", "text/html; charset=utf-8"), ("*/*", "application/json")]
)
@pytest.mark.parametrize(
    "changes",
    [
        {"rawQueryString": "school=a&school=b"},
        {"rawQueryString": "school=%ff"},
        {"body": "%", "isBase64Encoded": True},
    ],
)
def test_who_sends_what_cannot_be_read_is_answered_in_kind(
    changes: dict[str, Any], accept: str, kind: str
) -> None:
    """A person gets a page in the own language, a program JSON; the log knows which request."""
    world = World()
    headers = {"accept": accept, "accept-language": "en"}
    response = send(world, event(headers=headers, **changes))
    assert (response.status, response.content_type) == (400, kind)
    assert world.reference in response.body
    assert ('<html lang="en">' in response.body) == (accept == "text/html")
    assert world.telemetry.answered[-1] == ("id", 400)


def test_security_headers_are_on_every_answer() -> None:
    """Pages, redirects and JSON alike."""
    for response in (Response(200, "x"), Response(302), Response(500, "{}", "application/json")):
        headers = encode(response)["headers"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["strict-transport-security"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_bug_is_a_page_without_its_text() -> None:
    """500 with number and reference; the exception's text stays inside."""
    world = World()

    class Broken:
        def candidates(self, _brin: str) -> None:
            raise ValueError("secret")

    world = World(schools=Broken())
    response = world.log_in(Browser())
    assert (response.status, world.outcome) == (500, "unexpected")
    assert "secret" not in response.body
    assert world.reference in response.body
    assert len(world.telemetry.faults) == 1


def test_without_configuration_the_page_says_to_come_back() -> None:
    """503 with Retry-After; not one secret's name on it."""
    world = World(parameters={})
    response = world.start(Browser()).response
    assert (response.status, world.outcome) == (503, "not-configured")
    assert 60 <= int(response.headers["retry-after"]) <= 90
    with pytest.raises(NotConfigured):
        world.app.trust.get()


class TestLogout:
    def test_the_page_asks_first(self) -> None:
        """A GET changes nothing: it shows a button that posts."""
        world = World()
        browser = Browser()
        world.log_in(browser)
        response = world.request("GET", "/v1/sso/logout", browser)
        assert response.status == 200
        assert "<form" in response.body
        assert len(world.sessions.kept) == 1

    def test_the_button_ends_the_session(self) -> None:
        """On the server and in the browser; and the page says that the elo is still logged in."""
        world = World()
        browser = Browser()
        world.log_in(browser)
        response = world.request(
            "POST", "/v1/sso/logout", browser, headers={"origin": "https://api.numo.example"}
        )
        assert (response.status, world.outcome) == (200, "logged-out")
        assert "in de elo van je school ben je misschien nog wel ingelogd" in response.body
        assert "Gebruiken anderen deze computer ook? Log dan ook uit in de elo." in response.body
        assert world.sessions.kept == {}
        assert "__Host-numo_session" not in browser.cookies

    @pytest.mark.parametrize("origin", ["", "null", "https://evil.example"])
    def test_another_site_cannot_press_it(self, origin: str) -> None:
        """A write needs an Origin of ours."""
        world = World()
        browser = Browser()
        world.log_in(browser)
        response = world.request("POST", "/v1/sso/logout", browser, headers={"origin": origin})
        assert (response.status, world.outcome) == (403, "origin-refused")
        assert len(world.sessions.kept) == 1


def test_an_unreadable_event_is_refused_not_raised() -> None:
    """Decoding happens inside the answer: its refusal has a page as well."""
    with pytest.raises(Refused):
        decode(event(rawQueryString="a=%ff"), "")


@pytest.mark.parametrize("sign", ["\u2000", "\u00a0", "\u0085", "\x1c", "\u3000", "\x00", "\x0b"])
def test_white_space_is_no_part_of_a_name(sign: str) -> None:
    """A sibling may plant such a name for its whole domain: it must not become a __Host- one."""
    assert parse_cookies([f"{sign}__Host-a=1", f"__Host-b{sign}=2", "c", " d=4", "e=5\u2000"]) == (
        ("d", "4"),
        ("e", "5\u2000"),
    )
