"""The bars, and what of a run is held against each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.rounds import Spread, ratio

if TYPE_CHECKING:
    from bench.deployed import Deployed
    from bench.growth import Asked
    from bench.roster import Roster
    from bench.verification import Verification


@dataclass(frozen=True)
class Bar:
    """One claim: ``what``, at most ``limit`` times what it is held against."""

    what: str
    against: str
    limit: float
    found: Spread
    unit: str = "x"

    @property
    def holds(self) -> bool:
        return self.found.median <= self.limit


def of_verification(found: Verification) -> list[Bar]:
    def held(peer: str, limit: float) -> list[Bar]:
        if peer not in found.figures:
            return []
        return [Bar("verification", peer, limit, ratio(found.figures, "numo-sso", peer))]

    return held("lasso", 1.0) + held("bare", 4.0)


def of_deployed(found: Deployed) -> list[Bar]:
    cold, warm, acs, checks = found.cold, found.warm, found.acs, found.sessions
    login = found.megabytes["login"]
    return [
        Bar("cold start, wall", "a bare boto3 client", 1.2, ratio(cold, "login", "client")),
        Bar("cold start, CPU", "a bare boto3 client", 1.2, ratio(cold, "login-cpu", "client-cpu")),
        Bar("cold start, wall", "everything, eager", 0.25, ratio(cold, "login", "eager")),
        Bar("first ACS, wall", "a later one", 3.0, ratio(warm, "first", "later")),
        Bar("warm ACS, CPU", "the stock way", 0.6, ratio(acs, "ours", "stock")),
        Bar("GET /v1/session, CPU", "a bare get_item", 1.3, ratio(checks, "show", "get_item")),
        Bar("authorizer, CPU", "a bare get_item", 1.3, ratio(checks, "check", "get_item")),
        Bar("login package", "", 45.0, Spread(login, login, login), " MB"),
    ]


def of_roster(found: Roster) -> list[Bar]:
    whole = {
        "import": [
            p + w for p, w in zip(found.figures["plan"], found.figures["write"], strict=True)
        ],
        "bare": found.figures["bare"],
    }
    return [
        Bar("import, CPU a row", "bare batch_write_item", 1.5, ratio(whole, "import", "bare")),
        Bar(
            "the writing alone, CPU a row",
            "bare batch_write_item",
            1.5,
            ratio(found.figures, "write", "bare"),
        ),
    ]


def of_growth(found: list[Asked]) -> list[Bar]:
    """A login asks the same, whatever there is beside it: counted, so there is no spread."""
    least, most = found[0], found[-1]
    what = {
        "round trips": (sum(least.calls.values()), sum(most.calls.values())),
        "items touched": (least.items, most.items),
        "capacity": (least.read_units + least.write_units, most.read_units + most.write_units),
    }
    bars = []
    for name, (few, many) in what.items():
        same = many / few
        title, against = f"{name} with {most.users:,} users", f"with {least.users:,} users"
        bars.append(Bar(title, against, 1.0, Spread(same, same, same)))
    return bars
