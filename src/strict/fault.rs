//! What is wrong at one place of what was received, and what was probably meant.

use serde::Serialize;
use utoipa::ToSchema;

/// Most faults of one body that are listed.
pub(crate) const MOST_FAULTS: usize = 50;

/// One fault of a request. It never repeats a value that was received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProblemFault)]
pub struct Fault {
    /// Where in the body, as a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/recipient/email")]
    pub pointer: Option<String>,
    /// Of a body of lines, the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The parameter of the query or the path, or the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<&'static str>,
    /// A stable name of the fault.
    #[schema(example = "unknown_field")]
    pub code: &'static str,
    /// The fault in words.
    pub message: String,
    /// What is allowed there, where that is a short list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub allowed: Vec<String>,
    /// What the caller may have meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
}

impl Fault {
    /// A fault at a place in the body.
    #[must_use]
    pub fn at(pointer: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), code, message: message.into(), ..Self::default() }
    }

    /// A fault of a parameter or a header.
    #[must_use]
    pub fn of(parameter: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self { parameter: Some(parameter), code, message: message.into(), ..Self::default() }
    }

    /// With what is allowed there.
    #[must_use]
    pub fn allowing<'a>(mut self, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        self.allowed = allowed.into_iter().map(str::to_owned).collect();
        self
    }

    /// With what the caller may have meant.
    #[must_use]
    pub fn meaning(mut self, meant: Option<impl Into<String>>) -> Self {
        self.did_you_mean = meant.map(Into::into);
        self
    }

    /// What was meant or is allowed, in words to be put behind the message; empty if there is nothing to say.
    #[must_use]
    pub fn hint(&self) -> String {
        match (&self.did_you_mean, self.allowed.as_slice()) {
            (Some(meant), _) => format!(" (did you mean `{meant}`?)"),
            (None, []) => String::new(),
            (None, allowed) => format!(" (allowed: {})", allowed.join(", ")),
        }
    }
}
