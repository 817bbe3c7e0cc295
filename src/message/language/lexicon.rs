//! Looking a word up.

use std::sync::LazyLock;

use super::words::{ENGLISH, FOREIGN, SHARED, TAKEN_IN};
use crate::message::lexicon::{Hash, Lexicon};

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It is English.
    English,
    /// English has it and other languages too.
    Shared,
    /// It is known from elsewhere.
    Foreign,
}

static LEXICON: LazyLock<Lexicon<8192>> =
    LazyLock::new(|| Lexicon::new(&[(1, SHARED), (2, ENGLISH), (2, TAKEN_IN), (4, FOREIGN)]));

/// What is known of a word of so many letters, in lower case.
pub(super) fn look_up(word: Hash, letters: usize) -> Option<Known> {
    match LEXICON.look_up(word) {
        0 => None,
        bits if bits & 1 != 0 => Some(Known::Shared),
        bits if bits & 2 != 0 => Some(Known::English),
        // A single letter is a place in a list, a key to press or shorthand in every language.
        _ => (letters > 1).then_some(Known::Foreign),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("the", Some(Known::English))]
    #[case("café", Some(Known::English))]
    #[case("in", Some(Known::Shared))]
    #[case("oraz", Some(Known::Foreign))]
    #[case("dziś", Some(Known::Foreign))]
    #[case("z", None)]
    #[case("wombat", None)]
    fn words_are_known_by_their_lists(#[case] word: &str, #[case] expected: Option<Known>) {
        assert_eq!(look_up(Hash::of(word), word.chars().count()), expected);
    }

    #[test]
    fn the_table_is_never_so_full_that_looking_takes_long() {
        assert!(LEXICON.taken() * 2 < 8192, "{}", LEXICON.taken());
    }
}
