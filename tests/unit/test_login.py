"""The whole login, from the click to the session, with what the hub says changed in one place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kit.world import (
    ACS,
    AUTHORITY,
    ENTITY_ID,
    HUB,
    PAIR,
    PETTEFLAT,
    PUBLIC,
    PUPIL,
    REALM,
    SSO_URL,
    Browser,
    World,
    attributes,
    hub_key,
    parameters,
)
from numo_local.hub.response import build_response
from numo_sso.outcomes import CATALOGUE, Refused, Stage
from numo_sso.schools import AcceptedPair, PairMode
from numo_sso.sessions import digest_of

SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser() -> Browser:
    return Browser()


class TestStart:
    def test_it_sends_a_signed_request_to_the_hub(self, world: World, browser: Browser) -> None:
        """A 302 to the SSO URL of the metadata, with a request that says who asks and where to."""
        started = world.start(browser)
        assert started.response.status == 302
        assert started.location.startswith(SSO_URL + "?SAMLRequest=")
        request = started.request
        assert request.get("Destination") == SSO_URL
        assert request.get("AssertionConsumerServiceURL") == ACS
        assert request.findtext(f"{SAML}Issuer") == ENTITY_ID
        assert request.get("ForceAuthn") is None
        assert request.find(f"{SAMLP}Scoping") is None
        assert set(started.query) == {"SAMLRequest", "RelayState", "SigAlg", "Signature"}
        assert started.query["SigAlg"].endswith("#rsa-sha256")
        assert len(started.query["RelayState"].encode()) <= 80

    def test_each_click_is_a_flow_of_its_own(self, world: World, browser: Browser) -> None:
        """Two clicks share no request id, no relay state and no cookie."""
        first, second = world.start(browser), world.start(browser)
        assert first.request_id != second.request_id
        assert first.query["RelayState"] != second.query["RelayState"]
        assert len(browser.cookies) == 2

    def test_it_asks_the_hub_also_when_a_session_is_held(
        self, world: World, browser: Browser
    ) -> None:
        """On a shared computer the session may be the last pupil's: the hub always decides."""
        world.log_in(browser)
        assert world.start(browser).location.startswith(SSO_URL)

    def test_it_makes_no_call(self, world: World, browser: Browser) -> None:
        """Storage that refuses everything does not keep a start from working."""
        world.logins.fails = True
        world.roster = world.schools = None
        assert world.start(browser).response.status == 302

    @pytest.mark.parametrize(
        ("query", "provider"),
        [
            ("?school=petteflat", AUTHORITY),
            ("?brin=11zz", AUTHORITY),
            (f"?idp={AUTHORITY}", AUTHORITY),
            ("?school=unknown", None),
            ("?idp=https://evil.example", None),
            ("?school=&brin=&idp=", None),
        ],
    )
    def test_only_a_listed_provider_is_asked_for(
        self, world: World, browser: Browser, query: str, provider: str | None
    ) -> None:
        """A hint leads to a Scoping when the configuration lists its provider, and else to none."""
        entry = world.start(browser, query).request.find(
            f"{SAMLP}Scoping/{SAMLP}IDPList/{SAMLP}IDPEntry"
        )
        assert (None if entry is None else entry.get("ProviderID")) == provider

    def test_another_account_is_asked_for(self, world: World, browser: Browser) -> None:
        """``other=1`` makes the hub ask again who this is."""
        assert world.start(browser, "?other=1").request.get("ForceAuthn") == "true"

    def test_a_target_that_leaves_numo_is_refused(self, world: World, browser: Browser) -> None:
        """A page with a code, and no trip to the hub."""
        response = world.start(browser, "?target=https://evil.example/").response
        assert (response.status, world.outcome) == (400, "target-refused")
        assert browser.cookies == {}

    def test_two_session_cookies_count_for_none(self, world: World) -> None:
        """One of them may be planted by a neighbour: both are cleared, the login goes on."""

        class Tossed(Browser):
            def sends(self, *, cross_site_post: bool = False) -> tuple[tuple[str, str], ...]:
                planted = (("__Host-numo_session", "a"), ("__Host-numo_session", "b"))
                return super().sends(cross_site_post=cross_site_post) + planted

        response = world.start(Tossed()).response
        assert response.status == 302
        assert any(line.startswith("__Host-numo_session=;") for line in response.cookies)


