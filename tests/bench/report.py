"""A run as people read it: a table on the terminal, and docs/performance.md with a plot."""

from __future__ import annotations

import json
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.plot import bars_as_svg
from bench.rounds import Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.bars import Bar
    from bench.deployed import Deployed
    from bench.growth import Asked
    from bench.roster import Roster
    from bench.verification import Verification

DOCS = Path(__file__).parents[2] / "docs"
FIGURES = DOCS / "performance.json"
"""The medians that ``make bell`` takes its service times from."""
_LIBRARIES = ("python3-saml", "lxml", "xmlsec", "pynamodb", "botocore", "aws-lambda-powertools")


def lines_of(bars: Iterable[Bar]) -> list[list[str]]:
    return [
        [
            bar.what,
            bar.against,
            f"{bar.found.median:.2f}{bar.unit}",
            _spread(bar.found),
            f"{bar.limit:g}{bar.unit}",
            "yes" if bar.holds else "not yet",
        ]
        for bar in bars
    ]


HEAD = ["what", "against", "median", "least to most", "at most", "holds"]


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Columns that align."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def write(
    bars: list[Bar],
    verified: Verification,
    deployed: Deployed,
    roster: Roster,
    growth: list[Asked],
    rounds: int,
) -> Path:
    """``docs/performance.md`` and the plot that it shows."""
    medians = {name: Spread.of(each).median for name, each in verified.figures.items()}
    plot = DOCS / "pictures/verification.svg"
    plot.parent.mkdir(exist_ok=True)
    plot.write_text(bars_as_svg("A response verified, ms of CPU", _milliseconds(medians)))
    FIGURES.write_text(json.dumps(figures(deployed), indent=1) + "\n")
    path = DOCS / "performance.md"
    path.write_text("\n".join(_page(bars, verified, deployed, roster, growth, rounds)) + "\n")
    return path


def figures(deployed: Deployed) -> dict[str, dict[str, float]]:
    """The medians of what runs on a deployment, by measure, in milliseconds."""
    measures = {
        "cold": (deployed.cold, 1),
        "warm": (deployed.warm, 1),
        "acs": (deployed.acs, 1000),
        "sessions": (deployed.sessions, 1000),
    }
    return {
        measure: {name: round(Spread.of(each).median / by, 3) for name, each in found.items()}
        for measure, (found, by) in measures.items()
    }


def _page(
    bars: list[Bar],
    verified: Verification,
    deployed: Deployed,
    roster: Roster,
    growth: list[Asked],
    rounds: int,
) -> Iterable[str]:
    yield from (_ABOUT.format(machine=machine(), rounds=rounds), "", "## The bars", "")
    yield from markdown([HEAD, *lines_of(bars)])
    yield from (
        "",
        "## A response verified",
        "",
        "![milliseconds of CPU](pictures/verification.svg)",
    )
    yield from ("", "From a form's bytes to who it is, the same responses for all, in turn.", "")
    yield from markdown(
        [
            ["peer", "CPU, ms", "least to most", "of ours", ""],
            *(
                [
                    name,
                    *_cells(each, 1000),
                    f"{_of_ours(verified, name):.2f} x",
                    verified.notes[name],
                ]
                for name, each in verified.figures.items()
            ),
        ]
    )
    yield from (f"\nNot measured here: {each}." for each in verified.absent)
    yield from ("", "## On a deployment", "", _DEPLOYED, "")
    yield from markdown(
        [
            ["", "median, ms", "least to most"],
            *_rows("cold start: {}", deployed.cold, 1),
            *_rows("ACS of a process: {}", deployed.warm, 1),
            *_rows("warm ACS, CPU: {}", deployed.acs, 1000),
            *_rows("session, CPU: {}", deployed.sessions, 1000),
        ]
    )
    yield from ("", "| package | MB unpacked, with bytecode |", "|---|---|")
    yield from (f"| {name} | {size:.1f} |" for name, size in deployed.megabytes.items())
    yield from ("", "## An import", "", _IMPORT.format(rows=roster.rows), "")
    yield from markdown([["", "CPU a row, µs", "least to most"], *_rows("{}", roster.figures, 1)])
    yield ""
    wholes = [
        [f"{each.rows:,}", f"{each.cpu:.0f}", *map(str, each.megabytes)] for each in roster.wholes
    ]
    yield from markdown([["rows at once", "CPU a row, µs", "MB before", "MB at most"], *wholes])
    yield from ("", "## Growth", "", _GROWTH, "")
    yield from markdown(
        [
            ["users", "calls", "items", "read units", "write units", "bytes sent", "received"],
            *(_grown(each) for each in growth),
        ]
    )


_ABOUT = """# Performance

Written by `make bench`: {rounds} rounds, everything in turn, on {machine}. Seconds of a shared
machine mean nothing; each bar is a ratio of two things of the same round, and its median counts.
What the figures come to on a morning at 08:30 is in [bell.md](bell.md)."""
_DEPLOYED = """The built packages under Lambda's runtime client, this Python, AWS on this machine. A
cold start is a whole process, from its beginning to its first answer to `GET /v1/sso`; the client
is `import boto3; boto3.client("dynamodb")`, compiled; the eager one imports all the agreed
libraries, uncompiled. The stock way is Powertools' resolver, python3-saml with its settings built
at each call, and two puts by boto3."""
_IMPORT = """{rows:,} rows at a time, the command and the function in one process; then all the
items that an import left, by a bare loop. Below, whole imports: the rows are kept in memory once,
packed, and all else is as large for a thousand as for a hundred thousand."""
_GROWTH = """A warm login beside that many users in schools of a thousand, each with a session. What
it asks names its keys, whatever is beside them. So at a million users it is, by counting, the last
line once more."""


def machine() -> str:
    names = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    here = f"{platform.machine()}, {platform.system()}, CPython {platform.python_version()}"
    return f"{here} ({datetime.now(UTC).date().isoformat()}; {names})"


def _milliseconds(medians: dict[str, float]) -> dict[str, float]:
    return {name: each / 1000 for name, each in sorted(medians.items(), key=lambda item: item[1])}


def _grown(asked: Asked) -> list[str]:
    calls = ", ".join(f"{name} {count}" for name, count in asked.calls.items())
    units = [f"{each:g}" for each in (asked.read_units, asked.write_units)]
    return [
        f"{asked.users:,}",
        calls,
        str(asked.items),
        *units,
        f"{asked.sent:,}",
        f"{asked.received:,}",
    ]


def _of_ours(verified: Verification, name: str) -> float:
    ours = Spread.of(verified.figures["numo-sso"]).median
    return Spread.of(verified.figures[name]).median / ours


def _rows(template: str, figures: dict[str, list[float]], by: float) -> Iterable[list[str]]:
    return [[template.format(name), *_cells(each, by)] for name, each in figures.items()]


def _cells(figures: list[float], by: float) -> list[str]:
    spread = Spread.of([each / by for each in figures])
    return [f"{spread.median:.2f}", _spread(spread)]


def _spread(spread: Spread) -> str:
    return f"{spread.least:.2f} to {spread.most:.2f}"


def markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    rule = "|".join("---" for _ in head)
    return [
        "| " + " | ".join(head) + " |",
        f"|{rule}|",
        *("| " + " | ".join(r) + " |" for r in body),
    ]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
