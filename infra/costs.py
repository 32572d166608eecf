"""What a deployment costs and which quota binds first: ``python infra/costs.py`` prints the tables.

docs/costs.md holds what this prints; a test holds the two together. Prices are in US dollars,
without tax and without the free tier, and are to be checked against AWS's own pages before anyone
relies on them (:data:`PRICES_OF`).
"""

from __future__ import annotations

from dataclasses import dataclass

PRICES_OF = "2026-11-24"
"""The day on which the prices below were written down, for eu-west-1."""
GATEWAY = 1.11
"""A million requests of an HTTP API."""
INVOCATIONS = 0.20
GB_SECOND = 0.0000133334
"""Of Lambda on arm64."""
PROVISIONED_GB_SECOND, PROVISIONED_BUSY_GB_SECOND = 0.0000033334, 0.0000077778
"""Of instances that are kept ready, on arm64: for being there, and for executing."""
WRITES, READS = 0.705, 0.1415
"""A million request units of DynamoDB on demand."""
TABLE_GB, BACKUP_GB = 0.283, 0.2264
"""A month."""
COPY_WRITES, COPY_GB, COPY_BACKUP_GB, TRANSFER_GB = 0.7625, 0.306, 0.2448, 0.02
"""The same in eu-central-1, for a copy there: a replicated write costs what a write costs in its
region. And a gigabyte from eu-west-1 to another region."""
LOG_GB = 0.57
LOGIN_WRITES, LOGIN_READS = 20, 3
"""Request units of one login: see :func:`of_logins`."""
IMPORT_WRITES = 4
"""Request units of a user who is imported with an IDGebr: two items, in transactions, which count
double (docs/decisions/013)."""
LOG_KB = 1.7
"""A line of the log, which is a request."""
METRIC, ALARM, DASHBOARD, KEY = 0.30, 0.10, 3.0, 1.0
"""One for a month; an alarm for each metric that it looks at."""
FIREWALL, FIREWALL_RULE, SECRET = 5.0, 1.0, 0.40
"""One for a month."""
FIREWALL_REQUESTS, EDGE_REQUESTS, EDGE_FUNCTION = 0.60, 1.20, 0.60
"""A million requests of WAF, of CloudFront in Europe, and of Lambda@Edge."""


@dataclass(frozen=True)
class Line:
    """One line of a bill: so many of something, at so much."""

    what: str
    count: float
    unit: str
    price: float

    @property
    def dollars(self) -> float:
        return self.count * self.price


def of_logins(million: float = 1.0) -> list[Line]:
    """What so many million logins cost: a start, a response, and 20 looks at each session.

    Write units: a login's transaction puts a session (1 KB, and two indexes), a flow, an
    assertion and a trace (with four indexes), and counts double. Removal by TTL is free.
    Read units: a batch of three at half a unit each; a session's look is half a unit and, as seen
    seldom enough, one write of it in five looks.
    """
    looks = 20 * million
    requests = 2 * million + looks
    seconds = (0.012 * 1 + 0.030 * 1) * million + 0.006 * looks
    return [
        Line("API Gateway, requests", requests, "million", GATEWAY),
        Line("Lambda, invocations", requests, "million", INVOCATIONS),
        Line("Lambda, 1 GB for 12, 30 and 6 ms", seconds, "million GB-s", GB_SECOND * 1e6),
        Line("DynamoDB, writes", (LOGIN_WRITES + 4) * million, "million", WRITES),
        Line("DynamoDB, reads", LOGIN_READS * million + looks / 2, "million", READS),
        Line("CloudWatch Logs, 1.7 KB a line", LOG_KB * requests, "GB", LOG_GB),
    ]


def idle() -> list[Line]:
    """What a month without anybody costs."""
    return [
        Line("tables, 1 GB", 1, "GB", TABLE_GB),
        Line("point-in-time recovery", 1, "GB", BACKUP_GB),
        Line("key for refused codes", 1, "key", KEY),
        Line("alarms, by the metrics that they look at", ALARM_METRICS, "metric", ALARM),
        Line("dashboards", 2, "dashboard", DASHBOARD),
        Line("metrics by outcome, version and function", 60, "metric", METRIC),
    ]


def of_imports(million: float = 1.0) -> list[Line]:
    """What it costs to import so many million users anew, as all are in August."""
    return [Line("DynamoDB, writes", IMPORT_WRITES * million, "million", WRITES)]


