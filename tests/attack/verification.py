"""The verification alone: from a form's body to an identity, without storage or session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.flow import Flow
from numo_sso.journal import Journal
from numo_sso.login.admission import examine, find_flow
from numo_sso.saml import gate
from numo_sso.saml.form import read_form
from numo_sso.saml.identity import read_identity

if TYPE_CHECKING:
    from attack.case import Post
    from numo_sso.login.trust import Trust
    from numo_sso.saml.identity import Identity


def verification(post: Post, trust: Trust, request_id: str, now: float) -> Identity:
    """Every step that a login takes before it asks anything of storage.

    Raises:
        Refused: with its outcome, and the check that refused in its detail.
    """
    encryption = bool(trust.decryption_keys)
    admitted = gate.admit(read_form(post.content_type, post.body), encryption=encryption)
    flow = Flow(request_id=request_id, started_at=int(now), target="/")
    find_flow(admitted.in_response_to, [flow], now)
    journal = Journal(lambda: 0.0)
    return read_identity(examine(admitted, trust, request_id, now, journal).assertion)
