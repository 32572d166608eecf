"""Is a school ready, and if not, whose move is it? Each finding by itself, then the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.support import NOW, row
from numo_sso.outcomes import CATALOGUE, Actor, Stage
from numo_sso.support.findings.finding import Owner, owner_of

if TYPE_CHECKING:
    from kit.support import Deployment

DAY = 86_400
AT: dict[str, Any] = {"entrance": "petteflat", "brin": "01AB"}
ELO: dict[str, Any] = {"authority": "https://elo.example/idp", "realm": "flat"}
TEACHER = row("docbon", role="docent")


def found(numo: Deployment, entrance: str = "petteflat") -> dict[str, dict[str, Any]]:
    """The findings of a check, by code."""
    answer = numo.done("school.check", entrance=entrance)
    return {each["code"]: each for each in answer["data"]["findings"]}


def last_line(numo: Deployment, entrance: str = "petteflat") -> str:
    line: str = numo.done("school.check", entrance=entrance)["next_steps"][-1]
    return line


def users(numo: Deployment, *codes: str, **fields: Any) -> None:
    rows = [*(row(code, **fields) for code in codes), TEACHER]
    numo.done("users.import", entrance="petteflat", rows=rows)


def levels(findings: dict[str, dict[str, Any]], level: str) -> list[str]:
    return [code for code, each in findings.items() if each["level"] == level]


@pytest.fixture
def filled(activated: Deployment) -> Deployment:
    """Active, with three pupils of six digits and a teacher."""
    users(activated, "140136", "140137", "140138")
    return activated


@pytest.fixture
def ready(filled: Deployment) -> Deployment:
    """And one of them came in."""
    filled.leave_traces("logged-in", user="a", code_shape="digits-6", **AT, **ELO)
    return filled


# ------------------------------------------------------------------ the last line


def test_a_school_that_works_is_ready(ready: Deployment) -> None:
    """Nobody has to do anything, and nothing blocks."""
    answer = ready.done("school.check", entrance="petteflat")
    assert answer["message"] == "Petteflat (petteflat) is ready."
    assert answer["next_steps"][-1] == "Ready: nobody has to do anything."
    assert (answer["data"]["ready"], answer["data"]["owner"]) == (True, None)
    assert levels(found(ready), "blocks") == []


def test_the_next_step_is_the_first_that_blocks(numo: Deployment) -> None:
    """From the mail to the first login: ours, the school's, and the school's again."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    assert last_line(numo) == "Ours (Kurve): school.activate for petteflat."
    numo.done("school.activate", entrance="petteflat")
    assert last_line(numo).startswith("The school's move: a file of its users;")
    users(numo, "140136")
    assert last_line(numo).startswith("The school's move: permission for Numo in the Entree")
    answer = numo.done("school.check", entrance="petteflat")
    assert (answer["data"]["ready"], answer["data"]["owner"]) == (False, "school")
    numo.leave_traces("logged-in", **AT, **ELO)
    assert last_line(numo).startswith("Ready")


def test_what_else_is_to_be_done_comes_before_the_last_line(activated: Deployment) -> None:
    """Several things can wait at once, each said once."""
    steps = activated.done("school.check", entrance="petteflat")["next_steps"]
    assert len(steps) == len(set(steps)) == 2
    assert "permission" in steps[0]


def test_nothing_is_changed_and_no_record_left(ready: Deployment) -> None:
    """Looking is no change."""
    before = len(ready.audit())
    assert ready.done("school.check", entrance="petteflat")["changes"] == []
    assert len(ready.audit()) == before
    assert ready.refused("school.check", entrance="nergens")["code"] == "entrance-unknown"


# ------------------------------------------------------------------ before activation


def test_before_activation_logins_tell_whether_permission_was_given(numo: Deployment) -> None:
    """They are found by the BRIN: one came through, or the hub released no login name."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    assert found(numo)["no-logins"]["owner"] == "school"
    numo.leave_traces("realid-missing", brin="01AB02")
    assert found(numo)["realid-missing"]["level"] == "blocks"
    numo.leave_traces("school-not-active", brin="01AB", code_shape="digits-6")
    findings = found(numo)
    assert "1 login came with BRIN and login name" in findings["arrives"]["text"]
    assert "no-logins" not in findings
    assert "school-not-active" not in findings


def test_a_good_login_without_an_entrance_shows_that_entree_lets_through(numo: Deployment) -> None:
    """Of a test before the school is open, say."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    numo.leave_traces("logged-in", brin="01AB", code_shape="digits-6")
    assert "arrives" in found(numo)


