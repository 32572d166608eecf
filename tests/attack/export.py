"""``python -m attack.export FOLDER``: the corpus as files, whose names state the cases.

For looking at one, or for putting them before another service provider. Stories of several requests
are no files. The keys are made anew each time; the hub's certificate is written beside the cases.
"""

from __future__ import annotations

import sys
from pathlib import Path

from attack.bench import Bench
from attack.case import Post
from attack.corpus import ALL
from attack.in_process import InProcess


def export(folder: Path) -> int:
    """Write every case that is one post; give how many there were."""
    written = 0
    for case in ALL:
        if case.make is None:
            continue
        bench = Bench(InProcess())
        made = case.make(bench)
        kind, content = ("form", made.body) if isinstance(made, Post) else ("xml", made)
        path = folder / case.family / f"{case.name}.{case.outcome}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        (folder / "hub.crt.b64").write_text(bench.hub.certificate)
        written += 1
    return written


if __name__ == "__main__":
    print(f"{export(Path(sys.argv[1]))} cases")  # noqa: T201  # a command's answer
