"""Dashboards, alarms and queries name what the code emits, and all of it; nobody edits the file."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from boards.alarm_list import ALARMS
from boards.alarms import Level
from boards.queries import SAVED
from deployment.deployed import (
    FUNCTIONS,
    MONITORING,
    RELEASE,
    ROOT,
    TEMPLATE,
    TRAIL,
    function,
    nested,
    properties,
)
from deployment.packaged import WIDE
from front.handler import WORDS as PAGES
from kit.emitting import every_line
from make_monitoring import PARAMETERS, TARGET, render
from numo_local.gateway.faults import ANSWERS
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "NumoSso"
Series = tuple[str, str, tuple[str, ...]]
"""Name, service and further dimensions of a metric of ours."""

WORDS = frozenset(
    re.findall(
        r"\w+",
        "fields filter stats sort limit by as asc desc in and or not ispresent count sum avg pct"
        " max min latest earliest coalesce bin count_distinct strcontains least",
    )
)
"""What Logs Insights itself says, as far as queries here use it."""
RUNBOOK = (ROOT / "docs/runbook.md").read_text("utf-8")
PARTS = ("What happened", "Who is hurt", "Causes", "Look at", "Do", "Kennisnet")
EVERY_ALARM = [
    *(name for name, each in MONITORING["Resources"].items() if each["Type"].endswith("::Alarm")),
    *(name for name, each in TRAIL["Resources"].items() if each["Type"].endswith("::Alarm")),
    *(name for name, each in RELEASE["Resources"].items() if each["Type"].endswith("::Alarm")),
]


@cache
def emitted() -> dict[str, list[dict[str, Any]]]:
    return every_line()


@cache
def emitted_series() -> frozenset[Series]:
    """Every metric that a line of the real functions carries."""
    return frozenset(
        (metric["Name"], line["service"], tuple(sorted(set(names) - {"environment", "service"})))
        for lines in emitted().values()
        for line in lines
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", ())
        for names in directive["Dimensions"]
        for metric in directive["Metrics"]
    )


def series_of(name: str, dimensions: dict[str, str]) -> Series:
    assert dimensions["environment"] == "production"
    if "outcome" in dimensions:
        assert dimensions["outcome"] in CATALOGUE
    more = tuple(sorted(dimensions.keys() - {"environment", "service"}))
    return name, dimensions["service"], more


def dashboards() -> dict[str, dict[str, Any]]:
    return {
        name: json.loads(properties(f"{name}Dashboard")["DashboardBody"])
        for name in ("Support", "Operations")
    }


def shown() -> Iterator[tuple[str, Series]]:
    """Every metric of ours in a dashboard, with the title of its widget."""
    for board in dashboards().values():
        for widget in board["widgets"]:
            for row in widget["properties"].get("metrics", ()):
                yield from ((widget["properties"]["title"], each) for each in of_row(row))


def of_row(row: list[Any]) -> Iterator[Series]:
    if isinstance(row[0], str):
        if row[0] == OURS:
            parts = [part for part in row[2:] if isinstance(part, str)]
            yield series_of(row[1], dict(zip(parts[::2], parts[1::2], strict=True)))
    elif searched := re.match(r"SEARCH\('\{NumoSso,(\S+)\} (.*)', '", row[0]["expression"]):
        given = dict(re.findall(r'(\w+)="([^"]*)"', searched[2]))
        name = given.pop("MetricName")
        free = {each: "" for each in searched[1].split(",") if each not in given}
        yield name, given["service"], tuple(sorted(free))


def of_alarms() -> Iterator[tuple[str, Series]]:
    for name in EVERY_ALARM:
        for metric in metrics_of(properties(name)):
            if metric["Namespace"] == OURS:
                dimensions = {each["Name"]: each["Value"] for each in metric["Dimensions"]}
                yield name, series_of(metric["MetricName"], dimensions)


def metrics_of(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    if "Metrics" not in alarm:
        return [alarm]
    return [each["MetricStat"]["Metric"] for each in alarm["Metrics"] if "MetricStat" in each]


def test_the_file_is_what_the_rows_make() -> None:
    assert TARGET.read_text("utf-8") == render()


def test_each_metric_in_a_dashboard_is_one_that_the_code_emits() -> None:
    unknown = [each for each in shown() if each[1] not in emitted_series()]
    assert not unknown


def test_each_metric_of_an_alarm_is_one_that_the_code_emits() -> None:
    unknown = [each for each in of_alarms() if each[1] not in emitted_series()]
    assert not unknown


def test_each_metric_that_the_code_emits_is_shown_somewhere() -> None:
    seen = {series for _, series in shown()}
    by_outcome = {each for each in emitted_series() if each[2] == ("outcome",) and each[1] != "sso"}
    steps = {each for each in emitted_series() if each[0].startswith("Phase") and each[1] != "sso"}
    steps = {each for each in steps if each[0] != "PhaseSession"}
    assert emitted_series() - seen - by_outcome - steps == set()


def test_each_answer_of_the_gateways_own_is_in_the_runbook_and_asked_for_there() -> None:
    """One list says what it answers without us: the local gateway gives no other."""
    entries = re.findall(r"^### gateway-(\d+)\n(.*?)(?=^##|\Z)", RUNBOOK, re.MULTILINE | re.DOTALL)
    assert [int(status) for status, _ in entries] == sorted(ANSWERS)
    for status, entry in entries:
        assert entry.startswith(f"HTTP {status}. Whose move: ")
        assert all(f"**{part}.**" in entry for part in PARTS)
    [saved] = [each for each in SAVED if each.name == "gateway-answers"]
    for text in (RUNBOOK, saved.query):
        assert f"filter status in {sorted(ANSWERS)}" in text


def test_whoever_logs_in_meets_a_page_where_cloudfront_can_give_one() -> None:
    """A request that is none, and a path that is not ours, are met by no login."""
    assert {int(status) for status in PAGES} == ANSWERS.keys() - {400, 404}


def test_each_function_behind_an_alias_shows_which_version_has_its_traffic() -> None:
    """By what it counts, or by its log; and where a tenth goes first, what the gates look at."""
    titles = {
        widget["properties"].get("title", ""): json.dumps(widget["properties"])
        for widget in dashboards()["Operations"]["widgets"]
    }
    stepwise = [name.lower() for name in FUNCTIONS if "DeploymentPreference" in function(name)]
    for service in (name.lower() for name in FUNCTIONS):
        told = "Version in traffic: {}" if service in stepwise else "Version of {}"
        assert service in titles[told.format(service)]
    for title in ("Failures by version", "Errors by version: no page"):
        for service in stepwise:
            assert f"{service} ${{PROP(" in titles[title]
    live = function("Sso")["FunctionName"].removesuffix("sso")
    assert f'Resource=\\"{live}' in titles["Errors by version: no page"]


def test_every_refusal_of_the_login_is_shown_by_its_outcome() -> None:
    body = properties("SupportDashboard")["DashboardBody"]
    missing = [
        code
        for code, each in CATALOGUE.items()
        if each.stage in {"after", "before", "fault"} and not each.good and f'"{code}"' not in body
    ]
    assert not missing


def queries() -> Iterator[tuple[str, str, str]]:
    """Title, log group and text of every query, of dashboards and saved."""
    logs = {f"${{{name}}}": name for name in (*PARAMETERS, "AccessLog")}
    resolved = {nested("Monitoring").resolve({"Ref": name}): name for name in logs.values()}
    for board in dashboards().values():
        for widget in board["widgets"]:
            if widget["type"] == "log":
                source, _, query = widget["properties"]["query"].partition(" | ")
                found = re.fullmatch(r"SOURCE '(.*)'", source)
                assert found
                yield widget["properties"]["title"], resolved[found[1]], query
    for saved in SAVED:
        yield saved.name, logs[saved.log], saved.query


def fields_of(query: str) -> set[str]:
    """The fields that a query reads: its words without strings, aliases and Insights' own."""
    bare = re.sub(r'"[^"]*"|/[^/]+/', " ", query)
    aliases = set(re.findall(r"\bas (\w+)", bare))
    words = set(re.findall(r"(?<![\w@.])[@A-Za-z_][\w.]*", bare))
    return {each for each in words if not each.startswith("@")} - aliases - WORDS


