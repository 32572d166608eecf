"""Schools: activated, suspended, resumed and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.support import NOW, REQUEST_ID, row
from numo_sso.storage.schools import StoredSchools
from numo_sso.support.requests.common import OneSchool
from numo_sso.support.schools.items import find_school, put_school
from numo_sso.support.transaction import Change, Raced, commit
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from kit.support import Deployment

NEW = {"create": True, "name": "Petteflat"}


def leads_to(numo: Deployment, brin: str) -> list[str]:
    """Where login itself finds this BRIN to lead."""
    schools = StoredSchools(numo.world.tables, lambda: numo.now)
    return sorted(each.entrance for each in schools.candidates(brin))


def test_an_activated_school_can_log_in(numo: Deployment) -> None:
    """From the moment of activation login finds the entrance by its BRIN."""
    numo.done("school.activate", entrance="PetteFlat", brin="01ab", **NEW)
    assert leads_to(numo, "01AB") == ["petteflat"]


def test_activating_twice_changes_nothing(activated: Deployment) -> None:
    """The second time there is no change, and no record of one."""
    again = activated.done("school.activate", entrance="petteflat", brin="01AB", **NEW)
    assert again["changes"] == []
    assert "already" in again["message"]
    assert len(activated.audit()) == 1


def test_an_unknown_entrance_is_not_made_unasked(numo: Deployment) -> None:
    """A typing mistake in the entrance makes no school."""
    error = numo.refused("school.activate", entrance="pettefalt", brin="01AB")
    assert error["code"] == "entrance-unknown"
    error = numo.refused("school.activate", entrance="petteflat", brin="01AB", create=True)
    assert error["code"] == "name-missing"


def test_a_dry_run_says_and_changes_nothing(numo: Deployment) -> None:
    """Under dry_run the changes are told, and storage stays empty."""
    answer = numo.done("school.activate", entrance="petteflat", brin="01AB", dry_run=True, **NEW)
    assert len(answer["changes"]) == 3
    assert answer["dry_run"] is True
    assert numo.done("school.list")["data"]["schools"] == []
    assert numo.audit() == []


def test_a_brin_of_another_entrance_asks_for_the_decision(activated: Deployment) -> None:
    """Sharing a BRIN makes logins ambiguous, so a person says plainly that it is so."""
    other = {"entrance": "torteltuin", "brin": "01AB", "create": True, "name": "Torteltuin"}
    error = activated.refused("school.activate", **other)
    assert error["code"] == "brin-elsewhere"
    assert error["details"] == {"entrances": ["petteflat"]}
    activated.done("school.activate", shared=True, **other)
    assert leads_to(activated, "01AB") == ["petteflat", "torteltuin"]


def test_a_branch_that_takes_logins_from_another_entrance_is_pointed_out(
    activated: Deployment,
) -> None:
    """Six characters go before four, so activating a location moves its logins."""
    answer = activated.done(
        "school.activate", entrance="noord", brin="01AB02", create=True, name="Noord"
    )
    assert any("01AB02 lead to noord; before, petteflat" in step for step in answer["next_steps"])
    assert leads_to(activated, "01AB02") == ["noord"]
    assert leads_to(activated, "01AB01") == ["petteflat"]


def test_an_entrance_can_have_several_brins(activated: Deployment) -> None:
    """After a merger two BRINs lead to one entrance."""
    activated.done("school.activate", entrance="petteflat", brin="02CD")
    school = activated.done("school.show", entrance="petteflat")["data"]["school"]
    assert [each["brin"] for each in school["brins"]] == ["01AB", "02CD"]
    assert leads_to(activated, "02CD") == ["petteflat"]


def test_every_change_has_its_record(activated: Deployment) -> None:
    """Who asked for what and when, with before and after, is kept; nobody claims a name."""
    activated.done("school.suspend", entrance="petteflat", ticket="NUMO-7")
    made, suspended = activated.audit()
    assert made.get("before") is None
    assert made["after"]["state"] == "active"
    assert suspended["subject"] == "school#petteflat"
    assert suspended["action"] == "school.suspend"
    assert suspended["ticket"] == "NUMO-7"
    assert suspended["request_id"] == REQUEST_ID
    assert (suspended["before"]["state"], suspended["after"]["state"]) == ("active", "suspended")
    assert suspended.get("caller") is None
    assert suspended["at"].startswith("2026-08-24T06:30:00Z#")


def test_suspending_ends_the_sessions_of_that_school_only(activated: Deployment) -> None:
    """Nobody of a suspended school stays logged in."""
    activated.save_session("one", "petteflat")
    activated.save_session("two", "petteflat")
    activated.save_session("three", "torteltuin")
    dry = activated.done("school.suspend", entrance="petteflat", dry_run=True)
    assert dry["data"]["sessions_ended"] == 2
    answer = activated.done("school.suspend", entrance="petteflat")
    assert answer["data"]["sessions_ended"] == 2
    left = [each.entrance for each in activated.world.tables.session.scan()]
    assert left == ["torteltuin"]


def test_a_location_is_found_from_its_school_too(numo: Deployment) -> None:
    """A login may carry four characters of the six: the location is then one to look at."""
    numo.done("school.activate", entrance="noord", brin="11ZZ01", create=True, name="Noord")
    numo.done("school.activate", entrance="noord", brin="11ZZ01")
    found = StoredSchools(numo.world.tables, lambda: numo.now).candidates("11ZZ")
    assert [(each.entrance, each.by_location) for each in found] == [("noord", True)]
    numo.done("school.activate", entrance="school", brin="11ZZ", create=True, name="School")
    assert leads_to(numo, "11ZZ") == ["noord", "school"]
    assert leads_to(numo, "11ZZ01") == ["noord"]
    assert leads_to(numo, "11ZZ02") == ["school"]


def test_a_suspended_school_is_resumed_and_not_activated(activated: Deployment) -> None:
    """Whoever suspended it had a reason, so another BRIN does not quietly lift it."""
    activated.done("school.suspend", entrance="petteflat")
    assert activated.done("school.suspend", entrance="petteflat")["changes"] == []
    error = activated.refused("school.activate", entrance="petteflat", brin="02CD")
    assert error["code"] == "school-suspended"
    activated.done("school.resume", entrance="petteflat")
    assert leads_to(activated, "01AB") == ["petteflat"]


def test_the_list_is_in_order_and_by_state(activated: Deployment) -> None:
    """Schools come by entrance, and those of one state alone when asked."""
    activated.done("school.activate", entrance="alfa", brin="03EF", create=True, name="Alfa")
    activated.done("school.suspend", entrance="alfa")
    names = [each["entrance"] for each in activated.done("school.list")["data"]["schools"]]
    assert names == ["alfa", "petteflat"]
    found = activated.done("school.list", state="suspended")["data"]["schools"]
    assert [each["entrance"] for each in found] == ["alfa"]


def test_a_school_shows_how_many_users_it_has(activated: Deployment) -> None:
    """Without users nobody gets in, so showing a school counts them and says the next step."""
    shown = activated.done("school.show", entrance="petteflat")
    assert "users.import" in shown["next_steps"][0]
    activated.done("users.import", entrance="petteflat", rows=[row("1", idgebr="9"), row("2")])
    school = activated.done("school.show", entrance="petteflat")["data"]["school"]
    assert (school["users"], school["users_idgebr"]) == (2, 1)


def test_two_people_at_once_do_not_overwrite_each_other(activated: Deployment) -> None:
    """A school that changed since it was read is not written, and neither is the record."""
    request = OneSchool(action="school.suspend", entrance="petteflat")
    task = Task(activated.world, request, REQUEST_ID, NOW)
    mine, theirs = find_school(task, "petteflat"), find_school(task, "petteflat")
    assert mine is not None
    assert theirs is not None
    commit(task, Change("school#petteflat", None, None), [put_school(task, theirs)])
    with pytest.raises(Raced):
        commit(task, Change("school#petteflat", None, None), [put_school(task, mine)])
    assert len(activated.audit()) == 2
