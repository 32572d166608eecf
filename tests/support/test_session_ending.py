"""Whenever support ends sessions there is a record of it, also where nothing else was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.support import row

if TYPE_CHECKING:
    from kit.support import Deployment

PAIR = {"authority": "https://elo.example/idp", "realm": "petteflatcollege"}
AGAIN: list[tuple[str, dict[str, Any]]] = [
    ("school.suspend", {}),
    ("school.realm_end", {**PAIR, "end_sessions": True}),
    ("school.match_rule", {"rule": "idgebr", "force": True}),
    ("users.disable", {"persoonscode": "1"}),
    ("users.erase", {"persoonscode": "1"}),
]


@pytest.mark.parametrize(("action", "fields"), AGAIN, ids=[action for action, _ in AGAIN])
def test_a_second_request_that_only_ends_sessions_leaves_a_record(
    activated: Deployment, action: str, fields: dict[str, Any]
) -> None:
    """The first one did the rest; between the two a login passed, which the second ends."""
    asked = {"entrance": "petteflat", **fields}
    activated.done("users.import", entrance="petteflat", rows=[row("1", line=2)])
    activated.done(action, **asked)
    activated.save_session("a" * 64, "petteflat")
    before = len(activated.audit())
    activated.done(action, dry_run=True, **asked)
    assert len(activated.audit()) == before
    activated.done(action, **asked)
    assert "sessions_ended_of" in activated.audit()[-1]["after"]
    assert list(activated.world.tables.session.scan()) == []
    count = len(activated.audit())
    activated.done(action, **asked)
    assert len(activated.audit()) == count  # with nobody logged in there is nothing to tell


def test_looking_at_one_persons_sessions_is_recorded_whatever_is_said(
    activated: Deployment,
) -> None:
    """A question changes nothing, so that nothing may be changed does not hide it."""
    before = len(activated.audit())
    asked = {"entrance": "petteflat", "persoonscode": "1"}
    activated.done("session.list", dry_run=True, **asked)
    assert len(activated.audit()) == before + 1


@pytest.mark.parametrize(
    "asked",
    [{"code": "1"}, {"code": "1", "outcome": "user-unknown"}, {"code": "1", "dry_run": True}],
)
def test_looking_at_one_persons_logins_is_recorded(
    activated: Deployment, asked: dict[str, Any]
) -> None:
    """And looking at a school's is not: they name nobody."""
    activated.done("keys.create")
    activated.done("trace.list", entrance="petteflat")
    before = len(activated.audit())
    activated.done("trace.list", entrance="petteflat", **asked)
    assert activated.audit()[-1]["subject"] == "traces#petteflat"
    assert len(activated.audit()) == before + 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_being_told_whose_an_idgebr_is_leaves_a_record(
    activated: Deployment, *, dry_run: bool
) -> None:
    """A file of made-up rows would tell a pupil's code for each IDGebr."""
    first, second = row("1", line=2, idgebr="77"), row("2", line=2, idgebr="77")
    activated.done("users.import", entrance="petteflat", rows=[first])
    asked = {"entrance": "petteflat", "rows": [second], "dry_run": dry_run}
    answer = activated.ask("users.import", **asked)
    told = answer["data"] if dry_run else answer["error"]["details"]
    assert told["invalid"][0]["owner"] == "1"
    assert activated.audit()[-1]["after"] == {"read": "owners of IDGebrs", "users": 1}


@pytest.mark.parametrize("ticket", ["NUMO-1201", "#4711", "INC0012345", "REQ/2026/118", "118"])
def test_a_ticket_is_a_number(activated: Deployment, ticket: str) -> None:
    """With what the desk puts before it."""
    assert activated.done("school.suspend", entrance="petteflat", ticket=ticket)


@pytest.mark.parametrize(
    "ticket", ["Jan.Jansen-0012345", "Jan Jansen 1", "jan_jansen", "NUMO", "0140136@petteflat", ""]
)
def test_a_ticket_has_no_room_for_a_person(activated: Deployment, ticket: str) -> None:
    """It stays for years, and nobody can take it out."""
    error = activated.refused("school.suspend", entrance="petteflat", ticket=ticket)
    assert error["code"] == "request-invalid"
