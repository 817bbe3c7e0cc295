//! An answer on its way out: whole, or already written.

use super::answer::{Answer, Verdict, Warning};

/// An answer.
#[derive(Debug)]
pub enum Told {
    /// As it is.
    Whole(Box<Answer>),
    /// As JSON.
    Written(Written),
}

/// An answer as JSON, into which warnings can still be put.
#[derive(Debug)]
pub struct Written {
    pub(super) allow: bool,
    pub(super) json: Vec<u8>,
    /// Where the list of warnings ends.
    pub(super) warnings_at: usize,
}

impl Told {
    /// Whether the message may be sent.
    #[must_use]
    pub const fn decision(&self) -> Verdict {
        match self {
            Self::Whole(answer) => answer.decision,
            Self::Written(Written { allow: true, .. }) => Verdict::Allow,
            Self::Written(Written { allow: false, .. }) => Verdict::Deny,
        }
    }

    /// Adds a warning.
    pub fn warn(&mut self, warning: Warning) {
        match self {
            Self::Whole(answer) => answer.warnings.push(warning),
            Self::Written(written) => written.warn(&warning),
        }
    }
}

impl Written {
    /// The JSON.
    #[must_use]
    pub fn into_json(self) -> Vec<u8> {
        self.json
    }

    /// The same, to look at.
    #[must_use]
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    fn warn(&mut self, warning: &Warning) {
        let is_first = self.warnings_at.checked_sub(1).and_then(|last| self.json.get(last)) == Some(&b'[');
        let mut text = if is_first { Vec::new() } else { vec![b','] };
        // Into memory nothing fails to be written.
        let _ = serde_json::to_writer(&mut text, warning);
        let length = text.len();
        self.json.splice(self.warnings_at..self.warnings_at, text);
        self.warnings_at += length;
    }
}
