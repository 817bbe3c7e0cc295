//! The person reached, of whom nobody told us whether it is one.

use super::{Theme, said::nothing_said};
use crate::{
    facts::Facts,
    rules::would_allow::Change,
    terms::{channel::Channel, subscriber::SubscriberKind},
};

/// The facts of the person.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "recipient.subscriber",
        says: "the subscriber is a company or another body with its own legal personality",
        open: |facts| facts.recipient.subscriber == SubscriberKind::Unknown && may_be_a_company(facts),
        apply: |facts| facts.recipient.subscriber = SubscriberKind::Corporate,
    },
    Change {
        fact: "recipient.named_person",
        says: "the mailbox is a shared one of a company, and neither it nor the message names a person",
        open: |facts| {
            let individual = facts.recipient.subscriber == SubscriberKind::Individual;
            facts.recipient.named_person.is_none() && !individual && may_be_a_company(facts)
        },
        apply: |facts| facts.recipient.named_person = Some(false),
    },
];

/// A consumer's phone, an app's account or a child's mailbox is hardly a company's, nor is that of somebody who
/// consented. Whoever said anything against marketing is not passed over as one.
fn may_be_a_company(facts: &Facts<'_>) -> bool {
    let plausible = matches!(facts.channel, Channel::Email | Channel::Fax | Channel::Post);
    let plausible = plausible && facts.recipient.age.is_none() && facts.consent.is_none();
    plausible && nothing_said(facts)
}
