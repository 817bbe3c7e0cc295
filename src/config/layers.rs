//! The layers of the configuration, laid on each other value by value, so that every wrong one is told with its layer.

use std::{collections::BTreeMap, ffi::OsString, path::Path};

use figment::{
    Figment, Provider as _,
    providers::{Format as _, Serialized, Toml},
    value::{Dict, Value},
};

use super::{Config, ConfigErrors, did_you_mean, limits, reason};

/// The shipped file, which is the lowest layer: the documented defaults are the defaults.
pub(super) const SHIPPED: &str = include_str!("../../deploy/maysend.toml");

/// What the names of our environment variables begin with.
const PREFIX: &str = "MAYSEND_";

/// The layers as they are laid on each other, and what is wrong with them.
pub(super) struct Layers {
    shipped: Dict,
    figment: Figment,
    /// Which layer set a key last, in words.
    origins: BTreeMap<String, String>,
    /// What is wrong so far.
    pub(super) errors: Vec<String>,
}

impl Layers {
    pub(super) fn new() -> Result<Self, ConfigErrors> {
        let shipped = parse(SHIPPED).map_err(|error| ConfigErrors(vec![format!("the shipped file: {error}")]))?;
        let figment = Figment::from(Serialized::defaults(&shipped));
        Ok(Self { shipped, figment, origins: BTreeMap::new(), errors: Vec::new() })
    }

    pub(super) fn read_file(&mut self, file: &Path) {
        let origin = format!("`{}`", file.display());
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => return self.errors.push(format!("the file {origin} cannot be read: {}", reason(&error))),
        };
        let values = match parse(&text) {
            Ok(values) => values,
            Err(error) => return self.errors.push(format!("the file {origin} is not TOML: {error}")),
        };
        let mut leaves = Vec::new();
        flatten("", values, &mut leaves);
        for (path, value) in leaves {
            self.set(&path, value, &origin);
        }
    }

    pub(super) fn set_variable(&mut self, name: &str, value: &str) {
        let Some(rest) = name.strip_prefix(PREFIX).filter(|rest| rest.contains("__")) else { return };
        let path = rest.to_ascii_lowercase().replace("__", ".");
        self.set_text(&path, value, &format!("the environment variable `{name}`"));
    }

    /// Sets a key from a text: what the shipped file has as a number, a switch or a list is read as one, and
    /// everything else stays text. A secret key of decimal digits must not become a number.
    pub(super) fn set_text(&mut self, path: &str, text: &str, origin: &str) {
        let shipped = find(&self.shipped, path);
        let is_text = shipped.is_none_or(|value| value.as_str().is_some());
        let is_list = shipped.is_some_and(|value| value.as_array().is_some());
        let value = if is_text {
            Value::from(text)
        } else if is_list && !text.trim_start().starts_with('[') {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::from(items.map(Value::from).collect::<Vec<_>>())
        } else {
            text.parse().unwrap_or_else(|never: std::convert::Infallible| match never {})
        };
        self.set(path, value, origin);
    }

    /// Lays one value on the others, if it is right by itself.
    fn set(&mut self, path: &str, value: Value, origin: &str) {
        let Some(key) = KEYS.iter().find(|key| key.path == path) else {
            return self.errors.push(unknown(path, origin));
        };
        let alone = Figment::from(Serialized::defaults(&self.shipped)).merge(Serialized::default(path, &value));
        if alone.extract::<Config>().is_err() {
            let shown = if path == SECRET { "hidden".to_owned() } else { show(&value) };
            return self.errors.push(format!("`{path}` in {origin} is {shown}: it takes {}", key.takes));
        }
        self.figment = std::mem::take(&mut self.figment).merge(Serialized::default(path, &value));
        self.origins.insert(path.to_owned(), origin.to_owned());
    }

    pub(super) fn finish(mut self) -> Result<Config, ConfigErrors> {
        match self.figment.extract::<Config>() {
            Ok(config) => {
                self.errors.extend(limits::objections(&config, &self.origins));
                if self.errors.is_empty() { Ok(config) } else { Err(ConfigErrors(self.errors)) }
            }
            Err(error) => {
                self.errors.push(error.to_string());
                Err(ConfigErrors(self.errors))
            }
        }
    }
}

/// A key, and what it takes in words.
pub(super) struct Key {
    pub(super) path: &'static str,
    takes: &'static str,
}

const fn key(path: &'static str, takes: &'static str) -> Key {
    Key { path, takes }
}

const SIZE: &str = "a number of bytes, or one with a unit such as `16 MiB`";
const WHOLE: &str = "a whole number";

