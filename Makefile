.PHONY: run test lint bench bench-check-load bench-rates bench-campaign bench-events bench-publish bench-library bench-check docs image

# Builds and serves on http://127.0.0.1:8080, with the ledger in ./maysend-data.
run: ; cargo run --release --locked -- serve

# Every test: Rust, end to end, Schemathesis against the running service, the Dockerfile and the manifests.
test: ; @tests/run.sh

# Format and lints, as the continuous integration asks for them.
lint: ; cargo fmt --check && cargo clippy --locked --all-targets -- -D warnings

# Measures the service beside its peers and prints the table; docs/performance.md says what and how. BENCH_QUICK=1 takes a few minutes.
bench: ; @benches/service/run.sh all

# The part of it that asks with 32 connections, on ledgers of several sizes: what a check costs.
bench-check-load: ; @benches/service/run.sh check-load

# The part of it with fixed rates: latency without coordinated omission.
bench-rates: ; @benches/service/run.sh rates

# The part of it that sends one campaign to everybody.
bench-campaign: ; @benches/service/run.sh campaign

# The part of it that writes events, and checks meanwhile.
bench-events: ; @benches/service/run.sh events

# Takes the figures of the last run into docs/performance.md.
bench-publish: ; @benches/service/run.sh publish

# Measures parts of the library: decision log, denials, ledger, reading. Run it on a quiet machine.
bench-library: ; cargo bench --locked --bench decisions --bench denials --bench ledger --bench reading

# Fails if a check takes 10 % more instructions than benches/instructions.toml says; needs valgrind.
bench-check: ; cargo bench --locked --profile counted --bench instructions

# Writes the generated files anew (the answers in openapi/examples.json, openapi/openapi.json, docs/rules.md, docs/scenario.schema.json, what docs/scenarios.md shows) and the documentation of the code.
docs: ; UPDATE=1 cargo test --locked --test it examples && UPDATE=1 cargo test --locked --test it -- generated manual && cargo doc --locked --no-deps

# The container image.
image: ; docker build --tag maysend:0.1.0 .
