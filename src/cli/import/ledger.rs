//! `maysend import --ledger`: a ledger that was exported, into an empty one.

use std::process::ExitCode;

use indicatif::HumanCount;
use serde_json::json;

use super::{Import, Input, report::Progress, served};
use crate::{
    cli::{
        Failure,
        output::{self, Format},
    },
    config::Config,
    ingest::exported::{ExportedError, ExportedLedger},
    store::{key_file, lmdb},
};

impl Import {
    /// Takes the ledger in.
    pub(super) fn ledger(&self, (input, size): Input) -> Result<ExitCode, Failure> {
        let failed = |error| Failure::NotTaken(self.file.clone(), error);
        let file = ExportedLedger::open(input).map_err(failed)?;
        let config = Config::load(&self.flags())?.store;
        // A key that is made now is never the one of another installation.
        let identity = key_file::load(&config)?;
        if !file.is_of(identity.fingerprint()) {
            return Err(failed(ExportedError::OtherKey));
        }
        let store = lmdb::open(&config, &identity).map_err(served)?;
        let bar = Progress::new(size);
        let taken = file.take_in(&store, &mut |bytes, records| bar.records(bytes, records)).map_err(failed)?;
        drop(bar);
        match self.format {
            Format::Json => {
                output::print_json(&json!({ "records": taken.records, "revision": taken.head.to_string() }))?;
            }
            Format::Text => {
                let records = HumanCount(taken.records);
                output::print(&format!("{records} records: the ledger is whole, up to {}.\n", taken.head))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