def test_codes_are_compared_before_activation(numo: Deployment) -> None:
    """The roster can be wrong before anybody gets in."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    numo.done("users.import", entrance="petteflat", rows=[row("140136")])
    numo.leave_traces(*["school-not-active"] * 3, brin="01AB", code_shape="name")
    assert found(numo)["idgebr-column-missing"]["level"] == "blocks"


# ------------------------------------------------------------------ the school


def test_a_suspended_school_waits_for_us(activated: Deployment) -> None:
    activated.done("school.suspend", entrance="petteflat", ticket="NUMO-9")
    assert "ticket NUMO-9" in found(activated)["suspended"]["text"]
    assert "school.resume for petteflat" in last_line(activated)


def test_a_school_without_a_brin_is_unreachable(activated: Deployment) -> None:
    """It ended, or it is still to begin, which is another thing."""
    activated.done("school.brin_add", entrance="petteflat", brin="02CD", since="2026-09-01")
    assert found(activated)["brins"]["text"] == "In force: 01AB."
    activated.done("school.brin_end", entrance="petteflat", brin="01AB")
    assert found(activated)["no-brin"]["text"] == "Its BRIN holds from 2026-09-01 on."
    activated.done("school.brin_end", entrance="petteflat", brin="02CD", until="2026-08-30")
    assert found(activated)["no-brin"]["text"] == "No BRIN leads to it today."


def test_a_shared_brin_is_pointed_out(ready: Deployment) -> None:
    """Also where only a location of it is another's; refused logins may then be theirs."""
    ready.done("school.activate", entrance="noord", brin="01AB02", create=True, name="Noord")
    assert "noord has logins of the same BRIN" in found(ready)["brin-shared"]["text"]
    assert "perhaps-anothers" not in found(ready)
    ready.leave_traces("realid-missing", brin="01AB")
    assert "Some of these may be of noord" in found(ready)["perhaps-anothers"]["text"]


# ------------------------------------------------------------------ users and their codes


def test_users_are_counted_by_role(filled: Deployment) -> None:
    findings = found(filled)
    assert findings["users"]["text"] == "4 users: 3 pupils, 1 teacher."
    assert "no-staff" not in findings


def test_a_roster_of_pupils_alone_is_pointed_out(activated: Deployment) -> None:
    activated.done("users.import", entrance="petteflat", rows=[row("1")])
    assert found(activated)["no-staff"]["owner"] == "school"


def test_a_school_that_matches_by_idgebr_needs_them(filled: Deployment) -> None:
    """None at all blocks, some missing is something to look at."""
    model = filled.world.tables.school
    item = model.get(model.key("petteflat"), "school")
    item.match_rule = "idgebr"
    item.save()
    assert found(filled)["no-idgebr"]["level"] == "blocks"
    filled.done("users.import", entrance="petteflat", rows=[row("140136", idgebr="77001")])
    assert "3 of 4 users" in found(filled)["idgebr-missing"]["text"]
    filled.leave_traces(*["user-unknown"] * 3, **AT, code_shape="digits-6")
    assert found(filled)["rule-other"]["owner"] == "kurve"


def test_a_code_with_the_realm_in_it_is_pointed_out(activated: Deployment) -> None:
    """Unless such codes come in, for a login name may hold an @."""
    users(activated, "140136@flat", "140137@flat")
    activated.leave_traces("user-unknown", **AT, **ELO, code_shape="digits-6")
    finding = found(activated)["codes-with-realm"]
    assert finding["text"].startswith("2 users with an @ in the persoonscode")
    assert "the realm flat" in finding["text"]
    activated.leave_traces("logged-in", **AT, **ELO, code_shape="address")
    assert "codes-with-realm" not in found(activated)


