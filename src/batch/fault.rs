//! Why a line was not decided.

use crate::{check::CheckError, strict::fault::Fault};

/// Why a line was not decided. Each pointer is one into the line; one that begins with `/campaign` may lead into the
/// first line instead, where the campaign stands.
#[derive(Debug, thiserror::Error)]
pub enum LineFault {
    /// It was skipped.
    #[error("the line has {bytes} bytes, more than the {limit} that `http.batch_line_limit` allows")]
    TooLong {
        /// Its bytes.
        bytes: u64,
        /// How many it may have.
        limit: usize,
    },
    /// It is in another encoding.
    #[error("the line is not UTF-8")]
    NotText,
    /// It is no JSON.
    #[error("the line is not JSON: {what}, at column {column}")]
    NotJson {
        /// What is broken, in words that repeat nothing of it.
        what: String,
        /// Where.
        column: usize,
    },
    /// It is JSON and not what the specification asks for.
    #[error("the line is not as the specification asks")]
    Invalid(Vec<Fault>),
    /// It leaves out what only a campaign could say.
    #[error("the line leaves out what a campaign would say, and the first line is none")]
    NoCampaign(Vec<Fault>),
    /// It is a campaign, and not the first line.
    #[error(
        "a campaign can only be the first line, and which one was meant for the lines after this is nothing to guess at: \
         send the other campaign in a request of its own"
    )]
    SecondCampaign,
    /// It comes after such a line.
    #[error("the line was not decided, since it comes after a second campaign")]
    AfterSecondCampaign,
    /// It was read, and there is no decision.
    #[error("{error}")]
    Undecided {
        /// Why.
        error: CheckError,
        /// Where its pointers lead.
        place: Place,
    },
}

/// Where a pointer into a send request leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The line is a recipient, not a send request.
    pub(super) recipient: bool,
    /// The fields of the send request that the line itself has; none, if there is no campaign that could have others.
    pub(super) own: Option<Vec<String>>,
}

impl Place {
    /// Of the campaign itself.
    #[must_use]
    pub const fn campaign() -> Self {
        Self { recipient: false, own: Some(Vec::new()) }
    }

    /// Of a recipient that says nothing else.
    #[must_use]
    pub const fn recipient() -> Self {
        Self { recipient: true, own: Some(Vec::new()) }
    }

    /// A pointer into the send request as one into the line, or into the campaign if that said so.
    #[must_use]
    pub fn pointer(&self, within: &str) -> String {
        let field = within.split('/').nth(1).unwrap_or_default();
        match &self.own {
            // Nobody but the line says who is reached.
            Some(own) if field != "recipient" && !own.iter().any(|name| name == field) => format!("/campaign{within}"),
            Some(_) if self.recipient => within.strip_prefix("/recipient").unwrap_or(within).to_owned(),
            Some(_) | None => within.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(Place { recipient: true, own: Some(vec![]) }, "/recipient/email", "/email")]
    #[case(Place { recipient: true, own: Some(vec![]) }, "/sender", "/campaign/sender")]
    #[case(Place { recipient: false, own: Some(vec!["topic".to_owned()]) }, "/recipient/email", "/recipient/email")]
    #[case(Place { recipient: false, own: Some(vec!["given".to_owned()]) }, "/given/0/type", "/given/0/type")]
    #[case(Place { recipient: false, own: Some(vec!["given".to_owned()]) }, "/as_of", "/campaign/as_of")]
    #[case(Place::default(), "/as_of", "/as_of")]
    fn a_pointer_leads_to_who_said_it(#[case] place: Place, #[case] within: &str, #[case] pointer: &str) {
        assert_eq!(place.pointer(within), pointer);
    }
}
