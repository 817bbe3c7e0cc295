//! Which of the names received may be repeated.

/// Whether a name from a request may be repeated in an answer. A caller's mistake can put an address or a number
/// where a field's name belongs: only what looks like a field's name is repeated.
pub(crate) fn is_repeatable(name: &str) -> bool {
    let mut digits = 0;
    let mut short_runs = true;
    for byte in name.bytes() {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        short_runs &= digits < 5;
    }
    let starts = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    starts && short_runs && name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("channell", true)]
    #[case("_x1", true)]
    #[case("jo@example.com", false)]
    #[case("n447700900123", false)]
    #[case("447700900123", false)]
    #[case("jo example", false)]
    #[case("", false)]
    fn only_what_looks_like_a_name_is_repeated(#[case] name: &str, #[case] repeatable: bool) {
        assert_eq!(is_repeatable(name), repeatable);
    }
}
