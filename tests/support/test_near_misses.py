"""Refused codes that somebody nearly has: kept sealed, read by support, mended when told to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from kit.support import REQUEST_ID, row
from kit.world import Browser, World, attributes, parameters
from numo_cli.failures import Exit, Failure
from numo_sso.near_codes import sealing_context
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.near_misses import StoredNearMisses
from numo_sso.storage.roster import StoredRoster
from numo_sso.storage.schools import CACHE_SECONDS, StoredSchools
from numo_sso.storage.sessions import StoredSessions
from numo_sso.support.near.kms import KmsSealed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.support import Deployment

PETTEFLAT = {"entrance": "petteflat"}
NAMES = {"given_name": "Pietje", "infix": "van", "surname": "Puk"}


class Login:
    """The login on what support writes, with the calls that it makes."""

    def __init__(self, numo: Deployment, kms: Any = None) -> None:
        tables = numo.world.tables
        self.numo = numo
        self.calls: list[str] = []
        for client in (numo.dynamodb, numo.kms):
            client.meta.events.register("before-call", self._called)
        self.kms_made = 0
        self._kms = kms or numo.kms
        clock: list[World] = []
        self.world = World(
            now=numo.now,
            parameters=self._parameters(),
            schools=StoredSchools(tables, lambda: clock[0].now),
            roster=StoredRoster(tables),
            logins=StoredLogins(tables, lambda _seconds: None, lambda: 1.0, lambda: 0.0),
            sessions=StoredSessions(tables),
            near_misses=StoredNearMisses(tables, self._make, numo.refused_codes_key),
        )
        clock.append(self.world)

    def click(self, code: str, **changes: Any) -> str:
        """How somebody's login ends; the calls are those of this one."""
        named = {"nlEduPersonHomeOrganizationId": ["01AB"], "nlEduPersonRealId": [f"{code}@flat"]}
        changed: dict[str, Any] = {"attributes": attributes(**named | changes)}
        self.calls.clear()
        self.world.log_in(Browser(), **changed)
        return self.world.outcome

    @property
    def reference(self) -> str:
        return self.world.reference

    def _called(self, model: Any, **_: Any) -> None:
        self.calls.append(model.name)

    def _make(self) -> Any:
        self.kms_made += 1
        return self._kms

    def _parameters(self) -> dict[str, str]:
        """The deployment's own key for pseudonyms, for support looks people up by it."""
        return parameters(pseudonym=self.numo.parameter("pseudonym"))


@pytest.fixture
def login(activated: Deployment) -> Login:
    """Petteflat, whose roster has lost the zeros of two pupils."""
    activated.done("keys.create")
    rows = [row("140136", **NAMES), row("140137", idgebr="77002", **NAMES)]
    activated.done("users.import", **PETTEFLAT, rows=rows)
    return Login(activated)


def near(numo: Deployment, reference: str) -> Any:
    model = numo.world.tables.near
    return model.get(model.key("petteflat"), reference)


def all_near(numo: Deployment) -> list[Any]:
    model = numo.world.tables.near
    return list(model.query(model.key("petteflat")))


def forget(numo: Deployment) -> None:
    """Two weeks pass over what was kept."""
    for each in all_near(numo):
        each.delete()


