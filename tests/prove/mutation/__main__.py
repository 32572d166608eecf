"""``python -m prove.mutation``: how many changes of the trust boundary the tests notice."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from prove import figures
from prove.mutation.forked import TIMEOUT, each_in_a_child
from prove.mutation.mutants import Mutant, mutants
from prove.mutation.plan import Equivalent, Module, read_equivalents, read_plan
from prove.mutation.report import Tally, markdown
from prove.mutation.trial import preload, run_tests

_KILLED = (1, 2, 4)  # tests failed, or they or what they share could not be imported


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="only modules whose names end so")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--record", action="store_true", help="write docs/security-figures.md")
    options = parser.parse_args()
    plan = read_plan()
    wanted = tuple(options.modules) or ("",)
    for each in wanted:
        if not any(module.name.endswith(each) for module in plan):
            parser.error(f"{each} is no module of plan.toml")
    preload()
    equivalents = read_equivalents()
    tallies = [
        _examine(module, equivalents, options.jobs)
        for module in plan
        if module.name.endswith(wanted)
    ]
    if options.record:
        names = [module.name for module in plan]
        figures.record("mutation", markdown(tallies, names, figures.recorded("mutation")))
    failed = [tally for tally in tallies if tally.failed]
    for tally in failed:
        print(f"{tally.module.name}: not proved")
    return bool(failed)


def _examine(module: Module, equivalents: list[Equivalent], jobs: int) -> Tally:
    started = time.monotonic()
    tally = Tally(module)
    every = list(mutants(module.path.read_text(), module.name))
    known = [each for each in equivalents if each.module == module.name]
    for mutant in every:
        fitting = [each for each in known if each.fits(mutant)]
        tally.equivalent += [(mutant, each.reason) for each in fitting[:1]]
    tally.outdated = [each for each in known if not any(map(each.fits, every))]
    skipped = {id(mutant) for mutant, _ in tally.equivalent}
    tested = [mutant for mutant in every if id(mutant) not in skipped]
    print(f"{module.name}: {len(tested)} mutants by {', '.join(module.tests)}", flush=True)
    with tempfile.TemporaryDirectory() as logs:
        # What does not end counts as killed, so a machine that is busy meanwhile must not end it
        seconds = 60 + 6 * _baseline(module, logs)
        for mutant, code in each_in_a_child(
            tested, lambda each: _try(module, each, logs), seconds, jobs
        ):
            _count(tally, mutant, code)
    tally.seconds = time.monotonic() - started
    print(tally.line(), flush=True)
    return tally


def _baseline(module: Module, logs: str) -> float:
    """Seconds that the tests take when nothing is changed; they must pass."""
    started = time.monotonic()
    log = f"{logs}/baseline"
    [(_, code)] = each_in_a_child(
        [None], lambda _: run_tests(module.tests, None, log), 600, at_once=1
    )
    if code:
        sys.exit(f"the tests fail without any mutant:\n{Path(log).read_text()[-3000:]}")
    return time.monotonic() - started


def _try(module: Module, mutant: Mutant, logs: str) -> int:
    code = mutant.compiled(str(module.path))
    return run_tests(module.tests, (module.name, code), f"{logs}/{id(mutant)}")


def _count(tally: Tally, mutant: Mutant, code: int) -> None:
    if code in _KILLED or code < 0:
        tally.killed += 1
        tally.timeouts += code == TIMEOUT
    elif code == 0:
        tally.survivors.append(mutant)
        print(
            f"  survives: {mutant.module}:{mutant.number} {mutant.line}\n"
            f"            {mutant.change}",
            flush=True,
        )
    else:
        sys.exit(f"pytest could not run ({code}): {mutant.key}")


if __name__ == "__main__":
    sys.exit(main())
