"""Failures of the gateway itself, on demand: what a user meets when no page of ours is asked."""

from __future__ import annotations

import threading
from collections import deque

MESSAGES = {
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
    504: "Endpoint request timed out",
}
"""What the gateway says, by status."""
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
