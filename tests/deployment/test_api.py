"""The API: its routes, its two ways to be reached, and its brakes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deployment.deployed import (
    DOMAIN,
    ROOT,
    TEMPLATE,
    handed,
    overrides,
    production,
    properties,
    root_with,
)
from numo_local.template.model import read_definition
from numo_local.template.resolving import Resolver
from numo_sso.urls import Urls
from session.app import ROUTES as SESSION_ROUTES
from sso.app import ROUTES as SSO_ROUTES

CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0f0f0f0f"


def test_the_routes_are_those_that_the_handlers_know_and_the_rest_goes_to_sso() -> None:
    definition = read_definition(ROOT / "template.yaml", overrides("production"))
    routes = {route.key: route.function for route in definition.routes}
    expected = {f"{method} {path}": "SsoFunction" for method, path in SSO_ROUTES}
    expected |= {f"{method} {path}": "SessionFunction" for method, path in SESSION_ROUTES}
    assert routes == {**expected, "$default": "SsoFunction"}
    assert len(definition.routes) == len(routes)


@pytest.mark.parametrize("api", ["Api", "SessionApi"])
def test_an_api_answers_on_its_own_domain_only(api: str) -> None:
    """The execute-api host would be a second origin, past whatever guards the domain."""
    assert properties(api)["DisableExecuteApiEndpoint"] is True


def test_the_session_api_hands_everything_to_the_session_function_as_payload_v2() -> None:
    paths = properties("SessionApi")["DefinitionBody"]["paths"]
    assert list(paths) == ["/$default"]
    (route,) = paths["/$default"].values()
    integration = route["x-amazon-apigateway-integration"]
    assert route["isDefaultRoute"] is True
    assert integration["payloadFormatVersion"] == "2.0"
    assert "SessionFunction.Alias" in integration["uri"]
    permission = properties("SessionApiPermission")
    assert permission["Principal"] == "apigateway.amazonaws.com"
    assert permission["SourceArn"].endswith("-SessionApi/*/$default")


def present(values: dict[str, str]) -> set[str]:
    """Resources that exist only under some condition, and do with these parameters."""
    root = root_with({**overrides("production"), **values})
    return {
        name
        for stack in (root, handed(root, "Domain"))
        for name, resource in stack.template["Resources"].items()
        if "Condition" in resource and stack.holds(resource["Condition"])
    }


def test_mapped_mode_hangs_two_apis_below_a_domain_that_is_not_ours() -> None:
    expected = {"SessionApi", "SessionApiPermission", "SsoMapping", "SessionMapping"}
    assert present({"DomainMode": "mapped"}) == expected
    given = TEMPLATE["Resources"]["Domain"]["Properties"]["Parameters"]
    assert (given["ApiId"], given["ApiStage"]) == ({"Ref": "Api"}, {"Ref": "Api.Stage"})
    assert given["SessionApiId"]["Fn::If"][1] == {"Ref": "SessionApi"}
    assert given["SessionApiStage"]["Fn::If"][1] == {"Ref": "SessionApi.Stage"}
    for mapping, key, api in (("Sso", "v1/sso", "Api"), ("Session", "v1/session", "SessionApi")):
        written = DOMAIN["Resources"][f"{mapping}Mapping"]["Properties"]
        assert written["ApiMappingKey"] == key
        assert written["DomainName"] == {"Ref": "DomainName"}
        assert written["ApiId"] == {"Ref": f"{api}Id"}
        assert written["Stage"] == {"Ref": f"{api}Stage"}


def test_a_domain_that_is_not_ours_is_changed_by_one_mapping_at_a_time() -> None:
    """Of two at once API Gateway may refuse one, and with it the first deployment."""
    assert DOMAIN["Resources"]["SessionMapping"]["DependsOn"] == "SsoMapping"


def test_own_mode_makes_the_domain_and_its_record_where_a_zone_is_given() -> None:
    own = {"DomainMode": "own", "CertificateArn": CERTIFICATE}
    assert present(own) == {"OwnDomainName", "OwnMapping"}
    assert present({**own, "HostedZoneId": "Z123"}) == {"OwnDomainName", "OwnMapping", "Record"}
    configuration = properties("OwnDomainName")["DomainNameConfigurations"][0]
    assert configuration["SecurityPolicy"] == "TLS_1_2"


def test_a_permission_for_another_api_is_given_only_when_asked() -> None:
    caller = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/authorizers/*"
    assert "AuthorizerPermission" in present({"AuthorizerCallerArn": caller})
    assert "AuthorizerPermission" not in present({})


def rate(mode: str) -> tuple[Any, Any]:
    """The rates of the start and of every route without one, in a mode."""
    values = {"DomainMode": mode, "LoginsPerSecond": "7", "RequestsPerSecond": "9"}
    resolver = Resolver(TEMPLATE, {**overrides("production"), **values})
    api = resolver.resolve(TEMPLATE["Resources"]["Api"]["Properties"])
    start = api["RouteSettings"]["GET /v1/sso"]["ThrottlingRateLimit"]
    assert api["RouteSettings"]["POST /v1/sso/acs"]["ThrottlingRateLimit"] == start
    return start, api["DefaultRouteSettings"]["ThrottlingRateLimit"]


def test_logins_have_a_rate_of_their_own_that_strays_cannot_use_up() -> None:
    """Below a mapping every login arrives at the default route, which then has their rate."""
    assert rate("own") == ("7", "9")
    assert rate("mapped") == ("7", "7")


@pytest.mark.parametrize("mode", ["own", "mapped"])
def test_every_route_of_every_api_is_throttled(mode: str) -> None:
    """Those without a rate of their own have their API's; no parameter lets one be none."""
    resolver = Resolver(TEMPLATE, {**overrides("production"), "DomainMode": mode})
    apis = [n for n, r in TEMPLATE["Resources"].items() if r["Type"].endswith("::HttpApi")]
    assert apis == ["Api", "SessionApi"]
    for name in apis:
        api = resolver.resolve(TEMPLATE["Resources"][name]["Properties"])
        for settings in (api["DefaultRouteSettings"], *api.get("RouteSettings", {}).values()):
            assert int(settings["ThrottlingRateLimit"]) > 0
            assert int(settings["ThrottlingBurstLimit"]) > 0


def test_the_access_log_is_json_and_names_no_person() -> None:
    line = json.loads(properties("Api")["AccessLogSettings"]["Format"])
    assert {"request", "route", "status", "latency", "error"} <= line.keys()
    shown = " ".join(line.values())
    assert not [word for word in ("identity", "Ip", "userAgent", "path", "query") if word in shown]


def test_the_urls_that_are_put_out_are_those_that_login_uses() -> None:
    urls = Urls("https://api.numo.nl")
    outputs = {name: production().resolve(o["Value"]) for name, o in TEMPLATE["Outputs"].items()}
    assert outputs["MetadataUrl"] == urls.entity_id
    assert outputs["AcsUrl"] == urls.acs
    assert outputs["StartUrl"] == urls.start
    assert outputs["SessionUrl"] == "https://api.numo.nl/v1/session"
    assert TEMPLATE["Outputs"]["AuthorizerArn"]["Value"] == {"Ref": "AuthorizerFunction.Alias"}
