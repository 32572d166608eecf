"""The built packages under Lambda's runtime client, with their roles: a whole login, and strays."""

from __future__ import annotations

import base64
import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from lxml import etree

from deployment.cloud import Cloud, sample
from deployment.deployed import ROOT
from deployment.guard import REFUSED_CODES_KEY
from edge.http import Response
from kit.world import ATTRIBUTES, AUTHORITY, HUB, Started, hub_key
from numo_local.hub.response import ResponseOptions, build_response

if TYPE_CHECKING:
    from collections.abc import Mapping


PUBLIC = "https://api.numo.nl"
REFERENCE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def cookie_pairs(answer: Mapping[str, Any]) -> list[str]:
    """The cookies that an answer sets, as a browser sends them back."""
    return [line.partition(";")[0] for line in answer["cookies"] if "Max-Age=0" not in line]


def request_id_of(started: Mapping[str, Any]) -> str:
    """Of the request that a start sent the browser to the hub with."""
    return Started(Response(302, headers=dict(started["headers"]))).request_id


def hub_form(request_id: str, attributes: Mapping[str, list[str]] = ATTRIBUTES) -> str:
    """The form that the hub's page posts, as the gateway hands it over."""
    options = ResponseOptions(
        issuer=HUB,
        audience=f"{PUBLIC}/v1/sso/metadata",
        recipient=f"{PUBLIC}/v1/sso/acs",
        in_response_to=request_id,
        attributes=dict(attributes),
        issue_instant=time.time(),
        authenticating_authority=[AUTHORITY],
    )
    document = base64.b64encode(build_response(options, hub_key())).decode()
    return base64.b64encode(urlencode({"SAMLResponse": document}).encode()).decode()


def posted(started: Mapping[str, Any]) -> dict[str, Any]:
    """The event of a response of the hub to this start."""
    form = hub_form(request_id_of(started))
    return sample("sso/acs.json", cookies=cookie_pairs(started), body=form)


def ends_on_a_page(answer: Mapping[str, Any], *statuses: int) -> None:
    assert answer["statusCode"] in statuses, answer
    assert answer["headers"]["content-type"].startswith("text/html")
    assert REFERENCE.search(answer["body"]), answer["body"]
    assert not [c for c in answer["cookies"] if "session=" in c and "Max-Age=0" not in c]


def log_in(cloud: Cloud, suffix: str = "") -> tuple[Mapping[str, Any], str]:
    """Start, and post what the hub answers; the suffix chooses the events of mapped mode."""
    started = cloud.invoke("Sso", sample(f"sso/start{suffix}.json"))
    assert started["statusCode"] == 302
    form = hub_form(request_id_of(started))
    posted = sample(f"sso/acs{suffix}.json", cookies=cookie_pairs(started), body=form)
    return cloud.invoke("Sso", posted), form


@pytest.mark.parametrize("suffix", ["", "-mapped"])
def test_a_pupil_logs_in_is_known_to_every_function_and_logs_out(cloud: Cloud, suffix: str) -> None:
    """From the click to the end, in the packages that are deployed, each within its role."""
    landed, _ = log_in(cloud, suffix)
    assert landed["statusCode"] == 303
    assert landed["headers"]["location"] == "https://petteflat.numo.nl/lessen/12"
    session = [pair for pair in cookie_pairs(landed) if pair.startswith("__Host-numo_session=")]
    shown = cloud.invoke("Session", sample(f"session/show{suffix}.json", cookies=session))
    assert shown["statusCode"] == 200
    assert '"persoonscode": "140136"' in shown["body"]
    asked = sample("authorizer/request.json", cookies=session, identitySource=session)
    assert cloud.invoke("Authorizer", asked)["isAuthorized"] is True
    ended = cloud.invoke("Session", sample("session/end.json", cookies=session))
    assert ended["statusCode"] in {200, 204}
    assert cloud.invoke("Authorizer", asked)["isAuthorized"] is False
    assert not [guard.denied for guard in cloud.guards.values() if guard.denied]


