"""A pen that signs in any way there is: other algorithms, transforms, references and key infos."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xmlsec
from lxml import etree

from attack.surgery import assertion_of, element, holding, part, without_signature
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from attack.bench import Bench
    from attack.case import Edit
    from numo_local.hub.key import HubKey

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = f"{names.XENC}sha256"


def transform(algorithm: str, *children: etree._Element) -> etree._Element:
    return holding("ds:Transform", *children, Algorithm=algorithm)


def prefixes(text: str) -> etree._Element:
    """An InclusiveNamespaces element."""
    return element("ec:InclusiveNamespaces", PrefixList=text)


@dataclass
class Pen:
    """Signs an element with an enveloped signature; each part of it can be another."""

    key: HubKey | xmlsec.Key
    canonicalization: str = names.EXCLUSIVE_C14N
    canonicalization_content: Sequence[etree._Element] = ()
    method: str = RSA_SHA256
    method_content: Sequence[etree._Element] = ()
    digest: str = SHA256
    transforms: Sequence[etree._Element] | None = None
    """None: enveloped signature, then exclusive canonical XML."""
    uri: str | None = None
    """None: the element's own id."""
    reference_id: str | None = None
    key_info: etree._Element | None = None

    def sign(self, signed: etree._Element) -> etree._Element:
        """Put a signature into ``signed`` right behind its Issuer, and give the signature."""
        signature = self.template(signed)
        issuer = signed.find(names.ISSUER)
        signed.insert(0 if issuer is None else signed.index(issuer) + 1, signature)
        root = signed.getroottree().getroot()
        xmlsec.tree.add_ids(root, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = self._key()
        context.sign(signature)
        return signature

    def template(self, signed: etree._Element) -> etree._Element:
        """The signature with its two values empty."""
        uri = f"#{signed.get('ID')}" if self.uri is None else self.uri
        steps = self.transforms
        if steps is None:
            steps = [transform(names.ENVELOPED), transform(names.EXCLUSIVE_C14N)]
        reference = holding(
            "ds:Reference",
            *([holding("ds:Transforms", *steps)] if steps else []),
            element("ds:DigestMethod", Algorithm=self.digest),
            element("ds:DigestValue"),
            URI=uri,
        )
        if self.reference_id is not None:
            reference.set("Id", self.reference_id)
        signed_info = holding(
            "ds:SignedInfo",
            holding(
                "ds:CanonicalizationMethod",
                *self.canonicalization_content,
                Algorithm=self.canonicalization,
            ),
            holding("ds:SignatureMethod", *self.method_content, Algorithm=self.method),
            reference,
        )
        signature = etree.Element(names.SIGNATURE, nsmap={"ds": names.DS})
        signature.extend([signed_info, element("ds:SignatureValue")])
        if self.key_info is not None:
            signature.append(self.key_info)
        return signature

    def _key(self) -> xmlsec.Key:
        if isinstance(self.key, xmlsec.Key):
            return self.key
        return xmlsec.Key.from_memory(self.key.private_key, xmlsec.constants.KeyDataFormatPem)


def signed_with(bench: Bench, pen: Pen) -> bytes:
    """A good response whose assertion is signed anew, with another pen."""
    root = bench.tree()
    pen.sign(without_signature(assertion_of(root)))
    return bench.written(root)


def resealed(bench: Bench, edit: Edit) -> bytes:
    """A good response that is changed and then signed anew by the hub: genuine, and odd."""
    root = bench.tree()
    edit(root)
    Pen(bench.hub).sign(without_signature(assertion_of(root)))
    return bench.written(root)


def rewritten_and_resealed(bench: Bench, document: bytes) -> bytes:
    """The same, for what only a text can say, such as prefixes."""
    root = etree.fromstring(document)
    Pen(bench.hub).sign(without_signature(assertion_of(root)))
    return bench.written(root)


def transforms_put(*steps: etree._Element) -> Edit:
    """An edit that writes other transforms into the first signature."""

    def edit(root: etree._Element) -> None:
        part(root, ".//ds:Transforms")[:] = [deepcopy(step) for step in steps]

    return edit


def signed_through(bench: Bench, *steps: etree._Element) -> bytes:
    """Genuine: the hub's key signs what comes of these transforms."""
    return signed_with(bench, Pen(bench.hub, transforms=steps))


def written_with(bench: Bench, *steps: etree._Element) -> bytes:
    """Not genuine: these transforms are written into a signature that was made with others."""
    root = bench.tree()
    transforms_put(*steps)(root)
    return bench.written(root)
