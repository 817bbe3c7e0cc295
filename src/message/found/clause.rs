//! The text in clauses: the words of a sentence or a line, with what they are.

use std::ops::Range;

use super::roles::Roles;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with or without digits.
    Word,
    /// Digits, with what stands between them in a number of a telephone.
    Number,
    /// An address of the net.
    Url,
    /// An address of mail.
    Email,
    /// A placeholder of a template.
    Placeholder,
}

/// A word of a clause.
#[derive(Clone, Debug)]
pub(super) struct Bit {
    /// What it is.
    pub(super) kind: Kind,
    /// What it may be part of.
    pub(super) roles: Roles,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Where it stands in [`Clause::lower`].
    lower: Range<usize>,
    /// Its first letter is a capital.
    pub(super) is_capitalised: bool,
    /// A comma, a bracket or the like follows it.
    pub(super) breaks: bool,
}

/// The words of a sentence or of a line.
#[derive(Debug, Default)]
pub(super) struct Clause {
    pub(super) bits: Vec<Bit>,
    /// What any of its words may be part of.
    pub(super) roles: Roles,
    /// It has a placeholder.
    pub(super) has_placeholder: bool,
    lower: String,
}

impl Clause {
    /// Makes room for the next.
    pub(super) fn clear(&mut self) {
        self.bits.clear();
        self.lower.clear();
        self.roles = Roles::default();
        self.has_placeholder = false;
    }

    /// Takes a word in.
    pub(super) fn push(&mut self, kind: Kind, text: &str, start: usize) {
        let from = self.lower.len();
        if text.is_ascii() {
            self.lower.push_str(text);
        } else {
            self.lower.extend(text.chars().map(|character| if character == '’' { '\'' } else { character }));
        }
        let lower = from..self.lower.len();
        let mut roles = Roles::default();
        if let Some(word) = self.lower.get_mut(lower.clone()) {
            word.make_ascii_lowercase();
            if kind == Kind::Word {
                roles = Roles::of(word);
            }
        }
        self.roles = self.roles.and(roles);
        self.has_placeholder |= kind == Kind::Placeholder;
        let is_capitalised = text.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        self.bits.push(Bit { kind, roles, range: start..start + text.len(), lower, is_capitalised, breaks: false });
    }

    /// A comma or the like follows the last word.
    pub(super) fn breaks(&mut self) {
        if let Some(last) = self.bits.last_mut() {
            last.breaks = true;
        }
    }

    /// A word in lower case, with straight apostrophes: nothing beyond the ends.
    pub(super) fn word(&self, index: usize) -> &str {
        self.bits.get(index).and_then(|bit| self.lower.get(bit.lower.clone())).unwrap_or_default()
    }

    /// The same, so many words before.
    pub(super) fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |index| self.word(index))
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.bits.get(index).is_some_and(|bit| bit.is_capitalised)
    }

    /// Where the clause stands in the text.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.bits.first().map_or(0, |bit| bit.range.start);
        start..self.bits.last().map_or(start, |bit| bit.range.end)
    }

    /// Whether one of the words from here on, so many of them, is one of these.
    pub(super) fn has_within(&self, from: usize, count: usize, words: &[&str]) -> bool {
        let bits = self.bits.len();
        (from..from.saturating_add(count).min(bits)).any(|index| words.contains(&self.word(index)))
    }

    /// Whether one of its words is one of these.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.has_within(0, self.bits.len(), words)
    }
}
