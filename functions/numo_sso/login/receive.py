"""A login, from the hub's response to Numo's door.

The steps, in order: admission (gate, flow, verification, policy; see
:mod:`numo_sso.login.admission`), identity, school, user, session. Read :func:`receive`, then
:func:`_log_in`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.login.admission import admit_and_verify, leave_trace, trace_unverified
from numo_sso.login.budget import source_of
from numo_sso.login.context import Arrival, Context, Post, Services
from numo_sso.login.ending import UnderWay, end
from numo_sso.login.near_misses import keep_near_miss
from numo_sso.login.ports import AlreadyConsumed
from numo_sso.matching import match_user, roster_keys
from numo_sso.outcomes import CATALOGUE, Refused, Stage
from numo_sso.references import new_reference
from numo_sso.saml.identity import named_brin, read_identity
from numo_sso.schools import check_pair, choose_school, new_pair, only_school
from numo_sso.sessions import new_session, new_value

if TYPE_CHECKING:
    from numo_sso.journal import Journal
    from numo_sso.login.trust import Trust
    from numo_sso.saml.identity import Identity
    from numo_sso.schools import Candidate, SchoolUser
    from numo_sso.sessions import SessionRecord

_NOBODY = "user-unknown"


def receive(post: Post, trust: Trust, services: Services, journal: Journal, now: float) -> Arrival:
    """Turn a response into a session, or into an outcome with a reference.

    Raises:
        Refused: before the verification, or ``storage-failed``; ``journal.reference`` names it.
    """
    journal.reference = new_reference(services.random)
    context = Context(trust, services, journal, now, source_of(post.address))
    verified, flow = admit_and_verify(post, context)
    login = UnderWay(flow, verified)
    try:
        return _test(login, context) if flow.test else _log_in_or_refuse(login, context)
    except AlreadyConsumed as consumed:
        return _send_on(login, consumed, context)
    except Refused as fault:  # ours, and storage's most likely
        context.journal.detail = fault.detail
        trace_unverified(flow, fault.outcome, context)  # within its budget: nothing was consumed
        raise
    except Exception:
        _spend_response(login, context)
        raise


def _spend_response(login: UnderWay, context: Context) -> None:
    """A fault of ours after the verification: the response is as spent as by any other end."""
    try:
        end(login, CATALOGUE["unexpected"], context)
    except (AlreadyConsumed, Refused) as error:
        context.journal.untraced = str(error)


def _test(login: UnderWay, context: Context) -> Arrival:
    from numo_sso.login.connection import rehearse  # noqa: PLC0415  # few ever test

    return rehearse(login, context)


def _log_in_or_refuse(login: UnderWay, context: Context) -> Arrival:
    try:
        return _log_in(login, context)
    except Refused as refusal:
        if refusal.outcome.stage is not Stage.AFTER:
            raise
        return _refuse(login, refusal, context)


def _send_on(login: UnderWay, consumed: AlreadyConsumed, context: Context) -> Arrival:
    """A double submit or a back button goes where its session is seen; a replay gets a page."""
    used = CATALOGUE["already-used"]
    context.journal.outcome, context.journal.detail = used.code, f"{consumed} used before"
    context.services.budgets.flows.spend(login.flow.request_id, context.now)
    if consumed.flow:
        proceed = f"{context.trust.urls.proceed}?flow={login.flow.request_id}"
        return Arrival(used, context.reference, location=proceed)
    leave_trace(login.flow, used, context)
    return Arrival(used, context.reference)


def _log_in(login: UnderWay, context: Context) -> Arrival:
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
    with phase("match"):
        if school is None:
            school = choose_school(candidates, identity, found)
            _settle_school(login, school, identity)
        user = match_user(school, identity, found)
    return _open_session(login, user, school, held_record, context)


def _settle_school(login: UnderWay, school: Candidate, identity: Identity) -> None:
    login.school = school
    login.new_pair = new_pair(school, identity)
    check_pair(school, login.new_pair)


def _open_session(
    login: UnderWay,
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
    end(login, outcome, context, session, location)
    return Arrival(
        outcome=outcome,
        reference=context.reference,
        location=location,
        cookies=[context.services.session_cookie.set(value)],
        entrance=school.entrance,
        school_name=school.name,
        given_name=user.given_name,
    )


def _refuse(login: UnderWay, refusal: Refused, context: Context) -> Arrival:
    """Consume the response all the same: a refused one is as spent as a good one."""
    context.journal.detail = refusal.detail
    end(login, refusal.outcome, context)
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


def _keep_near_miss(login: UnderWay, context: Context) -> None:
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
