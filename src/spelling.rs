//! What somebody may have meant: the known name that looks most like the one written.

/// The most that a name may differ from the one it is taken for, in edits.
const FURTHEST: usize = 3;

/// The known name that looks most like the one received, if one does.
pub(crate) fn nearest<'a>(received: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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
    #[case("chanel", Some("channel"))]
    #[case("occurredAt", Some("occurred_at"))]
    #[case("Occurred-At", Some("occurred_at"))]
    #[case("colour", None)]
    #[case("", None)]
    fn the_nearest_name_is_found(#[case] received: &str, #[case] meant: Option<&str>) {
        assert_eq!(nearest(received, ["channel", "occurred_at", "sender"]), meant);
    }
}