def test_a_double_submit_is_sent_on_and_finds_the_session(cloud: Cloud) -> None:
    started = cloud.invoke("Sso", sample("sso/start.json"))
    form = hub_form(request_id_of(started))
    posted = sample("sso/acs.json", cookies=cookie_pairs(started), body=form)
    landed = cloud.invoke("Sso", posted)
    again = cloud.invoke("Sso", posted)
    assert again["statusCode"] == 303
    path, _, query = again["headers"]["location"].partition("?")
    assert path == f"{PUBLIC}/v1/sso/continue"
    both = [*cookie_pairs(started), *cookie_pairs(landed)]
    arrived = sample("sso/continue.json", cookies=both, rawQueryString=query)
    on = cloud.invoke("Sso", arrived)
    assert on["statusCode"] == 303
    assert on["headers"]["location"] == landed["headers"]["location"]
    assert not cloud.guards["Sso"].denied


def test_a_refused_code_is_sealed_in_logins_role_and_opened_in_supports(cloud: Cloud) -> None:
    """One zero too many: refused, and who is near is kept with the code that came."""
    started = cloud.invoke("Sso", sample("sso/start.json"))
    attributes = ATTRIBUTES | {"nlEduPersonRealId": ["0140136@petteflatcollege"]}
    form = hub_form(request_id_of(started), attributes)
    posted = sample("sso/acs.json", cookies=cookie_pairs(started), body=form)
    assert cloud.invoke("Sso", posted)["statusCode"] == 403
    line = [each for each in cloud.log("Sso") if each.get("reference")][-1]
    assert (line["outcome"], line.get("near_miss")) == ("user-unknown", None)
    asked = sample("support/trace-refused-code.json", reference=line["reference"])
    answer = cloud.invoke("Support", asked)
    assert answer["data"]["code"] == "0140136", answer
    assert answer["data"]["rule"] == "zeros-stripped"
    assert ("kms:Encrypt", REFUSED_CODES_KEY) in cloud.guards["Sso"].used
    assert ("kms:Decrypt", REFUSED_CODES_KEY) in cloud.guards["Support"].used
    assert not [each.denied for each in cloud.guards.values() if each.denied]


@pytest.mark.parametrize(
    ("function", "path", "status"),
    [
        ("Sso", "sso/acs.json", 400),
        ("Sso", "sso/logout-page.json", 200),
        ("Sso", "sso/unknown-route.json", 404),
        ("Session", "session/show.json", 401),
        ("Session", "session/preflight.json", 204),
    ],
)
def test_a_sample_event_is_answered(cloud: Cloud, function: str, path: str, status: int) -> None:
    """None of them is a good login, and each ends with an answer that is ours."""
    answer = cloud.invoke(function, sample(path))
    assert answer["statusCode"] == status, answer


def test_the_metadata_is_made_from_the_key_in_ssm(cloud: Cloud) -> None:
    answer = cloud.invoke("Sso", sample("sso/metadata.json"))
    document = etree.fromstring(answer["body"].encode())
    assert answer["statusCode"] == 200
    assert document.get("entityID") == f"{PUBLIC}/v1/sso/metadata"


def test_a_stray_authorization_is_denied(cloud: Cloud) -> None:
    assert cloud.invoke("Authorizer", sample("authorizer/request.json"))["isAuthorized"] is False


def test_a_refused_request_of_another_api_is_found_by_the_id_that_its_gateway_gives(
    cloud: Cloud,
) -> None:
    """The answer has no room for a reference; the header ``apigw-requestid`` is in our line."""
    asked = sample("authorizer/request.json")
    answer = cloud.invoke("Authorizer", asked)
    assert answer == {"isAuthorized": False, "context": {}}
    line = cloud.log("Authorizer")[-1]
    assert line["request_id"] == asked["requestContext"]["requestId"]
    assert line["outcome"] == "session-missing"
    runbook = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    assert f'filter request_id = "{line["request_id"]}"' in runbook


def test_every_line_that_a_function_logs_is_json_and_names_nobody(cloud: Cloud) -> None:
    log_in(cloud)
    lines = str(cloud.log("Sso"))
    assert "outcome" in lines
    for personal in ("140136", "Pietje", "Puk"):
        assert personal not in lines
