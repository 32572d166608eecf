"""Everything a login trusts, built once from one configuration and one set of URLs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.configuration import Configuration, parse
from numo_sso.flow import FlowCookies
from numo_sso.saml.policy import Expected
from numo_sso.saml.request import RequestSigner
from numo_sso.saml.verify import Verifier
from numo_sso.urls import PATH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.urls import Urls


@dataclass(frozen=True)
class Trust:
    """The configuration in force and what was built from it: keys loaded, settings checked."""

    configuration: Configuration
    urls: Urls
    signer: RequestSigner
    verifier: Verifier
    flow_cookies: FlowCookies

    def expected(self, request_id: str) -> Expected:
        return Expected(
            issuer=self.configuration.idp.entity_id,
            audience=self.urls.entity_id,
            acs_url=self.urls.acs,
            request_id=request_id,
        )


def build_trust(parameters: Mapping[str, str], urls: Urls, now: float) -> Trust:
    """Parse the parameters and build all that a login needs of them.

    Raises:
        NotConfigured: a parameter is missing or unreadable.
    """
    configuration = parse(parameters)
    verifier = Verifier(configuration.idp, urls.entity_id, urls.acs)
    verifier.prepare(now)
    return Trust(
        configuration=configuration,
        urls=urls,
        signer=RequestSigner(urls.entity_id, urls.acs, configuration.service_keys[0].private_key),
        verifier=verifier,
        flow_cookies=FlowCookies(configuration.cookie_keys, PATH),
    )
