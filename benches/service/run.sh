#!/usr/bin/env bash
# Installs what the benchmark of the running service needs, builds it and the service, and runs the parts that are named
# (`make bench`: all of them). Needs cargo (rust-toolchain.toml names the version) and, for the packages, Debian or
# Ubuntu or the packages already. What comes from npm goes under target/tools.
set -euo pipefail
cd "$(dirname "$0")/../.."

cerbos_version=0.51.0
# The servers are started by the benchmark, on ports of their own; those that Debian starts are not used.
missing=()
command -v cc > /dev/null || missing+=(gcc libc6-dev)
command -v wrk > /dev/null || missing+=(wrk)
command -v redis-server > /dev/null || missing+=(redis-server)
command -v psql > /dev/null || missing+=(postgresql)
compgen -G "/usr/lib/postgresql/*/bin/initdb" > /dev/null || command -v initdb > /dev/null || missing+=(postgresql)
cerbos=target/tools/cerbos
if ! grep -qs "\"version\": \"$cerbos_version\"" "$cerbos/node_modules/cerbos/package.json"; then
    command -v npm > /dev/null || missing+=(npm)
fi
if ((${#missing[@]})); then
    as_root=()
    [[ $(id -u) -eq 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update --quiet
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends "${missing[@]}"
fi
if ! grep -qs "\"version\": \"$cerbos_version\"" "$cerbos/node_modules/cerbos/package.json"; then
    mkdir -p "$cerbos"
    npm install --no-fund --no-audit --no-save --loglevel=error --prefix "$cerbos" "cerbos@$cerbos_version"
fi

cargo build --release --locked
cargo build --release --locked --manifest-path benches/service/Cargo.toml --target-dir target
exec target/release/maysend-bench "$@"