class TestAtLogin:
    def test_a_good_login_makes_no_call_more(self, login: Login) -> None:
        """Two round trips when warm; no client of KMS is even made."""
        for _ in range(3):  # the first teaches the provider, the second reads it
            assert login.click("140136") == "logged-in"
        assert login.calls == ["BatchGetItem", "TransactWriteItems"]
        assert login.kms_made == 0

    def test_a_refused_code_costs_one_read_one_sealing_and_one_write(self, login: Login) -> None:
        """After the refusal is written."""
        for _ in range(2):
            login.click("140136")
        assert login.click("0140136") == "user-unknown"
        assert login.calls == [
            "BatchGetItem", "TransactWriteItems", "BatchGetItem", "Encrypt", "PutItem"
        ]  # fmt: skip

    def test_the_code_is_sealed_for_its_login_and_gone_in_two_weeks(self, login: Login) -> None:
        login.click("0140136")
        item = near(login.numo, login.reference)
        assert item.ttl == int(login.numo.now) + 14 * 86_400
        assert b"140136" not in item.sealed
        sealed = KmsSealed(login.numo.kms, login.numo.refused_codes_key)
        assert sealed.open(item.sealed, sealing_context("petteflat", item.sk)) == "0140136"
        with pytest.raises(ClientError):
            sealed.open(item.sealed, sealing_context("petteflat", "ZZZZ-ZZZZ-ZZZZ"))

    def test_it_is_in_no_index_of_the_traces(self, login: Login) -> None:
        """An item with a person's code must not be found among those without."""
        login.click("0140136")
        held = near(login.numo, login.reference).attribute_values.keys()
        assert not held & {"user", "entrance", "at", "refused_on", "unplaced_brin"}

    def test_without_kms_who_was_near_is_kept_all_the_same(self, activated: Deployment) -> None:
        """And the refusal is the same."""
        activated.done("keys.create")
        activated.done("users.import", **PETTEFLAT, rows=[row("140136", **NAMES)])
        login = Login(activated, kms=NoKms())
        assert login.click("0140136") == "user-unknown"
        item = near(activated, login.reference)
        assert (item.rule, item.persoonscode, item.sealed) == ("zeros-stripped", "140136", None)
        answer = activated.done("users.link_from_proposals", **PETTEFLAT, dry_run=True)
        assert answer["data"]["left_out"] == {"not-sealed": 1}
        refused = activated.refused("trace.refused_code", reference=login.reference)
        assert refused["code"] == "no-refused-code"


class NoKms:
    """KMS that nobody reaches."""

    def encrypt(self, **_: Any) -> dict[str, Any]:
        raise EndpointConnectionError(endpoint_url="https://kms.example")


class TestReading:
    def test_the_code_is_read_and_that_leaves_a_record(self, login: Login) -> None:
        """The record says of which login, and not what."""
        login.click("0140136")
        answer = login.numo.done("trace.refused_code", reference=login.reference)
        assert answer["data"] == {
            "code": "0140136", "kind": "persoonscode", "rule": "zeros-stripped", "names": "agree"
        }  # fmt: skip
        record = login.numo.audit()[-1]
        assert record["subject"] == f"trace#{login.reference}"
        assert record["after"] == {"read": "refused_code"}
        assert record["request_id"] == REQUEST_ID
        assert "140136" not in login.numo.log.getvalue()

    def test_a_login_without_one_has_none(self, login: Login) -> None:
        login.click("140136")
        before = len(login.numo.audit())
        for reference in (login.reference, "ZZZZ-ZZZZ-ZZZZ"):
            error = login.numo.refused("trace.refused_code", reference=reference)
            assert error["code"] == "no-refused-code"
        assert len(login.numo.audit()) == before

    def test_the_story_says_that_somebody_is_near_and_not_who(self, login: Login) -> None:
        login.click("0140136")
        answer = login.numo.done("trace.show", reference=login.reference)
        assert "nearly this code (zeros-stripped), names agree" in answer["next_steps"][0]
        assert "140136" not in json.dumps(answer)
        login.click("99")
        answer = login.numo.done("trace.show", reference=login.reference)
        assert "Nobody at this school has nearly this code" in answer["next_steps"][0]


