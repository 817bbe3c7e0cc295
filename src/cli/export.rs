//! `maysend export`: the ledger as lines of JSON.

use std::{
    fs::{self, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use indicatif::HumanCount;

use super::{Failure, output, place::Place};
use crate::{
    clock,
    ledger::line::{self, End, Footer, Header},
    store::{Next, Revision, Store, StoreError, key_file, lmdb},
};

/// Records that are read in one transaction: one that is held for long keeps pages from being used again.
const PAGE: usize = 10_000;

/// Bytes of lines that close a page before it is full.
const PAGE_BYTES: usize = 16 << 20;

/// Export the ledger as lines of JSON, while the service goes on.
///
/// Each line holds one record of the journal, byte for byte and in words, so that `maysend import --ledger` makes the
/// same ledger of it on another machine, with the same key. The first line says whose ledger it is, and the last where
/// it ends. The key is not in the file, and no address is.
///
/// A file that was written before a person was erased still holds what was erased: delete it in time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend export ledger.ndjson
  maysend export --data-dir /var/lib/maysend - | zstd > ledger.ndjson.zst")]
pub(super) struct Export {
    /// The file, which must not exist yet; `-` for standard output
    #[arg(default_value = "-")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Export {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = self.place.config()?.store;
        let identity = key_file::load(&config)?;
        let store = lmdb::open_read_only(&config, &identity)?;
        let fingerprint = line::fingerprint(identity.fingerprint());
        if self.file.as_os_str() == "-" {
            let out = BufWriter::new(io::stdout().lock());
            let written = export(&store, fingerprint, out).map_err(|failed| failed.told(Failure::Write));
            return written.map(|_| ExitCode::SUCCESS);
        }
        let failed = |failed: Failed| failed.told(|error| Failure::WriteFile(self.file.clone(), error));
        let records = to_file(&store, fingerprint, &self.file).map_err(failed)?;
        let told = format!("Exported {} records to `{}`.\n", HumanCount(records), self.file.display());
        output::print(&told)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Why an export ended before its last line.
enum Failed {
    Write(io::Error),
    Read(Failure),
}

impl Failed {
    fn told(self, write: impl FnOnce(io::Error) -> Failure) -> Failure {
        match self {
            Self::Write(error) => write(error),
            Self::Read(failure) => failure,
        }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Read(error.into())
    }
}

impl From<serde_json::Error> for Failed {
    fn from(error: serde_json::Error) -> Self {
        Self::Read(error.into())
    }
}

/// Writes a new file, for its owner only, to the disk. None is left if that fails.
fn to_file(store: &dyn Store, fingerprint: String, path: &Path) -> Result<u64, Failed> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = export(store, fingerprint, BufWriter::new(&file)).and_then(|records| {
        file.sync_all()?;
        Ok(records)
    });
    if written.is_err() {
        // The error that is told is the one that came first.
        drop(fs::remove_file(path));
    }
    written
}

/// Writes all lines, and tells how many records there were.
fn export(store: &dyn Store, key_fingerprint: String, mut out: impl Write) -> Result<u64, Failed> {
    let head = store.view()?.head()?.to_string();
    let format = line::FORMAT.to_owned();
    let header = Header { format, version: line::VERSION, key_fingerprint, head, made_at: clock::now() };
    writeln!(out, "{}", serde_json::to_string(&header)?)?;
    let mut last = Revision(0);
    // To the very end, also when events come in meanwhile: what was erased on the way is then named by its notice.
    loop {
        let (text, until) = page(store, last)?;
        if until == last {
            break;
        }
        out.write_all(text.as_bytes())?;
        last = until;
    }
    let end = End { records: last.0, head: last.to_string() };
    writeln!(out, "{}", serde_json::to_string(&Footer { end })?)?;
    out.flush()?;
    Ok(last.0)
}

/// The lines of the records after a revision, and the last of these.
fn page(store: &dyn Store, after: Revision) -> Result<(String, Revision), StoreError> {
    let view = store.view()?;
    let (mut text, mut last, mut records, mut fault) = (String::new(), after, 0, None);
    view.tail(after, &mut |revision, record| {
        let line = view.chain(revision).and_then(|chain| {
            let line = line::to_line(&revision.to_string(), record, &chain.unwrap_or_default());
            line.map_err(|error| StoreError::Damaged(format!("the record at {revision}: {error}")))
        });
        match line {
            Ok(line) => {
                text.push_str(&line);
                text.push('\n');
                (last, records) = (revision, records + 1);
                if records < PAGE && text.len() < PAGE_BYTES { Next::Continue } else { Next::Stop }
            }
            Err(error) => {
                fault = Some(error);
                Next::Stop
            }
        }
    })?;
    fault.map_or(Ok((text, last)), Err)
}
