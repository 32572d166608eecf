"""Makes sure that whatever speaks to AWS in this process speaks to moto, and to nothing else."""

from __future__ import annotations

import os

from numo_local.template.resolving import PSEUDO_PARAMETERS

_LOOPBACK = "127.0.0.1,localhost"


def point_at(endpoint: str) -> None:
    """Forget every setting of AWS that this process inherited, and name the endpoint instead.

    A profile with rights on a real account must have no say here: neither its keys nor an endpoint
    or a region of its own.
    """
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": PSEUDO_PARAMETERS["AWS::Region"],
        "AWS_DEFAULT_REGION": PSEUDO_PARAMETERS["AWS::Region"],
    }
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), _LOOPBACK]))
