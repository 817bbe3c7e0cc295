//! What a part is: its type, and how it is shown.

/// The value of `Content-Type` or of `Content-Disposition`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// What stands first, in lower case: `text/plain`, `attachment`.
    pub(super) value: String,
    parameters: Vec<(String, String)>,
}

impl Typed {
    /// Of the field as it was sent.
    pub(super) fn of(field: &[u8]) -> Self {
        let field = String::from_utf8_lossy(field);
        let mut pieces = pieces(&field).into_iter();
        let value = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameters = pieces.filter_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            // The longer spelling of RFC 2231 (`charset*`) differs by an encoding that no name of a set needs.
            Some((name.trim().trim_end_matches('*').to_ascii_lowercase(), unquote(value.trim())))
        });
        Self { value, parameters: parameters.collect() }
    }

    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// A field has few parameters.
const MOST: usize = 32;

/// Splits at the semicolons that stand in no quotation.
fn pieces(field: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut is_quoted, mut is_escaped) = (0, false, false);
    for (at, byte) in field.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b';' if !is_quoted => {
                pieces.push(field.get(start..at).unwrap_or_default());
                start = at + 1;
                if pieces.len() == MOST {
                    return pieces;
                }
            }
            _ => {}
        }
    }
    pieces.push(field.get(start..).unwrap_or_default());
    pieces
}

fn unquote(value: &str) -> String {
    let Some(quoted) = value.strip_prefix('"') else {
        return value.split_ascii_whitespace().next().unwrap_or_default().to_owned();
    };
    let mut unquoted = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => unquoted.extend(characters.next()),
            _ => unquoted.push(character),
        }
    }
    unquoted
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("text/plain; charset=utf-8", "text/plain", Some("utf-8"))]
    #[case::quoted("Text/HTML; Charset=\"iso-8859-1\"", "text/html", Some("iso-8859-1"))]
    #[case::semicolon_in_quotes("a/b; x=\"1;charset=no\"; charset=yes", "a/b", Some("yes"))]
    #[case::escaped("a/b; x=\"\\\";\"; charset=\"y\\es\"", "a/b", Some("yes"))]
    #[case::comment("text/plain; charset=us-ascii (plain)", "text/plain", Some("us-ascii"))]
    #[case::extended("text/plain; charset*=utf-8", "text/plain", Some("utf-8"))]
    #[case::folded("text/plain;\r\n\tcharset=x", "text/plain", Some("x"))]
    #[case::nothing("", "", None)]
    #[case::never_closed("a/b; charset=\"utf-8", "a/b", Some("utf-8"))]
    fn types_are_read_with_their_parameters(#[case] field: &str, #[case] value: &str, #[case] charset: Option<&str>) {
        let typed = Typed::of(field.as_bytes());
        assert_eq!((typed.value.as_str(), typed.parameter("charset")), (value, charset));
    }
}
