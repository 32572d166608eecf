"""What a response answers: a request of this very browser, not long ago, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import Seen, bad, bad_story
from attack.in_process import world_of
from attack.signed import put, signed
from attack.sources import BARTH, CORE, MAINKA, PROFILES, SSP_BINDING

if TYPE_CHECKING:
    from attack.bench import Bench

_NO_FLOW = "no flow cookie for this response"
_ANSWERS = "the assertion answers another request"


@bad(f"{PROFILES} 4.1.5; {BARTH}", "flow-missing", _NO_FLOW)
def unsolicited(bench: Bench) -> bytes:
    """Whoever has an account could log a classmate in as themselves."""
    return bench.made(in_response_to="")


@bad(f"{CORE} 3.2.2; {MAINKA}", "flow-missing", _NO_FLOW)
def response_without_in_response_to(bench: Bench) -> bytes:
    """The assertion answers us and the response nobody: it was taken out of another."""
    return signed(bench, put(".", "InResponseTo", None))


@bad(f"{CORE} 3.2.2", "flow-missing", _NO_FLOW)
def response_to_nothing(bench: Bench) -> bytes:
    """Empty must match no flow, and not the one that has no id."""
    return signed(bench, put(".", "InResponseTo", ""))


@bad(f"{CORE} 3.2.2", "flow-missing", _NO_FLOW)
def response_to_another_request(bench: Bench) -> bytes:
    """A request that this browser never made."""
    return bench.made(in_response_to="_0123456789abcdefghijkl")


@bad(f"{CORE} 3.2.2", "flow-missing", _NO_FLOW)
def response_to_a_part_of_our_request(bench: Bench) -> bytes:
    """The cookie's name holds eight signs of the id; they are not the id."""
    return bench.made(in_response_to=bench.request_id[:9])


@bad(f"{CORE} 3.2.2", "flow-missing", _NO_FLOW)
def response_to_our_request_and_more(bench: Bench) -> bytes:
    """Ids are compared whole."""
    return bench.made(in_response_to=f"{bench.request_id}x")


@bad_story(BARTH, "flow-missing", _NO_FLOW)
def response_to_another_browsers_request(bench: Bench) -> Seen:
    """Login CSRF: a pupil would work in the account of whoever sent them here."""
    return bench.post(bench.stranger().good())


@bad_story(SSP_BINDING, "response-refused", _ANSWERS)
def assertion_of_one_tab_in_the_response_of_another(bench: Bench) -> Seen:
    """Both are this browser's, and still each assertion answers one request."""
    tab = bench.second_tab()
    return bench.post(signed(bench, put(".", "InResponseTo", tab.request_id)))


@bad_story(SSP_BINDING, "response-refused", _ANSWERS)
def assertion_of_another_browser_in_a_response_to_ours(bench: Bench) -> Seen:
    """Only the part that nobody signed was written anew: what was stolen would fit anywhere."""
    stolen = bench.stranger()
    return bench.post(signed(stolen, put(".", "InResponseTo", bench.request_id)))


@bad_story(
    "RFC 6265 4.1.2.2: a browser need not forget in time",
    "flow-expired",
    "more than ten",
    only="process",
)
def response_after_ten_minutes(bench: Bench) -> Seen:
    """The response is fresh, and the click long ago: somebody else sits there by now."""
    world_of(bench).now += 601
    return bench.post(bench.made())


@bad_story(f"{CORE} 2.5.1.2", "response-expired", "NotOnOrAfter has passed", only="process")
def response_that_lay_about(bench: Bench) -> Seen:
    """The click is recent enough, and the response is over."""
    document = bench.good()
    world_of(bench).now += 361
    return bench.post(document)


@bad_story(f"{CORE} 2.5.1.2", "flow-expired", "more than ten", only="process")
def response_from_before_a_clock_that_went_back(bench: Bench) -> Seen:
    """A flow from the future is as odd as one from long ago."""
    world_of(bench).now -= 601
    return bench.post(bench.made())
