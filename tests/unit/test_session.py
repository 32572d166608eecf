"""Who is logged in: the session function, and the authorizer that serves Numo's other APIs."""

from __future__ import annotations

import json

import pytest

from kit.every_page import PAGELESS
from kit.memory import MemorySessions
from kit.session_world import APP, VALUE, SessionWorld
from kit.world import NOW, PUBLIC
from numo_sso.outcomes import Refused
from numo_sso.sessions import digest_of

ENTRANCE = "https://petteflat.numo.example"


@pytest.fixture
def world() -> SessionWorld:
    return SessionWorld()


class TestShow:
    def test_it_tells_numo_who_this_is(self, world: SessionWorld) -> None:
        """The agreed fields, and no others."""
        response = world.ask()
        assert (response.status, response.content_type) == (200, "application/json")
        assert json.loads(response.body) == {
            "persoonscode": "140136",
            "role": "pupil",
            "given_name": "Pietje",
            "surname": "van Puk",
            "school": {"entrance": "petteflat", "name": "Petteflat College", "brin": "11ZZ"},
            "expires_at": "2026-11-24T06:45:00Z",
            "seconds_left": 2_700,
            "renewable": True,
        }

    @pytest.mark.parametrize("values", [("",), ("unknown",), (VALUE + "x",), ("\u00e9",)])
    def test_no_session_is_401(self, world: SessionWorld, values: tuple[str, ...]) -> None:
        """With a code; no cookie is cleared, for the answer may arrive after a new login's."""
        response = world.ask("GET", *values)
        assert response.status == 401
        assert json.loads(response.body)["code"] == "session-missing"
        assert response.cookies == []

    @pytest.mark.parametrize("values", [("",), (VALUE, VALUE)])
    def test_whoever_opens_it_in_a_browser_gets_json_too(
        self, world: SessionWorld, values: tuple[str, ...]
    ) -> None:
        """No page links there and this function carries none; number and reference are told."""
        response = world.ask("GET", *values, accept="text/html,*/*;q=0.8")
        assert (response.status, response.content_type) == (401, "application/json")
        assert set(json.loads(response.body)) == {"code", "number", "reference"}
        assert world.outcome in PAGELESS

    def test_two_cookies_are_refused_and_cleared(self) -> None:
        """A neighbour may have planted one: neither counts, and every form goes that reaches us."""
        world = SessionWorld()
        response = world.ask("GET", VALUE, VALUE)
        assert (response.status, world.outcome) == (401, "session-ambiguous")
        forms = [line.partition("Domain=")[2] for line in response.cookies]
        assert forms == ["", "", "api.numo.example", "numo.example"]
        names = {line.partition("=")[0] for line in response.cookies}
        assert names == {"__Host-numo_session", "numo_session"}

    @pytest.mark.parametrize(
        ("passed", "status"), [(2_699, 200), (2_700, 401), (14_399, 401), (-1, 200)]
    )
    def test_idle_and_absolute_ends_are_checked(
        self, world: SessionWorld, passed: int, status: int
    ) -> None:
        """The record is there all the while: DynamoDB deletes late, the code is on time."""
        world.now = NOW + passed
        assert world.ask().status == status

    def test_use_keeps_a_session_alive_to_its_absolute_end(self, world: SessionWorld) -> None:
        """Asked every ten minutes it lives four hours, and not a second longer."""
        for passed in range(0, 14_400, 600):
            world.now = NOW + passed
            assert world.ask().status == 200
        world.now = NOW + 14_400
        assert world.ask().status == 401

    def test_last_seen_is_written_every_five_minutes_at_most(self, world: SessionWorld) -> None:
        """Ten requests within five minutes write nothing, the next one once."""
        for passed in (0, 10, 100, 299):
            world.now = NOW + passed
            world.ask()
        assert world.sessions.refreshes == 0
        for passed in (300, 301, 599):
            world.now = NOW + passed
            world.ask()
        assert world.sessions.refreshes == 1

    @pytest.mark.parametrize(
        ("passed", "left", "renewable"),
        [(0, 2_700, True), (200.5, 2_499, True), (299, 2_401, True), (300, 2_700, True)],
    )
    def test_it_says_how_long_it_lasts_without_use(
        self, world: SessionWorld, passed: float, left: int, *, renewable: bool
    ) -> None:
        """Whole seconds, rounded down; a use that is written begins them anew."""
        world.now = NOW + passed
        answer = json.loads(world.ask().body)
        assert (answer["seconds_left"], answer["renewable"]) == (left, renewable)

    def test_its_last_stretch_cannot_be_renewed(self, world: SessionWorld) -> None:
        """From where use no longer moves the end, an app offers to log in and not to stay."""
        for passed in range(0, 14_400 - 2_700, 300):
            world.now = NOW + passed
            assert json.loads(world.ask().body)["renewable"]
        world.now = NOW + 14_400 - 2_700
        answer = json.loads(world.ask().body)
        assert (answer["seconds_left"], answer["renewable"]) == (2_700, False)

    def test_a_look_is_no_use(self, world: SessionWorld) -> None:
        """An app that asks how long it lasts keeps nobody logged in by that."""
        for passed in range(0, 2_700, 60):
            world.now = NOW + passed
            answer = json.loads(world.ask(query={"look": "1"}).body)
            assert answer["seconds_left"] == 2_700 - passed
        assert world.sessions.refreshes == 0
        world.now = NOW + 2_700
        assert world.ask(query={"look": "1"}).status == 401

    def test_whoever_stays_in_the_last_minute_does(self, world: SessionWorld) -> None:
        """The button of an app's notice is an ordinary use, which is due by then."""
        world.now = NOW + 2_640
        assert json.loads(world.ask(query={"look": "1"}).body)["seconds_left"] == 60
        assert json.loads(world.ask().body)["seconds_left"] == 2_700
        assert world.sessions.refreshes == 1

    def test_a_later_epoch_ends_every_session(self, world: SessionWorld) -> None:
        """Raised in the configuration, it is seen within five minutes; later sessions are good."""
        assert world.ask().status == 200
        world.parameters["epoch"] = str(NOW + 1)
        assert world.ask().status == 200
        world.now += 300
        assert world.ask().status == 401
        world.parameters["epoch"] = str(NOW)
        world.now += 300
        assert world.ask().status == 200


