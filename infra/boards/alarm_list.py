"""Every alarm but those of the trail, which are in infra/audit.yaml with what they watch."""

from __future__ import annotations

from boards.alarms import Alarm, Level
from boards.metrics import Metric, aws, ours

WAKE, WORKDAY = Level.WAKE, Level.WORKDAY
HOURS = ours("SchoolHours", "Maximum", service="watch").known_as("hours")
"""1 while schools are open; where it is missing, an alarm that heeds it is silent and
watch-silent is not."""
_ANSWERING = {
    "sso": "${SsoFunction}",
    "session": "${SessionFunction}",
    "authorizer": "${AuthorizerFunction}",
}
_BEHIND = {
    "support": "${SupportFunction}",
    "federation": "${FederationFunction}",
    "watch": "${WatchFunction}",
    "heartbeat": "${HeartbeatFunction}",
}
_TABLES = ("Schools", "Roster", "Sessions", "Traces")


def _all(name: str, functions: dict[str, str]) -> tuple[tuple[Metric, ...], str]:
    """A metric of Lambda's, summed over functions."""
    found = tuple(
        aws("Lambda", name, "Sum", FunctionName=function).known_as(short)
        for short, function in functions.items()
    )
    return found, "SUM([" + ", ".join(f"FILL({each.id}, 0)" for each in found) + "])"


def _throttled_tables() -> tuple[tuple[Metric, ...], str]:
    found = tuple(
        aws("DynamoDB", f"{kind}ThrottleEvents", "Sum", TableName=f"${{{name}Table}}").known_as(
            f"{kind.lower()}{name.lower()}"
        )
        for name in _TABLES
        for kind in ("Read", "Write")
    )
    return found, "SUM([" + ", ".join(f"FILL({each.id}, 0)" for each in found) + "])"


def _failures(name: str, service: str, whom: str) -> Alarm:
    return Alarm(
        name,
        WAKE,
        f"More than 5 % of {whom} fail by our fault.",
        "50 requests in five minutes; two datapoints of three.",
        (
            ours("Requests", service=service).known_as("requests"),
            ours("Failures", service=service).known_as("failures"),
        ),
        ">",
        5,
        datapoints=2,
        of=3,
        formula="IF(requests >= 50, 100 * failures / requests, 0)",
    )


def _outcome(name: str, level: Level, outcome: str, what: str, least: int) -> Alarm:
    return Alarm(
        name,
        level,
        what,
        f"{least} in five minutes.",
        (ours("Requests", outcome=outcome),),
        ">=",
        least,
    )


def _certificate(days: int, level: Level) -> Alarm:
    return Alarm(
        f"certificate-{days}",
        level,
        f"The last certificate of the hub in force expires in less than {days} days.",
        "none is needed: it is a date. Two hours of two, so that one odd run rings nobody.",
        (ours("CertificateDaysLeft", "Maximum", service="federation"),),
        "<",
        days,
        period=3600,
        datapoints=2,
        of=2,
    )


_THROTTLED, _THROTTLED_SUM = _all("Throttles", _ANSWERING)
_BROKEN, _BROKEN_SUM = _all("Errors", _ANSWERING)
_BEHIND_BROKEN, _BEHIND_SUM = _all("Errors", _BEHIND)
_SLOWED, _SLOWED_SUM = _throttled_tables()

