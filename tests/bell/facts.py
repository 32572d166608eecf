"""Where each figure of :mod:`bell.world` is from, as the page lists it.

Documentation was read on the day in :data:`READ`; what AWS changes since is not in here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bell.world import Spread, Times, World

READ = "2026-11-24"
_DOCS = "https://docs.aws.amazon.com"
_MEMORY = "lambda/latest/dg/configuration-memory.html"
_SCALING = "lambda/latest/dg/scaling-behavior.html"
_CONCURRENCY = "lambda/latest/dg/lambda-concurrency.html"
_QUOTAS = "lambda/latest/dg/gettingstarted-limits.html"
_GATEWAY = "apigateway/latest/developerguide/limits.html"
_WARM = "amazondynamodb/latest/developerguide/warm-throughput-scenarios.html"
_SSM = "general/latest/gr/ssm.html"
_BOOST = (
    "[M. Hart, 2019]"
    "(https://hichaelmart.medium.com/shave-99-93-off-your-lambda-bill-with-this-one-weird-trick"
    "-33c0acebb2ea), who measured it; AWS does not promise it"
)


class Fact(NamedTuple):
    """One figure: what, how much, and whose word it is."""

    what: str
    value: str
    kind: str
    source: str


def facts(world: World, times: Times) -> Iterable[Fact]:
    """Every figure that a morning is made of, by who vouches for it."""
    yield from _measured(times)
    yield from _ours(world)
    yield from _documented(world)
    yield from _assumed(world)


def _measured(times: Times) -> Iterable[Fact]:
    source = "[performance.json](performance.json)"
    for what, value in (
        ("CPU of a start", times.start),
        ("CPU of a response, all of the ACS", times.acs),
        ("CPU of a look at the session", times.look),
        ("start of a login's process, to its first answer", times.login_init),
        ("start of a session's process, likewise", times.session_init),
        ("first response of a process, more than a later one", times.first),
    ):
        yield Fact(what, f"{value:.1f} ms", "measured", source)


def _ours(world: World) -> Iterable[Fact]:
    pauses = ", ".join(f"{1000 * each:.0f}" for each in world.tries)
    yield Fact(
        "pauses before a throttled transaction is tried again",
        f"{pauses} ms, times 0.5 to 1.5; none begins after {world.patience:g} s",
        "ours",
        "`storage/logins.py`",
    )
    yield Fact("write units of a login in the sessions table", "6", "ours", "`storage/logins.py`")
    shared = "starts and responses share one" if world.one_bucket else "one for each route"
    yield Fact("throttle of logins below a mapped domain", shared, "ours", "`template.yaml`")


def _documented(world: World) -> Iterable[Fact]:
    account = world.account
    for what, value, source in (
        ("memory with one virtual CPU", "1,769 MB; less has a share of it", _MEMORY),
        ("instances that a function starts", "1,000 each 10 s, refilled continuously", _SCALING),
        ("executions at once, of an account", "1,000; new accounts have less", _QUOTAS),
        ("invocations a second", "ten for each execution that the account may have", _CONCURRENCY),
        (
            "requests of all APIs of an account",
            f"{account.rate:,.0f} a second, {account.burst:,.0f} at once",
            _GATEWAY,
        ),
        ("a new table on demand", "4,000 write and 12,000 read units a second", _WARM),
        ("a partition", "1,000 write and 3,000 read units a second", _WARM),
        ("readings of parameters", f"{world.ssm:g} a second", _SSM),
    ):
        yield Fact(what, value, "documented", f"[AWS]({_DOCS}/{source})")


def _assumed(world: World) -> Iterable[Fact]:
    yield Fact(
        "CPU until an instance is ready", "a whole core, whatever its memory", "reported", _BOOST
    )
    yield Fact(
        "when lessons begin, and when their pupils click",
        "the shape [above](#when-pupils-click)",
        "reported",
        "logs of others, see there",
    )
    least, most = world.pause
    clicks = f"clicks again after {least:g} to {most:g} s, and gives up at the"
    for what, value in (
        ("a core of Lambda", "as fast as this machine's"),
        ("CPU of one request", f"{_by(world.noise, '')} times the median"),
        ("a read of DynamoDB", _by(world.read_ms, " ms")),
        ("a transaction of DynamoDB", _by(world.transaction_ms, " ms")),
        ("a place for an instance, with its code", _by(world.making_ms, " ms")),
        ("what the gateway adds to a request", f"{world.gateway_ms:g} ms"),
        ("the trip through the hub and the elo", _by(world.hub, " s")),
        ("looks of Numo's app", f"{world.looks}, some {world.between_looks:g} s apart"),
        ("somebody who is refused", f"{clicks} {world.most_clicks}th refusal"),
    ):
        yield Fact(what, value, "assumed", "")


def _by(spread: Spread, unit: str) -> str:
    return f"{spread.median:g}{unit}, and one in a hundred {spread.most:g}{unit}"
