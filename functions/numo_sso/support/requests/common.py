"""The requests: one model an action, validated before anything is read."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from numo_sso.federation.document import MAX_BYTES
from numo_sso.schools import AcceptedPair
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.brin import parse_brin, parse_entrance
from numo_sso.support.requests.fingerprint import parse_fingerprint
from numo_sso.support.requests.pairs import parse_authority, parse_realm
from numo_sso.support.speech import Language, say

BrinNumber = Annotated[str, AfterValidator(parse_brin)]
Entrance = Annotated[str, AfterValidator(parse_entrance)]
Authority = Annotated[str, AfterValidator(parse_authority)]
Realm = Annotated[str, AfterValidator(parse_realm)]
Ticket = Annotated[str, StringConstraints(pattern=r"^#?[A-Za-z]{0,10}(?:[-/#]?[0-9]{1,10}){1,3}$")]
"""A ticket's number and no more, such as ``NUMO-1201`` or ``#4711``: it stays in the trail for
years, so there is no room for somebody's name in it."""
Fingerprint = Annotated[str, AfterValidator(parse_fingerprint)]
"""SHA-256 of a certificate, in hexadecimal, with the colons of ``openssl`` or without."""
SchoolName = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$"
    ),
]


class Request(BaseModel):
    """What every request has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: str
    ticket: Ticket | None = None
    dry_run: bool = False
    """Say what would change, and change nothing."""
    language: Language = "en"
    """Of the answer's texts. Codes, fields and the trail are the same in every language."""


class ActivateSchool(Request):
    entrance: Entrance
    brin: BrinNumber | None = None
    """Without it: the one that the school asked with."""
    create: bool = False
    """Make the entrance where it is not there yet; needs ``name``."""
    name: SchoolName | None = None
    shared: bool = False
    """Accept that another entrance has this BRIN too."""


class OneSchool(Request):
    entrance: Entrance


class OnePair(OneSchool):
    """An identity provider and a realm, of one school."""

    authority: Authority | None = None
    no_authority: bool = False
    """The hub names none for this school. Said plainly, for then the realm alone decides."""
    realm: Realm

    @property
    def pair(self) -> AcceptedPair:
        return AcceptedPair(self.authority or "", self.realm)

    @model_validator(mode="after")
    def _named_or_not(self) -> Self:
        if (self.authority is None) is not self.no_authority:
            raise SupportRefusal(
                "authority-unclear",
                say("Whose realm it is must be said once, and plainly."),
                say(
                    "Name the authority, as school.realm_list for {entrance} shows it; or, "
                    "only where the hub names none, no_authority.",
                    entrance=self.entrance,
                ),
            )
        return self


class EndPair(OnePair):
    end_sessions: bool = False
    """End the sessions of the whole school too: none tells by which provider it came."""
    force: bool = False
    """Also where nobody can log in after it."""


class ListSchools(Request):
    state: Literal["requested", "active", "suspended"] | None = None


class CreateKeys(Request):
    kind: Literal["sp", "cookie", "pseudonym"] | None = None
    """Make a next key of this kind; a ``pseudonym`` key is replaced at once. Without it: make what
    the deployment lacks."""


class OneKind(Request):
    """A step of the rollover of one kind of key."""

    kind: Literal["sp", "cookie"]


class RetireKey(OneKind):
    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{8}-[0-9a-f]{4}$")] | None = None
    """Another than the previous one: a next key that is not wanted after all."""
    now: bool = False
    """Do not wait until what the key signed is over: the logins underway begin again."""


class RefreshMetadata(Request):
    document: Annotated[str, StringConstraints(max_length=MAX_BYTES)] | None = None
    """The XML itself; without it the configured URL is fetched."""


class ConfirmMetadata(Request):
    ticket: Ticket
    """Whoever lets all keys be replaced says where it was decided."""
    fingerprints: Annotated[list[Fingerprint], Field(min_length=1, max_length=20)]
    """Of every certificate in the metadata that waits."""


class RestoreMetadata(Request):
    version: Annotated[int, Field(ge=1)]
    """Its number in the history that ``metadata.show`` gives."""


class Plain(Request):
    """An action that needs nothing more."""
