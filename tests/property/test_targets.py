"""The guard of redirects, judged by a browser's reading of a URL (WHATWG) instead of Python's."""

from __future__ import annotations

import pytest
from ada_url import URL
from hypothesis import given
from hypothesis import strategies as st

from numo_sso.outcomes import Refused
from numo_sso.targets import Entrances, Targets

ENTRANCE = "https://petteflat.numo.example"
TARGETS = Targets(
    Entrances("https://{entrance}.numo.example"),
    ("https://app.numo.example", "http://127.0.0.1:8601"),
)
PIECES = (
    "/", "//", "\\", "@", ":", "?", "#", ".", "..", "%2e", "%2F", "%5c", "%00", "\t", "\n", " ",
    "https:", "http:", "javascript:", "app.numo.example", "evil.example", "[::1]", "127.0.0.1",
    ":8601", "\u3002", "\uff0f", "\u200b", "xn--", "%", "&", ";", "a",
)  # fmt: skip
targets = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)


def origin(url: str) -> str:
    return str(URL(url).origin)


@given(targets)
def test_a_browser_never_leaves_our_origins(target: str) -> None:
    """Whatever passes is followed to the entrance or to a named origin, and says no user's name."""
    try:
        followed = TARGETS.resolve(target, "petteflat")
    except Refused:
        return
    url = URL(followed)
    assert url.origin in {ENTRANCE, *TARGETS.origins}
    assert (url.username, url.password) == ("", "")


@given(targets)
def test_a_location_is_one_header_of_plain_signs(target: str) -> None:
    """What is sent as Location is printable ASCII: no line break, no second header."""
    try:
        followed = TARGETS.resolve(target, "petteflat")
    except Refused:
        return
    assert followed.isascii()
    assert followed.isprintable()
    assert " " not in followed


@given(targets)
def test_what_passed_passes_again(target: str) -> None:
    """A target is checked at the start and again at the end: both agree, and nothing shifts."""
    try:
        checked = TARGETS.check(target)
    except Refused:
        return
    assert TARGETS.check(checked) == checked


@pytest.mark.parametrize("target", ["/", "/lesson?x=1#y", "https://app.numo.example/z"])
def test_the_other_parser_agrees_on_what_is_plain(target: str) -> None:
    """The judge is awake: it reads good targets as we do."""
    assert origin(TARGETS.resolve(target, "petteflat")) in {ENTRANCE, *TARGETS.origins}
