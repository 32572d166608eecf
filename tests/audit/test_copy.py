"""The stream's batches, copied to a bucket that locks."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from botocore.session import get_session
from moto import mock_aws

from audit.app import AuditApp, decode
from audit.reports import METRICS, SERVICE, Reports
from deployment.deployed import ROOT
from deployment.filling import TRAIL_BUCKET as BUCKET
from deployment.filling import TRAIL_STREAM, make_trail_bucket
from numo_sso.trail.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.trail.entry import Entry

NUMBERS = count()
EVENTS = ROOT / "events/audit"
SAMPLES = sorted(path.stem for path in EVENTS.glob("*.json"))


@pytest.fixture
def s3() -> Iterator[Any]:
    """A client, and the bucket with the versions and the lock that are deployed."""
    with mock_aws():
        client: Any = get_session().create_client(
            "s3", "eu-west-1", aws_access_key_id="local", aws_secret_access_key="local"
        )
        make_trail_bucket(client)
        yield client


def reports() -> Reports:
    """Of a service of its own: loggers of one name share the stream of the first test."""
    return Reports("staging", f"{SERVICE}-{next(NUMBERS)}")


def sample(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    return event


def copy(s3: Any, event: dict[str, Any]) -> list[str]:
    """Run one batch; the sequence numbers that Lambda has to come again with."""
    answer = AuditApp(Archive(s3, BUCKET), reports(), TRAIL_STREAM).copy(event)
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def kept(s3: Any) -> dict[str, Any]:
    """What is in the bucket, every version of it, by key."""
    versions = s3.list_object_versions(Bucket=BUCKET).get("Versions", [])
    keys = [each["Key"] for each in versions]
    assert len(keys) == len(set(keys)), "something was put twice"
    return {key: json.loads(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()) for key in keys}


def told(capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """The sums of the metrics, and the lines."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    sums: dict[str, float] = {}
    for line in (each for each in lines if "_aws" in each):
        [directive] = line["_aws"]["CloudWatchMetrics"]
        assert directive["Namespace"] == "NumoSso"
        assert sorted(directive["Dimensions"][0]) == ["environment", "service"]
        assert line["environment"] == "staging"
        assert line["service"].startswith(SERVICE)
        for metric in directive["Metrics"]:
            sums[metric["Name"]] = sums.get(metric["Name"], 0) + line[metric["Name"]]
    return sums, lines


def test_each_record_is_one_object_named_by_its_time(s3: Any) -> None:
    """The record as it is in the table, and when the table took it."""
    assert copy(s3, sample("recorded")) == []
    objects = kept(s3)
    first = "records/2026/08/24/063000-c4ca4238a0b923820dcc509a6f758491.json"
    second = "records/2026/08/24/063112-c4ca4238a0b923820dcc509a6f758492.json"
    assert sorted(objects) == [first, second]
    record = objects[first]["new"]
    assert record["action"] == "school.activate"
    assert record["caller"] == "arn:aws:sts::123456789012:assumed-role/support/jan"
    assert record["caller_verified"] is True
    assert json.loads(record["after"])["brins"] == ["01AB"]
    assert (objects[first]["change"], objects[first]["old"]) == ("INSERT", None)
    assert objects[first]["at"] == "2026-08-24T06:30:00Z"


def test_every_object_is_locked_for_as_long_as_the_template_says(s3: Any) -> None:
    """Not even whoever owns the bucket removes a version before that, or shortens it."""
    copy(s3, sample("recorded"))
    for version in s3.list_object_versions(Bucket=BUCKET)["Versions"]:
        found = s3.get_object(Bucket=BUCKET, Key=version["Key"])
        assert found["ObjectLockMode"] == "COMPLIANCE"
        left = found["ObjectLockRetainUntilDate"] - datetime.now(UTC)
        assert timedelta(days=729) < left <= timedelta(days=730)
        with pytest.raises(ClientError, match="AccessDenied"):
            s3.delete_object(
                Bucket=BUCKET,
                Key=version["Key"],
                VersionId=version["VersionId"],
                BypassGovernanceRetention=True,
            )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_batch_that_comes_again_doubles_nothing(s3: Any, name: str) -> None:
    """Not as an object, and not as another version of one."""
    copy(s3, sample(name))
    before = kept(s3)
    assert copy(s3, sample(name)) == []
    assert kept(s3) == before


