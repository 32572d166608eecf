"""A run of the function: always an answer, one line, and metrics that say how it stands."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from federation.reports import METRICS, Report, Reports
from kit.federation import REQUEST_ID, Hourly, new_certificate
from kit.support import NOW, metadata
from numo_sso.federation.codes import CODES, MetadataRefused
from numo_sso.federation.ports import IN_FORCE, Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.support import Deployment

_NUMBERS = count()
EVENTS = Path(__file__).parents[2] / "events/federation"
ENVIRONMENT = {
    "NUMO_ENVIRONMENT": "dev",
    "PUBLIC_URL": "https://api.numo.nl",
    "ENTRANCE_URL": "https://{entrance}.numo.nl",
    "PARAMETERS_PATH": "/numo-sso/test/",
    "AUDIT_TABLE": "audit",
    "IDP_METADATA_URL": "http://127.0.0.1:9/md",
    "IDP_ENTITY_ID": "https://idp.example/md",
    "IDP_HOST": "",
    "IDP_METADATA_CERTIFICATE": "",
    "CONFIRM_NEW_KEYS": "true",
    "AWS_DEFAULT_REGION": "eu-west-1",
}


def with_fetch(numo: Deployment, fetch: Callable[[str], bytes]) -> None:
    numo.world = replace(numo.world, federation=replace(numo.world.federation, fetch=fetch))


def raising(error: Exception) -> Callable[[str], bytes]:
    def fetch(_: str) -> bytes:
        raise error

    return fetch


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MetadataRefused("metadata-untrusted", "no"), "metadata-untrusted"),
        (MetadataRefused("metadata-redirected", "no"), "metadata-redirected"),
        (MetadataRefused("metadata-unreachable", "no"), "metadata-unreachable"),
        (RuntimeError("a defect"), "metadata-unexpected"),
    ],
)
def test_a_hub_that_cannot_be_heard_leaves_the_good_one(
    numo: Deployment, error: Exception, code: str
) -> None:
    """The run answers, is written down, and tells how long what is in force will last."""
    hourly = Hourly(numo)
    hourly.run()
    good = numo.world.parameters.read()["idp"]
    with_fetch(numo, raising(error))
    numo.now += 7200
    answer = hourly.run()
    assert (answer["ok"], answer["code"]) == (False, code)
    assert answer["hint"]
    assert numo.world.parameters.read()["idp"] == good
    assert numo.parameter("federation/checked")["code"] == code
    assert hourly.kept.last.age == 7200
    assert hourly.kept.last.days_left is not None
    assert len(hourly.kept.faults) == (code == "metadata-unexpected")


class _Failing:
    """A store whose writes fail."""

    def read(self) -> dict[str, str]:
        return {}

    def write(self, name: str, value: str) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException"}}, f"{name}{value}"[:8])

    def versions(self) -> list[Version]:
        return []


def test_the_record_comes_before_the_change(numo: Deployment) -> None:
    """Where SSM fails the record is there, and the change is not."""
    federation = replace(numo.world.federation, store=_Failing())
    numo.world = replace(numo.world, federation=federation)
    hourly = Hourly(numo)
    assert hourly.code() == "metadata-storage-failed"
    assert [each["subject"] for each in numo.audit()] == [f"configuration#{IN_FORCE}"]
    assert len(hourly.kept.faults) == 1


def test_a_deployment_that_trusts_the_wrong_hub_asks_it_nothing(numo: Deployment) -> None:
    """Production with the staging hub's address is refused before anything is fetched."""
    federation = numo.world.federation
    expected = replace(federation.expected, environment="production")
    asked: list[str] = []
    federation = replace(
        federation,
        expected=expected,
        fetch=lambda url: asked.append(url) or b"",  # type: ignore[func-returns-value]
    )
    numo.world = replace(numo.world, federation=federation)
    assert Hourly(numo).code() == "metadata-test-hub"
    assert asked == []


