//! The sender's own rules, which stand in its profile. They only tighten, and concern direct marketing alone.

pub(crate) mod blocked_topics;
pub(crate) mod consent_age;
pub(crate) mod frequency;
pub(crate) mod newly_listed;
pub(crate) mod quiet_hours;

use super::Rule;

/// Whether a rule is the sender's own.
pub(crate) fn is_own(rule: &Rule) -> bool {
    rule.id.starts_with("house.")
}
