"""Up to the verification: gate, flow, signature, policy. From outside all failures look alike."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from numo_sso.login.ports import TraceRecord
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.flow import Flow
    from numo_sso.login.context import Context, Post
    from numo_sso.outcomes import Outcome
    from numo_sso.saml.gate import Admitted


def admit_and_verify(post: Post, context: Context) -> tuple[Admitted, Flow]:
    """The response, known to be the hub's answer to this browser's own request.

    Raises:
        Refused: one of the outcomes of ``Stage.BEFORE``; a trace is left when the browser holds a
            flow of ours, so that junk from elsewhere buys no write.
    """
    flows = context.trust.flow_cookies.read(post.cookies)
    flow: Flow | None = None
    try:
        with context.journal.phase("gate"):
            admitted = gate.admit(gate.read_form(post.content_type, post.body))
        flow = find_flow(admitted.in_response_to, flows, context.now)
        with context.journal.phase("verify"):
            context.trust.verifier.verify(admitted, flow.request_id, context.now)
        with context.journal.phase("policy"):
            policy.enforce(admitted, context.trust.expected(flow.request_id), context.now)
    except Refused as refusal:
        traced = flow or _newest(flows, context.now)
        if traced is not None:
            context.journal.detail = refusal.detail
            leave_trace(traced, refusal.outcome, context)
        raise
    context.journal.elo_host = flow.elo_host
    return admitted, flow


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


def _newest(flows: Sequence[Flow], now: float) -> Flow | None:
    """Where the response does not say which flow it answers, the last one under way stands in."""
    under_way = [flow for flow in flows if not flow.expired(now)]
    return max(under_way, key=lambda flow: flow.started_at, default=None)


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