def test_the_trail_beats_each_hour_whatever_becomes_of_the_metadata(numo: Deployment) -> None:
    """A copy that stands still is heard by it, when nobody changes anything for days."""
    hourly = Hourly(numo)
    hourly.run()
    with_fetch(numo, raising(RuntimeError("a defect")))
    numo.now += 3600
    hourly.run()
    hourly.run("demand")
    first, second = sorted(numo.beats(), key=lambda each: str(each["at"]))
    assert (first["subject"], first["request_id"]) == ("trail", REQUEST_ID)
    assert first["at"] < second["at"]
    assert not {"before", "after", "caller", "ticket"} & first.keys()


def test_a_trail_that_cannot_beat_stops_no_check(numo: Deployment) -> None:
    hourly = Hourly(numo)
    hourly.run()
    numo.world.tables.audit.delete_table()
    assert hourly.code() == "metadata-unchanged"
    assert len(hourly.kept.faults) == 1


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def reported(capsys: pytest.CaptureFixture[str], report: Report) -> list[dict[str, Any]]:
    reports().ended(report)
    return lines(capsys)


def reports() -> Reports:
    """Loggers of one name share their stream, and each test has its own."""
    return Reports("staging", f"federation-{next(_NUMBERS)}")


def test_a_good_run_is_one_line_and_its_metrics(
    numo: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    """What changed is counted; the days that are left and the age are gauges."""
    hourly = Hourly(numo)
    numo.metadata = metadata(new_certificate(NOW)[0])
    hourly.run()
    numo.metadata = metadata(new_certificate(NOW)[0], *certificates(numo), location=moved(numo))
    hourly.run()
    [log] = reported(capsys, hourly.kept.last)
    assert (log["level"], log["message"]) == ("INFO", "metadata checked")
    assert (log["outcome"], log["trigger"]) == ("metadata-published", "schedule")
    assert len(log["changes"]) == 2
    assert log["certificate_days_left"] == log["CertificateDaysLeft"] > 3600
    assert log["MetadataChecked"] == log["CertificateAdded"] == log["SsoUrlChanged"] == 1
    assert log["CertificateRemoved"] == log["MetadataAge"] == 0
    [described] = log["_aws"]["CloudWatchMetrics"]
    assert described["Namespace"] == "NumoSso"
    assert described["Dimensions"] == [["environment", "service"]]


def certificates(numo: Deployment) -> list[str]:
    return [each["certificate"] for each in numo.parameter("idp")["certificates"]]


def moved(numo: Deployment) -> str:
    return str(numo.parameter("idp")["sso_url"]) + "/key:20260824"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_ending_is_logged_and_counted(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that need somebody are warnings or errors; a failure is counted by its code."""
    [log] = reported(capsys, Report("demand", "r", code, "why"))
    kind = CODES[code].kind
    assert log["outcome"] == code
    assert log["level"] == {"good": "INFO", "held": "WARNING"}.get(kind.value, "ERROR")
    counted = METRICS & log.keys()
    expected = {"good": {"MetadataChecked"}, "held": {"MetadataChecked", "MetadataHeld"}}
    assert counted == expected.get(kind.value, {"MetadataFailed"})
    if not kind.went_well:
        assert log["code"] == code
        [described] = log["_aws"]["CloudWatchMetrics"]
        assert described["Dimensions"] == [["environment", "service", "code"]]


def test_an_exception_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    reports().fault(ValueError("what it was about"))
    assert "ValueError" in (said := str(lines(capsys)))
    assert "what it was about" not in said


def test_each_metric_is_listed_where_they_are_described() -> None:
    """Whoever sets an alarm reads the table in the module."""
    described = importlib.import_module("federation.reports").__doc__ or ""
    assert all(f"``{name}``" in described for name in METRICS)


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*.json")), ids=lambda path: path.stem)
def test_the_handler_builds_itself_and_answers_every_sample(
    path: Path, monkeypatch: pytest.MonkeyPatch, numo: Deployment
) -> None:
    """With the template's variables importing it is all that Lambda has to do."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    handler = importlib.reload(importlib.import_module("federation.handler")).handler
    answer = handler(json.loads(path.read_text()), None)
    assert answer["code"] == "metadata-unreachable"
    assert numo.parameter("federation/checked")["code"] == "metadata-unreachable"
