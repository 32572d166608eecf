"""The figures of the mutation run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prove.mutation.mutants import Mutant
    from prove.mutation.plan import Equivalent, Module


@dataclass
class Tally:
    """What became of a module's mutants."""

    module: Module
    killed: int = 0
    timeouts: int = 0
    """Of those killed, how many by not ending."""
    survivors: list[Mutant] = field(default_factory=list)
    equivalent: list[tuple[Mutant, str]] = field(default_factory=list)
    outdated: list[Equivalent] = field(default_factory=list)
    """Entries of the list of equivalents that fit no mutant."""
    seconds: float = 0

    @property
    def total(self) -> int:
        return self.killed + len(self.survivors) + len(self.equivalent)

    @property
    def failed(self) -> bool:
        return bool(self.outdated or (self.module.no_survivors and self.survivors))

    def line(self) -> str:
        outdated = "".join(f"\n  fits no mutant: {each.line}" for each in self.outdated)
        return (
            f"{self.module.name}: {self.total} mutants, {self.killed} killed "
            f"({self.timeouts} by not ending), "
            f"{len(self.survivors)} survive, {len(self.equivalent)} mean the same; "
            f"{self.seconds:.0f} s{outdated}"
        )


def markdown(tallies: Sequence[Tally]) -> str:
    """A table of the modules, then every survivor and every equivalent by its line."""
    lines = [
        "| module | mutants | killed | of them by not ending | survive | mean the same | seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{each.module.name}` | {each.total} | {each.killed} | {each.timeouts} "
        f"| {len(each.survivors)} | {len(each.equivalent)} | {each.seconds:.0f} |"
        for each in tallies
    ]
    survivors = [mutant for each in tallies for mutant in each.survivors]
    if survivors:
        lines += ["", "Survivors:", ""]
        lines += [f"- {_named(mutant)}" for mutant in survivors]
    equivalent = [pair for each in tallies for pair in each.equivalent]
    if equivalent:
        lines += ["", "Mutants that mean the same, and why nothing can tell them:", ""]
        lines += [f"- {_named(mutant)}: {reason}" for mutant, reason in equivalent]
    return "\n".join(lines)


def _named(mutant: Mutant) -> str:
    return f"`{mutant.module.rpartition('.')[2]}` `{mutant.line}` ({mutant.change})"
