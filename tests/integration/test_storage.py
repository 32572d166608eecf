"""The login on DynamoDB: its round trips counted, its transaction, its retries."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from kit.world import AUTHORITY, PAIR, Browser, World, attributes
from numo_sso.outcomes import Refused
from numo_sso.sessions import digest_of
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.roster import StoredRoster
from numo_sso.storage.schools import StoredSchools
from numo_sso.storage.sessions import StoredSessions
from numo_sso.storage.tables import (
    Brin,
    LearnedPair,
    Pair,
    Period,
    School,
    Session,
    Trace,
    bind_tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.aws import Aws


def period(value: str, **days: str) -> Period:
    return Period(value=value, **days)  # type: ignore[no-untyped-call]  # pynamodb's


def school(aws: Aws, entrance: str, *brins: str, **changes: Any) -> School:
    pair = Pair(authority=PAIR.authority, realm=PAIR.realm)  # type: ignore[no-untyped-call]
    fields: dict[str, Any] = {
        "entrance": entrance,
        "name": entrance.title(),
        "state": "active",
        "pairs": [pair],
        "created_at": 0,
        "updated_at": 0,
        "brins": [period(brin) for brin in brins],
    }
    item = aws.tables.school(School.key(entrance), "school", **{**fields, **changes})
    item.save()
    return item


def brin(aws: Aws, code: str, *entrances: str, **days: str) -> None:
    periods = [period(entrance, **days) for entrance in entrances]
    aws.tables.brin(Brin.key(code), "brin", brin=code, entrances=periods).save()


def user(aws: Aws, entrance: str, code: str, kind: str = "persoonscode", **changes: Any) -> None:
    fields: dict[str, Any] = {
        "persoonscode": code,
        "role": "pupil",
        "given_name": "Pietje",
        "infix": "van",
        "surname": "Puk",
        "updated_at": 0,
    }
    aws.tables.user(entrance, f"{kind}#{code}", **{**fields, **changes}).save()


def stored_world(aws: Aws, tables: Any = None, **changes: Any) -> World:
    """The login on DynamoDB, a school with a pupil and a teacher in it."""
    tables = tables or aws.tables
    school(aws, "petteflat", "11ZZ", **changes)
    brin(aws, "11ZZ", "petteflat")
    user(aws, "petteflat", "140136")
    user(aws, "petteflat", "docbon", role="teacher")
    clock: list[World] = []
    world = World(
        schools=StoredSchools(tables, lambda: clock[0].now),
        roster=StoredRoster(tables),
        logins=StoredLogins(tables, lambda _seconds: None, lambda: 1.0, lambda: 0.0),
        sessions=StoredSessions(tables),
    )
    clock.append(world)
    aws.calls.clear()
    return world


def items(aws: Aws, kind: str) -> list[dict[str, Any]]:
    table = aws.names.traces if kind in ("trace", "learned", "waiting") else aws.names.sessions
    found = aws.client.scan(TableName=table)["Items"]
    return [each for each in found if each["pk"]["S"].startswith(f"{kind}#")]


class TestRoundTrips:
    def test_a_start_makes_no_call(self, aws: Aws) -> None:
        """Not one, warm or cold."""
        stored_world(aws).start(Browser())
        assert aws.calls == []

    def test_a_warm_login_makes_two(self, aws: Aws) -> None:
        """One read and one transaction, whoever held this browser before."""
        world, browser = stored_world(aws), Browser()
        world.log_in(browser)
        aws.calls.clear()
        assert world.log_in(browser).status == 303
        assert aws.calls == ["BatchGetItem", "TransactWriteItems"]

    def test_a_test_of_the_connection_makes_two(self, aws: Aws) -> None:
        """None at its start, then those of a login; a reload has the first one's reference too."""
        world, browser = stored_world(aws), Browser()
        world.log_in(Browser())
        aws.calls.clear()
        started = world.start(browser, "/test")
        assert aws.calls == []
        document = world.answer(started)
        first = world.post(browser, document)
        assert aws.calls == ["BatchGetItem", "TransactWriteItems"]
        assert world.telemetry.journals[-1].result == "logged-in"
        aws.calls.clear()
        assert world.post(browser, document).body == first.body
        assert aws.calls == ["BatchGetItem", "TransactWriteItems", "GetItem"]
        another = world.post(browser, world.answer(started))  # of the same request
        assert (another.status, world.outcome) == (303, "already-used")

    def test_a_test_is_kept_without_the_person(self, aws: Aws) -> None:
        """A trace of the school, active or not, with the result; no session, no pair, nobody."""
        world = stored_world(aws, state="requested")
        browser = Browser()
        world.post(browser, world.answer(world.start(browser, "/test")))
        (trace,) = items(aws, "trace")
        assert trace["outcome"]["S"] == "connection-tested"
        assert trace["result"]["S"] == "school-not-active"
        assert (trace["entrance"]["S"], trace["brin"]["S"]) == ("petteflat", "11ZZ")
        assert not {"user", "refused_on"} & set(trace)
        assert items(aws, "session") == items(aws, "learned") == items(aws, "waiting") == []
        for personal in ("140136", "Pietje", "Puk"):
            assert personal not in repr(trace)

    def test_another_account_makes_no_more(self, aws: Aws) -> None:
        """The held session is read along with the user."""
        world, browser = stored_world(aws), Browser()
        world.log_in(browser)
        aws.calls.clear()
        assert world.log_in(browser, "?other=1").status == 200
        assert world.outcome == "same-person"
        assert aws.calls == ["BatchGetItem", "TransactWriteItems"]

    def test_a_cold_login_reads_the_school_first(self, aws: Aws) -> None:
        """BRIN, entrance and learned pairs: three more, once a minute for each BRIN."""
        world = stored_world(aws)
        world.log_in(Browser())
        cold = ["BatchGetItem", "BatchGetItem", "Query", "BatchGetItem", "TransactWriteItems"]
        assert aws.calls == cold
        aws.calls.clear()
        world.now += 59
        world.log_in(Browser())
        assert len(aws.calls) == 2
        aws.calls.clear()
        world.now += 1
        world.log_in(Browser())
        assert aws.calls == cold

    def test_a_login_costs_the_same_at_any_number_of_users(self, aws: Aws) -> None:
        """Fifty users more, and the same keys are read."""
        world = stored_world(aws)
        world.log_in(Browser())
        for number in range(50):
            user(aws, "petteflat", str(number))
        aws.calls.clear()
        world.log_in(Browser())
        assert len(aws.calls) == 2

    def test_a_double_submit_makes_one_more_on_its_way(self, aws: Aws) -> None:
        """The second post: a read and a failed transaction; continue: two reads."""
        world, browser = stored_world(aws), Browser()
        document = world.answer(world.start(browser))
        world.post(browser, document)
        aws.calls.clear()
        response = world.post(browser, document)
        assert aws.calls == ["BatchGetItem", "TransactWriteItems"]
        aws.calls.clear()
        path = response.headers["location"].removeprefix("https://api.numo.example")
        assert world.request("GET", path, browser).status == 303
        assert aws.calls == ["GetItem", "GetItem"]

    def test_junk_makes_none(self, aws: Aws) -> None:
        """Without a flow of ours nothing is read and nothing is written."""
        world = stored_world(aws)
        world.post(Browser(), world.answer(world.start(Browser())))
        assert aws.calls == []


