//! `maysend backup`: the data directory, copied while the service goes on.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use indicatif::HumanBytes;

use super::{Failure, output, place::Place};
use crate::{
    clock,
    store::{backup, key_file},
};

/// Back up the ledger and the decision log, while the service goes on.
///
/// The backup is a data directory of its own, with a manifest of every file's hash, `backup.json`. It is called
/// DIR.partial until it is whole. `maysend restore` puts it back.
///
/// The key is not in it: whoever has both can try out addresses. Without the key the backup is of no use, so keep the
/// key as well, and apart.
///
/// A backup that was made before a person was erased still holds what was erased: delete old backups in time, and
/// after a restore erase again whoever asked for it since.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend backup /backups/2026-11-22
  maysend backup --data-dir /var/lib/maysend --with-key /vault/2026-11-22")]
pub(super) struct Backup {
    /// The directory of the backup, which is empty or does not exist
    dir: PathBuf,
    /// Put the key into the backup: whoever has the backup can then try out addresses
    #[arg(long)]
    with_key: bool,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = self.place.config()?.store;
        let identity = key_file::load(&config)?;
        let made = backup::back_up(&config, &identity, &self.dir, self.with_key, clock::now())?;
        let key = if self.with_key {
            "The key is in it: keep it where nobody else can read it."
        } else {
            "The key is not in it, and without the key it is of no use: keep the key as well, and apart."
        };
        output::print(&format!(
            "Backed up to `{}`: {} files, {}, the ledger up to {}.\n{key}\n\
             It holds whoever is erased from here on: delete it in time.\n",
            self.dir.display(),
            made.files.len(),
            HumanBytes(made.size()),
            made.revision,
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
