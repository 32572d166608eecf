"""The rows of an import: each one validated, every bad one reported."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from numo_sso.codes import normalise_code
from numo_sso.support.imports.roles import parse_role
from numo_sso.support.requests.problems import problem
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SPREADSHEET = re.compile(r"\d+([.,]\d+)?[eE]\+\d+|\d+[.,]0+")
_MAX_CODE = 128


def parse_code(text: str) -> str:
    """A code as it is stored.

    Raises:
        ValueError: with the reason.
    """
    code = normalise_code(text)
    if _CONTROL.search(code):
        raise ValueError(say("has a control character"))
    if len(code) > _MAX_CODE:
        raise ValueError(say("is too long: at most {max_length} characters", max_length=_MAX_CODE))
    if _SPREADSHEET.fullmatch(text.strip()):
        raise ValueError(
            say("was rounded by a spreadsheet; export it again with the column as text")
        )
    return code


def _printable(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError(say("has a control character"))
    return text


def _required(text: str) -> str:
    if not text:
        raise ValueError(say("is empty"))
    return text


_Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(_printable)
]
_Name = Annotated[_Text, AfterValidator(_required)]


class UserRow(BaseModel):
    """One user. A field that is None was not stated: what is known of it stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: int
    persoonscode: Annotated[str, AfterValidator(parse_code), AfterValidator(_required)]
    idgebr: Annotated[str, AfterValidator(parse_code)] | None = None
    """Empty says no more than None: an empty cell never cuts the link to an account."""
    role: Annotated[str, AfterValidator(parse_role)] | None = None
    given_name: _Name
    infix: _Text | None = None
    surname: _Name
    mail: _Text | None = None
    group: _Text | None = None


class LinkRow(BaseModel):
    """A user's two codes; an empty IDGebr says that there is none yet."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: int
    persoonscode: Annotated[str, AfterValidator(parse_code), AfterValidator(_required)]
    idgebr: Annotated[str, AfterValidator(parse_code)] = ""


_Row = TypeVar("_Row", UserRow, LinkRow)


@dataclass(frozen=True)
class Invalid:
    """A row that cannot be imported. ``field`` names the column, the reason never quotes it."""

    line: int
    field: str
    reason: str
    owner: str | None = None
    """The persoonscode of the user who has this IDGebr now."""

    def as_dict(self) -> dict[str, Any]:
        item = {"line": self.line, "field": self.field, "reason": self.reason}
        return item | ({"owner": self.owner} if self.owner else {})


def read_rows(rows: list[dict[str, Any]]) -> tuple[list[UserRow], list[Invalid]]:
    """The good rows, and every reason against the others; codes that occur twice are bad both."""
    return _read(rows, UserRow)


def read_links(rows: list[dict[str, Any]]) -> tuple[list[LinkRow], list[Invalid]]:
    """The same, of rows that hold nothing but codes."""
    return _read(rows, LinkRow)


def _read(rows: list[dict[str, Any]], model: type[_Row]) -> tuple[list[_Row], list[Invalid]]:
    good: list[_Row] = []
    invalid: list[Invalid] = []
    for position, raw in enumerate(rows, start=1):
        line = raw.get("line")
        numbered = raw | {"line": line if isinstance(line, int) else position}
        try:
            good.append(model.model_validate(numbered))
        except ValidationError as error:
            invalid.extend(_reasons(numbered["line"], error))
    unique, twice = _without_repeats(good)
    return unique, sorted(invalid + twice, key=lambda each: each.line)


def _reasons(line: int, error: ValidationError) -> list[Invalid]:
    return [
        Invalid(line, str(each["loc"][0]), _plain(each))
        for each in error.errors(include_url=False, include_input=False)
    ]


def _plain(error: ErrorDetails) -> str:
    if error["type"] == "string_type":
        return say("must be text, so that leading zeros survive")
    if error["type"] == "extra_forbidden":
        return say("is no field of a user")
    return problem(error)


def _without_repeats(rows: list[_Row]) -> tuple[list[_Row], list[Invalid]]:
    invalid: list[Invalid] = []
    for field in ("persoonscode", "idgebr"):
        counts = Counter(code for row in rows if (code := getattr(row, field)))
        invalid += [
            Invalid(row.line, field, say("occurs more than once"))
            for row in rows
            if counts[getattr(row, field)] > 1
        ]
    bad = {each.line for each in invalid}
    return [row for row in rows if row.line not in bad], invalid
