"""All schools in one table, a page at a time, with bounded reads."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from kit.support import NOW, REQUEST_ID, row
from numo_cli.failures import Exit, Failure
from numo_cli.main import app
from numo_sso.support.requests.common import OneSchool
from numo_sso.support.users.count import (
    MAX_COUNTED,
    count_users,
    has_users,
    keep_count,
    kept_counts,
)
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit.support import Deployment

DAY = 86_400


def rows(numo: Deployment) -> dict[str, dict[str, Any]]:
    return {e["entrance"]: e for e in numo.done("school.report", limit=20)["data"]["schools"]}


def schools(numo: Deployment, *entrances: str) -> None:
    for number, entrance in enumerate(entrances):
        brin = f"{number:02}AB"
        numo.done("school.activate", entrance=entrance, brin=brin, create=True, name=entrance)


def test_a_line_says_how_a_school_does(activated: Deployment) -> None:
    """State and since, users, a week's logins and failures, and whose move it is."""
    at: dict[str, Any] = {"entrance": "petteflat", "brin": "01AB"}
    activated.done("users.import", entrance="petteflat", rows=[row("1"), row("2", idgebr="9")])
    activated.leave_traces("user-unknown", ago=8 * DAY, **at)
    activated.leave_traces("logged-in", "logged-in", "logged-in", "role-differs", **at)
    found = rows(activated)["petteflat"]
    assert (found["state"], found["since"], found["brins"]) == ("active", int(NOW), ["01AB"])
    assert (found["users"], found["users_more"]) == (2, False)
    assert (found["logins"], found["failed"], found["failure_share"]) == (4, 1, 0.25)
    assert (found["ready"], found["owner"]) == (True, None)
    activated.now += DAY
    activated.done("school.suspend", entrance="petteflat")
    found = rows(activated)["petteflat"]
    assert (found["state"], found["since"]) == ("suspended", int(NOW) + DAY)
    assert (found["ready"], found["owner"]) == (False, "kurve")
    assert "school.resume" in found["next_step"]


def test_a_school_that_nobody_logs_in_at_has_no_share(numo: Deployment) -> None:
    """A school that asked is in the table too; nothing is divided by nothing."""
    numo.done("school.request", entrance="noord", brin="02CD", name="Noord")
    found = rows(numo)["noord"]
    assert (found["state"], found["failure_share"]) == ("requested", None)
    assert "school.activate" in found["next_step"]


def test_pages_follow_each_other(numo: Deployment) -> None:
    """Each school is in one page and in one only, also where one was added in between."""
    schools(numo, "a", "b", "c", "d", "e")
    seen: list[str] = []
    after = None
    while True:
        data = numo.done("school.report", limit=2, **({"after": after} if after else {}))["data"]
        assert data["total"] == 5
        seen += [each["entrance"] for each in data["schools"]]
        after = data["next"]
        if after is None:
            break
    assert seen == ["a", "b", "c", "d", "e"]
    assert numo.refused("school.report", limit=21)["code"] == "request-invalid"


def test_users_are_counted_once_a_day(activated: Deployment) -> None:
    """The number is kept; an import forgets it, so that nobody reads of an empty school."""
    assert rows(activated)["petteflat"]["users"] == 0
    activated.done("users.import", entrance="petteflat", rows=[row("1")], dry_run=True)
    assert len(kept_counts(of(activated))) == 1
    activated.done("users.import", entrance="petteflat", rows=[row("1")])
    found = rows(activated)["petteflat"]
    assert (found["users"], found["users_counted_at"]) == (1, int(NOW))
    model = activated.world.tables.user
    model.get("petteflat", "persoonscode#1").delete()
    activated.now += DAY - 1
    assert rows(activated)["petteflat"]["users"] == 1
    activated.now += 1
    found = rows(activated)["petteflat"]
    assert (found["users"], found["users_counted_at"]) == (0, int(NOW) + DAY)


def of(numo: Deployment) -> Task:
    request = OneSchool(action="school.report", entrance="petteflat")
    return Task(numo.world, request, REQUEST_ID, numo.now)