class TestOrigins:
    @pytest.mark.parametrize("origin", [ENTRANCE, APP])
    def test_numos_own_pages_may_ask(self, world: SessionWorld, origin: str) -> None:
        """The answer names exactly the origin that asked, with credentials."""
        headers = world.ask(origin=origin).headers
        assert headers["access-control-allow-origin"] == origin
        assert headers["access-control-allow-credentials"] == "true"
        assert headers["vary"] == "origin"

    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example",
            "https://other.numo.example",
            "null",
            "https://petteflat.numo.example.evil.example",
        ],
    )
    def test_other_pages_may_not(self, world: SessionWorld, origin: str) -> None:
        """Not even another school's entrance: refused, and readable by nobody."""
        response = world.ask(origin=origin)
        assert (response.status, world.outcome) == (403, "origin-refused")
        assert "access-control-allow-origin" not in response.headers
        assert "140136" not in response.body

    def test_a_preflight_is_answered(self, world: SessionWorld) -> None:
        """204, with the methods; from elsewhere 403."""
        response = world.ask("OPTIONS", origin=ENTRANCE)
        assert (response.status, response.body) == (204, "")
        assert "DELETE" in response.headers["access-control-allow-methods"]
        assert world.ask("OPTIONS", origin="https://evil.example").status == 403

    def test_a_refusal_can_be_read_by_numo(self, world: SessionWorld) -> None:
        """Numo's page must see the 401 to show its own login."""
        headers = world.ask("GET", "", origin=ENTRANCE).headers
        assert headers["access-control-allow-origin"] == ENTRANCE


