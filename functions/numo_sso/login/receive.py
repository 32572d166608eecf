"""A login, from the hub's response to Numo's door.

The steps, in order: admission (gate, flow, verification, policy; see
:mod:`numo_sso.login.admission`), identity, school, user, session. Read :func:`receive`, then
:func:`_log_in`.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from numo_sso.code_shapes import shape_of
from numo_sso.codes import normalise_code
from numo_sso.login.admission import admit_and_verify, leave_trace, trace_unverified
from numo_sso.login.budget import source_of
from numo_sso.login.context import Arrival, Context, Post, Services
from numo_sso.login.near_misses import keep_near_miss
from numo_sso.login.ports import AlreadyConsumed, Ending, TraceRecord
from numo_sso.matching import match_user, roster_keys
from numo_sso.outcomes import CATALOGUE, Outcome, Refused, Stage
from numo_sso.pseudonyms import pseudonym
from numo_sso.references import new_reference
from numo_sso.saml.identity import Identity, named_brin, read_identity
from numo_sso.saml.policy import clock_difference
from numo_sso.schools import (
    AcceptedPair,
    Candidate,
    check_pair,
    choose_school,
    new_pair,
    only_school,
)
from numo_sso.sessions import SessionRecord, new_session, new_value

if TYPE_CHECKING:
    from numo_sso.flow import Flow
    from numo_sso.journal import Journal
    from numo_sso.login.trust import Trust
    from numo_sso.saml.verify import Verified
    from numo_sso.schools import SchoolUser

_NOBODY = "user-unknown"
_WAITS = "idp-not-known-for-school"


@dataclass
class _Login:
    """A verified login under way: what is known so far, for its trace, page and session."""

    flow: Flow
    verified: Verified
    brin: str = ""
    identity: Identity | None = None
    school: Candidate | None = None
    new_pair: AcceptedPair | None = None


def receive(post: Post, trust: Trust, services: Services, journal: Journal, now: float) -> Arrival:
    """Turn a response into a session, or into an outcome with a reference.

    Raises:
        Refused: before the verification, or ``storage-failed``; ``journal.reference`` names it.
    """
    journal.reference = new_reference(services.random)
    context = Context(trust, services, journal, now, source_of(post.address))
    verified, flow = admit_and_verify(post, context)
    login = _Login(flow, verified)
    try:
        return _log_in_or_refuse(login, context)
    except AlreadyConsumed as consumed:
        return _send_on(login, consumed, context)
    except Refused as fault:  # ours, and storage's most likely
        context.journal.detail = fault.detail
        trace_unverified(flow, fault.outcome, context)  # within its budget: nothing was consumed
        raise
    except Exception:
        _spend_response(login, context)
        raise


def _spend_response(login: _Login, context: Context) -> None:
    """A fault of ours after the verification: the response is as spent as by any other end."""
    try:
        _end(login, CATALOGUE["unexpected"], context)
    except (AlreadyConsumed, Refused) as error:
        context.journal.untraced = str(error)


def _log_in_or_refuse(login: _Login, context: Context) -> Arrival:
    try:
        return _log_in(login, context)
    except Refused as refusal:
        if refusal.outcome.stage is not Stage.AFTER:
            raise
        return _refuse(login, refusal, context)


def _send_on(login: _Login, consumed: AlreadyConsumed, context: Context) -> Arrival:
    """A double submit or a back button goes where its session is seen; a replay gets a page."""
    used = CATALOGUE["already-used"]
    context.journal.outcome, context.journal.detail = used.code, f"{consumed} used before"
    context.services.budgets.flows.spend(login.flow.request_id, context.now)
    if consumed.flow:
        proceed = f"{context.trust.urls.proceed}?flow={login.flow.request_id}"
        return Arrival(used, context.reference, location=proceed)
    leave_trace(login.flow, used, context)
    return Arrival(used, context.reference)


def _log_in(login: _Login, context: Context) -> Arrival:
    """Identity, school, user, session: each step refuses with its own outcome."""
    phase, services = context.journal.phase, context.services
    with phase("identity"):
        login.brin = named_brin(login.verified.assertion)
        login.identity = identity = read_identity(login.verified.assertion)
    with phase("school"):
        candidates = services.schools.candidates(identity.brin)
        school = only_school(candidates)
        if school is not None:  # an authority that is refused reads nothing of persons
            _settle_school(login, school, identity)
    with phase("user"):
        held = login.flow.held_session if login.flow.other_account else ""
        found, held_record = services.roster.find(roster_keys(candidates, identity), held)
    if school is None:
        school = choose_school(candidates, identity, found)
        _settle_school(login, school, identity)
    user = match_user(school, identity, found)
    return _open_session(login, user, school, held_record, context)


def _settle_school(login: _Login, school: Candidate, identity: Identity) -> None:
    login.school = school
    login.new_pair = new_pair(school, identity)
    check_pair(school, login.new_pair)


def _open_session(
    login: _Login,
    user: SchoolUser,
    school: Candidate,
    held: SessionRecord | None,
    context: Context,
) -> Arrival:
    value = new_value(context.services.random)
    session = new_session(
        value=value,
        user=user,
        school=school,
        brin=login.identity.brin if login.identity else "",
        limits=context.trust.configuration.limits,
        reference=context.reference,
        now=context.now,
    )
    same_person = held is not None and held.user == session.user
    outcome = CATALOGUE["same-person" if same_person else "logged-in"]
    location = context.services.targets.resolve(login.flow.target, school.entrance)
    _end(login, outcome, context, session, location)
    return Arrival(
        outcome=outcome,
        reference=context.reference,
        location=location,
        cookies=[context.services.session_cookie.set(value)],
        entrance=school.entrance,
        school_name=school.name,
        given_name=user.given_name,
    )


def _refuse(login: _Login, refusal: Refused, context: Context) -> Arrival:
    """Consume the response all the same: a refused one is as spent as a good one."""
    context.journal.detail = refusal.detail
    _end(login, refusal.outcome, context)
    if refusal.outcome.code == _NOBODY:
        _keep_near_miss(login, context)
    held = login.flow.held_session  # ended with this refusal: the next click starts anew
    # To a provider that is not known to speak for the school it is another's, and not named
    shown = login.school if login.new_pair is None else None
    return Arrival(
        outcome=refusal.outcome,
        reference=context.reference,
        cookies=context.services.session_cookie.clear() if held else [],
        entrance=shown.entrance if shown else "",
        school_name=shown.name if shown else "",
    )


def _keep_near_miss(login: _Login, context: Context) -> None:
    """Whatever happens here, the refusal stands as it is."""
    if login.school is None or login.identity is None:
        return  # at none of several entrances: nobody's code is near to it
    journal = context.journal
    try:
        with journal.phase("near"):
            keep_near_miss(
                context.services.near_misses,
                login.school,
                login.identity,
                context.reference,
                journal.user,
                int(context.now),
            )
    except Exception as error:  # noqa: BLE001  # of convenience; its words may quote a code
        journal.near_miss = type(error).__name__


def _end(
    login: _Login,
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


def _note(login: _Login, outcome: Outcome, context: Context) -> None:
    journal, identity = context.journal, login.identity
    journal.outcome = outcome.code
    journal.entrance = login.school.entrance if login.school else ""
    journal.new_pair = login.new_pair is not None  # an alarm also, and first, when it is refused
    journal.brin = login.brin
    if identity is not None:
        journal.realm = identity.realm
        journal.authority = identity.authority
        journal.user = _pseudonym(login, identity, context.trust.configuration.pseudonym_key)


def _trace(login: _Login, context: Context) -> TraceRecord:
    journal, identity = context.journal, login.identity
    return TraceRecord(
        reference=context.reference,
        outcome=journal.outcome,
        detail=journal.detail,
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


def _pseudonym(login: _Login, identity: Identity, key: bytes) -> str:
    place = login.school.entrance if login.school else identity.brin
    return pseudonym(place, normalise_code(identity.code), key)
