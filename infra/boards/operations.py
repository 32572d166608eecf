"""The dashboard *Operations*: how fast, how often broken, how near to a limit, at what cost."""

from __future__ import annotations

from boards.alarm_list import ALARMS
from boards.metrics import Expression, Metric, Row, aws, ours
from boards.widgets import HOUR, Widget, alarms, at, body, graph, numbers, table, text
from numo_sso.journal import PHASES

_GUIDE = """
# Numo SSO, operations (${Environment})
**Woken?** The alarms below are red by name: docs/runbook.md has an entry under each, with the
query to run.
**Otherwise** read down: *Duration* and *Steps* say where time goes (`Verify` is CPU, `School`,
`User`, `Write` are DynamoDB,
`Configuration` is SSM), *Failures* are requests that failed by our fault and had a page, *Errors*
are those that had none.
*Version in traffic* has two lines while a canary runs; only the newer one decides whether it goes
on, by what is below it: failures, errors and duration of each version. Support and federation
change at once.
"""
_LIMITS = """
**Limits.** *Throttles* other than zero mean that somebody saw an error: Lambda's concurrency, or
a hot partition.
*Days left* below 60 is work for a day, below 14 for the night. *Metadata's age* is minutes in a
good hour: the hub is asked every hour.
**Cost.** A login costs two invocations, two round trips to DynamoDB, some 3 KB of log. What grows
without logins growing is a loop or a flood.
"""

FUNCTIONS = {
    "sso": "${SsoFunction}",
    "session": "${SessionFunction}",
    "authorizer": "${AuthorizerFunction}",
    "support": "${SupportFunction}",
    "federation": "${FederationFunction}",
    "audit": "${AuditFunction}",
    "watch": "${WatchFunction}",
    "heartbeat": "${HeartbeatFunction}",
}
ANSWERING = ("sso", "session", "authorizer")
TABLES = {name: f"${{{name.capitalize()}Table}}" for name in ("schools", "roster", "sessions")} | {
    "traces": "${TracesTable}",
    "audit": "${AuditTable}",
}
CLIENT_STEPS = [name for name in PHASES if name != "session"]


def every(name: str, stat: str = "Sum") -> list[Row]:
    """A metric of Lambda's, of each function."""
    return [
        aws("Lambda", name, stat, label, FunctionName=function)
        for label, function in FUNCTIONS.items()
    ]


def answering(name: str, stat: str = "Sum") -> list[Row]:
    return [ours(name, stat, service, service) for service in ANSWERING]


def durations(service: str) -> list[Row]:
    return [ours("Duration", stat, stat, service) for stat in ("p50", "p95", "p99")]


def steps(stat: str) -> list[Row]:
    return [ours(f"Phase{name.capitalize()}", stat, name) for name in CLIENT_STEPS]


def tables(name: str, of: str = "") -> list[Row]:
    """A metric of each table; ``of`` stands before its name where two are in one graph."""
    return [
        aws("DynamoDB", name, "Sum", of + table, TableName=ref) for table, ref in TABLES.items()
    ]


def by_version(name: str, service: str, stat: str = "Sum") -> Row:
    """What each version of a function counts: one line while one has all of the traffic."""
    search = (
        f'SEARCH(\'{{NumoSso,environment,service,version}} MetricName="{name}"'
        f' environment="${{Environment}}" service="{service}"\', \'{stat}\', 300)'
    )
    return Expression(search, f"{service} ${{!PROP('Dim.version')}}", f"{service}_versions")


def errors_by_version(service: str) -> Row:
    """Lambda's errors behind the alias, which it counts by version while two share the traffic."""
    function = FUNCTIONS[service]
    search = (
        'SEARCH(\'{AWS/Lambda,FunctionName,Resource,ExecutedVersion} MetricName="Errors"'
        f' FunctionName="{function}" Resource="{function}:live"\', \'Sum\', 300)'
    )
    label = f"{service} ${{!PROP('Dim.ExecutedVersion')}}"
    return Expression(search, label, f"{service}_errors")


def versions_of(service: str, log: str) -> Widget:
    """Of a function that changes at once, and counts nothing by version: what its log says."""
    return table(
        f"Version of {service}",
        log,
        f'filter service = "{service}" and ispresent(version)'
        " | stats max(@timestamp) as last_seen, count(*) as lines by version"
        " | sort last_seen desc",
    )


def failures() -> list[Row]:
    search = (
        'SEARCH(\'{NumoSso,environment,service,code} MetricName="MetadataFailed"'
        ' environment="${Environment}" service="federation"\', \'Sum\', 3600)'
    )
    return [Expression(search, "", "failed")]


def federation(name: str, stat: str) -> Metric:
    return ours(name, stat, service="federation")


