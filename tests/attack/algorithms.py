"""Algorithms by the URIs that XML Signature, RFC 9231 and XML Encryption give them."""

from __future__ import annotations

from lxml import etree

from attack.pen import transform
from attack.surgery import element
from numo_sso.saml import names

DS = names.DS
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N_11 = "http://www.w3.org/2006/12/xml-c14n11"
EXCLUSIVE = names.EXCLUSIVE_C14N
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
FILTER_2 = "http://www.w3.org/2002/06/xmldsig-filter2"
BASE64 = f"{DS}base64"
DECRYPTION = "http://www.w3.org/2002/07/decrypt#XML"

CANONICALIZATIONS = {
    "inclusive": C14N,
    "inclusive-with-comments": f"{C14N}#WithComments",
    "inclusive-1-1": C14N_11,
    "inclusive-1-1-with-comments": f"{C14N_11}#WithComments",
    "exclusive-with-comments": f"{EXCLUSIVE}WithComments",
}
"""All that libxmlsec knows, but the one that is allowed."""


def stylesheet(body: str) -> etree._Element:
    """An XSLT transform with one template for the root."""
    return transform(
        XSLT,
        etree.fromstring(
            '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
            f'<xsl:template match="/">{body}</xsl:template></xsl:stylesheet>'
        ),
    )


def xpath(expression: str) -> etree._Element:
    """An XPath transform: what the expression is true of is signed."""
    return transform(XPATH, element("ds:XPath", expression))


def xpath_filter(kind: str, expression: str) -> etree._Element:
    """An XPath filter 2.0: intersect, subtract or union."""
    xpath_2 = etree.Element(f"{{{FILTER_2}}}XPath", {"Filter": kind}, nsmap={"ds": DS})
    xpath_2.text = expression
    return transform(FILTER_2, xpath_2)
