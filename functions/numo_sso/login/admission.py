"""Up to the verification: gate, flow, signature, policy. From outside all failures look alike."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from numo_sso.flow import trip_of
from numo_sso.login.ports import TraceRecord
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, policy
from numo_sso.saml.apart import apart
from numo_sso.saml.form import read_form, read_relay_state
from numo_sso.saml.gate import Declined
from numo_sso.saml.opening import open_assertion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.flow import Flow
    from numo_sso.journal import Journal
    from numo_sso.login.context import Context, Post
    from numo_sso.login.trust import Trust
    from numo_sso.outcomes import Outcome
    from numo_sso.saml.gate import Admitted
    from numo_sso.saml.verify import Verified


def admit_and_verify(post: Post, context: Context) -> tuple[Verified, Flow]:
    """The response, known to be the hub's answer to this browser's own request.

    Raises:
        Refused: one of the outcomes of ``Stage.BEFORE``. A trace is left where the response
            answers a flow of this browser and budgets allow it: junk buys no write.
    """
    flows = context.trust.flow_cookies.read(post.cookies)
    check_budgets(flows, context)
    flow: Flow | None = None
    try:
        with context.journal.phase("gate"):
            encoded = read_form(post.content_type, post.body)
            if not flows:
                check_cookies(read_relay_state(post.body), context)
            admitted = gate.admit(encoded, encryption=bool(context.trust.decryption_keys))
        flow = find_flow(admitted.in_response_to, flows, context.now)
        _note(flow, flows, context)
        check_flow(flow, context)
        verified = examine(admitted, context.trust, flow.request_id, context.now, context.journal)
    except Refused as refusal:
        context.journal.detail = refusal.detail
        _spend(flow, context)
        if flow is not None:
            trace_unverified(flow, refusal.outcome, context)
        raise
    return verified, flow


def examine(
    admitted: Admitted | Declined,
    trust: Trust,
    request_id: str,
    now: float,
    journal: Journal,
) -> Verified:
    """Signature, policy, and last the library's opinion of the whole.

    Args:
        admitted: what the gate let pass.
        trust: the hub's keys, and ours where assertions may be encrypted.
        request_id: of the flow that the response answers.
        now: seconds since 1970.
        journal: takes how long each of the three was.

    Raises:
        Refused: one of the outcomes of ``Stage.BEFORE``.
    """
    if isinstance(admitted, Declined):
        raise Refused("hub-refused", f"status {admitted.status}")
    with journal.phase("verify"):
        opened = None
        if admitted.encrypted:  # it is copied on its way, names and all
            opened = apart(lambda: open_assertion(admitted, trust.decryption_keys))
        verified = trust.verifier.verify(admitted, opened, now)
    with journal.phase("policy"):
        policy.enforce(verified, trust.expected(request_id), now)
    with journal.phase("library"):
        trust.verifier.confirm(verified, request_id)
    return verified


def check_cookies(relay_state: str, context: Context) -> None:
    """Where no flow came along: whether that happens to this browser once more.

    RelayState is ours and signed, and the response is not looked at: what it says steers no page.

    Raises:
        Refused: ``cookies-blocked``.
    """
    mark = context.trust.relay_states.read(relay_state, context.now)
    context.journal.test, context.journal.again = mark.test, mark.again
    if mark.again:
        raise Refused("cookies-blocked", "no flow cookie, also after starting again")


def _note(flow: Flow, flows: Sequence[Flow], context: Context) -> None:
    journal = context.journal
    journal.elo_host, journal.test, journal.again = flow.elo_host, flow.test, flow.again
    if not flow.test:
        journal.trip = trip_of(flows, context.now)


def check_budgets(flows: Sequence[Flow], context: Context) -> None:
    """Answer without any work whoever failed too often.

    A browser with a flow of ours is held to what that flow may still spend, and not to its
    source, which may be a whole school behind one address.

    Raises:
        Refused: ``too-many-failures``.
    """
    budgets, now = context.services.budgets, context.now
    under_way = [flow for flow in flows if not flow.expired(now)]
    if any(not budgets.flows.spent(flow.request_id, now) for flow in under_way):
        return  # to the flow that is answered once that is known
    if under_way:
        raise Refused("too-many-failures", "this flow has failed too often")
    if budgets.sources.spent(context.source, now):
        raise Refused("too-many-failures", "this source has failed too often")


def check_flow(flow: Flow, context: Context) -> None:
    """Hold a flow to its own budget, whatever other flows the browser has.

    Raises:
        Refused: ``too-many-failures``.
    """
    if context.services.budgets.flows.spent(flow.request_id, context.now):
        raise Refused("too-many-failures", "this flow has failed too often")


def _spend(flow: Flow | None, context: Context) -> None:
    """Charge the flow that was answered. A post that names none is nobody's but its source's:

    any page that is open in the browser can send such posts, and must not use up its login.
    """
    budgets = context.services.budgets
    budgets.sources.spend(context.source, context.now)
    if flow is not None:
        budgets.flows.spend(flow.request_id, context.now)


def find_flow(in_response_to: str, flows: Sequence[Flow], now: float) -> Flow:
    """The flow of this browser that the response claims to answer; RelayState has no say.

    Raises:
        Refused: ``flow-missing`` or ``flow-expired``.
    """
    for flow in flows:
        if hmac.compare_digest(flow.request_id.encode(), in_response_to.encode()):
            if flow.expired(now):
                raise Refused("flow-expired", "more than ten minutes after the start")
            return flow
    raise Refused("flow-missing", f"no flow cookie for this response, {len(flows)} others")


def trace_unverified(flow: Flow, outcome: Outcome, context: Context) -> None:
    """Leave a trace of what nobody verified, as long as flow and source have not left many."""
    budgets, now = context.services.budgets, context.now
    if budgets.sources.spent(context.source, now) or not budgets.traces.take(flow.request_id, now):
        context.journal.untraced = "budget"
        return
    leave_trace(flow, outcome, context)


def leave_trace(flow: Flow, outcome: Outcome, context: Context) -> None:
    """Let support find the reference; where storage fails as well, the log alone has it."""
    context.journal.elo_host = flow.elo_host
    trace = TraceRecord(
        reference=context.reference,
        outcome=outcome.code,
        detail=context.journal.detail,
        at=int(context.now),
        started_at=flow.started_at,
        elo_host=flow.elo_host,
    )
    try:
        context.services.logins.leave_trace(trace)
    except Refused as fault:
        context.journal.untraced = fault.detail
