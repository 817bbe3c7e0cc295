//! Looking a word up.

use std::sync::LazyLock;

use super::words::{ENGLISH, FOREIGN, SHARED, TAKEN_IN};

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

/// As many places as lists of this length need, and twice as many again: a word is found at the first or second look.
const PLACES: usize = 8192;

/// A table of the hashes of words. Where two words fall on the same place, the second stands in the next that is free.
/// Of a hash 30 bits are kept, and two to say what the word is: among a few thousand words the odds that an unknown one
/// is taken for one of them are a million to one.
static LEXICON: LazyLock<Box<[u32; PLACES]>> = LazyLock::new(|| {
    let mut places = Box::new([0; PLACES]);
    // What comes first holds.
    for (known, list) in [(1, SHARED), (2, ENGLISH), (2, TAKEN_IN), (3, FOREIGN)] {
        for word in list.split_ascii_whitespace() {
            // A single letter is a place in a list, a key to press or shorthand in every language.
            if word.len() == 1 && known == 3 {
                continue;
            }
            let mut hash = Hash::default();
            word.chars().for_each(|letter| hash.add(letter));
            let (mut place, kept) = hash.place();
            while let Some(slot) = places.get_mut(place) {
                if *slot == 0 {
                    *slot = kept | known;
                }
                if *slot & !3 == kept {
                    break;
                }
                place = (place + 1) % PLACES;
            }
        }
    }
    places
});

/// The hash of a word in the making (FNV-1a).
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// A further letter in lower case.
    pub(super) fn add(&mut self, letter: char) {
        self.0 = (self.0 ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3);
    }

    /// Where to look, and what to look for.
    fn place(self) -> (usize, u32) {
        let folded = self.0 ^ (self.0 >> 32);
        let low = u32::try_from(folded & u64::from(u32::MAX)).unwrap_or_default();
        let place = usize::try_from(self.0 >> 40).unwrap_or_default() % PLACES;
        (place, low & !3)
    }

    /// What is known of the word.
    pub(super) fn look_up(self) -> Option<Known> {
        let (mut place, kept) = self.place();
        loop {
            let slot = *LEXICON.get(place)?;
            match slot & 3 {
                0 => return None,
                _ if slot & !3 != kept => place = (place + 1) % PLACES,
                1 => return Some(Known::Shared),
                2 => return Some(Known::English),
                _ => return Some(Known::Foreign),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn known(word: &str) -> Option<Known> {
        let mut hash = Hash::default();
        word.chars().for_each(|letter| hash.add(letter));
        hash.look_up()
    }

    #[rstest]
    #[case("the", Some(Known::English))]
    #[case("café", Some(Known::English))]
    #[case("in", Some(Known::Shared))]
    #[case("oraz", Some(Known::Foreign))]
    #[case("dziś", Some(Known::Foreign))]
    #[case("wombat", None)]
    fn words_are_known_by_their_lists(#[case] word: &str, #[case] expected: Option<Known>) {
        assert_eq!(known(word), expected);
    }

    #[test]
    fn the_table_is_never_so_full_that_looking_takes_long() {
        let taken = LEXICON.iter().filter(|&&slot| slot != 0).count();
        assert!(taken * 2 < PLACES, "{taken}");
    }
}
