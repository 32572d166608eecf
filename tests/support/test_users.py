"""One user at a time: found, shown, linked, disabled, erased."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kit.support import row
from numo_sso.support.actions import ACTIONS
from numo_sso.support.imports.roster import person_of
from numo_sso.support.transaction import Raced, commit
from numo_sso.support.users.find import MOST
from numo_sso.support.users.items import get_user, put_user, roster_change
from numo_sso.support.users.masking import mask_code
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from kit.support import Deployment

ZOE = {"entrance": "petteflat", "persoonscode": "0140136"}
BO = {"entrance": "petteflat", "persoonscode": "0140137"}
PERSONAL = ("0140136", "0140137", "77001", "Zoë", "Puk", "Smit", "zoe@")


@pytest.fixture
def school(activated: Deployment) -> Deployment:
    """Petteflat with a pupil who has an IDGebr, and one who has none."""
    rows = [
        row("0140136", given_name="Zoë", idgebr="77001", mail="zoe@flat.example", group="1B"),
        row("0140137", given_name="Bo", infix="de", surname="Smit"),
    ]
    activated.done("users.import", entrance="petteflat", rows=rows)
    return activated


def by_idgebr(numo: Deployment) -> None:
    item = numo.world.tables.school.get("entrance#petteflat", "school")
    item.match_rule = "idgebr"
    item.save()


def log_in(numo: Deployment, persoonscode: str, digest: str) -> None:
    numo.save_session(digest, "petteflat", persoonscode)


def sessions(numo: Deployment) -> set[str]:
    return {each.pk for each in numo.world.tables.session.scan()}


def codes(answer: dict[str, Any]) -> list[str]:
    return [each["persoonscode"] for each in answer["data"]["users"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0140136", ["0140136"]),
        (" 77001 ", ["0140136"]),
        ("140136", []),
        ("zoe", ["0140136"]),
        ("PUK zo", ["0140136"]),
        ("de sm", ["0140137"]),
        ("puk bo", []),
    ],
)
def test_a_user_is_found_by_code_or_name(school: Deployment, text: str, found: list[str]) -> None:
    """Codes to the letter; of a name any parts, without capitals and accents."""
    answer = school.done("users.find", entrance="petteflat", text=text, personal_data=True)
    assert codes(answer) == found


def test_a_search_stays_within_its_entrance(school: Deployment) -> None:
    """Somebody of another school is not found, whatever their code."""
    school.done("school.activate", entrance="ander", brin="02AB", create=True, name="Ander")
    assert codes(school.done("users.find", entrance="ander", text="zoe")) == []
    assert codes(school.done("users.find", entrance="ander", text="0140136")) == []


def test_a_search_that_finds_too_many_asks_for_more_of_the_name(school: Deployment) -> None:
    """The first are shown, and it is said that there are others."""
    rows = [row(f"{n:06}", surname="Jansen") for n in range(MOST + 1)]
    school.done("users.import", entrance="petteflat", rows=rows)
    answer = school.done("users.find", entrance="petteflat", text="jansen")
    assert (len(codes(answer)), answer["data"]["more"]) == (MOST, True)
    assert "more of the name" in answer["message"]


@pytest.mark.parametrize("action", ["users.find", "users.show", "users.export"])
def test_who_it_is_stays_masked_unless_asked_for(school: Deployment, action: str) -> None:
    """Masked, nothing names a person; in full, the trail keeps that it was read and not of whom."""
    fields = {"users.find": {"text": "0140136"}, "users.show": {"persoonscode": "0140136"}}
    asked = {"entrance": "petteflat"} | fields.get(action, {})
    before = len(school.audit())
    masked = str(school.done(action, **asked)["data"])
    assert not [each for each in PERSONAL if each in masked]
    assert "•••••36" in masked
    assert len(school.audit()) == before + (action == "users.export")
    assert "Zoë" in str(school.done(action, **asked, personal_data=True)["data"])
    record = school.audit()[-1]
    assert (record["subject"], record["action"]) == ("roster#petteflat", action)
    assert record["after"]["read"] == action.removeprefix("users.")
    kept = str(school.audit()) + school.log.getvalue()
    assert not [each for each in PERSONAL if each in kept]


def test_a_short_code_is_masked_whole() -> None:
    """Two characters of four would be half of it."""
    assert (mask_code("1234"), mask_code("12345"), mask_code(None)) == ("••••", "•••45", None)


def test_what_stops_a_login_is_named(school: Deployment) -> None:
    """The school's state, the user's, and an IDGebr that is not there, each with its remedy."""
    assert school.done("users.show", **BO)["data"]["can_log_in"] is True
    by_idgebr(school)
    school.done("users.disable", **BO)
    school.done("school.suspend", entrance="petteflat")
    shown = school.done("users.show", **BO)
    assert shown["data"]["can_log_in"] is False
    told = " ".join(shown["next_steps"])
    assert all(word in told for word in ("school.show", "users.enable", "users.link"))


def test_disabling_ends_the_sessions_of_this_user_alone(school: Deployment) -> None:
    """Both items say it, whoever else is logged in stays, and enabling undoes it."""
    log_in(school, "0140136", "a")
    log_in(school, "0140137", "b")
    assert school.done("users.disable", **ZOE, dry_run=True)["data"]["sessions_ended"] == 1
    assert school.roster("petteflat")["idgebr#77001"]["active"] is True
    answer = school.done("users.disable", **ZOE)
    assert answer["changes"] == ["disabled", "1 session ended"]
    roster = school.roster("petteflat")
    assert not any(roster[key]["active"] for key in ("idgebr#77001", "persoonscode#0140136"))
    assert sessions(school) == {"session#b"}
    assert school.done("users.disable", **ZOE)["changes"] == []
    by_its_idgebr = {"entrance": "petteflat", "idgebr": "77001"}
    assert school.done("users.enable", **by_its_idgebr)["changes"] == ["enabled"]
    assert school.roster("petteflat")["idgebr#77001"]["active"] is True


def test_a_login_just_before_the_disabling_is_ended_by_a_second(school: Deployment) -> None:
    """What changes nothing any more still ends a session that slipped through."""
    school.done("users.disable", **ZOE)
    log_in(school, "0140136", "a")
    assert school.done("users.disable", **ZOE)["changes"] == ["1 session ended"]
    assert sessions(school) == set()


def test_a_user_gets_an_idgebr_and_another_one(school: Deployment) -> None:
    """The item by the old one goes."""
    assert school.done("users.link", **BO, idgebr="77002")["changes"] == ["linked"]
    assert school.done("users.link", **BO, idgebr="77002")["changes"] == []
    school.done("users.link", **BO, idgebr="77003")
    roster = school.roster("petteflat")
    assert roster["idgebr#77003"]["persoonscode"] == "0140137"
    assert roster["persoonscode#0140137"]["idgebr"] == "77003"
    assert "idgebr#77002" not in roster


def test_an_idgebr_is_taken_from_another_only_when_told_to(school: Deployment) -> None:
    """The other user is left without, and where the school matches by it, logged out."""
    by_idgebr(school)
    log_in(school, "0140136", "a")
    assert school.refused("users.link", **BO, idgebr="77001")["code"] == "idgebr-taken"
    answer = school.done("users.link", **BO, idgebr="77001", move=True)
    assert answer["changes"] == ["linked", "taken from another user", "1 session ended"]
    roster = school.roster("petteflat")
    assert roster["idgebr#77001"]["persoonscode"] == "0140137"
    assert roster["persoonscode#0140136"].get("idgebr") is None
    assert sessions(school) == set()


@pytest.mark.parametrize("rule", ["idgebr", "persoonscode"])
def test_unlinking_ends_sessions_where_the_school_matches_by_it(
    school: Deployment, rule: str
) -> None:
    """Elsewhere nobody came in by the IDGebr, so nobody has to leave."""
    if rule == "idgebr":
        by_idgebr(school)
    log_in(school, "0140136", "a")
    answer = school.done("users.unlink", **ZOE)
    assert answer["data"]["sessions_ended"] == int(rule == "idgebr")
    assert sessions(school) == (set() if rule == "idgebr" else {"session#a"})
    assert set(school.roster("petteflat")) == {"persoonscode#0140136", "persoonscode#0140137"}
    assert school.done("users.unlink", **ZOE)["changes"] == []


def test_a_person_is_erased_with_all_that_is_theirs(school: Deployment) -> None:
    """Roster and sessions; nothing of anybody else's; a second time there is nothing."""
    log_in(school, "0140136", "a")
    log_in(school, "0140137", "b")
    assert school.done("users.erase", **ZOE, dry_run=True)["data"]["erased"] == 1
    assert len(school.roster("petteflat")) == 3
    answer = school.done("users.erase", **ZOE)
    assert answer["changes"] == ["roster: 1 user erased", "1 session ended"]
    assert "pseudonym" in " ".join(answer["next_steps"])
    assert set(school.roster("petteflat")) == {"persoonscode#0140137"}
    assert sessions(school) == {"session#b"}
    again = school.done("users.erase", **ZOE)
    assert (again["message"], again["changes"]) == ("Nothing is erased.", [])


