"""A browser without a screen: follows redirects, keeps cookies, and submits forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Page:
    """What came back, after all redirects."""

    url: str
    status: int
    body: bytes
    headers: Message = field(default_factory=Message)
    """By name, in whatever case."""

    def form(self) -> Form:
        """The page's first form with the fields that it holds."""
        form = next(html.fromstring(self.body).iter("form"), None)
        assert form is not None, f"{self.url} ({self.status}) has no form: {self.body[:2000]!r}"
        inputs = {each.get("name"): each.get("value", "") for each in form.iter("input")}
        fields = {name: value for name, value in inputs.items() if name}
        origin = urljoin(self.url, "/").rstrip("/")
        return Form(urljoin(self.url, form.get("action", "")), fields, origin)


@dataclass(frozen=True)
class Form:
    action: str
    fields: dict[str, str]
    origin: str = ""
    """Of the page that it is on, which browsers name with every form that they post."""


def _jar() -> CookieJar:
    # as browsers do, count plain HTTP on the loopback address as secure
    return CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))


@dataclass(frozen=True)
class Client:
    """One browser."""

    cookies: CookieJar = field(default_factory=_jar)

    def get(self, url: str) -> Page:
        return self._open(url, None, {})

    def submit(self, form: Form, typed: Mapping[str, str] | None = None) -> Page:
        body = urlencode({**form.fields, **(typed or {})}).encode()
        return self._open(form.action, body, {"Origin": form.origin} if form.origin else {})

    def _open(self, url: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        try:
            request = Request(url, body, headers)  # noqa: S310  # a test's own address
            with self._opener().open(request, timeout=20) as answer:
                return Page(answer.url, answer.status, answer.read(), answer.headers)
        except HTTPError as error:
            return Page(error.url or url, error.code, error.read(), error.headers)

    def _opener(self) -> OpenerDirector:
        return build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies))
