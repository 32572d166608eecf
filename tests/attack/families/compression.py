"""Compressed documents: the POST binding knows none, so nothing here is inflated."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

from attack.case import bad

if TYPE_CHECKING:
    from attack.bench import Bench


@bad(
    "CVE-2023-26483 (gosaml2), CVE-2025-25293 (ruby-saml): deflate",
    "response-malformed",
    "not UTF-8",
)
def deflated_as_for_the_redirect_binding(bench: Bench) -> bytes:
    """A library that inflates whatever it is handed inflates gigabytes too."""
    squeezer = zlib.compressobj(9, wbits=-15)
    return squeezer.compress(bench.good()) + squeezer.flush()


@bad("CVE-2023-28119 (crewjam/saml): deflate", "response-malformed", "not UTF-8")
def deflate_bomb(bench: Bench) -> bytes:
    """A hundred megabytes in a hundred kilobytes."""
    bench.good()
    squeezer = zlib.compressobj(9, wbits=-15)
    packed = squeezer.compress(b" " * 2**20)
    for _ in range(99):
        packed += squeezer.compress(b" " * 2**20)
    return packed + squeezer.flush()


@bad("CVE-2025-25293 (ruby-saml): compressed responses", "response-malformed", "not UTF-8")
def zlib_stream(bench: Bench) -> bytes:
    """The same with a header."""
    return zlib.compress(bench.good())


@bad("RFC 1952; SAML 2.0 Bindings 3.5 knows no compression", "response-malformed", "not UTF-8")
def gzip_stream(bench: Bench) -> bytes:
    """The same in another wrapping; libxml2 itself once opened these."""
    return gzip.compress(bench.good())
