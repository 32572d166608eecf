"""Token buckets: how the gateway, Lambda, SSM and DynamoDB hold somebody to a rate."""

from __future__ import annotations


class Bucket:
    """``rate`` tokens a second, of which ``burst`` are kept at most; it begins full.

    Times that it is given are seconds from any start, and never go back by more than a request's
    length: an earlier time than the last adds nothing.
    """

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = self._left = burst
        self._at = 0.0

    def take(self, now: float, count: float = 1.0) -> bool:
        """Take ``count`` tokens where they are there."""
        left = self._left
        if now > self._at:  # as in _fill, for this is asked millions of times
            left = min(self._burst, left + (now - self._at) * self._rate)
            self._at = now
        if left < count:
            self._left = left
            return False
        self._left = left - count
        return True

    def queue(self, now: float, patience: float) -> float | None:
        """Take a token that may yet have to come: how many seconds until it does.

        None, and nothing is taken, where that is longer than ``patience``.
        """
        self._fill(now)
        wait = max(0.0, (1.0 - self._left) / self._rate)
        if wait > patience:
            return None
        self._left -= 1.0
        return wait

    def _fill(self, now: float) -> None:
        if now > self._at:
            self._left = min(self._burst, self._left + (now - self._at) * self._rate)
            self._at = now
