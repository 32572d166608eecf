"""The requests about traces."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from numo_sso.support.requests import Request
from numo_sso.support.typed_reference import read_reference

_MOST_DAYS = 365


def _readings(typed: Any) -> tuple[str, ...]:
    if not isinstance(typed, str):
        raise ValueError("must be text")  # noqa: TRY004  # pydantic reports ValueErrors
    return read_reference(typed)


class ShowTrace(Request):
    reference: Annotated[tuple[str, ...], BeforeValidator(_readings)]
    """As it was typed; here, every reference that it may be."""
    days: Annotated[int, Field(ge=1, le=_MOST_DAYS)] = 30
    """How far back the log is searched, where there is no record."""
