"""What leaves the roster: a school's users by pages, and one person's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.support import row
from numo_sso.pseudonyms import pseudonym

if TYPE_CHECKING:
    from kit.support import Deployment

ZOE = {"entrance": "petteflat", "persoonscode": "0140136"}


def pages(numo: Deployment, **fields: Any) -> list[list[str]]:
    found, after = [], None
    while True:
        data = numo.done("users.export", entrance="petteflat", after=after, **fields)["data"]
        found.append([each["persoonscode"] for each in data["users"]])
        after = data["next"]
        if after is None:
            return found


def test_a_school_is_exported_by_pages(activated: Deployment) -> None:
    """Each user once, also where the last of a page was erased before the next was asked."""
    expected = [f"{n:03}" for n in range(7)]
    rows = [row(code, idgebr=f"9{code}") for code in expected]
    activated.done("users.import", entrance="petteflat", rows=rows)
    assert pages(activated, limit=3, personal_data=True) == [
        expected[:3],
        expected[3:6],
        expected[6:],
    ]
    activated.done("users.erase", entrance="petteflat", persoonscode="002")
    asked = {"entrance": "petteflat", "limit": 3, "personal_data": True}
    rest = activated.done("users.export", **asked, after="002")
    assert [each["persoonscode"] for each in rest["data"]["users"]] == expected[3:6]
    assert [len(page) for page in pages(activated, limit=3)] == [3, 3]


def test_every_page_leaves_a_record(activated: Deployment) -> None:
    """How many, and whether in full."""
    activated.done("users.import", entrance="petteflat", rows=[row("1"), row("2")])
    activated.done("users.export", entrance="petteflat", personal_data=True)
    after = {"read": "export", "users": 2, "personal_data": True}
    assert activated.audit()[-1]["after"] == after


def test_one_persons_data_is_roster_sessions_and_traces(activated: Deployment) -> None:
    """Traces are found by the pseudonym: by either code, at the entrance and at its BRIN."""
    activated.done("keys.create")
    rows = [row("0140136", idgebr="77001"), row("2")]
    activated.done("users.import", entrance="petteflat", rows=rows)
    activated.save_session("a", "petteflat", "0140136")
    activated.save_session("b", "petteflat", "2")
    for number, (place, code) in enumerate(
        [("petteflat", "0140136"), ("petteflat", "77001"), ("01AB", "0140136"), ("ander", "2")]
    ):
        who = pseudonym(place, code, activated.pseudonym_key())
        activated.save_trace(f"R{number}", "logged-in", user=who, attributes={"sn", "mail"})
    data = activated.done("users.export_person", **ZOE)["data"]
    assert data["user"]["surname"] == "Puk"
    assert [each["persoonscode"] for each in data["sessions"]] == ["0140136"]
    assert [each["reference"] for each in data["traces"]] == ["R0", "R1", "R2"]
    assert data["traces"][0]["attributes"] == ["mail", "sn"]
    assert "user" not in data["traces"][0]
    record = activated.audit()[-1]
    assert record["after"] == {"read": "export_person", "sessions": 1, "traces": 3}
    assert "0140136" not in str(record)


def test_without_keys_there_are_no_traces_to_find(activated: Deployment) -> None:
    """A deployment that never had a login still answers."""
    activated.done("users.import", entrance="petteflat", rows=[row("0140136")])
    assert activated.done("users.export_person", **ZOE)["data"]["traces"] == []
