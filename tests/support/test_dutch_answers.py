"""Support in Dutch: whole sentences, and nothing that is stored or compared in another language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws

from kit.support import Deployment, metadata, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_sso.support.speech import Language

SCHOOL = {"entrance": "petteflat"}
ACTIVATION = SCHOOL | {"brin": "01AB", "create": True, "name": "Petteflat"}


@pytest.fixture
def dutch(numo: Deployment) -> Callable[..., dict[str, Any]]:
    """Asks in Dutch."""

    def ask(action: str, **fields: Any) -> dict[str, Any]:
        return numo.ask(action, language="nl", **fields)

    return ask


def test_what_would_be_and_what_is_are_two_sentences(dutch: Callable[..., dict[str, Any]]) -> None:
    tried = dutch("school.activate", **ACTIVATION, dry_run=True)
    assert tried["message"] == "Petteflat (petteflat) zou actief worden voor 01AB."
    done = dutch("school.activate", **ACTIVATION)
    assert done["message"] == "Petteflat (petteflat) is actief voor 01AB."
    assert done["changes"] == [
        "petteflat: gemaakt, met de naam Petteflat",
        "01AB: leidt naar petteflat vanaf 2026-08-24",
        "petteflat: actief",
    ]
    assert done["next_steps"] == ["Nog geen gebruikers: users.import voor petteflat."]


def test_one_and_many_are_counted(dutch: Callable[..., dict[str, Any]]) -> None:
    dutch("school.activate", **ACTIVATION)
    assert dutch("school.list")["message"] == "1 school."
    one = dutch("users.import", **SCHOOL, rows=[row("1")])
    assert one["changes"] == ["petteflat: 1 nieuwe gebruiker"]
    two = dutch("users.import", **SCHOOL, rows=[row("2"), row("3")])
    assert two["changes"] == ["petteflat: 2 nieuwe gebruikers"]
    assert dutch("users.find", **SCHOOL, text="puk")["message"] == "3 gebruikers."


def test_codes_that_are_stored_have_dutch_words(dutch: Callable[..., dict[str, Any]]) -> None:
    """A state, a role; in `data` they are what they were."""
    dutch("school.activate", **ACTIVATION)
    dutch("users.import", **SCHOOL, rows=[row("1", role="conciërge")])
    shown = dutch("users.show", **SCHOOL, persoonscode="1")
    assert shown["message"] == "Deze medewerker van Petteflat kan inloggen."
    dutch("school.suspend", **SCHOOL)
    shown = dutch("school.show", **SCHOOL)
    assert shown["message"] == "Petteflat (petteflat) is stilgezet."
    assert shown["data"]["school"]["state"] == "suspended"


def test_a_move_says_where_logins_go(dutch: Callable[..., dict[str, Any]]) -> None:
    dutch("school.activate", **ACTIVATION)
    other = {"entrance": "torenplein", "brin": "02CD", "create": True, "name": "Torenplein"}
    dutch("school.activate", **other)
    moved = dutch("school.brin_move", **SCHOOL, brin="01AB", to="torenplein")
    assert moved["message"] == "01AB leidt naar Torenplein (torenplein): vanaf 2026-08-24."
    assert moved["changes"] == [
        "petteflat: 01AB niet meer",
        "torenplein: 01AB vanaf 2026-08-24",
    ]
    assert "Gebruikers verhuizen niet mee: users.import voor torenplein." in moved["next_steps"]
    line = "Vanaf 2026-08-24 gaan logins met 01AB naar torenplein; daarvoor naar petteflat."
    assert line in moved["next_steps"]


def test_a_refusal_keeps_its_code(dutch: Callable[..., dict[str, Any]]) -> None:
    dutch("school.activate", **ACTIVATION)
    other = {"entrance": "torenplein", "brin": "01AB", "create": True, "name": "Torenplein"}
    assert dutch("school.activate", **other)["error"] == {
        "code": "brin-elsewhere",
        "message": "01AB leidt al naar petteflat.",
        "hint": "Klopt het BRIN? Zijn beide ingangen van deze school: school.activate met shared.",
        "details": {"entrances": ["petteflat"]},
    }


def test_bad_fields_are_told_in_dutch(dutch: Callable[..., dict[str, Any]]) -> None:
    error = dutch("school.report", limit=21, schol="x")["error"]
    assert error["code"] == "request-invalid"
    assert error["message"] == "limit mag hooguit 20 zijn; schol is geen veld van deze actie"
    assert error["hint"].startswith("Velden van school.report: action, ticket,")


def test_bad_rows_are_told_in_dutch(dutch: Callable[..., dict[str, Any]]) -> None:
    dutch("school.activate", **ACTIVATION)
    rows = [row("1,40136E+05"), row("2", role="koning"), {"persoonscode": 3}]
    error = dutch("users.import", **SCHOOL, rows=rows)["error"]
    assert (
        error["message"]
        == "3 van de 3 rijen kunnen niet worden geïmporteerd; er is niets geschreven."
    )
    assert [each["reason"] for each in error["details"]["invalid"]] == [
        "is afgerond door een spreadsheet; exporteer opnieuw met de kolom als tekst",
        "is geen bekende rol: gebruik leerling, docent of medewerker",
        "moet tekst zijn, zodat voorloopnullen blijven staan",
        "ontbreekt",
        "ontbreekt",
    ]


def test_a_rollover_is_told_step_by_step(dutch: Callable[..., dict[str, Any]]) -> None:
    assert dutch("keys.create")["message"] == "3 sleutels gemaakt."
    made = dutch("keys.create", kind="sp")
    assert made["message"] == "1 sleutel gemaakt."
    assert made["next_steps"] == ["Nog niemand kent hem: keys.publish voor sp."]
    key = next(each for each in dutch("keys.list")["data"]["keys"] if each["state"] == "created")
    published = dutch("keys.publish", kind="sp")
    assert published["message"] == f"De sp-sleutel {key['id']} is gepubliceerd."
    [step] = published["next_steps"]
    assert step.startswith("keys.promote voor sp, vanaf 2026-08-24T")
    assert step.endswith(", en pas als Kennisnet daarna onze metadata heeft gelezen.")


def test_a_proof_that_does_not_hold_says_why(dutch: Callable[..., dict[str, Any]]) -> None:
    error = dutch("school.list", proof="https://sts.example/?")["error"]
    assert error["message"] == (
        "Het bewijs van wie dit vraagt klopt niet: het is niet voor de STS van deze regio."
    )


def test_what_fails_is_told_in_dutch(
    numo: Deployment, dutch: Callable[..., dict[str, Any]]
) -> None:
    numo.dynamodb.delete_table(TableName=numo.world.tables.school.Meta.table_name)
    error = dutch("school.list")["error"]
    assert error["message"] == "DynamoDB of SSM antwoordde ResourceNotFoundException."
    assert error["hint"] == "Vraag het over een minuut opnieuw: elke actie mag je herhalen."


def test_an_unknown_language_is_refused_in_english(numo: Deployment) -> None:
    error = numo.refused("school.list", language="fr")
    assert error["message"] == "language must be one of en, nl"


STORY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("keys.create", {}),
    ("keys.create", {"kind": "sp"}),
    ("keys.publish", {"kind": "sp"}),
    ("keys.list", {}),
    ("metadata.refresh", {}),
    ("school.request", SCHOOL | {"brin": "01AB", "name": "Petteflat"}),
    ("school.activate", SCHOOL),
    ("school.brin_add", SCHOOL | {"brin": "02CD", "until": "2027-08-01"}),
    ("school.rename", SCHOOL | {"name": "De Petteflat"}),
    ("school.realm_add", SCHOOL | {"realm": "petteflat", "authority": "https://idp.example"}),
    ("school.realm_enforce", SCHOOL),
    ("school.realm_list", SCHOOL),
    ("users.import", SCHOOL | {"rows": [row("1", idgebr="71"), row("2", role="docent")]}),
    ("users.import", SCHOOL | {"rows": [row("3", idgebr="71")], "skip_invalid": True}),
    ("school.match_rule", SCHOOL | {"rule": "idgebr"}),
    ("users.disable", SCHOOL | {"persoonscode": "1"}),
    ("users.unlink", SCHOOL | {"persoonscode": "1"}),
    ("users.erase", SCHOOL | {"persoonscode": "2"}),
    ("school.suspend", SCHOOL),
    ("school.check", SCHOOL),
)
"""Much of what support does in a year."""


def test_what_is_stored_is_the_same_in_every_language(certificate: str) -> None:
    """A trail and tables in two languages could be neither compared nor searched."""
    english, dutch = _played(certificate, "en"), _played(certificate, "nl")
    assert english.trail == dutch.trail
    assert english.tables == dutch.tables
    for told, verteld in zip(english.answers, dutch.answers, strict=True):
        assert told["message"] != verteld["message"]
        assert _without_texts(told["data"]) == _without_texts(verteld["data"]), told["action"]


@dataclass
class _Played:
    answers: list[dict[str, Any]]
    trail: Any
    tables: Any


def _played(certificate: str, language: Language) -> _Played:
    with mock_aws():
        numo = Deployment(metadata(certificate))
        numo.save_session("disabled", "petteflat", "1")
        numo.save_session("unmatched", "petteflat", "2")
        answers = [numo.done(action, language=language, **fields) for action, fields in STORY]
        schools = [each.attribute_values for each in numo.world.tables.school.scan()]
        return _Played(answers, _plain(numo.audit()), _plain([schools, numo.roster("petteflat")]))


def _plain(value: Any) -> Any:
    """As JSON; a certificate is made anew in each deployment."""
    found = json.loads(json.dumps(value, default=str))
    return _mapped(found, lambda name, each: None if name == "certificate_sha256" else each)


def _without_texts(data: Any) -> Any:
    """Codes have no spaces in them, and sentences have."""
    return _mapped(_plain(data), lambda _, each: " " in str(each) or each)


def _mapped(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _mapped(each, change, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change, name) for each in value]
    return change(name, value)
