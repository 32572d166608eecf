"""What is mutated by which tests, and the mutants of which we say that nothing can tell them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prove.mutation.mutants import Mutant

ROOT = Path(__file__).parents[3]
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Module:
    """A module to mutate, and the tests that must notice."""

    name: str
    tests: tuple[str, ...]
    no_survivors: bool = False

    @property
    def path(self) -> Path:
        return ROOT / "functions" / (self.name.replace(".", "/") + ".py")


@dataclass(frozen=True)
class Equivalent:
    """Mutants that mean the same as the original, and why. Found again by text, not by number.

    ``change`` is how the change's description begins; empty fits all changes of the line.
    """

    module: str
    line: str
    change: str
    reason: str

    def fits(self, mutant: Mutant) -> bool:
        return (
            mutant.module == self.module
            and mutant.line == self.line
            and mutant.change.startswith(self.change)
        )


def read_plan() -> list[Module]:
    entries = tomllib.loads((_HERE / "plan.toml").read_text())["module"]
    return [
        Module(
            entry["name"],
            tuple(test for test in entry["tests"] if (ROOT / test).exists()),
            entry.get("no_survivors", False),
        )
        for entry in entries
    ]


def read_equivalents() -> list[Equivalent]:
    entries = tomllib.loads((_HERE / "equivalents.toml").read_text()).get("equivalent", [])
    return [Equivalent(**entry) for entry in entries]