class TestArrival:
    def test_a_pupil_lands_at_the_schools_entrance(self, world: World, browser: Browser) -> None:
        """303 to the entrance, with an opaque session cookie that only its hash is kept of."""
        response = world.log_in(browser)
        assert response.status == 303
        assert response.headers["location"] == "https://petteflat.numo.example/"
        line = response.cookies[0]
        assert line.startswith("__Host-numo_session=")
        assert set(line.split("; ")[1:]) == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"}
        value = browser.cookies["__Host-numo_session"]
        assert len(value) == 43
        session = world.sessions.kept[digest_of(value)]
        assert value not in repr(session)
        assert (session.persoonscode, session.role, session.brin) == ("140136", "pupil", "11ZZ")
        assert (session.given_name, session.surname) == ("Pietje", "van Puk")
        assert session.expires_at == world.now + 14_400

    def test_staff_stay_longer(self, world: World, browser: Browser) -> None:
        """A teacher, with both affiliations, gets the session length of staff."""
        world.log_in(
            browser,
            attributes=attributes(
                nlEduPersonRealId=["DocBon@petteflatcollege"],
                eduPersonAffiliation=["student", "employee"],
            ),
        )
        session = world.sessions.kept[digest_of(browser.cookies["__Host-numo_session"])]
        assert (session.role, session.expires_at) == ("teacher", world.now + 28_800)

    @pytest.mark.parametrize(
        ("query", "location"),
        [
            ("?target=/lesson/7%3Fpage%3D2", "https://petteflat.numo.example/lesson/7?page=2"),
            ("?target=https://app.numo.example/x", "https://app.numo.example/x"),
        ],
    )
    def test_a_deep_link_is_followed(
        self, world: World, browser: Browser, query: str, location: str
    ) -> None:
        """The target travels in the flow, not in RelayState."""
        assert world.log_in(browser, query).headers["location"] == location

    @pytest.mark.parametrize("relay_state", [None, "", "https://evil.example/", "x" * 5000])
    def test_relay_state_has_no_say(
        self, world: World, browser: Browser, relay_state: str | None
    ) -> None:
        """Absent, foreign or long: the flow is found by InResponseTo alone."""
        started = world.start(browser)
        response = world.post(browser, world.answer(started), relay_state)
        assert response.headers["location"] == "https://petteflat.numo.example/"

    def test_two_tabs_each_come_home(self, world: World, browser: Browser) -> None:
        """Two logins at once, answered in the other order, each reach their own target."""
        one, two = world.start(browser, "?target=/one"), world.start(browser, "?target=/two")
        second = world.post(browser, world.answer(two))
        first = world.post(browser, world.answer(one))
        assert second.headers["location"].endswith("/two")
        assert first.headers["location"].endswith("/one")

    @pytest.mark.parametrize(("signed", "both"), [(True, False), (True, True)])
    def test_either_signature_will_do(
        self, world: World, browser: Browser, *, signed: bool, both: bool
    ) -> None:
        """The assertion alone, or response and assertion both."""
        response = world.log_in(browser, sign_assertion=signed, sign_response=both)
        assert (response.status, world.outcome) == (303, "logged-in")

    @pytest.mark.parametrize("skew", [-59, -30, 0, 59, 290])
    def test_clocks_may_differ_a_minute(self, world: World, browser: Browser, skew: int) -> None:
        """59 s ahead or behind is no reason to refuse, nor is a slow trip within five minutes."""
        started = world.start(browser)
        document = world.answer(started)
        world.now += skew
        assert world.post(browser, document).status == 303

    def test_the_previous_pupils_session_ends(self, world: World, browser: Browser) -> None:
        """The login's own transaction ends the session that this browser held at its start."""
        world.log_in(browser)
        before = digest_of(browser.cookies["__Host-numo_session"])
        world.log_in(
            browser,
            attributes=attributes(
                nlEduPersonRealId=["docbon@petteflatcollege"], eduPersonAffiliation=["employee"]
            ),
        )
        after = digest_of(browser.cookies["__Host-numo_session"])
        assert before != after
        assert set(world.sessions.kept) == {after}

    def test_another_account_that_is_the_same_person_is_said_to_be(
        self, world: World, browser: Browser
    ) -> None:
        """The elo may answer for the same person again: a page says so, with the way on."""
        world.log_in(browser)
        response = world.log_in(browser, "?other=1&target=/lesson")
        assert (response.status, world.outcome) == (200, "same-person")
        assert "https://petteflat.numo.example/lesson" in response.body
        assert digest_of(browser.cookies["__Host-numo_session"]) in world.sessions.kept

    def test_another_account_that_is_another_person_goes_on(
        self, world: World, browser: Browser
    ) -> None:
        """When somebody else comes back there is nothing to say."""
        world.log_in(browser)
        changed = attributes(
            nlEduPersonRealId=["docbon@petteflatcollege"], eduPersonAffiliation=["employee"]
        )
        assert world.log_in(browser, "?other=1", attributes=changed).status == 303

    def test_the_trace_tells_the_login_without_the_person(
        self, world: World, browser: Browser
    ) -> None:
        """School, authority, realm and the attributes' names; no code, no name, no value."""
        started = world.start(browser, headers={"referer": "https://petteflat.magister.net/x?id=1"})
        world.post(browser, world.answer(started))
        trace = world.logins.traces[world.reference]
        assert (trace.outcome, trace.entrance, trace.brin) == ("logged-in", "petteflat", "11ZZ")
        assert (trace.authority, trace.realm) == (AUTHORITY, "petteflatcollege")
        assert trace.elo_host == "petteflat.magister.net"
        assert "nlEduPersonRealId" in trace.attributes
        everything = repr(trace) + repr(world.telemetry.journals)
        for personal in ("140136", "Pietje", "Puk", "9f86d081"):
            assert personal not in everything

    def test_a_new_pair_is_learned_once(self, world: World, browser: Browser) -> None:
        """A school that learns gets the pair beside the trace, and the alarm metric counts it."""
        world.schools.by_brin["11ZZ"] = (PETTEFLAT._replace(accepted=frozenset()),)
        world.log_in(browser)
        assert world.logins.endings[-1].new_pair == PAIR
        assert world.telemetry.journals[-1].new_pair
        world.schools.by_brin["11ZZ"] = (PETTEFLAT,)
        world.log_in(browser)
        assert world.logins.endings[-1].new_pair is None
        assert not world.telemetry.journals[-1].new_pair

    def test_a_refused_login_teaches_nothing(self, world: World, browser: Browser) -> None:
        """Only a good login shows that a pair belongs to a school."""
        world.schools.by_brin["11ZZ"] = (PETTEFLAT._replace(accepted=frozenset()),)
        world.log_in(browser, attributes=attributes(nlEduPersonRealId=["nobody@petteflatcollege"]))
        assert world.logins.endings[-1].new_pair is None
        assert world.telemetry.journals[-1].new_pair  # the alarm does not wait for a success

    def test_what_login_does_not_read_keeps_nobody_out(
        self, world: World, browser: Browser
    ) -> None:
        """A coordinator of forty classes, odd affiliations, long values elsewhere: all welcome."""
        changed = attributes(
            nlEduPersonUnit=[f"class {number}" for number in range(40)],
            eduPersonAffiliation=["student", "", "x" * 300, "\u202eodd"],
            eduPersonEntitlement=["x" * 2000],
        )
        assert world.log_in(browser, attributes=changed).status == 303
        assert world.logins.traces[world.reference].affiliations == {"student"}


