"""What no service provider can do without: parse, one signature, the schema; nothing believed."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from urllib.parse import parse_qs

import onelogin.saml2
import xmlsec
from lxml import etree

from bench.workers.loop import folder, serve

_SCHEMA = Path(onelogin.saml2.__file__).parent / "schemas/saml-schema-protocol-2.0.xsd"
_REAL_ID = ".//{*}Attribute[@Name='nlEduPersonRealId']/{*}AttributeValue"


def main() -> None:
    schema = etree.XMLSchema(etree.parse(_SCHEMA))
    pem = (folder() / "idp.pem").read_bytes()
    key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)

    def verify(post: dict[str, str]) -> str:
        document = etree.fromstring(b64decode(parse_qs(post["body"])["SAMLResponse"][0]))
        if not schema.validate(document):
            return "not valid"
        xmlsec.tree.add_ids(document, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = key
        (signature,) = document.iterfind("{*}Assertion/{*}Signature")
        context.verify(signature)
        return document.findtext(_REAL_ID) or ""

    serve(verify)


main()
