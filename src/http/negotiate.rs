//! Which form of an answer a request accepts (RFC 9110 section 12.5.1).

use axum::http::{HeaderMap, header};

use super::problem::{Fault, Kind, Problem};

/// The forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON.
    Json,
    /// Sentences.
    Sentences,
}

/// The forms of what is also a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// JSON.
    Json,
    /// A page to read and print.
    Html,
}

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";
const HTML: &str = "text/html";

/// The form that the request likes best; JSON if it likes both.
pub(super) fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    best(headers, (JSON, Form::Json), (TEXT, Form::Sentences))
}

/// The same for what is also a page.
pub(super) fn page(headers: &HeaderMap) -> Result<Page, Problem> {
    best(headers, (JSON, Page::Json), (HTML, Page::Html))
}

/// Of two types, the one that the request likes best; the first if it likes both.
fn best<F>(headers: &HeaderMap, first: (&'static str, F), second: (&'static str, F)) -> Result<F, Problem> {
    let mut ranges = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if ranges.peek().is_none() {
        return Ok(first.1);
    }
    let ranges: Vec<(&str, f32)> = ranges.flat_map(|line| line.split(',')).map(range).collect();
    let (one, other) = (quality(&ranges, first.0), quality(&ranges, second.0));
    if one <= 0.0 && other <= 0.0 {
        let message = "`Accept` admits neither form of the answer";
        let fault = Fault::of("Accept", "not_allowed", message).allowing([first.0, second.0]);
        return Err(Problem::single(Kind::NotAcceptable, fault));
    }
    Ok(if other > one { second.1 } else { first.1 })
}

/// A range of types and its quality. A quality that cannot be read counts as the full one.
fn range(text: &str) -> (&str, f32) {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default();
    let quality = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("q"));
    (range, quality.and_then(|(_, value)| value.parse().ok()).unwrap_or(1.0))
}

/// The quality of the range that fits a type most closely.
fn quality(ranges: &[(&str, f32)], wanted: &str) -> f32 {
    let family = wanted.split('/').next().unwrap_or_default();
    let closeness = |range: &str| match range.split_once('/') {
        _ if range.eq_ignore_ascii_case(wanted) => 3,
        Some((start, "*")) if start.eq_ignore_ascii_case(family) => 2,
        Some(("*", "*")) => 1,
        Some(_) | None => 0,
    };
    let fitting = ranges.iter().map(|(range, quality)| (closeness(range), *quality)).filter(|(close, _)| *close > 0);
    fitting.max_by_key(|(close, _)| *close).map_or(0.0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("*/*", Some(Form::Json))]
    #[case("application/json", Some(Form::Json))]
    #[case("text/plain", Some(Form::Sentences))]
    #[case("text/*", Some(Form::Sentences))]
    #[case("text/plain, application/json;q=0.9", Some(Form::Sentences))]
    #[case("text/plain, */*", Some(Form::Json))]
    #[case("text/plain;q=0, */*", Some(Form::Json))]
    #[case("application/json;q=0.1, text/plain;q=0.2", Some(Form::Sentences))]
    #[case("text/html, */*;q=0.8", Some(Form::Json))]
    #[case("text/html", None)]
    #[case("*/*;q=0", None)]
    fn the_closest_range_decides(#[case] accept: &str, #[case] expected: Option<Form>) {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().expect("a header"))]);
        assert_eq!(form(&headers).ok(), expected);
    }

    #[rstest::rstest]
    #[case("*/*", Some(Page::Json))]
    #[case("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(Page::Html))]
    #[case("application/json, text/html", Some(Page::Json))]
    #[case("text/plain", None)]
    fn a_browser_gets_the_page(#[case] accept: &str, #[case] expected: Option<Page>) {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().expect("a header"))]);
        assert_eq!(page(&headers).ok(), expected);
    }
}
