"""Eighty schools as August brings them: each with its BRIN, its people, and its kind of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.spreadsheets import xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SCHOOLS = 80
USERS = 6
GIVEN = ("Zoë", "Bo", "Noor", "Ömer", "Fenna", "Sem")


@dataclass(frozen=True)
class Someone:
    code: str
    given_name: str
    infix: str
    surname: str
    teaches: bool


@dataclass(frozen=True)
class School:
    """A school that writes to support."""

    number: int

    @property
    def entrance(self) -> str:
        return f"augustus-{self.number:02d}"

    @property
    def name(self) -> str:
        return f"Augustus College {self.number}"

    @property
    def brin(self) -> str:
        return f"{self.number:02d}AU"

    @property
    def realm(self) -> str:
        return f"augustus{self.number:02d}"

    @property
    def authority(self) -> str:
        return f"https://elo{self.number:02d}.example/idp"

    @property
    def people(self) -> list[Someone]:
        """Pupils with a zero before their numbers, and two teachers with login names."""
        return [
            Someone(
                code=f"doc{at}" if at >= USERS - 2 else f"0{self.number:02d}{at:03d}",
                given_name=GIVEN[at],
                infix="van der" if at % 3 else "",
                surname=f"Één{at}",
                teaches=at >= USERS - 2,
            )
            for at in range(USERS)
        ]

    def file(self) -> bytes:
        """As this school's system exports it: no two of a kind behind one another."""
        return _KINDS[self.number % KINDS](self.people)


def _text(headings: str, encoding: str, quote: str = "") -> Callable[[Sequence[Someone]], bytes]:
    """A CSV, whose separator is the first sign of ``headings`` that is no part of one."""
    (separator,) = set(headings) & set(";,\t")

    def write(people: Sequence[Someone]) -> bytes:
        lines = [headings.split(separator), *_cells(headings.split(separator), people)]
        quoted = ([f"{quote}{cell}{quote}" for cell in line] for line in lines)
        return "\r\n".join(map(separator.join, quoted)).encode(encoding)

    return write


def _workbook(people: Sequence[Someone]) -> bytes:
    headings = ["Stamnr", "Voornaam", "Tussenvoegsel", "Achternaam", "Rol"]
    return xlsx(headings, *_cells(headings, people))


def _cells(headings: Sequence[str], people: Sequence[Someone]) -> list[list[str]]:
    return [[_CELLS[heading.casefold()](each) for heading in headings] for each in people]


def _role(someone: Someone) -> str:
    return "docent" if someone.teaches else "leerling"


_FIELDS: tuple[tuple[Callable[[Someone], str], tuple[str, ...]], ...] = (
    (lambda each: each.code, ("stamnr", "leerlingnummer", "gebruikersnaam", "persoonscode")),
    (lambda each: each.given_name, ("roepnaam", "voornaam", "given name")),
    (lambda each: each.infix, ("tussenvoegsel", "tussenvoegsels", "voorvoegsel", "infix")),
    (lambda each: each.surname, ("achternaam", "surname")),
    (_role, ("rol", "functie", "role")),
)
_CELLS = {heading: cell for cell, headings in _FIELDS for heading in headings}
_KINDS: tuple[Callable[[Sequence[Someone]], bytes], ...] = (
    _text("Stamnr;Roepnaam;Tussenvoegsel;Achternaam;Rol", "cp1252"),
    _text("Leerlingnummer,Voornaam,Tussenvoegsels,Achternaam,Rol", "utf-8-sig"),
    _text("Achternaam\tVoorvoegsel\tVoornaam\tFunctie\tGebruikersnaam", "utf-16"),
    _text("surname;given name;infix;role;persoonscode", "utf-8", quote='"'),
    _workbook,
)
KINDS = len(_KINDS)
