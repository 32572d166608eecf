"""The import of a school's users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.support import row

if TYPE_CHECKING:
    from kit.support import Deployment

COUNTS = ("new", "changed", "unchanged", "moved", "invalid")


def import_rows(numo: Deployment, *rows: dict[str, Any], **fields: Any) -> tuple[int, ...]:
    answer = numo.done("users.import", entrance="petteflat", rows=list(rows), **fields)
    return tuple(answer["data"]["counts"][name] for name in COUNTS)


def reasons(numo: Deployment, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    error = numo.refused("users.import", entrance="petteflat", rows=list(rows))
    assert error["code"] == "rows-invalid"
    assert numo.roster("petteflat") == {}
    return [(each["line"], each["field"], each["reason"]) for each in error["details"]["invalid"]]


def test_a_user_has_an_item_for_each_code(activated: Deployment) -> None:
    """Whoever has an IDGebr is found by it too, and by nothing else."""
    import_rows(activated, row(" 0140136 ", idgebr="77001", infix="van", group="1B"), row("Jan"))
    roster = activated.roster("petteflat")
    assert set(roster) == {"persoonscode#0140136", "idgebr#77001", "persoonscode#jan"}
    one, two = roster["persoonscode#0140136"], roster["idgebr#77001"]
    assert one.pop("sk") != two.pop("sk")
    assert one == two
    assert (one["role"], one["active"], one["infix"]) == ("pupil", True, "van")


def test_importing_twice_changes_nothing(activated: Deployment) -> None:
    """An import that was cut off is simply sent again."""
    rows = [row("1", idgebr="9", mail="a@b.example"), row("2", role="docent")]
    assert import_rows(activated, *rows) == (2, 0, 0, 0, 0)
    trail = len(activated.audit())
    assert import_rows(activated, *rows) == (0, 0, 2, 0, 0)
    assert len(activated.audit()) == trail


def test_a_dry_run_writes_nothing(activated: Deployment) -> None:
    """What would change is told first, with the fields that differ."""
    import_rows(activated, row("1"))
    changed = row("1", surname="Puck", idgebr="9")
    answer = activated.done("users.import", entrance="petteflat", rows=[changed], dry_run=True)
    assert answer["data"]["changed"] == [{"persoonscode": "1", "fields": ["idgebr", "surname"]}]
    assert set(activated.roster("petteflat")) == {"persoonscode#1"}


def test_a_new_idgebr_takes_the_place_of_the_old(activated: Deployment) -> None:
    """The item by the old IDGebr goes: nobody can log in with it any more."""
    import_rows(activated, row("1", idgebr="9"))
    assert import_rows(activated, row("1", idgebr="10")) == (0, 1, 0, 0, 0)
    assert set(activated.roster("petteflat")) == {"persoonscode#1", "idgebr#10"}


def test_what_a_file_does_not_state_stays(activated: Deployment) -> None:
    """A file without a column, or with an empty IDGebr, cuts no link and changes no role."""
    import_rows(activated, row("1", idgebr="9", role="docent", mail="a@b.example", infix="de"))
    assert import_rows(activated, row("1", idgebr="")) == (0, 0, 1, 0, 0)
    import_rows(activated, row("1", infix="", mail=""))
    item = activated.roster("petteflat")["idgebr#9"]
    assert (item["role"], item.get("mail"), item.get("infix")) == ("teacher", None, None)


def test_a_disabled_user_stays_disabled(activated: Deployment) -> None:
    """An import does not undo what support decided about one user."""
    import_rows(activated, row("1"))
    [item] = activated.world.tables.user.query("petteflat")
    item.active = False
    item.save()
    import_rows(activated, row("1", surname="Ander"))
    assert activated.roster("petteflat")["persoonscode#1"]["active"] is False


def test_every_bad_row_is_reported_and_nothing_is_written(activated: Deployment) -> None:
    """All mistakes are told at once, each with its line and column, none with its content."""
    found = reasons(
        activated,
        row("1"),
        row("", line=20),
        row("2", surname=" ", role="koning"),
        row("3", klas="1B"),
        {"persoonscode": 140136, "given_name": "P", "surname": "Q"},
        row("1,40136E+05"),
        row("140136.0"),
        row("4\x00"),
        row("x" * 200),
    )
    assert [(line, field) for line, field, _ in found] == [
        (3, "role"), (3, "surname"), (4, "klas"), (5, "persoonscode"), (6, "persoonscode"),
        (7, "persoonscode"), (8, "persoonscode"), (9, "persoonscode"), (20, "persoonscode"),
    ]  # fmt: skip
    assert "spreadsheet" in found[4][2]
    assert "text" in found[3][2]


def test_a_code_that_occurs_twice_is_bad_on_both_lines(activated: Deployment) -> None:
    """Nobody knows which of the two lines is right; capitals make no other code."""
    found = reasons(activated, row("Jan"), row("jan"), row("2", idgebr="9"), row("3", idgebr="9"))
    assert [(line, field) for line, field, _ in found] == [
        (1, "persoonscode"), (2, "persoonscode"), (3, "idgebr"), (4, "idgebr"),
    ]  # fmt: skip


def test_zeros_make_another_code(activated: Deployment) -> None:
    """0140136 and 140136 can be two pupils."""
    import_rows(activated, row("0140136"), row("140136"))
    assert set(activated.roster("petteflat")) == {"persoonscode#0140136", "persoonscode#140136"}


def test_the_good_rows_are_imported_when_told_to(activated: Deployment) -> None:
    """With skip_invalid the bad rows are left out and still reported."""
    assert import_rows(activated, row("1"), row(""), skip_invalid=True) == (1, 0, 0, 0, 1)
    assert set(activated.roster("petteflat")) == {"persoonscode#1"}


def test_an_idgebr_is_not_taken_from_another_user(activated: Deployment) -> None:
    """An IDGebr of somebody who is not in the rows is no typing mistake's to take."""
    import_rows(activated, row("1", idgebr="9"))
    taken = {"entrance": "petteflat", "rows": [row("2", idgebr="9")]}
    [invalid] = activated.refused("users.import", **taken)["details"]["invalid"]
    assert (invalid["field"], invalid["owner"]) == ("idgebr", "1")
    assert import_rows(activated, row("2", idgebr="9"), may_move=["9"]) == (1, 0, 0, 1, 0)
    roster = activated.roster("petteflat")
    assert roster["persoonscode#1"].get("idgebr") is None
    assert roster["idgebr#9"]["persoonscode"] == "2"


