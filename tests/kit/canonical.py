"""What a signature covers, as bytes: to tell whether what was believed is what was signed."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from numo_sso.saml import names


def covered(assertion: etree._Element) -> bytes:
    """The assertion in exclusive canonical form, without the signature that it holds itself."""
    copied = deepcopy(assertion)
    for signature in copied.findall(names.SIGNATURE):
        copied.remove(signature)
    return etree.tostring(copied, method="c14n", exclusive=True, with_comments=False)
