//! Addresses of the web and of mail among the words.

use super::Kind;

/// The endings by which an address of the web is known without `www` or a path.
const ENDINGS: [&str; 11] = ["com", "uk", "org", "net", "io", "ly", "me", "info", "biz", "tv", "app"];

/// An address of the web or an email address at the start, and its length; or the length of what was looked through for one.
pub(super) fn address(rest: &str) -> Result<(Kind, usize), usize> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | '(' | ',' | '\u{201d}');
    let length = rest.find(ends).unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or_default().trim_end_matches(['.', '!', '?', ';', ':', '\'']);
    kind(word).map(|kind| (kind, word.len())).ok_or(length)
}

/// What kind of address it is, if it is one.
fn kind(word: &str) -> Option<Kind> {
    let begins = |prefix: &str| word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if begins("http://") || begins("https://") || begins("www.") {
        return Some(Kind::Link);
    }
    if let Some((name, domain)) = word.split_once('@') {
        return (!name.is_empty() && domain.contains('.')).then_some(Kind::Address);
    }
    // `acme.example/offers`, `bit.ly/x`: a dot between letters, and a path or an ending that is known.
    let (host, has_path) = word.split_once('/').map_or((word, false), |(host, _)| (host, true));
    let (name, ending) = host.rsplit_once('.')?;
    let is_known = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let is_likely = has_path && ending.len() <= 6 && ending.chars().all(char::is_alphabetic);
    (name.len() > 1 && (is_known || is_likely)).then_some(Kind::Link)
}
