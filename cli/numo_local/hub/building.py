"""Elements of SAML, in as few words as they have."""

from __future__ import annotations

from lxml import etree

from numo_local.hub import names

_NAMESPACES = {"samlp": names.SAMLP, "saml": names.SAML, "xs": names.XS, "xsi": names.XSI}


def protocol(tag: str, *children: etree._Element | str, **attributes: str) -> etree._Element:
    """Make an element of the protocol's namespace; attributes with an empty value are left out."""
    return _element(names.SAMLP, tag, children, attributes)


def assertion(tag: str, *children: etree._Element | str, **attributes: str) -> etree._Element:
    """Make an element of the assertion's namespace; attributes with an empty value are left out."""
    return _element(names.SAML, tag, children, attributes)


def _element(
    namespace: str,
    tag: str,
    children: tuple[etree._Element | str, ...],
    attributes: dict[str, str],
) -> etree._Element:
    present = {name: value for name, value in attributes.items() if value}
    element = etree.Element(f"{{{namespace}}}{tag}", present, nsmap=_NAMESPACES)
    for child in children:
        if isinstance(child, str):
            element.text = child
        else:
            element.append(child)
    return element
