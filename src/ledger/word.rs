//! Words of letters that stand for bytes: the ends of the ids that an import makes.

/// Bytes of each of the two halves.
const HALF: usize = 6;

/// Letters of a word, one for four bits.
const LETTERS: usize = HALF * 4;

/// The word of two hashes: the first half of its letters is the beginning of the one, the second that of the other.
pub(super) fn of(lead: &[u8; 16], rest: &[u8; 16]) -> String {
    let bytes = lead.iter().take(HALF).chain(rest.iter().take(HALF));
    bytes.flat_map(|byte| [byte >> 4, byte & 15]).map(|bits| char::from(b'a' + bits)).collect()
}

/// The bytes that the first half of a word stands for; none if the text is no such word.
pub(super) fn lead(text: &str) -> Option<[u8; HALF]> {
    let letters = text.as_bytes();
    if letters.len() != LETTERS || !letters.iter().all(|letter| (b'a'..=b'p').contains(letter)) {
        return None;
    }
    let mut lead = [0; HALF];
    for (byte, [high, low]) in lead.iter_mut().zip(letters.as_chunks().0) {
        *byte = (high - b'a') << 4 | (low - b'a');
    }
    Some(lead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_as_its_key_does() {
        let key: [u8; 16] = std::array::from_fn(|index| (index * 23) as u8);
        let word = of(&key, &[0xf0; 16]);
        assert_eq!(word, "aabhcoeffmhdpapapapapapa");
        assert_eq!(lead(&word), key.first_chunk().copied());
    }

    #[rstest::rstest]
    #[case("")]
    #[case("aabhcoeffmhdpapapapapap")]
    #[case("aabhcoeffmhdpapapapapapq")]
    #[case("aabhcoeffmhdpapapapapa1a")]
    fn what_is_no_word_has_no_lead(#[case] text: &str) {
        assert_eq!(lead(text), None);
    }
}
