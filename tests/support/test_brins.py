"""BRINs of a school over time: mergers, splits and moves; a school that asked; another name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kit.support import NOW
from numo_sso.outcomes import Refused
from numo_sso.storage.schools import StoredSchools
from numo_sso.support.schools.brins import MAX_PERIODS

if TYPE_CHECKING:
    from kit.support import Deployment

DAY = 86_400
TODAY = "2026-08-24"
SOON = "2026-09-01"


def leads_to(numo: Deployment, brin: str, days: int = 0) -> list[str]:
    """Where login itself finds this BRIN to lead, some days from now; the outcome if nowhere."""
    schools = StoredSchools(numo.world.tables, lambda: NOW + days * DAY)
    try:
        return sorted(each.entrance for each in schools.candidates(brin))
    except Refused as refused:
        return [refused.outcome.code]


def brins(numo: Deployment, entrance: str) -> list[tuple[str, str | None, str | None]]:
    school = numo.done("school.show", entrance=entrance)["data"]["school"]
    return [(each["brin"], each["since"], each["until"]) for each in school["brins"]]


def activate(numo: Deployment, entrance: str, brin: str, **fields: Any) -> dict[str, Any]:
    made = {"create": True, "name": entrance.title()} | fields
    return numo.done("school.activate", entrance=entrance, brin=brin, **made)


# ------------------------------------------------------------------ a school that asked


def test_a_school_that_asked_is_known_and_not_let_in(numo: Deployment) -> None:
    """Its page says that it is not active yet, and a second request changes nothing."""
    asked = {"entrance": "Petteflat", "brin": "01ab", "name": "Petteflat"}
    assert len(numo.done("school.request", **asked)["changes"]) == 2
    assert leads_to(numo, "01AB") == ["school-not-active"]
    assert numo.done("school.request", **asked)["changes"] == []
    [record] = numo.audit()
    assert (record["action"], record["after"]["requested_brin"]) == ("school.request", "01AB")
    listed = numo.done("school.list", state="requested")["data"]["schools"]
    assert [each["entrance"] for each in listed] == ["petteflat"]


def test_activating_takes_the_request_over(numo: Deployment) -> None:
    """The BRIN and the name are there already; what was asked is asked no more."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    assert numo.done("school.activate", entrance="petteflat")["changes"] == ["petteflat: active"]
    assert leads_to(numo, "01AB") == ["petteflat"]
    school = numo.done("school.show", entrance="petteflat")["data"]["school"]
    assert (school["requested_brin"], school["name"]) == (None, "Petteflat")


