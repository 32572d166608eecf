"""Canonical forms: only the exclusive one without comments reads as it is verified."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack import algorithms as uri
from attack.case import bad
from attack.pen import Pen, prefixes, signed_with, transform
from attack.surgery import (
    bad_edit,
    bad_table,
    cut,
    element,
    part,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench
    from attack.case import Edit

ANOTHER = "another canonicalization"
TRANSFORMS = "transforms that are not allowed"
PARAMETERS = "an algorithm with parameters"
LIST = "a list of prefixes beyond all measure"
SANTUARIO = "CVE-2013-2172 (Santuario Java): any canonicalization was taken"
PREFIX_LIST = "CVE-2013-2156 (Santuario C++): PrefixList"


@bad(SANTUARIO, "response-malformed", ANOTHER)
def signed_info_in_inclusive_form(bench: Bench) -> bytes:
    """What surrounds the signature is a part of it, and moves with the message."""
    return signed_with(bench, Pen(bench.hub, canonicalization=uri.C14N))


@bad(SANTUARIO, "response-malformed", ANOTHER)
def signed_info_in_inclusive_form_with_comments(bench: Bench) -> bytes:
    """Comments within SignedInfo are then signed, and split its values for a reader."""
    form = uri.CANONICALIZATIONS["inclusive-with-comments"]
    return signed_with(bench, Pen(bench.hub, canonicalization=form))


@bad(SANTUARIO, "response-malformed", ANOTHER)
def signed_info_in_the_form_of_1_1(bench: Bench) -> bytes:
    """Differs in xml:id and xml:base from the first: two readers, two forms."""
    return signed_with(bench, Pen(bench.hub, canonicalization=uri.C14N_11))


@bad(SANTUARIO, "response-malformed", ANOTHER)
def signed_info_in_exclusive_form_with_comments(bench: Bench) -> bytes:
    """The same as allowed, and comments are kept."""
    form = uri.CANONICALIZATIONS["exclusive-with-comments"]
    return signed_with(bench, Pen(bench.hub, canonicalization=form))


def _canonicalized(algorithm: str | None) -> Edit:
    def edit(root: etree._Element) -> None:
        method = part(root, ".//ds:CanonicalizationMethod")
        if algorithm is None:
            del method.attrib["Algorithm"]
        else:
            method.set("Algorithm", algorithm)

    return edit


bad_table(
    __name__,
    SANTUARIO,
    "response-malformed",
    {
        f"signed-info-in-a-form-that-is-{name}": (_canonicalized(algorithm), ANOTHER)
        for name, algorithm in {
            "unknown": "urn:nobody:knows",
            "empty": "",
            "missing": None,
            "xslt": uri.XSLT,
            "base64": uri.BASE64,
            "the-enveloped-signature": names.ENVELOPED,
            "canonical-xml-2": "http://www.w3.org/2010/xml-c14n2",
            "of-another-case": names.EXCLUSIVE_C14N.upper(),
        }.items()
    },
)


@bad("XML Signature 1.1, 6.5", "response-malformed", TRANSFORMS)
def assertion_in_inclusive_form(bench: Bench) -> bytes:
    """Genuine until it is put into another Response, and read with its surroundings."""
    steps = [transform(names.ENVELOPED), transform(uri.C14N)]
    return signed_with(bench, Pen(bench.hub, transforms=steps))


@bad("XML Signature 1.1, 6.5", "response-malformed", TRANSFORMS)
def assertion_in_exclusive_form_with_comments(bench: Bench) -> bytes:
    """Comments are then signed, and split its values for a reader."""
    steps = [transform(names.ENVELOPED), transform(f"{uri.EXCLUSIVE}WithComments")]
    return signed_with(bench, Pen(bench.hub, transforms=steps))


@bad("XML Signature 1.1, 6.5", "response-malformed", TRANSFORMS)
def assertion_in_two_forms_after_each_other(bench: Bench) -> bytes:
    """The second works on bytes of the first, parsed again."""
    steps = [transform(each) for each in (names.ENVELOPED, uri.C14N, uri.EXCLUSIVE)]
    return signed_with(bench, Pen(bench.hub, transforms=steps))


@bad(PREFIX_LIST, "response-malformed", LIST)
def prefix_list_of_the_assertion_beyond_all_measure(bench: Bench) -> bytes:
    """Canonical XML looks for each prefix at each element: the work is their product."""
    step = transform(uri.EXCLUSIVE, prefixes(" ".join(f"p{at}" for at in range(200))))
    return signed_with(bench, Pen(bench.hub, transforms=[transform(names.ENVELOPED), step]))


@bad(PREFIX_LIST, "response-malformed", PARAMETERS)
def prefix_list_of_the_signed_info_beyond_all_measure(bench: Bench) -> bytes:
    """The same over SignedInfo, which is canonical before any key is looked at."""
    content = [prefixes("x" * 65)]
    return signed_with(bench, Pen(bench.hub, canonicalization_content=content))


@bad_edit(PREFIX_LIST, "response-malformed", LIST)
def prefix_list_with_more_attributes(root: etree._Element) -> None:
    """The one attribute that is known has a bound, others have none."""
    step = part(root, ".//ds:Transforms")[-1]
    step.append(element("ec:InclusiveNamespaces", PrefixList="xs", More="x" * 500))


@bad_edit(PREFIX_LIST, "response-malformed", LIST)
def prefix_list_that_is_missing(root: etree._Element) -> None:
    """The element without its one attribute is of another form."""
    part(root, ".//ds:Transforms")[-1].append(element("ec:InclusiveNamespaces"))


@bad_edit("Exclusive XML Canonicalization 1.0, 4", "response-malformed", PARAMETERS)
def prefix_list_on_the_enveloped_signature(root: etree._Element) -> None:
    """It belongs to canonical XML only."""
    part(root, ".//ds:Transforms")[0].append(prefixes("xs"))


@bad_edit("Exclusive XML Canonicalization 1.0, 4", "response-malformed", PARAMETERS)
def prefix_list_twice(root: etree._Element) -> None:
    """One is bounded, the other is used."""
    step = part(root, ".//ds:Transforms")[-1]
    step.extend([prefixes("xs"), prefixes("xsi")])


@bad_edit("Exclusive XML Canonicalization 1.0, 4", "response-malformed", PARAMETERS)
def prefix_list_with_content(root: etree._Element) -> None:
    """It is empty by its schema."""
    listed = prefixes("xs")
    listed.append(prefixes("xs"))
    part(root, ".//ds:Transforms")[-1].append(listed)


@bad_edit("Exclusive XML Canonicalization 1.0, 4", "response-malformed", PARAMETERS)
def prefix_list_on_the_signature_method(root: etree._Element) -> None:
    """RSA knows no prefixes."""
    part(root, ".//ds:SignatureMethod").append(prefixes("xs"))


@bad_edit("Exclusive XML Canonicalization 1.0, 4", "response-malformed", PARAMETERS)
def prefix_list_in_another_namespace(root: etree._Element) -> None:
    """A look-alike may mean anything to its reader."""
    method = part(root, ".//ds:CanonicalizationMethod")
    method.append(method.makeelement("{urn:other}InclusiveNamespaces", {"PrefixList": "xs"}))


@bad_edit("XML Signature 1.1, 4.4", "response-malformed", "not one reference")
def canonicalization_twice(root: etree._Element) -> None:
    """The first is checked and the last is used."""
    method = part(root, ".//ds:CanonicalizationMethod")
    method.addnext(deepcopy(method))


@bad_edit("XML Signature 1.1, 4.4", "response-malformed", "not one reference")
def no_canonicalization(root: etree._Element) -> None:
    """A default is a matter of opinion."""
    cut(part(root, ".//ds:CanonicalizationMethod"))


@bad("XML Signature 1.1, schema: CanonicalizationMethod", "response-malformed", PARAMETERS)
def prefix_list_of_the_signed_info(bench: Bench) -> bytes:
    """Legal by the text of the standard, by its schema only where that knows the element."""
    return signed_with(bench, Pen(bench.hub, canonicalization_content=[prefixes("xs")]))
