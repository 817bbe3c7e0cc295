//! Foreign formats to events of the ledger: files of registers, and senders' own suppression lists.
//!
//! A file is read line by line and kept batch by batch, so that its size costs no memory. A line that cannot be kept
//! is counted, with its number and the reason, and the others are kept. The same file again changes nothing.
//!
//! - [`lines`]: the lines of a file. [`records`]: those of CSV, where a record may have several. [`table`]: their layout
//!   and their columns.
//! - [`register`]: the file of a register. [`whole`]: that it was taken in as a whole.
//! - [`suppression`]: a sender's own list of those who objected.
//! - [`load`]: from the lines to the store, several batches in flight.
//! - [`exported`]: the ledger of another machine, as `maysend export` wrote it.

pub mod exported;
pub mod known;
pub mod lines;
pub mod load;
pub mod records;
pub mod register;
pub mod row;
pub mod suppression;
pub mod table;
pub mod whole;

use jiff::Timestamp;

use self::{
    known::{Known, Reading},
    row::{Column, Row},
    table::LayoutError,
};
use crate::{
    ledger::{
        accept::Refusal,
        identity::{Identity, RecipientKey},
    },
    store::StoreError,
    terms::recipient::DetailKind,
};

/// What the lines of a file become.
///
/// A line is first read, and then held against the ledger together with many others, in the order of their keys.
pub trait Source {
    /// What a line says, beside whom it is about.
    type Said;

    /// The columns that such a file may have.
    fn columns(&self) -> &'static [Column];

    /// What a line of the plain layout may be.
    fn plain(&self) -> &'static [DetailKind];

    /// Reads a line: the keys of the histories that it belongs to, and what it says.
    ///
    /// # Errors
    /// If the line cannot be kept.
    fn read(
        &self,
        row: &Row<'_>,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<(Vec<RecipientKey>, Self::Said), Fault>;

    /// Where a line stands among those of its chunk: those without a key first, in the order of the file.
    fn order<'k>(&self, keys: &'k [RecipientKey], _said: &Self::Said) -> Option<&'k RecipientKey> {
        keys.first()
    }

    /// What a line comes to, held against what is known.
    ///
    /// # Errors
    /// [`NotRead::Bad`], if the line cannot be kept; else the store's own.
    fn judge(&self, keys: &[RecipientKey], said: &Self::Said, known: &Known<'_>) -> Result<Reading, NotRead>;
}

/// Why nothing came of a line.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// The line cannot be kept.
    #[error("{0}")]
    Bad(#[from] Fault),
    /// The store cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Why one line cannot be kept. It never repeats what stands in the line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

impl Fault {
    fn of(column: &str, message: impl std::fmt::Display) -> Self {
        Self(format!("`{column}`: {message}"))
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let place = refusal.pointer.trim_start_matches("/recipient/").trim_start_matches('/');
        Self::of(place, refusal.message)
    }
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines that were read; blank ones and a header are not among them.
    pub lines: u64,
    /// Lines that were recorded now; at a rehearsal, lines that could be.
    pub recorded: u64,
    /// Lines that told nothing that was not on record.
    pub already: u64,
    /// Lines that could not be kept.
    pub bad: u64,
    /// The first of them.
    pub bad_lines: Vec<BadLine>,
    /// The columns that nobody here knows what to do with, counted from 1.
    pub unused_columns: Vec<usize>,
}

/// A line that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why.
    pub fault: Fault,
}

/// Why a file could not be taken in to its end. What was kept of it so far stays.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// It cannot be read.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// It is not laid out as such a file is.
    #[error("{0}")]
    Layout(#[from] LayoutError),
    /// The store failed.
    #[error("{0}")]
    Store(#[from] StoreError),
}
