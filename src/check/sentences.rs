//! An answer in sentences.

use super::answer::Answer;

/// Tells the answer in sentences.
#[must_use]
pub fn tell(answer: &Answer) -> String {
    let verdict = match answer.decision {
        super::answer::Verdict::Allow => "allow",
        super::answer::Verdict::Deny => "deny",
    };
    format!("{verdict}\n")
}
