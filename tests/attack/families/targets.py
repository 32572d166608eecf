"""Where a login shall lead, by the link that starts it: to Numo, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from attack import scene
from attack.case import Seen, bad_story, good_story, story_table
from attack.sources import SSP_REDIRECT

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench
    from attack.case import Play

WSTG = "OWASP Testing Guide 4.11.4, Testing for Client-side URL Redirect"
_SIGNS = "signs that programs read differently"
_CLIMB = "a path that may name a host or climb"
_ORIGIN = "not an origin of Numo"
_LONG = "longer than a flow can carry"


def _asked(target: str | Callable[[Bench], str]) -> Play:
    """A start with this target, written so that it arrives as it stands here."""

    def play(bench: Bench) -> Seen:
        settled = target if isinstance(target, str) else target(bench)
        return bench.get(f"/v1/sso?target={quote(settled, safe='')}")

    return play


def _by(reason: str, targets: dict[str, str]) -> dict[str, tuple[Play, str]]:
    return {name: (_asked(target), reason) for name, target in targets.items()}


# A link to Numo that leads elsewhere lends Numo's good name to whoever asks for a password there.
story_table(
    __name__,
    f"CWE-601; {WSTG}; {SSP_REDIRECT}",
    "target-refused",
    _by(
        _CLIMB,
        {
            "two-slashes": "//evil.example",
            "three-slashes": "///evil.example",
            "four-slashes": "////evil.example/%2f..",
            "two-slashes-and-a-user": "//aanval.numo.example@evil.example",
            "climbing": "/../buren",
            "climbing-at-the-end": "/x/..",
            "staying-and-climbing": "/./../buren",
            "a-dot-before-two-slashes": "/.//evil.example",
        },
    )
    | _by(
        _SIGNS,
        {
            "two-backslashes": "\\\\evil.example",
            "a-slash-and-a-backslash": "/\\evil.example",
            "a-backslash-and-a-slash": "\\/evil.example",
            "an-escaped-backslash": "/%5cevil.example",
            "a-scheme-and-backslashes": "https:\\\\evil.example",
            "a-backslash-before-a-user": "https://app.numo.example\\@evil.example",
            "a-tab-between-slashes": "/\t/evil.example",
            "a-tab-before-slashes": "\t//evil.example",
            "an-escaped-tab": "/%09/evil.example",
            "a-line-end-between-slashes": "/\n/evil.example",
            "a-scheme-with-a-tab": "java\tscript:alert(1)",
            "a-header": "/x\r\nLocation: https://evil.example",
            "a-cookie": "/x\r\nSet-Cookie: __Host-numo_session=x",
            "an-escaped-header": "/%0d%0aLocation:%20https://evil.example",
            "a-body": "/%0d%0a%0d%0a<script>alert(1)</script>",
            "a-nul": "/\0",
            "an-escaped-nul": "/%00",
            "a-delete": "/\x7f",
            "half-an-escape": "/%2",
            "climbing-by-escapes": "/%2e%2e/buren",
            "climbing-by-capital-escapes": "/%2E%2E/buren",
            "climbing-by-half-an-escape": "/.%2e/buren",
            "an-escape-of-unicode": "/%u002f/evil.example",
        },
    )
    | _by(
        _ORIGIN,
        {
            "https": "https://evil.example/",
            "http": "http://app.numo.example/",
            "https-without-slashes": "https:evil.example",
            "https-with-one-slash": "https:/evil.example",
            "https-with-three-slashes": "https:///evil.example",
            "a-script": "javascript:alert(document.cookie)",
            "a-script-with-a-host": "javascript://app.numo.example/%250aalert(1)",
            "a-script-in-both-cases": "JaVaScRiPt:alert(1)",
            "a-page-of-data": "data:text/html;base64,PHNjcmlwdD4=",
            "a-script-of-old-browsers": "vbscript:msgbox(1)",
            "a-file": "file:///etc/passwd",
            "a-view-of-the-source": "view-source:https://app.numo.example/",
            "a-blob": "blob:https://app.numo.example/x",
            "another-app": "intent://evil.example#Intent;scheme=https;end",
            "nothing-opaque": "null",
            "about-nothing": "about:blank",
            "a-host-behind-a-user": "https://app.numo.example@evil.example/",
            "a-host-behind-a-user-and-port": "https://app.numo.example:443@evil.example/",
            "a-user-before-our-host": "https://evil.example@app.numo.example/",
            "an-empty-user": "https://@app.numo.example/",
            "a-longer-host": "https://app.numo.example.evil.example/",
            "a-host-that-ends-as-ours": "https://evilapp.numo.example/",
            "a-host-below-ours": "https://evil.app.numo.example/",
            "our-domain-alone": "https://numo.example/",
            "another-entrance": f"https://{scene.NEIGHBOUR}.numo.example/",
            "a-dot-behind-the-host": "https://app.numo.example./",
            "capitals": "https://APP.numo.example/",
            "another-port": "https://app.numo.example:8443/",
            "the-port-that-goes-without-saying": "https://app.numo.example:443/",
            "an-empty-port": "https://app.numo.example:/",
            "a-fragment-before-a-user": "https://evil.example#@app.numo.example/",
            "a-query-before-a-user": "https://evil.example?@app.numo.example/",
            "an-address": "https://127.0.0.1/",
            "an-address-in-one-number": "https://2130706433/",
            "an-address-of-ipv6": "https://[::1]/",
            "a-mapped-address": "https://[::ffff:127.0.0.1]/",
            "a-suffix-of-the-host": ".evil.example",
            "a-user-for-the-host": "@evil.example",
            "a-port-for-the-host": ":8443/",
            "a-word": "evil",
            "a-fragment": "#//evil.example",
            "a-query": "?next=https://evil.example",
            "a-dot": "./x",
            "encoded-twice": "%2f%2fevil.example",
            "fraction-slashes": "\u2044\u2044evil.example",
            "division-slashes": "\u2215\u2215evil.example",
            "fullwidth-slashes": "\uff0f\uff0fevil.example",
            "a-fullwidth-scheme": "https\uff1a//evil.example",
            "an-ideographic-dot": "https://app\u3002numo.example/",
            "a-cyrillic-host": "https://\u0430pp.numo.example/",
            "a-zero-width-space-in-the-host": "https://app.numo.example\u200b/",
            "a-host-that-splits-when-it-is-normalised": "https://app.numo.example\uff0f.evil.example/",
            "percent-in-the-host": "https://app.numo.example%40evil.example/",
            "a-blank-before": " https://app.numo.example/",
        },
    )
    | _by(
        "not a",  # no URL, or no origin of ours: it depends on the version of Python
        {
            "an-open-bracket": "https://[::1",
            "a-host-of-brackets": "https://[app.numo.example]/",
        },
    ),
)

story_table(
    __name__,
    "RFC 6265 6.1: 4096 bytes a cookie",
    "target-refused",
    _by(
        _LONG,
        {
            "overlong": "/" + "x" * 100,
            "overlong-once-it-is-escaped": "/" + "\u00e9" * 30,
            "overlong-by-far": "/" + "x" * 7000,
        },
    ),
)


@bad_story(WSTG, "target-refused", _CLIMB)
def two_slashes_on_an_origin_of_ours(bench: Bench) -> Seen:
    """Pages of Numo may follow a path of two slashes in their turn."""
    return _asked(f"{bench.arena.app_origin}//evil.example")(bench)


def _landed(target: str, path: str) -> Play:
    """A login with this target, that lands on this path of the entrance."""

    def play(bench: Bench) -> Seen:
        tab = bench.second_tab(f"?target={quote(target, safe='')}")
        seen = tab.post(tab.good())
        assert seen.location == bench.arena.entrance_url + path, seen.location
        return seen

    return play


story_table(
    __name__,
    "RFC 3986 3.3: a path may hold these",
    "logged-in",
    {
        "a-deep-path": (_landed("/lesson/7?page=2#part-3", "/lesson/7?page=2#part-3"), ""),
        "an-at-in-a-path": (_landed("/@evil.example", "/@evil.example"), ""),
        "a-colon-in-a-path": (_landed("/https://x", "/https://x"), ""),
        "escaped-slashes-in-a-path": (_landed("/%2f%2fevil.example", "/%2f%2fevil.example"), ""),
        "a-unicode-slash-in-a-path": (_landed("/\u2044x", "/%E2%81%84x"), ""),
        "a-url-in-a-query": (_landed("/x?u=https://evil.example", "/x?u=https://evil.example"), ""),
        "letters-of-dutch-in-a-path": (_landed("/caf\u00e9", "/caf%C3%A9"), ""),
        "an-empty-target": (_landed("", "/"), ""),
    },
)


@good_story("CORS and targets name the same origins")
def a_page_of_numos_app(bench: Bench) -> Seen:
    """An origin that is configured may be named whole."""
    target = f"{bench.arena.app_origin}/lesson?next=//x"
    tab = bench.second_tab(f"?target={quote(target, safe='')}")
    seen = tab.post(tab.good())
    assert seen.location == target
    return seen
