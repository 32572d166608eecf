"""From when on: as people say it."""

from __future__ import annotations

import re

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.times import epoch_time

_AGO = re.compile(r"(\d{1,5})([mhd])", re.ASCII)
_SECONDS = {"m": 60, "h": 3600, "d": 86_400}


def since(text: str, now: float) -> float:
    """Seconds since 1970 of ``30m``, ``2h``, ``3d`` (ago), of a day or of an ISO time (UTC).

    Raises:
        SupportRefusal: ``since-malformed``.
    """
    ago = _AGO.fullmatch(text.strip())
    if ago is not None:
        return now - int(ago[1]) * _SECONDS[ago[2]]
    try:
        return epoch_time(text.strip())
    except ValueError as error:
        raise SupportRefusal(
            "since-malformed",
            say("{typed!r} is no time.", typed=text.strip()[:20]),
            say("Such as 30m, 2h or 3d ago; or a day, 2026-08-24; or 2026-08-24T06:30:00Z."),
        ) from error