def test_activating_for_another_brin_than_was_asked_says_so(numo: Deployment) -> None:
    """Both lead there then, and one of them may be a mistake in the mail."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    answer = numo.done("school.activate", entrance="petteflat", brin="02CD")
    assert any("It asked with 01AB" in step for step in answer["next_steps"])


def test_a_request_takes_logins_from_nobody(activated: Deployment) -> None:
    """A location, or a BRIN, that leads to an active entrance goes on leading there."""
    for entrance, brin in (("noord", "01AB02"), ("zuid", "01AB")):
        answer = activated.done("school.request", entrance=entrance, brin=brin, name=entrance)
        assert any("go to petteflat" in step for step in answer["next_steps"])
        assert leads_to(activated, brin) == ["petteflat"]
        assert brins(activated, entrance) == []
    activated.done("school.activate", entrance="noord")
    assert leads_to(activated, "01AB02") == ["noord"]
    error = activated.refused("school.activate", entrance="zuid")
    assert error["code"] == "brin-elsewhere"
    assert "school.activate with shared" in error["hint"]


def test_who_is_let_in_or_has_no_name_does_not_ask(activated: Deployment) -> None:
    """Each is refused with what to do instead, and nothing is made."""
    error = activated.refused("school.request", entrance="petteflat", brin="02CD")
    assert error["code"] == "school-not-requested"
    assert "school.brin_add for petteflat" in error["hint"]
    error = activated.refused("school.request", entrance="noord", brin="02CD")
    assert error["code"] == "name-missing"
    error = activated.refused("school.activate", entrance="noord", create=True, name="Noord")
    assert error["code"] == "brin-not-named"
    assert len(activated.audit()) == 1


def test_a_school_can_be_renamed(activated: Deployment) -> None:
    """The name changes and the entrance stays; a request that differs renames nothing."""
    answer = activated.done("school.rename", entrance="petteflat", name="Petteflat Lyceum")
    assert answer["changes"] == ["petteflat: named Petteflat Lyceum, was Petteflat"]
    schools = StoredSchools(activated.world.tables, lambda: NOW)
    assert schools.candidates("01AB")[0].name == "Petteflat Lyceum"
    again = activated.done("school.rename", entrance="petteflat", name="Petteflat Lyceum")
    assert (again["changes"], len(activated.audit())) == ([], 2)
    numo = activated
    numo.done("school.request", entrance="noord", brin="02CD", name="Noord")
    kept = numo.done("school.request", entrance="noord", brin="02CD", name="Noorder")
    assert any("keeps its name Noord" in step for step in kept["next_steps"])


# ------------------------------------------------------------------ add and end


def test_a_brin_holds_from_a_day_until_another(activated: Deployment) -> None:
    """A merger is entered beforehand: logins follow on the day itself."""
    activated.done(
        "school.brin_add", entrance="petteflat", brin="02CD", since=SOON, until="2027-08-01"
    )
    assert leads_to(activated, "02CD") == ["brin-unknown"]
    assert leads_to(activated, "02CD", 8) == ["petteflat"]
    assert leads_to(activated, "02CD", 341) == ["petteflat"]
    assert leads_to(activated, "02CD", 342) == ["brin-unknown"]
    assert ("02CD", SOON, "2027-08-01") in brins(activated, "petteflat")


def test_days_that_meet_become_one_period(activated: Deployment) -> None:
    """Adding twice, or what is there in part, leaves one period and no second record."""
    add = {"entrance": "petteflat", "brin": "01AB"}
    assert activated.done("school.brin_add", **add)["changes"] == []
    activated.done("school.brin_add", since="2025-08-01", until=TODAY, **add)
    assert brins(activated, "petteflat") == [("01AB", "2025-08-01", None)]
    assert activated.done("school.brin_add", since=SOON, **add)["changes"] == []
    assert len(activated.audit()) == 2


def test_the_last_brin_ends_with_a_plain_word(activated: Deployment) -> None:
    """Nobody can log in any more, which is said; what led there for no day leaves no trace."""
    end = {"entrance": "petteflat", "brin": "01AB"}
    dry = activated.done("school.brin_end", dry_run=True, **end)
    assert (len(dry["changes"]), leads_to(activated, "01AB")) == (1, ["petteflat"])
    answer = activated.done("school.brin_end", **end)
    assert any(f"from {TODAY} nobody can log in" in step for step in answer["next_steps"])
    assert any("01AB lead to nobody; before, petteflat" in each for each in answer["next_steps"])
    assert leads_to(activated, "01AB") == ["brin-unknown"]
    error = activated.refused("school.brin_end", **end)
    assert error["code"] == "brin-not-here"


def test_an_end_can_lie_ahead_and_never_makes_longer(activated: Deployment) -> None:
    """Whoever leaves a BRIN keeps it until the day; a later day does not bring it back."""
    end = {"entrance": "petteflat", "brin": "01AB"}
    activated.done("school.brin_add", entrance="petteflat", brin="02CD")
    answer = activated.done("school.brin_end", until=SOON, **end)
    assert not any("nobody can log in" in step for step in answer["next_steps"])
    assert (leads_to(activated, "01AB"), leads_to(activated, "01AB", 8)) == (
        ["petteflat"],
        ["brin-unknown"],
    )
    assert activated.done("school.brin_end", until="2026-12-01", **end)["changes"] == []


def test_a_brin_of_two_entrances_asks_for_the_decision(activated: Deployment) -> None:
    """Only where the days meet, and then it says how logins are told apart."""
    activate(activated, "torteltuin", "02CD")
    add = {"entrance": "torteltuin", "brin": "01AB"}
    error = activated.refused("school.brin_add", since=SOON, **add)
    assert (error["code"], error["details"]) == ("brin-elsewhere", {"entrances": ["petteflat"]})
    activated.done("school.brin_add", since="2025-08-01", until=TODAY, **add)
    answer = activated.done("school.brin_add", shared=True, **add)
    [step] = answer["next_steps"]
    assert "01AB lead to petteflat or torteltuin; before, petteflat." in step
    assert leads_to(activated, "01AB") == ["petteflat", "torteltuin"]


def test_what_leaves_a_location_falls_back_to_its_school(activated: Deployment) -> None:
    """Ending a location's BRIN sends its logins to the entrance of the four characters."""
    activate(activated, "noord", "01AB02")
    answer = activated.done("school.brin_end", entrance="noord", brin="01AB02")
    assert any("01AB02 lead to petteflat; before, noord" in each for each in answer["next_steps"])
    assert leads_to(activated, "01AB02") == ["petteflat"]
    assert leads_to(activated, "01AB") == ["petteflat"]


