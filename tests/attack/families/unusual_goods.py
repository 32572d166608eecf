"""Unusual and legal, in how it is written: the same response in another hand."""

from __future__ import annotations

import re
from base64 import encodebytes
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree

from attack import scene
from attack.case import FORM, Post, good
from attack.pen import resealed, rewritten_and_resealed
from attack.surgery import (
    part,
    rewritten,
    value_of,
)
from numo_local.hub.names import XS, XSI
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>"
XML = "XML 1.0"


@good("XML Namespaces 1.0: a prefix is free")
def other_prefixes(bench: Bench) -> bytes:
    """OpenSAML says saml2 and saml2p, ADFS other ones."""
    document = bench.good()
    for old, new in ((b"samlp", b"saml2p"), (b"saml", b"saml2")):
        document = re.sub(rb"(</?|xmlns:)" + old + rb"\b", rb"\1" + new, document)
    return rewritten_and_resealed(bench, document)


@good("XML Namespaces 1.0, 6.2: default namespaces")
def default_namespaces(bench: Bench) -> bytes:
    """Response, assertion and signature each without a prefix."""
    document = bench.good()
    for prefix in (b"samlp", b"saml"):
        document = re.sub(rb"(</?)" + prefix + rb":", rb"\1", document)
    document = rewritten(document, b"<Response ", b'<Response xmlns="%s" ' % names.SAMLP.encode())
    saml = b' xmlns="%s"' % names.SAML.encode()
    document = rewritten(document, b"<Assertion ", b"<Assertion" + saml + b" ")
    document = document.replace(b"<Issuer>", b"<Issuer" + saml + b">", 1)
    return rewritten_and_resealed(bench, document)


@good(f"{XML}, 2.10: white space")
def pretty_printed(bench: Bench) -> bytes:
    """White space between all elements, signed as it stands."""
    root = bench.tree()
    etree.indent(root, "    ")
    return rewritten_and_resealed(bench, etree.tostring(root))


@good(f"{XML}, 2.10: white space")
def white_space_around_the_values(bench: Bench) -> bytes:
    """A printer that breaks lines breaks them in values too."""

    def edit(root: etree._Element) -> None:
        for value in root.iter(names.ATTRIBUTE_VALUE):
            value.text = f"\n    {value.text}\n  "

    return resealed(bench, edit)


@good(f"{XML}, 2.10: white space that nobody signed")
def white_space_between_the_parts_of_the_response(bench: Bench) -> bytes:
    """A proxy that prints the envelope anew does not touch the assertion."""
    root = bench.tree()
    for child in root:
        child.tail = "\n\t"
    return bench.written(root)


@good(f"{XML}, 2.8: declaration")
def no_declaration(bench: Bench) -> bytes:
    """UTF-8 is the default."""
    return rewritten(bench.good(), DECLARATION, b"")


@good(f"{XML}, 2.8: declaration")
def declaration_in_another_hand(bench: Bench) -> bytes:
    """Double quotes, small letters, standalone, and a line end."""
    other = b'<?xml version="1.0" encoding="utf-8" standalone="no" ?>\r\n'
    return rewritten(bench.good(), DECLARATION, other)


@good(f"{XML}, 2.8: declaration")
def declaration_without_encoding(bench: Bench) -> bytes:
    """UTF-8 is the default here too."""
    return rewritten(bench.good(), DECLARATION, b"<?xml version='1.0'?>")


@good("XML 1.0, appendix F: the byte order mark")
def byte_order_mark(bench: Bench) -> bytes:
    """Windows writes it before UTF-8."""
    return "\ufeff".encode() + bench.good()


@good(f"{XML}, 2.10: white space after the root")
def line_ends_behind_the_root(bench: Bench) -> bytes:
    """An editor's last line."""
    return bench.good() + b"\r\n\r\n"


@good(f"{XML}, 2.3: either quote")
def single_quotes(bench: Bench) -> bytes:
    """Canonical XML writes them all as double ones."""
    return rewritten(bench.good(), b'"', b"'")