class TestMending:
    def test_first_it_is_shown_and_nothing_is_opened(self, login: Login) -> None:
        for code in ("0140136", "0140136", "0140137", "99"):
            login.click(code)
        before = login.numo.audit(), login.numo.roster("petteflat")
        answer = login.numo.done("users.link_from_proposals", **PETTEFLAT, dry_run=True)
        assert answer["message"] == "2 persoonscodes would be mended, 0 left out."
        assert answer["data"]["by_rule"] == {"zeros-stripped": 2}
        assert (login.numo.audit(), login.numo.roster("petteflat")) == before

    def test_the_rosters_code_becomes_what_logins_carry(self, login: Login) -> None:
        """In both items of a user; then they come in, and there is nothing left to mend."""
        for code in ("0140136", "0140137"):
            login.click(code)
        answer = login.numo.done("users.link_from_proposals", **PETTEFLAT, ticket="NUMO-1")
        assert answer["changes"] == ["2 persoonscode mended: zeros-stripped"]
        assert "mend the same codes in Numo" in answer["next_steps"][-1]
        roster = login.numo.roster("petteflat")
        assert set(roster) == {
            "persoonscode#0140136", "persoonscode#0140137", "idgebr#77002"
        }  # fmt: skip
        assert roster["idgebr#77002"]["persoonscode"] == "0140137"
        assert roster["persoonscode#0140137"]["surname"] == "Puk"
        assert login.click("0140136") == "logged-in"
        records = [each["after"] for each in login.numo.audit()][-3:]
        assert records[0] == {"read": "refused_codes", "codes": 2}
        assert records[1:] == [{"mended": 1, "rule": "zeros-stripped"}] * 2
        assert "140136" not in json.dumps(login.numo.audit(), default=str)
        again = login.numo.done("users.link_from_proposals", **PETTEFLAT)
        assert again["data"] == {
            "by_rule": {}, "left_out": {"user-gone": 2}, "changed_meanwhile": 0, "more": False
        }  # fmt: skip

    def test_at_a_school_that_matches_by_idgebr_the_idgebr_is_mended_or_given(
        self, login: Login
    ) -> None:
        """Never taken from whoever has another one."""
        numo = login.numo
        numo.done("school.match_rule", **PETTEFLAT, rule="idgebr", force=True)
        login.world.now += CACHE_SECONDS
        for code in ("077002", "140136", "140137"):
            login.click(code)
        answer = numo.done("users.link_from_proposals", **PETTEFLAT)
        assert answer["data"]["left_out"] == {"several-codes": 2}
        assert answer["data"]["by_rule"] == {"other-kind": 1}
        assert numo.roster("petteflat")["idgebr#140136"]["persoonscode"] == "140136"
        assert login.click("140136") == "logged-in"
        forget(numo)
        login.click("140137")
        answer = numo.done("users.link_from_proposals", **PETTEFLAT)
        assert answer["data"]["left_out"] == {"has-idgebr": 1}
        forget(numo)
        login.click("077002")
        numo.done("users.link_from_proposals", **PETTEFLAT)
        roster = numo.roster("petteflat")
        assert roster["idgebr#077002"]["persoonscode"] == "140137"
        assert "idgebr#77002" not in roster
        assert roster["persoonscode#140137"]["idgebr"] == "077002"

    def test_a_pupil_who_comes_in_keeps_the_code(self, login: Login) -> None:
        """Somebody else's code is nearly theirs: to mend it would give their account away."""
        assert login.click("140136") == "logged-in"
        login.click("0140136")
        answer = login.numo.done("users.link_from_proposals", **PETTEFLAT)
        assert answer["data"]["left_out"] == {"comes-in": 1}
        assert "persoonscode#140136" in login.numo.roster("petteflat")

    @pytest.mark.parametrize(
        ("clicks", "left_out"),
        [
            ([("0140136", {"givenName": ["Zoë"]})], {"names-differ": 1}),
            ([("0140136", {"sn": None})], {"names-unknown": 1}),
            ([("0140136", {}), ("00140136", {})], {"several-codes": 2}),
            ([("77002", {})], {"match-rule": 1}),
        ],
    )
    def test_what_is_not_certain_is_left_out_and_says_why(
        self, login: Login, clicks: list[tuple[str, dict[str, Any]]], left_out: dict[str, int]
    ) -> None:
        for code, changes in clicks:
            login.click(code, **changes)
        before = login.numo.roster("petteflat")
        answer = login.numo.done("users.link_from_proposals", **PETTEFLAT)
        assert answer["data"]["left_out"] == left_out
        assert answer["next_steps"][0].startswith("Left out, ")
        assert answer["changes"] == []
        assert login.numo.roster("petteflat") == before

    def test_two_who_are_near_and_one_who_is_disabled_are_left_out(self, login: Login) -> None:
        numo = login.numo
        numo.done("users.import", **PETTEFLAT, rows=[row("000140136", **NAMES)])
        login.click("0140136")
        numo.done("users.disable", **PETTEFLAT, persoonscode="140137")
        login.click("0140137")
        answer = numo.done("users.link_from_proposals", **PETTEFLAT)
        assert answer["data"]["left_out"] == {"several-users": 1, "user-disabled": 1}

    def test_a_code_that_somebody_has_by_now_is_not_taken(self, login: Login) -> None:
        """It is free at the login, and may be imported after it."""
        login.click("0140136")
        login.numo.done("users.import", **PETTEFLAT, rows=[row("0140136", surname="Smit")])
        answer = login.numo.done("users.link_from_proposals", **PETTEFLAT)
        assert (answer["data"]["by_rule"], answer["data"]["changed_meanwhile"]) == ({}, 1)
        roster = login.numo.roster("petteflat")
        assert roster["persoonscode#0140136"]["surname"] == "Smit"
        assert roster["persoonscode#140136"]["surname"] == "Puk"

    def test_many_are_mended_part_by_part(self, login: Login, run: Callable[..., Any]) -> None:
        for code in ("0140136", "0140137"):
            login.click(code)
        one = login.numo.done("users.link_from_proposals", **PETTEFLAT, limit=1)
        assert (one["data"]["by_rule"], one["data"]["more"]) == ({"zeros-stripped": 1}, True)
        done = run("users", "link", "--from-proposals", "petteflat", "--yes")
        assert "1 persoonscode mended" in done.stdout
        assert not login.numo.done("users.link_from_proposals", **PETTEFLAT)["data"]["by_rule"]


