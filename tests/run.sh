#!/usr/bin/env bash
# Every test there is: `make test`. Needs cargo, python3 and pip; what else it uses goes into a virtual environment
# under target/. Stops at the first failure. At the end it prints how much was tested.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
venv="$target/venv"
mkdir -p "$target"
target="$(cd "$target" && pwd)"

# Tests add a line `what: how many` each to this file.
export MAYSEND_COUNTS="$target/counts.txt"
: > "$MAYSEND_COUNTS"

step() {
    printf '\n== %s\n' "$1"
}

step "tools"
# Made anew when the list changes. Some systems ship python3 without the part of venv that installs pip: there the
# system's own pip installs into the environment.
if ! cmp -s tests/requirements.txt "$venv/requirements.txt"; then
    rm -rf "$venv"
    if python3 -m venv "$venv" > /dev/null 2>&1; then
        pip=("$venv/bin/python" -m pip)
    else
        python3 -m venv --clear --without-pip "$venv"
        pip=(python3 -m pip --python "$venv/bin/python")
    fi
    "${pip[@]}" --quiet --disable-pip-version-check install --requirement tests/requirements.txt
    cp tests/requirements.txt "$venv/requirements.txt"
fi
echo "ready in $venv"

step "cargo test"
cargo build --locked
cargo test --locked 2>&1 | tee "$target/cargo-test.txt"

step "maysend test"
"$target/debug/maysend" test tests/cases

step "Schemathesis"
"$venv/bin/python" tests/schemathesis.py "$target/debug/maysend" "$venv/bin/schemathesis" "$target/schemathesis"

step "Dockerfile and manifests"
"$venv/bin/hadolint" Dockerfile
echo "Dockerfile passed"
"$venv/bin/kubernetes-validate" --strict deploy/kubernetes.yaml
if docker compose version > /dev/null 2>&1; then
    docker compose --file deploy/compose.yaml config --quiet
    echo "deploy/compose.yaml passed"
else
    # Without Docker, at least that it is YAML with the service in it.
    "$venv/bin/python" -c 'import yaml; yaml.safe_load(open("deploy/compose.yaml"))["services"]["maysend"]'
    echo "deploy/compose.yaml is YAML; Docker, which would tell more, is not here"
fi

passed="$(awk '/^test result: ok/ { passed += $4 } END { print passed + 0 }' "$target/cargo-test.txt")"
printf '\n== Everything passed\n'
{
    echo "Rust tests: $passed"
    cat "$MAYSEND_COUNTS"
} | awk -F': ' '{ printf "  %-26s%s\n", $1, $2 }'
