//! Readable text, and the way back to the bytes it came from.

use std::ops::Range;

/// Where in the message a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartName {
    /// The subject line.
    Subject,
    /// A text.
    Text,
    /// HTML, and what is readable in it.
    Html,
}

impl PartName {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Text => "text",
            Self::Html => "html",
        }
    }
}

/// One readable text of the message.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it stands.
    pub name: PartName,
    /// For a part of a raw message: its number among the parts, and then offsets are into the part after its transfer
    /// encoding and its character set are undone. Otherwise `None`, and offsets are into the field as it was given.
    pub of_raw: Option<u32>,
    /// The readable text. A line break ends a block.
    pub text: String,
    /// Pieces of the text in order: from this byte of the text on, the original runs from that byte on. Empty where the
    /// text is the original.
    pub pieces: Vec<Piece>,
}

/// A stretch of readable text that runs in step with the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte in the readable text.
    pub at: usize,
    /// Its first byte in the original.
    pub original: usize,
    /// How many bytes of the original it comes from: as many as it is long, unless it stands for something else (a
    /// character reference).
    pub len: usize,
}

impl Part {
    /// The bytes of the original from which these bytes of the readable text come.
    #[must_use]
    pub fn original(&self, readable: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return readable;
        }
        let start = self.back(readable.start).0;
        let end = self.back(readable.end.saturating_sub(1)).1;
        start..end.max(start)
    }

    /// The original byte, and the one after it, for one byte of the readable text.
    fn back(&self, at: usize) -> (usize, usize) {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else { return (0, 0) };
        let next = self.pieces.get(after).map_or(self.text.len(), |piece| piece.at);
        let step = at - piece.at;
        // What stands for something else is taken whole.
        if next - piece.at == piece.len {
            (piece.original + step, piece.original + step + 1)
        } else {
            (piece.original, piece.original + piece.len)
        }
    }
}
