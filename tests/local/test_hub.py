"""The stand-in for the hub: what it sends, and what it refuses to answer."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import quote, urlsplit

import pytest
import xmlsec
from lxml import etree
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML
from werkzeug.datastructures import MultiDict

from numo_local.addresses import Addresses
from numo_local.hub.hub import Hub
from numo_local.hub.key import HubKey
from numo_local.hub.metadata import hub_metadata
from numo_local.hub.mishaps import MISHAPS
from numo_local.hub.options import ResponseOptions
from numo_local.hub.request import AuthnRequest, RequestRefusedError, read_request
from numo_local.hub.response import build_response
from numo_local.hub.service_provider import ServiceProvider
from numo_local.hub.typed import read_typed
from numo_sso.federation.metadata import Expected, digest_metadata
from numo_sso.saml.request import RequestSigner

KEY = HubKey.generate()
OUR_KEY = HubKey.generate("Numo SSO")
SSO = "http://localhost:8600/hub/sso"
ENTITY_ID = "http://127.0.0.1:8600/v1/sso/metadata"
ACS = "http://127.0.0.1:8600/v1/sso/acs"
SERVICE = ServiceProvider(ENTITY_ID, (ACS,), (base64.b64decode(OUR_KEY.certificate),))
OPTIONS = ResponseOptions(
    issuer="http://localhost:8600/hub/metadata",
    audience=ENTITY_ID,
    recipient=ACS,
    in_response_to="_request",
    attributes={"nlEduPersonRealId": ["140101@petteflatcollege"], "uid": ["x@y"]},
    authenticating_authority=["https://elo.example/idp"],
    issue_instant=1_795_500_000,
)
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"


def _query(**changes: str) -> bytes:
    """A start's query, by the code that makes it; ``changes`` replace what it says."""
    ours = RequestSigner(ENTITY_ID, ACS, OUR_KEY.private_key.decode())
    url = ours.redirect(
        sso_url=changes.get("sso_url", SSO),
        request_id="_0123456789abcdefghijkl",
        issued_at=1_795_500_000,
        relay_state=changes.get("relay_state", "state"),
        force_authn=True,
        provider="https://elo.example/idp",
    )
    return urlsplit(url).query.encode()


def test_our_request_is_accepted_and_read() -> None:
    """What a start sends is what the hub understands."""
    request = read_request(_query(), SSO, SERVICE)
    assert request == AuthnRequest(
        id="_0123456789abcdefghijkl",
        issuer=ENTITY_ID,
        acs_url=ACS,
        relay_state="state",
        force_authn=True,
        providers=("https://elo.example/idp",),
    )


@pytest.mark.parametrize(
    ("query", "service", "reason"),
    [
        (_query().replace(b"RelayState=state", b"RelayState=other"), SERVICE, "signature"),
        (_query().partition(b"&SigAlg")[0], SERVICE, "without SigAlg, Signature"),
        (_query() + b"&RelayState=two", SERVICE, "twice"),
        (_query().replace(b"rsa-sha256", b"rsa-sha1"), SERVICE, "RSA-SHA256"),
        (_query(relay_state="x" * 81), SERVICE, "80 bytes"),
        (_query(sso_url="http://localhost:1/other"), SERVICE, "Destination"),
        (_query(), ServiceProvider(ENTITY_ID, (), SERVICE.certificates), "no ACS"),
        (_query(), ServiceProvider("other", (ACS,), SERVICE.certificates), "not a service"),
        (_query(), ServiceProvider(ENTITY_ID, (ACS,), ()), "signature"),
    ],
)
def test_what_the_hub_refuses(query: bytes, service: ServiceProvider, reason: str) -> None:
    """A request that the real hub would not take fails here too, with the reason."""
    with pytest.raises(RequestRefusedError, match=reason):
        read_request(query, SSO, service)


