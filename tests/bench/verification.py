"""From a form's bytes to who it is: ours, what nobody can do without, and the peers."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bench.material import lay_out
from bench.peers import Peer, others, ours
from bench.rounds import ROUNDS, Figures, in_turn
from bench.worker import PYTHON_PATH, Worker

if TYPE_CHECKING:
    from pathlib import Path

_TIMES = {"pysaml2": 4, "node-saml": 20}
"""How often a peer verifies in a round; the quick ones oftener, to be above the clock's grain."""
_OFTEN = 60


@dataclass(frozen=True)
class Verification:
    """Microseconds of CPU that one response took, of each peer in each round."""

    figures: Figures
    notes: dict[str, str]
    absent: list[str]


def measure(folder: Path, rounds: int = ROUNDS) -> Verification:
    """Responses hold for a quarter of an hour: this is done in a few minutes, or fails."""
    material = lay_out(folder / "material")
    found, absent = others(material, folder)
    peers = [*ours(material), *found]
    with ExitStack() as stack:
        workers = {peer.name: stack.enter_context(_started(peer, folder)) for peer in peers}
        measures = {
            name: partial(worker.run, _TIMES.get(name, _OFTEN)) for name, worker in workers.items()
        }
        figures = in_turn(measures, rounds)
    return Verification(figures, {peer.name: peer.note for peer in peers}, absent)


def _started(peer: Peer, folder: Path) -> Worker:
    environ = {**os.environ, "PYTHONPATH": PYTHON_PATH}
    return Worker(peer.command, environ, folder / f"{peer.name}.log", folder.parent)