/// Every key. A test holds this list and the shipped file together.
pub(super) const KEYS: &[Key] = &[
    key("http.bind", "an address and a port, such as `127.0.0.1:8080`"),
    key("http.body_limit", SIZE),
    key("http.message_body_limit", SIZE),
    key("http.events_body_limit", SIZE),
    key("http.events_limit", WHOLE),
    key("http.batch_line_limit", SIZE),
    key("http.batch_idle_seconds", WHOLE),
    key("http.timeout_seconds", WHOLE),
    key("http.at_least_wait_ms", WHOLE),
    key("http.shutdown_seconds", WHOLE),
    key("http.cors_origins", "a list of origins, such as `https://console.example.com`"),
    key("store.data_dir", "the path of a directory"),
    key("store.map_size", SIZE),
    key("store.key_file", "the path of a file"),
    key(SECRET, "64 hexadecimal digits"),
    key("store.allow_network_fs", "`true` or `false`"),
    key("decisions.flush", "`each_second` or `each_answer`"),
    key("decisions.on_full", "`fail_closed`, `block` or `drop`"),
    key("decisions.max_size", SIZE),
    key("decisions.max_age_days", WHOLE),
    key("retention.sends_days", WHOLE),
    key("retention.requests_days", WHOLE),
    key("retention.collections_days", WHOLE),
    key("retention.consents_days", WHOLE),
    key("log.filter", "a level such as `info`, or directives such as `info,maysend=debug`"),
    key("log.format", "`text` or `json`"),
];

/// The key whose value is never repeated.
const SECRET: &str = "store.key";

/// The variables of the environment that are meant for us.
///
/// Every key has a section, so its variable has two underscores in a row. Other variables with our prefix are let
/// be: Kubernetes sets `MAYSEND_SERVICE_HOST` and more of the kind for a service of our name.
pub(super) fn ours(
    environment: impl Iterator<Item = (OsString, OsString)>,
    errors: &mut Vec<String>,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, value) in environment {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        if name != "MAYSEND_CONFIG" && !name.contains("__") {
            errors.extend(misspelt(name));
            continue;
        }
        match value.into_string() {
            Ok(value) => drop(found.insert(name.to_owned(), value)),
            Err(_) => errors.push(format!("the environment variable `{name}` is not valid UTF-8")),
        }
    }
    found
}

/// A variable that would be one of ours with the right underscores.
fn misspelt(name: &str) -> Option<String> {
    let bare = |text: &str| text.to_ascii_lowercase().replace(['_', '.'], "");
    let told = bare(name.strip_prefix(PREFIX)?);
    let means = |key: &&Key| {
        let last = key.path.split('.').next_back().unwrap_or_default();
        bare(key.path) == told || (bare(last) == told && last != "key")
    };
    let meant = KEYS.iter().find(means)?;
    Some(format!("the environment variable `{name}` sets nothing: did you mean `{}`?", variable(meant.path)))
}

fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.replace('.', "__").to_ascii_uppercase())
}

fn unknown(path: &str, origin: &str) -> String {
    let section = format!("{path}.");
    if let Some(key) = KEYS.iter().find(|key| key.path.starts_with(&section)) {
        return format!("`{path}` in {origin} is a section, not a key: it holds keys such as `{}`", key.path);
    }
    let hint = did_you_mean(path, KEYS.iter().map(|key| key.path)).map_or_else(
        || "`deploy/maysend.toml` lists the keys".to_owned(),
        |near| {
            let near = if origin.contains("variable") { variable(near) } else { near.to_owned() };
            format!("did you mean `{near}`?")
        },
    );
    format!("`{path}` in {origin} is no key of the configuration: {hint}")
}

pub(super) fn parse(toml: &str) -> Result<Dict, String> {
    let data = Toml::string(toml).data().map_err(|error| {
        // The first line says where and the last what. Those between repeat the file, which may hold the key.
        let text = error.to_string();
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match lines.as_slice() {
            [first, .., last] => format!("{}, {last}", first.trim_start_matches("TOML parse error ")),
            lines => lines.concat(),
        }
    })?;
    Ok(data.into_values().flatten().collect())
}

/// The keys of nested tables, each with its full path.
pub(super) fn flatten(above: &str, values: Dict, leaves: &mut Vec<(String, Value)>) {
    for (name, value) in values {
        let path = if above.is_empty() { name } else { format!("{above}.{name}") };
        match value.as_dict() {
            Some(table) if KEYS.iter().all(|key| key.path != path) => flatten(&path, table.clone(), leaves),
            Some(_) | None => leaves.push((path, value)),
        }
    }
}

fn find<'a>(values: &'a Dict, path: &str) -> Option<&'a Value> {
    let (section, key) = path.split_once('.')?;
    values.get(section)?.as_dict()?.get(key)
}

fn show(value: &Value) -> String {
    serde_json::to_string(value)
        .map_or_else(|_| "unreadable".to_owned(), |text| format!("`{}`", text.trim_matches('"')))
}
