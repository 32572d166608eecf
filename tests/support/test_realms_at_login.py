"""Another identity provider, from the login that it is refused to the one that passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.support import row
from kit.world import AUTHORITY, Browser, World, attributes
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.roster import StoredRoster
from numo_sso.storage.schools import CACHE_SECONDS, StoredSchools
from numo_sso.storage.sessions import StoredSessions

if TYPE_CHECKING:
    from kit.support import Deployment

MOVED = "https://entra.example/petteflat"
PAIR = {"entrance": "petteflat", "authority": MOVED, "realm": "petteflatcollege"}


@pytest.fixture
def world(activated: Deployment) -> World:
    """The login, on what support writes."""
    activated.done("users.import", entrance="petteflat", rows=[row("140136", role="leerling")])
    tables = activated.world.tables
    clock: list[World] = []
    world = World(
        now=activated.now,
        schools=StoredSchools(tables, lambda: clock[0].now),
        roster=StoredRoster(tables),
        logins=StoredLogins(tables, lambda _seconds: None, lambda: 1.0, lambda: 0.0),
        sessions=StoredSessions(tables),
    )
    clock.append(world)
    return world


def outcome(world: World, authority: str) -> str:
    """How a pupil's click ends, by this provider."""
    fields: dict[str, Any] = {
        "attributes": attributes(nlEduPersonHomeOrganizationId=["01AB"]),
        "authenticating_authority": [authority],
    }
    world.log_in(Browser(), **fields)
    return world.outcome


def states(numo: Deployment) -> dict[str, tuple[str, int]]:
    realms = numo.done("school.realm_list", entrance="petteflat")["data"]["realms"]
    return {each["authority"]: (each["state"], each["logins"]) for each in realms}


def test_a_school_that_moves_gets_in_by_one_command(activated: Deployment, world: World) -> None:
    """The first provider is learned, the second waits; accepted, it passes within a minute."""
    assert outcome(world, AUTHORITY) == "logged-in"
    assert outcome(world, MOVED) == outcome(world, MOVED) == "idp-not-known-for-school"
    assert states(activated) == {MOVED: ("waiting", 2), AUTHORITY: ("learned", 1)}
    activated.done("school.realm_add", **PAIR)
    world.now += CACHE_SECONDS
    assert outcome(world, MOVED) == outcome(world, AUTHORITY) == "logged-in"
    assert states(activated) == {AUTHORITY: ("learned", 1), MOVED: ("accepted", 2)}


def test_what_support_says_before_goes_before_the_first_login(
    activated: Deployment, world: World
) -> None:
    """Where a pair was accepted already, the first login decides nothing."""
    activated.done("school.realm_add", **PAIR)
    assert outcome(world, AUTHORITY) == "idp-not-known-for-school"
    assert outcome(world, MOVED) == "logged-in"


def test_a_school_that_enforces_is_closed_to_what_it_learned(
    activated: Deployment, world: World
) -> None:
    """And open to it again, once that is undone."""
    assert outcome(world, AUTHORITY) == "logged-in"
    activated.done("school.realm_add", **PAIR)
    activated.done("school.realm_enforce", entrance="petteflat")
    world.now += CACHE_SECONDS
    assert outcome(world, AUTHORITY) == "idp-not-known-for-school"
    assert states(activated)[AUTHORITY] == ("waiting", 2)
    activated.done("school.realm_learn", entrance="petteflat")
    world.now += CACHE_SECONDS
    assert outcome(world, AUTHORITY) == "logged-in"
