//! The flags that say where the ledger is.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::config::{Config, Flags};

/// Where the ledger is.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// A file of settings, laid over the shipped defaults
    #[arg(long, value_name = "FILE", help_heading = "Ledger")]
    config: Option<PathBuf>,
    /// The data directory [default: maysend-data]
    #[arg(long, value_name = "DIR", help_heading = "Ledger")]
    data_dir: Option<String>,
    /// The file of the secret key [default: `key` in the data directory]
    #[arg(long, value_name = "FILE", help_heading = "Ledger")]
    key_file: Option<String>,
    /// What the store may grow to, as in `64 GiB` [default: 16 GiB]
    #[arg(long, value_name = "SIZE", help_heading = "Ledger")]
    map_size: Option<String>,
}

impl Place {
    /// The configuration, with these flags as its topmost layer.
    pub(super) fn config(&self) -> Result<Config, Failure> {
        let flags = Flags { file: self.config.clone(), ..Flags::default() }
            .with("--data-dir", "store.data_dir", self.data_dir.clone())
            .with("--key-file", "store.key_file", self.key_file.clone())
            .with("--map-size", "store.map_size", self.map_size.clone());
        Ok(Config::load(&flags)?)
    }
}
