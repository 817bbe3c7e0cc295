//! What the rules can tell of a person: everything that is known, of its events only which are the same, in what order
//! they came, and on which side of every term they lie.
//!
//! Each struct is taken apart field by field: a fact that is added does not compile until it is heeded here.

mod known;

use std::cell::Cell;

use jiff::{Timestamp, civil::Date};

use crate::{
    check::dossier::Sources,
    facts::{AssertedBasis, Call, Caller, Content, EventRef, Facts, House, Message, Recipient, Stop, Stops, Term},
    ledger::history::Standing,
    terms::Coded,
};

/// So many events are told from each other. Whoever has more is of no kind.
pub(super) const MOST_EVENTS: usize = 32;

/// What the events of a person are measured by.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Measure {
    at: Timestamp,
    terms: [Timestamp; Term::ALL.len()],
}

impl Measure {
    /// The terms, on the day of the message.
    pub(in crate::check) fn of(message: &Facts<'_>) -> Self {
        Self { at: message.at, terms: terms(message.as_of) }
    }
}

/// Where every term begins. Nearly all ask about the same day, and a calendar takes its time.
fn terms(day: Date) -> [Timestamp; Term::ALL.len()] {
    thread_local! {
        static LAST: Cell<Option<(Date, [Timestamp; Term::ALL.len()])>> = const { Cell::new(None) };
    }
    let known = LAST.get().filter(|(known, _)| *known == day);
    let (_, terms) = known.unwrap_or_else(|| (day, Term::ALL.map(|term| term.since(day))));
    LAST.set(Some((day, terms)));
    terms
}

/// What is known of a person.
#[derive(Clone, Copy)]
pub(in crate::check) struct Person<'p, 'a> {
    pub(in crate::check) recipient: Recipient,
    pub(in crate::check) standing: &'p Standing<'a>,
    pub(in crate::check) house: &'p House<'a>,
    pub(in crate::check) sources: &'p Sources<'a>,
}

/// A key that is being written, and the events that it speaks of, each once.
#[derive(Debug)]
pub(in crate::check) struct Key<'k, 'a> {
    pub(in crate::check) bytes: &'k mut Vec<u8>,
    pub(in crate::check) events: &'k mut Vec<EventRef<'a>>,
}

