//! Lists of words, and what each list says of its words.

/// The hash of a word in the making (FNV-1a).
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Of a word.
    pub(super) fn of(word: &str) -> Self {
        let mut hash = Self::default();
        word.chars().for_each(|letter| hash.add(letter));
        hash
    }

    /// A further letter.
    pub(super) const fn add(&mut self, letter: char) {
        self.0 = (self.0 ^ letter as u64).wrapping_mul(0x0100_0000_01b3);
    }
}

/// Of a hash these bits are kept beside the eight of the lists: that a word which is in no list is taken for one that is,
/// happens once among ten thousand different words or so.
const KEPT: u32 = !0xff;

/// Words, and for each the lists that it is in, a bit for each list. It has `PLACES` places, a power of two, at most half
/// of them taken. Where two words fall on the same place, the second stands in the next that is free.
#[derive(Debug)]
pub(super) struct Lexicon<const PLACES: usize>(Box<[u32; PLACES]>);

impl<const PLACES: usize> Lexicon<PLACES> {
    /// Of lists of words written apart by blanks, each with its bit.
    pub(super) fn new(lists: &[(u8, &str)]) -> Self {
        let mut lexicon = Self(Box::new([0; PLACES]));
        for (bit, list) in lists {
            for word in list.split_ascii_whitespace() {
                lexicon.add(Hash::of(word), *bit);
            }
        }
        lexicon
    }

    fn add(&mut self, word: Hash, bit: u8) {
        let (mut place, kept) = Self::place(word);
        while let Some(slot) = self.0.get_mut(place) {
            if *slot == 0 || *slot & KEPT == kept {
                *slot |= kept | u32::from(bit);
                return;
            }
            place = (place + 1) % PLACES;
        }
    }

    /// The bits of the lists that a word is in.
    pub(super) fn look_up(&self, word: Hash) -> u8 {
        let (mut place, kept) = Self::place(word);
        loop {
            match self.0.get(place) {
                Some(slot) if *slot != 0 && *slot & KEPT != kept => place = (place + 1) % PLACES,
                Some(slot) => return slot.to_le_bytes()[0],
                None => return 0,
            }
        }
    }

    /// Where to look, and what to look for.
    #[expect(clippy::cast_possible_truncation, reason = "the lowest bits of a hash are as good as any")]
    const fn place(word: Hash) -> (usize, u32) {
        ((word.0 >> 40) as usize % PLACES, (word.0 ^ (word.0 >> 32)) as u32 & KEPT)
    }

    /// How many places are taken.
    #[cfg(test)]
    pub(super) fn taken(&self) -> usize {
        self.0.iter().filter(|&&slot| slot != 0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_all_the_lists_that_it_is_in() {
        let lexicon = Lexicon::<16>::new(&[(1, "one two"), (2, "two three")]);
        let bits = ["one", "two", "three", "four", ""].map(|word| lexicon.look_up(Hash::of(word)));
        assert_eq!(bits, [1, 3, 2, 0, 0]);
        assert_eq!(lexicon.taken(), 3);
    }
}