def test_idgebrs_can_go_round(activated: Deployment) -> None:
    """Rows in which users exchange IDGebrs leave each with their own."""
    import_rows(activated, *(row(str(n), idgebr=f"9{n}") for n in range(5)))
    rotated = [row(str(n), idgebr=f"9{(n + 1) % 5}") for n in range(5)]
    assert import_rows(activated, *rotated) == (0, 5, 0, 5, 0)
    roster = activated.roster("petteflat")
    assert len(roster) == 10
    for n in range(5):
        assert roster[f"persoonscode#{n}"]["idgebr"] == f"9{(n + 1) % 5}"
        assert roster[f"idgebr#9{(n + 1) % 5}"]["persoonscode"] == str(n)


def test_a_row_that_counts_on_a_refused_one_is_refused_too(activated: Deployment) -> None:
    """When 1 may not get 92, it keeps 91, and 3 may not get that."""
    import_rows(activated, row("1", idgebr="91"), row("2", idgebr="92"))
    rows = [row("1", idgebr="92"), row("3", idgebr="91"), row("4")]
    assert import_rows(activated, *rows, skip_invalid=True) == (1, 0, 0, 0, 2)
    assert activated.roster("petteflat")["idgebr#91"]["persoonscode"] == "1"


def test_a_whole_school_goes_in(activated: Deployment) -> None:
    """More users than one transaction takes are spread over several, each with its record."""
    rows = [row(f"{n:06}", idgebr=str(n)) for n in range(120)]
    assert import_rows(activated, *rows) == (120, 0, 0, 0, 0)
    assert len(activated.roster("petteflat")) == 240
    kept = [each["after"] for each in activated.audit() if each["action"] == "users.import"]
    parts = [each for each in kept if "users_written" in each]
    assert [each["import"] for each in kept if "import" in each] == ["begin", "end"]
    assert sum(part["users_written"] for part in parts) == 120
    assert len(parts) == 3
    assert len({part["rows"] for part in parts}) == 1