@pytest.mark.parametrize(
    ("roster", "carried", "code"),
    [
        (["140136"], "name", "idgebr-column-missing"),
        (["140136"], "zeros-7", "zeros-lost"),
        (["0140136"], "digits-6", "zeros-added"),
        (["s140136"], "digits-6", "prefix-differs"),
        (["140136"], "prefixed-6", "prefix-differs"),
        (["p.puk"], "digits-6", "codes-differ"),
        (["140136"], "digits-8", "idgebr-column-missing"),
    ],
)
def test_codes_of_another_kind_are_explained(
    activated: Deployment, roster: list[str], carried: str, code: str
) -> None:
    """What refused logins carry and the roster lacks says what went wrong in the file."""
    rows = [row(each, role="docent") for each in roster]
    activated.done("users.import", entrance="petteflat", rows=rows)
    activated.leave_traces(*["user-unknown"] * 2, **AT, code_shape=carried)
    assert "codes-alike" in found(activated)
    activated.leave_traces("user-unknown", **AT, code_shape=carried)
    finding = found(activated)[code]
    assert (finding["level"], finding["owner"]) == ("blocks", "school")
    assert "3 refused logins with" in finding["text"]
    activated.leave_traces(*["logged-in"] * 3, **AT, code_shape=carried)
    assert found(activated)[code]["level"] == "look"


def test_users_who_are_linked_point_to_the_other_rule(filled: Deployment) -> None:
    """The logins carry what is known as the IDGebr: then the rule is wrong, not the file."""
    users(filled, "140136", idgebr="7700123")
    filled.leave_traces(*["user-unknown"] * 3, **AT, code_shape="digits-7")
    assert "school.match_rule for petteflat idgebr" in found(filled)["rule-other"]["do"]


def test_codes_of_the_same_kind_are_fine(ready: Deployment) -> None:
    """A pupil who is not in the file has a code like any other."""
    ready.leave_traces(*["user-unknown"] * 5, **AT, code_shape="digits-6")
    assert "numbers of 6 digits" in found(ready)["codes-alike"]["text"]


# ------------------------------------------------------------------ logins


def test_the_first_success_and_the_last_are_told(ready: Deployment) -> None:
    text = found(ready)["came-in"]["text"]
    assert text == (
        "1 good login in 14 days: first 2026-08-24T06:29:00Z, last 2026-08-24T06:29:00Z."
    )


def test_failures_come_with_what_to_do(ready: Deployment) -> None:
    """Every outcome with its number and its owner; what takes a tenth of the logins is next."""
    ready.leave_traces(*["logged-in"] * 30, **AT, user="b", code_shape="digits-6")
    ready.leave_traces(*["user-unknown"] * 3, **AT, code_shape="digits-6")
    finding = found(ready)["user-unknown"]
    assert finding["text"].startswith("3 logins ended in user-unknown (NS-231): ")
    assert (finding["level"], finding["owner"]) == ("look", "school")
    ready.leave_traces("user-unknown", **AT, code_shape="digits-6")
    assert last_line(ready).startswith("The school's move: compare what its elo sends")


def test_one_failure_is_no_trend(ready: Deployment) -> None:
    """Two of three logins that failed block nothing while somebody gets in."""
    ready.leave_traces("role-differs", "role-differs", **AT)
    assert last_line(ready).startswith("Ready")


@pytest.mark.parametrize(
    "code",
    [each.code for each in CATALOGUE.values() if each.stage is Stage.AFTER and not each.good],
)
def test_each_failure_has_an_owner_among_the_three(filled: Deployment, code: str) -> None:
    """Whatever a login meets, somebody is named who can do something about it."""
    filled.leave_traces(code, **AT)
    steps = filled.done("school.check", entrance="petteflat")["next_steps"]
    owners = ("The school's move: ", "Kennisnet's move: ", "Ours (Kurve): ")
    assert all(step.startswith(owners) for step in steps)


def test_an_outcome_belongs_to_whom_the_catalogue_says() -> None:
    owners = {code: owner_of(code) for code in CATALOGUE}
    assert owners["brin-missing"] is Owner.KENNISNET
    assert owners["realid-missing"] is Owner.SCHOOL
    assert owners["entrance-ambiguous"] is Owner.KURVE
    assert owner_of("not-yet-invented") is Owner.KURVE
    users_own = [each.code for each in CATALOGUE.values() if each.actor is Actor.USER]
    assert {owners[code] for code in users_own} == {Owner.SCHOOL}


