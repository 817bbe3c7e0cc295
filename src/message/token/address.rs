//! Addresses of the web and of mail among the words.

use super::Kind;

/// An address of the web or an email address at the start, and its length.
pub(super) fn address(rest: &str) -> Option<(Kind, usize)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | '(' | ',' | '\u{201d}');
    let length = rest.find(ends).unwrap_or(rest.len());
    let word = rest.get(..length)?.trim_end_matches(['.', '!', '?', ';', ':', '\'']);
    let lower = |prefix: &str| word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if lower("http://") || lower("https://") || lower("www.") {
        return Some((Kind::Link, word.len()));
    }
    if let Some((name, domain)) = word.split_once('@') {
        return (!name.is_empty() && domain.contains('.')).then_some((Kind::Address, word.len()));
    }
    // `acme.example/offers`, `bit.ly/x`: a dot between letters, and a path or an ending that is known.
    let (host, path) = word.split_once('/').map_or((word, false), |(host, _)| (host, true));
    let ending = host.rsplit_once('.').map(|(name, ending)| (name.len() > 1, ending))?;
    let known = ["com", "co.uk", "uk", "org", "net", "io", "ly", "me", "info", "biz", "tv", "app"];
    let is_known = known.iter().any(|known| ending.1.eq_ignore_ascii_case(known));
    (ending.0 && (is_known || (path && ending.1.len() <= 6 && ending.1.chars().all(char::is_alphabetic))))
        .then_some((Kind::Link, word.len()))
}
