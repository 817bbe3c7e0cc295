//! What values of the right type may be.

use std::collections::BTreeMap;

use super::Config;
use crate::ledger::house_rules;

const DAY: u64 = 24 * 60 * 60;
const MIB: u64 = 1 << 20;

/// What a limit of frequency may count must be there: the longest of them counts days of the calendar, of which one may
/// have 25 hours.
const LEAST_DAYS_OF_SENDS: u32 = house_rules::MOST_DAYS as u32 + 1;

/// What is wrong with values that have the right type.
pub(super) fn objections(config: &Config, origins: &BTreeMap<String, String>) -> Vec<String> {
    let mut said = Vec::new();
    let mut say = |path: &str, text: String| {
        let origin = origins.get(path).map_or("the shipped file", String::as_str);
        said.push(format!("`{path}` in {origin} {text}"));
    };
    let Config { http, store, decisions, retention, log } = config;
    let limits = [
        ("http.body_limit", http.body_limit == 0),
        ("http.message_body_limit", http.message_body_limit == 0),
        ("http.events_body_limit", http.events_body_limit == 0),
        ("http.events_limit", http.events_limit == 0),
        ("http.batch_line_limit", http.batch_line_limit == 0),
        ("http.batch_idle_seconds", http.batch_idle_seconds == 0),
        ("http.timeout_seconds", http.timeout_seconds == 0),
    ];
    for (path, _) in limits.iter().filter(|(_, is_zero)| *is_zero) {
        say(path, "is 0: no request could be answered".to_owned());
    }
    let waits = [
        ("http.batch_idle_seconds", http.batch_idle_seconds),
        ("http.timeout_seconds", http.timeout_seconds),
        ("http.shutdown_seconds", http.shutdown_seconds),
    ];
    for (path, seconds) in waits.iter().filter(|(_, seconds)| *seconds > DAY) {
        say(path, format!("is {seconds}: more than a day"));
    }
    if http.at_least_wait_ms >= http.timeout_seconds.saturating_mul(1000) {
        let text = format!("is {}: no less than `http.timeout_seconds` allows", http.at_least_wait_ms);
        say("http.at_least_wait_ms", text);
    }
    for origin in http.cors_origins.iter().filter(|origin| !is_origin(origin)) {
        say(
            "http.cors_origins",
            format!("has `{origin}`: an origin is a scheme and a host, such as `https://console.example.com`"),
        );
    }
    let page = rustix::param::page_size() as u64;
    if store.map_size < MIB {
        say("store.map_size", format!("is {} bytes: the store needs at least 1 MiB", store.map_size));
    } else if !store.map_size.is_multiple_of(page) {
        say("store.map_size", format!("is {} bytes: it must be a multiple of {page}, the page size", store.map_size));
    }
    for (path, value) in [("store.data_dir", Some(&store.data_dir)), ("store.key_file", store.key_file.as_ref())] {
        if value.is_some_and(|value| value.as_os_str().is_empty()) {
            say(path, "is empty".to_owned());
        }
    }
    if decisions.max_size < MIB {
        say("decisions.max_size", format!("is {} bytes: the log needs at least 1 MiB", decisions.max_size));
    }
    if (1..LEAST_DAYS_OF_SENDS).contains(&retention.sends_days) {
        let days = retention.sends_days;
        let why = "limits of frequency may count what was sent in the last 366 days";
        say(
            "retention.sends_days",
            format!("is {days}: {why}, so it takes {LEAST_DAYS_OF_SENDS} or more, or 0 for ever"),
        );
    }
    if store.key.is_some() && store.key_file.is_some() {
        say("store.key_file", "and `store.key` are both set: give one of them".to_owned());
    }
    if let Err(error) = tracing_subscriber::EnvFilter::builder().parse(&log.filter) {
        say("log.filter", format!("is `{}`, which cannot be read: {error}", log.filter));
    }
    said
}

/// A scheme, a host and perhaps a port. Neither `*` nor a path: who may call is named.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_graphic() && !b"/?#@*\"\\,".contains(&b))
    })
}
