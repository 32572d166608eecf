"""``python -m prove.cost``: what the costliest responses cost, stage by stage.

Deterministic: the same documents each time, each measured by the CPU time of this process, the
least of several runs. Over :data:`LIMIT` is a finding, and the run fails.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import dataclass

from numo_sso.journal import Journal
from numo_sso.login.admission import examine, find_flow
from numo_sso.outcomes import Refused
from numo_sso.saml import gate
from numo_sso.saml.form import read_form
from numo_sso.saml.identity import read_identity
from prove import costly, figures

LIMIT = 50.0
"""Milliseconds of CPU that one response may cost."""
_RUNS = 3
_SHOWN = 15


@dataclass
class Cost:
    """Milliseconds by stage, and how the response ended."""

    name: str
    size: int
    stages: dict[str, float]
    ended: str = ""

    @property
    def total(self) -> float:
        return sum(self.stages.values())


def measure(name: str, body: bytes) -> Cost:
    """The cheapest of several runs of one post, through everything that reads it."""
    runs = []
    for _ in range(_RUNS):
        runs.append(_post(name, body))
        if runs[-1].total > 10 * LIMIT:
            break
    return min(runs, key=lambda each: each.total)


def _post(name: str, body: bytes) -> Cost:
    journal = Journal(time.process_time)
    cost = Cost(name, len(body), journal.phases)
    world = costly.WORLD
    trust = world.app.trust.get()
    try:
        with journal.phase("gate"):
            admitted = gate.admit(read_form(costly.FORM, body))
        flows = trust.flow_cookies.read(costly.BROWSER.sends())
        flow = find_flow(admitted.in_response_to, flows, world.now)
        verified = examine(admitted, trust, flow.request_id, world.now, journal)
        with journal.phase("identity"):
            read_identity(verified.assertion)
        cost.ended = "verified"
    except Refused as refused:
        cost.ended = f"{refused.outcome.code}: {refused.detail}"
    return cost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--record", action="store_true", help="write docs/security-figures.md")
    options = parser.parse_args()
    costs = []
    for name, body in costly.bodies():
        if options.names and name not in options.names:
            continue
        costs.append(measure(name, body))
        if options.names or costs[-1].total > LIMIT / 2:
            print(_line(costs[-1]), flush=True)
    costs.sort(key=lambda each: -each.total)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(costs)} posts; the costliest: {costs[0].name}, {costs[0].total:.0f} ms; {peak} MB")
    if options.record:
        figures.record("cost", _markdown(costs, peak))
    return int(costs[0].total > LIMIT)


def _line(cost: Cost) -> str:
    stages = " ".join(f"{name} {spent:.1f}" for name, spent in cost.stages.items())
    return f"{cost.name:44}{cost.size:8} {cost.total:8.1f} ms: {stages} {cost.ended[:70]}"


def _markdown(costs: list[Cost], peak: int) -> str:
    lines = [
        f"{len(costs)} posts, each the worst of its kind; {figures.machine()}; at most {peak} MB.",
        "",
        "| the costliest | bytes posted | ms of CPU | of which |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {each.name} | {each.size:,} | {each.total:.1f} | "
        + ", ".join(f"{name} {spent:.1f}" for name, spent in each.stages.items())
        + " |"
        for each in costs[:_SHOWN]
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
