"""What the document says of costs is what is computed."""

from __future__ import annotations

import pytest

from costs import (
    ALARM_METRICS,
    PRICES_OF,
    WRITES,
    Line,
    Shape,
    idle,
    in_front,
    of_imports,
    of_logins,
    shapes,
    table,
    with_copy,
)
from deployment.deployed import MONITORING, RELEASE, ROOT, STORAGE, TEMPLATE, TRAIL


@pytest.mark.parametrize(
    "written",
    [
        table(of_logins()),
        table(idle()),
        table(of_imports()),
        table(with_copy()),
        table(in_front()),
        shapes(),
        PRICES_OF,
    ],
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


def test_a_copy_is_paid_for_line_by_line_as_the_table_is() -> None:
    """Each write, the storage and its recovery; a table that loses one of them costs less."""
    paid = {each.what: each for each in with_copy()}
    written = paid["copy, replicated writes"].count
    assert written == sum(each.count for each in of_imports())
    assert paid["copy, replicated writes"].price > WRITES, "the other region is dearer"
    copied = [
        each["Properties"]["Replicas"][1]["Fn::If"][1]
        for each in STORAGE["Resources"].values()
        if len(each["Properties"].get("Replicas", ())) > 1
    ]
    assert len(copied) == 2
    for replica in copied:
        assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert paid["copy, point-in-time recovery"].count == paid["copy, tables"].count


def test_half_the_users_are_half_the_copy() -> None:
    whole, half = (sum(each.dollars for each in with_copy(n)) for n in (1.0, 0.5))
    assert half == pytest.approx(whole / 2)
    assert with_copy(0.0)[0].dollars == 0


def test_twice_the_logins_cost_twice_as_much() -> None:
    once, twice = (sum(each.dollars for each in of_logins(n)) for n in (1.0, 2.0))
    assert twice == pytest.approx(2 * once)
    assert Line("x", 3, "y", 0.5).dollars == 1.5


def test_what_binds_first_is_what_is_used_to_the_largest_part() -> None:
    assert Shape(600_000).logins_a_second == 200
    assert TEMPLATE["Parameters"]["LoginsPerSecond"]["Default"] == 1500  # which it knows
    assert Shape(600_000).binds_first == "a new table's 4,000 write units a second, at 30%"
