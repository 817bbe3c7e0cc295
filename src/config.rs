//! The configuration: what an operator can set, and the only reader of the environment.
//!
//! Four layers, each winning over the one before: the shipped `deploy/maysend.toml`, a file, the environment, the
//! command line. Everything that is wrong with them is told at once.

mod layers;
mod limits;

use std::{ffi::OsString, fmt, net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Deserializer, de::Error as _};

use self::layers::Layers;

/// Everything an operator can set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How the service is reached.
    pub http: Http,
    /// Where the ledger is kept.
    pub store: Store,
    /// How decisions are kept.
    pub decisions: Decisions,
    /// How long events are kept.
    pub retention: Retention,
    /// What is written to the log.
    pub log: Log,
}

/// How the service is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// Largest body of `POST /check` and of the other small requests, in bytes.
    #[serde(deserialize_with = "size")]
    pub body_limit: usize,
    /// Largest body of `POST /messages/read`, in bytes.
    #[serde(deserialize_with = "size")]
    pub message_body_limit: usize,
    /// Largest body of `POST /events`, in bytes.
    #[serde(deserialize_with = "size")]
    pub events_body_limit: usize,
    /// Most events in one `POST /events`.
    pub events_limit: usize,
    /// Largest line of `POST /check/batch`, in bytes.
    #[serde(deserialize_with = "size")]
    pub batch_line_limit: usize,
    /// Seconds in which nothing of a batch is sent and nothing of its answer taken, before it is ended.
    pub batch_idle_seconds: u64,
    /// Seconds that a request may take, its body included.
    pub timeout_seconds: u64,
    /// Milliseconds that a check waits for the revision that its `at_least` asks for.
    pub at_least_wait_ms: u64,
    /// Seconds that requests in flight are given to finish at shutdown.
    pub shutdown_seconds: u64,
    /// Origins that browsers may call from; empty: none.
    pub cors_origins: Vec<String>,
}

/// Where the ledger is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The data directory.
    pub data_dir: PathBuf,
    /// Bytes that the store may grow to.
    #[serde(deserialize_with = "size")]
    pub map_size: u64,
    /// The file of the secret key; neither this nor `key`: `key` in the data directory, made at the first start.
    pub key_file: Option<PathBuf>,
    /// The secret key itself.
    pub key: Option<Secret>,
    /// Use a data directory on a network file system all the same.
    pub allow_network_fs: bool,
}

/// How decisions are kept, in the folder `decisions` of the data directory.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// When a decision is on disk.
    pub flush: Flush,
    /// What becomes of a check when the log is full.
    pub on_full: OnFull,
    /// Bytes that the log may take up.
    #[serde(deserialize_with = "size")]
    pub max_size: u64,
    /// Days after which a decision is deleted; 0: never.
    pub max_age_days: u32,
}

/// When a decision is on disk. Past a crash of the process it is there in either case, before it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flush {
    /// Within a second: a power cut may take the last one.
    EachSecond,
    /// Before it is answered.
    EachAnswer,
}

/// What becomes of a check when the decision log is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnFull {
    /// It waits for room, as long as a request may take.
    Block,
    /// It is refused: no decision that cannot be shown afterwards.
    FailClosed,
    /// It is decided and not kept, and the answer says so.
    Drop,
}

/// How long events are kept, by what they are needed for: in days since they happened or were recorded, whichever is
/// later; 0: for ever. What a person has said against marketing has no period.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Messages that were sent (`send_made`).
    pub sends_days: u32,
    /// Requests of a person, and their fulfilment (`request_made`, `request_fulfilled`).
    pub requests_days: u32,
    /// Contact details that were handed over without a refusal (`details_collected`).
    pub collections_days: u32,
    /// Consents (`consent_given`).
    pub consents_days: u32,
}

/// What is written to the log.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Which lines: a level, or directives such as `info,maysend=debug`.
    pub filter: String,
    /// How: `text` or `json`.
    pub format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One line of words.
    Text,
    /// One JSON object a line.
    Json,
}

/// A secret key: 64 hexadecimal digits in the configuration, and never shown again.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The key itself, for hashing and for nothing else.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::str::FromStr for Secret {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let digits: Vec<u32> = text.trim().chars().map(|c| c.to_digit(16)).collect::<Option<_>>().ok_or(NotAKey)?;
        let bytes = digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit));
        let bytes: Vec<u8> = bytes.filter_map(|byte| u8::try_from(byte).ok()).collect();
        if digits.len() == 64 { bytes.try_into().map(Self).map_err(|_| NotAKey) } else { Err(NotAKey) }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A text that is no secret key. It does not say what the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret key is 64 hexadecimal digits")]
pub struct NotAKey;

/// What the command line sets: the topmost layer.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The file to read (`--config`). Without it the environment may name one.
    pub file: Option<PathBuf>,
    /// Each flag that was given: its name, the key that it sets, its value.
    pub set: Vec<(&'static str, &'static str, String)>,
}

impl Flags {
    /// Sets a key if the flag was given.
    #[must_use]
    pub fn with(mut self, flag: &'static str, key: &'static str, value: Option<impl Into<String>>) -> Self {
        self.set.extend(value.map(|value| (flag, key, value.into())));
        self
    }
}

/// Everything that is wrong with the configuration, each in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors(Vec<String>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.0.as_slice() {
            return write!(f, "the configuration is wrong: {only}");
        }
        write!(f, "the configuration is wrong in {} places:", self.0.len())?;
        self.0.iter().try_for_each(|error| write!(f, "\n  - {error}"))
    }
}

impl std::error::Error for ConfigErrors {}

impl Config {
    /// Reads every layer: the shipped file, a file, the environment, the command line.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the environment is read")]
    pub fn load(flags: &Flags) -> Result<Self, ConfigErrors> {
        Self::from_layers(flags, std::env::vars_os())
    }

    /// The shipped defaults alone.
    ///
    /// # Errors
    /// None, as long as the shipped file is sound, which a test holds.
    pub fn shipped() -> Result<Self, ConfigErrors> {
        Self::from_layers(&Flags::default(), std::iter::empty())
    }

    fn from_layers(
        flags: &Flags,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigErrors> {
        let mut layers = Layers::new()?;
        let environment = layers::ours(environment, &mut layers.errors);
        let file = environment.get("MAYSEND_CONFIG").map(PathBuf::from);
        if let Some(file) = flags.file.clone().or(file) {
            layers.read_file(&file);
        }
        for (name, value) in &environment {
            layers.set_variable(name, value);
        }
        for (flag, key, value) in &flags.set {
            layers.set_text(key, value, &format!("the flag `{flag}`"));
        }
        layers.finish()
    }
}

/// The candidate that a misspelt word most likely stands for.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let scored = candidates.map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// The reason of an error of the operating system, without its number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A number of bytes, plain or with a unit.
fn size<'de, D: Deserializer<'de>, N: TryFrom<u64>>(deserializer: D) -> Result<N, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Size {
        Bytes(u64),
        Text(String),
    }
    let bytes = match Size::deserialize(deserializer)? {
        Size::Bytes(bytes) => Some(bytes),
        Size::Text(text) => bytes(&text),
    };
    bytes.and_then(|bytes| N::try_from(bytes).ok()).ok_or_else(|| D::Error::custom("no size"))
}

fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(unit_at)?;
    let shift = match unit.trim() {
        "" | "B" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        "TiB" => 40,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests;
