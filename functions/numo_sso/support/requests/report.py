"""The request for the report of all schools, a page at a time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from numo_sso.support.requests.common import Entrance, Request

PAGE = 8
"""Schools in one answer: their logins are read for it, some seconds' work at most."""


class ReportSchools(Request):
    after: Entrance | None = None
    """Only those behind this entrance: the ``next`` of the page before."""
    limit: Annotated[int, Field(ge=1, le=20)] = PAGE
