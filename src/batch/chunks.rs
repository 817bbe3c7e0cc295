//! Lines out of a stream of bytes, gathered into chunks. The memory that it takes grows neither with the stream nor with
//! its longest line.

use std::fmt;

use memchr::memchr;

/// A chunk is full with so many lines.
pub const MOST_LINES: u64 = 1000;

/// Or with so many bytes.
pub const MOST_BYTES: usize = 64 * 1024;

/// Lines that follow each other, worked on as one.
#[derive(Default)]
pub struct Chunk {
    /// The lines, each with its end; the last line of a stream may have none.
    pub bytes: Vec<u8>,
    /// The number of the first, from 1.
    pub first: u64,
    /// How many there are, blank ones among them.
    pub lines: u64,
    /// After them comes a line that is too long and was skipped. It has so many bytes.
    pub too_long: Option<u64>,
}

/// It holds contact details.
impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunk").field("first", &self.first).field("lines", &self.lines).finish_non_exhaustive()
    }
}

impl Chunk {
    /// The lines that are not blank, each with its number.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = self.bytes.as_slice();
        let mut number = self.first;
        std::iter::from_fn(move || {
            while !rest.is_empty() {
                let (line, after) = match memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at + 1)) {
                    Some(split) => split,
                    None => (rest, [].as_slice()),
                };
                rest = after;
                number += 1;
                let line = line.trim_ascii();
                if !line.is_empty() {
                    return Some((number - 1, line));
                }
            }
            None
        })
    }
}

/// The lines of a stream, as they are gathered.
pub struct Gather {
    limit: usize,
    /// Whole lines, and then the beginning of one.
    bytes: Vec<u8>,
    /// Where the whole lines end.
    end: usize,
    /// How many whole lines there are.
    lines: u64,
    /// The number of the first of them.
    first: u64,
    /// So many bytes of a line that is too long have been skipped.
    skipped: Option<u64>,
}

/// It holds contact details.
impl fmt::Debug for Gather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gather").field("first", &self.first).field("lines", &self.lines).finish_non_exhaustive()
    }
}

impl Gather {
    /// Of lines that may have so many bytes each, their ends not counted.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { limit, bytes: Vec::new(), end: 0, lines: 0, first: 1, skipped: None }
    }

    /// The same, after so many lines that were gathered before.
    #[must_use]
    pub fn after(limit: usize, lines: u64) -> Self {
        Self { first: lines + 1, ..Self::new(limit) }
    }

    /// The most bytes that a line may have.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// Whether there are whole lines.
    #[must_use]
    pub const fn has_lines(&self) -> bool {
        self.lines > 0
    }

    /// Takes bytes up to the end of a chunk of so many lines; what is left of the input is for the next.
    pub fn feed(&mut self, input: &mut &[u8], most_lines: u64) -> Option<Chunk> {
        while let Some((line, rest)) = memchr(b'\n', input).and_then(|at| input.split_at_checked(at + 1)) {
            *input = rest;
            let bytes = self.partial() + (line.len() - 1) as u64;
            if bytes > self.limit as u64 {
                return Some(self.skip(bytes));
            }
            self.bytes.extend_from_slice(line);
            (self.end, self.lines) = (self.bytes.len(), self.lines + 1);
            if self.lines >= most_lines || self.end >= MOST_BYTES {
                return self.take();
            }
        }
        let bytes = self.partial() + input.len() as u64;
        if bytes > self.limit as u64 {
            self.bytes.truncate(self.end);
            self.skipped = Some(bytes);
        } else {
            self.bytes.extend_from_slice(input);
        }
        *input = &[];
        None
    }

    /// The whole lines that are there.
    pub fn take(&mut self) -> Option<Chunk> {
        self.has_lines().then(|| self.cut())
    }

    /// What is left at the end of the stream: its last line may have no end. Called until there is nothing more.
    pub fn finish(&mut self) -> Option<Chunk> {
        if let Some(bytes) = self.skipped {
            return Some(self.skip(bytes));
        }
        if self.bytes.len() > self.end {
            (self.end, self.lines) = (self.bytes.len(), self.lines + 1);
        }
        self.take()
    }

    /// Bytes of the line that has begun.
    fn partial(&self) -> u64 {
        self.skipped.unwrap_or((self.bytes.len() - self.end) as u64)
    }

    /// Ends the chunk with a line of so many bytes that is too long.
    fn skip(&mut self, bytes: u64) -> Chunk {
        self.skipped = None;
        self.bytes.truncate(self.end);
        let chunk = self.cut();
        self.first += 1;
        Chunk { too_long: Some(bytes), ..chunk }
    }

    fn cut(&mut self) -> Chunk {
        let begun = self.bytes.split_off(self.end);
        let bytes = std::mem::replace(&mut self.bytes, begun);
        let (first, lines) = (self.first, self.lines);
        self.first += lines;
        (self.end, self.lines) = (0, 0);
        Chunk { bytes, first, lines, too_long: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line of a stream that arrives in pieces, with its number; of one that is too long, how long it is.
    fn all(stream: &[u8], piece: usize, limit: usize, most_lines: u64) -> Vec<(u64, String)> {
        let mut gather = Gather::new(limit);
        let mut found = Vec::new();
        let mut take = |chunk: Chunk| {
            let lines = chunk.lines().map(|(number, line)| (number, String::from_utf8_lossy(line).into_owned()));
            found.extend(lines);
            found.extend(chunk.too_long.map(|bytes| (chunk.first + chunk.lines, format!("{bytes} bytes"))));
        };
        for mut piece in stream.chunks(piece) {
            while let Some(chunk) = gather.feed(&mut piece, most_lines) {
                take(chunk);
            }
            assert!(piece.is_empty() && gather.bytes.len() <= gather.end + limit);
        }
        while let Some(chunk) = gather.finish() {
            take(chunk);
        }
        found
    }

    #[rstest::rstest]
    #[case("", &[])]
    #[case("\n\r\n \n", &[])]
    #[case("a\r\n\nb", &[(1, "a"), (3, "b")])]
    #[case("a\nbbbbbbbbb\nc\n", &[(1, "a"), (2, "9 bytes"), (3, "c")])]
    #[case("bbbbbbbbb\n\ncccccccc\ndddddddddd", &[(1, "9 bytes"), (3, "cccccccc"), (4, "10 bytes")])]
    fn every_line_has_its_number(#[case] stream: &str, #[case] expected: &[(u64, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(number, text)| (*number, (*text).to_owned())).collect();
        for piece in 1..12 {
            for most_lines in [1, 2, MOST_LINES] {
                assert_eq!(all(stream.as_bytes(), piece, 8, most_lines), expected, "pieces of {piece}");
            }
        }
    }

    #[test]
    fn a_chunk_is_full_by_lines_or_by_bytes() {
        let mut gather = Gather::new(1 << 20);
        let short = "x\n".repeat(2500);
        let mut input = short.as_bytes();
        let full = std::iter::from_fn(|| gather.feed(&mut input, MOST_LINES));
        assert_eq!(
            full.map(|chunk| (chunk.first, chunk.lines().count())).collect::<Vec<_>>(),
            [(1, 1000), (1001, 1000)]
        );
        assert_eq!(gather.take().map(|chunk| chunk.lines().count()), Some(500));
        let long = "x".repeat(MOST_BYTES) + "\ny\n";
        assert_eq!(gather.feed(&mut long.as_bytes(), MOST_LINES).map(|chunk| chunk.lines().count()), Some(1));
    }
}
