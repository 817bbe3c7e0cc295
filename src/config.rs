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
    /// Largest body of `POST /events`, in bytes.
    #[serde(deserialize_with = "size")]
    pub events_body_limit: usize,
    /// Most events in one `POST /events`.
    pub events_limit: usize,
    /// Seconds that a request may take, its body included.
    pub timeout_seconds: u64,
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
mod tests {
    use super::{
        layers::{KEYS, Key, SHIPPED, flatten, parse},
        *,
    };

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    fn load(file: Option<&str>, environment: &[(&str, &str)], flags: Flags) -> Result<Config, Vec<String>> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("test.toml");
        let mut environment: Vec<(OsString, OsString)> =
            environment.iter().map(|(name, value)| (name.into(), value.into())).collect();
        if let Some(text) = file {
            std::fs::write(&path, text).unwrap();
            environment.push(("MAYSEND_CONFIG".into(), path.clone().into()));
        }
        let shorten = |error: String| error.replace(path.to_str().unwrap(), "test.toml");
        Config::from_layers(&flags, environment.into_iter())
            .map_err(|errors| errors.0.into_iter().map(shorten).collect())
    }

    #[track_caller]
    fn refused(file: &str, says: &str) {
        let errors = load(Some(file), &[], Flags::default()).unwrap_err();
        assert!(errors.iter().any(|error| error.contains(says)), "{errors:#?}");
    }

    #[test]
    fn the_shipped_file_has_every_default() {
        let Config { http, store, log } = Config::shipped().unwrap();
        assert_eq!(http.bind.to_string(), "127.0.0.1:8080");
        assert_eq!((http.body_limit, http.events_body_limit, http.events_limit), (1 << 20, 32 << 20, 100_000));
        assert_eq!((http.timeout_seconds, http.shutdown_seconds), (30, 25));
        assert!(http.cors_origins.is_empty());
        assert_eq!((store.data_dir.to_str(), store.map_size), (Some("maysend-data"), 16 << 30));
        assert!(store.key.is_none() && store.key_file.is_none() && !store.allow_network_fs);
        assert_eq!((log.filter.as_str(), log.format), ("info", LogFormat::Text));
    }

    #[test]
    fn the_shipped_file_names_every_key() {
        for Key { path, .. } in KEYS {
            let (section, name) = path.split_once('.').unwrap();
            let (_, after) = SHIPPED.split_once(&format!("\n[{section}]\n")).unwrap();
            let body = after.split("\n[").next().unwrap();
            let is_named = |line: &str| line.trim_start_matches("# ").starts_with(&format!("{name} = "));
            assert!(body.lines().any(is_named), "`{path}` is missing");
        }
        let mut leaves = Vec::new();
        flatten("", parse(SHIPPED).unwrap(), &mut leaves);
        assert_eq!(leaves.len(), KEYS.len() - 2, "the two keys without a default");
    }

    #[test]
    fn each_layer_wins_over_the_one_below() {
        let file = "[http]\nbind = '127.0.0.1:1'\ntimeout_seconds = 1\nevents_limit = 1";
        let environment = [("MAYSEND_HTTP__BIND", "127.0.0.1:2"), ("MAYSEND_HTTP__TIMEOUT_SECONDS", "2")];
        let flags = Flags::default().with("--bind", "http.bind", Some("127.0.0.1:3"));
        let http = load(Some(file), &environment, flags).unwrap().http;
        assert_eq!((http.bind.port(), http.timeout_seconds, http.events_limit), (3, 2, 1));
        assert_eq!(http.shutdown_seconds, 25);
    }

    #[test]
    fn a_file_named_by_a_flag_wins_over_one_named_by_the_environment() {
        let flags = Flags { file: Some("no/such/file.toml".into()), set: vec![] };
        let errors = load(Some("[http]\nbnd = 1"), &[], flags).unwrap_err();
        assert_eq!(errors, ["the file `no/such/file.toml` cannot be read: no such file or directory"]);
    }

    #[test]
    fn every_error_is_told_at_once_with_its_layer() {
        let file = "[http]\nbnd = '127.0.0.1:1'\nevents_limit = 0\n[store]\nmap_size = '1 MB'\n[logs]\nx = 1";
        let environment = [("MAYSEND_HTTP__BODY_LIMIT", "-1"), ("MAYSEND_LOG__FORMT", "json")];
        let flags = Flags::default().with("--bind", "http.bind", Some("here"));
        insta::assert_snapshot!(load(Some(file), &environment, flags).unwrap_err().join("\n"), @r"
        `http.bnd` in `test.toml` is no key of the configuration: did you mean `http.bind`?
        `logs.x` in `test.toml` is no key of the configuration: `deploy/maysend.toml` lists the keys
        `store.map_size` in `test.toml` is `1 MB`: it takes a number of bytes, or one with a unit such as `16 MiB`
        `http.body_limit` in the environment variable `MAYSEND_HTTP__BODY_LIMIT` is `-1`: it takes a number of bytes, or one with a unit such as `16 MiB`
        `log.formt` in the environment variable `MAYSEND_LOG__FORMT` is no key of the configuration: did you mean `MAYSEND_LOG__FORMAT`?
        `http.bind` in the flag `--bind` is `here`: it takes an address and a port, such as `127.0.0.1:8080`
        `http.events_limit` in `test.toml` is 0: no request could be answered
        ");
    }

    #[rstest::rstest]
    #[case("[store]\nmap_size = 1048577", "must be a multiple of")]
    #[case("[store]\nmap_size = '4 KiB'", "needs at least 1 MiB")]
    #[case("[store]\nmap_size = '99999999 TiB'", "it takes a number of bytes")]
    #[case("[http]\nevents_body_limit = 0", "no request could be answered")]
    #[case("[http]\ntimeout_seconds = 100000", "more than a day")]
    #[case("[http]\ntimeout_seconds = 1.5", "it takes a whole number")]
    #[case("[http]\ncors_origins = ['*']", "an origin is a scheme and a host")]
    #[case("[http]\ncors_origins = ['https://a.example/path']", "an origin is a scheme and a host")]
    #[case("[store]\ndata_dir = ''", "is empty")]
    #[case("[log]\nfilter = 'maysend=loud'", "cannot be read")]
    #[case("[log]\nformat = 'xml'", "it takes `text` or `json`")]
    #[case("http = 3", "is a section, not a key")]
    #[case("[http\n", "is not TOML: at line 1")]
    fn a_wrong_value_is_refused_in_words(#[case] file: &str, #[case] says: &str) {
        refused(file, says);
    }

    #[test]
    fn lists_and_switches_are_read_from_the_environment() {
        let environment = [
            ("MAYSEND_HTTP__CORS_ORIGINS", "https://a.example, https://b.example:8443"),
            ("MAYSEND_STORE__ALLOW_NETWORK_FS", "true"),
            ("MAYSEND_STORE__MAP_SIZE", "1 GiB"),
            ("MAYSEND_STORE__DATA_DIR", "42"),
        ];
        let Config { http, store, .. } = load(None, &environment, Flags::default()).unwrap();
        assert_eq!(http.cors_origins, ["https://a.example", "https://b.example:8443"]);
        assert_eq!((store.allow_network_fs, store.map_size, store.data_dir.to_str()), (true, 1 << 30, Some("42")));
    }

    #[test]
    fn variables_of_others_are_let_be_and_misspelt_ones_are_not() {
        let kubernetes = [("MAYSEND_SERVICE_HOST", "10.0.0.1"), ("MAYSEND_PORT", "tcp://10.0.0.1:8080")];
        assert!(load(None, &kubernetes, Flags::default()).is_ok());
        let errors = load(None, &[("MAYSEND_HTTP_BIND", "0.0.0.0:80"), ("MAYSEND_DATA_DIR", "x")], Flags::default());
        let [first, second] = errors.unwrap_err().try_into().unwrap();
        assert!(second.contains("did you mean `MAYSEND_STORE__DATA_DIR`?"), "{second}");
        assert!(first.contains("did you mean `MAYSEND_HTTP__BIND`?"), "{first}");
    }

    #[test]
    fn the_secret_key_is_read_and_never_shown() {
        for hex in [HEX, &"1".repeat(64), &format!("1e{}", "1".repeat(62))] {
            let store = load(None, &[("MAYSEND_STORE__KEY", hex)], Flags::default()).unwrap().store;
            assert!(store.key.is_some());
            assert!(format!("{store:?}").contains("key: Some([secret])"));
        }
        let key: Secret = HEX.parse().unwrap();
        assert_eq!((key.expose()[0], key.expose()[1], key.expose()[31]), (0, 1, 31));
        let short = HEX.trim_end_matches('f');
        let wrong = format!("[store]\nkey = '{short}'");
        let errors = load(Some(&wrong), &[], Flags::default()).unwrap_err().concat();
        assert!(errors.contains("64 hexadecimal digits") && !errors.contains(short), "{errors}");
        let unquoted = load(Some(&format!("[store]\nkey = x{short}")), &[], Flags::default()).unwrap_err().concat();
        assert!(unquoted.contains("is not TOML") && !unquoted.contains(short), "{unquoted}");
        refused(&format!("[store]\nkey = '{HEX}'\nkey_file = 'k'"), "are both set");
    }
}