def known(log: str) -> set[str]:
    if log == "AccessLog":
        settings = TEMPLATE["Resources"]["Api"]["Properties"]["AccessLogSettings"]
        return set(json.loads(settings["Format"]))
    return {name for line in emitted()[log] for name in line}


@pytest.mark.parametrize(("title", "log", "query"), list(queries()), ids=lambda each: each[:30])
def test_each_field_of_a_query_is_one_that_its_log_has(title: str, log: str, query: str) -> None:
    assert not fields_of(query) - known(log), title


@pytest.mark.parametrize(
    "log", ["SsoLog", "SessionLog", "SupportLog", "FederationLog", "ReleaseLog"]
)
def test_whatever_is_asked_answers_with_the_same_fields_in_its_line(log: str) -> None:
    """So that one query serves them all; those that a clock asks have the deployment alone."""
    ended = [line for line in emitted()[log] if "outcome" in line]
    assert ended
    assert not [line for line in ended if WIDE - line.keys()]


@pytest.mark.parametrize("log", ["AuditLog", "WatchLog", "HeartbeatLog"])
def test_whatever_a_clock_asks_says_which_deployment_and_version_it_is(log: str) -> None:
    assert all({"environment", "version"} <= line.keys() for line in emitted()[log])


def test_each_code_and_outcome_that_a_query_asks_for_is_logged() -> None:
    """A query for a code that nobody writes finds nothing, and says that all is well."""
    for title, log, query in queries():
        for name, value in re.findall(r'(message_code|service|stage|outcome) = "([^"]+)"', query):
            values = {line.get(name) for line in emitted()[log]} | (set(CATALOGUE) & {value})
            assert value in values, title


