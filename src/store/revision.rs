//! A place in the journal.

use std::fmt;

/// A place in the journal. To callers it is an opaque token: one number today, one for each partition later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub u64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r1-{:x}", self.0)
    }
}

impl std::str::FromStr for Revision {
    type Err = NotARevision;

    fn from_str(token: &str) -> Result<Self, NotARevision> {
        let digits = token.strip_prefix("r1-").ok_or(NotARevision)?;
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !plain { Err(NotARevision) } else { u64::from_str_radix(digits, 16).map(Self).map_err(|_| NotARevision) }
    }
}

/// A text that no answer of this service gave out as a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no revision: pass one on as an earlier answer gave it")]
pub struct NotARevision;
