"""What a new version has to show before traffic moves to it, one check after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from release.events import NOBODYS_SESSION, authorizer_request, http_request
from release.refused import refused_form, request_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLES = {"roster", "schools", "sessions", "traces"}
_NOT_CONFIGURED = "NS-501"
_UNTRUSTED = "NS-100"


class CheckFailed(Exception):  # noqa: N818  # it is no error of ours
    """A version did not answer as it has to; the text says how, and holds nothing of anybody."""


@dataclass(frozen=True)
class Answered:
    """What a version answered, and how its own log line names the outcome."""

    answer: Any
    outcome: str = ""


class Invoke(Protocol):
    """Asks a function, by the ARN of a version or an alias.

    Raises:
        CheckFailed: it broke down, or could not be asked.
    """

    def __call__(self, arn: str, event: Mapping[str, Any]) -> Answered: ...


@dataclass(frozen=True)
class Release:
    """The versions under check, and the alias that has the traffic."""

    public_url: str
    sso: str
    session: str
    authorizer: str
    live: str


def check(release: Release, invoke: Invoke, now: float) -> list[str]:
    """Ask the versions all of it.

    Returns:
        What was checked, in order.

    Raises:
        CheckFailed: at the first answer that is not as it has to be.
    """
    done = ["tables", "session", "authorizer"]
    _tables(release, invoke)
    _session(release, invoke)
    _authorizer(release, invoke)
    started = _sso(release.sso, invoke, "GET", "/v1/sso")
    if _awaits_keys(started) and _awaits_keys(_sso(release.live, invoke, "GET", "/v1/sso")):
        return [*done, "not configured, as what is live"]
    _start(started)
    _metadata(release, invoke)
    _refusal(release, invoke, started, now)
    return [*done, "start", "metadata", "refusal"]


def _tables(release: Release, invoke: Invoke) -> None:
    answer = invoke(release.sso, {"check": "tables"}).answer
    read = answer.get("read", []) if isinstance(answer, dict) else []
    if set(read) != _TABLES:
        raise CheckFailed(f"sso read of the tables {sorted(read)} only")


def _session(release: Release, invoke: Invoke) -> None:
    asked = http_request("GET", "/v1/session", [NOBODYS_SESSION])
    answered = invoke(release.session, asked)
    if answered.answer.get("statusCode") != 401:  # noqa: PLR2004
        raise CheckFailed(f"session answered {answered.outcome} to a session that is nobody's")


def _authorizer(release: Release, invoke: Invoke) -> None:
    """It says no to whatever fails; its log says whether it looked."""
    answered = invoke(release.authorizer, authorizer_request(NOBODYS_SESSION))
    if answered.answer.get("isAuthorized") is not False or answered.outcome != "session-missing":
        raise CheckFailed(f"authorizer answered {answered.outcome} to a session that is nobody's")


def _sso(arn: str, invoke: Invoke, method: str, path: str, **more: Any) -> dict[str, Any]:
    answer = invoke(arn, http_request(method, path, **more)).answer
    return dict(answer)


def _awaits_keys(answer: Mapping[str, Any]) -> bool:
    return _NOT_CONFIGURED in str(answer.get("body", ""))


def _start(answer: Mapping[str, Any]) -> None:
    location = str(answer.get("headers", {}).get("location", ""))
    if answer.get("statusCode") != 302 or not request_id(location):  # noqa: PLR2004
        raise CheckFailed(f"a start answered {answer.get('statusCode')}, and no request to the hub")
    if "Signature=" not in location or not answer.get("cookies"):
        raise CheckFailed("a start sent an unsigned request, or no cookie")


def _metadata(release: Release, invoke: Invoke) -> None:
    answer = _sso(release.sso, invoke, "GET", "/v1/sso/metadata")
    entity = f'entityID="{release.public_url}/v1/sso/metadata"'
    if answer.get("statusCode") != 200 or entity not in str(answer.get("body")):  # noqa: PLR2004
        raise CheckFailed(f"the metadata answered {answer.get('statusCode')}, or is another's")


def _refusal(release: Release, invoke: Invoke, started: Mapping[str, Any], now: float) -> None:
    """A response that is signed by nobody gets the page of whatever was not verified."""
    cookies = [line.partition(";")[0] for line in started["cookies"]]
    form = refused_form(request_id(started["headers"]["location"]), release.public_url, now)
    answer = _sso(release.sso, invoke, "POST", "/v1/sso/acs", cookies=cookies, form=form)
    refused = _UNTRUSTED in str(answer.get("body"))
    if answer.get("statusCode") != 400 or not refused:  # noqa: PLR2004
        raise CheckFailed(f"a response that nobody signed was answered {answer.get('statusCode')}")