def rows() -> list[tuple[int, list[Widget]]]:
    api = {"ApiId": "${ApiId}"}
    kept = [federation(n, "Sum") for n in ("CertificateAdded", "CertificateRemoved")]
    return [
        (3, [text(_GUIDE)]),
        (5, [alarms("Alarms", [f"${{{each.logical_id}.Arn}}" for each in ALARMS])]),
        (
            7,
            [
                graph("Duration of a login's requests (ms)", durations("sso")),
                graph("Duration of a session's (ms)", durations("session")),
                graph("Duration of the authorizer's (ms)", durations("authorizer")),
            ],
        ),
        (
            7,
            [
                graph(f"Steps, {stat} (ms)", steps(stat), stacked=stat == "p50")
                for stat in ("p50", "p95", "p99")
            ],
        ),
        (
            7,
            [
                graph("Requests", answering("Requests"), stacked=True),
                graph("Cold starts", answering("ColdStarts"), stacked=True),
                graph("Session looked up, p95 (ms)", _sessions("p95")),
            ],
        ),
        (
            7,
            [
                graph("Failures: a page, by our fault", answering("Failures"), stacked=True),
                graph("Errors: no page", every("Errors"), stacked=True),
                graph("The gateway's 5xx", [aws("ApiGateway", "5xx", "Sum", "5xx", **api)]),
                graph("Throttles of functions", every("Throttles"), stacked=True),
            ],
        ),
        (
            7,
            [
                *(
                    graph(
                        f"Version in traffic: {service}",
                        [by_version("Requests", service)],
                        stacked=True,
                    )
                    for service in ANSWERING
                ),
                versions_of("support", "${SupportLog}"),
            ],
        ),
        (
            7,
            [
                graph("Failures by version", [by_version("Failures", each) for each in ANSWERING]),
                graph(
                    "Errors by version: no page", [errors_by_version(each) for each in ANSWERING]
                ),
                graph(
                    "Duration by version, p90 (ms)",
                    [by_version("Duration", each, "p90") for each in ANSWERING],
                ),
                versions_of("federation", "${FederationLog}"),
            ],
        ),
        (2, [text(_LIMITS)]),
        (
            7,
            [
                graph("DynamoDB, read units", tables("ConsumedReadCapacityUnits"), stacked=True),
                graph("DynamoDB, write units", tables("ConsumedWriteCapacityUnits"), stacked=True),
                graph(
                    "DynamoDB, throttled",
                    [
                        *tables("ReadThrottleEvents", "read "),
                        *tables("WriteThrottleEvents", "write "),
                    ],
                    stacked=True,
                ),
            ],
        ),
        (
            6,
            [
                numbers(
                    "Days left",
                    [
                        federation("CertificateDaysLeft", "Minimum"),
                        federation("FirstCertificateDaysLeft", "Minimum"),
                        ours("CalendarDaysLeft", "Minimum", service="watch"),
                    ],
                ),
                graph(
                    "Metadata's age (s)",
                    [federation("MetadataAge", "Maximum")],
                    HOUR,
                    annotations=at(21600, "alarm"),
                ),
                graph(
                    "Metadata: checked, held, changed",
                    [
                        federation("MetadataChecked", "Sum"),
                        federation("MetadataHeld", "Sum"),
                        *kept,
                        federation("SsoUrlChanged", "Sum"),
                    ],
                    HOUR,
                ),
                graph("Metadata refused, by code", failures(), HOUR),
            ],
        ),
        (
            6,
            [
                graph(
                    "From outside: 1 is up",
                    [
                        ours("StartUp", "Minimum", "our start", "heartbeat"),
                        ours("HubUp", "Minimum", "the hub", "heartbeat"),
                    ],
                ),
                graph(
                    "From outside, p95 (ms)", [ours("StartTime", "p95", "our start", "heartbeat")]
                ),
                graph(
                    "School hours, and the watch's own failures",
                    [
                        ours("SchoolHours", "Maximum", service="watch"),
                        ours("WatchFailed", service="watch"),
                    ],
                ),
                graph(
                    "The trail's copy",
                    [
                        ours("TrailCopied", service="audit"),
                        ours("TrailCopyFailed", service="audit"),
                        ours("TrailAltered", service="audit"),
                    ],
                    HOUR,
                ),
            ],
        ),
        (
            6,
            [
                graph("Cost: invocations", every("Invocations"), HOUR, stacked=True),
                graph("Cost: milliseconds of functions", every("Duration"), HOUR, stacked=True),
                graph(
                    "Cost: requests at the gateway",
                    [aws("ApiGateway", "Count", "Sum", "requests", **api)],
                    HOUR,
                ),
                graph(
                    "Cost: bytes of the login's log",
                    [aws("Logs", "IncomingBytes", "Sum", "bytes", LogGroupName="${SsoLog}")],
                    HOUR,
                ),
            ],
        ),
    ]


def _sessions(stat: str) -> list[Row]:
    return [ours("PhaseSession", stat, service, service) for service in ("session", "authorizer")]


def dashboard() -> str:
    return body(rows())