def test_a_person_is_shown_and_erased_with_what_was_near_to_them(login: Login) -> None:
    """Nothing of another's goes with it, and of the code that came nothing is shown."""
    for code in ("0140136", "0140136", "0140137", "99"):
        login.click(code)
    who = PETTEFLAT | {"persoonscode": "140136"}
    shown = login.numo.done("users.export_person", **who)["data"]["near_misses"]
    assert [(each["rule"], each["names"]) for each in shown] == [("zeros-stripped", "agree")] * 2
    assert "0140136" not in json.dumps(shown)
    dry = login.numo.done("users.erase", **who, dry_run=True)
    assert dry["data"]["near_misses_forgotten"] == 2
    answer = login.numo.done("users.erase", **who)
    assert "2 near misses forgotten" in answer["changes"]
    left = [each.persoonscode for each in all_near(login.numo)]
    assert sorted(left, key=str) == ["140137", None]


def test_a_check_counts_near_misses_and_who_is_left_at_the_hub(login: Login) -> None:
    """Each with the next step; a log that does not answer keeps nothing else back."""
    numo = login.numo
    for code in ("0140136", "0140136", "0140137"):
        login.click(code)
    for number in range(4):
        fields = {"trip": f"t{number}", "school_hint": "petteflat"}
        numo.login_log.write(numo.now - 3600, outcome="started", **fields)
    found = {
        each["code"]: each for each in numo.done("school.check", **PETTEFLAT)["data"]["findings"]
    }
    assert found["near-misses"]["text"] == (
        "Near misses: 3 logins carried a leading zero that the roster lacks."
    )
    assert found["near-misses"]["owner"] == "kurve"
    assert found["left-at-hub"]["text"] == (
        "Left at the hub: 4 of 4 logins that started in a week."
    )
    assert found["left-at-hub"]["owner"] == "school"
    numo.login_log.broken = "slow"
    codes = [each["code"] for each in numo.done("school.check", **PETTEFLAT)["data"]["findings"]]
    assert "left-at-hub-unknown" in codes
    assert "near-misses" in codes


def test_the_commands(run: Callable[..., Any], login: Login) -> None:
    """The code by its reference; and mending, which shows first and asks."""
    login.click("0140136")
    shown = run("trace", "code", login.reference)
    assert shown.stdout.splitlines()[1].split() == ["Code", "0140136"]
    assert "users link --from-proposals --dry-run" not in shown.stdout
    dry = run("users", "link", "--from-proposals", "petteflat", "--dry-run")
    assert dry.stdout.startswith("1 persoonscode would be mended, 0 left out.")
    asked = run("users", "link", "--from-proposals", "petteflat")
    assert isinstance(asked.exception, Failure)
    assert asked.exception.code == "not-confirmed"
    done = run("--json", "users", "link", "--from-proposals", "petteflat", "--yes")
    assert json.loads(done.stdout)["data"]["by_rule"] == {"zeros-stripped": 1}
    nothing = run("users", "link", "--from-proposals", "petteflat")
    assert nothing.exit_code == Exit.DONE
    for words in (("1", "2"), ("--from-proposals", "petteflat", "1"), ("1", "-e", "petteflat")):
        unclear = run("users", "link", *words).exception
        assert isinstance(unclear, Failure)
        assert unclear.code == "link-unclear"
