#!/usr/bin/env bash
# Makes the lock files from the groups in pyproject.toml. Every smaller set is constrained by the
# largest, so that what is tested is what is deployed.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile -q --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"; }
echo "uv==0.13.9" | compile - -o requirements/uv.txt
compile --group dev -o requirements/dev.txt ${UPGRADE:+--upgrade}
for group in prove ministack checkov; do  # beside the others, never deployed
    compile --group "$group" --no-annotate -o "requirements/$group.txt" ${UPGRADE:+--upgrade}
done
for group in run login session federation support audit release watch; do
    compile --group "$group" -c requirements/dev.txt --no-annotate -o "requirements/$group.txt"
done
