//! Times, lists and names in plain English.

use jiff::{Timestamp, civil::Date};

use crate::terms::{
    london::{day_in_london, london},
    recipient::DetailKind,
};

/// A moment as a person in the United Kingdom reads it.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%-d %B %Y, %H:%M:%S %Z").to_string()
}

/// The day of a moment.
pub(super) fn day(at: Timestamp) -> String {
    date(day_in_london(at))
}

/// "5 February 2026"
pub(super) fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "a, b and c"
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", start.join(", "), last.as_ref())
        }
    }
}

/// The time of day of a moment, as the page sets it below the day.
pub(super) fn time(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%H:%M:%S %Z").to_string()
}

/// A name on the wire as words: `consent_given` is "consent given", `sms` is "SMS".
pub(super) fn plain(name: &str) -> String {
    match name {
        "sms" | "mms" | "tps" | "ctps" | "mps" => name.to_uppercase(),
        _ => name.replace('_', " "),
    }
}

/// The same at the beginning of a sentence.
pub(super) fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "one consent", "12 consents"
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("one {one}"),
        _ => format!("{number} {many}"),
    }
}

/// A kind of contact detail with its article.
pub(super) const fn detail(kind: DetailKind) -> &'static str {
    match kind {
        DetailKind::Email => "an email address",
        DetailKind::Phone => "a telephone number",
        DetailKind::Postal => "a postal address",
        DetailKind::Account => "an account",
        DetailKind::Domain => "the domain of the email address",
        DetailKind::Register => "a register",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("2026-03-01T09:30:00Z", "1 March 2026, 09:30:00 GMT", "1 March 2026")]
    #[case("2026-06-30T23:30:00Z", "1 July 2026, 00:30:00 BST", "1 July 2026")]
    fn a_moment_is_told_in_london(#[case] at: Timestamp, #[case] in_full: &str, #[case] in_days: &str) {
        assert_eq!((moment(at).as_str(), day(at).as_str()), (in_full, in_days));
        assert_eq!(moment(at), format!("{}, {}", day(at), time(at)));
    }

    #[test]
    fn lists_and_names_read_as_words() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(sentence_case(&plain("consent_given")), "Consent given");
        assert_eq!(plain("ctps"), "CTPS");
        assert_eq!([0, 1, 2].map(|n| count(n, "event", "events")), ["no events", "one event", "2 events"]);
    }
}
