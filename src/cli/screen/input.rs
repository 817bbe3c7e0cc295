//! The file of recipients, in pieces that can be worked on at once.

use std::{
    fs::File,
    io::{self, Read, Seek as _, SeekFrom},
    path::Path,
};

use super::{ScreenError, state::State};
use crate::{
    batch::chunks::{Chunk, Gather, MOST_BYTES, MOST_LINES},
    cli::Failure,
    ingest::{
        lines::NoText,
        records::Records,
        row::Column,
        table::{Layout, LayoutError, Table},
    },
};

/// The columns that a file may have.
const COLUMNS: &[Column] = &[
    Column::Ref,
    Column::Email,
    Column::Phone,
    Column::Postal,
    Column::Account,
    Column::Subscriber,
    Column::NamedPerson,
    Column::Country,
    Column::Age,
    Column::Vulnerable,
];

/// The file, open.
#[derive(Debug)]
pub(super) struct Input {
    /// None: standard input.
    file: Option<File>,
    /// It has a JSON object a line, and is no CSV.
    lines: bool,
}

/// Rows that follow each other.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) rows: Rows,
    /// The last of them.
    pub(super) row: u64,
    /// Where in the file the next begins.
    pub(super) offset: u64,
}

/// Rows in the form that the file has.
#[derive(Debug)]
pub(super) enum Rows {
    /// Of CSV.
    Table(Sheet),
    /// A JSON object a line.
    Lines(Chunk),
}

/// Rows of CSV.
#[derive(Default)]
pub(super) struct Sheet {
    text: String,
    /// Of each row its number, where it ends in the text, and why it could not be read.
    rows: Vec<(u64, usize, Option<NoText>)>,
}

/// It holds contact details.
impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Sheet {
    /// Each row with its number.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u64, Result<&str, NoText>)> {
        let mut start = 0;
        self.rows.iter().map(move |(number, end, unread)| {
            let text = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            (*number, unread.map_or(Ok(text), Err))
        })
    }
}

impl Input {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        if path.as_os_str() == "-" {
            return Ok(Self { file: None, lines: false });
        }
        let file = File::open(path).map_err(|error| Failure::Read(path.to_owned(), error))?;
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let lines = ["ndjson", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known));
        Ok(Self { file: Some(file), lines })
    }

    /// What tells the file from any other; none of standard input and of what is no plain file.
    pub(super) fn digest(&mut self) -> io::Result<Option<String>> {
        let Some(file) = self.file.as_mut() else { return Ok(None) };
        if !file.metadata()?.is_file() {
            return Ok(None);
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(&mut *file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Some(hasher.finalize().to_hex().to_string()))
    }

    /// Its rows, from where an earlier run came to.
    pub(super) fn pieces(self, path: &Path, line_limit: usize, state: &State) -> Result<Pieces, Failure> {
        let read = |error| Failure::Read(path.to_owned(), error);
        let size = self.file.as_ref().and_then(|file| file.metadata().ok()).filter(std::fs::Metadata::is_file);
        let size = size.map(|known| known.len());
        if self.lines {
            let mut file = self.file.ok_or_else(|| read(io::ErrorKind::NotFound.into()))?;
            file.seek(SeekFrom::Start(state.offset)).map_err(read)?;
            let gather = Gather::after(line_limit, state.row);
            let source = Source::Lines { input: file, gather, piece: Vec::new(), at: 0, ended: false };
            return Ok(Pieces { source, size, row: state.row, offset: state.offset });
        }
        let layout = |error| ScreenError::Layout(path.to_owned(), error);
        let mut again = self.file.as_ref().map(File::try_clone).transpose().map_err(read)?;
        let input: Box<dyn Read + Send> = match self.file {
            Some(file) => Box::new(file),
            None => Box::new(io::stdin()),
        };
        let mut records = Records::new(input, 0, 0);
        let header = records.read().map_err(read)?.ok_or_else(|| layout(LayoutError::Empty))?;
        let header = header.text.map_err(|error| layout(LayoutError::FirstLine(error.to_string())))?;
        let table = Table::new(header, Some(Layout::Csv), COLUMNS, &[]).map_err(layout)?;
        if let Some(file) = again.as_mut().filter(|_| state.offset > 0) {
            file.seek(SeekFrom::Start(state.offset)).map_err(read)?;
            let input: Box<dyn Read + Send> = Box::new(file.try_clone().map_err(read)?);
            records = Records::new(input, state.row, state.offset);
        }
        let (row, offset) = (records.number(), records.bytes());
        Ok(Pieces { source: Source::Table { records: Box::new(records), table: Box::new(table) }, size, row, offset })
    }
}

/// The rows of a file, piece by piece.
#[derive(Debug)]
pub(super) struct Pieces {
    source: Source,
    size: Option<u64>,
    row: u64,
    offset: u64,
}

enum Source {
    Table { records: Box<Records<Box<dyn Read + Send>>>, table: Box<Table> },
    Lines { input: File, gather: Gather, piece: Vec<u8>, at: usize, ended: bool },
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[recipients]")
    }
}

impl Pieces {
    /// How many bytes the file has, if that can be told.
    pub(super) const fn size(&self) -> Option<u64> {
        self.size
    }

    /// The reader of its columns, if it has any.
    pub(super) fn table(&self) -> Option<Table> {
        match &self.source {
            Source::Table { table, .. } => Some(Table::clone(table)),
            Source::Lines { .. } => None,
        }
    }

    /// The next piece; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        let rows = match &mut self.source {
            Source::Table { records, .. } => {
                let sheet = sheet(records)?;
                (self.row, self.offset) = (records.number(), records.bytes());
                Some(Rows::Table(sheet)).filter(|rows| !matches!(rows, Rows::Table(sheet) if sheet.rows.is_empty()))
            }
            Source::Lines { input, gather, piece, at, ended } => {
                let chunk = chunk(input, gather, piece, at, ended)?;
                if let Some(chunk) = &chunk {
                    let long = chunk.too_long.map_or(0, |bytes| bytes + 1);
                    self.row = chunk.first + chunk.lines + u64::from(long > 0) - 1;
                    self.offset += chunk.bytes.len() as u64 + long;
                }
                chunk.map(Rows::Lines)
            }
        };
        Ok(rows.map(|rows| Piece { rows, row: self.row, offset: self.offset }))
    }
}

fn sheet(records: &mut Records<Box<dyn Read + Send>>) -> io::Result<Sheet> {
    let mut sheet = Sheet::default();
    while (sheet.rows.len() as u64) < MOST_LINES && sheet.text.len() < MOST_BYTES {
        let Some(record) = records.read()? else { break };
        sheet.text.push_str(record.text.unwrap_or_default());
        sheet.rows.push((record.number, sheet.text.len(), record.text.err()));
    }
    Ok(sheet)
}

fn chunk(
    input: &mut File,
    gather: &mut Gather,
    piece: &mut Vec<u8>,
    at: &mut usize,
    ended: &mut bool,
) -> io::Result<Option<Chunk>> {
    loop {
        let mut rest = piece.get(*at..).unwrap_or_default();
        let chunk = gather.feed(&mut rest, MOST_LINES);
        *at = piece.len() - rest.len();
        if chunk.is_some() {
            return Ok(chunk);
        }
        if *ended {
            return Ok(gather.finish());
        }
        piece.clear();
        *at = 0;
        *ended = input.take(MOST_BYTES as u64).read_to_end(piece)? == 0;
    }
}
