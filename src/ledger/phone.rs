//! Telephone numbers in the one spelling that is hashed: the international one, `+447700900123`.

use phonenumber::{Mode, country};

use super::identity::DetailError;

/// The number in its one spelling.
///
/// # Errors
/// If the text is no telephone number.
pub(super) fn normal(text: &str) -> Result<String, DetailError> {
    plain(text).map_or_else(|| parsed(text), Ok)
}

/// A number of the United Kingdom as registers write it, digits alone. Files hold millions of them, and the tables of
/// the world's numbers, which have the same answer for these, take a hundred times as long.
fn plain(text: &str) -> Option<String> {
    let national = text.strip_prefix("+44").or_else(|| text.strip_prefix('0'))?;
    let digits = matches!(national.len(), 9 | 10) && national.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !national.starts_with('0')).then(|| format!("+44{national}"))
}

/// Parsed is enough: a number need not be one that an operator has given out (Ofcom's numbers for drama are not).
fn parsed(text: &str) -> Result<String, DetailError> {
    if let Ok(number) = phonenumber::parse(Some(country::GB), text) {
        return Ok(number.format().mode(Mode::E164).to_string());
    }
    // A country code that the tables do not know yet: the digits are the number.
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if (5..=17).contains(&digits.len()) { Ok(format!("+{digits}")) } else { Err(DetailError::Phone) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_short_way_has_the_answer_of_the_long_one(text in r"(0|\+44)[0-9]{7,12}") {
            if let Some(number) = plain(&text) {
                prop_assert_eq!(Ok(number), parsed(&text));
            }
        }
    }

    #[rstest::rstest]
    #[case("07700900123", Some("+447700900123"))]
    #[case("+447700900123", Some("+447700900123"))]
    #[case("0169772345", Some("+44169772345"))]
    #[case("00447700900123", None)]
    #[case("+4407700900123", None)]
    #[case("07700 900123", None)]
    #[case("7700900123", None)]
    #[case("08001111", None)]
    #[case("", None)]
    fn what_is_plain(#[case] text: &str, #[case] number: Option<&str>) {
        assert_eq!(plain(text).as_deref(), number);
    }
}
