.PHONY: run test lint bench docs image

# Builds and serves on http://127.0.0.1:8080, with the ledger in ./maysend-data.
run: ; cargo run --release --locked -- serve

# Every test: Rust, end to end, Schemathesis against the running service, the Dockerfile and the manifests.
test: ; @tests/run.sh

# Format and lints, as the continuous integration asks for them.
lint: ; cargo fmt --check && cargo clippy --locked --all-targets -- -D warnings

# Measures; run it on a quiet machine.
bench: ; cargo bench --locked

# Writes the generated files anew (the answers in openapi/examples.json, openapi/openapi.json, docs/rules.md, docs/scenario.schema.json, what docs/scenarios.md shows) and the documentation of the code.
docs: ; UPDATE=1 cargo test --locked --test it examples && UPDATE=1 cargo test --locked --test it -- generated manual && cargo doc --locked --no-deps

# The container image.
image: ; docker build --tag maysend:0.1.0 .
