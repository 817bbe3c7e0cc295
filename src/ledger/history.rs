//! The pure fold of one person's history into what the rules may look at.
//!
//! `occurred_at` decides, never the order of arrival: the fold keeps the latest of each thing said against marketing,
//! every consent and every collection, and puts them into an order that depends on nothing but the events. On a tie
//! the objection wins, because a consent outlasts an objection only by being later ([`EventRef::outlasts`]).

mod finding;
mod line;
mod measure;
mod question;

use std::cmp::Reverse;

use jiff::Timestamp;

pub use self::question::{Question, Source};
use self::{
    finding::Finding,
    line::Marks,
    measure::{collection, consent, contains, covers_topic},
};
use super::{
    entry::{Entry, Flag},
    event::EventKind,
};
use crate::{
    facts::{Collection, Consent, EventRef, Line, Request, Stop, Stops},
    terms::{objection::OnBehalfOf, register::Register, subscriber::SubscriberKind},
};

/// What is known of one person, measured against one message.
#[derive(Clone, Debug, Default)]
pub struct Standing<'a> {
    /// Every consent, the closest to the message first.
    pub consents: Vec<Consent<'a>>,
    /// Every collection of details, the closest to a sale to this person first.
    pub collections: Vec<Collection<'a>>,
    /// The latest of each thing said against marketing.
    pub stops: Stops<'a>,
    /// The request that the message answers.
    pub request: Option<Request<'a>>,
    /// Who is party to the line, as last found out.
    pub subscriber: Option<(EventRef<'a>, SubscriberKind)>,
    /// Whether the detail belongs to a named person, as last found out.
    pub named_person: Option<(EventRef<'a>, bool)>,
    /// The age on the day of the event.
    pub age: Option<(EventRef<'a>, u8)>,
    /// What is known of the line or the address itself.
    pub line: Line<'a>,
    /// Of a question about now: the first event whose time has not come yet, and which does not count before. A clock
    /// that runs ahead has written it, or this one is behind.
    pub ahead: Option<EventRef<'a>>,
    marks: Marks<'a>,
    found: Found<'a>,
    /// The person had everything erased.
    erased: Stop<'a>,
    /// When the address or number last went to somebody else.
    reassigned: Option<Timestamp>,
    /// The request has been answered.
    fulfilled: bool,
}

/// What was found out, until all is taken in.
#[derive(Clone, Copy, Debug, Default)]
struct Found<'a> {
    subscriber: Finding<'a, (u8, SubscriberKind)>,
    named_person: Finding<'a, bool>,
    age: Finding<'a, Reverse<u8>>,
}

/// How much the kind of subscriber protects: an individual is protected, and whoever is unknown is treated as one.
const fn protection(kind: SubscriberKind) -> u8 {
    match kind {
        SubscriberKind::Corporate => 0,
        SubscriberKind::Unknown => 1,
        SubscriberKind::Individual => 2,
    }
}

impl<'a> Standing<'a> {
    /// Takes one entry in. The order of the calls does not matter.
    pub fn take(&mut self, entry: &Entry<'a>, source: Source, question: &Question<'_>) {
        let event = EventRef {
            id: entry.id,
            kind: entry.kind.as_str(),
            at: entry.at(),
            given: source.given,
            revision: entry.revision(),
        };
        if source.company {
            if entry.kind == EventKind::ObjectionRaised && entry.on_behalf_of() == Some(OnBehalfOf::Company) {
                stop(&mut self.stops.company, entry, event, question);
            }
            return;
        }
        let protects = matches!(
            entry.kind,
            EventKind::ContactReassigned
                | EventKind::RequestFulfilled
                | EventKind::CallPermissionWithdrawn
                | EventKind::ClientRelationshipEnded
        );
        let counts = event.at <= question.at || question.live && protects;
        if self.take_stop(entry, event, question) {
            return;
        }
        if !counts {
            if question.live && self.ahead.is_none_or(|held| event.at < held.at) {
                self.ahead = Some(event);
            }
            return;
        }
        match entry.kind {
            EventKind::ConsentGiven => self.consents.extend(consent(entry, event, source, question)),
            EventKind::DetailsCollected => self.collections.extend(collection(entry, event, source, question)),
            EventKind::RequestMade => self.take_request(entry, event, source, question),
            EventKind::RequestFulfilled => {
                self.fulfilled |= question.answers.is_some_and(|(_, number)| contains(entry.names, number));
            }
            // Each line has a subscriber of its own: a person's mobile is not the employer's because the mailbox is.
            EventKind::SubscriberIdentified if source.used => {
                if let Some(kind) = entry.subscriber() {
                    self.found.subscriber.note(event, (protection(kind), kind));
                }
                if let Some(named) = entry.flag(Flag::NamedPerson) {
                    self.found.named_person.note(event, named);
                }
            }
            EventKind::AgeStated => self.found.age.note(event, Reverse(entry.age())),
            EventKind::ContactReassigned if source.used => self.reassigned = self.reassigned.max(Some(event.at)),
            EventKind::SubscriberIdentified
            | EventKind::ContactReassigned
            | EventKind::ConsentWithdrawn
            | EventKind::ObjectionRaised
            | EventKind::DetailsRefused
            | EventKind::ComplaintMade
            | EventKind::ErasureRequested => {}
            EventKind::CallPermissionGiven
            | EventKind::CallPermissionWithdrawn
            | EventKind::RegisterListed
            | EventKind::RegisterRemoved
            | EventKind::RegisterScreened
            | EventKind::RegisterImported
            | EventKind::ClientRelationshipStarted
            | EventKind::ClientRelationshipEnded => self.marks.take(entry, event, source, question),
            // Counted apart, and only for a sender that limits itself: [`super::sends`].
            EventKind::SendMade => {}
        }
    }

    /// Takes in what the person said against marketing; whether the entry was of that sort.
    fn take_stop(&mut self, entry: &Entry<'a>, event: EventRef<'a>, question: &Question<'_>) -> bool {
        let stops = &mut self.stops;
        let held = match entry.kind {
            EventKind::ObjectionRaised => &mut stops.objection,
            EventKind::ConsentWithdrawn => &mut stops.withdrawal,
            EventKind::DetailsRefused => &mut stops.refusal,
            EventKind::ComplaintMade => &mut stops.complaint,
            // An objection to everything, whatever time is asked about: what was known then cannot be asked any more.
            EventKind::ErasureRequested => {
                stops.objection.note(event);
                self.erased.note(event);
                return true;
            }
            EventKind::RegisterListed if entry.register() == Some(Register::FundraisingPreference) => {
                &mut stops.fundraising_preference
            }
            // Whoever was found there is listed there.
            EventKind::RegisterScreened
                if entry.register() == Some(Register::FundraisingPreference)
                    && entry.flag(Flag::Found) == Some(true) =>
            {
                &mut stops.fundraising_preference
            }
            // A refusal at the collection is a refusal of all marketing; the collection is taken in besides.
            EventKind::DetailsCollected => {
                if entry.flag(Flag::Refused) == Some(true) {
                    stop(&mut stops.refusal, entry, event, question);
                }
                return false;
            }
            EventKind::RegisterListed
            | EventKind::ConsentGiven
            | EventKind::CallPermissionGiven
            | EventKind::CallPermissionWithdrawn
            | EventKind::RegisterRemoved
            | EventKind::RegisterScreened
            | EventKind::RegisterImported
            | EventKind::RequestMade
            | EventKind::RequestFulfilled
            | EventKind::SubscriberIdentified
            | EventKind::ClientRelationshipStarted
            | EventKind::ClientRelationshipEnded
            | EventKind::ContactReassigned
            | EventKind::AgeStated
            | EventKind::SendMade => return false,
        };
        stop(held, entry, event, question);
        true
    }

    fn take_request(&mut self, entry: &Entry<'a>, event: EventRef<'a>, source: Source, question: &Question<'_>) {
        if question.answers.is_none_or(|(id, _)| id != entry.id) {
            return;
        }
        let channels = entry.channels();
        let request = Request {
            event,
            to_sender: source.answerable,
            covers_channel: channels.is_empty() || channels.contains(question.channel),
            covers_topic: covers_topic(entry, question),
            names_topic: question.topic.is_some_and(|topic| contains(entry.topics, topic)),
            for_this_detail: source.used,
            before_reassignment: false,
            fulfilled: false,
        };
        // The same event may stand under two details, and two parties may use the same id.
        let closeness = |it: &Request<'_>| (it.to_sender, it.for_this_detail, !it.event.given, it.event.at);
        if self.request.as_ref().is_none_or(|held| closeness(held) < closeness(&request)) {
            self.request = Some(request);
        }
    }

    /// Brings what was taken in into its order, once all is taken in.
    pub fn settle(&mut self) {
        let Found { subscriber, named_person, age } = self.found;
        self.subscriber = subscriber.settled(self.reassigned).map(|(event, (_, kind))| (event, kind));
        // Only a living person can have anything erased, whoever has the detail now.
        let erased = self.erased.latest.map(|event| (event, true));
        self.named_person = erased.or_else(|| named_person.settled(self.reassigned));
        self.age = age.settled(self.reassigned).map(|(event, Reverse(age))| (event, age));
        self.line = self.marks.settled(self.reassigned);
        let before = |at: Timestamp| self.reassigned.is_some_and(|reassigned| at <= reassigned);
        for consent in &mut self.consents {
            consent.before_reassignment = before(consent.event.at);
        }
        for collection in &mut self.collections {
            collection.before_reassignment = before(collection.event.at);
        }
        if let Some(request) = &mut self.request {
            request.fulfilled = self.fulfilled;
            request.before_reassignment = before(request.event.at);
        }
        self.consents.sort_by(|a, b| closeness(b).cmp(&closeness(a)));
        self.collections.sort_by(|a, b| collected(b).cmp(&collected(a)));
    }
}

/// How close a consent comes to the message: it decides which one explains a deny, never the decision.
fn closeness<'a>(consent: &Consent<'a>) -> (usize, Timestamp, &'a str, bool) {
    let own = consent.for_this_detail && !consent.before_reassignment;
    let topic = consent.covers_topic != Some(false);
    let named = consent.names_sender == Some(true);
    let covered = [own, consent.covers_channel, consent.covers_purpose, topic, named];
    (covered.iter().filter(|covers| **covers).count(), consent.event.at, consent.event.id, consent.event.given)
}

