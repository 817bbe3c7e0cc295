//! Query parameters, read strictly: one that is unknown, twice there or out of its values is refused.
//!
//! A misspelt parameter that is passed over in silence changes an answer without a word. No fault repeats a value.

use std::{borrow::Cow, collections::HashSet};

use axum::http::Uri;

use super::problem::{Fault, Kind, Problem};
use crate::{spelling::nearest, strict::names::is_repeatable};

/// The parameters of one request.
#[derive(Debug)]
pub(super) struct Query {
    given: Vec<(&'static str, String)>,
    known: &'static [&'static str],
    faults: Vec<Fault>,
}

impl Query {
    /// The parameters of a request that may have these.
    pub(super) fn of(uri: &Uri, known: &'static [&'static str]) -> Self {
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri);
        let mut query = Self { given: Vec::new(), known, faults: Vec::new() };
        let Ok(axum::extract::Query(pairs)) = pairs else {
            query.faults.push(Fault {
                code: "invalid",
                message: "the query cannot be read".into(),
                ..Fault::default()
            });
            return query;
        };
        let mut seen = HashSet::new();
        for (name, value) in pairs {
            match known.iter().find(|known| **known == name) {
                None => query.faults.push(unknown(&name, known)),
                Some(name) if !seen.insert(*name) => {
                    query.faults.push(Fault::of(name, "duplicate_parameter", format!("`{name}` is there twice")));
                }
                Some(name) => query.given.push((name, value)),
            }
        }
        query
    }

    /// One parameter, read with `parse`; when that finds nothing, a fault that lists what is allowed.
    pub(super) fn read<T>(&mut self, name: &str, allowed: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (name, value) = self.given.iter().find(|(given, _)| *given == name)?;
        let read = parse(value);
        if read.is_none() {
            let fault = Fault::of(name, "not_allowed", format!("`{name}` cannot have this value"));
            self.faults.push(fault.allowing(allowed.iter().copied()));
        }
        read
    }

    /// The problem, if any parameter was refused.
    pub(super) fn end(self) -> Result<(), Problem> {
        let detail: Cow<'static, str> = match (self.faults.as_slice(), self.known) {
            ([], _) => return Ok(()),
            ([one], _) => one.message.clone().into(),
            (_, []) => "this path takes no query parameters".into(),
            _ => "several query parameters are refused".into(),
        };
        Err(Problem::new(Kind::InvalidQuery, detail).with(self.faults))
    }
}

/// Refuses every query parameter.
pub(super) fn none(uri: &Uri) -> Result<(), Problem> {
    Query::of(uri, &[]).end()
}

fn unknown(name: &str, known: &[&'static str]) -> Fault {
    let message = match is_repeatable(name) {
        true => format!("`{name}` is no parameter here"),
        false => "a parameter has a name that is unknown here".to_owned(),
    };
    let fault = Fault { code: "unknown_parameter", message, ..Fault::default() };
    fault.allowing(known.iter().copied()).meaning(nearest(name, known.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(query: &str) -> Vec<&'static str> {
        let uri = format!("/check?{query}").parse().expect("a URI");
        let mut query = Query::of(&uri, &["detail", "pretty"]);
        query.read("detail", &["full"], |value| (value == "full").then_some(()));
        query.end().err().map(|problem| problem.errors().iter().map(|f| f.code).collect()).unwrap_or_default()
    }

    #[rstest::rstest]
    #[case("detail=full&pretty", &[])]
    #[case("detail=ful", &["not_allowed"])]
    #[case("detial=full", &["unknown_parameter"])]
    #[case("jo%40example.com&x=1", &["unknown_parameter", "unknown_parameter"])]
    #[case("pretty&pretty", &["duplicate_parameter"])]
    fn parameters_are_read_strictly(#[case] query: &str, #[case] codes: &[&str]) {
        assert_eq!(faults(query), codes);
    }
}
