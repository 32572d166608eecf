"""What the domain asks of the world around it: the time and randomness."""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since 1970 (UTC)."""

RandomBytes = Callable[[int], bytes]
"""So many unpredictable bytes, as :func:`secrets.token_bytes` gives them."""
