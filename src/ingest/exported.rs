//! A ledger that was exported, taken into an empty one: the same records at the same revisions, on the same chain.

use std::io::{self, BufRead, Read as _};

use tokio::sync::oneshot;

use crate::{
    ledger::line::{self, Exported, Footer, Header, LineError},
    store::{Appended, Revision, Store, StoreError},
};

/// Most bytes of one line: a record in base64 and its body.
const LONGEST_LINE: u64 = 64 << 20;

/// Records of one append.
const BATCH: usize = 1_000;

/// Bytes of records that close an append before it is full.
const BATCH_BYTES: usize = 4 << 20;

/// What was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many records.
    pub records: u64,
    /// The last revision.
    pub head: Revision,
}

/// Why a file cannot be taken in to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportedError {
    /// It cannot be read.
    #[error("{0}")]
    Read(#[from] io::Error),
    /// It begins otherwise.
    #[error("its first line is not that of an exported ledger")]
    NoHeader,
    /// It was written by another version of this program.
    #[error("its lines have version {found}, and version {} is read", line::VERSION)]
    Version {
        /// The version of its lines.
        found: u32,
    },
    /// It is the ledger of another key.
    #[error(
        "its contact details were hashed with another key than the one given: give the key of the installation that it \
         comes from"
    )]
    OtherKey,
    /// The ledger that should take it in has something.
    #[error("the ledger is at {0} already, and only an empty one takes in another: use a new data directory")]
    NotEmpty(Revision),
    /// A line is none, or was altered.
    #[error("line {number}: {error}")]
    Line {
        /// Its number, from 1.
        number: u64,
        /// What is wrong with it.
        error: LineError,
    },
    /// A line is longer than any that is written.
    #[error("line {0} is longer than {LONGEST_LINE} bytes")]
    Long(u64),
    /// A record is not the next one.
    #[error("line {number} has the record at {found} where that at {expected} should be")]
    Order {
        /// The line.
        number: u64,
        /// Its revision.
        found: String,
        /// The one expected.
        expected: Revision,
    },
    /// The journal came out as another one.
    #[error("the record at {0} is not the one that was exported: the chain breaks there")]
    Chain(Revision),
    /// There is no last line, or it speaks of others.
    #[error("it ends after {0} records without saying so: it was cut off")]
    CutOff(u64),
    /// The store failed.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// A file whose header was read.
#[derive(Debug)]
pub struct ExportedLedger<R> {
    input: R,
    text: String,
    /// How many lines were read.
    number: u64,
    /// How many bytes were read.
    bytes: u64,
    key_fingerprint: String,
}

impl<R: BufRead> ExportedLedger<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`ExportedError`], if it is none that this program reads.
    pub fn open(input: R) -> Result<Self, ExportedError> {
        let mut file = Self { input, text: String::new(), number: 0, bytes: 0, key_fingerprint: String::new() };
        file.next()
            .map_err(|error| if let ExportedError::Long(_) = error { ExportedError::NoHeader } else { error })?;
        let header: Header = serde_json::from_str(&file.text).map_err(|_| ExportedError::NoHeader)?;
        file.key_fingerprint = header.key_fingerprint;
        match (header.format.as_str(), header.version) {
            (line::FORMAT, line::VERSION) => Ok(file),
            (line::FORMAT, found) => Err(ExportedError::Version { found }),
            (_, _) => Err(ExportedError::NoHeader),
        }
    }

    /// Whether its contact details were hashed with the key that has this fingerprint.
    #[must_use]
    pub fn is_of(&self, fingerprint: [u8; 16]) -> bool {
        self.key_fingerprint == line::fingerprint(fingerprint)
    }

    /// Takes all of it into an empty ledger, and tells `progress` of the bytes read and the records kept so far.
    ///
    /// # Errors
    /// [`ExportedError`]. What was kept until then stays, and the ledger is of no use.
    pub fn take_in(mut self, store: &dyn Store, progress: &mut dyn FnMut(u64, u64)) -> Result<Taken, ExportedError> {
        let before = store.view()?.head()?;
        if before != Revision(0) {
            return Err(ExportedError::NotEmpty(before));
        }
        let (mut taken, mut under_way) = (0, None::<UnderWay>);
        loop {
            let (batch, footer) = self.batch(taken)?;
            // While one batch is written, the next is read.
            if let Some(before) = under_way.take() {
                before.kept(store)?;
                progress(self.bytes, taken);
            }
            taken += batch.records.len() as u64;
            if !batch.records.is_empty() {
                under_way = Some(batch.append(store));
            }
            let Some(Footer { end }) = footer else { continue };
            if let Some(before) = under_way.take() {
                before.kept(store)?;
            }
            let head = Revision(taken);
            let is_whole = end.records == taken && end.head == head.to_string() && self.next()? == 0;
            return if is_whole { Ok(Taken { records: taken, head }) } else { Err(ExportedError::CutOff(taken)) };
        }
    }

    /// Reads the records of the next append, and the last line if it comes to that.
    fn batch(&mut self, taken: u64) -> Result<(Batch, Option<Footer>), ExportedError> {
        let mut batch = Batch { records: Vec::new(), head: Revision(taken), chain: [0; 32] };
        let mut bytes = 0;
        while batch.records.len() < BATCH && bytes < BATCH_BYTES {
            if self.next()? == 0 {
                return Err(ExportedError::CutOff(batch.head.0));
            }
            if let Ok(footer) = serde_json::from_str(&self.text) {
                return Ok((batch, Some(footer)));
            }
            let number = self.number;
            let Exported { revision, record, chain } =
                line::from_line(&self.text).map_err(|error| ExportedError::Line { number, error })?;
            let expected = Revision(batch.head.0 + 1);
            if revision != expected.to_string() {
                return Err(ExportedError::Order { number, found: revision, expected });
            }
            bytes += record.len();
            batch.records.push(record);
            (batch.head, batch.chain) = (expected, chain);
        }
        Ok((batch, None))
    }

    /// Reads a line; 0 bytes: there is none.
    fn next(&mut self) -> Result<usize, ExportedError> {
        self.text.clear();
        let read = (&mut self.input).take(LONGEST_LINE).read_line(&mut self.text)?;
        self.number += 1;
        self.bytes += read as u64;
        if read as u64 == LONGEST_LINE { Err(ExportedError::Long(self.number)) } else { Ok(read) }
    }
}

/// The records of one append, and where the chain stands after them.
struct Batch {
    records: Vec<Vec<u8>>,
    head: Revision,
    chain: [u8; 32],
}

/// A batch that is on its way to the store.
struct UnderWay {
    head: Revision,
    chain: [u8; 32],
    answer: oneshot::Receiver<Result<Appended, StoreError>>,
}

impl Batch {
    fn append(self, store: &dyn Store) -> UnderWay {
        UnderWay { head: self.head, chain: self.chain, answer: store.append(self.records) }
    }
}

impl UnderWay {
    /// Waits until it is kept, and makes sure that the journal is the one that was exported up to there.
    fn kept(self, store: &dyn Store) -> Result<(), ExportedError> {
        let Self { head, chain, answer } = self;
        let appended = answer.blocking_recv().unwrap_or(Err(StoreError::Stopped))?;
        if appended.head != head || store.view()?.chain(head)? != Some(chain) {
            return Err(ExportedError::Chain(head));
        }
        Ok(())
    }
}
