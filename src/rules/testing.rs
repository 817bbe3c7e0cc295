//! For the tests of the rules: the smallest facts that each basis allows. A test changes one thing.

use jiff::{Timestamp, civil::date};

use super::outcome::Outcome;
use crate::{
    facts::{
        AssertedBasis, Call, Caller, Collection, Consent, EventRef, Facts, Line, Message, Recipient, Request, Stop,
        Stops,
    },
    terms::{
        channel::Channel,
        collection::CollectionContext,
        consent::{ConsentManner, ConsentSource},
        party::{PolicyProfile, SenderKind},
        purpose::Purpose,
        refusal::OptOut,
        subscriber::SubscriberKind,
    },
};

/// The moment of every question.
pub(crate) const NOW: &str = "2026-11-21T12:00:00Z";
/// When the person did what the basis rests on.
pub(crate) const DONE: &str = "2026-06-01T12:00:00Z";
/// Before that.
pub(crate) const BEFORE: &str = "2026-05-01T12:00:00Z";
/// After that.
pub(crate) const AFTER: &str = "2026-07-01T12:00:00Z";

/// An event on record.
pub(crate) fn event(kind: &'static str, at: &str) -> EventRef<'static> {
    EventRef { id: kind, kind, at: at.parse().unwrap(), given: false }
}

/// The same, as the caller's own word.
pub(crate) fn given(kind: &'static str, at: &str) -> EventRef<'static> {
    EventRef { given: true, ..event(kind, at) }
}

/// A stop that was said once, and is on record.
pub(crate) fn said(kind: &'static str, at: &str) -> Stop<'static> {
    let mut stop = Stop::default();
    stop.note(event(kind, at));
    stop
}

/// An email about goods to a person of whom nothing is known: no basis.
pub(crate) fn to_a_stranger() -> Facts<'static> {
    Facts {
        as_of: date(2026, 11, 21),
        at: NOW.parse::<Timestamp>().unwrap(),
        profile: PolicyProfile::Conservative,
        sender_kind: SenderKind::Company,
        promotes_another: false,
        channel: Channel::Email,
        audience: None,
        purpose: Purpose::Commercial,
        matter: None,
        basis: AssertedBasis::default(),
        caller: Caller::default(),
        call: Call::default(),
        line: Line::default(),
        reached: None,
        message: Message { identifies_sender: Some(true), opt_out: Some(OptOut::Link), ..Message::default() },
        recipient: Recipient {
            subscriber: SubscriberKind::Unknown,
            named_person: None,
            age: None,
            abroad: None,
            vulnerable: None,
        },
        consent: None,
        collection: None,
        answers_request: false,
        request: None,
        stops: Stops::default(),
    }
}

/// Allowed by consent.
pub(crate) fn by_consent() -> Facts<'static> {
    let consent = Consent {
        event: event("consent_given", DONE),
        manner: Some(ConsentManner::UntickedBox),
        source: ConsentSource::Direct,
        context: None,
        for_this_detail: true,
        before_reassignment: false,
        covers_channel: true,
        covers_purpose: true,
        covers_topic: Some(true),
        names_topic: false,
        names_sender: Some(true),
        names_promoted: false,
        third_party_offers: None,
        separate: Some(true),
        conditional: Some(false),
        withdrawal_told: None,
        explicit: None,
        parental_authorisation: None,
        has_wording: true,
        has_evidence: false,
    };
    Facts { consent: Some(consent), ..to_a_stranger() }
}

/// Allowed by the soft opt-in.
pub(crate) fn by_soft_opt_in() -> Facts<'static> {
    let collection = Collection {
        event: event("details_collected", DONE),
        context: CollectionContext::Sale,
        for_this_detail: true,
        before_reassignment: false,
        by_sender: true,
        opt_out_offered: Some(true),
        opt_out_free: Some(true),
        refused: Some(false),
        similar: Some(true),
    };
    Facts { collection: Some(collection), ..to_a_stranger() }
}

/// Allowed by the charitable soft opt-in.
pub(crate) fn by_charitable_soft_opt_in() -> Facts<'static> {
    let mut facts = Facts { sender_kind: SenderKind::Charity, purpose: Purpose::Charity, ..by_soft_opt_in() };
    facts.message.sole_charitable_purpose = Some(true);
    facts.the_collection().context = CollectionContext::CharitySupport;
    facts
}

/// Allowed because the person asked for it.
pub(crate) fn solicited() -> Facts<'static> {
    let request = Request {
        names_topic: true,
        event: event("request_made", DONE),
        to_sender: true,
        covers_channel: true,
        covers_topic: Some(true),
        for_this_detail: true,
        before_reassignment: false,
        fulfilled: false,
    };
    Facts { answers_request: true, request: Some(request), ..to_a_stranger() }
}

/// Allowed because the subscriber is a company.
pub(crate) fn to_a_company() -> Facts<'static> {
    let mut facts = to_a_stranger();
    facts.recipient.subscriber = SubscriberKind::Corporate;
    facts
}

/// Allowed because it is no direct marketing.
pub(crate) fn of_service() -> Facts<'static> {
    let mut facts = Facts { purpose: Purpose::Service, ..to_a_stranger() };
    facts.message.contains_promotion = Some(false);
    facts
}

impl<'a> Facts<'a> {
    /// The consent, to be changed.
    pub(crate) fn the_consent(&mut self) -> &mut Consent<'a> {
        self.consent.as_mut().unwrap()
    }

    /// The collection, to be changed.
    pub(crate) fn the_collection(&mut self) -> &mut Collection<'a> {
        self.collection.as_mut().unwrap()
    }

    /// The request, to be changed.
    pub(crate) fn the_request(&mut self) -> &mut Request<'a> {
        self.request.as_mut().unwrap()
    }
}

/// The facts, to be changed.
pub(crate) type F<'f> = &'f mut Facts<'static>;

/// One change to the facts.
pub(crate) type Change = fn(F<'_>);

/// No change.
pub(crate) fn as_is(_: F<'_>) {}

/// The facts after the change.
pub(crate) fn with(mut facts: Facts<'static>, change: Change) -> Facts<'static> {
    change(&mut facts);
    facts
}

/// The ids of the limbs that fail, or how else the rule comes out.
pub(crate) fn limbs(outcome: &Outcome<'_>) -> Vec<&'static str> {
    match outcome {
        Outcome::NotEngaged => vec!["not engaged"],
        Outcome::Met(_) => vec!["met"],
        Outcome::Failing(failures) => failures.iter().map(|failure| failure.limb.id).collect(),
    }
}