class TestEnd:
    @pytest.mark.parametrize("origin", [ENTRANCE, APP, PUBLIC])
    def test_a_log_out_ends_it_on_the_server(self, world: SessionWorld, origin: str) -> None:
        """204, the record gone, the cookie cleared."""
        response = world.ask("DELETE", origin=origin)
        assert (response.status, world.outcome) == (204, "logged-out")
        assert response.cookies[0].startswith("__Host-numo_session=; ")
        assert world.sessions.kept == {}

    @pytest.mark.parametrize("origin", ["", "null", "https://evil.example"])
    def test_nobody_else_logs_people_out(self, world: SessionWorld, origin: str) -> None:
        """A write needs an Origin, and one of ours."""
        response = world.ask("DELETE", origin=origin)
        assert (response.status, world.outcome) == (403, "origin-refused")
        assert digest_of(VALUE) in world.sessions.kept


class TestFaults:
    @pytest.mark.parametrize(
        ("method", "path", "code"),
        [
            ("POST", "/v1/session", "method-not-allowed"),
            ("GET", "/v1/session/x", "not-found"),
            ("GET", "/", "not-found"),
        ],
    )
    def test_an_unknown_route(self, world: SessionWorld, method: str, path: str, code: str) -> None:
        """A coded 4xx in JSON."""
        response = world.ask(method, path=path)
        assert json.loads(response.body)["code"] == code
        assert 400 <= response.status < 500

    def test_storage_that_fails_is_503(self, world: SessionWorld) -> None:
        """With Retry-After; a session is not declared over because storage is."""

        class Failing:
            def find(self, _digest: str) -> None:
                raise Refused("storage-failed", "down")

        world = SessionWorld(sessions=Failing())
        response = world.ask()
        assert (response.status, response.headers["retry-after"]) == (503, "10")
        assert response.cookies == []
        assert world.authorizer.handle((("__Host-numo_session", VALUE),), "r") == {
            "isAuthorized": False,
            "context": {},
        }

    def test_a_refresh_that_fails_ends_nothing(self) -> None:
        """Last-seen is a convenience: a session is good although it cannot be written."""

        class ReadOnly(MemorySessions):
            def refresh(self, _session: object, _now: float) -> None:
                raise Refused("storage-failed", "no writes")

        world = SessionWorld(sessions=ReadOnly())
        world.now += 600
        assert world.ask().status == 200

    def test_a_bug_is_an_answer_without_its_text(self, world: SessionWorld) -> None:
        """500 with a code and a reference; what broke is in the log by type and place."""

        class Broken:
            def find(self, _digest: str) -> None:
                raise ValueError("secret")

        world = SessionWorld(sessions=Broken())
        response = world.ask()
        assert response.status == 500
        assert "secret" not in response.body
        assert len(world.telemetry.faults) == 1
        assert not world.authorizer.handle((("__Host-numo_session", VALUE),), "r")["isAuthorized"]


class TestAuthorizer:
    def test_it_lets_a_session_through(self, world: SessionWorld) -> None:
        """With what the API behind it needs, as strings."""
        assert world.authorizer.handle((("__Host-numo_session", VALUE),), "r") == {
            "isAuthorized": True,
            "context": {
                "persoonscode": "140136",
                "role": "pupil",
                "entrance": "petteflat",
                "brin": "11ZZ",
            },
        }

    @pytest.mark.parametrize(
        "cookies",
        [
            (),
            (("__Host-numo_session", ""),),
            (("__Host-numo_session", "x"),),
            (("__Host-numo_session", VALUE), ("__Host-numo_session", VALUE)),
        ],
    )
    def test_it_denies_everything_else(
        self, world: SessionWorld, cookies: tuple[tuple[str, str], ...]
    ) -> None:
        """No cookie, a strange one, two of them."""
        assert world.authorizer.handle(cookies, "r")["isAuthorized"] is False

    def test_an_ended_session_is_denied_at_once(self, world: SessionWorld) -> None:
        """Nothing is kept between requests: a log-out holds for the very next one."""
        world.ask("DELETE", origin=ENTRANCE)
        assert (
            world.authorizer.handle((("__Host-numo_session", VALUE),), "r")["isAuthorized"] is False
        )
