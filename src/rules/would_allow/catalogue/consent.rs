//! A consent on record of which nobody told us all, and a new one.

use super::{NEW, Theme, said::later, told};
use crate::{
    facts::{Consent, EventRef},
    rules::would_allow::Change,
    terms::consent::{ConsentManner, ConsentSource},
};

/// The facts of a consent.
pub(super) const THEME: Theme =
    Theme { event: Some(|facts| facts.consent.map(|consent| consent.event)), changes: FACTS };

/// The person's own new consent. It is all that the law asks of any consent; what it must have besides, where the
/// message or the person asks for more, is among the facts.
pub(super) static GIVEN: Change = Change {
    fact: "consent_given",
    says: "the person gives, and the ledger records, a new, specific consent of their own to this sender, for this channel and purpose",
    open: |_| true,
    apply: |facts| {
        facts.consent = Some(Consent {
            event: EventRef { id: NEW, kind: "consent_given", at: later(facts), given: false, revision: 0 },
            manner: Some(ConsentManner::UntickedBox),
            source: ConsentSource::Direct,
            context: None,
            for_this_detail: true,
            before_reassignment: false,
            covers_channel: true,
            covers_purpose: true,
            names_aims: true,
            covers_topic: Some(true),
            names_topic: true,
            names_sender: Some(true),
            names_caller: Some(true),
            names_promoted: false,
            third_party_offers: None,
            separate: Some(true),
            conditional: Some(false),
            withdrawal_told: Some(true),
            explicit: None,
            parental_authorisation: None,
            has_wording: true,
            has_evidence: true,
        });
    },
};

const FACTS: &[Change] = &[
    told!(
        "consent_given.how",
        "the person gave the consent by a clear affirmative action",
        consent.manner = ConsentManner::UntickedBox
    ),
    told!("consent_given.separate", "the consent was asked for apart from other matters", consent.separate = true),
    told!("consent_given.conditional", "no service was made to depend on the consent", consent.conditional = false),
    Change {
        fact: "consent_given.named_senders",
        says: "the consent names the sender",
        open: |facts| facts.consent.is_some_and(|consent| consent.names_sender.is_none()),
        apply: |facts| {
            facts.consent.iter_mut().for_each(|it| (it.names_sender, it.names_caller) = (Some(true), Some(true)));
        },
    },
    told!(
        "consent_given.parental_authorisation",
        "a holder of parental responsibility gave or authorised the consent",
        consent.parental_authorisation = true
    ),
    told!("consent_given.explicit", "the consent is explicit about the special category data", consent.explicit = true),
    Change {
        fact: "consent_given.named_senders",
        says: "the consent names the party whose goods or aims are promoted",
        open: |facts| {
            facts.promotes_another && facts.consent.is_some_and(|it| it.event.id == NEW && !it.names_promoted)
        },
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.names_promoted = true),
    },
    Change {
        fact: "consent_given.third_party_offers",
        says: "the wording of the consent covers other parties' offers",
        open: |facts| facts.promotes_another && facts.consent.is_some_and(|it| it.third_party_offers.is_none()),
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.third_party_offers = Some(true)),
    },
    Change {
        fact: "topic",
        says: "the message is about a topic that the consent covers",
        open: |facts| facts.consent.is_some_and(|consent| consent.covers_topic.is_none()),
        apply: |facts| {
            facts.consent.iter_mut().for_each(|it| (it.covers_topic, it.names_topic) = (Some(true), true));
        },
    },
    Change {
        fact: "consent_given.wording",
        says: "the words that the person agreed to are on record",
        open: |facts| facts.consent.is_some_and(|consent| !consent.has_wording),
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.has_wording = true),
    },
    Change {
        fact: "consent_given.evidence",
        says: "where the proof of the consent is kept is on record",
        open: |facts| facts.consent.is_some_and(|consent| !consent.has_evidence),
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.has_evidence = true),
    },
];
