"""A query of CloudWatch Logs Insights, waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = 0.5
_PATIENCE = 40
"""Seconds in which a query must end; the function has a minute."""
_UNDER_WAY = {"Scheduled", "Running", "Unknown"}


class QueryFailed(Exception):  # noqa: N818  # a state of the log, not a bug
    """The query did not end well, or not in time."""


@dataclass(frozen=True)
class LogQuery:
    """Queries of one log group. ``sleep`` waits seconds, ``timer`` tells them from any start."""

    client: Any
    group: str
    sleep: Callable[[float], None]
    timer: Callable[[], float]

    def __call__(self, query: str, since: float, until: float) -> list[dict[str, str]]:
        """The rows of the answer, each field's text by its name.

        Args:
            since: seconds since 1970, as ``until``.

        Raises:
            QueryFailed: no answer in time.
        """
        started = self.client.start_query(
            logGroupName=self.group, startTime=int(since), endTime=int(until), queryString=query
        )
        patience = self.timer() + _PATIENCE
        while True:
            answer = self.client.get_query_results(queryId=started["queryId"])
            if answer["status"] == "Complete":
                return [{each["field"]: each["value"] for each in row} for row in answer["results"]]
            if answer["status"] not in _UNDER_WAY or self.timer() >= patience:
                raise QueryFailed(f"the query ended as {answer['status']}")
            self.sleep(_PAUSE)
