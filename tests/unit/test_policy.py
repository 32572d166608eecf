"""The policy alone, on responses that the library is not asked about: each check for its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from kit.world import ACS, AUTHORITY, ENTITY_ID, HUB, NOW, attributes
from numo_local.hub.response import ResponseOptions, render
from numo_sso.outcomes import Refused
from numo_sso.saml import names, policy
from numo_sso.saml.policy import Expected
from numo_sso.saml.verify import Verified

EXPECTED = Expected(issuer=HUB, audience=ENTITY_ID, acs_url=ACS, request_id="_r")
OPTIONS = ResponseOptions(
    issuer=HUB,
    audience=ENTITY_ID,
    recipient=ACS,
    in_response_to="_r",
    attributes=attributes(),
    issue_instant=NOW,
    authenticating_authority=[AUTHORITY],
)
Spoil = Callable[[etree._Element], object]


def verified(options: ResponseOptions = OPTIONS) -> Verified:
    response = etree.fromstring(etree.tostring(render(options)))
    assertion = response.find(names.ASSERTION)
    assert assertion is not None
    return Verified(response, assertion)


def refusal(given: Verified, now: float = NOW) -> str:
    with pytest.raises(Refused) as refused:
        policy.enforce(given, EXPECTED, now)
    return f"{refused.value.outcome.code}: {refused.value.detail}"


def remove(path: str) -> Spoil:
    def spoil(response: etree._Element) -> None:
        for element in list(response.iterfind(path)):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return spoil


def put(path: str, name: str, value: str | None) -> Spoil:
    def spoil(response: etree._Element) -> None:
        element = response if path == "." else response.find(path)
        assert element is not None
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    return spoil


def text(path: str, value: str) -> Spoil:
    def spoil(response: etree._Element) -> None:
        element = response.find(path)
        assert element is not None
        element.text = value

    return spoil


A = names.ASSERTION
CONFIRMATION = f"{A}/{names.SUBJECT}/{names.SUBJECT_CONFIRMATION}"
DATA = f"{CONFIRMATION}/{names.SUBJECT_CONFIRMATION_DATA}"
CONDITIONS = f"{A}/{names.CONDITIONS}"
STATEMENT = f"{A}/{names.AUTHN_STATEMENT}"
LATER = "2026-11-24T20:00:00Z"
PAST = "2026-11-24T05:00:00Z"

CASES: dict[str, tuple[Spoil, str]] = {
    "response-version-1-1": (put(".", "Version", "1.1"), "another version"),
    "assertion-version-missing": (put(A, "Version", None), "another version"),
    "assertion-id-missing": (put(A, "ID", None), "without its id"),
    "status-missing": (remove(names.STATUS), "not exactly one Status"),
    "status-responder": (
        put(f"{names.STATUS}/{names.STATUS_CODE}", "Value", "urn:x:Success"),
        "status other than Success",
    ),
    "destination-missing": (put(".", "Destination", None), "Destination"),
    "destination-longer": (put(".", "Destination", ACS + "/"), "Destination"),
    "response-in-response-to-missing": (put(".", "InResponseTo", None), "another request"),
    "status-qualified": (
        lambda r: etree.SubElement(
            next(r.iterfind(f"{names.STATUS}/{names.STATUS_CODE}")), names.STATUS_CODE, Value="x"
        ),
        "that is qualified",
    ),
    "response-issuer-missing": (remove(names.ISSUER), "not exactly one Issuer"),
    "response-issuer-other": (text(names.ISSUER, HUB + "/"), "issued by another"),
    "response-issuer-with-space": (text(names.ISSUER, HUB + " "), "issued by another"),
    "assertion-issuer-missing": (remove(f"{A}/{names.ISSUER}"), "not exactly one Issuer"),
    "assertion-issuer-other": (text(f"{A}/{names.ISSUER}", "x"), "issued by another"),
    "issuer-of-another-format": (put(f"{A}/{names.ISSUER}", "Format", "x"), "no entity"),
    "issue-instant-missing": (put(A, "IssueInstant", None), "IssueInstant is no time in UTC"),
    "issue-instant-local": (
        put(A, "IssueInstant", "2026-11-24T06:00:00"),
        "IssueInstant is no time in UTC",
    ),
    "issue-instant-junk": (put(".", "IssueInstant", "yesterday"), "is no time in UTC"),
    "conditions-missing": (remove(CONDITIONS), "not exactly one Conditions"),
    "not-before-missing": (put(CONDITIONS, "NotBefore", None), "NotBefore is no time in UTC"),
    "not-before-later": (put(CONDITIONS, "NotBefore", LATER), "not valid yet"),
    "conditions-end-missing": (put(CONDITIONS, "NotOnOrAfter", None), "is no time in UTC"),
    "conditions-end-past": (put(CONDITIONS, "NotOnOrAfter", PAST), "has passed"),
    "conditions-end-far": (put(CONDITIONS, "NotOnOrAfter", LATER), "beyond all measure"),
    "condition-unknown": (
        lambda r: etree.SubElement(next(r.iterfind(CONDITIONS)), f"{{{names.SAML}}}Condition"),
        "a condition that is not known",
    ),
    "audience-restriction-missing": (
        remove(f"{CONDITIONS}/{names.AUDIENCE_RESTRICTION}"),
        "no audience restriction",
    ),
    "audience-missing": (
        remove(f"{CONDITIONS}/{names.AUDIENCE_RESTRICTION}/{names.AUDIENCE}"),
        "another audience",
    ),
    "audience-longer": (
        text(f"{CONDITIONS}/{names.AUDIENCE_RESTRICTION}/{names.AUDIENCE}", ENTITY_ID + "/x"),
        "another audience",
    ),
    "subject-missing": (remove(f"{A}/{names.SUBJECT}"), "not exactly one Subject"),
    "confirmation-missing": (remove(CONFIRMATION), "no subject confirmation"),
    "confirmation-holder-of-key": (put(CONFIRMATION, "Method", "x"), "not bearer"),
    "confirmation-data-missing": (remove(DATA), "not exactly one SubjectConfirmationData"),
    "recipient-missing": (put(DATA, "Recipient", None), "Recipient"),
    "recipient-longer": (put(DATA, "Recipient", ACS + "?x"), "Recipient"),
    "in-response-to-missing": (put(DATA, "InResponseTo", None), "answers another request"),
    "in-response-to-other": (put(DATA, "InResponseTo", "_other"), "answers another request"),
    "bearer-with-not-before": (put(DATA, "NotBefore", PAST), "with NotBefore"),
    "confirmation-end-missing": (put(DATA, "NotOnOrAfter", None), "is no time in UTC"),
    "confirmation-end-past": (put(DATA, "NotOnOrAfter", PAST), "has passed"),
    "confirmation-end-far": (put(DATA, "NotOnOrAfter", LATER), "beyond all measure"),
    "authn-statement-missing": (remove(STATEMENT), "no authentication statement"),
    "authn-instant-missing": (put(STATEMENT, "AuthnInstant", None), "is no time in UTC"),
    "session-end-past": (put(STATEMENT, "SessionNotOnOrAfter", PAST), "has passed"),
}


@pytest.mark.parametrize("case", CASES)
def test_one_thing_wrong_is_refused_for_that_thing(case: str) -> None:
    """Each spoiled response is refused, and by the check that is there for it."""
    spoil, reason = CASES[case]
    given = verified()
    policy.enforce(given, EXPECTED, NOW)
    spoil(given.response)
    assert reason in refusal(given)


def test_a_second_audience_restriction_must_name_us_too() -> None:
    """Restrictions add up: each must be met (SAML Core 2.5.1.4)."""
    given = verified()
    conditions = given.response.find(CONDITIONS)
    assert conditions is not None
    restriction = etree.SubElement(conditions, names.AUDIENCE_RESTRICTION)
    etree.SubElement(restriction, names.AUDIENCE).text = "https://another.example"
    assert "another audience" in refusal(given)


def test_a_second_confirmation_must_hold_too() -> None:
    """A wrong confirmation beside a right one is no reason to choose the right one."""
    given = verified()
    subject = given.assertion.find(names.SUBJECT)
    assert subject is not None
    etree.SubElement(subject, names.SUBJECT_CONFIRMATION, Method="urn:x")
    assert "not bearer" in refusal(given)


def test_a_comment_outside_the_assertion_is_read_past() -> None:
    """The issuer of the Response is all of its text, wherever a comment stands in it."""
    given = verified()
    issuer = given.response.find(names.ISSUER)
    assert issuer is not None
    issuer.text = None
    issuer.extend([etree.Comment("a"), etree.ProcessingInstruction("b")])
    issuer[0].tail, issuer[1].tail = HUB[:9], HUB[9:]
    policy.enforce(given, EXPECTED, NOW)


@pytest.mark.parametrize(
    ("moved", "code"),
    [(-61, "response-expired"), (-60, ""), (359, ""), (360, "response-expired")],
)
def test_the_skew_is_sixty_seconds_both_ways(moved: int, code: str) -> None:
    """A minute before its issue and a minute after its end, to the second."""
    if code:
        assert refusal(verified(), NOW + moved).startswith(code)
    else:
        policy.enforce(verified(), EXPECTED, NOW + moved)


def test_an_old_issue_is_refused_whatever_the_conditions_say() -> None:
    """An assertion of half an hour ago with an end in the future is none of the hub's."""
    old = replace(OPTIONS, issue_instant=NOW - 1800, not_on_or_after=NOW + 60)
    assert "too long ago" in refusal(verified(old))


