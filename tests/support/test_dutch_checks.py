"""In Dutch a check, a login and a refusal say the same as in English, to people alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.support import NOW, metadata, row

if TYPE_CHECKING:
    from kit.support import Deployment

REFERENCE = "K7MQ-3XWD-9TRA"
LOGIN: dict[str, Any] = {
    "at": int(NOW),
    "started_at": int(NOW) - 20,
    "elo_host": "petteflat.magister.net",
    "entrance": "petteflat",
    "brin": "01AB",
    "authority": "https://magister.example/idp",
    "realm": "petteflatcollege",
    "clock_difference": 45,
}
SAID = {"message", "changes", "next_steps", "text", "do", "move", "story", "who"}
"""Fields of an answer that are for people."""


def coded(answer: Any) -> Any:
    """An answer without what is said in a language."""
    if isinstance(answer, dict):
        return {name: coded(value) for name, value in answer.items() if name not in SAID}
    return [coded(each) for each in answer] if isinstance(answer, list) else answer


def in_both(numo: Deployment, action: str, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The Dutch answer, and the English one, which has the same codes and figures."""
    dutch = numo.done(action, language="nl", **fields)
    english = numo.done(action, **fields)
    assert coded(dutch) == coded(english)
    return dutch, english


def test_a_check_ends_in_whose_move_it_is(activated: Deployment) -> None:
    dutch, english = in_both(activated, "school.check", entrance="petteflat")
    assert dutch["message"] == "Petteflat (petteflat) is nog niet klaar."
    assert dutch["next_steps"][-1] == (
        "De school is aan zet: een bestand met de gebruikers; "
        "daarna doen wij users.import voor petteflat."
    )
    texts = {each["code"]: each["text"] for each in dutch["data"]["findings"]}
    assert texts["brins"] == "Geldig: 01AB."
    assert not set(texts.values()) & {each["text"] for each in english["data"]["findings"]}


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (1, "1 login eindigde in brin-missing (NS-211): Entree zei niet van welke school dit is."),
        (2, "2 logins eindigden in brin-missing (NS-211): Entree zei niet"),
    ],
)
def test_one_is_said_otherwise_than_several(activated: Deployment, times: int, told: str) -> None:
    activated.leave_traces(*["brin-missing"] * times, entrance="petteflat", brin="01AB")
    dutch, _ = in_both(activated, "school.check", entrance="petteflat")
    texts = {each["code"]: each["text"] for each in dutch["data"]["findings"]}
    assert texts["brin-missing"].startswith(told)


def test_the_codes_of_a_school_are_told_beside_those_of_its_logins(activated: Deployment) -> None:
    rows = [row("140136"), row("140137"), row("docbon", role="docent")]
    activated.done("users.import", entrance="petteflat", rows=rows)
    activated.leave_traces(
        *["user-unknown"] * 4, entrance="petteflat", brin="01AB", code_shape="zeros-7"
    )
    dutch, _ = in_both(activated, "school.check", entrance="petteflat")
    texts = {each["code"]: each["text"] for each in dutch["data"]["findings"]}
    assert texts["users"] == "3 gebruikers: 2 leerlingen, 1 docent."
    assert texts["zeros-lost"] == (
        "4 geweigerde logins met nummers van 7 cijfers met een voorloopnul; "
        "als persoonscode hebben de gebruikers van de school nummers van 6 cijfers en inlognamen."
    )


def test_a_login_is_told_from_click_to_outcome(numo: Deployment) -> None:
    numo.save_trace(REFERENCE, "user-unknown", **LOGIN)
    dutch, english = in_both(numo, "trace.show", reference=REFERENCE)
    assert dutch["message"].endswith("user-unknown, petteflat; gevonden bij de bewaarde logins.")
    told = [each["text"] for each in dutch["data"]["story"]]
    assert told[0].startswith("Op petteflat.magister.net is op Numo geklikt, en de browser is")
    assert (
        "De klok van Entree leek 45 s voor te lopen op die van ons, en dat is veel te veel." in told
    )
    assert told[-1].endswith("heeft de inlognaam die meekwam. Dat was 20 s na de klik.")
    assert len(told) == len(english["data"]["story"])
    assert dutch["data"]["what_to_do"]["who"] == "De school is aan zet"


def test_who_is_left_at_the_hub_has_the_same_figures_and_another_text(numo: Deployment) -> None:
    for number in range(4):
        numo.login_log.write(NOW - 3600, outcome="started", trip=str(number), elo_host="elo.nl")
    dutch, _ = in_both(numo, "trace.left_at_hub")
    (site,) = dutch["data"]["sites"]
    assert site["move"].startswith("de school, bij Kennisnet: toestemming")
    assert dutch["next_steps"] == [
        (
            "De school is aan zet, bij Kennisnet: toestemming voor Numo. "
            "Het gaat om de school achter elo.nl."
        )
    ]


def test_the_trail_is_the_same_in_every_language(activated: Deployment) -> None:
    in_both(activated, "trace.list", entrance="petteflat", code="140136")
    first, second = (each["after"] for each in activated.audit()[-2:])
    assert first == second == {"read": "traces of one person", "traces": 0}


def test_metadata_is_refused_in_the_language_of_whoever_asked(numo: Deployment) -> None:
    """By its code in each; what is wrong about a part of it is in that language too."""
    error = numo.refused("metadata.refresh", document="<html/>", language="nl")
    assert error["code"] == "metadata-schema"
    assert error["message"].startswith("Het document heeft niet de vorm van SAML-metadata: ")
    assert error["hint"] == "Is het de metadata van Entree, of een pagina van een proxy?"
    spoilt = metadata("AAAA").decode()
    error = numo.refused("metadata.refresh", document=spoilt, language="nl")
    assert (error["code"], error["message"]) == (
        "metadata-certificate",
        "Een ondertekencertificaat in de metadata is niet te lezen.",
    )


def test_what_is_kept_of_a_check_is_english_whoever_asked(numo: Deployment) -> None:
    numo.metadata = b"no document"
    assert numo.refused("metadata.refresh", language="nl")["message"] == (
        "Het document is geen geldige XML."
    )
    checked = json.loads(numo.world.parameters.read()["federation/checked"])
    assert checked["message"] == "The document is not well-formed XML."


def test_what_would_change_in_the_metadata_is_said(numo: Deployment) -> None:
    new = numo.metadata.decode()
    dutch = numo.done("metadata.refresh", document=new, language="nl", dry_run=True)
    lines = [*dutch["changes"], *dutch["next_steps"]]
    assert any("entity_id: niets → https://engine.entree-s" in each for each in lines)
    assert any("certificaat erbij: " in each for each in lines)
