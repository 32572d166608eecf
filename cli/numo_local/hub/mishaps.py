"""What goes wrong with logins, each as one change to a good response."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from numo_local.hub import names
from numo_local.hub.key import HubKey
from numo_local.hub.response import build_response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numo_local.hub.options import ResponseOptions

HOUR = 3600
UNKNOWN_BRIN = "99XX"
REAL_ID = "nlEduPersonRealId"
BRIN = "nlEduPersonHomeOrganizationId"


@dataclass(frozen=True)
class Mishap:
    """One thing that can go wrong."""

    label: str
    """What its button says."""
    build: Callable[[ResponseOptions, HubKey], bytes]


def _expired(options: ResponseOptions, key: HubKey) -> bytes:
    return build_response(replace(options, issue_instant=options.issue_instant - HOUR), key)


def _wrong_audience(options: ResponseOptions, key: HubKey) -> bytes:
    return build_response(replace(options, audience="https://another.example/metadata"), key)


def _no_real_id(options: ResponseOptions, key: HubKey) -> bytes:
    kept = {name: each for name, each in options.attributes.items() if name != REAL_ID}
    return build_response(replace(options, attributes=kept), key)


def _unknown_school(options: ResponseOptions, key: HubKey) -> bytes:
    attributes = {**options.attributes, BRIN: [UNKNOWN_BRIN]}
    attributes.pop("nlEduPersonHomeOrganizationBranchId", None)
    return build_response(replace(options, attributes=attributes), key)


def _bad_signature(options: ResponseOptions, _key: HubKey) -> bytes:
    return build_response(options, HubKey.generate("Somebody else"))


def _tampered(options: ResponseOptions, key: HubKey) -> bytes:
    """Sign, and then let it be somebody else: the value grows by one sign."""
    response = build_response(options, key)
    value = options.attributes.get(REAL_ID, [""])[0]
    return response.replace(f">{value}</".encode(), f">1{value}</".encode())


def _hub_says_no(options: ResponseOptions, key: HubKey) -> bytes:
    refusal = replace(
        options,
        status=names.RESPONDER,
        sub_status=names.AUTHN_FAILED,
        status_message="The school's identity provider did not log the user in",
    )
    return build_response(refusal, key)


MISHAPS: Mapping[str, Mishap] = {
    "expired": Mishap("Expired", _expired),
    "wrong-audience": Mishap("Wrong audience", _wrong_audience),
    "no-realid": Mishap("No RealId", _no_real_id),
    "unknown-school": Mishap("Unknown school", _unknown_school),
    "bad-signature": Mishap("Bad signature", _bad_signature),
    "tampered": Mishap("Tampered", _tampered),
    "hub-says-no": Mishap("Hub says no", _hub_says_no),
}
"""By the name of the button; a replay is not among them, as it sends what was sent before."""
