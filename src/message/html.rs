//! Readable text out of HTML.
//!
//! What a screen reader would read: text, the title, and the words that stand for pictures; also what only the list of
//! an inbox shows (hidden words before the first line). Styles, scripts, comments and pictures that nobody sees are no
//! text. Blocks stand on lines of their own. Placeholders of templates are text like any other.

mod attributes;
mod element;
mod flow;
mod place;
mod walk;

use std::convert::Infallible;

use html5gum::Tokenizer;

use self::walk::Walk;
use super::part::Piece;

/// What is readable in HTML.
#[derive(Debug)]
pub(super) struct Page {
    /// The text. A line break ends a block.
    pub(super) text: String,
    /// The way back.
    pub(super) pieces: Vec<Piece>,
    /// The links, in order of their ends.
    pub(super) links: Vec<PageLink>,
    /// How many pictures that can be seen have no words.
    pub(super) silent_pictures: usize,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageLink {
    /// Where it leads, with its character references decoded.
    pub(super) href: String,
    /// The first byte of its words in the readable text.
    pub(super) start: usize,
    /// The byte after the last.
    pub(super) end: usize,
}

/// Reads HTML, whatever it is: in one pass, in time and space that grow with its length.
pub(super) fn read(html: &str) -> Page {
    let mut walk = Walk::new(html);
    // The walk makes no tokens, so that this ends with the HTML; and reading from memory cannot fail.
    let _: Result<(), Infallible> = Tokenizer::new_with_emitter(html, &mut walk).finish();
    walk.into_page()
}

#[cfg(test)]
mod tests;
