"""A browser at the stack's API, and the hub that it is sent to."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from kit.world import Browser
from numo_local.hub.request import AuthnRequest, read_request
from numo_local.hub.service_provider import ServiceProvider, fetch_service_provider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_local.addresses import Addresses
    from numo_local.hub.hub import Hub

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Visitor:
    """One browser. What it is answered is seen and not followed."""

    addresses: Addresses
    host: str = "127.0.0.1"
    browser: Browser = field(default_factory=Browser)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and ``Location``."""
        return self._ask("GET", path, None, headers, cross_site=False)

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """Of a form on the hub's page, which is another site."""
        return self._ask("POST", path, urlencode(fields), _FORM, cross_site=True)

    @property
    def cookies(self) -> list[str]:
        return [f"{name}={value}" for name, value in self.browser.sends()]

    def _ask(
        self,
        method: str,
        path: str,
        body: str | None,
        headers: Mapping[str, str],
        *,
        cross_site: bool,
    ) -> tuple[int, str]:
        sent = self.browser.sends(cross_site_post=cross_site)
        cookies = "; ".join(f"{name}={value}" for name, value in sent)
        connection = HTTPConnection(self.host, self.addresses.port, timeout=20)
        try:
            told = {**headers, **({"Cookie": cookies} if cookies else {})}
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        self.browser.take_lines(answer.headers.get_all("Set-Cookie") or [])
        return answer.status, answer.getheader("Location") or ""


@dataclass
class Door:
    """The stand-in's own hub without its pages; it has fetched our metadata once."""

    hub: Hub
    service: ServiceProvider

    @classmethod
    def of(cls, hub: Hub) -> Door:
        return cls(hub, fetch_service_provider(hub.addresses.sp_metadata))

    def receive(self, location: str) -> AuthnRequest:
        """The request that a start sends the browser with."""
        return read_request(urlsplit(location).query.encode(), self.hub.sso_url, self.service)

    def answer(
        self,
        asked: AuthnRequest,
        attributes: Mapping[str, list[str]],
        authority: str,
        mishap: str = "",
    ) -> dict[str, str]:
        """The fields of the form that the browser posts."""
        made = self.hub.answer(asked, attributes, authority, mishap)
        return {"SAMLResponse": made.encoded, "RelayState": made.relay_state}
