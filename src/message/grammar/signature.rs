//! What there is in a sentence, in a few bits: most patterns are ruled out by it.

use crate::message::token::{Kind, Token};

/// Which words, classes and kinds there are among some tokens, as bits. Words share the bits, so it can err, but only by
/// saying that a word is there.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::message) struct Signature {
    words: u128,
    classes: u64,
    kinds: u8,
}

impl Signature {
    pub(super) fn of_word(hash: u64) -> Self {
        Self { words: 1 << ((hash ^ (hash >> 32)) & 127), ..Self::default() }
    }

    pub(super) const fn of_kind(kind: Kind) -> Self {
        Self { words: 0, classes: 0, kinds: 1 << kind as u8 }
    }

    /// Words of that class.
    pub(super) fn of_class(bit: u32) -> Self {
        Self { classes: 1 << bit, ..Self::default() }
    }

    /// Takes a token in.
    pub(in crate::message) fn note(&mut self, token: &Token, classes: u64) {
        let word = if token.kind == Kind::Word { Self::of_word(token.hash) } else { Self::of_kind(token.kind) };
        *self = self.or(word).or(Self { classes, ..Self::default() });
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self { words: self.words | other.words, classes: self.classes | other.classes, kinds: self.kinds | other.kinds }
    }

    pub(super) const fn meets(&self, need: &Self) -> bool {
        self.words & need.words != 0 || self.classes & need.classes != 0 || self.kinds & need.kinds != 0
    }
}
