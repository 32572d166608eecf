"""The requests about users."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from numo_sso.schools import MatchRule  # noqa: TC001  # pydantic reads it
from numo_sso.support.imports.rows import parse_code
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.common import OneSchool
from numo_sso.support.speech import say

Code = Annotated[str, StringConstraints(min_length=1), AfterValidator(parse_code)]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=128)]


class OneUser(OneSchool):
    """A user of one entrance, by either code."""

    persoonscode: Code | None = None
    idgebr: Code | None = None

    @model_validator(mode="after")
    def _by_one_code(self) -> Self:
        if (self.persoonscode is None) is (self.idgebr is None):
            raise SupportRefusal(
                "user-unclear",
                say("A user is named by one code."),
                say(
                    "Give persoonscode or idgebr; to find it: users.find for {entrance}.",
                    entrance=self.entrance,
                ),
            )
        return self


class ShowUser(OneUser):
    personal_data: bool = False
    """Names and codes in full; the trail keeps that they were read."""


class FindUsers(OneSchool):
    text: _Text
    """A persoonscode, an IDGebr, or a part of a name."""
    personal_data: bool = False


class LinkUser(OneSchool):
    persoonscode: Code
    idgebr: Code
    move: bool = False
    """Take the IDGebr from whoever has it now."""


class ExportUsers(OneSchool):
    after: Code | None = None
    """Where the page before this one ended."""
    limit: Annotated[int, Field(ge=1, le=2000)] = 2000
    """Users a page: far below the 6 MB that an answer may have."""
    personal_data: bool = False


class SetMatchRule(OneSchool):
    rule: MatchRule
    force: bool = False
    """Also where nobody could log in after it."""