def test_a_number_that_was_given_out_again_is_left_out(activated: Deployment) -> None:
    """A known code with not one word of its name is told, and changes only when that is said."""
    import_rows(
        activated, row("1", given_name="Zoë", surname="Puk", idgebr="9", mail="z@a.example")
    )
    activated.save_session("a", "petteflat", "1")
    other = row("1", given_name="Bo", surname="Smit")
    answer = activated.done("users.import", entrance="petteflat", rows=[other, row("2")])
    assert (answer["data"]["counts"]["reused"], answer["data"]["counts"]["new"]) == (1, 1)
    assert [each["line"] for each in answer["data"]["reused"]] == [1]
    assert activated.roster("petteflat")["persoonscode#1"]["surname"] == "Puk"
    married = row("1", given_name="Zoe", surname="Jansen")
    assert import_rows(activated, married) == (0, 1, 0, 0, 0)
    assert import_rows(activated, other, accept_reused=True) == (0, 1, 0, 0, 0)
    roster = activated.roster("petteflat")
    assert set(roster) == {"persoonscode#1", "persoonscode#2"}
    one = roster["persoonscode#1"]
    assert (one["surname"], one.get("mail"), one.get("idgebr")) == ("Smit", None, None)
    assert list(activated.world.tables.session.scan()) == []


def test_who_loses_an_idgebr_by_an_import_is_logged_out(activated: Deployment) -> None:
    """Where the school matches by it; and nobody else is."""
    import_rows(activated, row("1", idgebr="9"), row("2", idgebr="8"), row("3", idgebr="7"))
    activated.done("school.match_rule", entrance="petteflat", rule="idgebr")
    for code in ("1", "2", "3"):
        activated.save_session(code, "petteflat", code)
    moved = [row("4", idgebr="9"), row("2", idgebr="80"), row("3", surname="Puck")]
    import_rows(activated, *moved, may_move=["9"])
    assert [each.persoonscode for each in activated.world.tables.session.scan()] == ["3"]


def test_a_school_that_is_not_there_gets_no_users(numo: Deployment) -> None:
    """Users belong to an entrance that exists."""
    error = numo.refused("users.import", entrance="nergens", rows=[row("1")])
    assert error["code"] == "entrance-unknown"


def test_neither_log_nor_trail_names_a_person(activated: Deployment) -> None:
    """The trail cannot be erased and a pupil can ask to be, so codes and names stay out of both."""
    secret = row("geheim77", surname="Achternaam88", mail="mail99@x.example", idgebr="55443322")
    import_rows(activated, secret)
    activated.refused("users.import", entrance="petteflat", rows=[secret | {"role": "geheim77"}])
    activated.refused("users.import", entrance="petteflat", rows=[secret], ticket="geheim77 x")
    kept = activated.log.getvalue() + str(activated.audit())
    assert "users.import" in kept
    for personal in ("geheim77", "Achternaam88", "mail99", "55443322", "Pietje"):
        assert personal not in kept


@pytest.mark.parametrize("rows", [[], None, "x", [1], [row(str(n)) for n in range(2001)]])
def test_a_request_of_another_shape_is_refused(activated: Deployment, rows: object) -> None:
    """Rows are a list of one to two thousand objects."""
    error = activated.refused("users.import", entrance="petteflat", rows=rows)
    assert error["code"] == "request-invalid"
    assert "rows" in error["message"]
