//! `maysend checkpoint`: a signed statement of how far the ledger and the decision log have come.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{Failure, output, place::Place};
use crate::{
    clock,
    decisions::DecisionLog,
    integrity::{checkpoint::Checkpoint, signer, statement},
    store::{Store as _, key_file, lmdb},
};

/// Sign how far the ledger and the decision log have come.
///
/// The checkpoint names the last revision and the number of decisions, with the hash of everything up to there, and is
/// signed with an Ed25519 key. Keep it where the data directory is not: `maysend verify --checkpoint` shows later that
/// nothing before it was changed, left out or put in. It can be made while a service runs, as `GET /checkpoint` does.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend checkpoint -o checkpoint-2026-11-21.json
  maysend checkpoint --data-dir /var/lib/maysend --signing-key /run/secrets/signing-key.pem

`docs/proof.md` shows how to check the signature with OpenSSL alone.")]
pub(super) struct MakeCheckpoint {
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The file of the signing key [default: `signing-key.pem` in the data directory, made at the first use]
    #[arg(long, value_name = "FILE")]
    signing_key: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

impl MakeCheckpoint {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = self.place.config()?.store;
        let identity = key_file::load(&config)?;
        let store = lmdb::open_read_only(&config, &identity)?;
        let log = DecisionLog::open_read_only(&config.data_dir)?;
        let statement = statement(&*store.view()?, &log, &identity, clock::now())?;
        let signer = signer::load_or_create(&signer::file(self.signing_key.as_deref(), &config.data_dir))?;
        let checkpoint = Checkpoint::sign(&statement, &signer)?;
        match self.output {
            Some(file) => {
                let text = serde_json::to_string_pretty(&checkpoint)? + "\n";
                fs::write(&file, text).map_err(|error| Failure::WriteFile(file, error))?;
            }
            None => output::print_json(&checkpoint)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
