"""The requests of an import that is sent in parts."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.common import OneSchool
from numo_sso.support.speech import say

MAX_ROWS = 2000
_MAX_CODES = 10_000

Lease = Annotated[int, Field(ge=1)]
_Place = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
"""A code as the file has it, normalised; good or bad."""


class ImportUsers(OneSchool):
    rows: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MAX_ROWS)]
    """Validated one by one, so that every bad one is reported: see :mod:`.rows`."""
    skip_invalid: bool = False
    """Import the good rows and leave the others."""
    may_move: tuple[str, ...] = ()
    """IDGebrs that may leave the user who has them now, though that user is not in the rows."""
    accept_reused: bool = False
    """A code whose name is another altogether has gone to another person: let them have it."""
    changes: Annotated[int, Field(ge=0)] = 0
    """So many users may change, though it is more than a fifth of the school."""
    lease: Lease | None = None
    """Of the import that these rows are a part of; without it they are a whole import."""


class BeginImport(OneSchool):
    file_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    changes: Annotated[int, Field(ge=0)] = 0
    """As many users as the plan said would change."""
    removals: Annotated[int, Field(ge=0)] = 0
    """As many users as the plan said would be removed."""


class EndImport(OneSchool):
    lease: Lease


class MissingUsers(OneSchool):
    """A stretch of the roster, and all codes that the file has in it."""

    after: _Place | None = None
    """Its beginning, which is not in it; None is the first."""
    until: _Place | None = None
    """Its end, which is in it; None is the last."""
    codes: Annotated[list[str], Field(max_length=_MAX_CODES)]
    remove: bool = False
    lease: Lease | None = None

    @model_validator(mode="after")
    def _removes_under_a_lease(self) -> Self:
        if self.remove and not self.dry_run and self.lease is None:
            raise SupportRefusal(
                "lease-missing",
                say("Users are removed by an import that said how many."),
                say("Begin one with removals: users.import_begin. Its number is the lease."),
            )
        return self


class UnlinkedUsers(OneSchool):
    personal_data: bool = False
