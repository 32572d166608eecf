"""CloudFront and its firewall: nothing kept, all passed on, and no school locked out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from deployment.deployed import ROOT, TEMPLATE
from deployment.test_parameters import accepts
from edge.caller import PROOF, VIEWER
from front.handler import page
from numo_local.template.loading import load_template
from numo_local.template.resolving import Resolver
from sso.app import ROUTES

EDGE = load_template(ROOT / "infra/edge.yaml")
GIVEN = {
    "DomainName": "api.numo.nl",
    "OriginDomain": "d-abc.execute-api.eu-west-1.amazonaws.com",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0a",
}
SCHOOL = 2000
"""Pupils behind one address, who all come within five minutes."""


def edge(**more: str) -> Resolver:
    return Resolver(EDGE, {**GIVEN, **more})


def made(name: str, **more: str) -> Any:
    return edge(**more).resolve(EDGE["Resources"][name]["Properties"])


def behaviours(**more: str) -> list[dict[str, Any]]:
    config = made("Distribution", **more)["DistributionConfig"]
    return [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]


def rules(**more: str) -> dict[str, dict[str, Any]]:
    return {each["Name"]: each for each in made("Firewall", **more)["Rules"]}


def paths(rule: dict[str, Any]) -> list[re.Pattern[str]]:
    """The patterns that a rule's statement holds a path against, those that are negated last."""
    return [re.compile(each) for each in re.findall(r"'RegexString': '([^']+)'", str(rule))]


@pytest.mark.parametrize("name", EDGE["Parameters"])
def test_a_parameter_is_described_and_bounded_and_its_default_is_within(name: str) -> None:
    parameter = EDGE["Parameters"][name]
    assert parameter["Description"].endswith(".")
    assert {"AllowedValues", "AllowedPattern", "MinValue"} & parameter.keys()
    if "Default" in parameter:
        assert accepts(parameter, str(parameter["Default"]))


def test_a_certificate_of_another_region_is_refused() -> None:
    regional = GIVEN["CertificateArn"].replace("us-east-1", "eu-west-1")
    assert accepts(EDGE["Parameters"]["CertificateArn"], GIVEN["CertificateArn"])
    assert not accepts(EDGE["Parameters"]["CertificateArn"], regional)


def test_nothing_is_kept() -> None:
    """Least, usual and longest time are zero, so CloudFront asks the gateway each time."""
    policy = made("Nothing")["CachePolicyConfig"]
    assert {policy[f"{each}TTL"] for each in ("Min", "Default", "Max")} == {0}
    for behaviour in behaviours():
        assert behaviour["CachePolicyId"] == edge().resolve({"Ref": "Nothing"})