def with_copy(million: float = 1.0) -> list[Line]:
    """What a copy of schools and roster adds: a month of so many million users, all imported anew.

    A million users are two million items of some half a kilobyte, a gigabyte. A replicated write is
    taken to count as the one that it repeats, double in a transaction, though AWS may count less.
    """
    return [
        Line("copy, replicated writes", IMPORT_WRITES * million, "million", COPY_WRITES),
        Line("copy, tables", million, "GB", COPY_GB),
        Line("copy, point-in-time recovery", million, "GB", COPY_BACKUP_GB),
        Line("transfer to its region", million, "GB", TRANSFER_GB),
    ]


ALARM_METRICS = 74
"""A test counts them in the templates."""


def in_front(million: float = 1.0) -> list[Line]:
    """What the option of CloudFront with a firewall adds: a month, and so many million logins."""
    requests, answers = 22 * million, 2 * million
    return [
        Line("firewall", 1, "firewall", FIREWALL),
        Line("its rules", 5, "rule", FIREWALL_RULE),
        Line("secret by which CloudFront proves itself", 1, "secret", SECRET),
        Line("firewall, requests", requests, "million", FIREWALL_REQUESTS),
        Line("CloudFront, requests", requests, "million", EDGE_REQUESTS),
        Line("pages, calls on /v1/sso*", answers, "million", EDGE_FUNCTION),
    ]


@dataclass(frozen=True)
class Shape:
    """A deployment of so many users, at its worst minutes: 08:25 to 08:35.

    A fifth of all users log in within those ten minutes, and their app looks three times each.
    """

    users: int

    @property
    def logins_a_second(self) -> float:
        return self.users / 5 / 600

    @property
    def requests_a_second(self) -> float:
        return self.logins_a_second * (2 + 3)

    @property
    def lambdas(self) -> float:
        """At once: a login's 42 ms and three looks of 6, four times as long while it gets busy."""
        return self.logins_a_second * (0.042 + 3 * 0.006) * 4

    @property
    def writes_a_second(self) -> float:
        return self.logins_a_second * 24

    @property
    def logins_a_month(self) -> float:
        """Millions: one each school day."""
        return self.users * 20 / 1e6

    @property
    def binds_first(self) -> str:
        """The quota of a new account that is reached to the largest part, evenly over the minutes.

        Below a mapped domain a start and a response share a throttle; of a login's write units six
        are the sessions table's. What a bell makes of it is docs/bell.md's.
        """
        parts = {
            "LoginsPerSecond (1,500, a parameter)": 2 * self.logins_a_second / 1500,
            "a new table's 4,000 write units a second": 6 * self.logins_a_second / 4000,
            "Lambda's concurrency (1,000)": self.lambdas / 1000,
            "the gateway's 10,000 requests a second": self.requests_a_second / 10_000,
            "a table's 40,000 write units a second": self.writes_a_second / 40_000,
        }
        name = max(parts, key=lambda each: parts[each])
        return f"{name}, at {parts[name]:.0%}"


def table(lines: list[Line]) -> str:
    """Lines and their sum, as the document shows them."""
    rows = [f"| {e.what} | {e.count:,.3g} {e.unit} | {e.dollars:,.2f} |" for e in lines]
    total = sum(each.dollars for each in lines)
    head = ["| what | how much | dollars |", "|---|---|---|"]
    return "\n".join([*head, *rows, f"| **together** | | **{total:,.2f}** |"])


def shapes() -> str:
    """The three sizes, as the document shows them."""
    head = (
        "| users | logins a month | dollars a month | logins a second at 08:30 | Lambdas at once "
    )
    rows = [head + "| writes a second | binds first |", "|---|---|---|---|---|---|---|"]
    for users in (10_000, 1_000_000, 20_000_000):
        shape = Shape(users)
        dollars = sum(each.dollars for each in [*of_logins(shape.logins_a_month), *idle()])
        rows.append(
            f"| {users:,} | {shape.logins_a_month:,.1f} million | {dollars:,.0f} "
            f"| {shape.logins_a_second:,.0f} | {shape.lambdas:,.0f} "
            f"| {shape.writes_a_second:,.0f} | {shape.binds_first} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    tables = [of_logins(), idle(), of_imports(), with_copy(), in_front()]
    print(*map(table, tables), shapes(), sep="\n\n")  # noqa: T201  # a command's answer