def test_a_record_that_is_changed_or_removed_is_kept_as_it_was_and_alarms(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(s3, sample("altered"))
    changed, removed = (value for _, value in sorted(kept(s3).items()))
    assert all(key.startswith("alterations/2026/08/24/") for key in kept(s3))
    assert (changed["change"], removed["change"]) == ("MODIFY", "REMOVE")
    assert changed["old"]["ticket"] == "NUMO-1201"
    assert changed["new"]["ticket"] == "NUMO-9999"
    assert removed["old"]["action"] == "school.suspend"
    assert removed["new"] is None
    sums, lines = told(capsys)
    assert sums == {"TrailAltered": 2, "TrailCopied": 2}
    assert {line["message"] for line in lines if line["level"] == "ERROR"} == {"trail altered"}


def test_what_somebody_put_in_a_copys_place_neither_counts_as_it_nor_displaces_it(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """By another bucket policy and the id from the stream, while the copy stood still."""
    event = sample("recorded")
    first = decode(event["Records"][0])
    s3.put_object(Bucket=BUCKET, Key=first.key, Body=b"{}", ChecksumAlgorithm="SHA256")
    for _ in range(2):
        assert copy(s3, event) == []
        assert told(capsys)[0] == {"TrailAltered": 1, "TrailCopied": 2}
    objects = kept(s3)
    assert len(objects) == 3
    displaced = objects["displaced/" + first.key.partition("/")[2]]
    assert displaced == json.loads(first.encode())


def test_records_that_are_only_added_alarm_nobody_and_no_line_names_anybody(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(s3, sample("recorded"))
    sums, lines = told(capsys)
    assert sums == {"TrailCopied": 2}
    assert "jan" not in json.dumps(lines)
    assert "petteflat" not in json.dumps(lines)


class _Failing:
    """Keeps all but one; its error is S3's, or one that nobody foresaw."""

    def __init__(self, archive: Archive, spared: str, error: Exception) -> None:
        self._archive, self._spared, self._error = archive, spared, error

    def keep(self, entry: Entry) -> None:
        if entry.id == self._spared:
            raise self._error
        self._archive.keep(entry)

    def keep_elsewhere(self, entry: Entry) -> None:
        self._archive.keep_elsewhere(entry)


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "SlowDown"}}, "PutObject"),
        ClientError({"Error": {"Code": "ConditionalRequestConflict"}}, "PutObject"),
        ClientError({"Error": {"Code": "AccessDenied"}}, "PutObject"),
        RuntimeError("geheim77"),
    ],
)
def test_what_cannot_be_kept_is_asked_for_again_with_all_behind_it(
    s3: Any, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    """Nothing before it is repeated, nothing after it goes ahead of it, and nothing is lost."""
    event = sample("recorded")
    event["Records"] += sample("altered")["Records"]
    second = event["Records"][1]
    failing = _Failing(Archive(s3, BUCKET), second["eventID"], error)
    answer = AuditApp(failing, reports(), TRAIL_STREAM).copy(event)
    sequence = second["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": sequence}]}
    assert len(kept(s3)) == 1
    sums, lines = told(capsys)
    assert sums == {"TrailCopyFailed": 1, "TrailCopied": 1}
    assert sequence in json.dumps(lines)
    assert "geheim77" not in json.dumps(lines)
    event["Records"] = event["Records"][1:]
    assert copy(s3, event) == []
    assert len(kept(s3)) == 4


def test_an_alteration_alarms_while_the_bucket_is_out_of_reach(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    event = sample("altered")
    refused = ClientError({"Error": {"Code": "InternalError"}}, "PutObject")
    failing = _Failing(Archive(s3, BUCKET), event["Records"][0]["eventID"], refused)
    AuditApp(failing, reports(), TRAIL_STREAM).copy(event)
    assert told(capsys)[0]["TrailAltered"] == 1


def test_a_change_of_a_kind_that_is_not_known_is_an_alteration() -> None:
    record = sample("recorded")["Records"][0]
    assert decode(record).altered is False
    assert decode({**record, "eventName": "REPLACE"}).altered is True


def test_records_that_somebody_read_from_the_stream_by_hand_are_copied_the_same(s3: Any) -> None:
    """As the runbook says: with the stream's name added, and beside an iterator."""
    copy(s3, sample("recorded"))
    before = kept(s3)
    records = sample("recorded")["Records"]
    for record in records:
        record["dynamodb"]["ApproximateCreationDateTime"] += 0.0
    assert copy(s3, {"Records": records, "NextShardIterator": "x"}) == []
    assert kept(s3) == before


@pytest.mark.parametrize("stream", [None, TRAIL_STREAM.replace("audit", "roster")])
def test_changes_of_another_table_are_not_the_trails(
    s3: Any, capsys: pytest.CaptureFixture[str], stream: str | None
) -> None:
    """A mapping that is not ours fills the locked bucket with nothing, and raises no alarm."""
    event = sample("altered")
    for record in event["Records"]:
        record["eventSourceARN"] = stream
    assert copy(s3, event) == [event["Records"][0]["dynamodb"]["SequenceNumber"]]
    assert kept(s3) == {}
    assert told(capsys)[0] == {"TrailCopyFailed": 1, "TrailCopied": 0}


def test_whatever_an_item_holds_is_kept(s3: Any) -> None:
    """A forged item may have attributes of any type: none of them stops the copy."""
    event = sample("recorded")
    strange = deepcopy(event["Records"][0])
    strange["dynamodb"]["NewImage"] |= {
        "number": {"N": "0.10000000000000000000000000000000000001"},
        "nothing": {"NULL": True},
        "list": {"L": [{"M": {"deep": {"BOOL": False}}}, {"S": "é"}]},
        "set": {"SS": ["a", "b"]},
        "bytes": {"B": "AAE="},
        "empty": {"M": {}},
    }
    assert copy(s3, {"Records": [strange]}) == []
    [value] = kept(s3).values()
    assert value["new"]["number"] == "0.10000000000000000000000000000000000001"
    assert value["new"]["nothing"] is None
    assert value["new"]["list"] == [{"deep": False}, "é"]
    assert value["new"]["set"] == ["a", "b"]
    assert (value["new"]["bytes"], value["new"]["empty"]) == ("AAE=", {})


def test_metrics_that_are_counted_are_those_that_are_declared(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    event = sample("altered")
    refused = ClientError({"Error": {"Code": "InternalError"}}, "PutObject")
    failing = _Failing(Archive(s3, BUCKET), event["Records"][1]["eventID"], refused)
    AuditApp(failing, reports(), TRAIL_STREAM).copy(event)
    assert told(capsys)[0].keys() == METRICS
