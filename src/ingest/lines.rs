//! The lines of a file, one after the other, in memory that does not grow with the file or with its longest line.

use std::io::{self, BufRead, Read as _};

/// Most bytes of one line. A longer one is no row of a table but something else, or a quotation mark left open.
pub const LONGEST_LINE: usize = 64 * 1024;

/// What programs of one maker write before a text in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file being read.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    /// How many lines were read.
    number: u64,
    /// How many bytes were read.
    bytes: u64,
}

/// One line that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Its text without the line's end, or why it has none.
    pub text: Result<&'a str, NoText>,
}

/// Why a line cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    /// Longer than [`LONGEST_LINE`].
    #[error("this line is longer than {LONGEST_LINE} bytes")]
    Long,
    /// In another encoding.
    #[error("this line is not UTF-8")]
    Encoding,
    /// In UTF-16, which begins with a mark of its own.
    #[error("this file is UTF-16: save it as UTF-8")]
    Utf16,
}

impl<R: BufRead> Lines<R> {
    /// Reads from here on.
    pub const fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), number: 0, bytes: 0 }
    }

    /// How many bytes were read so far.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next line that is not blank; `None` at the end.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.buffer.clear();
            let most = LONGEST_LINE as u64 + 2;
            let read = (&mut self.input).take(most).read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            self.bytes += read as u64;
            if self.buffer.last() != Some(&b'\n') && read as u64 == most {
                self.bytes += self.input.skip_until(b'\n')? as u64;
            }
            if !is_blank(&self.buffer) {
                break;
            }
        }
        Ok(Some(Line { number: self.number, text: text(&self.buffer, self.number == 1) }))
    }
}

/// Whether nothing stands in a line.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(MARK).unwrap_or(line).trim_ascii().is_empty()
}

/// The text of a line, or why it has none.
pub(super) fn text(line: &[u8], first: bool) -> Result<&str, NoText> {
    if first && matches!(line, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err(NoText::Utf16);
    }
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = if first { line.strip_prefix(MARK).unwrap_or(line) } else { line };
    if line.len() > LONGEST_LINE {
        return Err(NoText::Long);
    }
    std::str::from_utf8(line).map_err(|_| NoText::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<(u64, Result<String, NoText>)> {
        let mut lines = Lines::new(bytes);
        let mut found = Vec::new();
        while let Some(line) = lines.read().unwrap() {
            found.push((line.number, line.text.map(str::to_owned)));
        }
        assert_eq!(lines.bytes(), bytes.len() as u64);
        found
    }

    #[rstest::rstest]
    #[case(b"", &[])]
    #[case(b"\n\r\n  \n", &[])]
    #[case(b"\xef\xbb\xbf", &[])]
    #[case(b"a\r\n\nb", &[(1, "a"), (3, "b")])]
    #[case(b"\xef\xbb\xbfa\nb\n", &[(1, "a"), (2, "b")])]
    fn ends_blank_lines_and_marks_are_no_text(#[case] bytes: &[u8], #[case] lines: &[(u64, &str)]) {
        assert_eq!(all(bytes), lines.iter().map(|(n, text)| (*n, Ok((*text).to_owned()))).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_that_cannot_be_read_hides_no_other() {
        let fits = "x".repeat(LONGEST_LINE);
        let file = [b"a\n\xff\n".as_slice(), fits.as_bytes(), b"\r\n", fits.as_bytes(), b"xyz\nb\n"].concat();
        let found = all(&file);
        let expected = [Ok("a"), Err(NoText::Encoding), Ok(&*fits), Err(NoText::Long), Ok("b")];
        assert!(found.iter().map(|(_, text)| text.as_deref().map_err(|error| *error)).eq(expected));
        assert_eq!(found.last().map(|(number, _)| *number), Some(5));
        assert_eq!(all(b"\xff\xfe0\0\n\0"), [(1, Err(NoText::Utf16)), (2, Ok("\0".to_owned()))]);
    }
}
