"""The Dutch reply to a school: activated, or what is missing and who does what."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from kit.support import ROOT, row
from numo_cli.main import app
from numo_sso.outcomes import CATALOGUE, Actor, Stage
from numo_sso.support.checks.mail_texts import MOVES, OTHERS
from numo_sso.support.findings.finding import Owner

if TYPE_CHECKING:
    from kit.support import Deployment

AT: dict[str, Any] = {"entrance": "petteflat", "brin": "01AB"}
USERS = [row("140136"), row("docbon", role="docent")]


def mail(numo: Deployment) -> dict[str, Any]:
    data: dict[str, Any] = numo.done("school.mail", entrance="petteflat")["data"]
    assert "{" not in data["subject"] + data["body"]
    return data


@pytest.fixture
def filled(activated: Deployment) -> Deployment:
    activated.done("users.import", entrance="petteflat", rows=USERS)
    return activated


def test_an_open_school_is_told_what_to_put_in_its_elo(filled: Deployment) -> None:
    """The link, how to test, where help is: also while nobody has logged in yet."""
    for _ in range(2):
        data = mail(filled)
        assert data["kind"] == "activated"
        assert data["subject"] == "Numo is geactiveerd voor Petteflat"
        body = data["body"]
        for told in (
            "https://api.numo.nl/v1/sso?school=petteflat\n",
            "https://api.numo.nl/v1/sso/help",
            "https://api.numo.nl/v1/sso/test?school=petteflat\n",
            "https://petteflat.numo.nl",
            "support@kurve.nl",
            "BRIN 01AB",
            "2 gebruikers",
            "Diensten activeren",
        ):
            assert told in body
        assert "kan nog beter" not in body
        filled.leave_traces("logged-in", **AT, code_shape="digits-6")


def test_a_school_that_asked_hears_who_does_what(numo: Deployment) -> None:
    """First the school's own moves, then Kennisnet's, then ours."""
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    numo.leave_traces("brin-missing", "realid-missing", brin="01AB")
    data = mail(numo)
    assert (data["kind"], data["subject"]) == (
        "missing",
        "Numo voor Petteflat: wat er nog nodig is",
    )
    headings = ("Uw school:", "Kennisnet:", "Wij (Kurve):")
    places = [data["body"].index(each) for each in headings]
    assert places == sorted(places)
    assert "Mail ons een bestand met de gebruikers" in data["body"]
    assert "nlEduPersonRealId" in data["body"]
    assert "Wij activeren uw school." in data["body"]
    assert "https://api.numo.nl/v1/sso/test?school=petteflat\n" in data["body"]


def test_what_can_be_better_goes_along_with_the_activation(filled: Deployment) -> None:
    """The school's own things only; what we decide among ourselves stays here."""
    elo: dict[str, Any] = {"authority": "https://elo.example/idp", "realm": "flat"}
    filled.leave_traces(*["logged-in"] * 40, **AT, **elo, code_shape="digits-6")
    filled.leave_traces("user-unknown", **AT, code_shape="digits-6")
    body = mail(filled)["body"]
    assert "Dit kan nog beter:" in body
    assert "Sommige gebruikers staan niet in Numo" in body
    assert "Wij (Kurve):" not in body
    assert "elo.example" not in body


def test_two_findings_of_one_remedy_are_one_line(activated: Deployment) -> None:
    """A file of the code alone is asked for once, whatever showed that it is needed."""
    rows = [row("1@flat"), row("2@flat", role="docent")]
    activated.done("users.import", entrance="petteflat", rows=rows)
    activated.leave_traces(*["user-unknown"] * 3, **AT, code_shape="digits-6")
    data = mail(activated)
    assert data["kind"] == "missing"
    assert data["body"].count("alleen de code van iedere gebruiker") == 1


def test_a_suspended_school_is_not_told_that_it_is_active(filled: Deployment) -> None:
    filled.done("school.suspend", entrance="petteflat")
    data = mail(filled)
    assert data["kind"] == "missing"
    assert "staat tijdelijk uit" in data["body"]


def test_no_personal_data_is_in_a_mail(filled: Deployment) -> None:
    """Mails are forwarded."""
    filled.leave_traces(*["user-unknown"] * 3, **AT, user="pseudonym", code_shape="name")
    body = mail(filled)["body"]
    for word in ("140136", "docbon", "Pietje", "Puk", "pseudonym"):
        assert word not in body


def test_each_finding_with_a_step_has_its_words() -> None:
    """Of what the school can mend and of what we find; the rest has the words of its owner."""
    findings = ROOT / "functions/numo_sso/support/findings"
    source = "".join(path.read_text() for path in sorted(findings.glob("*.py")))
    codes = set(re.findall(r'blocks\(\s*"([a-z-]+)"', source))
    codes |= set(re.findall(r'look\("([a-z-]+)", [^)]*, step\)', source))
    codes |= set(re.findall(r'return \(?"([a-z-]+)", (?:school|kurve)', source))
    codes |= {
        each.code
        for each in CATALOGUE.values()
        if each.stage is Stage.AFTER and each.actor in {Actor.SCHOOL, Actor.KENNISNET}
    }
    assert len(codes) > 20
    assert codes - {"provider-unconfirmed"} <= set(MOVES)
    assert set(OTHERS) == set(Owner)


def test_the_command_prints_what_can_be_copied(filled: Deployment) -> None:
    """Subject and body alone on stdout, not wrapped; our own remark beside it."""

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        return filled.ask(**json.loads(json.dumps(request)))

    done = CliRunner().invoke(app, ["school", "mail", "petteflat"], obj=lambda _: ask)
    data = mail(filled)
    assert done.stdout == f"Onderwerp: {data['subject']}\n\n{data['body']}\n"
    assert done.stderr.startswith("Read it before it goes out.")
    printed = CliRunner().invoke(app, ["school", "mail", "petteflat", "--json"], obj=lambda _: ask)
    assert json.loads(printed.stdout)["data"] == data
