"""Each check is needed: with any one switched off, a case that it refused ends otherwise.

The quick part of what `make prove` does with every line.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from attack.bench import Bench
from attack.corpus import BAD, as_post, play, run_case
from attack.in_process import InProcess
from numo_sso.login import admission, receive
from numo_sso.outcomes import Refused
from numo_sso.saml import form, gate, policy, signature_places, signature_shape

if TYPE_CHECKING:
    from types import ModuleType

    from attack.case import Case

SWITCHES: list[tuple[ModuleType, str]] = [
    (form, "check_names"),
    (gate, "check_bytes"),
    (gate, "check_root"),
    (gate, "check_ids"),
    (gate, "check_encryption"),
    (gate, "check_instructions"),
    (gate, "check_signatures"),
    (signature_places, "check_signature"),
    (signature_shape, "_check_signed_info"),
    (signature_shape, "_check_reference"),
    (signature_shape, "_check_content"),
    (signature_shape, "check_key_info"),
    (policy, "check_versions"),
    (policy, "check_status"),
    (policy, "check_response"),
    (policy, "check_issuer"),
    (policy, "check_instants"),
    (policy, "check_conditions"),
    (policy, "check_confirmation"),
    (policy, "check_authn_statement"),
    (policy, "_check_issuer"),
    (policy, "_check_period"),
    (policy, "_check_end"),
    (policy, "_check_lifetime"),
    (policy, "_check_confirmation_data"),
    (admission, "check_budgets"),
    (receive, "check_pair"),
]
_ENOUGH = 12
"""Cases of one check that are tried; the first that ends otherwise is enough."""


@cache
def refused_by() -> dict[str, list[Case]]:
    """The cases by each function on the way to their refusal; stories count as ``story``."""
    found: dict[str, list[Case]] = {}
    for case in BAD:
        for name in _way_to_refusal(case):
            found.setdefault(name, []).append(case)
    return found


def _way_to_refusal(case: Case) -> set[str]:
    if case.make is None:
        return {"story"}
    bench = Bench(InProcess())
    try:
        bench.verify(as_post(case.make(bench)))
    except Refused as refused:
        error: BaseException | None = refused
        names = set()
        while error is not None:
            trace = error.__traceback__
            while trace is not None:
                names.add(trace.tb_frame.f_code.co_name)
                trace = trace.tb_next
            error = error.__cause__
        return names
    return {play(case, bench).outcome}


def cases_of(name: str) -> list[Case]:
    by_name = {"check_budgets": "story", "check_pair": "idp-not-known-for-school"}
    wanted = refused_by()[by_name.get(name, name)]
    if name == "check_budgets":
        return [case for case in wanted if case.outcome == "too-many-failures"]
    return wanted[:_ENOUGH]


@pytest.mark.parametrize(
    ("module", "name"), SWITCHES, ids=[f"{m.__name__}.{n}" for m, n in SWITCHES]
)
def test_a_check_that_is_off_is_missed(
    module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it refused logs in, or is refused later and for another reason."""
    cases = cases_of(name)
    assert cases
    monkeypatch.setattr(module, name, lambda *_, **__: None)
    assert any(not as_it_says(case) for case in cases)


def as_it_says(case: Case) -> bool:
    try:
        outcome, detail = run_case(case)
    except Exception:  # noqa: BLE001  # with a check off anything may happen: it was needed
        return False
    return outcome == case.outcome and case.reason in detail
