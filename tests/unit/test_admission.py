"""Up to the verification: which steps there are, and whose opinion is heard last."""

from __future__ import annotations

import pytest

from kit.world import PUBLIC, Browser, Started, World, parameters
from numo_sso.journal import PHASES, Journal
from numo_sso.login.admission import examine
from numo_sso.login.trust import Trust, build_trust
from numo_sso.outcomes import Refused
from numo_sso.saml import gate
from numo_sso.saml.verify import Examined, Verifier
from numo_sso.urls import Urls


@pytest.fixture
def trust() -> Trust:
    return build_trust(parameters(), Urls(PUBLIC))


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def started(world: World) -> Started:
    return world.start(Browser())


class Dissenter(Verifier):
    """Agrees with every signature, and with nothing else."""

    def confirm(self, examined: Examined, request_id: str) -> None:
        super().confirm(examined, request_id)
        raise Refused("response-untrusted", "another opinion")


def test_the_library_has_the_last_word(trust: Trust, world: World, started: Started) -> None:
    """What it alone refuses is refused, whatever the gate and the policy made of it."""
    admitted = gate.admit_document(world.answer(started))
    told = Dissenter(trust.verifier.idp, trust.verifier.entity_id, trust.verifier.acs_url)
    journal = Journal(lambda: 0.0)
    assert examine(admitted, trust, started.request_id, world.now, journal)
    with pytest.raises(Refused, match="another opinion"):
        examine(admitted, trust._replace(verifier=told), started.request_id, world.now, journal)


def test_every_step_is_timed_under_its_name(world: World) -> None:
    """The names are those of the dashboards."""
    browser = Browser()
    world.log_in(browser)
    timed = list(world.telemetry.journals[-1].phases)
    assert timed == [name for name in PHASES if name not in {"near", "session"}]
