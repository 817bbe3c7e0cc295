//! The changes that could turn an answer, by the way in which they would.

use jiff::{SignedDuration, Timestamp};

use super::Change;
use crate::{
    facts::{Collection, Consent, EventRef, Facts},
    rules::pecr::reg22_charitable_soft_opt_in::engaged as charitable,
    terms::{
        channel::Channel,
        collection::CollectionContext,
        consent::{ConsentManner, ConsentSource},
        party::SenderKind,
        purpose::Purpose,
        refusal::OptOut,
        subscriber::SubscriberKind,
    },
};

pub(super) const MESSAGE: &[Change] = &[
    Change {
        fact: "message.identifies_sender",
        says: "the message says on whose behalf it is sent",
        satisfies: "PECR reg. 23(a)",
        open: |facts| facts.message.identifies_sender != Some(true),
        apply: |facts| facts.message.identifies_sender = Some(true),
    },
    Change {
        fact: "message.opt_out",
        says: "the message offers a simple and free means of refusing, such as a link",
        satisfies: "PECR reg. 23(b), reg. 22(3)(c)",
        open: |facts| !facts.message.opt_out.is_some_and(OptOut::is_simple_and_free),
        apply: |facts| facts.message.opt_out = Some(OptOut::Link),
    },
    Change {
        fact: "message.clearly_commercial",
        says: "the message can be seen to be commercial, and its offers are clear",
        satisfies: "PECR reg. 23(c)",
        open: |facts| facts.message.clearly_commercial == Some(false),
        apply: |facts| facts.message.clearly_commercial = Some(true),
    },
    Change {
        fact: "message.websites_comply",
        says: "the websites that the message leads to are as clear",
        satisfies: "PECR reg. 23(d)",
        open: |facts| facts.message.websites_comply == Some(false),
        apply: |facts| facts.message.websites_comply = Some(true),
    },
    Change {
        fact: "message.sole_charitable_purpose",
        says: "the sole purpose of the message is to further the charity's purposes",
        satisfies: "PECR reg. 22(3A)(a)",
        open: |facts| charitable(facts) && facts.message.sole_charitable_purpose.is_none(),
        apply: |facts| facts.message.sole_charitable_purpose = Some(true),
    },
    Change {
        fact: "message.similar_to_collection",
        says: "the products are the sender's own and similar to those sold",
        satisfies: "PECR reg. 22(3)(b)",
        open: |facts| {
            let known = facts.collection.is_some_and(|collection| collection.similar.is_some());
            facts.message.similar.is_none() && !known
        },
        apply: |facts| facts.message.similar = Some(true),
    },
];

macro_rules! told {
    ($fact:literal, $says:literal, $satisfies:literal, $part:ident . $field:ident = $value:expr) => {
        Change {
            fact: $fact,
            says: $says,
            satisfies: $satisfies,
            open: |facts| facts.$part.is_some_and(|part| part.$field.is_none()),
            apply: |facts| facts.$part.iter_mut().for_each(|part| part.$field = Some($value)),
        }
    };
}

pub(super) const TELL_OF_CONSENT: &[Change] = &[
    told!(
        "consent_given.how",
        "the person gave the consent by a clear affirmative action",
        "UK GDPR Art 4(11)",
        consent.manner = ConsentManner::UntickedBox
    ),
    told!(
        "consent_given.separate",
        "the consent was asked for apart from other matters",
        "UK GDPR Art 7(2)",
        consent.separate = true
    ),
    told!(
        "consent_given.conditional",
        "no service was made to depend on the consent",
        "UK GDPR Art 7(4)",
        consent.conditional = false
    ),
    told!(
        "consent_given.named_senders",
        "the consent names the sender",
        "PECR reg. 22(2)",
        consent.names_sender = true
    ),
    told!(
        "topic",
        "the message is about a topic that the consent covers",
        "PECR reg. 22(2)",
        consent.covers_topic = true
    ),
    told!(
        "consent_given.parental_authorisation",
        "a holder of parental responsibility gave or authorised the consent",
        "UK GDPR Art 8(1)",
        consent.parental_authorisation = true
    ),
    told!("consent_given.explicit", "the consent is explicit", "UK GDPR Art 9(2)(a)", consent.explicit = true),
    Change {
        fact: "consent_given.evidence",
        says: "where the proof of the consent is kept is on record",
        satisfies: "UK GDPR Art 7(1)",
        open: |facts| facts.consent.is_some_and(|consent| !consent.has_evidence),
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.has_evidence = true),
    },
];

pub(super) const TELL_OF_COLLECTION: &[Change] = &[
    told!(
        "details_collected.opt_out_offered",
        "a simple means of refusing was offered when the details were collected",
        "PECR reg. 22(3)(c), reg. 22(3A)(c)",
        collection.opt_out_offered = true
    ),
    told!(
        "details_collected.opt_out_free",
        "that means cost nothing but its transmission",
        "PECR reg. 22(3)(c), reg. 22(3A)(c)",
        collection.opt_out_free = true
    ),
    told!(
        "details_collected.refused",
        "the person did not refuse when the details were collected",
        "PECR reg. 22(3)(c), reg. 22(3A)(c)",
        collection.refused = false
    ),
    Change {
        fact: "details_collected",
        says: "the sender itself obtained the details in a sale, or negotiations for one, and offered an opt-out that was not taken",
        satisfies: "PECR reg. 22(3)(a) and (c)",
        open: |facts| facts.collection.is_none() && facts.purpose != Purpose::Charity && nothing_said(facts),
        apply: |facts| facts.collection = Some(collected(facts.at, CollectionContext::Sale)),
    },
    Change {
        fact: "details_collected",
        says: "the charity itself obtained the details as the person gave support, and offered an opt-out that was not taken",
        satisfies: "PECR reg. 22(3A)(b) and (c)",
        open: |facts| {
            let charity = charitable(facts) && facts.sender_kind == SenderKind::Charity;
            facts.collection.is_none() && charity && nothing_said(facts)
        },
        apply: |facts| facts.collection = Some(collected(facts.at, CollectionContext::CharitySupport)),
    },
];

