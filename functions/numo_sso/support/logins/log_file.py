"""The login's log as a file: what a local stack has in the place of CloudWatch Logs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numo_sso.support.keys.steps import FLOW_SECONDS
from numo_sso.support.logins.log import SERVICE, LogUnavailable
from numo_sso.support.logins.trips import count_trips
from numo_sso.support.speech import say
from numo_sso.times import epoch_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numo_sso.support.logins.log import Traffic

SCHEME = "file:"


class LogFile:
    """:class:`numo_sso.support.logins.log.LoginLog` on a file with the lines of all functions."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    @property
    def place(self) -> str:
        return say("the local log, {path}", path=self._path)

    def with_reference(
        self, references: Sequence[str], since: float, until: float
    ) -> list[dict[str, Any]]:
        return [each for each in self._lines(since, until) if each.get("reference") in references]

    def traffic(self, since: float, until: float) -> list[Traffic]:
        lines = self._lines(since, until + FLOW_SECONDS)
        return count_trips(((time_of(each), each) for each in lines), until)

    def _lines(self, since: float, until: float) -> Iterator[dict[str, Any]]:
        try:
            with self._path.open(encoding="utf-8") as file:
                for text in file:
                    line = _read(text)
                    if line.get("service") == SERVICE and since <= time_of(line) <= until:
                        yield line
        except OSError as error:
            raise LogUnavailable(say("{path} cannot be read", path=self._path)) from error


def _read(text: str) -> dict[str, Any]:
    """A line of JSON; nothing where it is another's, or is still being written."""
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


def time_of(line: dict[str, Any]) -> float:
    """When a line was written, in seconds since 1970; never where it does not say."""
    try:
        return epoch_time(str(line.get("timestamp", "")))
    except ValueError:
        return -1.0