class TestTransaction:
    def test_it_writes_all_of_a_login(self, aws: Aws) -> None:
        """Both marks, the session by its hash, the trace; the old session is gone."""
        world, browser = stored_world(aws), Browser()
        world.log_in(browser)
        before = digest_of(browser.cookies["__Host-numo_session"])
        world.log_in(browser)
        after = digest_of(browser.cookies["__Host-numo_session"])
        assert [each["pk"]["S"] for each in items(aws, "session")] == [Session.key(after)]
        assert before != after
        assert len(items(aws, "flow")) == len(items(aws, "assertion")) == 2
        trace = aws.tables.trace.get(Trace.key(world.reference), "trace")
        assert (trace.outcome, trace.entrance, trace.brin) == ("logged-in", "petteflat", "11ZZ")
        assert trace.ttl == world.now + 14 * 86_400

    def test_nothing_in_the_trace_names_the_person(self, aws: Aws) -> None:
        """The whole item, as it lies in DynamoDB."""
        world = stored_world(aws)
        world.log_in(Browser())
        everything = repr(items(aws, "trace"))
        for personal in ("140136", "Pietje", "Puk"):
            assert personal not in everything

    def test_a_trace_is_found_by_its_brin_where_it_is_no_entrances(self, aws: Aws) -> None:
        """By the first four characters; one that is an entrance's lies under that alone."""
        world = stored_world(aws)
        world.log_in(Browser())
        by_brin = aws.tables.trace.by_unplaced_brin
        assert list(by_brin.query("11ZZ")) == []
        [placed] = aws.tables.trace.by_entrance.query("petteflat")
        assert (placed.outcome, placed.realm) == ("logged-in", "petteflatcollege")
        for changed, brin in (
            ({"nlEduPersonHomeOrganizationId": ["99XX02"]}, "99XX"),
            ({"nlEduPersonRealId": None}, "11ZZ"),
        ):
            world.log_in(Browser(), attributes=attributes(**changed))
            [found] = by_brin.query(brin)
            assert (found.pk, found.outcome) == (Trace.key(world.reference), world.outcome)
            assert found.brin.startswith(brin)
        assert len(list(aws.tables.trace.by_entrance.query("petteflat"))) == 1

    def test_a_session_is_found_by_user_and_by_school(self, aws: Aws) -> None:
        """The two indexes by which sessions are revoked."""
        world, browser = stored_world(aws), Browser()
        world.log_in(browser)
        key = Session.key(digest_of(browser.cookies["__Host-numo_session"]))
        by_user = aws.tables.session.by_user.query("petteflat#140136")
        assert [each.pk for each in by_user] == [key]
        by_school = aws.tables.session.by_school.query("petteflat")
        assert [each.pk for each in by_school] == [key]

    def test_a_refusal_is_consumed_too(self, aws: Aws) -> None:
        """No session, both marks, a trace."""
        world = stored_world(aws)
        world.log_in(Browser(), attributes=attributes(nlEduPersonRealId=["x@petteflatcollege"]))
        assert world.outcome == "user-unknown"
        assert items(aws, "session") == []
        assert len(items(aws, "flow")) == len(items(aws, "assertion")) == 1

    def test_a_new_pair_lies_beside_the_trace(self, aws: Aws) -> None:
        """Once learned it is no longer new, a minute later at every instance."""
        world = stored_world(aws, pairs=[])
        world.log_in(Browser())
        learned = items(aws, "learned")
        assert [each["authority"]["S"] for each in learned] == [AUTHORITY]
        assert world.telemetry.journals[-1].new_pair
        world.now += 60
        world.log_in(Browser())
        assert not world.telemetry.journals[-1].new_pair
        assert len(items(aws, "learned")) == 1

    def test_a_pair_that_is_refused_waits_where_no_login_reads_it(self, aws: Aws) -> None:
        """Another school's identity provider: support finds it, the next login does not."""
        world = stored_world(aws)
        world.log_in(Browser(), authenticating_authority=["https://other.example/idp"])
        assert world.outcome == "idp-not-known-for-school"
        assert items(aws, "learned") == []
        (waiting,) = aws.tables.learned.query(LearnedPair.waiting_key("petteflat"))
        assert waiting.authority == "https://other.example/idp"
        assert waiting.ttl == world.now + 14 * 86_400
        world.now += 60
        world.log_in(Browser(), authenticating_authority=["https://other.example/idp"])
        assert world.outcome == "idp-not-known-for-school"

    def test_the_second_pair_waits_as_soon_as_the_first_is_learned(self, aws: Aws) -> None:
        """Also at another instance within the same minute: nothing is kept until one is known."""
        world = stored_world(aws, pairs=[])
        world.log_in(Browser(), attributes=attributes(nlEduPersonRealId=["nobody@x"]))
        assert world.outcome == "user-unknown"
        other = World(
            schools=StoredSchools(aws.tables, lambda: world.now),
            roster=world.roster,
            logins=world.logins,
            sessions=world.sessions,
            random=Random(8),  # noqa: S311  # ids of its own
        )
        other.log_in(Browser())
        assert other.outcome == "logged-in"
        world.log_in(Browser(), authenticating_authority=[])
        assert world.outcome == "idp-not-known-for-school"


