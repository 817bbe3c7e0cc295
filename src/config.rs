//! The configuration: what an operator can set, and the only reader of the environment.

use std::{net::SocketAddr, path::PathBuf};

use serde::Deserialize;

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
    pub body_limit: usize,
    /// Largest body of `POST /events`, in bytes.
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
    pub map_size: u64,
    /// The file of the secret key; none: `key` in the data directory, made at the first start.
    pub key_file: Option<PathBuf>,
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
