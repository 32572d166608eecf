"""The watch's package under Lambda's runtime client, each function within its role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from deployment.cloud import Cloud, sample
from deployment.deployed import function, properties

if TYPE_CHECKING:
    from collections.abc import Mapping


def metric(cloud: Cloud, name: str, wanted: str) -> Mapping[str, Any]:
    """The last line with this metric."""
    return [line for line in cloud.log(name) if wanted in line][-1]


def test_the_hours_are_told_and_the_log_is_asked(cloud: Cloud) -> None:
    cloud.invoke("Watch", sample("watch/scheduled.json"))
    assert metric(cloud, "Watch", "SchoolHours")["environment"] == "production"
    assert metric(cloud, "Watch", "CalendarDaysLeft")
    used = {action for action, _ in cloud.guards["Watch"].used}
    assert "logs:StartQuery" in used
    assert not cloud.guards["Watch"].denied


def test_the_schools_that_are_active_are_those_of_the_table(cloud: Cloud) -> None:
    """Nobody of the only one has logged in."""
    cloud.invoke("Watch", sample("watch/daily.json"))
    assert {"dynamodb:Scan"} <= {action for action, _ in cloud.guards["Watch"].used}
    assert not cloud.guards["Watch"].denied


def test_a_start_that_nobody_answers_is_told_and_not_raised(cloud: Cloud) -> None:
    """No deployment is at the public URL here, and no right in AWS is asked for."""
    cloud.invoke("Heartbeat", sample("heartbeat/scheduled.json"))
    assert metric(cloud, "Heartbeat", "StartUp")["StartUp"] == 0
    assert not cloud.guards["Heartbeat"].used


@pytest.mark.parametrize("name", ["Watch", "Heartbeat"])
def test_it_logs_json_to_a_group_that_forgets_and_ends_before_the_next_run(name: str) -> None:
    configured = function(name)
    assert configured["LoggingConfig"]["LogFormat"] == "JSON"
    group = properties(f"{name}Log")
    assert group["LogGroupName"] == f"/aws/lambda/{configured['FunctionName']}"
    assert int(group["RetentionInDays"]) == 90
    assert configured["Timeout"] <= 60
    often = configured["Events"]["Often"]["Properties"]
    assert often["ScheduleExpression"] == "rate(5 minutes)"
    assert often["RetryPolicy"] == {"MaximumRetryAttempts": 0}
    assert configured["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


def test_the_heartbeat_begins_a_test_at_the_public_url_and_expects_the_hub() -> None:
    """A test of the connection begins as a login does, and no count of logins has it."""
    variables = function("Heartbeat")["Environment"]["Variables"]
    assert variables["HEARTBEAT_URL"] == "https://api.numo.nl/v1/sso/test"
    assert variables["HUB_HOST"] == "engine.entree.kennisnet.nl"