@good(f"{XML}, 3.3.3: character references")
def character_references_in_values(bench: Bench) -> bytes:
    """The same signs by number, in text and attribute: the same after parsing."""
    document = rewritten(bench.good(), b">Pietje<", b">&#80;iet&#x6a;e<")
    return rewritten(document, b'Name="sn"', b'Name="&#115;n"')


@good(f"{XML}, 2.7: CDATA sections")
def cdata_as_the_whole_value(bench: Bench) -> bytes:
    """Another notation for the same text: canonical XML and our reader both see text."""
    code = f"{scene.PUPIL}@{scene.REALM}".encode()
    return rewritten(bench.good(), code, b"<![CDATA[" + code + b"]]>")


@good(f"{XML}, 2.7: CDATA sections")
def cdata_as_a_part_of_the_value(bench: Bench) -> bytes:
    """The parser joins the parts before anybody reads them."""
    return rewritten(bench.good(), b"140136@", b"14<![CDATA[013]]>6@")


@good(f"{XML}, 2.5 and 2.6: comments and instructions")
def comments_and_instructions_outside_the_assertion(bench: Bench) -> bytes:
    """Before, between and after: nobody reads there."""
    document = rewritten(bench.good(), b"<samlp:Response ", b"<!-- a --><?b c?><samlp:Response ")
    document = rewritten(document, b"<samlp:Status>", b"<!-- d --><samlp:Status><?e f?>")
    return document + b"<!-- g --><?h i?>"


@good("Unicode 15: signs beyond ASCII and beyond the first plane")
def diacritics_and_signs_beyond_the_first_plane(bench: Bench) -> bytes:
    """Names of people, and of one who likes pictures."""
    attributes = scene.attributes(givenName=["Zoë-Ægir \U00020bb7"], sn=["Łukasiewicz-Đặng"])
    return bench.made(attributes=attributes)


@good("Unicode TR 15: decomposed forms")
def name_in_decomposed_form(bench: Bench) -> bytes:
    """A Mac writes the diaeresis behind its letter."""
    return bench.made(attributes=scene.attributes(givenName=["Zoe\u0308"]))


@good("RFC 2045, 6.8: base64 in lines")
def base64_folded_with_carriage_returns(bench: Bench) -> Post:
    """Seventy-six to a line, as mail has it."""
    folded = encodebytes(bench.good()).replace(b"\n", b"\r\n")
    return Post(b"SAMLResponse=" + quote(folded, safe="").encode(), FORM)


@good("XML Signature 1.1, 4.3: base64 in lines")
def signature_value_folded_with_carriage_returns(bench: Bench) -> bytes:
    """Java writes its line ends as &#13; into the value."""
    root = bench.tree()
    value = part(root, ".//ds:SignatureValue")
    text = "".join((value.text or "").split())
    value.text = "\r\n".join(text[at : at + 60] for at in range(0, len(text), 60))
    return bench.written(root)


@good("XML 1.0, 3.3.3: white space in attributes")
def attributes_over_several_lines(bench: Bench) -> bytes:
    """White space between attributes is nobody's."""
    return rewritten(bench.good(), b' Version="2.0"', b'\n      Version = "2.0"\n')


@good("XML 1.0, 2.4: markup is escaped")
def name_of_the_school_with_signs_of_markup(bench: Bench) -> bytes:
    """Escaped once, and once only."""

    def edit(root: etree._Element) -> None:
        value_of(root, "nlEduPersonHomeOrganization").text = 'Jip & Janneke <"College">'

    return resealed(bench, edit)


@good("XML Namespaces 1.0: declared where they are used")
def hundred_values_with_declarations_of_their_own(bench: Bench) -> bytes:
    """Libraries of .NET and Java declare xs and xsi at each value."""
    many = [f"class {at}" for at in range(90)]
    document = bench.made(attributes=scene.attributes(nlEduPersonUnit=many))
    own = b"<saml:AttributeValue xmlns:xs='%s' xmlns:xsi='%s' " % (XS.encode(), XSI.encode())
    return rewritten_and_resealed(bench, rewritten(document, b"<saml:AttributeValue ", own))
