//! `maysend restore`: a backup, put back.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{Failure, output, place::Place};
use crate::store::{backup, key_file};

/// Put a backup back as a data directory.
///
/// Every file is held against the manifest of the backup, and the key against the ledger: the one of `--key-file`, or
/// the one in the backup. The data directory must be empty or not exist yet.
///
/// A backup that was made before a person was erased still holds what was erased: erase again whoever asked for it
/// since.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend restore /backups/2026-11-22 --data-dir /var/lib/maysend --key-file /run/secrets/maysend-key
  maysend restore /vault/2026-11-22 --data-dir /var/lib/maysend")]
pub(super) struct Restore {
    /// The directory of the backup
    backup: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = self.place.config()?.store;
        let given = config.key.is_some() || config.key_file.is_some();
        let identity = given.then(|| key_file::load(&config)).transpose()?;
        let restored = backup::restore(&self.backup, &config.data_dir, identity.as_ref())?;
        let dir = config.data_dir.display();
        let key = match (given, restored.has_key()) {
            (true, _) => "The key is the right one: serve with it as it was given here.".to_owned(),
            (false, true) => "The key was in the backup.".to_owned(),
            (false, false) => {
                format!("The key was not in the backup: put it back as `{}`.", key_file::path(&config).display())
            }
        };
        output::print(&format!(
            "Restored to `{dir}`: the ledger up to {}, as of {}.\n{key}\n\
             Whoever was erased since the backup was made is in it again: erase them again.\n",
            restored.revision, restored.made_at,
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
