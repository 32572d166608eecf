"""Unusual and legal, in how it is signed: each part of a signature that may be another."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack.case import good
from attack.pen import Pen, prefixes, signed_with, transform
from attack.surgery import (
    element,
    holding,
    part,
)
from kit.world import hub_key
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

DSIG = "XML Signature 1.1"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"


@good("Exclusive XML Canonicalization 1.0, 4: InclusiveNamespaces")
def inclusive_namespaces_in_the_transform(bench: Bench) -> bytes:
    """OpenSAML lists xs for the types of its values."""
    steps = [transform(names.ENVELOPED), transform(names.EXCLUSIVE_C14N, prefixes("xs"))]
    return signed_with(bench, Pen(bench.hub, transforms=steps))


@good(f"{DSIG}, 4.4.3.4: transforms")
def enveloped_transform_only(bench: Bench) -> bytes:
    """Then the canonical form is the inclusive one, over what is signed in its place."""
    return signed_with(bench, Pen(bench.hub, transforms=[transform(names.ENVELOPED)]))


@good("RFC 9231, 2.3")
def rsa_sha384_and_digest_of_sha384(bench: Bench) -> bytes:
    """Stronger than needed."""
    return signed_with(bench, Pen(bench.hub, method=f"{MORE}rsa-sha384", digest=f"{MORE}sha384"))


@good("RFC 9231, 2.3")
def rsa_sha512_and_digest_of_sha512(bench: Bench) -> bytes:
    """The same."""
    pen = Pen(bench.hub, method=f"{MORE}rsa-sha512", digest=f"{names.XENC}sha512")
    return signed_with(bench, pen)


@good(f"{DSIG}, 4.5: KeyInfo is optional")
def no_key_info(bench: Bench) -> bytes:
    """The key is in the metadata anyway."""
    return signed_with(bench, Pen(bench.hub))


@good(f"{DSIG}, 4.5.4: X509Data")
def key_info_with_subject_and_serial(bench: Bench) -> bytes:
    """ADFS and Java say whose certificate it is."""
    serial = holding(
        "ds:X509IssuerSerial",
        element("ds:X509IssuerName", "CN=hub"),
        element("ds:X509SerialNumber", "1"),
    )
    shown = holding("ds:X509Data", element("ds:X509SubjectName", "CN=hub"), serial)
    shown.append(element("ds:X509Certificate", bench.hub.certificate))
    return signed_with(bench, Pen(bench.hub, key_info=holding("ds:KeyInfo", shown)))


@good(f"{DSIG}, 4.5.4: X509Data")
def key_info_with_several_certificates(bench: Bench) -> bytes:
    """A chain, of which we look at nothing."""
    certificates = [bench.hub.certificate, hub_key("another").certificate]
    shown = holding("ds:X509Data", *(element("ds:X509Certificate", one) for one in certificates))
    twice = holding("ds:KeyInfo", shown, deepcopy(shown))
    return signed_with(bench, Pen(bench.hub, key_info=twice))


@good(f"{DSIG}, 4.5.4: X509Data")
def key_info_with_the_certificate_of_another(bench: Bench) -> bytes:
    """What is shown has no say, so a wrong one does no harm: signed by the hub is signed."""
    other = element("ds:X509Certificate", hub_key("another").certificate)
    shown = holding("ds:KeyInfo", holding("ds:X509Data", other))
    return signed_with(bench, Pen(bench.hub, key_info=shown))


@good(f"{DSIG}, 4.2: ids of its parts")
def signature_with_ids(bench: Bench) -> bytes:
    """Java gives each part an id of its own."""
    root = bench.tree()
    signature = part(root, ".//ds:Signature")
    signature.set("Id", "_signature")
    part(signature, "ds:SignatureValue").set("Id", "_value")
    part(signature, "ds:KeyInfo").set("Id", "_info")
    return bench.written(root)


@good(f"{DSIG}, 4.4.3: a Reference may have an Id")
def reference_with_an_id(bench: Bench) -> bytes:
    """Whoever makes several signatures names what each refers to."""
    return signed_with(bench, Pen(bench.hub, reference_id="_reference"))
