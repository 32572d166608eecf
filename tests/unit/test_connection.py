"""A test of the connection: it finds what a login would come to, and changes nothing."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kit.world import (
    AUTHORITY,
    PAIR,
    PETTEFLAT,
    PUBLIC,
    PUPIL,
    TEACHER,
    Browser,
    World,
    attributes,
)
from numo_sso.flow import COOKIE_PREFIX
from numo_sso.outcomes import Refused
from numo_sso.schools import AcceptedPair, PairMode
from numo_sso.sessions import digest_of
from numo_sso.signing import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.http import Response

OTHER = PETTEFLAT._replace(
    entrance="other", name="Ander College", accepted=frozenset({AcceptedPair("x", "y")})
)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser() -> Browser:
    return Browser()


def start(world: World, browser: Browser, query: str = "") -> Any:
    return world.start(browser, f"/test{query}")


def try_out(world: World, browser: Browser, query: str = "", **changes: Any) -> Response:
    """A whole test, with what the hub says changed as asked."""
    started = start(world, browser, query)
    return world.post(browser, world.answer(started, **changes))


def schools(*listed: Any) -> Callable[[World], None]:
    def change(world: World) -> None:
        world.schools.by_brin = {"11ZZ": listed} if listed else {}

    return change


def users(**changes: Any) -> Callable[[World], None]:
    def change(world: World) -> None:
        world.roster.users = {
            ("petteflat", "persoonscode", "140136"): PUPIL._replace(**changes),
        }

    return change


def elsewhere(world: World) -> None:
    schools(PETTEFLAT, OTHER)(world)
    world.roster.users = {("other", "persoonscode", "140136"): PUPIL._replace(entrance="other")}


def shared(world: World) -> None:
    """Two entrances and a code at both, with names that agree at neither."""
    pairless = [each._replace(accepted=frozenset()) for each in (PETTEFLAT, OTHER)]
    schools(*pairless)(world)
    world.roster.users = {
        (name, "persoonscode", "140136"): TEACHER._replace(entrance=name)
        for name in ("petteflat", "other")
    }


CLOSED = PETTEFLAT._replace(active=False)
CASES: list[tuple[str, Callable[[World], None], dict[str, Any]]] = [
    ("logged-in", users(), {}),
    ("identity-refused", users(), {"nlEduPersonRealId": ["@petteflatcollege"]}),
    ("identity-refused", users(), {"nlEduPersonHomeOrganizationId": ["11ZZ", "22YY"]}),
    ("brin-missing", users(), {"nlEduPersonHomeOrganizationId": None}),
    ("realid-missing", users(), {"nlEduPersonRealId": None}),
    ("brin-unknown", schools(), {}),
    ("school-not-active", schools(CLOSED), {}),
    ("school-not-active", schools(CLOSED), {"nlEduPersonRealId": ["nobody@petteflatcollege"]}),
    ("school-not-active", schools(CLOSED), {"nlEduPersonRealId": ["140136@elsewhere"]}),
    ("school-not-active", schools(CLOSED, OTHER._replace(active=False)), {}),
    ("school-not-active", schools(CLOSED, OTHER), {}),
    ("idp-not-known-for-school", users(), {"nlEduPersonRealId": ["140136@elsewhere"]}),
    ("entrance-ambiguous", shared, {}),
    ("user-unknown", users(), {"nlEduPersonRealId": ["nobody@petteflatcollege"]}),
    ("user-unknown", shared, {"nlEduPersonRealId": ["nobody@petteflatcollege"]}),
    ("user-elsewhere", elsewhere, {}),
    ("user-disabled", users(active=False), {}),
    ("role-differs", users(role="teacher"), {}),
]


@pytest.mark.parametrize(("result", "change", "changes"), CASES)
def test_it_finds_what_a_login_comes_to(
    browser: Browser, result: str, change: Callable[[World], None], changes: dict[str, Any]
) -> None:
    """The same steps in the same order: the result is the outcome of the login after it."""
    world = World()
    change(world)
    response = try_out(world, browser, attributes=attributes(**changes))
    assert (response.status, world.outcome) == (200, "connection-tested")
    assert world.telemetry.journals[-1].result == result
    assert world.logins.traces[world.reference].result == result
    world.log_in(browser, attributes=attributes(**changes))
    assert world.outcome == result


class TestPage:
    def test_it_shows_what_came_and_what_was_found(self, world: World, browser: Browser) -> None:
        """Names and own values, BRIN, realm, school, whether it is open, the user and the rule."""
        page = try_out(world, browser).body
        for shown in (
            *("nlEduPersonRealId", "140136@petteflatcollege", "11ZZ", AUTHORITY),
            *("Petteflat College", "Staat aan", "persoonscode", "De verbinding werkt", "NS-203"),
        ):
            assert shown in page
        assert world.reference in page
        assert "/v1/sso/help" in page

    def test_before_the_activation_the_user_is_looked_for(
        self, world: World, browser: Browser
    ) -> None:
        """The step is the activation, and the administrator learns that the users are there."""
        schools(CLOSED)(world)
        page = try_out(world, browser).body
        assert "Staat nog niet aan" in page
        assert "Gevonden, gezocht op persoonscode." in page
        world.roster.users = {}
        page = try_out(world, browser).body
        assert "Numo kan jouw account niet vinden. Gezocht op persoonscode." in page

    def test_a_code_at_none_of_several_entrances(self, world: World, browser: Browser) -> None:
        """It was looked for at each, by the rule of each."""
        shared(world)
        changed = attributes(nlEduPersonRealId=["nobody@petteflatcollege"])
        page = try_out(world, browser, attributes=changed).body
        assert "Gezocht op persoonscode / IDGebr." in page

    def test_a_school_that_nobody_knows_can_test(self, world: World, browser: Browser) -> None:
        """All that came is shown, and that no school has this BRIN."""
        schools()(world)
        page = try_out(world, browser).body
        assert "Geen school in Numo heeft dit BRIN-nummer." in page
        assert "140136@petteflatcollege" in page

    @pytest.mark.parametrize(
        "brin", [["11ZZ", "22YY"], [""], ["no BRIN"]], ids=["twice", "empty", "strange"]
    )
    def test_what_a_login_refuses_to_read_is_shown(
        self, world: World, browser: Browser, brin: list[str]
    ) -> None:
        """That is what the administrator has to see to mend it."""
        changed = attributes(nlEduPersonHomeOrganizationId=brin)
        page = try_out(world, browser, attributes=changed).body
        assert all(value in page for value in brin)
        assert "De school is aan zet." in page

    def test_what_numo_needs_and_did_not_get_is_named(self, world: World, browser: Browser) -> None:
        """Attributes that are absent or empty; those that came are not among them."""
        changed = attributes(nlEduPersonRealId=None, sn=[" "])
        page = try_out(world, browser, attributes=changed).body
        (note,) = [line for line in page.splitlines() if "kwam niet mee:" in line]
        assert "nlEduPersonRealId" in note
        assert "<code>sn</code>" in note
        assert "givenName" not in note

    def test_values_are_text(self, world: World, browser: Browser) -> None:
        """Whatever stands in an attribute or its name."""
        evil = "<script>alert(1)</script>{{ 7 * 7 }}"
        page = try_out(world, browser, attributes={**attributes(sn=[evil]), evil: ["x"]}).body
        assert "<script>alert" not in page
        assert "{{ 7 * 7 }}" in page

    def test_a_flood_of_values_is_cut(self, world: World, browser: Browser) -> None:
        """Forty classes and a photograph leave a page that can be read."""
        many = {f"a{number}": ["v"] for number in range(80)}
        changed = attributes(nlEduPersonUnit=["x" * 5000] * 40) | many
        page = try_out(world, browser, attributes=changed).body
        assert page.count("x" * 199 + "…") == 2 * 20  # in two languages
        assert ">a79<" not in page

    def test_a_provider_that_does_not_speak_for_the_school_learns_nothing(
        self, world: World, browser: Browser
    ) -> None:
        """Neither whose BRIN it is nor whether somebody has this code, active or not."""
        for school in (PETTEFLAT, CLOSED):
            schools(school)(world)
            changed = attributes(nlEduPersonHomeOrganization=None)
            page = try_out(
                world, browser, attributes=changed, authenticating_authority=["https://x.example"]
            ).body
            assert "Petteflat" not in page
            assert "Niet gezocht" in page
        assert world.roster.asked == []

    @pytest.mark.parametrize("accepted", [PETTEFLAT.accepted, frozenset()])
    def test_nor_does_it_where_entrances_share_the_brin(
        self, world: World, accepted: frozenset[AcceptedPair]
    ) -> None:
        """A login says no more before the activation than that it is not done; nor does a test,
        but to whoever may speak for one of them."""
        schools(*(each._replace(accepted=accepted, active=False) for each in (PETTEFLAT, OTHER)))(
            world
        )
        shown = []
        for code in ("140136", "999999"):
            page = try_out(
                world,
                Browser(),
                attributes=attributes(nlEduPersonRealId=[f"{code}@petteflatcollege"]),
                authenticating_authority=["https://x.example"],
            ).body
            shown.append(page.replace(code, "CODE").replace(world.reference, "REFERENCE"))
        assert (shown[0] == shown[1]) is bool(accepted)

    @pytest.mark.parametrize(
        ("change", "authority", "told"),
        [
            ({"accepted": frozenset({PAIR})}, AUTHORITY, True),
            ({"accepted": frozenset(), "pair_mode": PairMode.ENFORCE}, AUTHORITY, False),
            ({"accepted": frozenset({PAIR}), "active": True}, "https://x.example", True),
        ],
        ids=["speaks", "nobody speaks by itself", "as a login"],
    )
    def test_who_hears_that_none_of_several_entrances_has_the_user(
        self, world: World, browser: Browser, change: dict[str, Any], authority: str, told: bool
    ) -> None:
        shared_brin = [each._replace(**{"active": False, **change}) for each in (PETTEFLAT, OTHER)]
        schools(*shared_brin)(world)
        nobody = attributes(nlEduPersonRealId=["999999@petteflatcollege"])
        page = try_out(world, browser, attributes=nobody, authenticating_authority=[authority]).body
        assert ("Numo kan jouw account niet vinden. Gezocht" in page) is told
        assert ("Staat nog niet aan" in page) is not shared_brin[0].active

    def test_it_is_kept_nowhere(self, world: World, browser: Browser) -> None:
        """No cache, no URL, no log, no trace: the values are on the page and on nothing else."""
        response = try_out(world, browser)
        assert "cache-control" not in response.headers  # the edge's no-store stays in force
        assert response.cookies == []
        kept = repr(world.logins.traces) + repr(world.telemetry.journals)
        for value in ("140136", "Pietje", "Puk", "9f86d081"):
            assert value not in kept

    def test_in_english(self, world: World, browser: Browser) -> None:
        """By Accept-Language, as every page."""
        document = world.answer(start(world, browser))
        page = world.post(browser, document, headers={"accept-language": "en"}).body
        assert '<html lang="en">' in page
        assert "The connection works" in page


class TestNothingChanges:
    def test_no_session_begins_and_none_ends(self, world: World, browser: Browser) -> None:
        """Whoever was logged in on this browser still is."""
        world.log_in(browser)
        held = browser.cookies["__Host-numo_session"]
        try_out(world, browser)
        assert browser.cookies["__Host-numo_session"] == held
        assert set(world.sessions.kept) == {digest_of(held)}

    def test_two_session_cookies_are_let_be(self, world: World) -> None:
        """A login's start clears them; a test touches no session."""

        class Tossed(Browser):
            def sends(self, *, cross_site_post: bool = False) -> tuple[tuple[str, str], ...]:
                planted = (("__Host-numo_session", "a"), ("__Host-numo_session", "b"))
                return super().sends(cross_site_post=cross_site_post) + planted

        lines = start(world, Tossed()).response.cookies
        assert [line for line in lines if "session" in line] == []

    @pytest.mark.parametrize("accepted", [frozenset(), frozenset({AcceptedPair("x", "y")})])
    def test_no_provider_is_learned_and_none_waits(
        self, world: World, browser: Browser, accepted: frozenset[AcceptedPair]
    ) -> None:
        """Anybody may test, so a test speaks for no school; the alarm hears of it all the same."""
        schools(PETTEFLAT._replace(accepted=accepted))(world)
        try_out(world, browser)
        assert world.logins.endings[-1].new_pair is None
        assert world.telemetry.journals[-1].new_pair

    def test_no_near_code_is_looked_for(self, world: World, browser: Browser) -> None:
        """A refused code is kept of logins, sealed; of a test nothing of the person is."""
        try_out(
            world, browser, attributes=attributes(nlEduPersonRealId=["140137@petteflatcollege"])
        )
        assert world.telemetry.journals[-1].result == "user-unknown"
        assert world.near_misses.asked == 0
        assert world.logins.traces[world.reference].user == ""

    def test_it_is_no_trip_of_a_login(self, world: World, browser: Browser) -> None:
        """Tests do not count among those who left at the hub, nor among the returned."""
        world.start(browser)
        try_out(world, browser)
        assert [each.trip for each in world.telemetry.journals][1:] == ["", ""]

    def test_its_start_asks_the_hub_as_a_login_does(self, world: World, browser: Browser) -> None:
        """With the same hints, and without a target."""
        started = start(world, browser, "?school=petteflat&other=1&target=https://evil.example/")
        assert started.response.status == 302
        assert started.request.get("ForceAuthn") == "true"
        assert AUTHORITY in str(started.request.xpath("string(//@ProviderID)"))
        assert world.outcome == "test-started"


