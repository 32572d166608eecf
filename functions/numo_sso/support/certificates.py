"""How support names a certificate; the rest of certificates is the federation's."""

from numo_sso.federation.certificates import fingerprint

__all__ = ["fingerprint"]
