"""Logins at a local stack, one form after the other, as a browser makes them."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from local.client import Client, Form, Page
from numo_local.samples.people import read_samples

SAMPLES = read_samples()
REFERENCE = re.compile(rb"\b[2-9A-Z]{4}(-[2-9A-Z]{4}){2}\b")


class Place(Protocol):
    """Where a stack is: the API, and on another site the elo and the hub."""

    @property
    def api(self) -> str: ...
    @property
    def stand_ins(self) -> str: ...


def response_of(browser: Client, stack: Place, mishap: str = "") -> Form:
    """Start, choose the reference identity provider, and press a button."""
    chooser = browser.get(f"{stack.api}/v1/sso?target=/lesson/7")
    handle = parse_qs(urlsplit(chooser.url).query)["request"][0]
    form = Form(f"{stack.stand_ins}/hub/reference", {"request": handle, "mishap": mishap})
    return browser.submit(form, _typed()).form()


def _typed() -> dict[str, str]:
    school = SAMPLES.schools[0]
    attributes = school.attributes_of(school.users[0])
    typed = {name: "\n".join(values) for name, values in attributes.items()}
    return typed | {"authority": school.authority}


def log_in(browser: Client, stack: Place, entrance: str, person: str) -> Page:
    """Start, choose the school, log in there, and send what it answers."""
    chooser = browser.get(f"{stack.api}/v1/sso")
    handle = parse_qs(urlsplit(chooser.url).query)["request"][0]
    url = f"{stack.stand_ins}/hub/idp/{entrance}"
    assert browser.get(f"{url}?{urlencode({'request': handle})}").status == 200
    form = Form(url, {"request": handle, "person": person})
    return browser.submit(browser.submit(form).form())


def expect_refused(browser: Client, stack: Place, page: Page, number: str) -> None:
    assert 400 <= page.status < 500
    assert number.encode() in page.body
    assert REFERENCE.search(page.body)
    assert browser.get(f"{stack.api}/v1/session").status == 401
