"""What every HTTP function does around its use cases: find the route, and always answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from edge.http import UNREADABLE, Malformed
from numo_sso.configuration import NotConfigured
from numo_sso.journal import Journal
from numo_sso.outcomes import CATALOGUE, Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edge.http import Request, Response
    from edge.telemetry import Telemetry

    Route = Callable[[Request, Journal], Response]
    Refuse = Callable[[Request, Journal, Outcome], Response]

T = TypeVar("T")


def answer(
    read: Callable[[], Request],
    route: Route,
    refuse: Refuse,
    telemetry: Telemetry,
    timer: Callable[[], float],
) -> Response:
    """Answer what ``read`` decodes. Whatever happens, the answer is ours and the log has it.

    Args:
        route: does what is asked, or raises.
        refuse: the answer of an outcome that ``route`` did not turn into one itself.
    """
    journal = Journal(timer)
    request = UNREADABLE
    try:
        with journal.phase("parse"):
            request = read()
        response = route(request, journal)
    except Malformed as error:
        request = error.head
        response = refuse(request, journal, outcome_of(error, journal, telemetry))
    except Exception as error:  # noqa: BLE001  # whatever it was, there is an answer
        response = refuse(request, journal, outcome_of(error, journal, telemetry))
    telemetry.ended(journal, request_id=request.request_id, status=response.status)
    return response


def outcome_of(error: Exception, journal: Journal, telemetry: Telemetry) -> Outcome:
    """The outcome that ``error`` means, its detail noted; one that nobody foresaw is logged."""
    if isinstance(error, Refused):
        journal.detail = error.detail
        return error.outcome
    if isinstance(error, NotConfigured):
        journal.detail = str(error)
        return CATALOGUE["not-configured"]
    telemetry.fault(error)
    return CATALOGUE["unexpected"]


def choose(routes: Mapping[tuple[str, str], T], request: Request) -> T:
    """The route of a request.

    Raises:
        Refused: ``method-not-allowed`` or ``not-found``.
    """
    route = routes.get((request.method, request.path))
    if route is not None:
        return route
    if allowed(routes, request.path):
        raise Refused("method-not-allowed", "a known path, another method")
    raise Refused("not-found", "no such path")


def outcome_headers(
    outcome: Outcome,
    routes: Mapping[tuple[str, str], object],
    path: str,
    wait: int | None = None,
) -> dict[str, str]:
    """What the answer of ``outcome`` says beside its body: when to come back, what is allowed.

    Args:
        wait: seconds, where it is not the outcome's own time.
    """
    wait = wait or outcome.retry_after
    headers = {"retry-after": str(wait)} if wait else {}
    if outcome.code == "method-not-allowed":
        headers["allow"] = allowed(routes, path)
    return headers


def refusal_fields(outcome: Outcome, reference: str) -> dict[str, str]:
    """A refusal as programs read it."""
    return {"code": outcome.code, "number": outcome.number, "reference": reference}


def allowed(routes: Mapping[tuple[str, str], object], path: str) -> str:
    """The methods of a path, as the ``Allow`` header lists them."""
    return ", ".join(method for method, known in routes if known == path)
