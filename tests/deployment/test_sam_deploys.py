"""The first half of ``make deploy``, by SAM itself: up to what it asks of CloudFormation.

Packages and templates go into a bucket of moto's; CloudFormation is a door that notes the one
request that matters, and refuses it.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import yaml
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.wrappers import Request, Response

from contents import PACKAGES
from deployment.cloud import empty_moto, serve
from deployment.deployed import NESTED, ROOT, TEMPLATE, overrides
from numo_local.aws.moto_server import OneAtATime
from parameters import every_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUCKET = "packages"
HARD = {
    "AppOrigins": "https://app.numo.nl https://beheer.numo.nl",
    "BrandName": "Numo & Co",
    "Providers": '[{"provider": "https://idp.example/", "entrances": ["a"], "brins": []}]',
    "TrailRetentionDays": "31",
}
"""Values that SAM cuts or loses where they stand in a list."""
NONE = b"""<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>\
<Message>Stack with id numo-sso-production does not exist</Message></Error></ErrorResponse>"""


class CloudFormation:
    """There is no stack, and none is made."""

    def __init__(self) -> None:
        self.asked: dict[str, str] = {}
        """What a change set was to be made of."""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        form = parse_qs(Request(environ).get_data().decode(), keep_blank_values=True)
        if form["Action"] == ["CreateChangeSet"]:
            self.asked = {name: value for name, [value] in form.items()}
        return Response(NONE, 400, content_type="text/xml")(environ, start_response)

    def listed(self, name: str) -> list[str]:
        return [value for key, value in self.asked.items() if key.startswith(f"{name}.member.")]

    def parameters(self) -> dict[str, str]:
        names = [key for key in self.asked if key.endswith(".ParameterKey")]
        return {
            self.asked[key]: self.asked[key.replace("ParameterKey", "ParameterValue")]
            for key in names
        }


def checkout(directory: Path, built: Path) -> None:
    """What a deployment reads of a checkout, with packages that are built already."""
    for path in [ROOT / "template.yaml", *(ROOT / "infra").glob("*.yaml")]:
        target = directory / path.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    (directory / "build").symlink_to(built)
    config = (ROOT / "samconfig.toml").read_text("utf-8")
    head, section, rest = config.partition("[production.deploy.parameters.parameter_overrides]\n")
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in HARD.items())
    (directory / "samconfig.toml").write_text(head + section + lines + rest, "utf-8")


@pytest.fixture(scope="module")
def deployed(
    sam: list[str], built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[CloudFormation, Any, str]]:
    """CloudFormation after ``sam deploy``, a client of the bucket, and what SAM printed."""
    directory = tmp_path_factory.mktemp("checkout")
    checkout(directory, built)
    parameters = directory / "parameters.yaml"
    told = every_parameter({**overrides("production"), **HARD}, TEMPLATE["Parameters"])
    parameters.write_text(json.dumps(told), "utf-8")
    cloudformation = CloudFormation()
    aws = serve(OneAtATime(DomainDispatcherApplication(create_backend_app)))
    door = serve(cloudformation)
    url = f"http://127.0.0.1:{aws.port}"
    environ = {
        **os.environ,
        "AWS_ENDPOINT_URL": url,
        "AWS_ENDPOINT_URL_CLOUDFORMATION": f"http://127.0.0.1:{door.port}",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "SAM_CLI_TELEMETRY": "0",
    }
    s3 = boto3.client(
        "s3",
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    command = [*sam, "deploy", "--config-env", "production", "--no-confirm-changeset"]
    command += ["--no-resolve-s3", "--s3-bucket", BUCKET]
    command += ["--parameter-overrides", f"file://{parameters}"]
    done = subprocess.run(  # noqa: S603  # our own arguments
        command, cwd=directory, env=environ, capture_output=True, text=True, check=False
    )
    yield cloudformation, s3, done.stdout + done.stderr
    empty_moto(url)
    aws.stop()
    door.stop()


def uploaded(s3: Any, url: str) -> dict[str, Any]:
    """A template that went into the bucket, as CloudFormation reads it."""
    key = urlsplit(url).path.removeprefix(f"/{BUCKET}/").removeprefix("/")
    text = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
    assert len(text) < 1_000_000
    aliases = [each for each in yaml.parse(text) if isinstance(each, yaml.AliasEvent)]
    assert not aliases, "CloudFormation does not follow them"
    loaded: dict[str, Any] = yaml.load(text, Plain)  # noqa: S506  # a loader of YAML's plain tags
    return loaded


class Plain(yaml.SafeLoader):
    """Takes CloudFormation's short functions for what they are given."""


Plain.add_multi_constructor("!", lambda *_: "a function")


def test_cloudformation_is_asked_for_a_stack_with_every_parameter_as_it_stands(
    deployed: tuple[CloudFormation, Any, str],
) -> None:
    """No value is cut at a space, none is left to what the stack had before."""
    cloudformation, _, printed = deployed
    assert cloudformation.asked, printed[-2000:]
    expected = every_parameter({**overrides("production"), **HARD}, TEMPLATE["Parameters"])
    assert cloudformation.parameters() == expected
    assert cloudformation.asked["ChangeSetType"] == "CREATE"
    assert cloudformation.asked["StackName"] == "numo-sso-production"
    assert sorted(cloudformation.listed("Capabilities")) == [
        "CAPABILITY_AUTO_EXPAND",
        "CAPABILITY_IAM",
    ]


def test_every_nested_template_and_package_is_uploaded(
    deployed: tuple[CloudFormation, Any, str],
) -> None:
    """CloudFormation reads no file of ours; what still names one ends the deployment."""
    cloudformation, s3, printed = deployed
    assert cloudformation.asked, printed[-2000:]
    root = uploaded(s3, cloudformation.asked["TemplateURL"])
    stacks = {
        name: each["Properties"]["TemplateURL"]
        for name, each in root["Resources"].items()
        if each["Type"] == "AWS::CloudFormation::Stack"
    }
    assert stacks.keys() == NESTED.keys()
    templates = [root, *(uploaded(s3, url) for url in stacks.values())]
    packages = {
        each["Properties"].get("CodeUri", "none of its own")
        for template in templates
        for each in template["Resources"].values()
        if each["Type"] == "AWS::Serverless::Function"
    }
    assert all(code.startswith(f"s3://{BUCKET}/") for code in packages), packages
    assert len(packages) == len(PACKAGES)