fn collected<'a>(collection: &Collection<'a>) -> (usize, Timestamp, &'a str, bool) {
    use crate::terms::collection::CollectionContext as Context;
    let own = collection.for_this_detail && !collection.before_reassignment;
    let dealing = matches!(
        collection.context,
        Context::Sale | Context::Negotiation | Context::CharitySupport | Context::CharityInterest
    );
    let good = [own, collection.by_sender, dealing, collection.opt_out_offered == Some(true)];
    (good.iter().filter(|good| **good).count(), collection.event.at, collection.event.id, collection.event.given)
}

/// Notes something said against marketing, where it covers this channel, or one that the person would not tell from
/// it, and this topic. A message that does not say its topic is covered by an objection to any.
fn stop<'a>(held: &mut Stop<'a>, entry: &Entry<'a>, event: EventRef<'a>, question: &Question<'_>) {
    let counts = question.live || event.at <= question.at;
    // The channels and topics of a collection say nothing of its refusal, which is of all marketing.
    let channels = entry.channels();
    let channel = channels.is_empty() || question.channel.kin().iter().any(|kin| channels.contains(*kin));
    let topic = entry.topics.is_empty() || question.topic.is_none_or(|topic| contains(entry.topics, topic));
    if counts && channel && topic {
        held.note(event);
    }
}

#[cfg(test)]
mod tests;
