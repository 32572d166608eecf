"""What each package carries: the shortest lists that its functions run on.

A test imports every handler from its built package, so a module that is missing here fails the
build's tests and not the first request.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """One directory that is deployed, shared by the functions whose ``CodeUri`` it is."""

    name: str
    """Directory below ``build/``, and name of the lock file below ``requirements/``."""
    sources: tuple[str, ...]
    """Files and directories of ``functions/`` that go in."""
    without: tuple[str, ...] = ()
    """What is left out of those directories."""
    services: tuple[str, ...] = ("dynamodb", "ssm")
    """AWS services whose descriptions botocore keeps."""


_RESPONSES = tuple(
    f"numo_sso/saml/{module}.py"
    for module in (
        "apart",
        "encryption_shape",
        "form",
        "gate",
        "identity",
        "library",
        "metadata",
        "opening",
        "policy",
        "request",
        "signature_places",
        "verify",
    )
)
"""What of SAML is the login's alone; names and signatures are metadata's too."""

_OF_SCHOOLS = (
    "edge/aws",
    "edge/federation.py",
    "numo_sso/federation",
    "numo_sso/log_query.py",
    "numo_sso/login",
    "numo_sso/pages",
    "numo_sso/saml",
    "numo_sso/storage",
    "numo_sso/support",
    "numo_sso/watch",
)
"""What only functions need that know schools, their logins or the hub."""

PACKAGES = {
    package.name: package
    for package in (
        Package(
            "login",
            sources=("edge", "numo_sso", "sso"),
            without=(
                "edge/federation.py",
                "numo_sso/federation",
                "numo_sso/log_query.py",
                "numo_sso/support",
                "numo_sso/trail",
                "numo_sso/watch",
            ),
            services=("kms",),
        ),
        Package(
            "session",
            sources=("authorizer", "edge", "numo_sso", "session"),
            without=(
                "edge/federation.py",
                "numo_sso/federation",
                "numo_sso/log_query.py",
                "numo_sso/login",
                "numo_sso/pages",
                "numo_sso/saml",
                "numo_sso/support",
                "numo_sso/trail",
                "numo_sso/watch",
            ),
            services=(),
        ),
        Package(
            "federation",
            sources=("edge", "federation", "numo_sso"),
            without=(
                "edge/aws",
                "numo_sso/log_query.py",
                "numo_sso/login",
                "numo_sso/pages",
                *_RESPONSES,
                "numo_sso/support",
                "numo_sso/trail",
                "numo_sso/watch",
            ),
        ),
        Package(
            "support",
            sources=("edge", "numo_sso", "support"),
            without=(
                "numo_sso/login",
                "numo_sso/pages",
                *_RESPONSES,
                "numo_sso/trail",
                "numo_sso/watch",
            ),
            services=("kms", "logs", "ssm"),
        ),
        Package(
            "audit",
            sources=("audit", "edge", "numo_sso"),
            without=_OF_SCHOOLS,
            services=("s3",),
        ),
        Package(
            "release",
            sources=("edge", "numo_sso", "release"),
            without=(*_OF_SCHOOLS, "numo_sso/trail"),
            services=("codedeploy", "lambda"),
        ),
        Package(
            "watch",
            sources=("edge", "heartbeat", "numo_sso", "watch"),
            without=(
                "edge/aws",
                "edge/federation.py",
                "numo_sso/federation",
                "numo_sso/login",
                "numo_sso/pages",
                "numo_sso/saml",
                "numo_sso/support",
                "numo_sso/trail",
            ),
            services=("dynamodb", "logs"),
        ),
    )
}

BOTOCORE_DATA = (
    "_retry.json",
    "endpoints.json",
    "partitions.json",
    "sdk-default-configuration.json",
)
"""What botocore reads whatever the service; of the rest only ``services`` stay (29 of 30 MB go)."""

DIST_INFO = ("METADATA", "entry_points.txt")
"""What stays of a distribution's metadata: that by which ``importlib.metadata`` knows it."""

KEPT_WITHIN = {"aws_lambda_powertools/utilities": ("__init__.py", "jmespath_utils", "typing")}
"""Directories of libraries of which only these names stay."""

NOT_NEEDED = (
    "bin",
    "**/tests",
    "**/test",
    "**/*.pyi",
    "**/*.pxd",
    "**/*.pxi",
    "**/*.pyx",
    "**/*.h",
    "aws_lambda_powertools/event_handler",
    "lxml/html",
    "lxml/includes",
    "lxml/isoschematron",
    "lxml/objectify.*.so",
)
"""Of the installed libraries: scripts, tests, what only compilers and type checkers read, and the
large parts that nothing here imports."""
