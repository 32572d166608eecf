"""Eighty schools as August brings them: each with its BRIN, its people, and its kind of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SCHOOLS = 80
USERS = 12
GIVEN = (
    "Zoë",
    "Bo",
    "Noor",
    "Ömer",
    "Fenna",
    "Sem",
    "Jip",
    "Lieke",
    "Daan",
    "Saar",
    "Mees",
    "Pien",
)


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
        write = _KINDS[self.number % len(_KINDS)]
        return write(self.people)


def _magister(people: Sequence[Someone]) -> bytes:
    lines = ["Stamnr;Roepnaam;Tussenvoegsel;Achternaam;Rol;Klas"]
    lines += [
        f"{each.code};{each.given_name};{each.infix};{each.surname};{_role(each)};1A"
        for each in people
    ]
    return "\r\n".join(lines).encode("cp1252")


def _somtoday(people: Sequence[Someone]) -> bytes:
    lines = ["Leerlingnummer,Voornaam,Tussenvoegsels,Achternaam,Rol"]
    lines += [
        f"{each.code},{each.given_name},{each.infix},{each.surname},{_role(each)}"
        for each in people
    ]
    return "\n".join(lines).encode("utf-8-sig")


def _spreadsheet(people: Sequence[Someone]) -> bytes:
    lines = ["Achternaam\tVoorvoegsel\tVoornaam\tFunctie\tGebruikersnaam"]
    lines += [
        f"{each.surname}\t{each.infix}\t{each.given_name}\t{_role(each)}\t{each.code}"
        for each in people
    ]
    return "\n".join(lines).encode("utf-16")


def _english(people: Sequence[Someone]) -> bytes:
    lines = ['"surname";"given name";"infix";"role";"persoonscode"']
    lines += [
        f'"{each.surname}";"{each.given_name}";"{each.infix}";"{_role(each)}";"{each.code}"'
        for each in people
    ]
    return "\n".join(lines).encode()


_KINDS: tuple[Callable[[Sequence[Someone]], bytes], ...] = (
    _magister, _somtoday, _spreadsheet, _english,
)  # fmt: skip


KINDS = len(_KINDS)


def _role(someone: Someone) -> str:
    return "docent" if someone.teaches else "leerling"
