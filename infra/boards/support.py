"""The dashboard *Support*: who logs in, who does not, and whose move it is."""

from __future__ import annotations

from boards import queries
from boards.metrics import Expression, Metric, Row, ours
from boards.widgets import HOUR, Widget, at, bars, body, graph, table, text
from numo_sso.outcomes import CATALOGUE, Actor, Stage

_GUIDE = """
# Numo SSO, support (${Environment})
**Read from the top.** *Logins by hour* should follow the school day, and *Share that succeeds*
should stay above 90 %.
Below that: *Refused, by whose move* says who can mend it, *Schools in trouble* names the schools
and the outcome that
most of theirs have. Each outcome has an entry in docs/runbook.md under its own name.
- **Left at the hub**: who starts and does not return was stopped at Entree, mostly for want of
  the school's permission.
- **Active and silent**: nobody of that school came in for a week. Ask whether Numo is in the elo.
- **References**: each is a page with a code that somebody may read out to you: `numo-sso trace
  REFERENCE`.
"""
_HOLIDAYS = """
Tables read the log and take some seconds. `share` is in percent. Where no entrance is known, the
school is its BRIN.
*Schools in trouble* looks at half an hour and needs ten decided logins; it is written anew every
five minutes, and
*silent* once a day. In holidays few log in: a low share of a handful says nothing.
"""
_WHOSE = {
    Actor.USER: "the user's",
    Actor.SCHOOL: "the school's",
    Actor.KENNISNET: "Kennisnet's",
    Actor.KURVE: "ours",
}


def logins() -> list[Metric]:
    return [ours("Logins").known_as("logins"), ours("GoodLogins", label="came in")]


def share(period_rows: list[Metric]) -> list[Row]:
    decided, good = period_rows
    formula = Expression("100 * good / logins", "share that succeeds (%)", "share")
    return [decided, good.known_as("good"), formula]


def by_actor() -> list[Row]:
    """Refusals of one kind together: a line for each who can mend them."""
    rows: list[Row] = []
    for actor, whose in _WHOSE.items():
        ids = []
        for outcome in CATALOGUE.values():
            if outcome.actor is actor and not outcome.good and outcome.stage is not Stage.SESSION:
                ids.append(outcome.code.replace("-", "_"))
                metric = ours("Requests", label=outcome.code, outcome=outcome.code)
                rows.append(metric.known_as(ids[-1]))
        formula = f"SUM([{', '.join(f'FILL({each}, 0)' for each in ids)}])"
        rows.append(Expression(formula, whose, actor.value))
    return rows


def by_outcome(*stages: Stage) -> list[Row]:
    """What was refused at these stages, and good endings that people see."""
    return [
        ours("Requests", label=f"{outcome.number} {outcome.code}", outcome=outcome.code)
        for outcome in CATALOGUE.values()
        if outcome.stage in stages and not outcome.good
    ]


def rows() -> list[tuple[int, list[Widget]]]:
    refused = Expression("logins - good", "refused", "refused")
    decided, good = logins()
    by_hour: list[Row] = [decided, Metric(**{**vars(good), "id": "good"}), refused]
    trips = [ours("Starts", label="started").known_as("starts"), ours("Returns", label="returned")]
    left: list[Row] = [
        trips[0],
        Metric(**{**vars(trips[1]), "id": "returns"}),
        Expression("starts - returns", "left at the hub, or still there", "left"),
    ]
    return [
        (4, [text(_GUIDE)]),
        (
            7,
            [
                graph("Logins by hour", by_hour, HOUR, stacked=True),
                graph("Share that succeeds", share(logins()), 900, annotations=at(90, "usual")),
            ],
        ),
        (
            7,
            [
                graph("Refused, by whose move", by_actor(), HOUR, stacked=True),
                graph("Verified, and refused", by_outcome(Stage.AFTER), HOUR, stacked=True),
                graph(
                    "Not verified, or our fault",
                    by_outcome(Stage.BEFORE, Stage.FAULT),
                    HOUR,
                    stacked=True,
                ),
            ],
        ),
        (2, [text(_HOLIDAYS)]),
        (
            7,
            [
                table("Schools in trouble, and why", queries.WATCH, queries.TROUBLE),
                table("Active and silent for a week", queries.WATCH, queries.SILENT),
                table("By school", queries.LOGIN, queries.BY_SCHOOL),
            ],
        ),
        (
            7,
            [
                table(
                    "Refused, by school and outcome", queries.LOGIN, queries.BY_SCHOOL_AND_OUTCOME
                ),
                table("Every outcome", queries.LOGIN, queries.BY_OUTCOME),
            ],
        ),
        (
            7,
            [
                graph("To the hub and back", left, HOUR),
                table("Left at the hub, by site", queries.LOGIN, queries.LEFT_AT_HUB),
                bars("References by hour", queries.LOGIN, queries.REFERENCES),
            ],
        ),
        (
            6,
            [
                graph(
                    "Schools in trouble",
                    [ours("SchoolsInTrouble", "Maximum", service="watch")],
                ),
                graph(
                    "Schools silent",
                    [ours("SchoolsSilent", "Maximum", service="watch")],
                    HOUR,
                ),
                graph("New identity providers", [ours("NewIdentityProviderPair")], HOUR),
            ],
        ),
    ]


def dashboard() -> str:
    return body(rows())
