"""A query of CloudWatch Logs Insights, waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = 0.5
_UNDER_WAY = {"Scheduled", "Running", "Unknown"}


class QueryFailed(Exception):  # noqa: N818  # a state of the log, not a bug
    """The query did not end well, or not in time: then ``late`` is true."""

    def __init__(self, status: str, *, late: bool) -> None:
        super().__init__(f"the query ended as {status}")
        self.status = status
        self.late = late


@dataclass(frozen=True)
class LogQuery:
    """Queries of one log group.

    ``sleep`` waits seconds, ``timer`` tells them from any start, ``patience`` is how many a query
    may take.
    """

    client: Any
    group: str
    sleep: Callable[[float], None]
    timer: Callable[[], float]
    patience: float

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
        until_then = self.timer() + self.patience
        while True:
            answer = self.client.get_query_results(queryId=started["queryId"])
            if answer["status"] == "Complete":
                return [{each["field"]: each["value"] for each in row} for row in answer["results"]]
            late = answer["status"] in _UNDER_WAY
            if not late or self.timer() >= until_then:
                raise QueryFailed(answer["status"], late=late)
            self.sleep(_PAUSE)
