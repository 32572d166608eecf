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


_TABLE = (
    "| module | mutants | killed | of them by not ending | survive | mean the same | seconds |",
    "|---|---|---|---|---|---|---|",
)
_SURVIVORS = "Survivors:"
_EQUIVALENT = "Mutants that mean the same, and why nothing can tell them:"


def markdown(tallies: Sequence[Tally], names: Sequence[str], before: str) -> str:
    """A table of the modules, then every survivor and every equivalent by its line.

    Args:
        names: of all modules, in order; those that are not in ``tallies`` keep what they had.
        before: the text as it was.
    """
    fresh = {each.module.name: each for each in tallies}
    rows, survivors, equivalent = list(_TABLE), [], []
    first, _, second = before.partition(_EQUIVALENT)
    kept = {_SURVIVORS: first, _EQUIVALENT: second}
    for name in names:
        tally = fresh.get(name)
        if tally is None:
            rows += _lines(before, f"| `{name}` ")
            survivors += _lines(kept[_SURVIVORS], f"- `{_short(name)}` ")
            equivalent += _lines(kept[_EQUIVALENT], f"- `{_short(name)}` ")
            continue
        rows.append(
            f"| `{name}` | {tally.total} | {tally.killed} | {tally.timeouts} "
            f"| {len(tally.survivors)} | {len(tally.equivalent)} | {tally.seconds:.0f} |"
        )
        survivors += [f"- {_named(mutant)}" for mutant in tally.survivors]
        equivalent += [f"- {_named(mutant)}: {reason}" for mutant, reason in tally.equivalent]
    lists = ((_SURVIVORS, survivors), (_EQUIVALENT, equivalent))
    parts = [line for title, found in lists if found for line in ("", title, "", *found)]
    return "\n".join([*rows, *parts])


def _lines(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


def _named(mutant: Mutant) -> str:
    return f"`{_short(mutant.module)}` `{mutant.line}` ({mutant.change})"


def _short(name: str) -> str:
    return name.rpartition(".")[2]
