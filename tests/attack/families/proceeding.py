"""The way on after a double submit, asked for by whoever had none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import Seen, bad_story
from attack.sources import MAINKA

if TYPE_CHECKING:
    from attack.bench import Bench

REFERENCES = "OWASP Testing Guide 4.5.4, Testing for Insecure Direct Object References"
_STRANGER = "no flow of this browser"
_LOST = "answered before, and its session is not here"
_SESSION = "__Host-numo_session"


def _answered(bench: Bench) -> str:
    """The path on from a request that was answered, in the browser that asked."""
    assert bench.post(bench.good()).outcome == "logged-in"
    return f"/v1/sso/continue?flow={bench.request_id}"


@bad_story(REFERENCES, "already-used", _STRANGER)
def without_a_cookie(bench: Bench) -> Seen:
    """The id of a request travels over the hub, so knowing it proves nothing."""
    return bench.get(_answered(bench), cookies=())


@bad_story(REFERENCES, "already-used", _STRANGER)
def with_another_browsers_cookie(bench: Bench) -> Seen:
    """A flow of one's own opens no other."""
    return bench.stranger().get(_answered(bench))


@bad_story(REFERENCES, "already-used", _STRANGER)
def with_the_session_and_no_flow(bench: Bench) -> Seen:
    """Neither does the session alone."""
    path = _answered(bench)
    return bench.get(path, cookies=((_SESSION, bench.browser.cookies[_SESSION]),))


@bad_story(REFERENCES, "already-used", _LOST)
def with_the_flow_and_another_session(bench: Bench) -> Seen:
    """On a shared computer the next pupil's session is not the one that was opened."""
    path = _answered(bench)
    cookies = bench.browser.sends(cross_site_post=True)
    other = bench.stranger()
    assert other.post(other.good()).outcome == "logged-in"
    return bench.get(path, cookies=(*cookies, (_SESSION, other.browser.cookies[_SESSION])))


@bad_story(REFERENCES, "already-used", _LOST)
def with_the_flow_and_two_sessions(bench: Bench) -> Seen:
    """One of the two was planted, and nobody knows which."""
    path = _answered(bench)
    cookies = bench.browser.sends()
    return bench.get(path, cookies=(*cookies, (_SESSION, "x" * 43)))


@bad_story(REFERENCES, "already-used", "continue without an answered request")
def before_the_answer(bench: Bench) -> Seen:
    """Nothing came of this request yet, and asking does not make it so."""
    return bench.get(f"/v1/sso/continue?flow={bench.request_id}")


@bad_story(REFERENCES, "too-many-failures", "this flow has failed too often")
def before_the_answer_again_and_again(bench: Bench) -> Seen:
    """Each try reads storage, and a flow costs nothing to get."""
    for _ in range(10):
        bench.get(f"/v1/sso/continue?flow={bench.request_id}")
    return bench.get(f"/v1/sso/continue?flow={bench.request_id}")


@bad_story(REFERENCES, "already-used", _STRANGER)
def of_no_request(bench: Bench) -> Seen:
    """The page as an address that somebody kept."""
    return bench.get("/v1/sso/continue")


@bad_story(REFERENCES, "already-used", _STRANGER)
def of_an_unknown_request(bench: Bench) -> Seen:
    """An id of the right form that nobody made."""
    return bench.get("/v1/sso/continue?flow=_0123456789abcdefghijkl")


@bad_story(REFERENCES, "already-used", _STRANGER)
def of_junk(bench: Bench) -> Seen:
    """Signs of databases, paths and pages are no id, and none is shown again."""
    seen = bench.get("/v1/sso/continue?flow=%27%20OR%201%3D1%2F..%2F%3Cscript%3E")
    assert seen.body.count("script>") == 2  # the copy button's own, begun and ended
    assert "1=1" not in seen.body
    assert "/../" not in seen.body
    return seen


@bad_story(MAINKA, "request-malformed", "a parameter that occurs twice")
def of_two_requests(bench: Bench) -> Seen:
    """One for the check and one for the use."""
    return bench.get(f"/v1/sso/continue?flow=x&flow={bench.request_id}")


@bad_story(REFERENCES, "method-not-allowed", "a known path, another method")
def by_a_post(bench: Bench) -> Seen:
    """It is a step of this site's own, and no form's."""
    return bench.send("POST", f"/v1/sso/continue?flow={bench.request_id}")


@bad_story("RFC 9110 9.3.1", "method-not-allowed", "a known path, another method")
def back_to_the_acs(bench: Bench) -> Seen:
    """The back button, or a bookmark of the page where the login ended."""
    _answered(bench)
    return bench.get("/v1/sso/acs")
