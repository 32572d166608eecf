"""A browser without a screen: follows redirects, keeps cookies, and submits forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Page:
    """What came back, after all redirects."""

    url: str
    status: int
    body: bytes

    def form(self) -> Form:
        """The page's first form with the fields that it holds."""
        form = next(html.fromstring(self.body).iter("form"), None)
        assert form is not None, f"{self.url} ({self.status}) has no form: {self.body[:2000]!r}"
        inputs = {each.get("name"): each.get("value", "") for each in form.iter("input")}
        fields = {name: value for name, value in inputs.items() if name}
        return Form(urljoin(self.url, form.get("action", "")), fields)


@dataclass(frozen=True)
class Form:
    action: str
    fields: dict[str, str]


def _opener() -> OpenerDirector:
    # as browsers do, count plain HTTP on the loopback address as secure
    policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar(policy)))


@dataclass(frozen=True)
class Client:
    """One browser."""

    _browser: OpenerDirector = field(default_factory=_opener)

    def get(self, url: str) -> Page:
        return self._open(url, None)

    def submit(self, form: Form, typed: Mapping[str, str] | None = None) -> Page:
        return self._open(form.action, urlencode({**form.fields, **(typed or {})}).encode())

    def _open(self, url: str, body: bytes | None) -> Page:
        try:
            with self._browser.open(url, body, timeout=20) as answer:
                return Page(answer.url, answer.status, answer.read())
        except HTTPError as error:
            return Page(error.url or url, error.code, error.read())
