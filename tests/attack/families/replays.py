"""The same response again: in this browser, in another, later, or under another request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import Seen, bad_story, good_story
from attack.sources import BARTH, MAINKA, PROFILES

if TYPE_CHECKING:
    from attack.bench import Bench

ONCE = f"{PROFILES} 4.1.4.5: bearer assertions are not replayed"
_SESSION = "__Host-numo_session"
_REQUEST = "request used before"


def _logged_in(bench: Bench, document: bytes) -> Seen:
    seen = bench.post(document)
    assert seen.outcome == "logged-in", seen
    return seen


@bad_story(f"{ONCE}; {MAINKA}", "already-used", _REQUEST)
def the_same_response_twice(bench: Bench) -> Seen:
    """The second is sent to where the first one's session is seen, and opens nothing."""
    _logged_in(bench, document := bench.good())
    again = bench.post(document)
    assert again.location == f"{bench.arena.urls.proceed}?flow={bench.request_id}"
    return again


@bad_story(ONCE, "already-used", _REQUEST)
def another_response_to_an_answered_request(bench: Bench) -> Seen:
    """One request is one login, also where the hub answers it twice."""
    _logged_in(bench, bench.good())
    return bench.post(bench.made())


@bad_story(f"{ONCE}; {MAINKA}", "flow-missing", "no flow cookie for this response")
def the_same_response_in_another_browser(bench: Bench) -> Seen:
    """A response that was seen on the way fits no other browser."""
    _logged_in(bench, document := bench.good())
    return bench.stranger().post(document)


@bad_story(ONCE, "already-used", _REQUEST)
def the_same_response_with_its_stolen_cookie(bench: Bench) -> Seen:
    """Whoever has the response and the flow's cookie too comes second, and learns nothing."""
    cookies = bench.browser.sends(cross_site_post=True)
    _logged_in(bench, document := bench.good())
    thief = bench.stranger()
    seen = thief.post(document, cookies)
    page = thief.get(f"/v1/sso/continue?flow={bench.request_id}", cookies)
    assert (page.status, page.outcome, page.location) == (409, "already-used", "")
    assert scene.NAME not in page.body
    return seen


@bad_story(ONCE, "flow-missing", "no flow cookie for this response")
def a_stolen_response_before_its_owner(bench: Bench) -> Seen:
    """First come is not first served: the browser that asked is."""
    document = bench.good()
    stolen = bench.stranger().post(document)
    _logged_in(bench, document)
    return stolen


@bad_story(ONCE, "already-used", "assertion used before")
def one_assertion_for_two_requests(bench: Bench) -> Seen:
    """An assertion's id is used up with it, whatever request it says to answer."""
    tab = bench.second_tab()
    _logged_in(bench, bench.made(assertion_id="_once"))
    return tab.post(tab.made(assertion_id="_once"))


@bad_story(ONCE, "already-used", "assertion used before")
def one_assertion_for_two_browsers(bench: Bench) -> Seen:
    """The same, by two pupils."""
    other = bench.stranger()
    _logged_in(bench, bench.made(assertion_id="_shared"))
    return other.post(other.made(assertion_id="_shared"))


@bad_story(ONCE, "already-used", _REQUEST)
def after_a_log_out(bench: Bench) -> Seen:
    """The next pupil at this computer presses the back button: nobody is logged in again."""
    _logged_in(bench, document := bench.good())
    origin = {"origin": bench.arena.urls.public_url}
    assert bench.send("POST", "/v1/sso/logout", headers=origin).outcome == "logged-out"
    seen = bench.post(document)
    page = bench.follow(seen)
    assert (page.outcome, page.location, page.has_session) == ("already-used", "", False)
    return seen


@bad_story(ONCE, "already-used", _REQUEST)
def after_a_refusal(bench: Bench) -> Seen:
    """A refused response is as spent as a good one: what was wrong may be mended meanwhile."""
    unknown = scene.attributes(nlEduPersonRealId=[f"nobody@{scene.REALM}"])
    document = bench.made(attributes=unknown)
    assert bench.post(document).outcome == "user-unknown"
    return bench.post(document)


@bad_story(ONCE, "already-used", _REQUEST)
def a_better_response_after_a_refusal(bench: Bench) -> Seen:
    """The request was answered: trying attributes one by one takes a click each."""
    unknown = scene.attributes(nlEduPersonRealId=[f"nobody@{scene.REALM}"])
    assert bench.post(bench.made(attributes=unknown)).outcome == "user-unknown"
    return bench.post(bench.made())


@bad_story(ONCE, "user-unknown", "answered before")
def a_refusal_is_shown_again(bench: Bench) -> Seen:
    """Whoever is sent on after a refusal sees that refusal, and not a riddle."""
    unknown = scene.attributes(nlEduPersonRealId=[f"nobody@{scene.REALM}"])
    document = bench.made(attributes=unknown)
    bench.post(document)
    return bench.follow(bench.post(document))


@bad_story(BARTH, "flow-missing", "no flow cookie for this response, 1 others")
def a_response_with_another_tabs_cookie_only(bench: Bench) -> Seen:
    """Each request has a cookie of its own; one does not stand for all of a browser's."""
    tab = bench.second_tab()
    mine = f"__Host-numo_flow_{bench.request_id[1:9]}"
    others = [each for each in tab.browser.sends(cross_site_post=True) if each[0] != mine]
    return bench.post(bench.good(), tuple(others))


@good_story(ONCE, "session-answered")
def a_double_submit(bench: Bench) -> Seen:
    """Two quick clicks on the hub's page: the second is led to the session of the first."""
    _logged_in(bench, document := bench.good())
    session = bench.browser.cookies[_SESSION]
    onward = bench.follow(bench.post(document))
    assert (onward.outcome, onward.location) == ("logged-in", f"{bench.arena.entrance_url}/")
    assert bench.browser.cookies[_SESSION] == session
    return bench.get("/v1/session")


@good_story(ONCE)
def a_click_after_a_refusal(bench: Bench) -> Seen:
    """What was refused stays refused, and a new click is a new login."""
    unknown = scene.attributes(nlEduPersonRealId=[f"nobody@{scene.REALM}"])
    bench.post(bench.made(attributes=unknown))
    tab = bench.second_tab()
    return tab.post(tab.good())


@good_story(ONCE)
def a_good_response_after_one_that_did_not_verify(bench: Bench) -> Seen:
    """What nobody verified consumes nothing, or anybody could spend a pupil's request."""
    assert bench.post(bench.made(audience="https://another.example")).outcome == "response-refused"
    return bench.post(bench.good())


@good_story("SAML 2.0 Bindings 3.5.7: error reporting")
def a_good_response_after_the_hubs_refusal(bench: Bench) -> Seen:
    """A pupil who typed a wrong password at the elo tries once more, and the hub answers again."""
    failed = bench.made(status="urn:oasis:names:tc:SAML:2.0:status:Responder")
    assert bench.post(failed).outcome == "hub-refused"
    return bench.post(bench.good())