def test_all_that_a_browser_sends_goes_on_with_its_address() -> None:
    policy = made("Everything")["OriginRequestPolicyConfig"]
    assert policy["CookiesConfig"] == {"CookieBehavior": "all"}
    assert policy["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert policy["HeadersConfig"]["HeaderBehavior"] == "allViewerAndWhitelistCloudFront"
    assert [each.lower() for each in policy["HeadersConfig"]["Headers"]] == [VIEWER]
    for behaviour in behaviours():
        assert behaviour["OriginRequestPolicyId"] == edge().resolve({"Ref": "Everything"})
        assert {method for method, _ in ROUTES} <= set(behaviour["AllowedMethods"])


def test_tls_has_a_floor_on_both_sides() -> None:
    config = made("Distribution")["DistributionConfig"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    [origin] = config["Origins"]
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert origin["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]
    assert {each["ViewerProtocolPolicy"] for each in behaviours()} == {"https-only"}


def test_the_proof_is_a_secret_that_nobody_types_and_the_api_has_its_digest() -> None:
    [origin] = made("Distribution")["DistributionConfig"]["Origins"]
    [header] = origin["OriginCustomHeaders"]
    assert header["HeaderName"] == PROOF
    assert header["HeaderValue"].startswith("{{resolve:secretsmanager:")
    assert made("Proof")["GenerateSecretString"]["PasswordLength"] >= 32
    digest = TEMPLATE["Parameters"]["EdgeProofDigest"]
    assert accepts(digest, "a" * 64)
    assert not accepts(digest, "the secret itself")


@pytest.mark.parametrize(
    ("rule", "parameter", "requests"),
    [
        ("logins-of-one-address", "LoginsPerAddress", 2),
        ("requests-of-one-address", "RequestsPerAddress", 2 + 9),
    ],
)
def test_no_school_behind_one_address_is_locked_out(
    rule: str, parameter: str, requests: int
) -> None:
    """Each pupil logs in and opens some pages, and does it all twice. No lower limit is taken."""
    honest = SCHOOL * requests * 2
    counted = rules()[rule]["Statement"]["RateBasedStatement"]
    assert counted["EvaluationWindowSec"] == 300
    assert int(counted["Limit"]) > honest
    assert not accepts(EDGE["Parameters"][parameter], str(honest - 1))


def test_one_address_cannot_use_up_what_all_schools_share() -> None:
    counted = rules()["logins-of-one-address"]["Statement"]["RateBasedStatement"]
    shared = TEMPLATE["Parameters"]["LoginsPerSecond"]["Default"]
    assert int(counted["Limit"]) / counted["EvaluationWindowSec"] < shared / 2


def test_the_login_is_counted_by_its_two_requests_and_known_networks_are_not() -> None:
    [login] = paths(rules()["logins-of-one-address"])
    assert [path for _, path in ROUTES if login.search(path)] == ["/v1/sso", "/v1/sso/acs"]
    assert "ScopeDownStatement" not in str(rules()["requests-of-one-address"])
    known = rules(KnownNetworks="192.0.2.0/24")
    for name in ("logins-of-one-address", "requests-of-one-address"):
        assert "IPSetReferenceStatement" in str(known[name])
        assert "IPSetReferenceStatement" not in str(rules()[name])


def test_responses_of_far_more_than_8_kb_come_through() -> None:
    """Nothing but the rules of ours looks at a body's size, and the ACS has the higher one."""
    assert made("Firewall")["AssociationConfig"]["RequestBody"] == {
        "CLOUDFRONT": {"DefaultSizeInspectionLimit": "KB_64"}
    }
    sizes = {name: re.findall(r"'Size': (\d+)", str(each)) for name, each in rules().items()}
    assert {name: int(each[0]) for name, each in sizes.items() if each} == {
        "response-too-large": 65535,
        "body-too-large": 8192,
    }
    [acs] = paths(rules()["response-too-large"])
    ours, exempt = paths(rules()["body-too-large"])
    assert acs == exempt
    assert [path for _, path in ROUTES if acs.search(path)] == ["/v1/sso/acs"]
    assert all(ours.search(path) for _, path in ROUTES)
    assert ours.search("/v1/session")
    assert not ours.search("/v1/lessons")
    managed = [each for each in rules().values() if "ManagedRuleGroupStatement" in str(each)]
    assert "CommonRuleSet" not in str(managed)


def test_what_the_firewall_refuses_has_a_page_too() -> None:
    bodies = made("Firewall")["CustomResponseBodies"]
    assert bodies["Busy"]["Content"] == page("429")
    assert bodies["Large"]["Content"] == page("413")
    for each in rules().values():
        if "Action" in each:
            refused = each["Action"]["Block"]["CustomResponse"]
            body = bodies[refused["CustomResponseBodyKey"]]["Content"]
            assert body == page(str(refused["ResponseCode"]))


def test_pages_for_the_gateways_answers_are_given_where_people_look_and_can_be_left_out() -> None:
    default, login = behaviours()
    assert "LambdaFunctionAssociations" not in default
    assert login["PathPattern"] == "/v1/sso*"
    [asked] = login["LambdaFunctionAssociations"]
    assert asked["EventType"] == "origin-response"
    assert "LambdaFunctionAssociations" not in behaviours(ErrorPages="false")[1]
    assert EDGE["Resources"]["FrontFunction"]["Condition"] == "GivesPages"
    function = made("FrontFunction")
    assert "Environment" not in function  # CloudFront refuses one
    assert function["Architectures"] == ["x86_64"]
    assert "Policies" not in made("FrontRole")  # it may do nothing at all


def test_the_makefile_deploys_it_where_aws_wants_it() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ndeploy-edge:")[2]
    recipe = recipe.partition("\n.PHONY")[0]
    assert "--region us-east-1" in recipe
    needed = [name for name, each in EDGE["Parameters"].items() if "Default" not in each]
    assert [name for name in needed if f"{name}=" not in recipe] == []
