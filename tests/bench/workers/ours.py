"""Gate, python3-saml and policy: from the form's bytes to who it is."""

from __future__ import annotations

import time

from bench.workers.loop import facts, folder, serve
from kit.world import HUB, PUBLIC, SSO_URL, parameters
from numo_sso.journal import Journal
from numo_sso.login.admission import examine
from numo_sso.login.trust import build_trust
from numo_sso.saml import gate
from numo_sso.saml.form import read_form
from numo_sso.saml.identity import read_identity
from numo_sso.urls import Urls

_FORM = "application/x-www-form-urlencoded"


def main() -> None:
    certificate = "".join((folder() / "idp.pem").read_text().split("\n")[1:-2])
    described = {"certificate": certificate, "not_before": 0, "not_after": 4e9}
    idp = {"entity_id": HUB, "sso_url": SSO_URL, "certificates": [described]}
    trust = build_trust(parameters(idp=idp), Urls(PUBLIC), encryption=False)
    now = facts()["now"]

    def verify(post: dict[str, str]) -> str:
        admitted = gate.admit(read_form(_FORM, post["body"].encode()))
        journal = Journal(time.perf_counter)
        verified = examine(admitted, trust, post["request_id"], now, journal)
        identity = read_identity(verified.assertion)
        return f"{identity.code}@{identity.realm}"

    serve(verify)


main()
