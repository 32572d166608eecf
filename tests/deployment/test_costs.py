"""What the document says of costs is what is computed."""

from __future__ import annotations

import pytest

from costs import (
    ALARM_METRICS,
    PRICES_OF,
    Line,
    Shape,
    idle,
    in_front,
    of_logins,
    shapes,
    table,
)
from deployment.deployed import MONITORING, RELEASE, ROOT, TEMPLATE, TRAIL


@pytest.mark.parametrize(
    "written", [table(of_logins()), table(idle()), table(in_front()), shapes(), PRICES_OF]
)
def test_the_document_holds_what_is_computed(written: str) -> None:
    assert written in (ROOT / "docs/costs.md").read_text(encoding="utf-8")


def test_every_metric_that_an_alarm_looks_at_is_paid_for() -> None:
    alarms = [
        each["Properties"]
        for template in (MONITORING, RELEASE, TRAIL)
        for each in template["Resources"].values()
        if each["Type"] == "AWS::CloudWatch::Alarm"
    ]
    asked = [sum("MetricStat" in m for m in alarm.get("Metrics", ())) or 1 for alarm in alarms]
    assert sum(asked) == ALARM_METRICS


def test_twice_the_logins_cost_twice_as_much() -> None:
    once, twice = (sum(each.dollars for each in of_logins(n)) for n in (1.0, 2.0))
    assert twice == pytest.approx(2 * once)
    assert Line("x", 3, "y", 0.5).dollars == 1.5


def test_what_binds_first_is_what_is_used_to_the_largest_part() -> None:
    assert Shape(600_000).logins_a_second == 200
    assert TEMPLATE["Parameters"]["LoginsPerSecond"]["Default"] == 1500  # which it knows
    assert Shape(600_000).binds_first == "a new table's 4,000 write units a second, at 30%"
