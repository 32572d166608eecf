"""How long to wait before another try, so that a school does not come back in one second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.outcomes import Stage

if TYPE_CHECKING:
    from numo_sso.outcomes import Outcome
    from numo_sso.ports import RandomBytes

LONGEST = 240
"""Seconds. Nobody waits longer at a screen; by then the page says to come back later."""


def wait_after(outcome: Outcome, again: int, random: RandomBytes) -> int | None:
    """Seconds: twice as many after each failure in a row, and up to half of that by lot.

    None where the outcome is no fault of ours, or asks for no wait.
    """
    if outcome.stage is not Stage.FAULT or outcome.retry_after is None:
        return None
    least = min(outcome.retry_after << min(again, 8), LONGEST)
    return least + least * random(1)[0] // 510
