//! Readable text as it flows out of the original, with the way back.

use std::ops::Range;

use crate::message::part::Piece;

/// Readable text in the making: whitespace is collapsed and blocks end their lines, as on a screen.
#[derive(Debug)]
pub(super) struct Flow<'h> {
    original: &'h str,
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// The first whitespace since the last visible character: where it begins, and its length.
    space: Option<(usize, usize)>,
    /// The last piece may go on: it stands in the original as it is read.
    in_step: bool,
    /// A block ended here since the last visible character.
    line_break: Option<usize>,
}

impl<'h> Flow<'h> {
    pub(super) fn new(original: &'h str) -> Self {
        // Two thirds of an HTML mail and more are markup.
        let text = String::with_capacity(original.len() / 4);
        Self { original, text, pieces: Vec::new(), space: None, in_step: false, line_break: None }
    }

    /// A block ends or begins at this byte of the original.
    pub(super) fn end_block(&mut self, at: usize) {
        self.space = None;
        if !self.text.is_empty() && self.line_break.is_none() {
            self.line_break = Some(at);
        }
    }

    /// Text that stands in the original as it is read. Where it is preformatted, its line breaks end blocks.
    pub(super) fn literal(&mut self, range: Range<usize>, preformatted: bool) {
        let original = self.original;
        let Some(text) = original.get(range.clone()) else { return };
        let mut visible = 0;
        for (at, character) in text.char_indices() {
            let shows = shows(character);
            if shows == Shows::Itself {
                continue;
            }
            let next = at + character.len_utf8();
            // The usual single space between two words: no reason to stop.
            if character == ' '
                && at > visible
                && text.as_bytes().get(next).is_some_and(|&after| after.is_ascii_graphic())
            {
                continue;
            }
            self.stands(text.get(visible..at).unwrap_or_default(), range.start + visible);
            visible = next;
            if shows == Shows::Space {
                if preformatted && character == '\n' {
                    self.end_block(range.start + at);
                } else if self.space.is_none() {
                    self.space = Some((range.start + at, next - at));
                }
            }
        }
        self.stands(text.get(visible..).unwrap_or_default(), range.start + visible);
    }

    /// Text that these bytes of the original stand for: a character reference.
    pub(super) fn standing_for(&mut self, decoded: &str, range: Range<usize>) {
        if decoded.chars().all(|character| shows(character) == Shows::Itself) {
            return self.put(decoded, range.start, range.len(), false);
        }
        // A space, or a letter with a mark that says how it looks.
        let visible: String = decoded.chars().filter(|&character| shows(character) == Shows::Itself).collect();
        self.put(&visible, range.start, range.len(), false);
        if self.space.is_none() && decoded.chars().any(|character| shows(character) == Shows::Space) {
            self.space = Some((range.start, range.len()));
        }
    }

    fn stands(&mut self, visible: &str, original: usize) {
        self.put(visible, original, visible.len(), true);
    }

    fn put(&mut self, visible: &str, original: usize, len: usize, in_step: bool) {
        if visible.is_empty() {
            return;
        }
        let space = self.space.take();
        if let Some(at) = self.line_break.take() {
            self.push("\n", at, 0, false);
        } else if let Some((at, len)) = space
            && !self.text.is_empty()
        {
            self.push(" ", at, len, len == 1);
        }
        self.push(visible, original, len, in_step);
    }

    fn push(&mut self, text: &str, original: usize, len: usize, in_step: bool) {
        let at = self.text.len();
        self.text.push_str(text);
        let was_in_step = std::mem::replace(&mut self.in_step, in_step);
        match self.pieces.last_mut() {
            Some(last) if was_in_step && in_step && last.original + last.len == original => last.len += len,
            Some(_) | None => self.pieces.push(Piece { at, original, len }),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Itself,
    Space,
    Nothing,
}

/// What a character shows. Mails pad the line that the inbox shows with characters of no width and odd spaces.
fn shows(character: char) -> Shows {
    match character {
        '!'..='~' => Shows::Itself,
        '\t' | '\n' | '\u{c}' | '\r' | ' ' => Shows::Space,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Shows::Nothing,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' => {
            Shows::Space
        }
        '\u{2800}' | '\u{3000}' | '\u{3164}' | '\u{115f}' | '\u{1160}' | '\u{ffa0}' => Shows::Space,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}' => Shows::Nothing,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Shows::Nothing,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}' => Shows::Nothing,
        _ => Shows::Itself,
    }
}