def test_a_schools_own_clock_may_be_wrong() -> None:
    """AuthnInstant is the source's, copied by the hub: ahead by hours it keeps nobody out."""
    given = verified()
    put(STATEMENT, "AuthnInstant", LATER)(given.response)
    policy.enforce(given, EXPECTED, NOW)


def test_a_comment_does_not_cut_an_issuer() -> None:
    """Text that a comment splits is read to its end, and an element in it is refused."""
    given = verified()
    issuer = given.assertion.find(names.ISSUER)
    assert issuer is not None
    issuer.append(etree.Comment("x"))
    issuer[0].tail = "/more"
    assert "issued by another" in refusal(given)
    etree.SubElement(issuer, "x")
    assert "where text belongs" in refusal(given)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"not_on_or_after": NOW + 900}, ""),
        ({"not_on_or_after": NOW + 901}, "beyond all measure"),
        ({"issue_instant": NOW - 959, "not_on_or_after": NOW - 59}, ""),
        ({"issue_instant": NOW - 960, "not_on_or_after": NOW - 60}, "too long ago"),
        ({"not_before": NOW + 60}, ""),
        ({"not_before": NOW + 61}, "not valid yet"),
        ({"confirmation_not_on_or_after": NOW + 900}, ""),
        ({"confirmation_not_on_or_after": NOW + 901}, "beyond all measure"),
    ],
)
def test_every_time_has_its_very_second(changes: dict[str, float], reason: str) -> None:
    """A quarter of an hour of life and a minute of skew: on the second itself it still holds."""
    given = verified(replace(OPTIONS, **changes))  # type: ignore[arg-type]  # all are times
    if reason:
        assert reason in refusal(given)
    else:
        policy.enforce(given, EXPECTED, NOW)


