"""A whole August: eighty schools ask, are imported, activated and log in, and all counts agree."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from local.august import KINDS, SCHOOLS, USERS, School, Someone
from local.client import Client, Form
from numo_cli.main import app
from numo_local.process import RunningStack, running_stack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AUGUST = [School(number) for number in range(1, SCHOOLS + 1)]


@pytest.fixture(scope="module")
def busy() -> Iterator[RunningStack]:
    """A stack of its own: its counts are nobody else's."""
    with running_stack() as running:
        yield running


def test_eighty_schools_go_from_their_mail_to_their_first_lesson(
    busy: RunningStack, tmp_path: Path
) -> None:
    """By the command, over the stack's Lambda API, as support does it; then the pupils come."""
    for school in AUGUST:
        _ask(busy, school)
        _import(busy, school, tmp_path)
        _activate(busy, school)
    outcomes = Counter(outcome for school in AUGUST for outcome in _first_morning(busy, school))
    assert outcomes == {"in": 2 * SCHOOLS, "refused": SCHOOLS}
    _reconcile(busy)


def _ask(stack: RunningStack, school: School) -> None:
    options = ["-e", school.entrance, "-b", school.brin, "--name", school.name]
    answer = _run(stack, "school", "request", *options, "--ticket", f"NUMO-{school.number}")
    assert answer["data"]["school"]["state"] == "requested"


def _import(stack: RunningStack, school: School, folder: Path) -> None:
    path = folder / f"{school.entrance}.export"
    path.write_bytes(school.file())
    first = _run(stack, "users", "import", str(path), "-e", school.entrance, "--yes")
    assert first["data"]["counts"]["new"] == USERS
    if school.number <= KINDS:
        again = _run(stack, "users", "import", str(path), "-e", school.entrance, "--yes")
        assert again["data"]["counts"]["unchanged"] == USERS


def _activate(stack: RunningStack, school: School) -> None:
    _run(stack, "school", "activate", "-e", school.entrance, "-b", school.brin)


def _first_morning(stack: RunningStack, school: School) -> list[str]:
    """A pupil and a teacher come, and somebody whom the file did not have."""
    stranger = Someone("099999", "Niek", "", "Nieuw", teaches=False)
    pupil, teacher = school.people[0], school.people[-1]
    return [_log_in(stack, school, each) for each in (pupil, teacher, stranger)]


def _log_in(stack: RunningStack, school: School, someone: Someone) -> str:
    browser = Client()
    chooser = browser.get(f"{stack.api}/v1/sso")
    handle = parse_qs(urlsplit(chooser.url).query)["request"][0]
    typed = {
        "nlEduPersonHomeOrganizationId": school.brin,
        "nlEduPersonRealId": f"{someone.code}@{school.realm}",
        "eduPersonAffiliation": "employee" if someone.teaches else "student",
        "givenName": someone.given_name,
        "nlEduPersonTussenvoegsels": someone.infix,
        "sn": someone.surname,
        "authority": school.authority,
    }
    form = Form(f"{stack.stand_ins}/hub/reference", {"request": handle, "mishap": ""})
    page = browser.submit(browser.submit(form, typed).form())
    shown = browser.get(f"{stack.api}/v1/session")
    if shown.status == 401:
        assert page.status == 403
        return "refused"
    session = json.loads(shown.body)
    seen = session["school"]["entrance"], session["persoonscode"]
    assert seen == (school.entrance, someone.code)
    return "in"


def _reconcile(stack: RunningStack) -> None:
    """What support sees of August is what happened in it."""
    report = _run(stack, "school", "report")["data"]["schools"]
    rows = {each["entrance"]: each for each in report}
    for school in AUGUST:
        row = rows[school.entrance]
        assert (row["state"], row["brins"]) == ("active", [school.brin])
        assert (row["users"], row["users_more"]) == (USERS, False)
        assert (row["logins"], row["failed"]) == (3, 1)
    for school in AUGUST[:KINDS]:
        checked = _run(stack, "school", "check", school.entrance)["data"]
        assert checked["logins"]["outcomes"] == {"logged-in": 2, "user-unknown": 1}
        realms = _run(stack, "school", "realm", "list", school.entrance)["data"]["realms"]
        assert [(each["authority"], each["realm"]) for each in realms] == [
            (school.authority, school.realm)
        ]


def _run(stack: RunningStack, *words: str) -> dict[str, Any]:
    """The command's own JSON; every one of August's is done."""
    typed = ["--local", "--port", str(stack.port), "--json", *words]
    done = CliRunner().invoke(app, typed)
    assert done.exit_code == 0, f"{' '.join(words)}: {done.output} {done.exception!r}"
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