class TestSchools:
    @pytest.mark.parametrize(
        ("state", "code"),
        [("active", ""), ("requested", "school-not-active"), ("suspended", "school-not-active")],
    )
    def test_only_an_active_school_lets_in(self, aws: Aws, state: str, code: str) -> None:
        """Requested and suspended schools are known, and closed."""
        world = stored_world(aws, state=state)
        world.log_in(Browser())
        assert world.outcome == (code or "logged-in")

    def test_a_refusal_is_not_kept(self, aws: Aws) -> None:
        """Support activates, and the very next click logs in."""
        world = stored_world(aws, state="requested")
        world.log_in(Browser())
        school(aws, "petteflat", "11ZZ")
        world.log_in(Browser())
        assert world.outcome == "logged-in"

    @pytest.mark.parametrize(
        ("days", "code"),
        [
            ({}, "logged-in"),
            ({"since": "2026-11-24"}, "logged-in"),
            ({"since": "2026-11-25"}, "brin-unknown"),
            ({"until": "2026-11-24"}, "brin-unknown"),
            ({"until": "2026-11-25"}, "logged-in"),
        ],
    )
    def test_a_brin_holds_for_a_period(self, aws: Aws, days: dict[str, str], code: str) -> None:
        """From its first day to the day before its end."""
        world = stored_world(aws)
        brin(aws, "11ZZ", "petteflat", **days)
        world.log_in(Browser())
        assert world.outcome == code

    def test_six_characters_go_before_four(self, aws: Aws) -> None:
        """A branch of its own where there is one, else the school of the first four."""
        world = stored_world(aws)
        school(aws, "branch", "11ZZ03")
        brin(aws, "11ZZ03", "branch")
        user(aws, "branch", "140136")

        def entrance(branch_id: str) -> str:
            changed = attributes(nlEduPersonHomeOrganizationBranchId=[branch_id])
            world.log_in(Browser(), attributes=changed)
            return world.telemetry.journals[-1].entrance

        assert entrance("11ZZ03") == "branch"
        assert entrance("11ZZ04") == "petteflat"

    def test_a_closed_branch_does_not_fall_back(self, aws: Aws) -> None:
        """What is exact decides, also when it says no."""
        world = stored_world(aws)
        school(aws, "branch", "11ZZ03", state="suspended")
        brin(aws, "11ZZ03", "branch")
        changed = attributes(nlEduPersonHomeOrganizationBranchId=["11ZZ03"])
        world.log_in(Browser(), attributes=changed)
        assert world.outcome == "school-not-active"

    def test_a_closed_entrance_of_a_shared_brin_keeps_its_users(self, aws: Aws) -> None:
        """Bert of the suspended school has the code of Pietje next door, and stays out."""
        world = stored_world(aws, pairs=[])
        school(aws, "south", "11ZZ", state="suspended", pairs=[])
        brin(aws, "11ZZ", "petteflat", "south")
        user(aws, "south", "140136", given_name="Bert", infix=None, surname="Bos")
        bert = attributes(givenName=["Bert"], sn=["Bos"], nlEduPersonTussenvoegsels=None)
        world.log_in(Browser(), attributes=bert)
        assert world.outcome == "school-not-active"
        assert items(aws, "session") == []
        school(aws, "south", "11ZZ", pairs=[])
        world.log_in(Browser(), attributes=bert)
        assert world.telemetry.journals[-1].entrance == "south"

    def test_four_characters_may_mean_a_location(self, aws: Aws) -> None:
        """A login of a location that names only its school needs a pointer, and gets there."""
        world = stored_world(aws, pairs=[])
        school(aws, "branch", "11ZZ01", pairs=[])
        located = [period("branch")]
        item = aws.tables.brin(Brin.key("11ZZ"), "brin", brin="11ZZ", locations=located)
        item.entrances = [period("petteflat")]
        item.save()
        user(aws, "branch", "140136", given_name="Bert", infix=None, surname="Bos")
        bert = attributes(givenName=["Bert"], sn=["Bos"], nlEduPersonTussenvoegsels=None)
        world.log_in(Browser(), attributes=bert)
        assert world.telemetry.journals[-1].entrance == "branch"
        world.log_in(Browser(), attributes=attributes(givenName=["Iemand"]))
        assert world.outcome == "entrance-ambiguous"

    def test_a_shared_brin_reads_both_rosters_at_once(self, aws: Aws) -> None:
        """One batch for both entrances, each by its own rule; the names decide."""
        world = stored_world(aws, pairs=[])
        school(aws, "south", "11ZZ", match_rule="idgebr", pairs=[])
        brin(aws, "11ZZ", "petteflat", "south")
        user(aws, "south", "140136", "idgebr", given_name="Aagje")
        world.log_in(Browser())
        aws.calls.clear()
        world.log_in(Browser())
        assert world.telemetry.journals[-1].entrance == "petteflat"
        # nobody is known to speak for the other entrance, so both are looked at anew
        assert aws.calls[-2:] == ["BatchGetItem", "TransactWriteItems"]