impl<'a> Key<'_, 'a> {
    /// Writes what the rules see of a message to anybody. The words of a message have no key: whether they are the same
    /// is for the caller to know.
    pub(in crate::check) fn message(&mut self, facts: &Facts<'a>) {
        let Facts {
            as_of,
            at: _,
            profile,
            sender_kind,
            promotes_another,
            channel,
            audience,
            purpose,
            matter,
            basis,
            caller,
            call,
            reached,
            message,
            content,
            answers_request,
            // What is known of the person.
            line: _,
            recipient: _,
            consent: _,
            collection: _,
            request: _,
            stops: _,
            house: _,
        } = facts;
        self.bytes.extend_from_slice(&as_of.year().to_le_bytes());
        self.bytes.extend([as_of.month() as u8, as_of.day() as u8]);
        self.bytes.extend([profile.code(), sender_kind.code(), u8::from(*promotes_another), channel.code()]);
        self.bytes.extend([coded(*audience), purpose.code(), coded(*matter)]);
        let AssertedBasis { kind, assessed } = basis;
        let Caller { authorised, has_contact } = caller;
        self.bytes.extend([coded(*kind), u8::from(*assessed), told(*authorised), u8::from(*has_contact)]);
        let Call { presents_cli, names_caller, address_or_freephone, offers_opt_out, client_would_expect } = *call;
        let call = [presents_cli, names_caller, address_or_freephone, offers_opt_out, client_would_expect];
        self.bytes.extend(call.map(told));
        self.bytes.extend([told(*reached), u8::from(*answers_request)]);
        self.said(message);
        let Content { extent, strongest: _, review: _, opt_out, names_sender, shows } = content;
        self.bytes.extend([*extent as u8, coded(*opt_out), told(*names_sender)]);
        self.bytes.extend([shows.opt_out, shows.identifies_sender, shows.reply_address].map(u8::from));
    }

    fn said(&mut self, message: &Message) {
        let Message {
            contains_promotion,
            names_products,
            feeds_marketing,
            identifies_sender,
            reply_address,
            opt_out,
            clearly_commercial,
            websites_comply,
            similar,
            sole_charitable_purpose,
            special_category,
            privacy_information,
            right_to_object_told,
        } = *message;
        let answers = [contains_promotion, feeds_marketing, identifies_sender, reply_address, clearly_commercial];
        self.bytes.extend(answers.map(told));
        let answers = [websites_comply, similar, sole_charitable_purpose, special_category];
        self.bytes.extend(answers.map(told));
        self.bytes.extend([privacy_information, right_to_object_told].map(told));
        self.bytes.extend([u8::from(names_products), coded(opt_out)]);
    }

    /// Writes what the rules see of a person. Whether it could be written: of too many events there is no key.
    pub(in crate::check) fn person(&mut self, person: &Person<'_, 'a>, measure: &Measure) -> bool {
        let Person { recipient, standing, house, sources } = person;
        let Recipient { subscriber, named_person, age, abroad, vulnerable } = *recipient;
        self.bytes.extend([subscriber.code(), told(named_person), told(abroad), told(vulnerable)]);
        self.bytes.extend([u8::from(age.is_some()), age.unwrap_or_default()]);
        self.line(&standing.line);
        let Stops { objection, fundraising_preference, withdrawal, refusal, complaint, company } = &standing.stops;
        for stop in [objection, fundraising_preference, withdrawal, refusal, complaint, company] {
            self.stop(stop);
        }
        self.request(standing.request);
        self.house(house);
        self.bytes.push(u8::try_from(standing.consents.len()).unwrap_or(u8::MAX));
        standing.consents.iter().for_each(|consent| self.consent(consent));
        self.bytes.push(u8::try_from(standing.collections.len()).unwrap_or(u8::MAX));
        standing.collections.iter().for_each(|collection| self.collection(collection));
        let Sources { subscriber, named_person, age: of_age } = sources;
        for event in [subscriber, named_person, of_age, &standing.ahead] {
            self.event(event.as_ref());
        }
        if self.events.len() > MOST_EVENTS {
            return false;
        }
        for index in 0..self.events.len() {
            self.measured(index, measure, house.consents_since, age.is_some());
        }
        true
    }

    /// Writes how an event lies to the terms and to the other events.
    fn measured(&mut self, index: usize, measure: &Measure, young: Option<Timestamp>, in_years: bool) {
        let Some(event) = self.events.get(index) else { return };
        let (at, now) = (event.at, measure.at);
        let mut sides = u8::from(event.given) | u8::from(at <= now) << 1 | u8::from(at >= now) << 2;
        for (bit, term) in (3..).zip(measure.terms.iter().chain(&young)) {
            sides |= u8::from(at >= *term) << bit;
        }
        let earlier = self.events.iter().filter(|other| other.at < at).count();
        // Each kind has its name in one place of this program, which tells it from others for as long as this runs.
        let kind = event.kind.as_ptr().addr();
        // A child's consent is measured in years.
        let years = if in_years { event.years_before(now) } else { 0 };
        self.bytes.extend([sides, earlier as u8]);
        self.bytes.extend_from_slice(&kind.to_le_bytes());
        if in_years {
            self.bytes.extend_from_slice(&years.to_le_bytes());
        }
    }

    /// Writes which event it is.
    fn event(&mut self, event: Option<&EventRef<'a>>) {
        let Some(event) = event else { return self.bytes.push(0) };
        let known = self.events.iter().position(|known| is_same(known, event));
        let place = known.unwrap_or_else(|| {
            self.events.push(*event);
            self.events.len() - 1
        });
        self.bytes.push(u8::try_from(place + 1).unwrap_or(u8::MAX));
    }

    fn stop(&mut self, stop: &Stop<'a>) {
        let Stop { latest, recorded } = stop;
        self.event(latest.as_ref());
        self.event(recorded.as_ref());
    }
}

/// Whether both are one event: what is on record is told by its place there.
pub(super) fn is_same(one: &EventRef<'_>, other: &EventRef<'_>) -> bool {
    one.revision == other.revision && (one.revision != 0 || one == other)
}

fn told(fact: Option<bool>) -> u8 {
    fact.map_or(0, |yes| if yes { 2 } else { 1 })
}

fn coded<T: Coded>(fact: Option<T>) -> u8 {
    fact.map_or(0, |member| member.code().saturating_add(1))
}
