//! For the tests of the rules: the smallest facts that each basis allows. A test changes one thing.

use jiff::{Timestamp, civil::date};

use super::outcome::Outcome;
use crate::{
    facts::{
        AssertedBasis, Call, Caller, Collection, Consent, Content, EventRef, Extent, Facts, House, Line, Listed,
        Listing, Message, Place, Recipient, Relationship, Request, Stop, Stops, Wording,
    },
    terms::{
        channel::Channel,
        collection::CollectionContext,
        consent::{ConsentManner, ConsentSource},
        lawful_basis::LawfulBasis,
        party::{PolicyProfile, SenderKind},
        purpose::{Matter, Purpose},
        refusal::OptOut,
        subscriber::SubscriberKind,
        wording::{CueFamily, FindingKind, Strength},
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
    EventRef { id: kind, kind, at: at.parse().unwrap(), given: false, revision: 0 }
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
        content: Content::default(),
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
        house: House::default(),
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
        names_aims: false,
        covers_topic: Some(true),
        names_topic: false,
        names_sender: Some(true),
        names_caller: Some(true),
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

/// A fax to a person of whom nothing is known: allowed by consent, and the number was looked up in the register.
pub(crate) fn by_fax() -> Facts<'static> {
    let mut facts = Facts { channel: Channel::Fax, ..by_consent() };
    facts.call = Call { names_caller: Some(true), address_or_freephone: Some(true), ..Call::default() };
    facts.line.fax.absent = Some(event("register_screened", "2026-11-14T12:00:00Z"));
    facts
}

/// A letter to a person: allowed by legitimate interests.
pub(crate) fn by_post() -> Facts<'static> {
    let basis = AssertedBasis { kind: Some(LawfulBasis::LegitimateInterests), assessed: true };
    let mut facts = Facts { channel: Channel::Post, basis, ..to_a_stranger() };
    facts.message.privacy_information = Some(true);
    facts
}

/// An advertisement shown to a person: allowed by legitimate interests.
pub(crate) fn by_advertising() -> Facts<'static> {
    let basis = AssertedBasis { kind: Some(LawfulBasis::LegitimateInterests), assessed: true };
    Facts { channel: Channel::OnlineAdvertising, basis, ..to_a_stranger() }
}

/// Allowed because it is no direct marketing.
pub(crate) fn of_service() -> Facts<'static> {
    let mut facts = Facts { purpose: Purpose::Service, ..to_a_stranger() };
    facts.message.contains_promotion = Some(false);
    facts
}

/// Allowed because the number, looked up lately, is on no register: a live call.
pub(crate) fn by_live_call() -> Facts<'static> {
    let absent = Listing { listed: None, absent: Some(event("register_screened", "2026-11-10T12:00:00Z")) };
    let line = Line { tps: absent, ctps: absent, ..Line::default() };
    let call = Call { presents_cli: Some(true), ..Call::default() };
    Facts { channel: Channel::LiveCall, line, call, ..to_a_stranger() }
}

/// A number entered in a register on that day.
pub(crate) fn in_register(at: &str) -> Listing<'static> {
    Listing { listed: Some(Listed { event: event("register_listed", at), since_known: true }), absent: None }
}

/// Allowed because the subscriber told the caller that its calls are welcome, in spite of the register.
pub(crate) fn by_permission() -> Facts<'static> {
    let mut facts = by_live_call();
    facts.line.tps = in_register("2020-01-01T12:00:00Z");
    facts.line.permission = Some(event("call_permission_given", DONE));
    facts
}

/// A consent to such calls.
pub(crate) fn consent_to_calls() -> Consent<'static> {
    by_consent().consent.unwrap()
}

/// Allowed by consent to recorded calls.
pub(crate) fn by_automated_call() -> Facts<'static> {
    let call = Call {
        presents_cli: Some(true),
        names_caller: Some(true),
        address_or_freephone: Some(true),
        ..Call::default()
    };
    Facts { channel: Channel::AutomatedCall, call, ..by_consent() }
}

/// Allowed by consent to live calls about claims.
pub(crate) fn about_claims() -> Facts<'static> {
    let Facts { channel, call, .. } = by_live_call();
    Facts { channel, call, matter: Some(Matter::ClaimsManagement), ..by_consent() }
}

/// Allowed by consent to live calls about pensions, by an authorised caller.
pub(crate) fn about_pensions() -> Facts<'static> {
    let caller = Caller { authorised: Some(true), has_contact: false };
    Facts { matter: Some(Matter::Pensions), caller, ..about_claims() }
}

/// Allowed because a client would expect the call about pensions.
pub(crate) fn to_a_client() -> Facts<'static> {
    let mut facts = Facts { collection: by_soft_opt_in().collection, consent: None, ..about_pensions() };
    let event = event("client_relationship_started", BEFORE);
    facts.line.relationship = Some(Relationship { event, ended: None, avoids_the_ban: Some(false) });
    (facts.call.offers_opt_out, facts.call.client_would_expect) = (Some(true), Some(true));
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

/// The words of each kind, strong, weak and for review.
static WORDS: [[Wording<'static>; 3]; 4] = {
    const fn of(kind: FindingKind, family: CueFamily, words: &'static str) -> [Wording<'static>; 3] {
        let place = Place { part: "text", fact: "message.text", of_raw: None, start: 0, end: words.len() };
        [
            Wording { kind, family, strength: Strength::Strong, words, place },
            Wording { kind, family, strength: Strength::Weak, words, place },
            Wording { kind, family, strength: Strength::Review, words, place },
        ]
    }
    [
        of(FindingKind::Promotes, CueFamily::Offer, "20% off your next order"),
        of(FindingKind::AsksForPermission, CueFamily::Permission, "would you like to hear from us"),
        of(FindingKind::SurveyThatSells, CueFamily::Survey, "a survey that could save you money"),
        of(FindingKind::ClaimsToBeService, CueFamily::Label, "does not affect your marketing choices"),
    ]
};

/// Words that appeal for a cause.
pub(crate) static APPEAL: Wording<'static> =
    Wording { family: CueFamily::Appeal, words: "please donate again today", ..WORDS[0][0] };

/// Such words.
pub(crate) fn words(kind: FindingKind, strength: Strength) -> &'static Wording<'static> {
    &WORDS[usize::from(kind.code())][usize::from(strength.code())]
}

/// The whole message was read, and such words were found; others of the kind were not.
pub(crate) fn worded(facts: F<'_>, kind: FindingKind, strength: Strength) {
    let content = &mut facts.content;
    content.extent = Extent::Whole;
    content.opt_out = content.opt_out.or(facts.message.opt_out);
    if strength == Strength::Review {
        content.review = Some(words(kind, strength));
    } else {
        content.strongest[usize::from(kind.code())] = Some(words(kind, strength));
    }
}

/// A service message whose words promote in such a way.
pub(crate) fn slipped_in(facts: F<'_>, family: CueFamily) {
    facts.purpose = Purpose::Service;
    worded(facts, FindingKind::Promotes, Strength::Strong);
    let words = Wording { family, ..*words(FindingKind::Promotes, Strength::Strong) };
    facts.content.strongest[0] = Some(Box::leak(Box::new(words)));
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
