"""``numo-sso trace watch``: logins as they end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from numo_cli.speech import say
from numo_cli.trace_pages import COLUMNS, list_all, row
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_cli.desk import Desk

_LATE = 30
"""Seconds by which a trace may come later than its own time says: it is written at the end of a
login, and indexed after that."""
_MOST = 10_000


class Watch:
    """Asks again and again, and shows what it has not shown. Times are the function's own.

    Args:
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        desk: Desk,
        asked: dict[str, Any],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk = desk
        self._asked = asked
        self._sleep = sleep
        self._shown: dict[str, int] = {}
        """When each of the latest ended, by reference."""

    def follow(self, seconds: float) -> None:
        """Until somebody presses Ctrl-C, which is no error."""
        self._desk.screen.tell(
            say("Following; Ctrl-C ends it. {columns}", columns="  ".join(COLUMNS))
        )
        try:
            began = now = self._show("0m")
            while True:
                self._sleep(seconds)
                since = max(began, now - _LATE)
                now = self._show(iso_time(since))
                self._shown = {name: at for name, at in self._shown.items() if at >= since}
        except KeyboardInterrupt:
            self._desk.screen.tell("")

    def _show(self, since: str) -> int:
        """Show what is new since then; what time it is to the function."""
        data = list_all(self._desk, self._asked | {"since": since}, _MOST)["data"]
        for trace in reversed(data["traces"]):
            if trace["reference"] not in self._shown:
                self._shown[trace["reference"]] = trace["at"]
                self._desk.screen.line(trace, row(trace))
        return int(data["now"])
