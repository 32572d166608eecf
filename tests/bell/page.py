"""``docs/bell.md``: what the morning comes to, what to set for it, and how far to believe it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bell import tables, words
from bell.facts import READ, facts
from bell.survey import HOUSE, MEGABYTES
from bench.report import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bell.check import Compared
    from bell.shapes import Shape
    from bell.survey import Survey
    from bell.world import Times, World


def page(
    found: Survey, compared: Sequence[Compared], world: World, times: Times, shape: Shape
) -> str:
    """The page, whole."""
    return "\n".join(_parts(found, compared, world, times, shape)) + "\n"


def _parts(
    found: Survey, compared: Sequence[Compared], world: World, times: Times, shape: Shape
) -> Iterable[str]:
    advice = found.advised[HOUSE]
    kept = f"{advice.provisioned} instances" if advice.provisioned else "no instance"
    yield words.ABOUT.format(seen=READ)
    yield from ("", "## What to set", "")
    yield words.ADVICE.format(
        house=HOUSE,
        megabytes=found.megabytes,
        kept=kept,
        logins=advice.logins,
        requests=advice.requests,
        concurrency=advice.concurrency,
        ssm=advice.ssm,
        lost=found.before[HOUSE].lost / HOUSE,
        p99=1000 * found.held[HOUSE].wait(99),
    )
    yield from markdown(tables.advised(found))
    yield from ("", "With that, and without:", "", *markdown(tables.mornings(found)))
    yield from ("", words.LIMITS, "", _picture("who gives up", "limits"))
    yield from ("", "## Memory and size", "", words.MEMORY.format(least=MEGABYTES[0]), "")
    yield from (_picture("the wait by memory", "wait"), "", _picture("by pupils", "many"), "")
    yield from markdown(tables.grid(found, world))
    yield from ("", "## Instances kept ready", "", words.KEPT, "", *markdown(tables.ready(found)))
    yield from ("", "## If it is otherwise", "", words.OTHERWISE.format(house=HOUSE), "")
    yield from markdown(tables.otherwise(found, world, shape))
    yield from ("", "## Held against real logins", "", words.CHECK, "")
    yield from markdown(tables.checked(compared))
    yield from ("", "## When pupils click", "", words.SHAPE.format(name=shape.name))
    yield from ("", "## Where each figure is from", "", words.FACTS.format(read=READ), "")
    yield from markdown(tables.sources(facts(world, times)))


def _picture(what: str, name: str) -> str:
    return f"![{what}](pictures/bell-{name}.svg)"
