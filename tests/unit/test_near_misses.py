"""After a refusal for want of a user: who has nearly this code. The refusal stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.world import PETTEFLAT, PUPIL, Browser, World, attributes
from numo_sso.near_codes import Rule, near_codes
from numo_sso.outcomes import Refused
from numo_sso.schools import MatchRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edge.http import Response
    from numo_sso.near_codes import RosterCode
    from numo_sso.schools import SchoolUser

P, G = MatchRule.PERSOONSCODE, MatchRule.IDGEBR


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser() -> Browser:
    return Browser()


def log_in(world: World, browser: Browser, code: str, **changes: Any) -> Response:
    changed = attributes(nlEduPersonRealId=[f"{code}@petteflatcollege"], **changes)
    return world.log_in(browser, attributes=changed)


@pytest.mark.parametrize(
    ("code", "kind", "near"),
    [
        ("0140136", P, {
            (G, "0140136"): Rule.OTHER_KIND,
            (P, "140136"): Rule.ZEROS_STRIPPED,
            (P, "00140136"): Rule.ZEROS_PADDED,
            (P, "000140136"): Rule.ZEROS_PADDED,
            (P, "0000140136"): Rule.ZEROS_PADDED,
        }),
        ("P.Puk", G, {(P, "p.puk"): Rule.OTHER_KIND, (G, "ppuk"): Rule.SIGNS}),
        ("strauß", P, {(G, "strauß"): Rule.OTHER_KIND, (P, "strauss"): Rule.CASE}),
        ("000", P, {
            (G, "000"): Rule.OTHER_KIND,
            (P, "0000"): Rule.ZEROS_PADDED,
            (P, "00000"): Rule.ZEROS_PADDED,
            (P, "000000"): Rule.ZEROS_PADDED,
        }),
        ("123456789012", P, {(G, "123456789012"): Rule.OTHER_KIND}),
    ],
)  # fmt: skip
def test_near_codes_are_few_and_each_has_its_rule(
    code: str, kind: MatchRule, near: dict[RosterCode, Rule]
) -> None:
    """The code itself is not among them, nor an empty one."""
    assert near_codes(code, kind) == near


def test_a_leading_zero_too_many_finds_the_pupil_and_still_refuses(
    world: World, browser: Browser
) -> None:
    """What is kept has the user, the rule and that the names agree; the page has none of it."""
    response = log_in(world, browser, "0140136")
    assert (response.status, world.outcome) == (403, "user-unknown")
    [miss] = world.near_misses.kept
    assert (miss.entrance, miss.reference) == ("petteflat", world.reference)
    assert (miss.rule, miss.persoonscode, miss.names) == ("zeros-stripped", "140136", "agree")
    assert (miss.code, miss.kind) == ("0140136", "persoonscode")
    assert miss.refused == world.telemetry.journals[-1].user
    assert "140136" not in response.body
    assert "140136" not in repr(world.telemetry.journals)
    assert "near" in world.telemetry.journals[-1].phases


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"givenName": ["Zoë"]}, "differ"),
        ({"sn": None}, "unknown"),
        ({"givenName": None}, "unknown"),
    ],
)
def test_names_are_compared_and_only_the_outcome_is_kept(
    world: World, browser: Browser, changes: dict[str, Any], names: str
) -> None:
    log_in(world, browser, "0140136", **changes)
    [miss] = world.near_misses.kept
    assert miss.names == names
    assert "Pietje" not in repr(miss)


def test_two_who_are_near_are_nobody(world: World, browser: Browser) -> None:
    other = PUPIL._replace(persoonscode="00140136")
    world.near_misses.users[("petteflat", "persoonscode", "00140136")] = other
    log_in(world, browser, "0140136")
    [miss] = world.near_misses.kept
    assert (miss.rule, miss.persoonscode, miss.names) == ("several", "", "unknown")


def test_where_nobody_is_near_the_code_is_kept_alone(world: World, browser: Browser) -> None:
    log_in(world, browser, "99")
    [miss] = world.near_misses.kept
    assert (miss.rule, miss.persoonscode, miss.code) == ("", "", "99")


def test_only_the_refusal_for_want_of_a_user_asks(world: World, browser: Browser) -> None:
    """A good login does not, nor does any other refusal."""
    world.log_in(browser)
    log_in(world, browser, "docbon")
    world.schools.by_brin["11ZZ"] = ()
    log_in(world, browser, "0140136")
    outcomes = [each.outcome for each in world.telemetry.journals if each.outcome != "started"]
    assert outcomes == ["logged-in", "role-differs", "school-not-active"]
    assert world.near_misses.asked == 0


def test_where_the_school_is_not_known_nobody_is_near(world: World, browser: Browser) -> None:
    """Of several entrances none has the code: a near one at each says nothing."""
    other = PETTEFLAT._replace(entrance="torteltuin", accepted=frozenset())
    first = PETTEFLAT._replace(accepted=frozenset())
    world.schools.by_brin["11ZZ"] = (first, other)
    log_in(world, browser, "0140136")
    assert world.outcome == "user-unknown"
    assert world.near_misses.asked == 0


class Failing:
    """Storage, or KMS, or our own code, at its worst."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def find(self, _entrance: str, _codes: Sequence[RosterCode]) -> dict[RosterCode, SchoolUser]:
        raise self._error


@pytest.mark.parametrize(
    "error", [Refused("storage-failed", "down"), ValueError("0140136"), KeyError("Pietje")]
)
def test_a_failure_changes_nothing_of_the_refusal(browser: Browser, error: Exception) -> None:
    """The page, the status and the trace are those of the refusal; the log says what failed."""
    plain, broken = World(), World(near_misses=Failing(error))
    expected = log_in(plain, Browser(), "0140136")
    response = log_in(broken, browser, "0140136")
    assert (response.status, response.cookies) == (expected.status, expected.cookies)
    assert response.body == expected.body
    assert broken.outcome == "user-unknown"
    assert broken.logins.traces[broken.reference].outcome == "user-unknown"
    journal = broken.telemetry.journals[-1]
    assert journal.near_miss == type(error).__name__
    assert "0140136" not in repr(journal)