class FailingClient:
    """A DynamoDB client that loses replies and answers errors, as the test says.

    Each entry of ``script`` is for one TransactWriteItems: "ok", "lost" (it is done, and the
    reply never comes), or a callable that raises. It honours client request tokens, as DynamoDB
    does and moto does not.
    """

    def __init__(self, real: Any, script: list[str | Callable[[], None]], *, tokens: bool) -> None:
        self._real = real
        self._script = script
        self._honours_tokens = tokens
        self.tokens: list[str] = []
        self.deaf = False
        self.meta = real.meta
        self._request_signer = real._request_signer

    def _make_api_call(self, name: str, kwargs: dict[str, Any]) -> Any:
        if name != "TransactWriteItems":
            return self._real._make_api_call(name, kwargs)
        token = kwargs["ClientRequestToken"]
        known = token in self.tokens and self._honours_tokens
        self.tokens.append(token)
        step = self._script.pop(0) if self._script else "ok"
        if callable(step):
            step()
        if self.deaf:
            raise ReadTimeoutError(endpoint_url="https://dynamodb")
        reply = {} if known else self._real._make_api_call(name, kwargs)
        if step == "lost":
            raise ReadTimeoutError(endpoint_url="https://dynamodb")
        return reply


def cancelled(*codes: str) -> Callable[[], None]:
    def fail() -> None:
        raise ClientError(
            {
                "Error": {"Code": "TransactionCanceledException", "Message": "x"},
                "CancellationReasons": [{"Code": code} for code in codes],
            },
            "TransactWriteItems",
        )

    return fail


