"""One import at a time for each entrance, and no more changed than was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from kit.support import REQUEST_ID, row
from numo_sso.support.imports.lease import LEASE_SECONDS

if TYPE_CHECKING:
    from kit.support import Deployment

FILE, OTHER = "a" * 64, "b" * 64


def begin(numo: Deployment, file: str = FILE, **fields: int) -> int:
    answer = numo.done("users.import_begin", entrance="petteflat", file_sha256=file, **fields)
    lease: int = answer["data"]["lease"]
    return lease


def send(numo: Deployment, lease: int, *rows: dict[str, Any]) -> dict[str, Any]:
    return numo.ask("users.import", entrance="petteflat", rows=list(rows), lease=lease)


def end(numo: Deployment, lease: int) -> dict[str, Any]:
    return numo.done("users.import_end", entrance="petteflat", lease=lease)


def missing(numo: Deployment, codes: list[str], **fields: Any) -> dict[str, Any]:
    asked = {"entrance": "petteflat", "codes": codes} | fields
    data: dict[str, Any] = numo.done("users.import_missing", **asked)["data"]
    return data


def test_a_second_import_is_told_who_is_at_work(activated: Deployment) -> None:
    """Request and time, and what to do; rows without a lease wait too, and other schools do not."""
    lease = begin(activated)
    asked = {"entrance": "petteflat", "file_sha256": OTHER}
    for action, fields in (
        ("users.import_begin", asked),
        ("users.import_begin", asked | {"dry_run": True}),
        ("users.import", {"entrance": "petteflat", "rows": [row("1")]}),
    ):
        error = activated.refused(action, **fields)
        assert error["code"] == "import-underway"
        assert REQUEST_ID in error["message"]
        assert "2026-08-24T06:30:00Z" in error["message"]
        assert "2026-08-24T06:32:00Z" in error["hint"]
    assert activated.roster("petteflat") == {}
    activated.done("school.activate", entrance="ander", brin="02AB", create=True, name="Ander")
    activated.done("users.import", entrance="ander", rows=[row("1")])
    end(activated, lease)
    assert begin(activated, OTHER) == lease + 1


def test_what_is_alone_needs_no_lease_said(activated: Deployment) -> None:
    """Rows of one request take it and give it back, also where they are refused."""
    activated.done("users.import", entrance="petteflat", rows=[row("1")])
    activated.refused("users.import", entrance="petteflat", rows=[row("")])
    assert send(activated, begin(activated, OTHER), row("2"))["ok"]


def test_a_lease_that_ran_out_is_taken_over(activated: Deployment) -> None:
    """Not a second before; whoever had it writes nothing more, whatever they send."""
    first = begin(activated)
    assert send(activated, first, row("1"))["ok"]
    activated.now += LEASE_SECONDS
    second = begin(activated, OTHER)
    assert second > first
    for answer in (send(activated, first, row("2")), send(activated, first, row("1"))):
        assert answer["error"]["code"] == "import-superseded"
    assert set(activated.roster("petteflat")) == {"persoonscode#1"}
    assert end(activated, first)["changes"] == []
    assert send(activated, second, row("2"))["ok"]


def test_every_transaction_renews_the_lease(activated: Deployment) -> None:
    """An import may last as long as it likes while it moves."""
    lease = begin(activated)
    for number in range(4):
        activated.now += LEASE_SECONDS - 1
        assert send(activated, lease, row(str(number)))["ok"]
    error = activated.refused("users.import_begin", entrance="petteflat", file_sha256=OTHER)
    assert error["code"] == "import-underway"


def test_rows_that_change_nothing_renew_it_too(activated: Deployment) -> None:
    """An import given again may find half a school unchanged before it has anything to write."""
    activated.done("users.import", entrance="petteflat", rows=[row("1")])
    lease = begin(activated)
    for _ in range(3):
        activated.now += LEASE_SECONDS - 1
        assert send(activated, lease, row("1"))["data"]["counts"]["unchanged"] == 1
    error = activated.refused("users.import_begin", entrance="petteflat", file_sha256=OTHER)
    assert error["code"] == "import-underway"


def test_the_same_file_goes_on_at_once(activated: Deployment) -> None:
    """After a lost connection nobody has to wait, and the one that was lost is fenced off."""
    lost = begin(activated)
    assert send(activated, lost, row("1"))["ok"]
    again = begin(activated)
    assert send(activated, lost, row("9"))["error"]["code"] == "import-superseded"
    answer = send(activated, again, row("1"), row("2"))
    assert (answer["data"]["counts"]["unchanged"], answer["data"]["counts"]["new"]) == (1, 1)
    assert end(activated, again)["changes"]
    assert send(activated, again, row("3"))["error"]["code"] == "import-superseded"


def test_a_transaction_that_was_under_way_is_fenced_too(activated: Deployment) -> None:
    """It was read under the lease, slept, and is sent once another has it: nothing is written."""
    lease = begin(activated)
    overtaken: list[int] = []

    def overtake(**_: Any) -> None:
        if not overtaken:
            overtaken.append(begin(activated, FILE))

    activated.dynamodb.meta.events.register("after-call.dynamodb.BatchGetItem", overtake)
    answer = send(activated, lease, row("1"))
    assert answer["error"]["code"] == "import-superseded"
    assert overtaken == [lease + 1]
    assert activated.roster("petteflat") == {}


def fill(numo: Deployment, count: int) -> None:
    rows = [row(f"{number:04}") for number in range(count)]
    numo.done("users.import", entrance="petteflat", rows=rows)


def renamed(first: int, last: int) -> list[dict[str, Any]]:
    return [row(f"{number:04}", surname="Puck") for number in range(first, last)]


def test_more_than_a_fifth_changes_only_when_said(activated: Deployment) -> None:
    """By a plain request, and over the requests of an import together."""
    fill(activated, 150)
    asked = {"entrance": "petteflat", "rows": renamed(0, 31)}
    error = activated.refused("users.import", **asked)
    assert (error["code"], error["details"]) == ("change-large", {"changes": 31, "may_change": 30})
    activated.done("users.import", **asked, changes=31)
    lease = begin(activated, changes=40)
    assert send(activated, lease, *renamed(40, 75))["ok"]
    assert send(activated, lease, *renamed(75, 81))["error"]["code"] == "change-large"
    assert send(activated, lease, *renamed(75, 80))["ok"]
    changed = [each for each in activated.roster("petteflat").values() if each["surname"] == "Puck"]
    assert len(changed) == 71


def test_new_users_are_no_change_of_the_others(activated: Deployment) -> None:
    """A school's first import, and its next year, need no word."""
    fill(activated, 120)
    asked = {"entrance": "petteflat", "rows": [row(f"9{number:04}") for number in range(300)]}
    assert activated.done("users.import", **asked)["data"]["counts"]["new"] == 300


