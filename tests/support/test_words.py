"""What people type: BRIN numbers, entrances, roles."""

from __future__ import annotations

import pytest

from numo_sso.support.imports.roles import parse_role
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.brin import parse_brin, parse_entrance


@pytest.mark.parametrize(("typed", "brin"), [(" 01ab ", "01AB"), ("11ZZ03", "11ZZ03")])
def test_a_brin_is_trimmed_and_in_capitals(typed: str, brin: str) -> None:
    """Spaces around it and small letters are no reason to refuse a BRIN."""
    assert parse_brin(typed) == brin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("O1AB", "01AB"),
        ("01A8", "01AB"),
        ("I1ZZ", "11ZZ"),
        ("01 AB", "01AB"),
        ("01AB-0O", "01AB00"),
        ("D1AB", "01AB"),
        ("01AB1", "01AB01"),
        ("AB01", "01AB"),
        ("AB01-O2", "01AB02"),
        ("BRIN 01AB", "01AB"),
        ("brin: 01ab2", "01AB02"),
    ],
)
def test_a_near_brin_is_refused_with_what_was_meant(typed: str, meant: str) -> None:
    """O for 0 and the like are pointed out and never mended silently."""
    with pytest.raises(SupportRefusal) as refusal:
        parse_brin(typed)
    assert refusal.value.code == "brin-malformed"
    assert meant in refusal.value.hint


@pytest.mark.parametrize(
    "typed", ["", "1234", "1A34", "Petteflat", "01AB012", "BRIN", "\u0660\u0661AB"]
)
def test_what_is_no_brin_gets_an_example(typed: str) -> None:
    """Where nothing near is a BRIN, nothing is guessed."""
    with pytest.raises(SupportRefusal) as refusal:
        parse_brin(typed)
    assert "01AB02" in refusal.value.hint


@pytest.mark.parametrize("typed", ["", "-a", "a-", "a.b", "a" * 64, "é", "a b", "a#b"])
def test_an_entrance_is_a_host_label(typed: str) -> None:
    """What cannot stand before .numo.nl is no entrance."""
    with pytest.raises(SupportRefusal) as refusal:
        parse_entrance(typed)
    assert refusal.value.code == "entrance-malformed"


def test_an_entrance_is_lower_case() -> None:
    """An entrance is the same in capitals."""
    assert parse_entrance(" Pette-Flat1 ") == "pette-flat1"


@pytest.mark.parametrize(
    ("word", "role"),
    [("Leerling", "pupil"), ("docent", "teacher"), (" MEDEWERKER ", "staff"), ("", None)],
)
def test_dutch_roles_are_understood(word: str, role: str | None) -> None:
    """Schools write roles in Dutch; an empty cell states none."""
    assert parse_role(word) == role


def test_an_unknown_role_is_not_guessed() -> None:
    """A role nobody knows is an error in the file."""
    with pytest.raises(ValueError, match="no role"):
        parse_role("koning")