@pytest.mark.parametrize("path", [".", A])
def test_response_and_assertion_each_say_when_they_were_issued(path: str) -> None:
    """Neither may be of tomorrow, whatever the other says."""
    given = verified()
    put(path, "IssueInstant", LATER)(given.response)
    assert "issued in the future" in refusal(given)


@pytest.mark.parametrize("path", [".", A])
def test_neither_id_may_be_missing(path: str) -> None:
    """What has no id could not be consumed, nor signed."""
    given = verified()
    put(path, "ID", None)(given.response)
    assert "without its id" in refusal(given)


@pytest.mark.parametrize(
    ("fraction", "legal"),
    [(".1", True), (".123456789", True), (".", False), (".1234567890", False), (",1", False)],
)
def test_a_time_has_at_most_nine_digits_behind_its_point(fraction: str, *, legal: bool) -> None:
    """As precise as any hub is; no second reading of it."""
    given = verified()
    put(STATEMENT, "AuthnInstant", f"2026-11-24T06:00:00{fraction}Z")(given.response)
    if legal:
        policy.enforce(given, EXPECTED, NOW)
    else:
        assert "AuthnInstant is no time" in refusal(given)


@pytest.mark.parametrize("tag", [names.ONE_TIME_USE, names.PROXY_RESTRICTION])
def test_conditions_that_we_meet_anyway_are_known(tag: str) -> None:
    """We use a response once, and pass nothing on."""
    given = verified()
    conditions = given.response.find(CONDITIONS)
    assert conditions is not None
    etree.SubElement(conditions, tag)
    policy.enforce(given, EXPECTED, NOW)


def test_an_empty_issuer_is_another_issuer() -> None:
    """An element without any text is refused like any other, not by accident."""
    given = verified()
    text(f"{A}/{names.ISSUER}", "")(given.response)
    assert "issued by another" in refusal(given)


def test_a_comment_at_the_end_of_the_responses_issuer_changes_nothing() -> None:
    """Where a comment is legal, what stands around it is the text."""
    given = verified()
    issuer = given.response.find(names.ISSUER)
    assert issuer is not None
    issuer.append(etree.Comment("x"))
    policy.enforce(given, EXPECTED, NOW)


@pytest.mark.parametrize("ahead", [-5, 0, 7])
def test_the_hubs_clock_is_compared(ahead: int) -> None:
    """For support: by how many seconds the hub seems ahead."""
    given = verified(replace(OPTIONS, issue_instant=NOW + ahead))
    assert policy.clock_difference(given.response, NOW) == ahead


def test_a_day_that_no_calendar_has_is_no_time() -> None:
    """Its form alone does not make it one."""
    given = verified()
    put(STATEMENT, "AuthnInstant", "2026-02-30T06:00:00Z")(given.response)
    assert "AuthnInstant is no time" in refusal(given)
