"""What a sibling of our host can plant in a browser, as Chromium itself sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Request, Response

from numo_local.serving import Server
from numo_sso.flow import COOKIE_PREFIX
from numo_sso.sessions import COOKIE, HOST_COOKIE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from playwright.sync_api import Browser

NAMES = (COOKIE, HOST_COOKIE, f"{COOKIE_PREFIX}aaaaaaaa")


def two_hosts(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """A sibling that plants each name for all of numo.localhost, and a host that echoes."""
    request = Request(environ)
    if request.host.startswith("sibling."):
        response = Response("planted")
        for name in NAMES:
            planted = f"{name}=planted; Domain=numo.localhost; Path=/; Secure; SameSite=Lax"
            response.headers.add("Set-Cookie", planted)
    else:
        response = Response(request.headers.get("Cookie", ""), content_type="text/plain")
    return response(environ, start_response)


@pytest.fixture
def port() -> Iterator[int]:
    server = Server("127.0.0.1", 0, two_hosts, "two-hosts")
    server.start()
    yield server.port
    server.stop()


def test_a_sibling_plants_no_cookie_of_ours(browser: Browser, port: int) -> None:
    """The prefix keeps its promise: only the name that a deployment with a domain uses arrives."""
    page = browser.new_page()
    page.goto(f"http://sibling.numo.localhost:{port}/")
    page.goto(f"http://api.numo.localhost:{port}/")
    assert page.inner_text("body") == f"{COOKIE}=planted"
