"""SimpleSAMLphp, an identity provider that nobody here wrote, with Entree's attributes."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.ports import unused_port
from numo_local.hub.key import HubKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "geheim"  # of a pupil who does not exist
_START_SECONDS = 20

_CONFIG = """<?php
$config = [
    'baseurlpath' => '%(base)s/',
    'certdir' => '%(folder)s/',
    'loggingdir' => '%(folder)s/',
    'datadir' => '%(folder)s/',
    'tempdir' => '%(folder)s/tmp',
    'metadatadir' => '%(folder)s/metadata/',
    'secretsalt' => 'only-for-this-test',
    'auth.adminpassword' => 'only-for-this-test',
    'technicalcontact_email' => 'na@example.org',
    'timezone' => 'UTC',
    'logging.handler' => 'file',
    'logging.logfile' => 'simplesamlphp.log',
    'enable.saml20-idp' => true,
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => '%(folder)s/tmp',
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.cookie.secure' => false,
    'language.cookie.samesite' => null,
    'language.available' => ['en'],
    'language.default' => 'en',
    'theme.use' => 'default',
    'metadata.sources' => file_exists('%(folder)s/numo.xml')
        ? [['type' => 'flatfile'], ['type' => 'xml', 'file' => '%(folder)s/numo.xml']]
        : [['type' => 'flatfile']],
];
"""

_AUTH_SOURCES = """<?php
$config = [
    'school' => [
        'exampleauth:UserPass',
        'sanne:%(password)s' => [
            'uid' => ['5c3a9f@petteflatcollege'],
            'givenName' => ['Sanne'],
            'nlEduPersonTussenvoegsels' => ['de'],
            'sn' => ['Vries'],
            'eduPersonAffiliation' => ['student', 'affiliate'],
            'nlEduPersonHomeOrganization' => ['Petteflat College'],
            'nlEduPersonHomeOrganizationId' => ['01AB'],
            'nlEduPersonRealId' => ['140101@petteflatcollege'],
        ],
    ],
];
"""

_HOSTED = """<?php
$metadata['%(base)s/idp'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.pem',
    'certificate' => 'idp.crt',
    'auth' => 'school',
    'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
    'saml20.sign.assertion' => true,
    'saml20.sign.response' => file_exists('%(folder)s/sign-response'),
    'authproc' => [
        1 => [
            'class' => 'saml:AttributeNameID',
            'attribute' => 'uid',
            'Format' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
        ],
    ],
];
"""


@dataclass(frozen=True)
class SimpleSamlPhp:
    """A running identity provider and the folder that configures it."""

    base: str
    folder: Path

    @property
    def metadata_url(self) -> str:
        return f"{self.base}/saml2/idp/metadata.php"

    def accept(self, service_metadata: bytes) -> None:
        """Register a service by its metadata, which SimpleSAMLphp itself reads."""
        (self.folder / "numo.xml").write_bytes(service_metadata)

    def sign_responses(self, *, wanted: bool) -> None:
        """Whether the outer Response is signed beside the assertion."""
        switch = self.folder / "sign-response"
        if wanted:
            switch.touch()
        else:
            switch.unlink(missing_ok=True)


@contextmanager
def running_simplesamlphp(php: str, www: Path, folder: Path) -> Iterator[SimpleSamlPhp]:
    """Serve SimpleSAMLphp with a configuration of its own."""
    port = unused_port("localhost")
    provider = SimpleSamlPhp(f"http://localhost:{port}", folder)
    _configure(provider)
    with (folder / "php.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603  # the php of this machine
            [php, "-d", "display_errors=0", "-S", f"localhost:{port}", "-t", str(www)],
            stdout=log,
            stderr=log,
            env={**os.environ, "SIMPLESAMLPHP_CONFIG_DIR": str(folder)},
        )
    try:
        _wait_for(port, process)
        yield provider
    finally:
        process.terminate()
        process.wait(10)


def _configure(provider: SimpleSamlPhp) -> None:
    folder = provider.folder
    words = {"base": provider.base, "folder": folder, "password": PASSWORD}
    (folder / "metadata").mkdir()
    (folder / "tmp").mkdir()
    (folder / "config.php").write_text(_CONFIG % words)
    (folder / "authsources.php").write_text(_AUTH_SOURCES % words)
    (folder / "metadata" / "saml20-idp-hosted.php").write_text(_HOSTED % words)
    key = HubKey.generate("SimpleSAMLphp")
    (folder / "idp.pem").write_bytes(key.private_key)
    lines = [key.certificate[start : start + 64] for start in range(0, len(key.certificate), 64)]
    pem = ["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""]
    (folder / "idp.crt").write_text("\n".join(pem))


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"php did not serve: exit code {process.poll()}")
