"""A proof, checked: read strictly, shown to the real STS, and its answer read strictly too."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.support.callers.caller import NOBODY, Caller
from numo_sso.support.callers.proof import FIELD, signed_headers
from numo_sso.support.callers.sts import unreachable
from numo_sso.support.callers.url import Unproved, read_query
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.support.callers.sts import AskSts

_OK = 200
_REFUSED = range(400, 500)
_BUSY = re.compile(r"Throttling.*|RequestLimitExceeded|TooManyRequests.*|RequestTimeout")
_CODE = re.compile(r"[A-Za-z]{1,64}")
_ARN = re.compile(
    r"arn:aws[a-z-]*:(iam|sts)::(?P<account>[0-9]{12}):"
    r"(root|user/[!-~]+|federated-user/[!-~]+|assumed-role/[!-~]+/[!-~]+)"
)
_MAX_ARN = 2048
_ID = re.compile(r"[!-~]{1,256}")


@dataclass(frozen=True)
class ProvedCallers:
    """:class:`numo_sso.support.callers.caller.Callers` by presigned requests."""

    sts_url: str
    """Scheme and host of this region's STS; a proof for another one is never sent anywhere."""
    ask: AskSts
    function_arn: str
    """What a proof must be made for. Its account is the only one whose callers are known here."""

    def identify(self, event: Mapping[str, Any], now: float) -> Caller:
        """The caller whom the proof in ``event`` proves; without one, nobody.

        Raises:
            SupportRefusal: ``caller-unproved``; or ``sts-unreachable``, after which the same can be
                asked again.
        """
        if FIELD not in event:
            return NOBODY
        headers = signed_headers(event, self.function_arn)
        try:
            query = read_query(event[FIELD], self.sts_url, list(headers), now)
            return self._caller(*self.ask(query, headers))
        except Unproved as reason:
            raise SupportRefusal(
                "caller-unproved",
                say("The proof of who asks does not hold: {reason}.", reason=reason),
                say(
                    "Is this machine's clock right, and are the credentials valid "
                    "(aws sts get-caller-identity)? Then ask again: a proof is for one request "
                    "and one minute."
                ),
            ) from reason

    def _caller(self, status: int, body: bytes) -> Caller:
        answer = _parsed(body)
        if status == _OK:
            return self._believed(answer)
        code = _within(answer, "Error", "Code")
        shown = code if isinstance(code, str) and _CODE.fullmatch(code) else f"HTTP {status}"
        if status not in _REFUSED or _BUSY.fullmatch(shown):
            raise unreachable(shown)
        raise Unproved(say("STS says {code}", code=shown))

    def _believed(self, answer: Any) -> Caller:
        found = _within(answer, "GetCallerIdentityResponse", "GetCallerIdentityResult")
        arn, account = _within(found, "Arn"), _within(found, "Account")
        known = _ARN.fullmatch(arn) if isinstance(arn, str) and len(arn) <= _MAX_ARN else None
        user_id = _within(found, "UserId")
        identified = isinstance(user_id, str) and _ID.fullmatch(user_id)
        if known is None or known["account"] != account or not identified:
            raise unreachable(say("something that is no identity"))
        if account != self.function_arn.split(":")[4]:
            raise Unproved(say("it is of another AWS account"))
        return Caller(known[0], user_id)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _within(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
