//! The layout of a file: one value a line, or CSV whose header names the columns.

use csv_core::{ReadRecordResult, Reader};

use super::{
    Fault,
    row::{Column, Row},
};
use crate::{
    ledger::{accept, identity::Detail},
    spelling::nearest,
    terms::recipient::DetailKind,
};

/// Most columns of a file.
const MOST_COLUMNS: usize = 256;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One number or address a line.
    Plain,
    /// CSV with a header, one record a line.
    Csv,
}

/// Why a file is not one that can be taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// There is no line.
    #[error("there is nothing in it")]
    Empty,
    /// The first line cannot be read.
    #[error("its first line cannot be read: {0}")]
    FirstLine(String),
    /// Nobody can tell what the first line is.
    #[error(
        "its first line is neither a value alone nor a header with a column {columns}, separated by commas: say which \
         with `--layout plain` or `--layout csv`"
    )]
    Unknown {
        /// The columns of which one is needed.
        columns: String,
    },
    /// No column holds a contact detail.
    #[error("its header has no column {columns}")]
    NoDetail {
        /// The columns of which one is needed.
        columns: String,
    },
    /// Two columns for one thing.
    #[error("its header has two columns for `{0}`")]
    Twice(&'static str),
    /// A column that may have been meant for another.
    #[error("column {column} of its header has an unknown name: did you mean `{meant}`?")]
    Misspelt {
        /// Which, from 1.
        column: usize,
        /// What may have been meant.
        meant: &'static str,
    },
}