class TestKinds:
    def test_each_response_answers_its_own_start(self, world: World, browser: Browser) -> None:
        """A login and a test in two tabs: neither response becomes the other's."""
        login, test = world.start(browser), start(world, browser)
        world.post(browser, world.answer(test))
        assert (world.outcome, world.sessions.kept) == ("connection-tested", {})
        assert world.post(browser, world.answer(login)).status == 303

    @pytest.mark.parametrize("query", ["", "/test"])
    def test_the_cookie_tells_them_apart_and_nobody_else(
        self, world: World, browser: Browser, query: str
    ) -> None:
        """With its kind changed a cookie is no longer ours, and the response answers nothing."""
        started = world.start(browser, query)
        (name,) = (each for each in browser.cookies if each.startswith(COOKIE_PREFIX))
        payload, _, signature = browser.cookies[name].rpartition(".")
        raw = bytearray(decode(payload))
        raw[0] ^= 3  # login and test are 1 and 2
        browser.cookies[name] = f"{encode(bytes(raw))}.{signature}"
        world.post(browser, world.answer(started))
        assert (world.outcome, world.sessions.kept) == ("flow-missing", {})

    def test_relay_state_cannot_make_one_of_the_other(self, world: World, browser: Browser) -> None:
        """The mark of a test beside a login's response changes nothing, nor the other way round."""
        login, test = world.start(browser), start(world, browser)
        world.post(browser, world.answer(login), test.query["RelayState"])
        assert world.outcome == "logged-in"
        world.post(browser, world.answer(test), login.query["RelayState"])
        assert world.outcome == "connection-tested"


