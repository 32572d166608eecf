"""The verification: whether the hub signed this response, and python3-saml accepts it."""

from __future__ import annotations

import base64
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import xmlsec
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from numo_sso.configuration import NotConfigured
from numo_sso.outcomes import Refused
from numo_sso.saml.library import AdmittedResponse, Call, call, reason_of
from numo_sso.saml.policy import SKEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from numo_sso.configuration import Certificate, IdentityProvider
    from numo_sso.saml.gate import Admitted
    from numo_sso.saml.opening import Opened

FINGERPRINT_SIGNS = 16
"""As many as tell certificates apart and can still be read aloud."""


@dataclass(frozen=True)
class Verified:
    """A response whose assertion is known to be signed by the hub. Read from nothing else."""

    response: etree._Element
    assertion: etree._Element
    certificate: str = field(default="", kw_only=True)
    """The start of its certificate's fingerprint (SHA-256, in hex), for support to compare."""


@dataclass(frozen=True)
class Examined(Verified):
    """The same, as the library has it before it."""

    library: AdmittedResponse = field(repr=False)
    call: Call = field(repr=False)


@dataclass(frozen=True)
class Verifier:
    """Verifies with the certificates of the metadata in force, never one from the message."""

    idp: IdentityProvider
    entity_id: str
    acs_url: str
    _keys: dict[Certificate, xmlsec.Key] = field(init=False, repr=False)
    _names: dict[Certificate, str] = field(init=False, repr=False)
    """The start of each one's fingerprint."""
    _settings: OneLogin_Saml2_Settings | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Load every key and build the library's settings ahead of the first response.

        Raises:
            NotConfigured: a certificate cannot be read.
        """
        keys = {each: _load(each) for each in self.idp.certificates}
        object.__setattr__(self, "_keys", keys)
        object.__setattr__(self, "_names", {each: _name_of(each) for each in keys})
        # Without a certificate starts still work; each response is refused until one comes.
        settings = OneLogin_Saml2_Settings(self._describe()) if keys else None
        object.__setattr__(self, "_settings", settings)

    def verify(self, admitted: Admitted, opened: Opened | None, now: float) -> Examined:
        """Verify every signature, before anything that the response says is believed.

        Args:
            admitted: the response as the gate saw it.
            opened: the same with its assertion decrypted, where it was encrypted.
            now: seconds since 1970; certificates that are not valid then are not used.

        Raises:
            Refused: ``response-untrusted`` or ``response-malformed``.
        """
        keys = [key for certificate, key in self._keys.items() if certificate.in_force(now)]
        if not keys:
            raise Refused("response-untrusted", "no certificate in force")
        content = opened or admitted
        library = AdmittedResponse(
            self._settings, admitted.response, opened.response if opened else None
        )
        # The library knows no skew on a confirmation's end, and the policy decides on all times:
        # a clock set back by the skew makes the library refuse nothing that the policy accepts.
        this_call = Call(int(now) - SKEW, keys)
        with _library_at_work(this_call):
            library.verify_signatures()
        certificate = self._named(this_call)
        return Examined(
            content.response, content.content, library, this_call, certificate=certificate
        )

    def confirm(self, examined: Examined, request_id: str) -> None:
        """Hear python3-saml's own opinion of the whole response, after ours.

        Raises:
            Refused: ``response-untrusted``: it refuses what the gate and the policy let pass.
        """
        with _library_at_work(examined.call):
            examined.library.is_valid(self._request_data(), request_id, raise_exceptions=True)

    def _named(self, this_call: Call) -> str:
        """The certificate of the last signature: the assertion's, which is verified last."""
        key = this_call.makers[-1]
        (certificate,) = (each for each, loaded in self._keys.items() if loaded is key)
        return self._names[certificate]

    def _describe(self) -> dict[str, Any]:
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
                "x509certMulti": {"signing": [each.base64_der for each in self.idp.certificates]},
            },
            "security": {
                "wantAssertionsSigned": True,
                "wantMessagesSigned": False,  # the hub signs the assertion, often nothing else
                "wantNameId": False,  # no account is keyed on it
                "wantAttributeStatement": False,  # the identity says which attribute is missing
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


@contextmanager
def _library_at_work(this_call: Call) -> Iterator[None]:
    """Many types of exception leave the library; every one is a refusal."""
    token = call.set(this_call)
    try:
        yield
    except Refused:
        raise
    except (Exception, xmlsec.Error) as error:
        raise Refused("response-untrusted", f"library: {reason_of(error)}") from error
    finally:
        call.reset(token)


def _name_of(certificate: Certificate) -> str:
    return sha256(base64.b64decode(certificate.base64_der)).hexdigest()[:FINGERPRINT_SIGNS]


def _load(certificate: Certificate) -> xmlsec.Key:
    try:
        der = base64.b64decode(certificate.base64_der)
        return xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer)
    except (ValueError, TypeError, xmlsec.Error) as error:
        raise NotConfigured("parameter idp: a certificate that cannot be read") from error