def test_an_open_school_that_only_failed_before_asks_for_a_login(numo: Deployment) -> None:
    """What the activation has mended is no failure any more, and no proof either."""
    numo.leave_traces("brin-unknown", brin="01AB", code_shape="digits-6", ago=DAY)
    numo.done("school.activate", entrance="petteflat", brin="01AB", create=True, name="P")
    users(numo, "140136")
    assert last_line(numo).startswith("The school's move: one login from the elo")


def test_a_brin_that_ended_and_still_comes_is_a_failure(ready: Deployment) -> None:
    """Refused before the last change, it may be mended by it; after it, it is not."""
    ready.done("school.brin_add", entrance="petteflat", brin="02CD", since="2026-08-01")
    ready.done("school.brin_end", entrance="petteflat", brin="02CD")
    ready.leave_traces("brin-unknown", brin="02CD")
    assert "brin-unknown" not in found(ready)
    ready.now += DAY
    ready.leave_traces("brin-unknown", brin="02CD")
    assert found(ready)["brin-unknown"]["text"].startswith("2 logins ended in brin-unknown")


def test_holidays_are_no_failure(filled: Deployment) -> None:
    """A good login is long remembered by the provider that it taught; one failure is then none."""
    model = filled.world.tables.learned
    fields: dict[str, Any] = ELO | {"ttl": int(NOW) + DAY}
    model(model.key("petteflat"), "0#R", seen_at=int(NOW) - 30 * DAY, **fields).save()
    assert "no-logins" not in found(filled)
    assert "worked before" in found(filled)["quiet"]["text"]
    filled.leave_traces("user-unknown", **AT)
    assert last_line(filled).startswith("Ready")
    filled.leave_traces("user-unknown", "user-unknown", **AT)
    assert not last_line(filled).startswith("Ready")


def test_the_share_of_users_is_of_those_who_can(ready: Deployment) -> None:
    """Who came twice counts once; who is disabled could not."""
    model = ready.world.tables.user
    item = model.get("petteflat", "persoonscode#140138")
    item.active = False
    item.save()
    ready.leave_traces("logged-in", "logged-in", **AT, user="b", code_shape="digits-6")
    text = "2 of 3 users came in by SSO in 14 days (67 %)."
    assert found(ready)["share"]["text"] == text
    assert "1 of them disabled" in found(ready)["users"]["text"]


# ------------------------------------------------------------------ providers


def test_a_provider_that_waits_is_the_schools_to_confirm(ready: Deployment) -> None:
    model = ready.world.tables.learned
    fields: dict[str, Any] = {"authority": "https://entra.example", "realm": "flat", "ttl": 1}
    model(model.waiting_key("petteflat"), "0#R", seen_at=int(NOW), **fields).save()
    finding = found(ready)["provider-waits"]
    assert finding["text"] == "https://entra.example with realm flat is refused, and waits."
    assert finding["owner"] == "school"


def test_a_school_that_enforces_and_accepts_nobody_is_closed(ready: Deployment) -> None:
    pair = {"entrance": "petteflat"} | ELO
    ready.done("school.realm_add", **pair)
    ready.done("school.realm_enforce", entrance="petteflat")
    assert "1 accepted, 0 learned, mode enforce" in found(ready)["providers"]["text"]
    ready.done("school.realm_end", force=True, **pair)
    assert found(ready)["nobody-known"]["owner"] == "kurve"


def test_enforcing_is_proposed_after_ten_good_logins(ready: Deployment) -> None:
    """First its provider has to be confirmed; a school that enforces needs no proposal."""
    ready.leave_traces(*["logged-in"] * 8, **AT, **ELO)
    assert "provider-unconfirmed" not in found(ready)
    ready.leave_traces("logged-in", **AT, **ELO)
    assert "school.realm_add" in found(ready)["provider-unconfirmed"]["do"]
    ready.done("school.realm_add", entrance="petteflat", **ELO)
    assert "school.realm_enforce for petteflat" in found(ready)["enforce"]["do"]
    assert last_line(ready).startswith("Ready")
    ready.done("school.realm_enforce", entrance="petteflat")
    assert "enforce" not in found(ready)
