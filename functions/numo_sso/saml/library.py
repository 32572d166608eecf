"""The layer on python3-saml 1.16.0: what it does not let us say by its arguments.

Three things differ from the library as it comes, and docs/decisions/003-layer-on-python3-saml.md
gives the reasons:

* it reads the document that the gate admitted, instead of parsing the bytes a second time;
* its "now" is ours, so that clock skew is decided in one place (the policy);
* its schemas are read once for each process, not at each response.

Importing this module also ends libxmlsec's own way of opening files and URLs named in a message.
"""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xmlsec
from lxml import etree
from onelogin.saml2 import response as response_module
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

if TYPE_CHECKING:
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

xmlsec.cleanup_callbacks()

_SCHEMAS = Path(response_module.__file__).with_name("schemas")
_PROTOCOL_SCHEMA = "saml-schema-protocol-2.0.xsd"

library_now: ContextVar[int] = ContextVar("library_now")
"""The time, in seconds since 1970, that the library takes for now."""


def _load_schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_SCHEMAS / name)))


_schemas = {_PROTOCOL_SCHEMA: _load_schema(_PROTOCOL_SCHEMA)}


class _Utils(OneLogin_Saml2_Utils):  # type: ignore[misc]  # the library is untyped
    @staticmethod
    def now() -> int:
        return library_now.get()


class _Xml(OneLogin_Saml2_XML):  # type: ignore[misc]
    @staticmethod
    def validate_xml(xml: Any, schema: str, debug: bool = False) -> Any:  # noqa: ARG004, FBT001, FBT002
        """As the library's: the document itself when it is valid, a string when it is not.

        The run also registers the ids, on which the library's own reference checks rest.
        """
        return xml if _schemas[schema].validate(xml) else "invalid_xml"


# The library's response reads both from its module's globals; there is no other way in.
response_module.OneLogin_Saml2_Utils = _Utils
response_module.OneLogin_Saml2_XML = _Xml


class AdmittedResponse(OneLogin_Saml2_Response):  # type: ignore[misc]
    """The library's response, on a document that is parsed already."""

    def __init__(self, settings: OneLogin_Saml2_Settings, document: etree._Element) -> None:
        self._settings = settings
        self._error = None
        self.document = document
        self.decrypted_document = None
        self.encrypted = None
        self.valid_scd_not_on_or_after = None
