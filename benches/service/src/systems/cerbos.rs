//! Cerbos: a policy engine that is told everything with the request.

use std::{fs, net::SocketAddr, path::Path, process::Command};

use serde_json::{Value, json};

use super::Body;
use crate::{
    Outcome,
    process::{self, Server},
    settings::Settings,
};

/// Starts it with the policy of `benches/service/cerbos`.
pub(super) fn start(settings: &Settings, address: SocketAddr, log: &Path) -> Outcome<Server> {
    let policies = settings.root.join("benches/service/cerbos");
    let config = json!({
        "server": { "httpListenAddr": address.to_string(), "grpcListenAddr": process::free_address()?.to_string() },
        "storage": { "driver": "disk", "disk": { "directory": policies, "watchForChanges": false } },
        "telemetry": { "disabled": true },
    });
    // JSON is YAML.
    let file = settings.out.join("cerbos.yaml");
    fs::write(&file, config.to_string())?;
    let program = settings.root.join("target/tools/cerbos/node_modules/.bin/cerbos");
    let program =
        fs::canonicalize(&program).map_err(|error| format!("{}: {error}: run `make bench`", program.display()))?;
    let mut command = Command::new(binary(&program).unwrap_or(program));
    command.args(["server", "--log-level=warn"]).arg(format!("--config={}", file.display()));
    Server::start(&mut command, address, "/_cerbos/health", log)
}

/// The server beside the script that the package would start it with: the script's time is not Cerbos's.
fn binary(script: &Path) -> Option<std::path::PathBuf> {
    let scope = script.ancestors().find(|path| path.ends_with("node_modules"))?.join("@cerbos");
    let programs =
        fs::read_dir(scope).ok()?.flatten().flat_map(|package| fs::read_dir(package.path()).into_iter().flatten());
    let is_server = |path: &std::path::PathBuf| {
        path.is_file() && path.extension().is_none() && path.metadata().is_ok_and(|file| file.len() > 1 << 20)
    };
    programs.flatten().map(|file| file.path()).find(is_server)
}

/// The question in its words, about as long as that of `POST /check`.
pub(super) fn body() -> Body {
    let text = r#"{"requestId":"01a201be-6968-7763-a88b-40900834e8eb","principal":{"id":"acme","roles":["sender"],
        "attr":{"kind":"company"}},"resources":[{"actions":["send"],"resource":{"kind":"recipient","id":"<>","attr":<>}}]}"#;
    let parts = text.split("<>").map(str::to_owned).collect();
    let states = states().iter().map(Value::to_string).collect();
    Body { path: "/api/check/resources", parts, states, allows: Some("EFFECT_ALLOW") }
}

/// What it is told of a person, by kind.
fn states() -> [Value; 5] {
    let state = |objected: bool, fields: Value| {
        let mut state = json!({
            "channel": "email", "purpose": "commercial", "topic": "offers", "campaign": "autumn-2026-offers",
            "objected": objected, "products": ["bike service"], "opt_out": "link", "identifies_sender": true,
        });
        if let (Some(state), Value::Object(fields)) = (state.as_object_mut(), fields) {
            state.extend(fields);
        }
        state
    };
    let consent = |withdrawn: bool| {
        json!({ "consent": {
            "freely_given": true, "names_sender": true, "withdrawn": withdrawn, "channels": ["email"], "method": "web_form",
        } })
    };
    let soft = |sale: bool| {
        json!({ "soft_opt_in": {
            "details_from_sale": sale, "own_similar_products": true, "same_sender": true,
            "opt_out_at_collection": true, "opt_out_in_every_message": true,
        } })
    };
    [
        state(false, consent(false)),
        state(false, soft(true)),
        state(true, consent(false)),
        state(false, consent(true)),
        state(false, soft(false)),
    ]
}
