"""Does what a deployment does: resources from the template, keys, functions, and first data."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import botocore.session

from numo_local.aws.parameters import leave_out, put_configuration, put_parameters
from numo_local.aws.tables import create_tables
from numo_local.errors import StackError
from numo_local.samples.loading import load_samples
from numo_local.template.model import read_definition
from numo_local.template.resolving import TemplateError
from numo_sso.storage.tables import TableNames, bind_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_local.addresses import Addresses
    from numo_local.functions import Functions, Load
    from numo_local.options import StackOptions
    from numo_local.samples.people import Samples
    from numo_local.template.model import Definition

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
ENVIRONMENT = "local"


def define(addresses: Addresses, options: StackOptions, idp: Mapping[str, Any]) -> Definition:
    """Read the template, with the local stack's values for its parameters.

    Raises:
        StackError: the template is not there, or says what this stack cannot follow.
    """
    parameters = {
        "Environment": ENVIRONMENT,
        "AlarmMail": "nobody@localhost.test",  # a local stack alarms nobody
        "DomainName": f"127.0.0.1:{addresses.port}",
        "EntranceUrl": addresses.entrance_url,
        "AppOrigins": " ".join(options.app_origins),
        "IdpMetadataUrl": options.idp_metadata or addresses.hub_metadata,
        "IdpEntityId": idp["entity_id"],
        "IdpHost": urlsplit(idp["sso_url"]).hostname,
    }
    try:
        return read_definition(TEMPLATE, parameters)
    except FileNotFoundError as error:
        raise StackError(
            f"{error.filename} is not there: the local stack runs from a checkout of the project."
        ) from error
    except TemplateError as error:
        raise StackError(f"{TEMPLATE}: {error}") from error


def provision(
    definition: Definition,
    addresses: Addresses,
    idp: Mapping[str, Any],
    samples: Samples,
    log: Path,
    without: tuple[str, ...],
    load: Load,
) -> Functions:
    """Make tables and parameters, load the functions, and let support bring in the samples.

    The order matters: functions read keys while they are imported, as they do on Lambda.

    Raises:
        StackError: a parameter to be left out is none of this stack's.
    """
    session = botocore.session.get_session()
    dynamodb, ssm = session.create_client("dynamodb"), session.create_client("ssm")
    create_tables(dynamodb, definition.tables)
    put_parameters(ssm, definition.parameters)
    path = f"/numo-sso/{ENVIRONMENT}/"
    put_configuration(ssm, path, idp, common_name="Numo SSO, locally", now=time.time())
    leave_out(ssm, path, without)
    # the template knows only https, and a log group that is none here
    own = {"PUBLIC_URL": addresses.api, "STS_URL": addresses.api, "LOGIN_LOG": f"file:{log}"}
    own["REFUSED_CODES_KEY"] = _make_key(session.create_client("kms"))
    functions = load(definition.functions, own)
    support = functions.by_name["support"]
    load_samples(samples, support, bind_tables(dynamodb, _names(support.definition.environment)))
    return functions


def _make_key(kms: Any) -> str:
    return str(kms.create_key(Description="refused codes")["KeyMetadata"]["KeyId"])


def _names(environment: Mapping[str, str]) -> TableNames:
    names = ("schools", "roster", "sessions", "traces", "audit")
    return TableNames(**{name: environment[f"{name.upper()}_TABLE"] for name in names})
