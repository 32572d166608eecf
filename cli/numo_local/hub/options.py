"""What a response may say: every field of it, with what the hub would say as the default."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from numo_local.hub import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIFETIME = 300
"""Seconds from issue to ``NotOnOrAfter`` at the hub; ``NotBefore`` lies one second before it."""


def new_id() -> str:
    """Make an ID as OpenConext makes them."""
    return f"CORTO{secrets.token_hex(20)}"


@dataclass(frozen=True)
class ResponseOptions:
    """What a response says. Times are seconds since 1970; an empty text leaves its field out."""

    issuer: str
    audience: str
    recipient: str
    """``Recipient`` of the subject's confirmation: the ACS."""
    in_response_to: str
    attributes: Mapping[str, Sequence[str]]
    destination: str | None = None
    """``Destination`` of the Response; None: the recipient."""
    issue_instant: float = field(default_factory=time.time)
    not_before: float | None = None
    """None: one second before issue."""
    not_on_or_after: float | None = None
    """None: 300 seconds after issue."""
    confirmation_not_on_or_after: float | None = None
    """Of the subject's confirmation; None: as the conditions'."""
    authenticating_authority: Sequence[str] = ()
    """Who knew the user first: the school's own identity provider, one or more."""
    name_id: str = "urn:collab:person:example"
    name_id_format: str = names.NAMEID_UNSPECIFIED
    status: str = names.SUCCESS
    sub_status: str = ""
    status_message: str = ""
    sign_assertion: bool = True
    sign_response: bool = False
    response_id: str = field(default_factory=new_id)
    assertion_id: str = field(default_factory=new_id)
    with_assertion: bool | None = None
    """None: where the status is Success."""

    @property
    def valid_from(self) -> float:
        return self.issue_instant - 1 if self.not_before is None else self.not_before

    @property
    def valid_until(self) -> float:
        end = self.not_on_or_after
        return self.issue_instant + LIFETIME if end is None else end
