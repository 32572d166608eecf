"""Headers that claim another host: what we hand out names the one that is configured."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from zlib import decompress

from lxml import etree

from attack.bench import form_of
from attack.case import FORM, Seen, story_table

if TYPE_CHECKING:
    from attack.bench import Bench, Headers
    from attack.case import Play

WSTG_HOST = "OWASP Testing Guide 4.7.17, Testing for Host Header Injection"
_PATH = "no such path"
_EVIL = "evil.example"
HOSTS: dict[str, Headers] = {
    "a-forwarded-host": {"x-forwarded-host": _EVIL},
    "every-forwarded-header": {
        "x-forwarded-host": _EVIL,
        "x-forwarded-proto": "http",
        "x-forwarded-port": "8443",
        "x-host": _EVIL,
        "x-original-host": _EVIL,
        "forwarded": f"host={_EVIL};proto=http",
        "x-original-url": "/v1/sso/metadata?evil",
        "x-rewrite-url": "/evil",
    },
    "two-forwarded-hosts": {"x-forwarded-host": ("api.numo.example", _EVIL)},
    "another-host": {"host": _EVIL},
    "a-host-with-a-port": {"host": f"api.numo.example:80@{_EVIL}"},
    "a-host-with-a-path": {"host": f"{_EVIL}/x"},
}
"""Headers by which a request may claim to be for another host."""


# The URLs that we hand out are configured: by a header nobody leads a pupil to another host.
def _starting(headers: Headers) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        seen = bench.send("GET", "/v1/sso", headers=headers)
        (request,) = parse_qs(urlsplit(seen.location).query)["SAMLRequest"]
        document = etree.fromstring(decompress(base64.b64decode(request), -15))
        assert document.get("AssertionConsumerServiceURL") == bench.acs
        assert document.findtext("{*}Issuer") == bench.entity_id
        assert _EVIL not in etree.tostring(document).decode()
        return seen

    return play, ""


def _describing(headers: Headers) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        seen = bench.send("GET", "/v1/sso/metadata", headers=headers)
        assert bench.acs in seen.body
        assert _EVIL not in seen.body
        return seen

    return play, ""


def _refusing(headers: Headers) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        seen = bench.send("GET", "/v1/sso/nowhere", headers={"accept": "text/html", **headers})
        assert _EVIL not in seen.body
        return seen

    return play, _PATH


def _arriving(headers: Headers) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        seen = bench.send(
            "POST",
            "/v1/sso/acs",
            cookies=bench.browser.sends(cross_site_post=True),
            headers={"content-type": FORM, **headers},
            body=form_of(bench.good()).body,
        )
        assert seen.location == f"{bench.arena.entrance_url}/"
        return seen

    return play, ""


for _verb, _outcome, _build in (
    ("starting", "started", _starting),
    ("describing", "metadata-answered", _describing),
    ("refusing", "not-found", _refusing),
    ("arriving", "logged-in", _arriving),
):
    story_table(
        __name__,
        f"{WSTG_HOST}; Kettle, Practical HTTP Host header attacks, 2013",
        _outcome,
        {f"{_verb}-with-{name}": _build(headers) for name, headers in HOSTS.items()},
    )
