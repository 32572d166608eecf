"""The login's log in CloudWatch Logs, by Logs Insights."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from numo_sso.log_query import LogQuery, QueryFailed
from numo_sso.storage.reading import error_code
from numo_sso.support.keys.steps import FLOW_SECONDS
from numo_sso.support.logins.log import LogUnavailable, Traffic
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PATIENCE = 25
"""Seconds in which a query must end; somebody is on the phone."""
_MOST_LINES = 50

_MOST_SITES = 2000


def traffic_query(began_before: int | None = None) -> str:
    """Trips by site and hint: first each trip by itself, then those of a site together.

    Args:
        began_before: milliseconds since 1970. Without it, trips that are underway count as left.
    """
    begun = f" and began < {began_before}" if began_before is not None else ""
    return (
        'filter service = "sso" and ispresent(trip)\n'
        '| fields strcontains(outcome, "started") as is_start\n'
        "| stats sum(is_start) as starts, count(*) - sum(is_start) as answers,"
        " earliest(elo_host) as host, earliest(school_hint) as hint,"
        " min(@timestamp) as began, max(@timestamp) as seen by trip\n"
        f"| filter starts > 0{begun}\n"
        "| stats count(*) as trips, sum(least(answers, 1)) as returned, max(seen) as last_seen"
        " by host, hint\n"
        f"| sort trips desc | limit {_MOST_SITES}"
    )


class Insights:
    """:class:`numo_sso.support.logins.log.LoginLog` on one log group.

    Args:
        client: of CloudWatch Logs.
        group: the log group's name.
        sleep: waits so many seconds.
        timer: seconds from any start.
    """

    def __init__(
        self,
        client: Any,
        group: str,
        sleep: Callable[[float], None],
        timer: Callable[[], float],
    ) -> None:
        self._group = group
        self._query = LogQuery(client, group, sleep, timer, _PATIENCE)

    @property
    def place(self) -> str:
        return f"Logs Insights, {self._group}"

    def with_reference(
        self, references: Sequence[str], since: float, until: float
    ) -> list[dict[str, Any]]:
        wanted = ", ".join(f'"{each}"' for each in references)
        rows = self._ask(
            "fields @timestamp, @message"
            f" | filter reference in [{wanted}] | sort @timestamp asc | limit {_MOST_LINES}",
            since,
            until,
        )
        lines = (_line(row.get("@message", "")) for row in rows)
        return [line for line in lines if line.get("reference") in references]

    def traffic(self, since: float, until: float) -> list[Traffic]:
        """Those underway at ``until`` may still come back after it, so the log is read to now."""
        rows = self._ask(traffic_query(int(until * 1000)), since, until + FLOW_SECONDS)
        return [_traffic(row) for row in rows]

    def _ask(self, query: str, since: float, until: float) -> list[dict[str, str]]:
        """The rows of a query's answer: each field's text by its name."""
        try:
            return self._query(query, since, until)
        except (BotoCoreError, ClientError) as error:
            raise LogUnavailable(
                say("CloudWatch Logs answered {code}", code=error_code(error))
            ) from error
        except QueryFailed as failed:
            if failed.late:
                raise LogUnavailable(
                    say("the query took longer than {seconds} seconds", seconds=_PATIENCE)
                ) from failed
            raise LogUnavailable(
                say("the query ended as {status}", status=failed.status)
            ) from failed


def _traffic(row: dict[str, str]) -> Traffic:
    return Traffic(
        host=row.get("host", ""),
        hint=row.get("hint", ""),
        trips=_number(row, "trips"),
        returned=_number(row, "returned"),
        last_seen=_number(row, "last_seen") // 1000,
    )


def _number(row: dict[str, str], name: str) -> int:
    """Insights writes some whole numbers with a decimal point."""
    return int(float(row.get(name) or 0))


def _line(message: str) -> dict[str, Any]:
    with suppress(ValueError):
        line = json.loads(message)
        if isinstance(line, dict):
            return line
    return {}
