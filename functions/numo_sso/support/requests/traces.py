"""The requests about traces."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from numo_sso.outcomes import CATALOGUE
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.common import BrinNumber, Entrance, Request
from numo_sso.support.requests.reference import read_reference
from numo_sso.support.speech import say

_MOST_DAYS = 365


def _readings(typed: Any) -> tuple[str, ...]:
    if not isinstance(typed, str):
        raise ValueError(say("must be text"))  # noqa: TRY004  # pydantic reports ValueErrors
    return read_reference(typed)


def _known(outcome: str) -> str:
    if outcome in CATALOGUE:
        return outcome
    raise SupportRefusal(
        "outcome-unknown",
        say("There is no outcome {typed!r}.", typed=outcome[:40]),
        say("They are: {outcomes}.", outcomes=", ".join(CATALOGUE)),
    )


class OneTrace(Request):
    reference: Annotated[tuple[str, ...], BeforeValidator(_readings)]
    """As it was typed; here, every reference that it may be."""


class ShowTrace(OneTrace):
    days: Annotated[int, Field(ge=1, le=_MOST_DAYS)] = 30
    """How far back the log is searched, where there is no record."""


class ListTraces(Request):
    entrance: Entrance | None = None
    brin: BrinNumber | None = None
    outcome: Annotated[str, AfterValidator(_known)] | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] | None = None
    """Of one pupil. It is made a pseudonym here, and is neither stored nor logged."""
    since: str = "1d"
    after: str = ""
    """Where the page before it ended: its ``next``."""
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    @model_validator(mode="after")
    def _code_of_a_school(self) -> Self:
        if self.code and not (self.entrance or self.brin):
            raise SupportRefusal(
                "code-without-school",
                say("A code says nothing without its school."),
                say("Give entrance, or brin where the login got no further."),
            )
        return self


class LeftAtHub(Request):
    since: str = "7d"
    entrance: Entrance | None = None
    """Only what may be this school's."""
