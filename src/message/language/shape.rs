//! What the shape of a word tells that stands in no list.

use std::sync::LazyLock;

/// Endings that English words have more often than those of its neighbours.
const ENGLISH_ENDS: &[&str] = &[
    "ing", "ings", "ed", "ly", "tion", "tions", "sion", "ness", "ment", "ments", "able", "ible", "ful", "less", "ous",
    "ive", "ity", "ies", "ght", "ck", "sh", "th", "wn", "ow", "ew", "oy", "ays", "ll",
];

/// Endings that English words hardly have.
const FOREIGN_ENDS: &[&str] = &[
    "wch", "iau", "aidd", "iad", "dwy", "wyr", "ych", "aeth", "szy", "cie", "nia", "ego", "emu", "ami", "owe", "owy",
    "eur", "eux", "euse", "ez", "ais", "ait", "aux", "ung", "ungen", "keit", "lich", "schaft", "heit", "tje", "lijk",
    "lijke", "elser", "hed", "heten", "ciones", "dad", "ando", "iendo", "zione", "zioni", "ului", "ilor",
];

/// Pairs of letters that English words hardly have within.
const FOREIGN_WITHIN: &[&str] = &[
    "aa", "ij", "sz", "cz", "rz", "dz", "zn", "zy", "jd", "jn", "jk", "kj", "lj", "nj", "tj", "vj", "uj", "wj", "uu",
    "ii", "gj", "hv", "kw", "vn",
];

/// Pairs of letters that English words often have within.
const ENGLISH_WITHIN: &[&str] = &["wh", "oo", "ee", "gh", "ea"];

/// How much the shape of a word in lower case speaks for English, in quarters.
pub(super) fn weight(word: &[u8]) -> i32 {
    if word.len() <= 2 {
        return 0;
    }
    let is_foreign = FOREIGN_END.is_of(word)
        || FOREIGN_PAIR.is_within(word)
        || matches!(word, [b'd', b'd', ..] | [b'f', b'f', ..] | [b'l', b'l', _, _, ..]);
    if is_foreign {
        return -4;
    }
    if ENGLISH_END.is_of(word) || ENGLISH_PAIR.is_within(word) {
        return 2;
    }
    // English writes a silent E or a Y where others end in a vowel that sounds.
    match word.last() {
        Some(b'a' | b'i' | b'o' | b'u' | b'j' | b'q' | b'v') => -3,
        Some(_) | None => -1,
    }
}

static ENGLISH_END: LazyLock<Ends> = LazyLock::new(|| Ends::new(ENGLISH_ENDS));
static FOREIGN_END: LazyLock<Ends> = LazyLock::new(|| Ends::new(FOREIGN_ENDS));
static ENGLISH_PAIR: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(ENGLISH_WITHIN));
static FOREIGN_PAIR: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(FOREIGN_WITHIN));

/// Endings by their last letter: only a few are compared with a word.
#[derive(Debug)]
struct Ends(Vec<Vec<&'static [u8]>>);

impl Ends {
    fn new(list: &[&'static str]) -> Self {
        let mut by_last = vec![Vec::new(); 256];
        for end in list {
            if let Some(ends) = end.bytes().last().and_then(|last| by_last.get_mut(usize::from(last))) {
                ends.push(end.as_bytes());
            }
        }
        Self(by_last)
    }

    /// Whether a word ends so, and begins with more than one letter besides.
    fn is_of(&self, word: &[u8]) -> bool {
        let ends = word.last().and_then(|&last| self.0.get(usize::from(last)));
        ends.is_some_and(|ends| ends.iter().any(|end| word.len() > end.len() + 1 && word.ends_with(end)))
    }
}

/// Pairs of letters: for each first letter a bit for each second.
#[derive(Debug)]
struct Pairs([u32; 32]);

impl Pairs {
    fn new(list: &[&str]) -> Self {
        let mut pairs = Self([0; 32]);
        for pair in list {
            if let [first, second] = *pair.as_bytes()
                && let Some(seconds) = pairs.0.get_mut(usize::from(first & 31))
            {
                *seconds |= 1 << (second & 31);
            }
        }
        pairs
    }

    /// Whether a word has one of the pairs.
    fn is_within(&self, word: &[u8]) -> bool {
        let has = |first: u8, second: u8| {
            self.0.get(usize::from(first & 31)).is_some_and(|seconds| seconds >> (second & 31) & 1 == 1)
        };
        word.iter().zip(word.iter().skip(1)).any(|(&first, &second)| has(first, second))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::too_short("zy", 0)]
    #[case::an_ending("wandering", 2)]
    #[case::the_ending_alone("ing", -1)]
    #[case::a_pair("beaten", 2)]
    #[case::another_ending("wiadomością", -1)]
    #[case::another_pair("przesyl", -4)]
    #[case::another_beginning("ddydd", -4)]
    #[case::a_vowel_that_sounds("comanda", -3)]
    #[case::nothing_of_it("wombat", -1)]
    fn words_are_weighed_by_their_shape(#[case] word: &str, #[case] expected: i32) {
        assert_eq!(weight(word.as_bytes()), expected);
    }
}