def test_an_erasure_that_was_cut_off_is_completed(school: Deployment) -> None:
    """Out of the roster already, the sessions still go; an IDGebr alone does not say whose."""
    school.done("users.erase", **ZOE)
    log_in(school, "0140136", "a")
    gone = {"entrance": "petteflat", "idgebr": "77001"}
    assert school.refused("users.erase", **gone)["code"] == "user-unknown"
    assert school.done("users.erase", **ZOE)["changes"] == ["1 session ended"]


def test_a_change_of_one_user_leaves_a_record_that_names_nobody(school: Deployment) -> None:
    """What was done, under which ticket, and not to whom."""
    before = len(school.audit())
    for action in ("link", "unlink", "disable", "enable", "erase"):
        extra = {"idgebr": "77002"} if action == "link" else {}
        school.done(f"users.{action}", **ZOE, **extra, ticket="NUMO-1")
    records = school.audit()[before:]
    assert [each["action"].removeprefix("users.") for each in records] == [
        "link", "unlink", "disable", "enable", "erase",
    ]  # fmt: skip
    assert {(each["subject"], each["ticket"]) for each in records} == {
        ("roster#petteflat", "NUMO-1")
    }
    assert not [each for each in (*PERSONAL, "77002") if each in str(records)]


@pytest.mark.parametrize("action", ["show", "unlink", "disable", "enable", "export_person"])
def test_a_code_that_nobody_has_is_refused(school: Deployment, action: str) -> None:
    """A zero too few is another code."""
    asked = {"entrance": "petteflat", "persoonscode": "140136"}
    assert school.refused(f"users.{action}", **asked)["code"] == "user-unknown"
    both = ZOE | {"idgebr": "77001"}
    assert school.refused(f"users.{action}", **both)["code"] == "user-unclear"
    assert school.refused(f"users.{action}", entrance="petteflat")["code"] == "user-unclear"
    nowhere = asked | {"entrance": "nergens"}
    assert school.refused(f"users.{action}", **nowhere)["code"] == "entrance-unknown"


