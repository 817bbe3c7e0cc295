//! Undoing transfer encodings and character sets.

use std::borrow::Cow;

use data_encoding::{Encoding, Specification};
use mail_parser::decoders::charsets::map::charset_decoder;
use std::sync::LazyLock;

/// Undoes the transfer encoding, as far as it is one.
pub(super) fn transfer<'r>(encoding: &[u8], bytes: &'r [u8]) -> Cow<'r, [u8]> {
    if encoding.eq_ignore_ascii_case(b"quoted-printable") {
        quoted_printable(bytes).into()
    } else if encoding.eq_ignore_ascii_case(b"base64") {
        base64(bytes).into()
    } else {
        bytes.into()
    }
}

/// What is no escape stands for itself, as mail programs show it.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| byte == b'=') {
        decoded.extend(rest.get(..at).unwrap_or_default());
        let after = rest.get(at + 1..).unwrap_or_default();
        rest = if let [high, low, rest @ ..] = after
            && let (Some(high), Some(low)) = (hexadecimal(*high), hexadecimal(*low))
        {
            decoded.push(high << 4 | low);
            rest
        } else if let Some(rest) = soft_break(after) {
            rest
        } else {
            decoded.push(b'=');
            after
        };
    }
    decoded.extend(rest);
    decoded
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// What follows the end of the line, where nothing but a few blanks stands before it.
fn soft_break(after: &[u8]) -> Option<&[u8]> {
    match after {
        [] => Some(after),
        [b'\n', rest @ ..]
        | [b'\r', b'\n', rest @ ..]
        | [b' ' | b'\t', b'\n', rest @ ..]
        | [b' ' | b'\t', b'\r', b'\n', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// What is not of the alphabet is passed over (RFC 2045, section 6.8).
fn base64(bytes: &[u8]) -> Vec<u8> {
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut digits: Vec<u8> = bytes.iter().copied().filter(is_digit).collect();
    // A single digit more than whole groups is no byte.
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    BASE64.decode(&digits).unwrap_or_default()
}

static BASE64: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    specification.check_trailing_bits = false;
    specification.encoding().unwrap_or(data_encoding::BASE64_NOPAD)
});

/// The text, and whether all of it was of the character set that is named.
pub(super) fn characters(set: Option<&str>, bytes: &[u8]) -> (String, bool) {
    let set = set.unwrap_or_default().trim();
    let is = |name: &str| set.eq_ignore_ascii_case(name);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Nearly everything is of these sets, or was sent as if it were.
    if set.is_empty() || is("utf-8") || is("utf8") || is("us-ascii") || is("ascii") {
        return match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), true),
            Err(_) => (windows_1252(bytes), false),
        };
    }
    match charset_decoder(set.as_bytes()) {
        Some(decode) => {
            let text = decode(bytes);
            let is_whole = !text.contains(char::REPLACEMENT_CHARACTER);
            (text, is_whole)
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), bytes.is_ascii()),
            Err(_) => (windows_1252(bytes), false),
        },
    }
}

/// The set that most likely was meant, so that at least the letters of English are read.
fn windows_1252(bytes: &[u8]) -> String {
    charset_decoder(b"windows-1252").map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decode| decode(bytes))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::escapes("=C2=A35 only=21", "£5 only!")]
    #[case::soft_break("one =\r\ntwo=\nthree= \r\nfour=", "one twothreefour")]
    #[case::no_escape("1 = 1, a=b, ?x==y, =", "1 = 1, a=b, ?x==y, ")]
    #[case::lower_case("=c2=a3", "£")]
    fn quoted_printable_is_undone(#[case] encoded: &str, #[case] decoded: &str) {
        let bytes = transfer(b"Quoted-Printable", encoded.as_bytes());
        assert_eq!(std::str::from_utf8(&bytes), Ok(decoded));
    }

    #[rstest]
    #[case::whole("SGVsbG8=", "Hello")]
    #[case::broken_lines("SGV\r\nsbG8=\r\n", "Hello")]
    #[case::never_padded("SGVsbG8", "Hello")]
    #[case::one_digit_more("SGVsb", "Hel")]
    #[case::what_is_no_digit("S-G*V_s.bG8=", "Hello")]
    #[case::nothing("", "")]
    fn base64_is_undone(#[case] encoded: &str, #[case] decoded: &str) {
        let bytes = transfer(b"base64", encoded.as_bytes());
        assert_eq!(std::str::from_utf8(&bytes), Ok(decoded));
    }

    #[rstest]
    #[case::utf_8(Some("UTF-8"), "£5".as_bytes(), "£5", true)]
    #[case::none_named(None, "£5".as_bytes(), "£5", true)]
    #[case::marked(Some("utf-8"), b"\xef\xbb\xbfHi", "Hi", true)]
    #[case::latin(Some("ISO-8859-1"), b"\xa35", "£5", true)]
    #[case::windows(Some("windows-1252"), b"\x80 5 \x96", "€ 5 –", true)]
    #[case::japanese(Some("shift_jis"), b"\x83n", "ハ", true)]
    #[case::not_of_the_set(Some("utf-8"), b"\xa35", "£5", false)]
    #[case::not_of_ascii(None, b"\xa35", "£5", false)]
    #[case::unknown(Some("x-mine"), "£5".as_bytes(), "£5", false)]
    #[case::unknown_and_plain(Some("x-mine"), b"5", "5", true)]
    #[case::unknown_and_not_utf_8(Some("x-mine"), b"\xa35", "£5", false)]
    #[case::broken_japanese(Some("shift_jis"), b"\x83", "\u{fffd}", false)]
    fn character_sets_are_undone_and_doubted(
        #[case] set: Option<&str>,
        #[case] bytes: &[u8],
        #[case] text: &str,
        #[case] is_whole: bool,
    ) {
        assert_eq!(characters(set, bytes), (text.to_owned(), is_whole));
    }
}
