"""Everything a login trusts, built once from one configuration and one set of URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import xmlsec

from numo_sso.configuration import Configuration, NotConfigured, parse
from numo_sso.flow import FlowCookies
from numo_sso.relay_state import RelayStates
from numo_sso.saml.policy import Expected
from numo_sso.saml.request import RequestSigner
from numo_sso.saml.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.urls import Urls


class Trust(NamedTuple):
    """The configuration in force and what was built from it: keys loaded, settings checked."""

    configuration: Configuration
    urls: Urls
    signer: RequestSigner
    verifier: Verifier
    flow_cookies: FlowCookies
    relay_states: RelayStates
    decryption_keys: tuple[xmlsec.Key, ...]
    """Those that an assertion may be encrypted for; none where encryption is not configured."""

    def expected(self, request_id: str) -> Expected:
        return Expected(
            issuer=self.configuration.idp.entity_id,
            audience=self.urls.entity_id,
            acs_url=self.urls.acs,
            request_id=request_id,
        )


def build_trust(parameters: Mapping[str, str], urls: Urls, *, encryption: bool = False) -> Trust:
    """Parse the parameters and build all that a login needs of them.

    Args:
        parameters: as :func:`numo_sso.configuration.parse` reads them.
        urls: our own.
        encryption: whether encrypted assertions are taken.

    Raises:
        NotConfigured: a parameter is missing or unreadable.
    """
    configuration = parse(parameters)
    verifier = Verifier(configuration.idp, urls.entity_id, urls.acs)
    opening = configuration.service_keys if encryption else ()
    return Trust(
        configuration=configuration,
        urls=urls,
        signer=RequestSigner(urls.entity_id, urls.acs, configuration.service_keys[0].private_key),
        verifier=verifier,
        flow_cookies=FlowCookies(configuration.cookie_keys),
        relay_states=RelayStates(configuration.cookie_keys),
        decryption_keys=tuple(_private_key(each.private_key) for each in opening),
    )


def _private_key(pem: str) -> xmlsec.Key:
    try:
        return xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem, None)
    except (TypeError, xmlsec.Error) as error:
        raise NotConfigured("parameter sp: a key that cannot be read") from error
