"""Times as they are written down."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_time(now: float) -> str:
    """Seconds since 1970 as ``2026-08-24T08:30:00Z``."""
    return datetime.fromtimestamp(int(now), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_day(now: float) -> str:
    """The day (UTC) of a moment, as ``2026-08-24``."""
    return iso_time(now)[:10]


def epoch_time(text: str) -> float:
    """Seconds since 1970 of an ISO time; one without a zone is UTC.

    Raises:
        ValueError: it is no time.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
