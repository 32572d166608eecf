"""Junk in numbers: it runs out, it writes nothing, and it keeps no pupil out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import FORM, Post, Seen, bad_story, good_story
from attack.in_process import world_of

if TYPE_CHECKING:
    from attack.bench import Bench, Headers

DENIAL = "CWE-770; OWASP, Denial of Service Cheat Sheet"
_SOURCE = "this source has failed too often"
_FLOW = "this flow has failed too often"
_FAILURES = 30
"""What a source may fail at once."""
_JUNK = Post(b"SAMLResponse=anB1bms%3D")


def _junk(bench: Bench, times: int, headers: Headers | None = None) -> Seen:
    """So many posts of junk, without a cookie, from this bench's address."""
    for _ in range(times):
        seen = bench.send(
            "POST",
            "/v1/sso/acs",
            cookies=(),
            headers={"content-type": FORM, "accept": "text/html", **(headers or {})},
            body=_JUNK.body,
        )
    return seen


@bad_story(DENIAL, "too-many-failures", _SOURCE)
def junk_of_one_source(bench: Bench) -> Seen:
    """After thirty failures there is an answer and no work, that says when to come back."""
    assert _junk(bench, _FAILURES).outcome == "response-malformed"
    seen = _junk(bench, 1)
    assert (seen.status, seen.headers["retry-after"]) == (429, "60")
    return seen


@bad_story(f"{DENIAL}; RFC 7239 8.1: a header that anybody writes", "too-many-failures", _SOURCE)
def junk_that_claims_other_sources(bench: Bench) -> Seen:
    """Whoever is connected is the source, whatever the request says."""
    for at in range(_FAILURES):
        claimed = f"192.0.2.{at}"
        _junk(
            bench,
            1,
            {
                "x-forwarded-for": claimed,
                "x-real-ip": claimed,
                "forwarded": f"for={claimed}",
                "true-client-ip": claimed,
                "cloudfront-viewer-address": f"{claimed}:4711",
                "x-numo-edge": "guessed",
            },
        )
    return _junk(bench, 1, {"x-forwarded-for": "198.51.100.1"})


@bad_story(DENIAL, "too-many-failures", _SOURCE)
def good_responses_without_a_cookie(bench: Bench) -> Seen:
    """Responses that verify cost the most; without their cookie they are failures too."""
    document = bench.good()
    for _ in range(_FAILURES):
        assert bench.post(document, ()).outcome == "flow-missing"
    return bench.post(document, ())


@bad_story(DENIAL, "too-many-failures", _SOURCE)
def junk_with_cookies_of_junk(bench: Bench) -> Seen:
    """A cookie that we did not sign is no flow, and buys no budget of its own."""
    _junk(bench, _FAILURES)
    return bench.post(_JUNK, (("__Host-numo_flow_AAAAAAAA", "x.y"),))


@bad_story(DENIAL, "too-many-failures", _SOURCE, only="process")
def junk_with_an_expired_flow(bench: Bench) -> Seen:
    """A flow is worth something for its ten minutes only."""
    world_of(bench).now += 600
    _junk(bench, _FAILURES)
    return bench.post(_JUNK)


@bad_story(DENIAL, "too-many-failures", _FLOW)
def failures_of_one_flow(bench: Bench) -> Seen:
    """One click buys ten failures, and then not even a good response."""
    document = bench.made(audience="https://another.example")
    for _ in range(10):
        assert bench.post(document).outcome == "response-refused"
    return bench.post(bench.made())


@bad_story(DENIAL, "too-many-failures", _FLOW)
def replays_of_one_flow(bench: Bench) -> Seen:
    """A replay asks storage each time, so replays run out as well."""
    document = bench.good()
    assert bench.post(document).outcome == "logged-in"
    for _ in range(10):
        assert bench.post(document).outcome == "already-used"
    return bench.post(document)


@bad_story(DENIAL, "response-malformed", "not XML", only="process")
def junk_writes_nothing(bench: Bench) -> Seen:
    """Neither without a flow nor with one: what answers no request of ours is not written down."""
    logins = world_of(bench).logins
    _junk(bench, 3)
    seen = bench.post(_JUNK)
    assert (logins.traces, logins.endings) == ({}, [])
    return seen


@bad_story(DENIAL, "response-refused", "meant for another audience", only="process")
def a_flow_leaves_three_traces(bench: Bench) -> Seen:
    """Support needs to find a reference, and nobody needs a thousand of them."""
    logins = world_of(bench).logins
    document = bench.made(audience="https://another.example")
    for _ in range(8):
        seen = bench.post(document)
    assert (len(logins.traces), logins.endings) == (3, [])
    assert world_of(bench).telemetry.journals[-1].untraced == "budget"
    return seen


@bad_story(DENIAL, "already-used", "continue without an answered request", only="process")
def asking_for_the_way_on_leaves_three_traces(bench: Bench) -> Seen:
    """The page after the hub's is no way to write either."""
    for _ in range(8):
        seen = bench.get(f"/v1/sso/continue?flow={bench.request_id}")
    assert len(world_of(bench).logins.traces) == 3
    return seen


@bad_story(DENIAL, "flow-missing", "no flow cookie", only="process")
def a_thousand_sources_write_nothing(bench: Bench) -> Seen:
    """Many addresses have many budgets, and still no write."""
    document = bench.good()
    for at in range(200):
        bench.address = f"198.51.{at}.1"
        seen = bench.post(document, ())
    logins = world_of(bench).logins
    assert (logins.traces, logins.endings) == ({}, [])
    return seen


@good_story("RFC 6269 13: many behind one address")
def a_pupil_at_a_school_that_sends_junk(bench: Bench) -> Seen:
    """A whole school is one address, and one of its computers must not shut out the others."""
    pupil = bench.stranger()
    assert _junk(bench, _FAILURES + 1).outcome == "too-many-failures"
    return pupil.post(pupil.good())


@good_story(DENIAL)
def a_new_click_after_too_many_failures(bench: Bench) -> Seen:
    """What one click has spent, the next has again."""
    for _ in range(11):
        seen = bench.post(bench.made(audience="https://another.example"))
    assert seen.outcome == "too-many-failures"
    tab = bench.second_tab()
    return tab.post(tab.good())


@good_story(DENIAL, only="process")
def a_flow_whose_budget_filled_again(bench: Bench) -> Seen:
    """A minute later there is one more try."""
    document = bench.made(audience="https://another.example")
    for _ in range(11):
        seen = bench.post(document)
    assert seen.outcome == "too-many-failures"
    world_of(bench).now += 60
    return bench.post(bench.made())


@bad_story(DENIAL, "already-used", "continue without an answered request", only="process")
def many_clicks_leave_few_traces(bench: Bench) -> Seen:
    """A click is free, so what each click may write must end with its source."""
    for _ in range(100):
        clicked = bench.stranger()
        for _ in range(3):
            seen = clicked.get(f"/v1/sso/continue?flow={clicked.request_id}")
    assert len(world_of(bench).logins.traces) <= _FAILURES
    return seen
