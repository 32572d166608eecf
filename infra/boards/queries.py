"""The questions that people ask of the log, saved: the console lists them by these names."""

from __future__ import annotations

from dataclasses import dataclass

from numo_local.gateway.faults import ANSWERS
from numo_sso.support.logins.insights import traffic_query

LOGIN, WATCH, FEDERATION, ACCESS = "${SsoLog}", "${WatchLog}", "${FederationLog}", "${AccessLog}"

DECIDED = 'filter service = "sso" and ispresent(GoodLogins)'

TROUBLE = (
    'filter message_code = "school-in-trouble"\n'
    "| stats latest(why) as why, latest(logins) as logins, latest(good_logins) as good,"
    " max(@timestamp) as last_seen by school\n"
    "| sort last_seen desc | limit 50"
)
SILENT = (
    'filter message_code = "school-silent"\n'
    "| stats max(@timestamp) as last_told by school\n"
    "| sort school asc | limit 100"
)
BY_SCHOOL = (
    f"{DECIDED}\n"
    "| stats count(*) as logins, sum(GoodLogins) as good, avg(GoodLogins) * 100 as share"
    " by coalesce(entrance, brin) as school\n"
    "| sort logins desc | limit 100"
)
BY_SCHOOL_AND_OUTCOME = (
    f"{DECIDED} and GoodLogins = 0\n"
    "| stats count(*) as refused by coalesce(entrance, brin) as school, outcome, actor\n"
    "| sort refused desc | limit 100"
)
BY_OUTCOME = (
    'filter service = "sso" and ispresent(Requests)\n'
    "| stats count(*) as requests by outcome, number, actor\n"
    "| sort requests desc | limit 50"
)
REFERENCES = (
    'filter service = "sso" and ispresent(reference) and level != "INFO"\n'
    "| stats count(*) as references by bin(1h)"
)
LEFT_AT_HUB = traffic_query()


ARRIVALS = (
    'filter service = "sso" and outcome = "started"\n'
    "| stats count(*) as clicks by bin(1s) as second\n"
    "| sort second asc | limit 10000"
)
"""``make bell ARRIVALS=…`` reads what the console exports of it."""


@dataclass(frozen=True)
class Saved:
    """A query under the question that it answers."""

    name: str
    question: str
    log: str
    query: str


SAVED = (
    Saved(
        "one-reference",
        "What happened to this reference?",
        LOGIN,
        'filter reference = "K7MQ-3XWD-9TRA"\n'
        "| fields @timestamp, outcome, number, detail, actor, entrance, brin, authority, realm,"
        " elo_host, Duration, version\n"
        "| sort @timestamp asc | limit 20",
    ),
    Saved(
        "one-school",
        "How do the logins of this school end?",
        LOGIN,
        f'{DECIDED} and entrance = "petteflat"\n| stats count(*) as logins by outcome, bin(1h)',
    ),
    Saved("by-school", "Which schools log in, and how well?", LOGIN, BY_SCHOOL),
    Saved("refused-by-school", "Who is refused, and why?", LOGIN, BY_SCHOOL_AND_OUTCOME),
    Saved("left-at-hub", "Who went to the hub and never came back?", LOGIN, LEFT_AT_HUB),
    Saved(
        "slow-requests",
        "What was slow, and in which step?",
        LOGIN,
        'filter service = "sso" and Duration > 1000\n'
        "| fields @timestamp, outcome, Duration, cold_start, version, PhaseConfiguration,"
        " PhaseGate, PhaseVerify, PhaseSchool, PhaseUser, PhaseWrite, reference\n"
        "| sort Duration desc | limit 100",
    ),
    Saved(
        "failures",
        "What failed by our fault, and where?",
        LOGIN,
        'filter message_code = "request-failed" or message_code = "exception"\n'
        "| fields @timestamp, outcome, detail, error, where, version, request_id, reference\n"
        "| sort @timestamp desc | limit 100",
    ),
    Saved("arrivals", "When do pupils click?", LOGIN, ARRIVALS),
    Saved(
        "versions",
        "Does the new version do worse than the old one?",
        LOGIN,
        'filter service = "sso" and ispresent(Requests)\n'
        "| stats count(*) as requests, sum(Failures) as failures, pct(Duration, 95) as p95"
        " by version, bin(5m)",
    ),
    Saved(
        "not-verified",
        "Does somebody try responses, or did the hub change?",
        LOGIN,
        'filter stage = "before"\n'
        "| stats count(*) as responses, count_distinct(trip) as trips by outcome, detail\n"
        "| sort responses desc | limit 100",
    ),
    Saved(
        "new-providers",
        "Which identity provider is not known for its school?",
        LOGIN,
        "filter ispresent(new_pair)\n"
        "| stats count(*) as logins, earliest(@timestamp) as since"
        " by entrance, authority, realm, outcome\n"
        "| sort logins desc | limit 100",
    ),
    Saved(
        "metadata-checks",
        "What came of the checks of the hub's metadata?",
        FEDERATION,
        "filter ispresent(outcome)\n"
        "| fields @timestamp, outcome, detail, changes, certificate_days_left, metadata_age\n"
        "| sort @timestamp desc | limit 100",
    ),
    Saved("schools-in-trouble", "Which schools are in trouble, and why?", WATCH, TROUBLE),
    Saved("schools-silent", "Which active schools does nobody come from?", WATCH, SILENT),
    Saved(
        "gateway-answers",
        "What did the gateway answer by itself?",
        ACCESS,
        f"filter status in {sorted(ANSWERS)}\n"
        "| stats count(*) as answers by status, route, error, bin(5m)",
    ),
)
