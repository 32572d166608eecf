"""Where a case is made: one login under way, and the hub's own pen to write responses with."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit
from zlib import decompress

from lxml import etree

from attack.case import FORM, Post, Seen
from attack.invariants import hold
from attack.scene import ATTRIBUTES, AUTHORITY, HUB, SSO_URL, hub_key
from attack.verification import verification
from kit.world import Browser
from numo_local.hub.options import ResponseOptions
from numo_local.hub.response import build_response

if TYPE_CHECKING:
    from numo_local.hub.key import HubKey
    from numo_sso.login.trust import Trust
    from numo_sso.urls import Urls

Cookies = tuple[tuple[str, str], ...]
Headers = Mapping[str, str | tuple[str, ...]]
"""A tuple is sent as so many lines of the same name."""


class Arena(Protocol):
    """Where a case is played: in this process, or over HTTP."""

    @property
    def urls(self) -> Urls: ...

    @property
    def trust(self) -> Trust:
        """What the arena's own login trusts, for looking at a response without spending it."""
        ...

    @property
    def entrance_url(self) -> str:
        """Where the scene's school has its entrance."""
        ...

    @property
    def app_origin(self) -> str:
        """A further origin of Numo's app."""
        ...

    def now(self) -> float:
        """Seconds since 1970, as the arena's login sees them."""
        ...

    def request(  # a request has so many parts
        self,
        method: str,
        path: str,
        *,
        cookies: Cookies = (),
        headers: Headers | None = None,
        body: bytes = b"",
        address: str = "",
    ) -> Seen:
        """One request; ``path`` begins behind the host."""
        ...


@dataclass
class Bench:
    """One browser at one arena, with a login that it has started."""

    arena: Arena
    address: str = "127.0.0.1"
    """Whom the arena takes this browser for."""
    browser: Browser = field(default_factory=Browser)
    request_id: str = ""
    hub: HubKey = field(default_factory=hub_key)

    def __post_init__(self) -> None:
        if not self.request_id:
            self.request_id = self.start()

    @property
    def now(self) -> float:
        return self.arena.now()

    @property
    def acs(self) -> str:
        return self.arena.urls.acs

    @property
    def entity_id(self) -> str:
        return self.arena.urls.entity_id

    @property
    def homes(self) -> tuple[str, ...]:
        """With what the URLs begin that we may redirect to."""
        arena = self.arena
        ours = (arena.urls.public_url, arena.entrance_url, arena.app_origin)
        return (f"{SSO_URL}?", *(f"{each}/" for each in ours))

    # ------------------------------------------------------------------ the hub's pen

    def options(self, **changes: Any) -> ResponseOptions:
        """What the hub would answer to this bench's request, with some of it changed."""
        options = ResponseOptions(
            issuer=HUB,
            audience=self.entity_id,
            recipient=self.acs,
            in_response_to=self.request_id,
            attributes=ATTRIBUTES,
            issue_instant=int(self.now),
            authenticating_authority=[AUTHORITY],
        )
        return replace(options, **changes)

    def good(self, **changes: Any) -> bytes:
        """A response of the hub that is known to verify before anybody spoils it."""
        document = build_response(self.options(**changes), self.hub)
        self.verify(form_of(document))
        return document

    def tree(self, **changes: Any) -> etree._Element:
        """The same, parsed."""
        return etree.fromstring(self.good(**changes))

    def written(self, root: etree._Element) -> bytes:
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    def made(self, key: HubKey | None = None, **changes: Any) -> bytes:
        """A response that the hub (or ``key``) signs as it is: wrong from its first byte."""
        self.good()
        return build_response(self.options(**changes), key or self.hub)

    def verify(self, post: Post) -> None:
        """Run the verification, from the form's body to the identity; spends nothing.

        Raises:
            Refused: as the login would.
        """
        verification(post, self.arena.trust, self.request_id, self.now)

    # ------------------------------------------------------------------ the browser

    def start(self, query: str = "", headers: Headers | None = None) -> str:
        """Click on Numo, and give the id of the request that goes to the hub."""
        seen = self.get(f"/v1/sso{query}", headers=headers)
        (request,) = parse_qs(urlsplit(seen.location).query)["SAMLRequest"]
        return str(etree.fromstring(decompress(base64.b64decode(request), -15)).get("ID"))

    def post(self, what: bytes | Post, cookies: Cookies | None = None) -> Seen:
        """Post to the ACS as the hub's page has the browser do, from another site."""
        post = what if isinstance(what, Post) else form_of(what)
        return self._request(
            "POST",
            f"/v1/sso/acs{post.query}",
            cookies=self.browser.sends(cross_site_post=True) if cookies is None else cookies,
            headers={"content-type": post.content_type, "accept": "text/html"},
            body=post.body,
        )

    def get(
        self,
        path: str,
        cookies: Cookies | None = None,
        headers: Headers | None = None,
    ) -> Seen:
        """Follow a link or a redirect within our own site."""
        return self._request(
            "GET",
            path,
            cookies=self.browser.sends() if cookies is None else cookies,
            headers={"accept": "text/html", **(headers or {})},
        )

    def second_tab(self, query: str = "") -> Bench:
        """Another login of the same browser."""
        tab = Bench(self.arena, self.address, self.browser, request_id="-")
        tab.request_id = tab.start(query)
        return tab

    def stranger(self) -> Bench:
        """Another browser at the same address, with a login of its own."""
        return Bench(self.arena, self.address)

    def follow(self, seen: Seen) -> Seen:
        """Go where a redirect leads, which must be here."""
        parts = urlsplit(seen.location)
        assert seen.location.startswith(self.arena.urls.public_url), seen.location
        return self.get(f"{parts.path}?{parts.query}")

    def send(self, method: str, path: str, **parts: Any) -> Seen:
        """Any other request."""
        return self._request(method, path, **{"cookies": self.browser.sends(), **parts})

    def _request(self, method: str, path: str, **parts: Any) -> Seen:
        seen = self.arena.request(method, path, address=self.address, **parts)
        hold(seen, self.homes)
        self.browser.take_lines(seen.cookies)
        return seen


def form_of(document: bytes, relay_state: str | None = "any") -> Post:
    """The form that the hub's page posts."""
    fields = {"SAMLResponse": base64.b64encode(document).decode()}
    if relay_state is not None:
        fields["RelayState"] = relay_state
    return Post(urlencode(fields).encode(), FORM)