def test_ending_one_location_leaves_the_other(numo: Deployment) -> None:
    """Two locations of one school at one entrance: the school's own four still find it."""
    activate(numo, "noord", "01AB01")
    numo.done("school.brin_add", entrance="noord", brin="01AB02")
    numo.done("school.brin_end", entrance="noord", brin="01AB01")
    assert (leads_to(numo, "01AB"), leads_to(numo, "01AB01")) == (["noord"], ["brin-unknown"])
    numo.done("school.brin_end", entrance="noord", brin="01AB02")
    assert leads_to(numo, "01AB") == ["brin-unknown"]


def test_the_whole_brin_beside_a_location_of_its_own(numo: Deployment) -> None:
    """Both kinds of login that change are told, each once."""
    activate(numo, "noord", "01AB02")
    answer = numo.done(
        "school.activate", entrance="petteflat", brin="01AB", create=True, name="Petteflat"
    )
    carried = [step for step in answer["next_steps"] if "logins that carry" in step]
    assert len(carried) == 1
    assert "carry 01AB lead to noord or petteflat; before, noord." in carried[0]
    ended = numo.done("school.brin_end", entrance="petteflat", brin="01AB")["next_steps"]
    assert any("a location of 01AB, no entrance's own, lead to nobody" in each for each in ended)


def test_a_school_that_is_closed_is_pointed_out(activated: Deployment) -> None:
    """A BRIN that leads to a suspended school gets its logins refused."""
    activated.done("school.suspend", entrance="petteflat")
    answer = activated.done("school.brin_add", entrance="petteflat", brin="02CD")
    assert any("school.resume for petteflat" in step for step in answer["next_steps"])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"since": "2036-08-01"}, "day-too-far"),
        ({"until": "2016-08-01"}, "day-too-far"),
        ({"since": SOON, "until": SOON}, "days-reversed"),
        ({"until": TODAY}, "days-reversed"),
        ({"since": "1-9-2026"}, "day-malformed"),
        ({"since": "20260901"}, "day-malformed"),
        ({"since": "2026-02-30"}, "day-malformed"),
    ],
)
def test_days_that_cannot_be_meant(
    activated: Deployment, fields: dict[str, str], code: str
) -> None:
    """A mistake in the year, the order or the form is a refusal, and nothing is written."""
    error = activated.refused("school.brin_add", entrance="petteflat", brin="02CD", **fields)
    assert error["code"] == code
    meant = fields.get("since") in {"1-9-2026", "20260901"}
    assert ("Did you mean 2026-09-01?" in error["hint"]) is meant
    assert len(activated.audit()) == 1


