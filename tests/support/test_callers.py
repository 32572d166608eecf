"""Who asks: proved, of no one, or refused."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from kit.callers import FUNCTION_ARN, JAN, STS_URL, Sts, proved
from numo_sso.support.callers.caller import NOBODY, Caller
from numo_sso.support.callers.check import ProvedCallers
from numo_sso.support.callers.url import SKEW_SECONDS
from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from kit.support import Deployment

REQUEST: dict[str, Any] = {
    "action": "school.activate",
    "entrance": "p",
    "brin": "01AB",
    "create": True,
    "name": "P",
}


@pytest.fixture
def today(numo: Deployment) -> Deployment:
    """A deployment that lives now: proofs are signed by the real clock."""
    numo.now = time.time()
    return numo


def refusal(request: dict[str, Any], now: float = 0, **ask: Any) -> SupportRefusal:
    """How identifying the sender of ``request`` ends; the reason is in the message."""
    callers = ProvedCallers(STS_URL, ask.get("ask", Sts()), FUNCTION_ARN)
    with pytest.raises(SupportRefusal) as refused:
        callers.identify(request, now or time.time())
    return refused.value


def reason(request: dict[str, Any], now: float = 0, **ask: Any) -> str:
    refused = refusal(request, now, **ask)
    assert refused.code == "caller-unproved"
    assert "aws sts get-caller-identity" in refused.hint
    return refused.message


def spoiled(old: str, new: str) -> dict[str, Any]:
    """A good proof in which one thing is another."""
    request = proved(REQUEST)
    assert old in request["proof"]
    return {**request, "proof": request["proof"].replace(old, new)}


def test_a_record_names_the_caller_as_sts_told_it(today: Deployment) -> None:
    today.done(**proved(REQUEST))
    [record] = today.audit()
    assert (record["caller"], record["caller_verified"]) == (JAN, True)
    assert record["caller_id"] == "ASIAJAN"


def test_without_a_proof_nobody_is_named(today: Deployment) -> None:
    """The record has the request id, by which CloudTrail tells who it was."""
    today.done(**REQUEST)
    [record] = today.audit()
    assert record["caller_verified"] is False
    assert record.get("caller") is record.get("caller_id") is None
    assert record["request_id"]


@pytest.mark.parametrize("field", ["caller", "caller_verified", "who"])
def test_a_name_that_is_claimed_has_no_field(today: Deployment, field: str) -> None:
    assert today.refused(**{**REQUEST, field: JAN})["code"] == "request-invalid"


def test_an_action_knows_who_asks() -> None:
    """Keys without a session token prove their caller too."""
    callers = ProvedCallers(STS_URL, Sts(), FUNCTION_ARN)
    assert callers.identify(proved(REQUEST, session=None), time.time()).arn == JAN
    assert callers.identify(REQUEST, time.time()) is NOBODY
    assert (Caller(JAN).verified, NOBODY.verified) == (True, False)


def test_a_request_that_does_not_hold_is_not_done(today: Deployment) -> None:
    other = {**proved(REQUEST), "brin": "02AB"}
    assert today.refused(**other)["code"] == "caller-unproved"
    assert today.audit() == []


def test_no_proof_is_logged_or_repeated(today: Deployment) -> None:
    """Neither a good one nor a bad one; and who asked is for the trail alone."""
    good = proved(REQUEST)
    today.done(**good)
    today.refused(**{**good, "brin": "02AB"})
    for secret in ("X-Amz", "ASIAJAN", "IQoJ", JAN):
        assert secret not in today.log.getvalue()


def test_one_proof_does_for_the_same_request_only() -> None:
    """Its parts may come in any order and with any spaces; one more or other value is another."""
    request = proved(REQUEST)
    callers = ProvedCallers(STS_URL, Sts(), FUNCTION_ARN)
    again = json.loads(json.dumps(dict(reversed(request.items())), indent=3))
    assert callers.identify(again, time.time()).verified
    for change in ({"dry_run": True}, {"name": "Q"}, {"create": 1}):
        assert "SignatureDoesNotMatch" in reason({**request, **change})


@pytest.mark.parametrize("stack", ["123456789012:function:other", "210987654321:function:numo"])
def test_a_proof_for_another_function_is_none_here(stack: str) -> None:
    """What support proved to a deployment for trials proves nothing to production."""
    arn = f"arn:aws:lambda:eu-west-1:{stack}"
    assert "SignatureDoesNotMatch" in reason(proved(REQUEST, function_arn=arn))


def test_whoever_has_not_the_secret_or_is_of_another_account_is_refused() -> None:
    assert "SignatureDoesNotMatch" in reason(proved(REQUEST, secret="guessed"))
    assert "another AWS account" in reason(proved(REQUEST, "AKIASTRANGER"))
    assert "InvalidClientTokenId" in reason(spoiled("ASIAJAN", "ASIANOBODY"))


@pytest.mark.parametrize(
    "url",
    [
        "https://sts.us-east-1.amazonaws.com",
        "https://sts.amazonaws.com",
        "http://sts.eu-west-1.amazonaws.com",
        "https://sts.eu-west-1.amazonaws.com.evil.example",
        "https://sts.eu-west-1.amazonaws.com:444",
        "https://evil.example",
        "https://sts.eu-west-1.amazonaws.com@evil.example",
        "https://user@sts.eu-west-1.amazonaws.com",
        "HTTPS://sts.eu-west-1.amazonaws.com",
        "https://STS.eu-west-1.amazonaws.com",
        " https://sts.eu-west-1.amazonaws.com",
        "https://sts.eu-west-1.amazonaws.com/path",
    ],
)
def test_only_this_regions_sts_is_asked(url: str) -> None:
    """Scheme, host, port and path to the letter; no other is ever asked anything."""
    sts = Sts()
    assert "not for the STS" in reason(spoiled(STS_URL, url), ask=sts)
    assert sts.asked == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("GetCallerIdentity", "GetSessionToken", "Action"),
        ("GetCallerIdentity", "GetCallerIdentity%0A", "Action"),
        ("Version=2011-06-15", "Version=2012-06-15", "Version"),
        ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", "X-Amz-Algorithm"),
        ("%2Fsts%2F", "%2Fiam%2F", "X-Amz-Credential"),
        ("X-Amz-Signature=", "X-Amz-Signature=0", "X-Amz-Signature"),
        ("X-Amz-Date=2", "X-Amz-Date=x", "X-Amz-Date"),
        ("X-Amz-Date=2", "X-Amz-Date=%D9%A2", "X-Amz-Date"),
        ("Expires=60", "Expires=0", "X-Amz-Expires"),
        ("Expires=60", "Expires=600", "X-Amz-Expires"),
        ("Expires=60", "Expires=61", "more than 60 s"),
        ("Security-Token=", "Security-Token=%20", "X-Amz-Security-Token"),
        ("Version=2011-06-15&", "", "missing"),
        ("&X-Amz-Expires=60", "", "missing"),
        ("Version=", "Version=1&Version=", "twice"),
        ("&X-Amz-Algorithm", "&Extra=1&X-Amz-Algorithm", "unknown"),
        ("Version=", "version=", "unknown"),
        ("&X-Amz-Algorithm", "#&X-Amz-Algorithm", "one way"),
        ("&X-Amz-Algorithm", ";X-Amz-Algorithm", "one way"),
        ("Action=", "Action=+", "one way"),
        ("Action=", "Action=\n", "one way"),
        ("%3Bx-numo-sso-request", "", "does not sign"),
        ("x-numo-sso-function%3B", "", "does not sign"),
        ("host%3B", "", "does not sign"),
        ("x-numo-sso-request", "x-numo-sso-request%3Bzz", "does not sign"),
    ],
)
def test_a_proof_that_is_not_exactly_so_is_never_shown_to_sts(old: str, new: str, why: str) -> None:
    sts = Sts()
    assert why in reason(spoiled(old, new), ask=sts)
    assert sts.asked == []


def test_a_date_that_does_not_exist_is_no_time() -> None:
    day = time.strftime("%Y%m%dT", time.gmtime())
    assert "no time" in reason(spoiled(f"X-Amz-Date={day}", "X-Amz-Date=20261399T"))


@pytest.mark.parametrize("proof", [None, 7, "", ["x"], {"url": "x"}, "x" * 8193])
def test_what_is_no_url_is_refused(proof: object) -> None:
    reason({**REQUEST, "proof": proof})


def test_a_proof_holds_for_its_minute_and_a_clocks_error() -> None:
    """STS takes one for a quarter of an hour, so the time is measured here."""
    callers = ProvedCallers(STS_URL, Sts(), FUNCTION_ARN)
    request, now = proved(REQUEST), time.time()
    for offset in (3 - SKEW_SECONDS, 60 + SKEW_SECONDS - 3):
        assert callers.identify(request, now + offset).verified
    assert "expired" in reason(request, now + 60 + SKEW_SECONDS + 3)
    assert "future" in reason(request, now - SKEW_SECONDS - 3)


def test_our_headers_are_computed_here_and_sent() -> None:
    """What the request says of itself is not asked: its hash and our own name are."""
    sts = Sts()
    ProvedCallers(STS_URL, sts, FUNCTION_ARN).identify(proved(REQUEST), time.time())
    [(_, headers)] = sts.asked
    assert headers["x-numo-sso-function"] == FUNCTION_ARN
    assert len(headers["x-numo-sso-request"]) == 64


def identity(
    arn: object = JAN, account: object = "123456789012", user_id: object = "AROA:jan"
) -> bytes:
    found = {"Arn": arn, "Account": account, "UserId": user_id}
    return json.dumps({"GetCallerIdentityResponse": {"GetCallerIdentityResult": found}}).encode()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, b"<html>"),
        (500, b'{"Error": {"Code": "InternalFailure"}}'),
        (302, b""),
        (400, b'{"Error": {"Code": "Throttling"}}'),
        (429, b'{"Error": {"Code": "TooManyRequestsException"}}'),
        (200, b"<GetCallerIdentityResponse/>"),
        (200, b"[]"),
        (200, b'{"GetCallerIdentityResponse": {}}'),
        (200, identity(None)),
        (200, identity("jan")),
        (200, identity(JAN, "999999999999")),
        (200, identity(JAN, None)),
        (200, identity("arn:aws:iam::123456789012:role/support")),
        (200, identity(JAN + "\n")),
        (200, identity(JAN + " x")),
        (200, identity("arn:aws:s3::123456789012:user/jan")),
        (200, identity(JAN + "x" * 2048)),
        (200, identity(user_id=None)),
        (200, identity(user_id="")),
        (200, identity(user_id="AROA:jan\n")),
        (200, identity(user_id="A" * 257)),
    ],
)
def test_an_sts_that_does_not_answer_as_sts_does_has_told_nothing(status: int, body: bytes) -> None:
    """That is not the caller's fault: a code of its own, and the same may be asked again."""
    refused = refusal(proved(REQUEST), ask=lambda *_: (status, body))
    assert refused.code == "sts-unreachable"
    assert "ask again" in refused.hint


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:iam::123456789012:root",
        "arn:aws:iam::123456789012:user/team/jan",
        "arn:aws:sts::123456789012:federated-user/jan",
        "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Support_1/jan@kurve.nl",
    ],
)
def test_every_kind_of_caller_is_known(arn: str) -> None:
    callers = ProvedCallers(STS_URL, lambda *_: (200, identity(arn)), FUNCTION_ARN)
    assert callers.identify(proved(REQUEST), time.time()) == Caller(arn, "AROA:jan")


def test_what_sts_says_is_repeated_only_where_it_is_a_code() -> None:
    shown = json.dumps({"Error": {"Code": quote("<script>")}}).encode()
    assert "STS says HTTP 403" in reason(proved(REQUEST), ask=lambda *_: (403, shown))


def test_nothing_is_done_while_sts_is_out_of_reach(today: Deployment) -> None:
    callers = ProvedCallers(STS_URL, lambda *_: (503, b""), FUNCTION_ARN)
    today.world = replace(today.world, callers=callers)
    assert today.refused(**proved(REQUEST))["code"] == "sts-unreachable"
    assert today.audit() == []