def test_a_large_school_is_counted_to_a_bound(activated: Deployment) -> None:
    """That there are more is told; what a check counted to its end serves for a week."""
    activated.done("users.import", entrance="petteflat", rows=[row("1"), row("2"), row("3")])
    counted = count_users(of(activated), "petteflat", None, limit=2)
    assert (counted.users, counted.more) == (2, True)
    keep_count(of(activated), "petteflat", MAX_COUNTED + 7, more=False)
    activated.now += 6 * DAY
    assert rows(activated)["petteflat"]["users"] == MAX_COUNTED + 7
    activated.now += DAY
    assert rows(activated)["petteflat"]["users"] == 3


def test_that_there_are_users_is_one_read(activated: Deployment) -> None:
    """Activating a school of 100,000 asks for one of them, not for each."""
    assert not has_users(of(activated), "petteflat")
    activated.done("users.import", entrance="petteflat", rows=[row("1"), row("2"), row("3")])
    calls: list[str] = []
    activated.dynamodb.meta.events.register(
        "before-call.dynamodb", lambda model, **_: calls.append(model.name)
    )
    assert has_users(of(activated), "petteflat")
    assert calls == ["Query"]


def test_a_check_keeps_what_it_counted(activated: Deployment) -> None:
    """It goes through the roster anyway."""
    activated.done("users.import", entrance="petteflat", rows=[row("1"), row("2")])
    activated.done("school.check", entrance="petteflat", dry_run=True)
    assert kept_counts(of(activated)) == {}
    activated.done("school.check", entrance="petteflat")
    assert int(kept_counts(of(activated))["petteflat"].users) == 2
    assert activated.done("school.list")["message"] == "1 school."


# ------------------------------------------------------------------ the command


@pytest.fixture
def run(numo: Deployment) -> Callable[..., Result]:
    """Types a command; its support function is the deployment's."""

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        return numo.ask(**json.loads(json.dumps(request)))

    return lambda *words: CliRunner().invoke(app, words, obj=lambda _: ask)


def test_the_table_has_every_school(numo: Deployment, run: Callable[..., Result]) -> None:
    """More schools than a page has; the last lines say for whom they wait."""
    schools(numo, *"abcdefghij")
    numo.leave_traces("logged-in", "user-unknown", entrance="b", brin="01AB")
    lines = run("school", "report").stdout.splitlines()
    assert lines[0] == "10 schools: 10 active."
    assert [line.split()[0] for line in lines[2:12]] == list("abcdefghij")
    assert lines[3].split()[:6] == ["b", "active", "2026-08-24", "0", "2", "50%"]
    assert "users import FILE --entrance b" in lines[3]
    assert lines[-1] == "  → 10 schools waiting for the school."
    document = json.loads(run("school", "report", "--json").stdout)
    assert len(document["data"]["schools"]) == 10
    assert "next" not in document["data"]


def test_a_spreadsheet_computes_nothing(
    numo: Deployment, run: Callable[..., Result], tmp_path: Path
) -> None:
    """A school's name that looks like a formula is text, on paper and on the screen."""
    numo.done("school.request", entrance="a", brin="01AB", name="=HYPERLINK(1)")
    file = tmp_path / "schools.csv"
    assert "1 school written" in run("school", "report", "--csv", str(file)).stdout
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    printed = run("school", "report", "--csv", "-").stdout
    for text in (file.read_text("utf-8-sig"), printed):
        [line] = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
        assert line["name"] == "'=HYPERLINK(1)"
        assert (line["state"], line["owner"], line["since"]) == ("requested", "kurve", "2026-08-24")


def test_one_form_at_a_time(run: Callable[..., Result]) -> None:
    done = run("school", "report", "--csv", "-", "--json")
    assert isinstance(done.exception, Failure)
    assert (done.exception.exit_code, done.exception.code) == (Exit.USAGE, "usage")


def test_no_school_is_no_error(run: Callable[..., Result]) -> None:
    assert run("school", "report").stdout == "0 schools.\n"
