"""The presigned URL in a proof, read so strictly that it can ask STS one thing only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from numo_sso.support.callers.proof import OPERATION, SECONDS
from numo_sso.support.speech import say
from numo_sso.times import epoch_time

if TYPE_CHECKING:
    from collections.abc import Collection

SKEW_SECONDS = 60
"""What the clocks of the caller and of Lambda may differ."""
_MAX_CHARACTERS = 8192
_QUERY = re.compile(r"[A-Za-z0-9%&=._~-]+")
"""Nothing that two readers read differently: no plus, no semicolon, no fragment."""
_TOKEN = "X-Amz-Security-Token"  # noqa: S105  # a parameter's name
_SHAPES = {
    "Action": re.escape(OPERATION["Action"]),
    "Version": re.escape(OPERATION["Version"]),
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": r"[A-Za-z0-9_]{1,128}/[0-9]{8}/[a-z0-9-]{1,32}/sts/aws4_request",
    "X-Amz-Date": r"[0-9]{8}T[0-9]{6}Z",
    "X-Amz-Expires": r"[1-9][0-9]?",
    "X-Amz-SignedHeaders": r"[a-z0-9;-]+",
    "X-Amz-Signature": r"[0-9a-f]{64}",
    _TOKEN: r"[!-~]{1,4096}",
}


class Unproved(Exception):  # noqa: N818  # it is an answer, not a bug
    """Why a proof does not hold, in a few words of ours: nothing of the proof is repeated."""


def read_query(proof: object, sts_url: str, headers: Collection[str], now: float) -> str:
    """The query with which to ask STS, encoded anew from what was read.

    Args:
        sts_url: scheme and host that the proof must be for, to the letter.
        headers: the names, in order, that must be signed beside the host, and no other.

    Raises:
        Unproved: it is no GetCallerIdentity for that STS, or of another time.
    """
    found = _read(proof, sts_url)
    if found["X-Amz-SignedHeaders"].split(";") != ["host", *headers]:
        raise Unproved(say("it does not sign this request"))
    _check_time(found, now)
    return urlencode(found, quote_via=quote, safe="-_.~")


def _read(proof: object, sts_url: str) -> dict[str, str]:
    if not isinstance(proof, str) or len(proof) > _MAX_CHARACTERS:
        raise Unproved(say("it is no URL of a usual size"))
    start = f"{sts_url}/?"
    if not proof.startswith(start):
        raise Unproved(say("it is not for the STS of this region"))
    query = proof.removeprefix(start)
    if not _QUERY.fullmatch(query):
        raise Unproved(say("its query cannot be read in one way only"))
    pairs = parse_qsl(query, keep_blank_values=True)
    found = dict(pairs)
    if len(found) != len(pairs) or found.keys() | {_TOKEN} != _SHAPES.keys():
        raise Unproved(say("a parameter is missing, unknown or there twice"))
    for name, value in found.items():
        if not re.fullmatch(_SHAPES[name], value):
            raise Unproved(say("its {parameter} is not as it should be", parameter=name))
    return found


def _check_time(found: dict[str, str], now: float) -> None:
    expires = int(found["X-Amz-Expires"])
    if expires > SECONDS:
        raise Unproved(say("it holds for more than {seconds} s", seconds=SECONDS))
    try:
        signed = epoch_time(found["X-Amz-Date"])
    except ValueError:
        raise Unproved(say("its X-Amz-Date is no time")) from None
    if now < signed - SKEW_SECONDS:
        raise Unproved(say("it is from the future"))
    if now > signed + expires + SKEW_SECONDS:
        raise Unproved(say("it has expired"))
