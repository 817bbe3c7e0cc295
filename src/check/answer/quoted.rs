//! Words of a message as an answer quotes them.
//!
//! Whoever sent the message has the words; an answer is passed on and kept. So nobody's email address or number is
//! repeated, and nothing that could move a terminal's cursor or begin a line of its own.

/// What stands for what is not repeated.
const LEFT_OUT: &str = "…";

/// As many digits, but for what divides them, are taken for somebody's number.
const DIGITS: usize = 7;

/// The words on one line, without anybody's address or number.
pub(crate) fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace(char::is_control, "\u{fffd}");
    without_numbers(&without_addresses(&line))
}

/// An email address: what stands around an `@` without a gap, as it is or as it stands in a link.
fn without_addresses(line: &str) -> String {
    let mut told = String::with_capacity(line.len());
    let mut run = String::new();
    for character in line.chars() {
        if character.is_alphanumeric() || "@.!#$%&'*+-^_`{|}~".contains(character) {
            run.push(character);
        } else {
            told.push_str(address_or(&run));
            told.push(character);
            run.clear();
        }
    }
    told + address_or(&run)
}

fn address_or(run: &str) -> &str {
    let at = run.find('@').map(|at| (at, 1)).or_else(|| run.find("%40").map(|at| (at, 3)));
    let is_address = at.is_some_and(|(at, long)| {
        let domain = run.get(at + long..).unwrap_or_default();
        !domain.is_empty() && (at > 0 || domain.trim_end_matches('.').contains('.'))
    });
    if is_address { LEFT_OUT } else { run }
}

/// A telephone number, or any other as long: digits with at most a space, a bracket or the like between them.
fn without_numbers(line: &str) -> String {
    let mut told = String::with_capacity(line.len());
    let mut run = String::new();
    for character in line.chars() {
        let divides = "+-.()/ \u{2010}\u{2011}\u{2013}".contains(character);
        if character.is_numeric() || divides && !run.ends_with("  ") {
            run.push(character);
        } else {
            put(&mut told, &run);
            told.push(character);
            run.clear();
        }
    }
    put(&mut told, &run);
    told
}

/// Puts a run of digits and what divides them, unless it is a number. What stands before and after it stays.
fn put(told: &mut String, run: &str) {
    let digits = run.chars().filter(|character| character.is_numeric()).count();
    if digits < DIGITS {
        return told.push_str(run);
    }
    let before = run.find(|c: char| c.is_numeric() || c == '+').unwrap_or(0);
    let after = run.rfind(char::is_numeric).unwrap_or(run.len());
    let after = run.get(after..).and_then(|rest| rest.chars().next()).map_or(run.len(), |last| after + last.len_utf8());
    told.push_str(run.get(..before).unwrap_or_default());
    told.push_str(LEFT_OUT);
    told.push_str(run.get(after..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::quoted;

    #[rstest]
    #[case::plain_words("20% off your next order", "20% off your next order")]
    #[case::on_several_lines("Get 20%\r\n  off\tnow", "Get 20% off now")]
    #[case::an_address("Write to jo.smith+news@example.co.uk, please.", "Write to …, please.")]
    #[case::in_brackets("Jo <jo@example.com>", "Jo <…>")]
    #[case::in_a_link("https://acme.example/stop?who=jo%40example.com&now=1", "https://acme.example/stop?who=…=1")]
    #[case::in_a_plain_link("https://acme.example/stop?who=jo@example.com", "https://acme.example/stop?who=…")]
    #[case::of_another_script("Пишите иван@пример.рф сегодня", "Пишите … сегодня")]
    #[case::a_name_on_a_network("Follow @acme and win", "Follow @acme and win")]
    #[case::an_at_alone("Two @ £5", "Two @ £5")]
    #[case::a_mobile_number("Call 07700 900123 today", "Call … today")]
    #[case::with_its_country("(+44 7700 900-123)", "(…)")]
    #[case::with_an_area_code("Ring (0117) 496 0123.", "Ring (….")]
    #[case::without_gaps("STOP to +447700900123", "STOP to …")]
    #[case::a_short_code("Text STOP to 60777", "Text STOP to 60777")]
    #[case::a_price("Save £1,500.00 on 24 months", "Save £1,500.00 on 24 months")]
    #[case::a_percentage_and_a_year("50% off until 31 May 2027", "50% off until 31 May 2027")]
    #[case::what_moves_a_cursor("Sale\u{1b}[2J now", "Sale\u{fffd}[2J now")]
    fn what_is_repeated(#[case] words: &str, #[case] expected: &str) {
        assert_eq!(quoted(words), expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever stands around it.
        #[test]
        fn no_address_and_no_number_is_repeated(before in "\\PC{0,20}", after in "\\PC{0,20}") {
            let told = quoted(&format!("{before} zebedee@hidden.example {after}"));
            prop_assert!(!told.contains("zebedee"), "{told}");
            let told = quoted(&format!("{before} 07700 900987 {after}"));
            prop_assert!(!told.contains("900987"), "{told}");
        }

        /// Words are of any length and any script.
        #[test]
        fn any_words_can_be_quoted(words in any::<String>()) {
            prop_assert!(!quoted(&words).contains(char::is_control));
        }
    }
}
