"""The page's tables, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bell.advice import memory, rows
from bell.price import SCHOOL_DAYS, compute, dollars, kept
from bell.survey import HOUSE, MEGABYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bell.check import Compared
    from bell.facts import Fact
    from bell.outcome import Outcome
    from bell.shapes import Shape
    from bell.survey import Survey
    from bell.world import World

Rows = list[list[str]]


def advised(found: Survey) -> Rows:
    head = ["pupils in ten minutes", "`LoginsPerSecond`, `LoginsBurst`"]
    head += ["`RequestsPerSecond`, `RequestsBurst`", "requests a second of the account"]
    head += [
        "executions at once",
        "write units a second, sessions table",
        "readings of SSM a second",
    ]
    head += ["instances kept ready"]
    return [
        head,
        *(
            [
                f"{pupils:,}",
                f"{world.logins.rate:,.0f}, {world.logins.burst:,.0f}",
                f"{world.requests.rate:,.0f}, {world.requests.burst:,.0f}",
                f"{world.account.rate:,.0f}",
                f"{world.concurrency:,}",
                f"{world.write_units:,}",
                f"{world.ssm:,.0f}",
                f"{world.provisioned or 'none'}",
            ]
            for pupils, world in found.advised.items()
        ),
    ]


def mornings(found: Survey) -> Rows:
    """With what is recommended, and with what the template has in an account without requests."""
    head = ["pupils", "", *_WAITS, "met a cold start", "at once", "refused", "gave up"]
    body: Rows = []
    for pupils in found.held:
        body.append([f"{pupils:,}", "recommended", *_outcome(found.held[pupils])])
        body.append([f"{pupils:,}", "as deployed", *_outcome(found.as_is[pupils])])
        body.append([f"{pupils:,}", "as it was before", *_outcome(found.before[pupils])])
    return [head, *body]


def grid(found: Survey, world: World) -> Rows:
    head = [
        "pupils",
        "MB",
        *_WAITS,
        "met a cold start",
        "at once",
        "dollars",
        "of it Lambda's time",
    ]
    return [
        head,
        *(
            [
                f"{pupils:,}",
                f"{megabytes:,}",
                *_waits(outcome),
                f"{outcome.cold_share:.2%}",
                f"{outcome.in_flight:,}",
                f"{dollars(outcome, replace(world, memory=megabytes)):.2f}",
                f"{_lambda_part(outcome, replace(world, memory=megabytes)):.1%}",
            ]
            for (pupils, megabytes), outcome in found.grid.items()
        ),
    ]


def otherwise(found: Survey, world: World, shape: Shape) -> Rows:
    """The house's morning, were it otherwise than assumed; and the memory that each would take."""
    head = ["if", *_WAITS, "worst", "met a cold start", "at once", "memory by this row alone, MB"]
    head += ["refused, with what is recommended"]
    body: Rows = []
    for row in rows(world, shape):
        outcome = found.rows[row.name, found.megabytes]
        alone = memory(world, {mb: [found.rows[row.name, mb]] for mb in MEGABYTES})
        body.append(
            [
                row.name,
                *_waits(outcome),
                _seconds(outcome.waits[-1]),
                f"{outcome.cold_share:.2%}",
                f"{outcome.in_flight:,}",
                f"{alone:,}",
                f"{found.rows_held[row.name].refusals:,}",
            ]
        )
    return [head, *body]


def ready(found: Survey) -> Rows:
    head = ["instances kept ready", *_WAITS, "pupils who met a cold start", "dollars a month"]
    body: Rows = []
    for count, outcome in found.kept.items():
        month = SCHOOL_DAYS * kept(replace(found.advised[HOUSE], provisioned=count))
        body.append([str(count), *_waits(outcome), f"{outcome.met_cold}", f"{month:.2f}"])
    return [head, *body]


def checked(compared: Sequence[Compared]) -> Rows:
    head = ["pupils in ten seconds", "one alone", "others' processors", "median: seen", "predicted"]
    head += ["off by", "p95: seen", "predicted", "off by"]
    return [
        head,
        *(
            [
                f"{each.pupils}",
                _seconds(each.single),
                f"{each.crowd:.1f}",
                *_side(each, 0),
                *_side(each, 1),
            ]
            for each in compared
        ),
    ]


def sources(facts: Iterable[Fact]) -> Rows:
    return [["what", "how much", "whose word", "source"], *(list(fact) for fact in facts)]


_WAITS = ["p50", "p95", "p99"]


def _outcome(outcome: Outcome) -> list[str]:
    return [
        *_waits(outcome),
        f"{outcome.cold_share:.2%}",
        f"{outcome.in_flight:,}",
        f"{outcome.refusals:,}",
        f"{outcome.lost:,}",
    ]


def _waits(outcome: Outcome) -> list[str]:
    return [_seconds(outcome.wait(percent)) for percent in (50, 95, 99)]


def _seconds(figure: float) -> str:
    return f"{1000 * figure:,.0f} ms" if figure < 1 else f"{figure:,.1f} s"


def _side(compared: Compared, which: int) -> list[str]:
    seen, predicted = compared.observed[which], compared.predicted[which]
    return [_seconds(seen), _seconds(predicted), f"{compared.errors[which]:+.0%}"]


def _lambda_part(outcome: Outcome, world: World) -> float:
    return compute(outcome, world) / dollars(outcome, world)
