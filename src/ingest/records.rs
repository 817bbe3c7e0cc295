//! The records of a CSV file. A field in quotation marks may hold line breaks, so a record may have several lines.
//!
//! A quotation mark that is never closed would take all lines after it for one field. So a record is no longer than a
//! line may be, and where its end is not found in that, its first line stands alone and the others are read by
//! themselves.

use std::io::{self, Read};

use memchr::memchr;

use super::lines::{LONGEST_LINE, NoText, is_blank, text};

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// A file being read.
#[derive(Debug)]
pub struct Records<R> {
    input: R,
    /// What was read from the file and is not yet given.
    buffer: Vec<u8>,
    /// Where in the buffer the next record begins.
    start: usize,
    ended: bool,
    /// How many records were read.
    number: u64,
    /// Where in the file the next record begins.
    bytes: u64,
}

/// One record that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its number in the file, from 1, as a spreadsheet numbers its rows.
    pub number: u64,
    /// Its text without the line's end, or why it has none.
    pub text: Result<&'a str, NoText>,
}

/// Where a record ends.
enum End {
    /// Behind so many bytes.
    Here(usize),
    /// Further on. If a quotation mark is open, its first line ends behind so many bytes.
    Further(Option<usize>),
}

impl<R: Read> Records<R> {
    /// Reads on from so many records and bytes.
    pub const fn new(input: R, number: u64, bytes: u64) -> Self {
        Self { input, buffer: Vec::new(), start: 0, ended: false, number, bytes }
    }

    /// Where in the file the next record begins.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many records were read, blank ones among them.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The next record that is not blank; `None` at the end.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(&mut self) -> io::Result<Option<Record<'_>>> {
        loop {
            let is_first = self.bytes == 0;
            let Some((from, until, is_long)) = self.advance()? else { return Ok(None) };
            if !is_long && is_blank(self.buffer.get(from..until).unwrap_or_default()) {
                continue;
            }
            let record = self.buffer.get(from..until).unwrap_or_default();
            let text = if is_long { Err(NoText::Long) } else { text(record, is_first) };
            return Ok(Some(Record { number: self.number, text }));
        }
    }

    /// Goes past a record: where it stands in the buffer, and whether it is too long and was skipped.
    fn advance(&mut self) -> io::Result<Option<(usize, usize, bool)>> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            let whole = self.ended || rest.len() > LONGEST_LINE + 2;
            let length = match end(rest) {
                End::Here(length) => Some(length),
                End::Further(Some(first)) if whole => Some(first),
                End::Further(_) if self.ended && rest.is_empty() => return Ok(None),
                End::Further(_) if self.ended => Some(rest.len()),
                End::Further(_) if whole => None,
                End::Further(_) => {
                    self.fill()?;
                    continue;
                }
            };
            let from = self.start;
            self.number += 1;
            if let Some(length) = length {
                self.start += length;
                self.bytes += length as u64;
                return Ok(Some((from, self.start, false)));
            }
            self.skip_line()?;
            return Ok(Some((self.start, self.start, true)));
        }
    }

    /// Goes past a line that is longer than any may be, in no more memory than another takes.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            let (length, found) = memchr(b'\n', rest).map_or((rest.len(), false), |at| (at + 1, true));
            self.start += length;
            self.bytes += length as u64;
            if found || self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let read = (&mut self.input).take(PIECE as u64).read_to_end(&mut self.buffer)?;
        self.ended = read < PIECE;
        Ok(())
    }
}

/// Where the record ends that a text begins with.
fn end(text: &[u8]) -> End {
    let Some(first) = memchr(b'\n', text).map(|at| at + 1) else { return End::Further(None) };
    if memchr(b'"', text.get(..first).unwrap_or_default()).is_none() {
        return End::Here(first);
    }
    let mut at = Place::Start;
    for (index, byte) in text.iter().enumerate() {
        at = match (at, byte) {
            (Place::Quoted, b'"') => Place::Quote,
            (Place::Quoted, _) | (Place::Start | Place::Quote, b'"') => Place::Quoted,
            (Place::Start | Place::Field | Place::Quote, b'\n') => return End::Here(index + 1),
            (Place::Start | Place::Field | Place::Quote, b',') => Place::Start,
            (Place::Start | Place::Field | Place::Quote, _) => Place::Field,
        };
    }
    End::Further((at == Place::Quoted).then_some(first))
}

/// Where in a record one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the start of a field.
    Start,
    /// In a field without quotation marks, where one is a character like any other.
    Field,
    /// In a field in quotation marks.
    Quoted,
    /// Behind a quotation mark in such a field: it ends the field unless another follows.
    Quote,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<(u64, Result<String, NoText>)> {
        let mut records = Records::new(bytes, 0, 0);
        let mut found = Vec::new();
        while let Some(record) = records.read().unwrap() {
            found.push((record.number, record.text.map(str::to_owned)));
        }
        assert_eq!(records.bytes(), bytes.len() as u64);
        found
    }

    #[rstest::rstest]
    #[case("", &[])]
    #[case("\n\r\n  \n", &[])]
    #[case("\u{feff}a,b\r\n\nc,d", &[(1, "a,b"), (3, "c,d")])]
    #[case("a,\"b\nc\"\"\n\",d\ne,f\n", &[(1, "a,\"b\nc\"\"\n\",d"), (2, "e,f")])]
    #[case("a,5\" pipe\nb\n", &[(1, "a,5\" pipe"), (2, "b")])]
    #[case("a,\"b\nc,d\ne,\"f\"\n", &[(1, "a,\"b\nc,d\ne,\"f\"")])]
    #[case("a,\"b\nc,d\n", &[(1, "a,\"b"), (2, "c,d")])]
    #[case("\"a", &[(1, "\"a")])]
    fn a_record_may_have_several_lines(#[case] file: &str, #[case] records: &[(u64, &str)]) {
        assert_eq!(
            all(file.as_bytes()),
            records.iter().map(|(n, text)| (*n, Ok((*text).to_owned()))).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_cannot_be_read_hides_nothing_else() {
        let long = "x".repeat(3 * PIECE);
        let open = format!("a,\"b\n{}", "c,d\n".repeat(LONGEST_LINE));
        let file = [b"a\n\xff\n".as_slice(), long.as_bytes(), b"\nb\n", open.as_bytes()].concat();
        let found = all(&file);
        let expected = [Ok("a"), Err(NoText::Encoding), Err(NoText::Long), Ok("b"), Ok("a,\"b"), Ok("c,d")];
        assert!(found.iter().take(6).map(|(_, text)| text.as_deref().map_err(|error| *error)).eq(expected));
        assert_eq!(found.len(), 5 + LONGEST_LINE);
    }

    #[test]
    fn reading_goes_on_from_any_record() {
        let file = "a,\"b\nc\"\n\nd,e\nf,g\n";
        let mut records = Records::new(file.as_bytes(), 0, 0);
        records.read().unwrap();
        let (number, bytes) = (records.number(), records.bytes());
        let mut rest = Records::new(&file.as_bytes()[bytes as usize..], number, bytes);
        assert_eq!(rest.read().unwrap().map(|record| (record.number, record.text)), Some((3, Ok("d,e"))));
    }
}
