//! What the law on data protection asks of the sender besides: a lawful basis, and telling the person.
//!
//! Whoever has said anything against marketing is not passed over by another lawful basis.

use super::{Theme, said::nothing_said};
use crate::{
    rules::{uk_gdpr::art6_consent, would_allow::Change},
    terms::lawful_basis::LawfulBasis,
};

/// The lawful basis and what the person is told.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "lawful_basis",
        says: "the sender asserts legitimate interests as its lawful basis",
        open: |facts| art6_consent::decides(facts) && facts.basis.kind.is_none() && nothing_said(facts),
        apply: |facts| facts.basis.kind = Some(LawfulBasis::LegitimateInterests),
    },
    Change {
        fact: "assessment",
        says: "an assessment of the legitimate interests is on record",
        open: |facts| !facts.basis.assessed && facts.basis.kind != Some(LawfulBasis::Consent) && nothing_said(facts),
        // Whoever has weighed the interests relies on them, unless another basis is asserted.
        apply: |facts| {
            facts.basis.assessed = true;
            facts.basis.kind = facts.basis.kind.or(Some(LawfulBasis::LegitimateInterests));
        },
    },
    Change {
        fact: "message.privacy_information",
        says: "the person has had the privacy information, or gets it with the message",
        open: |facts| facts.message.privacy_information != Some(true),
        apply: |facts| facts.message.privacy_information = Some(true),
    },
    Change {
        fact: "message.right_to_object_told",
        says: "the person has been told of the right to object, or is told with the message",
        open: |facts| facts.message.right_to_object_told == Some(false),
        apply: |facts| facts.message.right_to_object_told = Some(true),
    },
];
