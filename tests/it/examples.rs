//! Every example of the specification, sent to a running service in the order of its story.

use std::{collections::BTreeSet, env, fs, path::Path};

use serde_json::{Map, Value};

use crate::server::{Reply, Server};

const PLACE: &str = "openapi/examples.json";
/// The type of a body with a JSON object a line.
const LINES: &str = "application/x-ndjson";
const TOLD: &str = "run `UPDATE=1 cargo test --test it examples`, then `UPDATE=1 cargo test --test it generated`";

/// What is another in every run, and what the examples show in its place.
const VARYING: [(&str, &str); 8] = [
    ("parent", "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"),
    ("decision_id", "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"),
    ("instance", "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"),
    ("request_id", "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"),
    ("recorded_at", "2026-11-21T09:30:02Z"),
    ("at", "2026-11-21T09:30:02Z"),
    ("chain", "9f2c51d5e63d0a4b8c7e1f3a5b6d7c8e9f0a1b2c3d4e5f60718293a4b5c6d7e8"),
    ("as_of", "2026-11-21"),
];

#[test]
fn every_example_is_answered_as_it_says() {
    let server = Server::start();
    let mut story = story();
    let mut wrong = Vec::new();
    let mut last = String::new();
    for step in &mut story {
        let reply = send(&server, step, &last);
        let decided = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
        last = decided["decision_id"].as_str().map_or(last, str::to_owned);
        let name = format!("{} `{}`", step["operation"], text(step, "name"));
        if step["status"] != reply.status {
            wrong.push(format!("{name}: {} instead of {}: {}", reply.status, step["status"], reply.text()));
            continue;
        }
        let answer = steady(&answer(&reply), step);
        let shape = step["compare"] == "shape";
        let agrees = match text(step, "compare").as_str() {
            "beginning" => begins(&answer, &step["response"]),
            "shape" => keys(&answer) == keys(&step["response"]),
            _ => answer == step["response"],
        };
        if !agrees {
            wrong.push(format!("{name}: the answer is another: {TOLD}"));
        }
        if !shape {
            step["response"] = if step["compare"] == "beginning" { cut(&step["response"], &answer) } else { answer };
        }
    }
    crate::count("executed examples", story.len());
    if update() {
        let text = serde_json::to_string_pretty(&story).expect("JSON");
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLACE), text + "\n").expect("the file is written");
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// The document has no example that the story does not, and none of the story's is lost on the way.
#[test]
fn every_operation_has_examples_and_all_of_them_are_of_the_story() {
    let document = Server::start().get("/openapi.json").json();
    let story = story();
    let mut shown = BTreeSet::new();
    for (operation, id) in operations(&document) {
        let content = operation["requestBody"]["content"].as_object().cloned().unwrap_or_default();
        for (media_type, content) in &content {
            let requests = examples(content);
            assert!(!requests.is_empty(), "{id}: no example of {media_type}");
            shown.extend(requests.into_iter().map(|(name, value)| (id.clone(), name, value.to_string())));
        }
        for (status, response) in operation["responses"].as_object().expect("responses") {
            for (media_type, content) in response["content"].as_object().into_iter().flatten() {
                let answers = examples(content);
                // Of a service that cannot work there is nothing to send.
                assert!(!answers.is_empty() || status == "503", "{id}: no example of {status} as {media_type}");
                for (name, value) in answers.into_iter().filter(|_| media_type != "application/problem+json") {
                    let told = story.iter().filter(|step| text(step, "operation") == id);
                    let told = told.flat_map(|step| each(step, "response", media_type));
                    let told = told.into_iter().any(|told| told == (name.clone(), value.clone()));
                    assert!(told, "{id}: the answer `{name}` of {status} is not in {PLACE}");
                }
            }
        }
    }
    let sent = story.iter().filter(|step| !step["body"].is_null() && step["shown"] != false);
    let sent: BTreeSet<_> = sent
        .flat_map(|step| {
            let media_type = step["content_type"].as_str().unwrap_or("application/json");
            let each = each(step, "body", media_type).into_iter();
            each.map(|(name, body)| (text(step, "operation"), name, body.to_string())).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(shown, sent);
}

#[expect(clippy::disallowed_methods, reason = "whether to rewrite is said to the test by the environment")]
fn update() -> bool {
    env::var_os("UPDATE").is_some()
}

fn story() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PLACE);
    serde_json::from_str(&fs::read_to_string(path).expect("the examples")).expect("JSON")
}

fn text(step: &Value, name: &str) -> String {
    step[name].as_str().unwrap_or_default().to_owned()
}

