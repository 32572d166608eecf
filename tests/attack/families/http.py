"""Requests that are not what a browser sends: methods, paths, hosts and queries."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from attack.bench import form_of
from attack.case import FORM, Seen, bad_story, good_story, story_table
from attack.sources import POLLUTION

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Play

WSTG_METHODS = "OWASP Testing Guide 4.2.6, Test HTTP Methods"
CONFUSION = "Tsai, Breaking Parser Logic, Black Hat USA 2018"
_METHOD = "a known path, another method"
_PATH = "no such path"


def _sent(method: str, **headers: str) -> tuple[Play, str]:
    """A good response, sent by another method."""

    def play(bench: Bench) -> Seen:
        body = form_of(bench.good()).body
        return bench.send(
            method,
            "/v1/sso/acs",
            cookies=bench.browser.sends(cross_site_post=True),
            headers={"content-type": FORM, "accept": "text/html"}
            | {name.replace("_", "-"): value for name, value in headers.items()},
            body=b"" if method == "HEAD" else body,
        )

    return play, _METHOD


# A response in a URL would be in logs and histories; any other method is nobody's.
story_table(
    __name__,
    f"SAML 2.0 Bindings 3.5; {WSTG_METHODS}",
    "method-not-allowed",
    {
        "get": _sent("GET"),
        "head": _sent("HEAD"),
        "put": _sent("PUT"),
        "patch": _sent("PATCH"),
        "delete": _sent("DELETE"),
        "options": _sent("OPTIONS"),
        "propfind": _sent("PROPFIND"),
        "a-method-of-ones-own": _sent("LOGIN"),
        "get-that-says-it-is-a-post": _sent("GET", x_http_method_override="POST"),
        "put-that-says-it-is-a-post": _sent("PUT", x_http_method="POST", x_method_override="POST"),
    },
)


@bad_story("SAML 2.0 Bindings 3.4: HTTP-Redirect", "method-not-allowed", _METHOD)
def a_response_by_redirect(bench: Bench) -> Seen:
    """The binding that signs the URL, and not what we verify."""
    encoded = base64.urlsafe_b64encode(bench.good()).decode()
    return bench.get(f"/v1/sso/acs?SAMLResponse={encoded[:6000]}&RelayState=x")


@bad_story("SAML 2.0 Bindings 3.6: HTTP-Artifact", "method-not-allowed", _METHOD)
def an_artifact(bench: Bench) -> Seen:
    """Nothing is ever fetched from whom a request names."""
    return bench.get("/v1/sso/acs?SAMLart=AAQAAMFbLinlXaCM&RelayState=x")


def _posted_to(path: str) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        return bench.send(
            "POST",
            path,
            cookies=bench.browser.sends(cross_site_post=True),
            headers={"content-type": FORM, "accept": "text/html"},
            body=form_of(bench.good()).body,
        )

    return play, _PATH


# A path that a firewall, a gateway and we read differently escapes the rules of one of them.
story_table(
    __name__,
    CONFUSION,
    "not-found",
    {
        "a-path-in-capitals": _posted_to("/V1/SSO/ACS"),
        "a-path-with-a-parameter": _posted_to("/v1/sso/acs;x=1"),
        "a-path-with-a-nul": _posted_to("/v1/sso/acs%00"),
        "a-path-with-a-dot": _posted_to("/v1/sso/./acs"),
        "a-path-that-climbs": _posted_to("/v1/sso/x/../acs"),
        "a-path-that-climbs-by-escapes": _posted_to("/v1/sso/x/%2e%2e/acs"),
        "a-path-with-a-backslash": _posted_to("/v1/sso%5cacs"),
        "a-path-with-two-slashes": _posted_to("/v1/sso//acs"),
        "a-path-with-an-ending": _posted_to("/v1/sso/acs.json"),
        "a-path-with-a-question-mark": _posted_to("/v1/sso/acs%3fx"),
        "a-path-with-a-line-end": _posted_to("/v1/sso/acs%0a"),
        "a-path-with-a-blank": _posted_to("/v1/sso/acs%20"),
        "a-path-encoded-twice": _posted_to("/v1/sso/%2561cs"),
        "a-path-below": _posted_to("/v1/sso/acs/x"),
        "a-path-of-another-version": _posted_to("/v2/sso/acs"),
        "a-path-without-its-mapping": _posted_to("/acs"),
        "a-path-that-starts-with-two-dots": _posted_to("/../v1/sso/acs"),
    },
)


@bad_story(CONFUSION, "not-found", _PATH, only="process")
def a_path_that_names_a_host(bench: Bench) -> Seen:
    """Two slashes in front name a host, for whoever reads a reference and no path."""
    return bench.get("//v1/sso/acs")


@bad_story(POLLUTION, "request-malformed", "a parameter that occurs twice")
def two_targets(bench: Bench) -> Seen:
    """One is checked and the other followed."""
    return bench.get("/v1/sso?target=/&target=https://evil.example/")


@bad_story("RFC 3629 10: overlong forms", "request-malformed", "an unreadable query")
def a_query_of_no_utf_8(bench: Bench) -> Seen:
    """An overlong slash, that careless decoders take for one."""
    return bench.get("/v1/sso?target=%c0%af%c0%afevil.example")


@bad_story(
    "oCERT-2011-003: parameters by the thousand",
    "request-malformed",
    "an unreadable query",
)
def a_query_of_a_thousand_parameters(bench: Bench) -> Seen:
    """Each costs a little."""
    return bench.get("/v1/sso?" + "&".join(f"{at}" for at in range(1000)))


@good_story("RFC 9110 4.1: URIs of 8000 octets", "started")
def a_long_query(bench: Bench) -> Seen:
    """A campaign's parameters, of any number and form."""
    return bench.get("/v1/sso?utm_campaign=" + "x" * 7000 + "&gclid=1;target=2&brin=%27--")


@good_story("RFC 9110 10.1.3: Referer", "started")
def a_referer_of_junk(bench: Bench) -> Seen:
    """It names the elo in the log, and cannot write anything else there."""
    return bench.get("/v1/sso", headers={"referer": 'https://[evil\\"}{"outcome":"logged-in"}'})


@good_story("RFC 9110 12.5: content negotiation", "started")
def negotiation_of_junk(bench: Bench) -> Seen:
    """Languages and types that nobody has."""
    odd = {"accept-language": "nl;q=abc,;;,*;q=-1," + "x" * 500, "accept": ";;;/,", "cookie2": "$"}
    return bench.get("/v1/sso", headers=odd)