class TestFailures:
    def test_before_verification_the_ordinary_page_says_that_it_was_a_test(
        self, world: World, browser: Browser
    ) -> None:
        """NS-100 as ever, and the button tests once more."""
        page = try_out(world, browser, audience="https://another.example").body
        assert "NS-100" in page
        assert "Dit was een test van de verbinding." in page
        assert f'href="{PUBLIC}/v1/sso/test?again=1"' in page
        assert "Dit was een test" not in world.post(browser, b"junk").body

    def test_without_its_flow_too(self, world: World) -> None:
        """RelayState tells, where the cookie did not come back."""
        started = start(world, Browser())
        page = world.post(Browser(), world.answer(started), started.query["RelayState"]).body
        assert world.outcome == "flow-missing"
        assert "Dit was een test van de verbinding." in page

    def test_storage_that_fails(self, world: World, browser: Browser) -> None:
        """503 and the notice; the same response is good afterwards."""
        document = world.answer(start(world, browser))
        world.logins.fails = True
        response = world.post(browser, document)
        assert (response.status, world.outcome) == (503, "storage-failed")
        assert "Dit was een test van de verbinding." in response.body
        world.logins.fails = False
        world.post(browser, document)
        assert world.outcome == "connection-tested"

    @pytest.mark.parametrize(
        ("error", "outcome"),
        [(ValueError("secret"), "unexpected"), (Refused("storage-failed", "x"), "storage-failed")],
    )
    def test_what_breaks_off_has_no_result(
        self, world: World, browser: Browser, error: Exception, outcome: str
    ) -> None:
        """Neither log nor trace says that a login would get in where nobody knows."""

        def broken(*_: object) -> Any:
            raise error

        world.roster.find = broken
        try_out(world, browser)
        assert (world.outcome, world.telemetry.journals[-1].result) == (outcome, "")
        assert world.logins.traces[world.reference].result == ""

    def test_a_reload_shows_the_same(self, world: World, browser: Browser) -> None:
        """Its page and its reference once more, and nothing is written; to an end."""
        document = world.answer(start(world, browser))
        first = world.post(browser, document)
        again = world.post(browser, document)
        assert again.body == first.body
        assert len(world.logins.endings) == len(world.logins.traces) == 1
        for _ in range(9):
            world.post(browser, document)
        assert world.post(browser, document).status == 429

    def test_another_response_to_the_same_request_is_none_of_its_page(
        self, world: World, browser: Browser
    ) -> None:
        """Somebody else logs in to the elo after the back button: no page under the first one's
        reference, and the button tests once more."""
        started = start(world, browser)
        world.post(browser, world.answer(started))
        other = attributes(nlEduPersonRealId=["docbon@petteflatcollege"])
        response = world.post(browser, world.answer(started, attributes=other))
        assert (response.status, world.outcome) == (303, "already-used")
        page = world.request("GET", response.headers["location"], browser)
        assert (page.status, world.outcome) == (409, "already-used")
        assert "docbon" not in page.body
        assert f'href="{PUBLIC}/v1/sso/test"' in page.body
        assert len(world.logins.endings) == 1

    def test_an_assertion_of_another_request_is_a_replay(
        self, world: World, browser: Browser
    ) -> None:
        """As at a login: a page, and a trace."""
        world.log_in(browser, assertion_id="_same")
        response = try_out(world, browser, assertion_id="_same")
        assert (response.status, world.outcome) == (409, "already-used")
        assert "Dit was een test" in response.body

    def test_continue_after_a_test(self, world: World, browser: Browser) -> None:
        """No session came of it, so there is none to go on with."""
        started = start(world, browser)
        world.post(browser, world.answer(started))
        path = f"/v1/sso/continue?flow={started.request_id}"
        response = world.request("GET", path, browser)
        assert (response.status, world.outcome) == (409, "already-used")
        assert f'href="{PUBLIC}/v1/sso/test"' in response.body


def test_it_ends_as_a_login_would_whatever_comes(browser: Browser) -> None:
    """Attributes drawn by lot: test and login agree on the outcome."""
    lot = Random(5)  # noqa: S311  # repeatable, on purpose
    values: list[list[str] | None] = [None, [""], ["11ZZ"], ["11zz03"], ["a", "b"], ["140136@r"]]
    for _ in range(60):
        drawn = {
            name: lot.choice(values)
            for name in ("nlEduPersonRealId", "nlEduPersonHomeOrganizationId", "sn")
        }
        world = World()
        schools(lot.choice([PETTEFLAT, CLOSED])._replace(accepted=frozenset({PAIR})))(world)
        try_out(world, browser, attributes=attributes(**drawn))
        result = world.telemetry.journals[-1].result
        world.log_in(browser, attributes=attributes(**drawn))
        assert world.outcome == result