/// The reader of a file's lines.
pub struct Table {
    layout: Layout,
    columns: Vec<Option<Column>>,
    /// What a value alone may be.
    plain: &'static [DetailKind],
    csv: Reader,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

/// For another thread. The reader of CSV is made anew: a copy of one does not read.
impl Clone for Table {
    fn clone(&self) -> Self {
        Self {
            layout: self.layout,
            columns: self.columns.clone(),
            plain: self.plain,
            csv: Reader::new(),
            fields: Vec::new(),
            ends: vec![0; MOST_COLUMNS],
        }
    }
}

/// It may hold contact details.
impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("layout", &self.layout).field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl Table {
    /// The layout that was asked for, or the one that the first line shows; and whether that line is a header.
    ///
    /// # Errors
    /// [`LayoutError`] says why such a file cannot be taken in.
    pub fn new(
        first: &str,
        asked: Option<Layout>,
        known: &'static [Column],
        plain: &'static [DetailKind],
    ) -> Result<Self, LayoutError> {
        let mut table = Self {
            layout: Layout::Csv,
            columns: Vec::new(),
            plain,
            csv: Reader::new(),
            fields: Vec::new(),
            ends: vec![0; MOST_COLUMNS],
        };
        let names = match asked {
            Some(Layout::Plain) => None,
            Some(Layout::Csv) | None => table.split(first).ok(),
        };
        let columns = names.map(|names| header(&names, known)).transpose()?.unwrap_or_default();
        let needed = || {
            let names = known.iter().filter(|column| column.detail().is_some()).map(|column| column.name());
            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
        };
        let holds_details = columns.iter().flatten().any(|column| column.detail().is_some());
        if holds_details {
            table.columns = columns;
        } else if asked == Some(Layout::Csv) || columns.iter().any(Option::is_some) {
            return Err(LayoutError::NoDetail { columns: needed() });
        } else if asked.is_none() && table.value(first).is_none() {
            return Err(LayoutError::Unknown { columns: needed() });
        } else {
            table.layout = Layout::Plain;
        }
        Ok(table)
    }

    /// Whether the first line names the columns.
    #[must_use]
    pub fn has_header(&self) -> bool {
        self.layout == Layout::Csv
    }

    /// The columns that are not used, from 1.
    pub fn unused(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().zip(1..).filter(|(column, _)| column.is_none()).map(|(_, index)| index)
    }

    /// The row of a line; `None` if nothing stands in any of its columns.
    ///
    /// # Errors
    /// If the line is not laid out as the others.
    pub fn row<'a>(&'a mut self, line: &'a str) -> Result<Option<Row<'a>>, Fault> {
        match self.layout {
            Layout::Plain => self.plain_row(line).map(Some),
            Layout::Csv => {
                let count = self.parse(line)?;
                if count != self.columns.len() {
                    let columns = self.columns.len();
                    return Err(Fault(format!("this line has {count} columns, and the header has {columns}")));
                }
                let ends = self.ends.get(..count).unwrap_or_default();
                let fields = self.fields.get(..ends.last().copied().unwrap_or_default()).unwrap_or_default();
                let text = std::str::from_utf8(fields).map_err(|_| broken())?;
                let blank = text.trim().is_empty();
                Ok((!blank).then_some(Row { text, ends, columns: &self.columns }))
            }
        }
    }

    fn plain_row<'a>(&'a mut self, line: &'a str) -> Result<Row<'a>, Fault> {
        let only = if let [only] = self.plain { Some(*only) } else { None };
        let column = only.or_else(|| self.value(line)).and_then(Column::of);
        let column =
            column.ok_or_else(|| Fault("this is neither an email address nor a telephone number".to_owned()))?;
        self.columns.clear();
        self.columns.push(Some(column));
        self.ends.clear();
        self.ends.push(line.len());
        Ok(Row { text: line, ends: &self.ends, columns: &self.columns })
    }

    /// What a line of one value alone is. Of a postal address nobody can tell.
    fn value(&self, line: &str) -> Option<DetailKind> {
        let line = line.trim();
        self.plain.iter().copied().find(|kind| match kind {
            DetailKind::Email => line.contains('@') && !line.contains(','),
            DetailKind::Phone => accept::is_detail_within_bounds(DetailKind::Phone, &Detail::from(line)),
            DetailKind::Postal | DetailKind::Account | DetailKind::Domain | DetailKind::Register => false,
        })
    }

    /// The fields of a line, as texts.
    fn split(&mut self, line: &str) -> Result<Vec<String>, Fault> {
        let count = self.parse(line)?;
        let mut start = 0;
        let fields = self.ends.iter().take(count).map(|end| {
            let field = self.fields.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(field).into_owned()
        });
        Ok(fields.collect())
    }

    /// Splits a line, and says into how many fields. A quotation mark that is not closed on its line would take the
    /// lines after it for one field, to the end of the file if need be: that is a fault of this line alone.
    fn parse(&mut self, line: &str) -> Result<usize, Fault> {
        self.fields.resize(self.fields.len().max(line.len() + 1), 0);
        self.csv.reset();
        let (mut read, mut written, mut count) = (0, 0, 0);
        for part in [line.as_bytes(), b"\n"] {
            let out = self.fields.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(count..).unwrap_or_default();
            let (result, r, w, e) = self.csv.read_record(part, out, ends);
            (read, written, count) = (read + r, written + w, count + e);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record if read > line.len() => return Ok(count),
                ReadRecordResult::Record | ReadRecordResult::End | ReadRecordResult::OutputFull => return Err(broken()),
                ReadRecordResult::OutputEndsFull => {
                    return Err(Fault(format!("this line has more than {MOST_COLUMNS} columns")));
                }
            }
        }
        Err(Fault("a quotation mark is not closed on this line".to_owned()))
    }
}

fn broken() -> Fault {
    Fault("this line is no CSV".to_owned())
}

/// What each column of a header is. A name that nobody here knows is let be, unless it looks like one that is known.
fn header(names: &[String], known: &'static [Column]) -> Result<Vec<Option<Column>>, LayoutError> {
    let mut columns = Vec::with_capacity(names.len());
    let plain = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
    for name in names.iter().map(plain) {
        let column = known.iter().copied().find(|column| column.names().contains(&name.as_str()));
        if let Some(column) = column.filter(|_| columns.contains(&column)) {
            return Err(LayoutError::Twice(column.name()));
        }
        columns.push(column);
    }
    if columns.iter().all(Option::is_none) {
        return Ok(columns);
    }
    for (index, name) in names.iter().enumerate().filter(|(index, _)| columns.get(*index) == Some(&None)) {
        let names = known.iter().flat_map(|column| column.names().iter().copied());
        if let Some(meant) = nearest(name.trim(), names) {
            return Err(LayoutError::Misspelt { column: index + 1, meant });
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests;