def test_ten_questions_and_more_are_saved_each_with_a_name_of_its_own() -> None:
    assert len({each.name for each in SAVED}) == len(SAVED) >= 10
    assert all(each.question.endswith("?") for each in SAVED)


@pytest.mark.parametrize("name", EVERY_ALARM)
def test_an_alarm_has_a_level_a_floor_and_an_entry_in_the_runbook(name: str) -> None:
    described = properties(name)["AlarmDescription"]
    found = re.fullmatch(
        r"(?P<name>\S+) \((wake|work-day)\): (?P<what>.+\.|.+) Floor: (?P<floor>.+\.)"
        r" See docs/runbook\.md#(?P<anchor>\S+)\.",
        described,
    )
    assert found, described
    assert found["anchor"] == found["name"]
    entry = re.search(rf"^### {found['name']}\n(.*?)(?=^##)", RUNBOOK, re.MULTILINE | re.DOTALL)
    assert entry
    assert all(f"**{part}.**" in entry[1] for part in PARTS)


@pytest.mark.parametrize("alarm", ALARMS, ids=lambda each: each.name)
def test_an_alarm_tells_the_topic_of_its_level_and_the_runbook_the_same(alarm: Any) -> None:
    made = properties(alarm.logical_id)
    topic = {Level.WAKE: "WakeTopic", Level.WORKDAY: "WorkdayTopic"}[alarm.level]
    assert made["AlarmActions"] == made["OKActions"] == [f"numo-sso-local-{topic}"]
    said = RUNBOOK.partition(f"### {alarm.name}\n")[2].partition("\n")[0]
    assert said.startswith(
        {Level.WAKE: "Wakes.", Level.WORKDAY: "For the working day"}[alarm.level]
    )


@pytest.mark.parametrize(
    "alarm", [each for each in ALARMS if each.formula], ids=lambda each: each.name
)
def test_a_formula_uses_all_of_its_metrics_and_no_others(alarm: Any) -> None:
    used = set(re.findall(r"\b[a-z]\w*\b", alarm.formula))
    assert used == {each.id for each in alarm.metrics}
    assert len(alarm.metrics) <= 10


@pytest.mark.parametrize("alarm", ALARMS, ids=lambda each: each.name)
def test_a_share_counts_only_above_a_floor_of_volume(alarm: Any) -> None:
    """Whatever divides asks first whether there is enough to divide by."""
    if "/" in alarm.formula:
        divisor = alarm.formula.rpartition("/ ")[2].partition(",")[0]
        found = re.search(rf"IF\(.*\b{divisor} >= (\d+)", alarm.formula)
        assert found
        assert int(found[1]) >= 30
        assert found[1] in alarm.floor
    elif alarm.compare == ">=":
        assert alarm.threshold >= 1


def test_every_parameter_is_given_by_the_root_and_used() -> None:
    given = TEMPLATE["Resources"]["Monitoring"]["Properties"]["Parameters"]
    assert given.keys() == MONITORING["Parameters"].keys() == PARAMETERS.keys()
    text = TARGET.read_text("utf-8").partition("Conditions:")[2]
    assert [name for name in PARAMETERS if name not in text] == []


@pytest.mark.parametrize("name", ["Support", "Operations"])
def test_a_dashboard_says_how_to_read_it_and_its_widgets_lie_on_the_grid(name: str) -> None:
    widgets = dashboards()[name]["widgets"]
    assert widgets[0]["type"] == "text"
    assert sum(each["type"] == "text" for each in widgets) >= 2
    assert all(each["x"] + each["width"] <= 24 for each in widgets)
    places = {(each["x"], each["y"]) for each in widgets}
    assert len(places) == len(widgets)
    titles = [w["properties"]["title"] for w in widgets if w["type"] != "text"]
    assert len(set(titles)) == len(titles)


def test_operations_shows_every_alarm_of_this_stack() -> None:
    [widget] = [w for w in dashboards()["Operations"]["widgets"] if w["type"] == "alarm"]
    assert len(widget["properties"]["alarms"]) == len(ALARMS)
