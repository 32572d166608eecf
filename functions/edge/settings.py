"""What differs a deployment, read from the environment once, at init. No secret is among it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from numo_sso.storage.tables import TableNames

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOK = {
    "BRAND_NAME": "name",
    "BRAND_COLOUR": "colour",
    "CATALOGUE_URL": "catalogue_url",
    "ATTRIBUTE_FORM_URL": "attribute_form_url",
    "LOGO_URL": "logo_url",
}


class Settings(NamedTuple):
    """The environment variables of a function, as template.yaml sets them."""

    environment: str
    """``dev``, ``staging``, ``production`` or ``local``."""
    version: str
    """Published version of the function, or ``$LATEST``; Lambda says which."""
    public_url: str
    """Scheme and host of the API, e.g. ``https://api.numo.nl``; URLs are made from it, never from
    the Host header."""
    entrance_url: str
    """Where an entrance lives, e.g. ``https://{entrance}.numo.nl``."""
    app_origins: tuple[str, ...]
    """Further origins of Numo's app, beside the entrances."""
    cookie_domain: str
    """``Domain=`` of the session cookie; empty: host-only."""
    mapped: bool
    """Whether the API hangs on an existing domain under ``v1/sso`` and ``v1/session``."""
    parameters_path: str
    """Path of this deployment's parameters in SSM, ends with ``/``."""
    support_mail: str
    look: Mapping[str, str]
    """What pages show of a deployment and differs from the defaults: fields of a ``House``."""
    encryption: bool
    """Whether assertions may come encrypted for our key, which is then published for that too."""
    edge_proof_digest: str
    """SHA-256 of the secret by which CloudFront proves itself; empty where none stands in front."""
    refused_codes_key: str
    """Id of the KMS key that seals refused codes; empty where a function has no part in that."""
    tables: TableNames

    @property
    def host(self) -> str:
        """The API's own host."""
        return urlsplit(self.public_url).hostname or ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings.

        Raises:
            KeyError: a variable that every function needs is not set.
        """
        return cls(
            environment=environ["NUMO_ENVIRONMENT"],
            version=environ.get("AWS_LAMBDA_FUNCTION_VERSION", ""),
            public_url=environ["PUBLIC_URL"].rstrip("/"),
            entrance_url=environ["ENTRANCE_URL"].rstrip("/"),
            app_origins=tuple(environ.get("APP_ORIGINS", "").replace(",", " ").split()),
            cookie_domain=environ.get("COOKIE_DOMAIN", ""),
            mapped=environ.get("MAPPED", "false") == "true",
            parameters_path=environ["PARAMETERS_PATH"],
            support_mail=environ.get("SUPPORT_MAIL", "support@kurve.nl"),
            look={field: environ[name] for name, field in _LOOK.items() if environ.get(name, "")},
            encryption=environ.get("ENCRYPTED_ASSERTIONS", "false") == "true",
            edge_proof_digest=environ.get("EDGE_PROOF_DIGEST", ""),
            refused_codes_key=environ.get("REFUSED_CODES_KEY", ""),
            tables=TableNames(
                schools=environ.get("SCHOOLS_TABLE", ""),
                roster=environ.get("ROSTER_TABLE", ""),
                sessions=environ.get("SESSIONS_TABLE", ""),
                traces=environ.get("TRACES_TABLE", ""),
                audit=environ.get("AUDIT_TABLE", ""),
            ),
        )