def test_an_import_does_not_undo_a_disabling_of_the_same_moment(school: Deployment) -> None:
    """What an import read as active and is disabled since is read again."""
    events, reads = school.dynamodb.meta.events, []

    def disable_once(**_: Any) -> None:
        reads.append(1)
        if len(reads) == 1:
            school.done("users.disable", **ZOE)

    events.register("after-call.dynamodb.BatchGetItem", disable_once)
    rows = [row("0140136", given_name="Zoë", surname="Puck")]
    school.done("users.import", entrance="petteflat", rows=rows)
    item = school.roster("petteflat")["persoonscode#0140136"]
    assert (item["surname"], item["active"]) == ("Puck", False)
    assert len(reads) > 1


def test_what_changed_meanwhile_is_not_written_over(activated: Deployment) -> None:
    """Between the read and the write of a change an import may have made the user another."""
    asked = {"entrance": "petteflat", "persoonscode": "1"}
    activated.done("users.import", entrance="petteflat", rows=[row("1", line=2, group="1a")])
    task = _task(activated, **asked)
    before = person_of(get_user(task))
    later = row("1", line=2, group="2b", role="docent")
    activated.done("users.import", entrance="petteflat", rows=[later], changes=1)
    with pytest.raises(Raced):
        commit(task, roster_change(task, {}), put_user(task, before, replace(before, active=False)))
    activated.done("users.disable", **asked)
    left = activated.roster("petteflat")["persoonscode#1"]
    assert (left["role"], left["group"], left["active"]) == ("teacher", "2b", False)


def _task(numo: Deployment, **asked: Any) -> Task:
    request = ACTIONS["users.disable"].request(action="users.disable", **asked)
    return Task(numo.world, request, "request", numo.now)
