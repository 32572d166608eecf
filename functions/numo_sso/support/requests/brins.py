"""Requests that ask a school in, name it, or change which BRINs lead to it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from numo_sso.support.requests.common import BrinNumber, Entrance, OneSchool, SchoolName
from numo_sso.support.requests.days import parse_day

Day = Annotated[str, AfterValidator(parse_day)]


class RequestSchool(OneSchool):
    brin: BrinNumber
    name: SchoolName | None = None
    """Needed where the entrance is not there yet."""


class RenameSchool(OneSchool):
    name: SchoolName


class OneBrin(OneSchool):
    """A BRIN of one school."""

    brin: BrinNumber


class AddBrin(OneBrin):
    since: Day | None = None
    """First day; without it: today."""
    until: Day | None = None
    """First day on which it no longer holds; without it: no end."""
    shared: bool = False
    """Accept that another entrance has this BRIN too."""


class EndBrin(OneBrin):
    until: Day | None = None
    """First day on which it no longer holds; without it: today."""


class MoveBrin(OneBrin):
    to: Entrance
    since: Day | None = None
    """First day at the other entrance; without it: today."""
    shared: bool = False
    """Accept that a third entrance has this BRIN too."""