BEFORE: list[tuple[str, dict[str, Any]]] = [
    ("response-refused", {"issuer": "https://evil.example"}),
    ("response-refused", {"audience": "https://another.example"}),
    ("response-refused", {"audience": ""}),
    ("response-refused", {"recipient": ACS + "/x", "destination": ACS}),
    ("response-refused", {"destination": ACS + "/x"}),
    ("response-refused", {"destination": ""}),
    ("response-untrusted", {"sign_assertion": False}),
    ("response-untrusted", {"sign_assertion": False, "sign_response": True}),
    ("response-expired", {"issue_instant": -361}),
    ("response-expired", {"issue_instant": +62}),
    ("response-refused", {"not_on_or_after": +1200}),
    ("hub-refused", {"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}),
]


class TestUnverified:
    @pytest.mark.parametrize(("code", "changes"), BEFORE)
    def test_a_response_that_does_not_hold(
        self, world: World, browser: Browser, code: str, changes: dict[str, Any]
    ) -> None:
        """Each is refused for its own reason, and none opens a session or is consumed."""
        started = world.start(browser)
        for name in ("issue_instant", "not_on_or_after"):
            if name in changes:
                changes = {**changes, name: world.now + changes[name]}
        response = world.post(browser, world.answer(started, **changes))
        assert world.outcome == code, world.detail
        assert response.status == 400
        assert world.sessions.kept == {}
        assert world.logins.endings == []

    def test_all_failures_show_one_page(self, world: World, browser: Browser) -> None:
        """Whatever it was, the page differs in its reference only: it is no oracle."""
        pages = set()
        for _, changes in BEFORE[:3]:
            response = world.post(browser, world.answer(world.start(browser), **changes))
            pages.add(response.body.replace(world.reference, ""))
        assert len(pages) == 1
        assert "NS-100" in pages.pop()

    def test_its_reference_finds_a_trace(self, world: World, browser: Browser) -> None:
        """With a flow of this browser the reference is kept, with the check that refused."""
        started = world.start(browser)
        response = world.post(browser, world.answer(started, audience="https://another.example"))
        assert world.reference in response.body
        trace = world.logins.traces[world.reference]
        assert trace.detail
        assert trace.started_at == world.now

    def test_junk_buys_no_write(self, world: World) -> None:
        """Without a flow cookie of ours nothing is written, whatever is posted."""
        world.post(Browser(), b"<junk/>")
        world.post(Browser(), world.answer(world.start(Browser())))
        assert world.logins.traces == {}
        assert world.outcome == "flow-missing"

    def test_a_flow_is_held_to_its_own_budget(self, world: World, browser: Browser) -> None:
        """Whatever other flows the browser holds: ten posts that fail, and it is not examined."""
        started = world.start(browser)
        world.start(browser)
        document = world.answer(started, audience="https://another.example")
        for _ in range(10):
            world.post(browser, document)
            assert world.outcome == "response-refused"
        assert world.post(browser, document).status == 429
        assert world.outcome == "too-many-failures"

    def test_a_replay_is_charged_too(self, world: World, browser: Browser) -> None:
        """Each costs a transaction that fails: ten of them, and no more."""
        document = world.answer(world.start(browser))
        world.start(browser)
        world.post(browser, document)
        for _ in range(10):
            world.post(browser, document)
            assert world.outcome == "already-used"
        world.post(browser, document)
        assert world.outcome == "too-many-failures"

    def test_another_pages_junk_uses_up_no_login(self, world: World, browser: Browser) -> None:
        """Any page can have a browser post to us: that must not turn its own login away."""
        started = world.start(browser)
        for _ in range(50):
            world.post(browser, b"<junk/>")
        assert world.post(browser, world.answer(started)).status == 303

    def test_another_browsers_response_is_refused(self, world: World, browser: Browser) -> None:
        """A response to a start elsewhere, posted here by a trick, logs nobody in."""
        attackers = world.start(Browser())
        world.start(browser)
        response = world.post(browser, world.answer(attackers))
        assert (response.status, world.outcome) == (400, "flow-missing")

    def test_a_slow_login_is_over(self, world: World, browser: Browser) -> None:
        """After ten minutes the flow has expired, although the response itself is fresh."""
        started = world.start(browser)
        world.now += 600
        world.post(browser, world.answer(started))
        assert world.outcome == "flow-expired"

    def test_another_key_is_not_trusted(self, world: World, browser: Browser) -> None:
        """A response signed with a key that the metadata does not name, its certificate shown."""
        started = world.start(browser)
        world.post(browser, build_response(world.options(started), hub_key("attacker")))
        assert world.outcome == "response-untrusted"

    def test_a_second_certificate_of_the_metadata_is(self, browser: Browser) -> None:
        """While the hub rolls over, responses of either key are good."""
        both = [
            {"certificate": hub_key(name).certificate, "not_before": 0, "not_after": 4e9}
            for name in ("hub", "next")
        ]
        world = World(
            parameters=parameters(idp={"entity_id": HUB, "sso_url": SSO_URL, "certificates": both})
        )
        for name in ("hub", "next"):
            started = world.start(browser)
            response = world.post(browser, build_response(world.options(started), hub_key(name)))
            assert response.status == 303

    def test_an_expired_certificate_is_not(self, browser: Browser) -> None:
        """A certificate whose time is over verifies nothing, also while it is in the metadata."""
        world = World()
        old = {"certificate": hub_key().certificate, "not_before": 0, "not_after": world.now + 100}
        other = {"certificate": hub_key("next").certificate, "not_before": 0, "not_after": 4e9}
        world.parameters = parameters(
            idp={"entity_id": HUB, "sso_url": SSO_URL, "certificates": [old, other]}
        )
        assert world.log_in(browser).status == 303
        world.now += 100
        assert world.log_in(browser).status == 400
        assert world.outcome == "response-untrusted"

    def test_a_changed_signed_value_is_noticed(self, world: World, browser: Browser) -> None:
        """One changed digit in the RealId, and nobody comes in."""
        document = world.answer(world.start(browser)).replace(b"140136@", b"140137@")
        world.post(browser, document)
        assert world.outcome == "response-untrusted"

    def test_when_no_trace_can_be_written_the_log_says_so(
        self, world: World, browser: Browser
    ) -> None:
        """A refusal stays the refusal that it was, although storage is down."""
        started = world.start(browser)
        world.logins.fails = True
        world.post(browser, world.answer(started, audience="https://another.example"))
        assert world.outcome == "response-refused"
        assert world.telemetry.journals[-1].untraced


AFTER: list[tuple[str, dict[str, list[str] | None]]] = [
    ("brin-missing", {"nlEduPersonHomeOrganizationId": None}),
    ("identity-refused", {"nlEduPersonHomeOrganizationId": ["ZZ11"]}),
    ("identity-refused", {"nlEduPersonHomeOrganizationId": ["11ZZ", "22ZZ"]}),
    ("identity-refused", {"nlEduPersonHomeOrganizationBranchId": [""]}),
    ("identity-refused", {"nlEduPersonHomeOrganizationBranchId": ["22YY01"]}),
    ("realid-missing", {"nlEduPersonRealId": None}),
    ("identity-refused", {"nlEduPersonRealId": ["140136 @petteflatcollege"]}),
    ("identity-refused", {"nlEduPersonRealId": ["140136@\u00a0petteflatcollege"]}),
    ("identity-refused", {"nlEduPersonHomeOrganizationId": ["11\u017fS"]}),
    ("identity-refused", {"nlEduPersonHomeOrganizationId": ["11Z\u212a"]}),
    ("identity-refused", {"nlEduPersonRealId": ["mic\u212a@petteflatcollege"]}),
    ("identity-refused", {"nlEduPersonRealId": ["140136"]}),
    ("identity-refused", {"nlEduPersonRealId": ["@petteflatcollege"]}),
    ("identity-refused", {"nlEduPersonRealId": ["140136@"]}),
    ("identity-refused", {"nlEduPersonRealId": ["140136@x", "140137@x"]}),
    ("identity-refused", {"nlEduPersonRealId": ["\u202e631041@x"]}),
    ("identity-refused", {"nlEduPersonRealId": ["1" * 300 + "@x"]}),
    ("brin-unknown", {"nlEduPersonHomeOrganizationId": ["99XX"]}),
    ("school-not-active", {"nlEduPersonHomeOrganizationId": ["22YY"]}),
    ("user-unknown", {"nlEduPersonRealId": ["0140136@petteflatcollege"]}),
    ("role-differs", {"nlEduPersonRealId": ["docbon@petteflatcollege"]}),
]


class TestVerified:
    @pytest.mark.parametrize(("code", "changes"), AFTER)
    def test_a_person_who_cannot_come_in(
        self, world: World, browser: Browser, code: str, changes: dict[str, list[str] | None]
    ) -> None:
        """Each has its own page, with a reference to a trace, and the response is consumed."""
        world.schools.by_brin["22YY"] = ()
        started = world.start(browser)
        document = world.answer(started, attributes=attributes(**changes))
        response = world.post(browser, document)
        outcome = CATALOGUE[code]
        assert (response.status, world.outcome) == (outcome.status, code)
        assert outcome.number in response.body
        assert world.reference in response.body
        assert world.logins.traces[world.reference].outcome == code
        assert "__Host-numo_session" not in browser.cookies
        again = world.post(browser, document)
        assert again.headers["location"].startswith(f"{PUBLIC}/v1/sso/continue?flow=")

    def test_the_previous_pupils_session_ends_also_when_the_next_is_refused(
        self, world: World, browser: Browser
    ) -> None:
        """Else the refused pupil's page would link to an entrance that opens as somebody else."""
        world.log_in(browser)
        world.log_in(browser, attributes=attributes(nlEduPersonRealId=["nobody@petteflatcollege"]))
        assert world.outcome == "user-unknown"
        assert world.sessions.kept == {}
        assert "__Host-numo_session" not in browser.cookies

    def test_a_last_at_sign_splits(self, world: World, browser: Browser) -> None:
        """A user id may hold an @ itself: the realm is behind the last one."""
        key = ("petteflat", "persoonscode", "a@b")
        world.roster.users[key] = PUPIL._replace(persoonscode="a@b")
        changed = attributes(nlEduPersonRealId=["A@B@petteflatcollege"])
        assert world.log_in(browser, attributes=changed).status == 303

    def test_the_branch_goes_before_the_school(self, world: World, browser: Browser) -> None:
        """A branch of six characters is preferred to the school's four."""
        branch = PETTEFLAT._replace(entrance="branch")
        world.schools.by_brin["11ZZ03"] = (branch,)
        world.roster.users["branch", "persoonscode", "140136"] = PUPIL._replace(entrance="branch")
        changed = attributes(nlEduPersonHomeOrganizationBranchId=["11zz03"])
        response = world.log_in(browser, attributes=changed)
        assert response.headers["location"] == "https://branch.numo.example/"

    @pytest.mark.parametrize("mode", list(PairMode))
    def test_an_authority_that_does_not_speak_for_the_school(
        self, world: World, browser: Browser, mode: PairMode
    ) -> None:
        """Another school's identity provider, with this school's BRIN and a known code."""
        world.schools.by_brin["11ZZ"] = (PETTEFLAT._replace(pair_mode=mode),)
        world.log_in(browser, authenticating_authority=["https://other.example/idp"])
        assert world.outcome == "idp-not-known-for-school"
        assert world.roster.asked == []
        waiting = world.logins.endings[-1].new_pair
        assert waiting == AcceptedPair("https://other.example/idp", REALM)
        assert world.telemetry.journals[-1].new_pair

    @pytest.mark.parametrize("code", ["140136", "nobody"])
    def test_a_stranger_does_not_learn_whose_brin_it_is(
        self, world: World, browser: Browser, code: str
    ) -> None:
        """A provider that is not known to speak for a school is not told its name either."""
        world.schools.by_brin["11ZZ"] = (
            PETTEFLAT._replace(accepted=frozenset({AcceptedPair("https://x", "y")})),
        )
        changed = attributes(nlEduPersonRealId=[f"{code}@petteflatcollege"])
        response = world.log_in(browser, attributes=changed)
        assert world.outcome == "idp-not-known-for-school"
        assert "petteflat" not in response.body.lower()
        assert world.logins.traces[world.reference].entrance == "petteflat"

    def test_another_entrance_is_never_named(self, world: World, browser: Browser) -> None:
        """A user of the other entrance learns that it is another one, not which."""
        other = PETTEFLAT._replace(
            entrance="geheim",
            name="Geheim Lyceum",
            accepted=frozenset({AcceptedPair("https://x", "y")}),
        )
        world.schools.by_brin["11ZZ"] = (PETTEFLAT, other)
        world.roster.users = {
            ("geheim", "persoonscode", "140136"): PUPIL._replace(entrance="geheim")
        }
        response = world.log_in(browser)
        assert world.outcome == "user-elsewhere"
        assert "geheim" not in response.body.lower()

    def test_storage_that_fails_asks_to_try_again(self, world: World, browser: Browser) -> None:
        """503 with Retry-After and a reference; the same response may then still be used."""
        document = world.answer(world.start(browser))
        world.logins.fails = True
        response = world.post(browser, document)
        assert (response.status, world.outcome) == (503, "storage-failed")
        assert response.headers["retry-after"]
        assert world.telemetry.journals[-1].untraced
        assert world.reference in response.body
        world.logins.fails = False
        assert world.post(browser, document).status == 303


class TestFaults:
    def test_a_fault_after_verification_leaves_a_trace(self, browser: Browser) -> None:
        """A roster that fails, a bug: the reference on the page is found all the same."""

        class Failing:
            def __init__(self, error: Exception) -> None:
                self.error = error

            def find(self, *_: object) -> None:
                raise self.error

        faults: list[tuple[Exception, str]] = [
            (Refused("storage-failed", "down"), "storage-failed"),
            (ValueError("secret"), "unexpected"),
        ]
        for error, code in faults:
            world = World(roster=Failing(error))
            world.log_in(browser)
            assert world.logins.traces[world.reference].outcome == code


class TestContinue:
    def continues(self, world: World, browser: Browser, document: bytes) -> Any:
        response = world.post(browser, document)
        assert response.status == 303
        path = response.headers["location"].removeprefix(PUBLIC)
        return world.request("GET", path, browser)

    def test_a_double_submit_goes_on_with_its_session(self, world: World, browser: Browser) -> None:
        """The second post opens nothing; the same-site way sees the first one's session."""
        document = world.answer(world.start(browser, "?target=/lesson"))
        world.post(browser, document)
        response = self.continues(world, browser, document)
        assert response.headers["location"] == "https://petteflat.numo.example/lesson"
        assert len(world.sessions.kept) == 1

    def test_a_browser_that_lost_its_session_sees_that_the_response_is_used(
        self, world: World, browser: Browser
    ) -> None:
        """After a log-out, say: no session comes from a used response."""
        document = world.answer(world.start(browser))
        world.post(browser, document)
        browser.cookies.pop("__Host-numo_session")
        response = self.continues(world, browser, document)
        assert (response.status, world.outcome) == (409, "already-used")
        assert "NS-202" in response.body

    def test_another_persons_session_does_not_carry_it(
        self, world: World, browser: Browser
    ) -> None:
        """B's first reply was lost and A logged in meanwhile: B does not land in Numo as A."""
        document = world.answer(world.start(browser))
        world.post(browser, document)
        changed = attributes(
            nlEduPersonRealId=["docbon@petteflatcollege"], eduPersonAffiliation=["employee"]
        )
        world.log_in(browser, attributes=changed)
        response = self.continues(world, browser, document)
        assert (response.status, world.outcome) == (409, "already-used")

    def test_a_flow_that_was_never_answered_leaves_a_trace(
        self, world: World, browser: Browser
    ) -> None:
        """Somebody who bookmarked the middle of a login gets a reference that support finds."""
        started = world.start(browser)
        world.request("GET", f"/v1/sso/continue?flow={started.request_id}", browser)
        assert world.logins.traces[world.reference].outcome == "already-used"

    def test_asking_on_and_on_reads_nothing_more(self, world: World, browser: Browser) -> None:
        """A flow costs nothing to get, so what it may ask of storage has an end."""
        started = world.start(browser)
        ask = f"/v1/sso/continue?flow={started.request_id}"
        for _ in range(10):
            assert world.request("GET", ask, browser).status == 409
        world.logins.fails = True  # whoever asked it would see another page
        assert world.request("GET", ask, browser).status == 429
        assert world.outcome == "too-many-failures"

    def test_a_refusal_is_shown_again_with_its_own_reference(
        self, world: World, browser: Browser
    ) -> None:
        """A double submit of a login that failed says what failed, under the first reference."""
        changed = attributes(nlEduPersonRealId=["nobody@petteflatcollege"])
        document = world.answer(world.start(browser), attributes=changed)
        world.post(browser, document)
        reference = world.reference
        response = self.continues(world, browser, document)
        assert (response.status, world.outcome) == (403, "user-unknown")
        assert reference in response.body

    def test_a_stranger_learns_nothing_of_a_flow(self, world: World, browser: Browser) -> None:
        """Without the flow's cookie a request id says nothing, be it known or not."""
        started = world.start(browser)
        world.post(browser, world.answer(started, attributes=attributes(sn=["x"])))
        for flow in (started.request_id, "_unknown", ""):
            response = world.request("GET", f"/v1/sso/continue?flow={flow}")
            assert (response.status, world.outcome) == (409, "already-used")

    def test_an_assertion_is_good_for_one_request_only(
        self, world: World, browser: Browser
    ) -> None:
        """The same assertion under another request of the same browser is a replay: a page."""
        world.log_in(browser, assertion_id="_same")
        response = world.log_in(browser, assertion_id="_same")
        assert (response.status, world.outcome) == (409, "already-used")
        assert world.logins.traces[world.reference].detail


def test_before_verification_every_failure_has_one_number() -> None:
    """The catalogue itself keeps the promise of one page."""
    numbers = {each.number for each in CATALOGUE.values() if each.stage is Stage.BEFORE}
    assert len(numbers) == 1


def test_a_page_is_not_for_keeping(world: World, browser: Browser) -> None:
    """No cache, no frame, no script but the copy button's, no index: on every page."""
    response = world.post(browser, b"junk")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert re.search(r"<meta[^>]*noindex", response.body)
    assert response.body.count("<script") == 1
