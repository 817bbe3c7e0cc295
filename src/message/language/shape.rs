//! What the shape of a word tells that stands in no list.

/// Endings that English words have more often than those of its neighbours, written apart by blanks.
const ENGLISH_ENDS: [&str; 28] = [
    "ing", "ings", "ed", "ly", "tion", "tions", "sion", "ness", "ment", "ments", "able", "ible", "ful", "less", "ous",
    "ive", "ity", "ies", "ght", "ck", "sh", "th", "wn", "ow", "ew", "oy", "ays", "ll",
];

/// Endings that English words hardly have.
const FOREIGN_ENDS: [&str; 50] = [
    "wch", "iau", "aidd", "iad", "dwy", "wyr", "ych", "aeth", "szy", "cie", "nia", "ego", "emu", "ych", "ami", "owe",
    "owy", "ść", "eur", "eux", "euse", "ez", "ais", "ait", "aux", "ung", "ungen", "keit", "lich", "schaft", "heit",
    "tje", "lijk", "lijke", "elser", "hed", "heten", "ción", "ciones", "dad", "ando", "iendo", "zione", "zioni", "ção",
    "ções", "ului", "ilor", "ește", "ması",
];

/// Pairs and threes of letters that English words hardly have within.
const FOREIGN_WITHIN: [&str; 24] = [
    "aa", "ij", "sz", "cz", "rz", "dz", "zn", "zy", "jd", "jn", "jk", "kj", "lj", "nj", "tj", "vj", "uj", "wj", "uu",
    "ii", "gj", "hv", "kw", "vn",
];

/// How much the shape of a word in lower case speaks for English, in quarters.
pub(super) fn weight(word: &[u8]) -> i32 {
    let ends = |list: &[&str]| list.iter().any(|end| word.len() > end.len() + 1 && word.ends_with(end.as_bytes()));
    if word.len() <= 2 {
        return 0;
    }
    let is_foreign = ends(&FOREIGN_ENDS)
        || word.windows(2).any(|pair| FOREIGN_WITHIN.iter().any(|within| within.as_bytes() == pair))
        || word.starts_with(b"dd")
        || word.starts_with(b"ll") && word.len() > 3
        || word.starts_with(b"ff");
    if is_foreign {
        return -4;
    }
    if ends(&ENGLISH_ENDS) || word.windows(2).any(|pair| matches!(pair, b"wh" | b"oo" | b"ee" | b"gh" | b"ea")) {
        return 2;
    }
    // English writes a silent E or a Y where others end in a vowel that sounds.
    match word.last() {
        Some(b'a' | b'i' | b'o' | b'u' | b'j' | b'q' | b'v') => -3,
        Some(_) | None => -1,
    }
}