pub(super) const TELL_OF_SUBSCRIBER: &[Change] = &[Change {
    fact: "recipient.subscriber",
    says: "the subscriber is a company or another body with its own legal personality",
    satisfies: "PECR reg. 22(1)",
    // A consumer's phone, an app's account or a child's mailbox is hardly a company's.
    open: |facts| {
        let plausible = facts.channel == Channel::Email && facts.recipient.age.is_none() && facts.consent.is_none();
        plausible && facts.recipient.subscriber == SubscriberKind::Unknown && nothing_said(facts)
    },
    apply: |facts| facts.recipient.subscriber = SubscriberKind::Corporate,
}];

pub(super) const TELL_OF_REQUEST: &[Change] =
    &[told!("topic", "the message is about what the person asked for", "PECR reg. 22(1)", request.covers_topic = true)];

/// A consent, and what it must have besides where the message or the person asks for more.
pub(super) const OBTAIN_CONSENT: &[Change] = &[
    Change {
        fact: "consent_given",
        says: "the person gives, and the ledger records, a new, specific consent of their own to this sender, for this channel and purpose",
        satisfies: "PECR reg. 22(2), UK GDPR Arts 4(11) and 7",
        open: |_| true,
        apply: |facts| facts.consent = Some(consented(facts)),
    },
    Change {
        fact: "consent_given.parental_authorisation",
        says: "a holder of parental responsibility gives or authorises that consent",
        satisfies: "UK GDPR Art 8(1)",
        open: |facts| facts.recipient.age.is_some(),
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.parental_authorisation = Some(true)),
    },
    Change {
        fact: "consent_given.explicit",
        says: "that consent is explicit about the special category data",
        satisfies: "UK GDPR Art 9(2)(a)",
        open: |facts| facts.message.special_category == Some(true),
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.explicit = Some(true)),
    },
    Change {
        fact: "consent_given.named_senders",
        says: "that consent names the party whose goods or aims are promoted",
        satisfies: "PECR reg. 22(2)",
        open: |facts| facts.promotes_another,
        apply: |facts| facts.consent.iter_mut().for_each(|consent| consent.names_promoted = true),
    },
];

pub(super) const PROMOTE_NOTHING: &[Change] = &[
    Change {
        fact: "message.contains_promotion",
        says: "nothing in the message promotes anything",
        satisfies: "DPA 2018 s. 122(5)",
        open: |facts| facts.message.contains_promotion == Some(true),
        apply: |facts| facts.message.contains_promotion = Some(false),
    },
    Change {
        fact: "message.products",
        says: "the message promotes no products",
        satisfies: "DPA 2018 s. 122(5)",
        open: |facts| facts.message.names_products,
        apply: |facts| facts.message.names_products = false,
    },
    Change {
        fact: "message.feeds_marketing",
        says: "its answers are not used for marketing",
        satisfies: "DPA 2018 s. 122(5)",
        open: |facts| facts.message.feeds_marketing == Some(true),
        apply: |facts| facts.message.feeds_marketing = Some(false),
    },
];

fn collected<'a>(at: Timestamp, context: CollectionContext) -> Collection<'a> {
    Collection {
        event: EventRef { id: "", kind: "details_collected", at, given: false },
        context,
        for_this_detail: true,
        before_reassignment: false,
        by_sender: true,
        opt_out_offered: Some(true),
        opt_out_free: Some(true),
        refused: Some(false),
        similar: None,
    }
}

/// All that the person, or somebody for the person's company, has said against marketing.
fn said<'a>(facts: &Facts<'a>) -> impl Iterator<Item = EventRef<'a>> {
    let stops = &facts.stops;
    let own = [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal, stops.complaint];
    own.into_iter().chain([stops.company]).filter_map(|stop| stop.latest)
}

/// Whether the person has said nothing against marketing: only then may a fact be supposed that would pass it over.
fn nothing_said(facts: &Facts<'_>) -> bool {
    said(facts).next().is_none()
}

/// A consent that is all that the law asks for, later than anything the person has said.
fn consented<'a>(facts: &Facts<'a>) -> Consent<'a> {
    let latest = said(facts).map(|stop| stop.at).fold(facts.at, Timestamp::max);
    let at = latest.checked_add(SignedDuration::from_secs(1)).unwrap_or(latest);
    Consent {
        event: EventRef { id: "", kind: "consent_given", at, given: false },
        manner: Some(ConsentManner::UntickedBox),
        source: ConsentSource::Direct,
        context: None,
        for_this_detail: true,
        before_reassignment: false,
        covers_channel: true,
        covers_purpose: true,
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
    }
}
