"""The buttons for what goes wrong, and the guests with something odd about them, to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.client import Client
from local.walk import REFERENCE, SAMPLES, expect_refused, log_in, response_of
from numo_cli.lambda_client import connect
from numo_cli.target import Target
from numo_local.hub.mishaps import MISHAPS
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from numo_local.process import RunningStack

UNVERIFIED = CATALOGUE["response-untrusted"].number
NUMBERS = {
    "expired": UNVERIFIED,
    "wrong-audience": UNVERIFIED,
    "bad-signature": UNVERIFIED,
    "tampered": UNVERIFIED,
    "hub-says-no": UNVERIFIED,
    "no-realid": CATALOGUE["realid-missing"].number,
    "unknown-school": CATALOGUE["brin-unknown"].number,
}
GUESTS = {
    "not in Numo's roster yet": "user-unknown",
    "the school has not released nlEduPersonRealId": "realid-missing",
    "a teacher in Numo, a pupil according to the elo": "role-differs",
    "at the location with the shared BRIN 11ZZ: the names fit nobody": "entrance-ambiguous",
    "the elo gives the code without its leading zero": "user-unknown",
}


def test_forty_users_at_three_schools() -> None:
    """One school is not activated, one matches on IDGebr, and one BRIN fits two entrances."""
    assert sum(len(school.users) for school in SAMPLES.schools) == 40
    assert [school.state for school in SAMPLES.schools] == ["active", "active", "requested"]
    assert "idgebr" in {school.match_rule for school in SAMPLES.schools}
    assert sum("11ZZ" in school.brins for school in SAMPLES.schools) == 2


def test_every_button_is_tested() -> None:
    assert NUMBERS.keys() == MISHAPS.keys()


@pytest.mark.parametrize("mishap", MISHAPS)
def test_each_mishap_ends_on_a_page_with_its_number(stack: RunningStack, mishap: str) -> None:
    """Nobody is logged in, and the page has the outcome's number and a reference."""
    browser = Client()
    page = browser.submit(response_of(browser, stack, mishap))
    expect_refused(browser, stack, page, NUMBERS[mishap])


def test_the_reference_identity_provider_logs_in_without_a_mishap(stack: RunningStack) -> None:
    """The same form, with the plain button, opens a session."""
    browser = Client()
    landed = browser.submit(response_of(browser, stack))
    assert landed.url.endswith("/petteflat/lesson/7")
    assert browser.get(f"{stack.api}/v1/session").status == 200


def test_a_replay_opens_nothing_in_another_browser(stack: RunningStack) -> None:
    """The last good response, sent again by somebody else, is refused."""
    first = Client()
    first.submit(response_of(first, stack))
    browser = Client()
    page = browser.submit(response_of(browser, stack, "replay"))
    expect_refused(browser, stack, page, UNVERIFIED)


@pytest.mark.parametrize(("note", "code"), GUESTS.items())
def test_each_guest_meets_their_outcome(stack: RunningStack, note: str, code: str) -> None:
    """What is odd about a guest is what the page is about."""
    people = (guest for school in SAMPLES.schools for guest in school.guests)
    guest = next(each for each in people if each.note == note)
    browser = Client()
    page = log_in(browser, stack, guest.entrance, guest.id)
    expect_refused(browser, stack, page, CATALOGUE[code].number)


def test_a_lost_zero_is_told_to_support_on_this_machine_too(stack: RunningStack) -> None:
    """The code that came is sealed and opened here, and its pupil is nearly found."""
    guest = next(each for each in SAMPLES.schools[0].guests if "leading zero" in each.note)
    page = log_in(Client(), stack, guest.entrance, guest.id)
    found = REFERENCE.search(page.body)
    assert found is not None
    ask = connect(Target(local=True, port=stack.port, profile=None, region=None, stack="")).invoke
    reference = found[0].decode()
    code = ask({"action": "trace.refused_code", "reference": reference})
    assert code["data"]["code"] == "12345", code
    assert (code["data"]["rule"], code["data"]["names"]) == ("zeros-padded", "agree")
    asked = {"action": "users.link_from_proposals", "entrance": guest.entrance, "dry_run": True}
    assert ask(asked)["data"]["by_rule"] == {"zeros-padded": 1}


def test_a_school_that_is_not_activated(stack: RunningStack) -> None:
    """Its pupils are told so, though they are in the roster."""
    school = SAMPLES.schools[2]
    browser = Client()
    page = log_in(browser, stack, school.entrance, school.users[0].id)
    expect_refused(browser, stack, page, CATALOGUE["school-not-active"].number)


def test_a_shared_brin_is_decided_by_the_names(stack: RunningStack) -> None:
    """Two entrances have the code; the names agree at one."""
    guest = next(each for each in SAMPLES.schools[0].guests if "names decide" in each.note)
    landed = log_in(Client(), stack, guest.entrance, guest.id)
    assert "/petteflat" in landed.url
