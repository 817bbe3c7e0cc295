//! Names: which of those received may be repeated, and what a caller may have meant.

/// The most that a name may differ from the one it is taken for, in edits.
const FURTHEST: usize = 3;

/// Whether a name from a request may be repeated in an answer. A caller's mistake can put an address or a number
/// where a field's name belongs: only what looks like a field's name is repeated.
pub(super) fn is_repeatable(name: &str) -> bool {
    let mut digits = 0;
    let mut short_runs = true;
    for byte in name.bytes() {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        short_runs &= digits < 5;
    }
    let starts = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    starts && short_runs && name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The known name that looks most like the one received, if one does.
pub(super) fn nearest<'a>(received: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Beyond this length nothing known is near, and the comparison would cost the square of it.
    if received.len() > 100 {
        return None;
    }
    let received = folded(received);
    let reach = (received.chars().count() / 3).clamp(1, FURTHEST);
    let near = known.into_iter().map(|name| (strsim::damerau_levenshtein(&received, &folded(name)), name));
    near.filter(|(edits, _)| *edits <= reach).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// `occurredAt`, `occurred-at` and `Occurred At` are all meant as `occurred_at`.
fn folded(name: &str) -> String {
    let mut folded = String::new();
    let mut before = '_';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            folded.push('_');
        }
        folded.push(if matches!(letter, '-' | ' ') { '_' } else { letter.to_ascii_lowercase() });
        before = letter;
    }
    folded
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

    #[rstest::rstest]
    #[case("chanel", Some("channel"))]
    #[case("occurredAt", Some("occurred_at"))]
    #[case("Occurred-At", Some("occurred_at"))]
    #[case("colour", None)]
    #[case("", None)]
    fn the_nearest_name_is_found(#[case] received: &str, #[case] meant: Option<&str>) {
        assert_eq!(nearest(received, ["channel", "occurred_at", "sender"]), meant);
    }
}