def test_who_is_missing_is_counted_stretch_by_stretch(activated: Deployment) -> None:
    """Each user once, wherever the stretches meet; masked."""
    fill(activated, 12)
    codes = [f"{number:04}" for number in range(12)]
    assert missing(activated, codes)["missing"] == 0
    first = missing(activated, codes[1:5], until="0004")
    rest = missing(activated, codes[6:11], after="0004")
    assert (first["missing"], rest["missing"]) == (1, 2)
    assert [each["persoonscode"] for each in rest["users"]] == ["••••", "••••"]
    assert missing(activated, [])["missing"] == 12


def test_more_missing_than_one_answer_holds_go_on(activated: Deployment) -> None:
    """A short file against a large school keeps both sides' memory small."""
    fill(activated, 1003)
    first = missing(activated, ["0001"])
    assert (first["missing"], first["next"]) == (1000, "1000")
    rest = missing(activated, ["0001"], after=first["next"])
    assert (rest["missing"], rest["next"]) == (2, None)


def test_users_are_removed_as_many_as_were_agreed_to(activated: Deployment) -> None:
    """With both items and their sessions; one more is refused, and without a lease all are."""
    rows = [row(f"{number:04}", idgebr=f"9{number}") for number in range(60)]
    activated.done("users.import", entrance="petteflat", rows=rows)
    for code in ("0000", "0059"):
        activated.save_session(code, "petteflat", code)
    kept = ["0059"]
    asked = {"entrance": "petteflat", "codes": kept, "remove": True}
    assert activated.refused("users.import_missing", **asked)["code"] == "lease-missing"
    assert missing(activated, kept, remove=True, dry_run=True)["removed"] == 0
    refused = activated.refused("users.import_missing", **asked, lease=begin(activated))
    assert refused["code"] == "removal-unconfirmed"
    assert len(activated.roster("petteflat")) == 120
    data = missing(activated, kept, remove=True, lease=begin(activated, removals=59))
    assert (data["removed"], data["sessions_ended"]) == (59, 1)
    assert set(activated.roster("petteflat")) == {"persoonscode#0059", "idgebr#959"}
    assert [each.persoonscode for each in activated.world.tables.session.scan()] == ["0059"]
    removed = sum((each["after"] or {}).get("users_removed", 0) for each in activated.audit())
    assert removed == 59


def test_the_trail_keeps_beginning_and_end(activated: Deployment) -> None:
    """Which file, how much was agreed to, and how much it was; no code and no name."""
    fill(activated, 2)
    before = len(activated.audit())
    lease = begin(activated, changes=50, removals=1)
    send(activated, lease, *renamed(0, 1))
    missing(activated, ["0000"], remove=True, lease=lease)
    end(activated, lease)
    records = [each["after"] for each in activated.audit()[before:]]
    both = {"lease": lease, "file_sha256": FILE}
    assert records[0] == {"import": "begin", "may_change": 50, "may_remove": 1} | both
    assert records[-1] == {"import": "end", "users_changed": 1, "users_removed": 1} | both
    assert not [code for code in ("0000", "0001", "Puck") if f"'{code}'" in str(records)]


def test_a_throttled_transaction_is_sent_again(activated: Deployment) -> None:
    """A school is one partition, which is split only after a while; so an import waits for it."""
    calls: list[int] = []

    def throttle(**_: Any) -> None:
        calls.append(1)
        if len(calls) < 4:
            reasons = [{"Code": "None"}, {"Code": "ThrottlingError"}]
            error: Any = {"Error": {"Code": "TransactionCanceledException"}}
            raise ClientError(error | {"CancellationReasons": reasons}, "TransactWriteItems")

    events = activated.dynamodb.meta.events
    events.register("before-call.dynamodb.TransactWriteItems", throttle)
    activated.done("users.import", entrance="petteflat", rows=[row("1")])
    assert activated.slept == [0.2, 0.4, 0.8]
    assert set(activated.roster("petteflat")) == {"persoonscode#1"}


@pytest.mark.parametrize("file", ["", "x" * 64, FILE.upper()])
def test_a_file_is_named_by_its_digest(activated: Deployment, file: str) -> None:
    error = activated.refused("users.import_begin", entrance="petteflat", file_sha256=file)
    assert error["code"] == "request-invalid"