ALARMS = (
    Alarm(
        "logins-failing",
        WAKE,
        "In school hours less than 60 % of the logins of all schools succeed.",
        "50 decided logins in ten minutes; two datapoints of two.",
        (
            HOURS,
            ours("Logins").known_as("logins"),
            ours("GoodLogins").known_as("good"),
        ),
        "<",
        60,
        period=600,
        datapoints=2,
        of=2,
        formula="IF(FILL(hours, 0) > 0 AND logins >= 50, 100 * good / logins, 100)",
    ),
    Alarm(
        "school-in-trouble",
        WORKDAY,
        "Most logins of a school fail; the log of the watch names it.",
        "ten decided logins of that school in half an hour; three datapoints of six.",
        (ours("SchoolsInTrouble", "Maximum", service="watch"),),
        ">=",
        1,
        datapoints=3,
        of=6,
    ),
    Alarm(
        "no-logins",
        WAKE,
        "In school hours people start, and nobody comes in.",
        "30 starts in fifteen minutes.",
        (
            HOURS,
            ours("Starts").known_as("starts"),
            ours("GoodLogins").known_as("good"),
        ),
        "<",
        1,
        period=900,
        formula="IF(FILL(hours, 0) > 0 AND starts >= 30, FILL(good, 0), 1)",
    ),
    Alarm(
        "starts-without-returns",
        WAKE,
        "In school hours people go to the hub and less than a fifth returns: it is down, or we are"
        " not known there.",
        "30 starts in ten minutes; two datapoints of two.",
        (
            HOURS,
            ours("Starts").known_as("starts"),
            ours("Returns").known_as("returns"),
        ),
        "<",
        20,
        period=600,
        datapoints=2,
        of=2,
        formula="IF(FILL(hours, 0) > 0 AND starts >= 30, 100 * FILL(returns, 0) / starts, 100)",
    ),
    _failures("login-failures", "sso", "the login's requests"),
    _failures("session-failures", "session", "the questions about sessions"),
    _failures("authorizer-failures", "authorizer", "the authorizer's answers"),
    Alarm(
        "login-slow",
        WORKDAY,
        "One in twenty of the login's requests takes longer than two seconds.",
        "50 requests in five minutes; three datapoints of three.",
        (
            ours("Requests").known_as("requests"),
            ours("Duration", "p95").known_as("slow"),
        ),
        ">",
        2000,
        datapoints=3,
        of=3,
        formula="IF(requests >= 50, slow, 0)",
    ),
    Alarm(
        "functions-broken",
        WAKE,
        "Functions that people wait for end without an answer of ours.",
        "ten in five minutes; two datapoints of three.",
        _BROKEN,
        ">=",
        10,
        datapoints=2,
        of=3,
        formula=_BROKEN_SUM,
    ),
    Alarm(
        "jobs-broken",
        WORKDAY,
        "Support, the check of the metadata, the watch or the heartbeat breaks off.",
        "three in an hour.",
        _BEHIND_BROKEN,
        ">=",
        3,
        period=3600,
        formula=_BEHIND_SUM,
    ),
    Alarm(
        "functions-throttled",
        WAKE,
        "Lambda turns requests away: its concurrency is used up.",
        "ten in five minutes; two datapoints of three.",
        _THROTTLED,
        ">=",
        10,
        datapoints=2,
        of=3,
        formula=_THROTTLED_SUM,
    ),
    Alarm(
        "gateway-errors",
        WAKE,
        "The gateway answers 5xx.",
        "twenty in five minutes; two datapoints of three.",
        (aws("ApiGateway", "5xx", "Sum", ApiId="${ApiId}"),),
        ">=",
        20,
        datapoints=2,
        of=3,
    ),
    Alarm(
        "tables-throttled",
        WORKDAY,
        "DynamoDB turns reads or writes away.",
        "twenty in five minutes; two datapoints of three.",
        _SLOWED,
        ">=",
        20,
        datapoints=2,
        of=3,
        formula=_SLOWED_SUM,
    ),
    _outcome("storage-failing", WAKE, "storage-failed", "Logins fail at DynamoDB.", 5),
    _outcome(
        "configuration-missing",
        WAKE,
        "not-configured",
        "A key, the hub's digest or another parameter is missing.",
        5,
    ),
    _outcome("defect", WORKDAY, "unexpected", "Requests meet an exception nobody foresaw.", 3),
    _outcome(
        "responses-untrusted",
        WAKE,
        "response-untrusted",
        "Responses are signed by nobody that we know: has the hub a new key?",
        30,
    ),
    Alarm(
        "new-provider",
        WORKDAY,
        "An identity provider speaks for a school that does not know it.",
        "five logins in an hour.",
        (ours("Requests", outcome="idp-not-known-for-school"),),
        ">=",
        5,
        period=3600,
    ),
    _certificate(60, WORKDAY),
    _certificate(14, WAKE),
    Alarm(
        "metadata-failing",
        WORKDAY,
        "The hub's metadata has not been had for six hours, or nobody asks for it.",
        "none is needed: one good run an hour mends it. Three hours of three.",
        (ours("MetadataAge", "Minimum", service="federation"),),
        ">",
        21600,
        period=3600,
        datapoints=3,
        of=3,
        missing="breaching",
    ),
    Alarm(
        "metadata-changed",
        WORKDAY,
        "The hub has another certificate or address, and it is in force.",
        "one change: each is looked at once.",
        (
            ours("CertificateAdded", service="federation").known_as("added"),
            ours("CertificateRemoved", service="federation").known_as("removed"),
            ours("SsoUrlChanged", service="federation").known_as("moved"),
        ),
        ">=",
        1,
        period=3600,
        formula="FILL(added, 0) + FILL(removed, 0) + FILL(moved, 0)",
    ),
    Alarm(
        "metadata-waiting",
        WORKDAY,
        "Metadata of the hub waits for support to confirm it.",
        "two hours of two: the hub may take it back.",
        (ours("MetadataHeld", service="federation"),),
        ">=",
        1,
        period=3600,
        datapoints=2,
        of=2,
    ),
    Alarm(
        "start-unreachable",
        WAKE,
        "A start from outside has no answer, or leads elsewhere than to the hub.",
        "three rounds of three, fifteen minutes; a round that was not made counts.",
        (ours("StartUp", "Maximum", service="heartbeat"),),
        "<",
        1,
        datapoints=3,
        of=3,
        missing="breaching",
    ),
    Alarm(
        "hub-unreachable",
        WAKE,
        "In school hours the hub's door does not open for a start from outside.",
        "three rounds of three, fifteen minutes.",
        (HOURS, ours("HubUp", "Maximum", service="heartbeat").known_as("hub")),
        "<",
        1,
        datapoints=3,
        of=3,
        formula="IF(FILL(hours, 0) > 0, FILL(hub, 1), 1)",
    ),
    Alarm(
        "watch-silent",
        WORKDAY,
        "Nobody tells the school hours, and the alarms that heed them are deaf.",
        "six rounds of six, half an hour.",
        (ours("SchoolHours", "SampleCount", service="watch"),),
        "<",
        1,
        datapoints=6,
        of=6,
        missing="breaching",
    ),
    Alarm(
        "watch-failing",
        WORKDAY,
        "The watch cannot read the login's log or the schools.",
        "three in an hour.",
        (ours("WatchFailed", service="watch"),),
        ">=",
        3,
        period=3600,
    ),
    Alarm(
        "calendar-ends",
        WORKDAY,
        "The table of school holidays ends in less than 60 days.",
        "none is needed: it is a date. Two hours of two.",
        (ours("CalendarDaysLeft", "Maximum", service="watch"),),
        "<",
        60,
        period=3600,
        datapoints=2,
        of=2,
    ),
)
