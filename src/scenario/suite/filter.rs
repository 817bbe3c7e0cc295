//! Which cases are asked for.

use super::SuiteError;

/// What a case must have in its name, or in that of its file.
pub(super) enum Filter {
    /// Those whose name or file has this text in it, whatever its case.
    Text(String),
    /// Those whose name or file it matches.
    Expression(regex_lite::Regex),
}

impl Filter {
    /// A text; between slashes, a regular expression.
    pub(super) fn new(text: &str) -> Result<Self, SuiteError> {
        match text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|rest| !rest.is_empty()) {
            Some(expression) => {
                let built = regex_lite::RegexBuilder::new(expression).case_insensitive(true).build();
                built.map(Self::Expression).map_err(|error| SuiteError::Filter(expression.to_owned(), error))
            }
            None => Ok(Self::Text(text.to_lowercase())),
        }
    }

    /// Whether it chooses the case of this name in this file.
    pub(super) fn chooses(&self, path: &str, name: &str) -> bool {
        let fits = |text: &str| match self {
            Self::Text(wanted) => text.to_lowercase().contains(wanted),
            Self::Expression(expression) => expression.is_match(text),
        };
        fits(name) || fits(path)
    }
}
