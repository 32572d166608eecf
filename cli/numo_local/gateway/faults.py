"""What the gateway answers by itself, and its failures on demand: no page of ours is asked then."""

from __future__ import annotations

import threading
from collections import deque

ANSWERS = {
    400: "Bad Request",
    404: "Not Found",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
    504: "Endpoint request timed out",
}
"""All that it answers before or instead of a function; docs/runbook.md has an entry for each."""
MESSAGES = {status: ANSWERS[status] for status in (429, 500, 503, 504)}
"""Those that can be provoked; the others follow from the request."""
MAX_PENDING = 100


class Faults:
    """The answers that the next requests get instead of a function's."""

    def __init__(self) -> None:
        self._pending: deque[int] = deque(maxlen=MAX_PENDING)
        self._lock = threading.Lock()

    def provoke(self, status: int, times: int = 1) -> None:
        """Let the next requests end in this status."""
        with self._lock:
            self._pending.extend([status] * min(times, MAX_PENDING))

    def next(self) -> int | None:
        """Take the status that was provoked for this request, if one was."""
        with self._lock:
            return self._pending.popleft() if self._pending else None
