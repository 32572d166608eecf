"""The requests about sessions of one school or one user."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from numo_sso.support.requests.common import OneSchool
from numo_sso.support.requests.users import Code  # noqa: TC001  # pydantic reads it


class Sessions(OneSchool):
    persoonscode: Code | None = None
    """Of one user; without it, of the whole school."""


class ListSessions(Sessions):
    after: str = ""
    """Where the page before it ended: its ``next``."""
    limit: Annotated[int, Field(ge=1, le=100)] = 100


class RevokeSessions(Sessions):
    limit: Annotated[int, Field(ge=1, le=1000)] = 500
    """Sessions that one request ends; where more are left it says so."""
