"""The layer on python3-saml 1.16.0: what it does not let us say by its arguments.

Six things differ from the library as it comes, and docs/decisions/003-layer-on-python3-saml.md
gives the reasons:

* it reads the document that the gate admitted, instead of parsing the bytes a second time;
* its "now" is ours, so that clock skew is decided in one place (the policy);
* its schemas are read once for each process, not at each response;
* its XPaths are compiled once, not at each of their thirty uses in a response;
* its signatures are verified by :mod:`numo_sso.saml.signature`, first, and once;
* what is signed is looked up once, and not again at its end.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xmlsec
from lxml import etree
from onelogin.saml2 import response as response_module
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.signature import maker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onelogin.saml2.settings import OneLogin_Saml2_Settings

_SCHEMAS = Path(response_module.__file__).with_name("schemas")
_PROTOCOL_SCHEMA = "saml-schema-protocol-2.0.xsd"
_SIGNATURES = {
    OneLogin_Saml2_Utils.RESPONSE_SIGNATURE_XPATH: names.SIGNATURE,
    OneLogin_Saml2_Utils.ASSERTION_SIGNATURE_XPATH: f"{names.ASSERTION}/{names.SIGNATURE}",
}


@dataclass
class Call:
    """What the library is to know during one response, and what is settled about it."""

    now: int
    """Seconds since 1970."""
    keys: Sequence[xmlsec.Key]
    settled: set[str] = field(default_factory=set)
    """The schema of each document, and the XPath of each signature, once it has been found good."""
    makers: list[xmlsec.Key] = field(default_factory=list)
    """The key of each signature that was found good."""


call: ContextVar[Call] = ContextVar("call")


def _load_schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_SCHEMAS / name)))


@lru_cache(maxsize=64)  # of the library's own texts: what a message says comes as a variable
def _xpath(query: str) -> etree.XPath:
    return etree.XPath(query, namespaces=OneLogin_Saml2_Constants.NSMAP)


_schemas = {_PROTOCOL_SCHEMA: _load_schema(_PROTOCOL_SCHEMA)}


class _Utils(OneLogin_Saml2_Utils):  # type: ignore[misc]  # the library is untyped
    @staticmethod
    def now() -> int:
        return call.get().now

    @staticmethod
    def validate_sign(xml: etree._Element, *_: Any, xpath: str, **__: Any) -> bool:
        """As the library's: the one signature at ``xpath``, made by one of the keys in force."""
        settled = call.get().settled
        if xpath not in settled:  # each once: the library asks for them again at its end
            (signature,) = xml.findall(_SIGNATURES[xpath])
            xmlsec.tree.add_ids(xml, ["ID"])
            key = maker(signature, call.get().keys)
            if key is None:
                raise Refused("response-untrusted", "a signature by none of the keys in force")
            settled.add(xpath)
            call.get().makers.append(key)
        return True


class _Xml(OneLogin_Saml2_XML):  # type: ignore[misc]
    @staticmethod
    def validate_xml(xml: Any, schema: str, debug: bool = False) -> Any:  # noqa: ARG004, FBT001, FBT002  # the library's own signature
        """As the library's: the document itself when it is valid, a string when it is not.

        The run also registers the ids, on which the library's own reference checks rest.
        """
        settled, mark = call.get().settled, f"{schema} {id(xml)}"
        if mark not in settled:
            if not _schemas[schema].validate(xml):
                return "invalid_xml"
            settled.add(mark)
        return xml

    @staticmethod
    def query(
        dom: etree._Element,
        query: str,
        context: etree._Element | None = None,
        tagid: str | None = None,
    ) -> Any:
        """As the library's: what ``query`` finds from ``context``, or else from ``dom``."""
        variables = {} if tagid is None else {"tagid": tagid}
        return _xpath(query)(dom if context is None else context, **variables)


# The library's response reads both from its module's globals; there is no other way in.
response_module.OneLogin_Saml2_Utils = _Utils
response_module.OneLogin_Saml2_XML = _Xml


class AdmittedResponse(OneLogin_Saml2_Response):  # type: ignore[misc]
    """The library's response, on a document that is parsed already.

    Args:
        document: the Response as it was posted.
        opened: the same with its assertion decrypted, where it was encrypted.
    """

    def __init__(
        self,
        settings: OneLogin_Saml2_Settings,
        document: etree._Element,
        opened: etree._Element | None,
    ) -> None:
        self._settings = settings
        self._error = None
        self.document = document
        self.decrypted_document = opened
        self.encrypted = opened is not None
        self.valid_scd_not_on_or_after = None
        self._signed: list[str] | None = None

    def process_signed_elements(self) -> list[str]:
        """As the library's, once: it asks for them again at its end."""
        if self._signed is None:
            self._signed = super().process_signed_elements()
        return self._signed

    def verify_signatures(self) -> None:
        """Schema, ids and references, then each signature: before anything else is believed.

        Raises:
            Refused: ``response-malformed`` or ``response-untrusted``.
            OneLogin_Saml2_ValidationError: a signature that is not over its own parent, or none.
        """
        content = self.document if self.decrypted_document is None else self.decrypted_document
        for document in (self.document, content):
            if isinstance(_Xml.validate_xml(document, _PROTOCOL_SCHEMA), str):
                raise Refused("response-malformed", "not valid by the schema of SAML")
        signed = self.process_signed_elements()
        if names.RESPONSE in signed:
            _Utils.validate_sign(self.document, xpath=_Utils.RESPONSE_SIGNATURE_XPATH)
        _Utils.validate_sign(content, xpath=_Utils.ASSERTION_SIGNATURE_XPATH)

    def check_one_authnstatement(self) -> bool:
        """SAML allows several; the policy asks for one at least, and looks at each."""
        return True


def reason_of(error: BaseException) -> str:
    """The library's reason by its name, never its words: those quote the response."""
    if isinstance(error, OneLogin_Saml2_ValidationError):
        return _REASONS.get(error.code, type(error).__name__)
    return type(error).__name__


_REASONS: dict[int, str] = {
    value: name
    for name, value in vars(OneLogin_Saml2_ValidationError).items()
    if name.isupper() and isinstance(value, int)
}
