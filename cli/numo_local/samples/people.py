"""Reads the samples, and tells what a school's own identity provider says of a person."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_AFFILIATIONS = {
    "pupil": ("student",),
    "teacher": ("employee",),
    "staff": ("employee", "staff"),
}


@dataclass(frozen=True)
class Person:
    """Somebody who can log in at a school's elo."""

    entrance: str
    persoonscode: str
    role: str
    given_name: str
    surname: str
    infix: str = ""
    idgebr: str = ""
    mail: str = ""
    group: str = ""
    note: str = ""
    """What is odd about a guest; empty for the users in the roster."""
    brin: str = ""
    """Where it differs from the school's first one."""
    without: tuple[str, ...] = ()
    """Attributes that do not come along."""

    @property
    def id(self) -> str:
        """What the pages call this person by."""
        told = f"{self.entrance}-{self.persoonscode}-{self.given_name}-{self.note}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.infix, self.surname) if part)

    @property
    def row(self) -> dict[str, str]:
        """The person as a line of an import; what is empty is left out."""
        names = ("persoonscode", "idgebr", "role", "given_name", "infix", "surname")
        row = {name: getattr(self, name) for name in (*names, "mail", "group")}
        return {name: value for name, value in row.items() if value}


@dataclass(frozen=True)
class SampleSchool:
    """A school, its users and its guests."""

    entrance: str
    name: str
    brins: tuple[str, ...]
    state: str
    match_rule: str
    authority: str
    """Entity ID of its identity provider, which the hub names in AuthenticatingAuthority."""
    realm: str
    users: tuple[Person, ...] = field(repr=False)
    guests: tuple[Person, ...] = field(repr=False)

    @property
    def people(self) -> tuple[Person, ...]:
        return (*self.users, *self.guests)

    def attributes_of(self, person: Person) -> dict[str, list[str]]:
        """What the hub says of a person, in the order in which it does."""
        code = person.idgebr if self.match_rule == "idgebr" else person.persoonscode
        pseudonym = hashlib.sha256(f"{self.realm}/{code}".encode()).hexdigest()
        attributes = {
            "uid": [f"{pseudonym[:40]}@{self.realm}"],
            "givenName": [person.given_name],
            "nlEduPersonTussenvoegsels": [person.infix],
            "sn": [person.surname],
            "mail": [person.mail],
            "eduPersonAffiliation": list(_AFFILIATIONS[person.role]),
            "nlEduPersonHomeOrganization": [self.name],
            "nlEduPersonHomeOrganizationId": [person.brin or self.brins[0]],
            "nlEduPersonRealId": [f"{code}@{self.realm}"],
            "nlEduPersonProfileId": [f"{pseudonym[40:56]}@{self.realm}"],
            "eckId": [f"https://ketenid.nl/201703/{hashlib.sha512(code.encode()).hexdigest()}"],
            "nlEduPersonUnit": [person.group],
        }
        return {
            name: values
            for name, values in attributes.items()
            if any(values) and name not in person.without
        }


@dataclass(frozen=True)
class Samples:
    """All schools of a stack."""

    schools: tuple[SampleSchool, ...]

    def school(self, entrance: str) -> SampleSchool | None:
        return next((each for each in self.schools if each.entrance == entrance), None)

    def school_of(self, authority: str) -> SampleSchool | None:
        return next((each for each in self.schools if each.authority == authority), None)

    def person(self, person_id: str) -> Person | None:
        people = (person for school in self.schools for person in school.people)
        return next((person for person in people if person.id == person_id), None)


def read_samples() -> Samples:
    """Read the schools and people that come with the stack."""
    described = tomllib.loads((_FOLDER / "schools.toml").read_text(encoding="utf-8"))
    return Samples(tuple(_school(item) for item in described["school"]))


def _school(item: dict[str, Any]) -> SampleSchool:
    entrance = item["entrance"]
    with (_FOLDER / f"{entrance}.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file, delimiter=";"))
    return SampleSchool(
        **{name: item[name] for name in ("name", "state", "match_rule", "authority", "realm")},
        entrance=entrance,
        brins=tuple(item["brins"]),
        users=tuple(Person(entrance=entrance, **row) for row in rows),
        guests=tuple(_guest(entrance, guest) for guest in item.get("guest", ())),
    )


def _guest(entrance: str, item: dict[str, Any]) -> Person:
    texts: dict[str, Any] = {name: value for name, value in item.items() if name != "without"}
    return Person(**texts, entrance=entrance, without=tuple(item.get("without", ())))
