"""Which step of a rollover is next, and from when on no login fails by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.configuration import SPREAD_SECONDS
from numo_sso.key_rings import KeyState
from numo_sso.support.speech import later, say
from numo_sso.times import epoch_time, iso_time

if TYPE_CHECKING:
    from numo_sso.key_rings import Ring, RingKey

FLOW_SECONDS = 600
"""How long a login may take. Flows are not in support's package; a test holds the two together."""
OVER_SECONDS = SPREAD_SECONDS + FLOW_SECONDS
"""After a promotion: the last function signs with the new key, then the last login with the old one
is over."""


@dataclass(frozen=True)
class Step:
    """An action, and the first moment at which it harms no login."""

    kind: str
    action: str
    not_before: float
    after_hub: bool = False
    """Not before the hub has read our metadata since the step before."""

    @property
    def text(self) -> str:
        template = (
            later(
                "{action} for {kind}, from {moment} on, once Kennisnet has read our metadata "
                "since then."
            )
            if self.after_hub
            else later("{action} for {kind}, from {moment} on.")
        )
        return say(template, action=self.action, kind=self.kind, moment=iso_time(self.not_before))

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "action": self.action,
            "not_before": iso_time(self.not_before),
        }


def next_step(kind: str, ring: Ring) -> Step | None:
    """What is to be done next, if anything is: the key that goes before the one that comes."""
    found = (
        ring.find(state) for state in (KeyState.PREVIOUS, KeyState.PUBLISHED, KeyState.CREATED)
    )
    return next((_step(kind, key) for key in found if key), None)


def may_promote(published: RingKey) -> float:
    return epoch_time(published.since) + SPREAD_SECONDS


def may_retire(key: RingKey) -> float:
    """Only the previous key has signed something that can still come back."""
    return epoch_time(key.since) + (OVER_SECONDS if key.state is KeyState.PREVIOUS else 0)


def _step(kind: str, key: RingKey) -> Step:
    # What Kennisnet read before that may come from a function that did not know of the step.
    after_hub = kind == "sp"
    if key.state is KeyState.PREVIOUS:
        return Step(kind, "keys.retire", may_retire(key), after_hub)
    if key.state is KeyState.PUBLISHED:
        return Step(kind, "keys.promote", may_promote(key), after_hub)
    return Step(kind, "keys.publish", epoch_time(key.since))