/// The examples that a body or an answer is: one, or one for each line of it.
fn each(step: &Value, field: &str, media_type: &str) -> Vec<(String, Value)> {
    let name = text(step, "name");
    match step[field].as_array().filter(|_| media_type == LINES) {
        Some(lines) => (1..).zip(lines).map(|(number, line)| (format!("{name}_{number}"), line.clone())).collect(),
        None => vec![(name, step[field].clone())],
    }
}

/// Sends a request; `{decision}` in its path is the last decision.
fn send(server: &Server, step: &Value, last: &str) -> Reply {
    let method = match text(step, "operation").as_str() {
        "put_sender" => "PUT",
        _ if step["body"].is_null() => "GET",
        _ => "POST",
    };
    let media_type = step["content_type"].as_str().unwrap_or("application/json");
    let accept = step["accept"].as_str().unwrap_or("*/*");
    // A body that is a text itself is no JSON.
    let itself = step["body"].as_str().filter(|_| !media_type.contains("json")).map(str::to_owned);
    let lines = step["body"].as_array().filter(|_| media_type == LINES);
    let itself = itself.or_else(|| lines.map(|lines| lines.iter().map(|line| format!("{line}\n")).collect()));
    let body = itself.unwrap_or_else(|| if step["body"].is_null() { String::new() } else { step["body"].to_string() });
    server.call(
        method,
        &text(step, "path").replace("{decision}", last),
        &[("Content-Type", media_type), ("Accept", accept)],
        &body,
    )
}

fn answer(reply: &Reply) -> Value {
    if reply.header("content-type") == Some(LINES) {
        return reply.text().lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")).collect();
    }
    let is_json = reply.header("content-type").is_some_and(|kind| kind.contains("json"));
    if is_json { reply.json() } else { Value::from(reply.text()) }
}

/// The answer without what is another in every run. The day is the one of the example where the request says none.
fn steady(answer: &Value, step: &Value) -> Value {
    match answer {
        Value::Object(fields) => {
            let dated = step["body"]["as_of"].is_string() || text(step, "path").contains("as_of");
            let each = fields.iter().map(|(name, value)| {
                if name == "duration_us" {
                    return (name.clone(), Value::from(120));
                }
                let fixed = VARYING.iter().find(|(varying, _)| varying == name && !(name == "as_of" && dated));
                (name.clone(), fixed.map_or_else(|| steady(value, step), |(_, fixed)| Value::from(*fixed)))
            });
            Value::Object(each.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| steady(item, step)).collect(),
        Value::String(text) => match text.rsplit_once(" Decision ") {
            Some((before, _)) => Value::from(format!("{before} Decision {}.\n", VARYING[0].1)),
            None => answer.clone(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => answer.clone(),
    }
}

/// Whether the answer has all that the example shows of it: fields that are left out and items that follow are passed
/// over.
fn begins(answer: &Value, shown: &Value) -> bool {
    match (answer, shown) {
        (Value::Object(answer), Value::Object(shown)) => {
            shown.iter().all(|(name, value)| answer.get(name).is_some_and(|answer| begins(answer, value)))
        }
        (Value::Array(answer), Value::Array(shown)) => {
            shown.len() <= answer.len() && answer.iter().zip(shown).all(|(answer, shown)| begins(answer, shown))
        }
        (answer, shown) => answer == shown,
    }
}

/// As much of the answer as the example showed before.
fn cut(shown: &Value, answer: &Value) -> Value {
    match (shown, answer) {
        (Value::Object(shown), Value::Object(answer)) => {
            let kept = answer.iter().filter_map(|(name, value)| Some((name.clone(), cut(shown.get(name)?, value))));
            Value::Object(kept.collect())
        }
        (Value::Array(shown), Value::Array(answer)) => shown.iter().zip(answer).map(|(s, a)| cut(s, a)).collect(),
        (_, answer) => answer.clone(),
    }
}

/// The answer with nothing but the names of its fields.
fn keys(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), keys(value))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Value::Null,
    }
}

fn operations(document: &Value) -> Vec<(Value, String)> {
    let paths = document["paths"].as_object().expect("paths");
    let all = paths.values().flat_map(|path| path.as_object().into_iter().flat_map(Map::values));
    all.map(|operation| (operation.clone(), text(operation, "operationId"))).collect()
}

fn examples(content: &Value) -> Vec<(String, Value)> {
    let all = content["examples"].as_object().into_iter().flatten();
    all.map(|(name, example)| (name.clone(), example["value"].clone())).collect()
}
