"""What each outcome means to whoever is on the phone, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from numo_sso.outcomes import CATALOGUE, Actor
from numo_sso.support.speech import later, say
from numo_sso.support.traces.advice_logins import LOGINS
from numo_sso.support.traces.advice_requests import REQUESTS

ADVICE: dict[str, tuple[str, str]] = REQUESTS | LOGINS
"""By outcome: what happened, and what to do. A test holds it against the catalogue."""
MOVERS = {
    Actor.USER: later("The user's move"),
    Actor.SCHOOL: later("The school's move"),
    Actor.KENNISNET: later("Kennisnet's move"),
    Actor.KURVE: later("Ours"),
    Actor.NOBODY: later("Nobody's move"),
}


@dataclass(frozen=True)
class Advice:
    """One outcome, explained."""

    number: str
    what: str
    who: str
    """Whose move it is, in words."""
    do: str

    def steps(self, outcome: str) -> list[str]:
        """One line for each step, for people."""
        return [f"{self.who}: {self.do}", say("More: docs/runbook.md#{outcome}.", outcome=outcome)]


def advice(outcome: str) -> Advice:
    """What to do about an outcome; one that this version does not know is ours to look at."""
    known = CATALOGUE.get(outcome)
    if known is None:
        return Advice(
            say("unknown"),
            say("A version of Numo SSO that is not this one wrote it."),
            say("Ours"),
            say("deploy support and login from one version, then look again."),
        )
    what, do = ADVICE[outcome]
    return Advice(known.number, say(what), say(MOVERS[known.actor]), say(do))