@pytest.mark.parametrize("document", [b"<a/>", b"no xml"])
def test_a_request_that_is_none_is_refused(document: bytes) -> None:
    """Even when it is signed well."""
    packed = zlib.compressobj(wbits=-15)
    raw = base64.b64encode(packed.compress(document) + packed.flush()).decode()
    algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    signed = f"SAMLRequest={quote(raw, safe='')}&SigAlg={quote(algorithm, safe='')}"
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(OUR_KEY.private_key, xmlsec.constants.KeyDataFormatPem)
    signature = context.sign_binary(signed.encode(), xmlsec.constants.TransformRsaSha256)
    query = f"{signed}&Signature={quote(base64.b64encode(signature).decode(), safe='')}"
    with pytest.raises(RequestRefusedError, match="SAMLRequest"):
        read_request(query.encode(), SSO, SERVICE)


def _verify(element: etree._Element, key: HubKey) -> None:
    """Check the enveloped signature of an element, with the key alone."""
    xmlsec.tree.add_ids(element, ["ID"])
    signature = element.find(f"{DS}Signature")
    assert signature is not None
    pem = base64.b64decode(key.certificate)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertDer)
    context.verify(signature)


@pytest.mark.parametrize("sign_response", [False, True])
def test_a_response_is_valid_and_signed(sign_response: bool) -> None:
    """It keeps to SAML's schema, and each signature that is asked for holds."""
    options = ResponseOptions(**{**vars(OPTIONS), "sign_response": sign_response})
    document = build_response(options, KEY)
    OneLogin_Saml2_XML.validate_xml(document, "saml-schema-protocol-2.0.xsd")
    response = etree.fromstring(document)
    assertion = response.find(f"{SAML}Assertion")
    assert assertion is not None
    _verify(assertion, KEY)
    if sign_response:
        _verify(response, KEY)
    assert (response.find(f"{DS}Signature") is not None) is sign_response


def test_a_response_has_the_hubs_lifetimes() -> None:
    """300 seconds from issue, and one second before it."""
    response = etree.fromstring(build_response(OPTIONS, KEY))
    conditions = next(response.iter(f"{SAML}Conditions"))
    assert response.get("IssueInstant") == "2026-11-24T06:00:00Z"
    assert conditions.get("NotBefore") == "2026-11-24T05:59:59Z"
    assert conditions.get("NotOnOrAfter") == "2026-11-24T06:05:00Z"


@pytest.mark.parametrize("name", MISHAPS)
def test_each_mishap_changes_the_response(name: str) -> None:
    """No button sends a good response."""
    spoilt = MISHAPS[name].build(OPTIONS, KEY)
    assert spoilt != build_response(OPTIONS, KEY)
    etree.fromstring(spoilt)


def test_the_hubs_metadata_is_what_support_accepts() -> None:
    """The digest that login reads comes from it by the same code as on AWS."""
    hub = Hub(Addresses(8600, 8601), KEY)
    document = hub_metadata(hub.entity_id, hub.sso_url, KEY)
    digest = digest_metadata(document, Expected(hub.entity_id, "localhost", "local"), 1.8e9)
    assert digest["sso_url"] == SSO
    assert [each["certificate"] for each in digest["certificates"]] == [KEY.certificate]


def test_a_good_response_can_be_replayed_and_a_spoilt_one_is_not() -> None:
    """The replay button sends the last response that would have worked."""
    hub = Hub(Addresses(8600, 8601), KEY)
    request = AuthnRequest("_r", ENTITY_ID, ACS, "", force_authn=False, providers=())
    good = hub.answer(request, OPTIONS.attributes, "https://elo.example/idp")
    hub.answer(request, OPTIONS.attributes, "https://elo.example/idp", "expired")
    assert hub.last is good


def test_typed_attributes_have_a_value_a_line() -> None:
    """Empty fields are left out, and further attributes are lines of name=value."""
    form = MultiDict(
        {"eduPersonAffiliation": "student\r\naffiliate\r\n", "sn": " ", "more": "a=1\na=2\nsn=X"}
    )
    assert read_typed(form) == {
        "eduPersonAffiliation": ["student", "affiliate"],
        "a": ["1", "2"],
        "sn": ["X"],
    }
