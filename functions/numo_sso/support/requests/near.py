"""The requests about codes that logins were refused for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from numo_sso.support.requests.common import OneSchool


class LinkFromProposals(OneSchool):
    limit: Annotated[int, Field(ge=1, le=500)] = 200
    """Users that one request mends; where more are left it says so."""
