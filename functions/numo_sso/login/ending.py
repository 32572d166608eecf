"""The end of a verified login: its notes, its trace, and one transaction that writes it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from numo_sso.code_shapes import shape_of
from numo_sso.codes import normalise_code
from numo_sso.login.ports import Ending, TraceRecord
from numo_sso.pseudonyms import pseudonym
from numo_sso.saml.policy import clock_difference

if TYPE_CHECKING:
    from numo_sso.flow import Flow
    from numo_sso.login.context import Context
    from numo_sso.outcomes import Outcome
    from numo_sso.saml.identity import Identity
    from numo_sso.saml.verify import Verified
    from numo_sso.schools import AcceptedPair, Candidate
    from numo_sso.sessions import SessionRecord

_WAITS = "idp-not-known-for-school"


@dataclass
class UnderWay:
    """A verified login under way: what is known so far, for its trace, page and session."""

    flow: Flow
    verified: Verified
    brin: str = ""
    identity: Identity | None = None
    school: Candidate | None = None
    new_pair: AcceptedPair | None = None


def end(
    login: UnderWay,
    outcome: Outcome,
    context: Context,
    session: SessionRecord | None = None,
    location: str = "",
) -> None:
    """Write the ending: all of it, once."""
    _note(login, outcome, context)
    assertion_id = login.verified.assertion.get("ID", "")
    with context.journal.phase("write"):
        context.services.logins.complete(
            Ending(
                attempt=context.services.random(16).hex(),
                flow=login.flow,
                assertion_digest=sha256(assertion_id.encode()).hexdigest(),
                trace=_trace(login, context),
                session=session,
                location=location,
                new_pair=login.new_pair if session or outcome.code == _WAITS else None,
            )
        )


def _note(login: UnderWay, outcome: Outcome, context: Context) -> None:
    journal, identity = context.journal, login.identity
    journal.outcome = outcome.code
    journal.entrance = login.school.entrance if login.school else ""
    journal.new_pair = login.new_pair is not None  # an alarm also, and first, when it is refused
    journal.brin = login.brin
    if identity is not None:
        journal.realm = identity.realm
        journal.authority = identity.authority
        if not login.flow.test:  # support needs no person for a test
            journal.user = _pseudonym(login, identity, context.trust.configuration.pseudonym_key)


def _trace(login: UnderWay, context: Context) -> TraceRecord:
    journal, identity = context.journal, login.identity
    return TraceRecord(
        reference=context.reference,
        outcome=journal.outcome,
        detail=journal.detail,
        result=journal.result,
        at=int(context.now),
        started_at=login.flow.started_at,
        elo_host=login.flow.elo_host,
        entrance=journal.entrance,
        brin=journal.brin,
        authority=journal.authority,
        realm=journal.realm,
        affiliations=identity.affiliations if identity else frozenset(),
        attributes=identity.attributes if identity else frozenset(),
        user=journal.user,
        code_shape=shape_of(identity.code) if identity else "",
        clock_difference=clock_difference(login.verified.response, context.now),
        certificate=login.verified.certificate,
    )


def _pseudonym(login: UnderWay, identity: Identity, key: bytes) -> str:
    place = login.school.entrance if login.school else identity.brin
    return pseudonym(place, normalise_code(identity.code), key)
