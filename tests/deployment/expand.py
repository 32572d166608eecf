"""SAM's own expansion of templates, run by the interpreter of ``.venv-checkov``.

On standard input a JSON object of templates by name, on standard output the same as CloudFormation
gets them. Nothing is asked of AWS: the region is given, and no template names a managed policy.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import boto3
from samtranslator.parser.parser import Parser  # type: ignore[import-not-found,unused-ignore]
from samtranslator.translator.translator import (  # type: ignore[import-not-found,unused-ignore]
    Translator,
)

FUNCTION = "AWS::Serverless::Function"


def expanded(template: dict[str, Any]) -> dict[str, Any]:
    """The template with every resource of SAM's replaced by what SAM makes of it."""
    common = template.get("Globals", {}).get("Function", {})
    for resource in template["Resources"].values():
        if resource["Type"] == FUNCTION:  # as `sam package` does, which uploads them
            own = resource["Properties"]
            own["CodeUri"] = f"s3://packages/{own.get('CodeUri') or common['CodeUri']}"
    common.pop("CodeUri", None)
    translator = Translator(
        {}, Parser(), boto_session=boto3.session.Session(region_name="eu-west-1")
    )
    made: dict[str, Any] = translator.translate(template, {})
    return made


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump({name: expanded(template) for name, template in given.items()}, sys.stdout)