def broken(code: str) -> Callable[[], None]:
    def fail() -> None:
        raise ClientError({"Error": {"Code": code, "Message": "x"}}, "TransactWriteItems")

    return fail


class TestLosses:
    def failing(
        self, aws: Aws, *script: str | Callable[[], None], tokens: bool = True
    ) -> tuple[World, FailingClient]:
        client = FailingClient(aws.client, list(script), tokens=tokens)
        return stored_world(aws, bind_tables(client, aws.names)), client

    @pytest.mark.parametrize("tokens", [True, False])
    @pytest.mark.parametrize("held", [False, True])
    def test_a_lost_reply_is_no_replay(self, aws: Aws, tokens: bool, held: bool) -> None:
        """The login was written, its reply lost: the retry finds its own work, and it is good.

        By the token where the storage honours it; else by the mark that the attempt left.
        """
        script = ["ok", "lost"] if held else ["lost"]
        world, client = self.failing(aws, *script, tokens=tokens)
        browser = Browser()
        if held:
            world.log_in(browser)
        response = world.log_in(browser)
        assert (response.status, world.outcome) == (303, "logged-in")
        assert len(items(aws, "session")) == 1
        assert client.tokens[-1] == client.tokens[-2]

    def test_a_replay_is_one_also_after_a_lost_reply(self, aws: Aws) -> None:
        """Another post of the same response is another attempt, and finds the mark of the first."""
        world, _client = self.failing(aws, "lost", "ok", "lost", "ok")
        browser = Browser()
        document = world.answer(world.start(browser))
        assert world.post(browser, document).status == 303
        again = world.post(browser, document)
        assert "/continue?flow=" in again.headers["location"]
        assert len(items(aws, "session")) == 1

    @pytest.mark.parametrize(
        "failure",
        [
            cancelled("None", "TransactionConflict", "None", "None"),
            cancelled("ThrottlingError", "None"),
            broken("TransactionInProgressException"),
            broken("ThrottlingException"),
            broken("InternalServerError"),
        ],
    )
    def test_what_passes_is_tried_again_with_the_same_token(
        self, aws: Aws, failure: Callable[[], None]
    ) -> None:
        """A conflict, a throttle or a fault of a moment costs a pause and nothing else."""
        world, client = self.failing(aws, failure, failure)
        assert world.log_in(Browser()).status == 303
        assert len(client.tokens) == 3
        assert len(set(client.tokens)) == 1

    @pytest.mark.parametrize(
        ("failure", "tries"),
        [
            (broken("AccessDeniedException"), 1),
            (cancelled("ValidationError", "None"), 1),
            (cancelled("TransactionConflict"), 6),
        ],
    )
    def test_what_stays_is_a_page_with_a_reference(
        self, aws: Aws, failure: Callable[[], None], tries: int
    ) -> None:
        """An error that will not pass is not repeated; one that does not, not for ever."""
        world, client = self.failing(aws, *[failure] * 10)
        response = world.log_in(Browser())
        assert (response.status, world.outcome) == (503, "storage-failed")
        assert world.reference in response.body
        assert len(client.tokens) == tries
        assert items(aws, "session") == items(aws, "flow") == []

    def test_a_reply_that_is_always_lost_is_a_page(self, aws: Aws) -> None:
        """A client that never hears anything ends in the same coded page as any other failure."""
        world, client = self.failing(aws, *["lost"] * 10)
        client.deaf = True
        response = world.log_in(Browser())
        assert (response.status, world.outcome) == (503, "storage-failed")
        assert world.telemetry.faults == []

    def test_no_try_begins_when_time_is_up(self, aws: Aws) -> None:
        """A hanging storage must leave time for the page: after three seconds no further try."""
        failure = cancelled("TransactionConflict")
        client = FailingClient(aws.client, [failure] * 10, tokens=True)
        tables = bind_tables(client, aws.names)
        ticks = iter(range(0, 100, 2))
        world = stored_world(aws, tables)
        world.logins = StoredLogins(
            tables, lambda _seconds: None, lambda: 1.0, lambda: float(next(ticks))
        )
        world.__post_init__()
        assert world.log_in(Browser()).status == 503
        assert len(client.tokens) == 2

    def test_two_logins_have_two_tokens(self, aws: Aws) -> None:
        """A token names one attempt; a second login is never taken for the first's retry."""
        world, client = self.failing(aws)
        world.log_in(Browser())
        world.log_in(Browser())
        assert len(set(client.tokens)) == 2


