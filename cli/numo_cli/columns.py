"""Which heading is which field, in Dutch and in English, in any order and case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from numo_cli.failures import Exit, Failure
from numo_cli.speech import say

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS = {
    "persoonscode": (
        "persoonscode", "gebruikersnaam", "leerlingnummer", "leerlingnr", "stamnummer", "stamnr",
        "personcode", "username", "loginname", "login", "loginnaam", "inlognaam", "studentnumber",
        "accountnaam", "account",
    ),
    "idgebr": ("idgebr", "idgebruiker", "gebruikersid"),
    "role": ("rol", "role", "functie", "type", "soort"),
    "given_name": ("voornaam", "roepnaam", "givenname", "firstname"),
    "infix": ("tussenvoegsel", "tussenvoegsels", "tussenv", "voorvoegsel", "voorvoegsels", "infix",
              "prefix"),
    "surname": ("achternaam", "surname", "lastname", "familyname", "familienaam"),
    "mail": ("email", "mail", "emailadres", "mailadres", "emailaddress"),
    "group": ("klas", "stamklas", "groep", "stamgroep", "class", "group"),
}  # fmt: skip
FIELDS = tuple(_HEADINGS)
_REQUIRED = ("persoonscode", "given_name", "surname")
_BY_HEADING = {heading: field for field, headings in _HEADINGS.items() for heading in headings}


def known_columns(header: Sequence[str]) -> list[tuple[str, int]]:
    """Every (field, position) whose heading is known."""
    bare = (re.sub(r"[^a-z]", "", cell.casefold()) for cell in header)
    return [(_BY_HEADING[each], n) for n, each in enumerate(bare) if each in _BY_HEADING]


def find_columns(
    header: Sequence[str], mapping: dict[str, str], required: Sequence[str] = _REQUIRED
) -> dict[str, int]:
    """The position of each field; ``mapping`` (field to heading) goes before what is known.

    Raises:
        Failure: a field of ``required`` has no column, or a field has several.
    """
    columns = {field: _position(header, heading) for field, heading in mapping.items()}
    taken = set(columns.values())
    for field, position in known_columns(header):
        if field in mapping or position in taken:
            continue
        if field in columns:
            one, other = header[columns[field]], header[position]
            raise Failure(
                Exit.REFUSED,
                "columns-ambiguous",
                say(
                    "The columns {one} and {other} both look like {field}.",
                    one=one,
                    other=other,
                    field=field,
                ),
                say("Say which: --map {field}={heading}", field=field, heading=other),
            )
        columns[field] = position
    missing = [field for field in required if field not in columns]
    if missing:
        raise Failure(
            Exit.REFUSED,
            "columns-missing",
            say(
                "No column for {fields} among: {headings}.",
                fields=", ".join(missing),
                headings=", ".join(header),
            ),
            say("Say which it is: --map {field}=HEADING", field=missing[0]),
        )
    return columns


def parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """``field=heading`` pairs, as ``--map`` takes them.

    Raises:
        Failure: one is something else.
    """
    mapping = dict(pair.partition("=")[::2] for pair in pairs)
    for field, heading in mapping.items():
        if field not in _HEADINGS or not heading:
            raise Failure(
                Exit.USAGE,
                "map-malformed",
                say("--map {field}={heading} names no field.", field=field, heading=heading),
                say("It is FIELD=HEADING; the fields are {fields}.", fields=", ".join(FIELDS)),
            )
    return mapping


def _position(header: Sequence[str], heading: str) -> int:
    folded = [cell.casefold() for cell in header]
    if heading.casefold() not in folded:
        raise Failure(
            Exit.REFUSED,
            "column-unknown",
            say("There is no column {heading}.", heading=heading),
            say("The file has: {headings}.", headings=", ".join(header)),
        )
    return folded.index(heading.casefold())