def test_a_school_has_so_many_periods_and_no_more(activated: Deployment) -> None:
    """A login reads all that a BRIN leads to, so there is an end to it."""
    for number in range(MAX_PERIODS - 1):
        activated.done("school.brin_add", entrance="petteflat", brin=f"02CD{number:02}")
    error = activated.refused("school.brin_add", entrance="petteflat", brin="03EF")
    assert error["code"] == "brins-too-many"


# ------------------------------------------------------------------ move


def test_a_brin_moves_in_one_go(activated: Deployment) -> None:
    """It ends at the one on the day on which it begins at the other, with a record of each."""
    activate(activated, "torteltuin", "02CD")
    move = {"entrance": "petteflat", "brin": "01AB", "to": "torteltuin", "since": SOON}
    answer = activated.done("school.brin_move", ticket="NUMO-3", **move)
    assert (
        f"From {SOON} logins that carry 01AB lead to torteltuin; before, petteflat."
        in (answer["next_steps"])
    )
    assert any("its last BRIN" in step for step in answer["next_steps"])
    assert (leads_to(activated, "01AB"), leads_to(activated, "01AB", 8)) == (
        ["petteflat"],
        ["torteltuin"],
    )
    moved = [each for each in activated.audit() if each["action"] == "school.brin_move"]
    assert {each["subject"] for each in moved} == {"school#petteflat", "school#torteltuin"}
    assert all(each["ticket"] == "NUMO-3" for each in moved)
    assert activated.done("school.brin_move", **move)["changes"] == []
    assert len(activated.audit()) == 4


def test_a_location_moves_and_its_school_knows(activated: Deployment) -> None:
    """The four characters lead to the new entrance too, and no longer to the old one."""
    activate(activated, "noord", "11ZZ02")
    activated.done("school.brin_move", entrance="noord", brin="11ZZ02", to="petteflat")
    assert leads_to(activated, "11ZZ") == leads_to(activated, "11ZZ02") == ["petteflat"]
    assert brins(activated, "noord") == []


def test_a_move_keeps_the_end_that_there_was(activated: Deployment) -> None:
    """What is left of the period goes along, and no more."""
    activate(activated, "torteltuin", "02CD")
    activated.done("school.brin_end", entrance="petteflat", brin="01AB", until="2027-08-01")
    activated.done(
        "school.brin_move", entrance="petteflat", brin="01AB", to="torteltuin", since=SOON
    )
    assert ("01AB", SOON, "2027-08-01") in brins(activated, "torteltuin")
    assert brins(activated, "petteflat") == [("01AB", TODAY, SOON)]


def test_a_move_that_cannot_be(activated: Deployment) -> None:
    """To itself, from where it is not, to nowhere, or beside a third: refused, nothing written."""
    activate(activated, "torteltuin", "02CD")
    activated.done(
        "school.activate", entrance="zuid", brin="02CD", create=True, name="Zuid", shared=True
    )
    records = len(activated.audit())
    for entrance, brin, to, code in (
        ("petteflat", "01AB", "petteflat", "entrance-same"),
        ("petteflat", "02CD", "torteltuin", "brin-not-here"),
        ("petteflat", "01AB", "nergens", "entrance-unknown"),
        ("zuid", "02CD", "petteflat", "brin-elsewhere"),
    ):
        error = activated.refused("school.brin_move", entrance=entrance, brin=brin, to=to)
        assert error["code"] == code
    assert len(activated.audit()) == records


def test_a_move_that_meets_another_change_is_made_anew(activated: Deployment) -> None:
    """Whoever is second reads again: neither change is lost."""
    activate(activated, "torteltuin", "02CD")
    world = activated.world

    def meanwhile(length: int) -> bytes:
        """Chance is asked once all is read and nothing is written."""
        activated.world = world
        activated.done("school.rename", entrance="torteltuin", name="De Torteltuin")
        return world.random(length)

    activated.world = replace(world, random=meanwhile)
    activated.done("school.brin_move", entrance="petteflat", brin="01AB", to="torteltuin")
    school = activated.done("school.show", entrance="torteltuin")["data"]["school"]
    assert school["name"] == "De Torteltuin"
    assert leads_to(activated, "01AB") == ["torteltuin"]
