"""The verification: whether the hub signed this response, and python3-saml accepts it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import xmlsec
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from numo_sso.outcomes import Refused
from numo_sso.saml.library import AdmittedResponse, library_now
from numo_sso.saml.policy import SKEW

if TYPE_CHECKING:
    from lxml import etree

    from numo_sso.configuration import IdentityProvider
    from numo_sso.saml.gate import Admitted


@dataclass(frozen=True)
class Verifier:
    """Verifies with the certificates of the metadata in force, never one from the message."""

    idp: IdentityProvider
    entity_id: str
    acs_url: str
    _settings: dict[tuple[str, ...], OneLogin_Saml2_Settings] = field(
        default_factory=dict, init=False, repr=False
    )

    def prepare(self, now: float) -> None:
        """Build the settings ahead of the first response.

        Without a certificate in force there is nothing to build: a start still works, and each
        response is refused until new metadata comes.
        """
        with suppress(Refused):
            self._settings_for(self._certificates(now))

    def verify(self, admitted: Admitted, request_id: str, now: float) -> etree._Element:
        """Return the assertion, whose signature is then known to be the hub's.

        Raises:
            Refused: ``response-untrusted``; the library's reason is in the detail, by its class
                only, since its messages quote the response.
        """
        settings = self._settings_for(self._certificates(now))
        # The library knows no skew on a confirmation's end, and the policy decides on all times:
        # a clock set back by the skew makes the library refuse nothing that the policy accepts.
        token = library_now.set(int(now) - SKEW)
        try:
            response = AdmittedResponse(settings, admitted.response)
            response.is_valid(self._request_data(), request_id, raise_exceptions=True)
        except (Exception, xmlsec.Error) as error:  # many types leave it; every one is a refusal
            raise Refused("response-untrusted", _reason(error)) from error
        finally:
            library_now.reset(token)
        return admitted.assertion

    def _certificates(self, now: float) -> tuple[str, ...]:
        valid = tuple(each.base64_der for each in self.idp.certificates if each.in_force(now))
        if not valid:
            raise Refused("response-untrusted", "no certificate in force")
        return valid

    def _settings_for(self, certificates: tuple[str, ...]) -> OneLogin_Saml2_Settings:
        if certificates not in self._settings:
            self._settings[certificates] = OneLogin_Saml2_Settings(self._describe(certificates))
        return self._settings[certificates]

    def _describe(self, certificates: tuple[str, ...]) -> dict[str, Any]:
        return {
            "strict": True,
            "debug": False,
            "sp": {
                "entityId": self.entity_id,
                "assertionConsumerService": {"url": self.acs_url},
            },
            "idp": {
                "entityId": self.idp.entity_id,
                "singleSignOnService": {"url": self.idp.sso_url},
                "x509certMulti": {"signing": list(certificates)},
            },
            "security": {
                "wantAssertionsSigned": True,
                "wantMessagesSigned": False,  # the hub signs the assertion, often nothing else
                "wantNameId": False,  # no account is keyed on it
                "wantAttributeStatement": True,
                "requestedAuthnContext": False,
                "rejectDeprecatedAlgorithm": True,
                "allowRepeatAttributeName": False,
            },
        }

    def _request_data(self) -> dict[str, str]:
        """The URL of the ACS as configured: the request's Host header has no say in it."""
        url = urlsplit(self.acs_url)
        return {
            "https": "on" if url.scheme == "https" else "off",
            "http_host": url.netloc,
            "script_name": url.path,
        }


def _reason(error: BaseException) -> str:
    code = getattr(error, "code", None)
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"
