"""Write every parameter of a deployment: ``python infra/parameters.py --for staging --out FILE``.

Left to itself, SAM takes for each parameter that samconfig.toml does not name the value that the
stack has already: a line that somebody takes out would stay in force, and nobody would see it. So
``make deploy`` hands over all of them. SAM also drops, without a word, a name that the template has
not; here that is an error.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numo_local.template.loading import load_template
from toolbox import BuildError, given

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent


def every_parameter(told: Mapping[str, str], declared: Mapping[str, Any]) -> dict[str, str]:
    """What samconfig.toml says, and for the others the template's default.

    Args:
        told: names and values.
        declared: the template's section ``Parameters``.

    Raises:
        BuildError: a name that the template does not know, or one without a default is not told.
    """
    unknown = sorted(told.keys() - declared.keys())
    if unknown:
        raise BuildError("NB-14", f"template.yaml has no parameter {', '.join(unknown)}")
    defaults = {n: str(each["Default"]) for n, each in declared.items() if "Default" in each}
    missing = sorted(declared.keys() - defaults.keys() - told.keys())
    if missing:
        raise BuildError("NB-15", f"samconfig.toml does not give {', '.join(missing)}")
    return {**defaults, **told}


def main() -> int:
    """Write the file. Ends with 1 where a name is wrong or missing."""
    parser = argparse.ArgumentParser(description="Write every parameter of a deployment.")
    parser.add_argument(
        "--for", dest="environment", required=True, help="section of samconfig.toml"
    )
    parser.add_argument("--out", type=Path, required=True, help="a YAML file for SAM")
    chosen = parser.parse_args()
    try:
        declared = load_template(ROOT / "template.yaml")["Parameters"]
        found = every_parameter(given(ROOT, chosen.environment), declared)
    except BuildError as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command's answer
        return 1
    chosen.out.write_text(json.dumps(found, indent=1), encoding="utf-8")  # JSON is YAML
    return 0


if __name__ == "__main__":
    sys.exit(main())
