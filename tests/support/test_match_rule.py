"""The code by which a school's logins are looked up, and what a switch does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.support import row
from numo_cli.failures import Exit, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

    from kit.support import Deployment

BY_IDGEBR = {"entrance": "petteflat", "rule": "idgebr"}


def fill(numo: Deployment, linked: int = 2, others: int = 1) -> None:
    """Users with an IDGebr, users without, and one more of each who is disabled."""
    rows = [row(f"1{n}", idgebr=f"9{n}") for n in range(linked + 1)]
    rows += [row(f"2{n}") for n in range(others + 1)]
    numo.done("users.import", entrance="petteflat", rows=rows)
    for code in ("10", "20"):
        numo.done("users.disable", entrance="petteflat", persoonscode=code)


def rule_of(numo: Deployment) -> Any:
    return numo.done("school.show", entrance="petteflat")["data"]["school"]["match_rule"]


def sessions(numo: Deployment) -> set[str]:
    return {each.pk.removeprefix("session#") for each in numo.world.tables.session.scan()}


def test_coverage_is_counted_before_and_after(activated: Deployment) -> None:
    """Only who could log in counts; a dry run switches nothing."""
    fill(activated)
    data = activated.done("school.match_rule", **BY_IDGEBR, dry_run=True)["data"]
    assert data["before"] == {"rule": "persoonscode", "users": 3}
    assert data["after"] == {"rule": "idgebr", "users": 2}
    assert rule_of(activated) == "persoonscode"
    answer = activated.done("school.match_rule", **BY_IDGEBR, ticket="NUMO-1")
    assert answer["changes"] == ["petteflat: persoonscode → idgebr"]
    assert rule_of(activated) == "idgebr"
    record = activated.audit()[-1]
    assert (record["before"]["match_rule"], record["after"]["match_rule"]) == (
        "persoonscode", "idgebr",
    )  # fmt: skip


def test_sessions_of_users_who_no_longer_match_end(activated: Deployment) -> None:
    """Those without an IDGebr, and those of users who are gone; of no other school."""
    fill(activated)
    for digest, code in (("linked", "11"), ("plain", "21"), ("gone", "99")):
        activated.save_session(digest, "petteflat", code)
    activated.save_session("other", "ander", "21")
    assert activated.done("school.match_rule", **BY_IDGEBR, dry_run=True)["changes"][1:] == [
        "2 sessions ended"
    ]
    assert activated.done("school.match_rule", **BY_IDGEBR)["data"]["sessions_ended"] == 2
    assert sessions(activated) == {"linked", "other"}
    activated.save_session("late", "petteflat", "21")
    again = activated.done("school.match_rule", **BY_IDGEBR)
    assert again["changes"] == ["1 session ended"]
    back = activated.done("school.match_rule", entrance="petteflat", rule="persoonscode")
    assert back["data"]["sessions_ended"] == 0
    assert sessions(activated) == {"linked", "other"}


def test_a_switch_that_shuts_everybody_out_needs_the_word(activated: Deployment) -> None:
    """Where no user has an IDGebr; where there are no users yet, any rule may be set."""
    assert activated.done("school.match_rule", **BY_IDGEBR)["ok"] is True
    activated.done("school.match_rule", entrance="petteflat", rule="persoonscode")
    activated.done("users.import", entrance="petteflat", rows=[row("1")])
    assert activated.refused("school.match_rule", **BY_IDGEBR)["code"] == "match-rule-shuts-out"
    activated.done("school.match_rule", **BY_IDGEBR, force=True)
    assert rule_of(activated) == "idgebr"


@pytest.mark.parametrize("fields", [{"rule": "naam"}, {}])
def test_there_are_two_rules(activated: Deployment, fields: dict[str, str]) -> None:
    error = activated.refused("school.match_rule", entrance="petteflat", **fields)
    assert error["code"] == "request-invalid"


def test_the_command_asks_where_users_lose_their_login(
    petteflat: Callable[..., Result], numo: Deployment
) -> None:
    """The coverage is shown first; back again nobody loses, and nothing is asked."""
    fill(numo)
    switch = ("school", "match-rule", "petteflat", "idgebr")
    refused = petteflat(*switch)
    assert "Users who could log in: 3 by persoonscode, 2 by idgebr." in refused.stdout
    assert isinstance(refused.exception, Failure)
    assert petteflat(*switch, "--dry-run").exit_code == Exit.DONE
    assert rule_of(numo) == "persoonscode"
    assert petteflat(*switch, "--yes").exit_code == Exit.DONE
    back = petteflat("school", "match-rule", "petteflat", "persoonscode")
    assert "matches by persoonscode" in back.stdout