class TestSessions:
    def test_a_session_survives_storage(self, aws: Aws) -> None:
        """What is written is what is read back."""
        world, browser = stored_world(aws), Browser()
        world.log_in(browser)
        store = StoredSessions(aws.tables)
        record = store.find(digest_of(browser.cookies["__Host-numo_session"]))
        assert record is not None
        assert (record.surname, record.idle_seconds) == ("van Puk", 2_700)
        assert record.valid(world.now, 0)

    def test_a_refresh_is_one_conditional_write(self, aws: Aws) -> None:
        """Of two at once one wins; none brings an ended session back."""
        world, browser = stored_world(aws), Browser()
        world.log_in(browser)
        store = StoredSessions(aws.tables)
        record = store.find(digest_of(browser.cookies["__Host-numo_session"]))
        assert record is not None
        store.refresh(record, world.now + 300)
        store.refresh(record, world.now + 999)
        found = store.find(record.digest)
        assert found is not None
        assert found.last_seen_at == world.now + 300
        store.end(record.digest)
        store.refresh(record._replace(last_seen_at=int(world.now) + 300), world.now + 600)
        assert store.find(record.digest) is None

    def test_a_missing_table_is_a_storage_failure(self, aws: Aws) -> None:
        """Every error of DynamoDB has the one coded outcome."""
        aws.client.delete_table(TableName=aws.names.sessions)
        with pytest.raises(Refused) as refused:
            StoredSessions(aws.tables).find("x")
        assert refused.value.outcome.code == "storage-failed"
