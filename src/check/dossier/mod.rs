//! The dossier of a decision: what it rests on, as the decision log keeps it.
//!
//! A dossier holds every fact that the rules looked at, so that the decision can be decided again, by the same rules
//! or by others. It does not hold what would tell who the person is or what was written to them: no contact detail, no
//! text of the message, no topic, no id that the caller gave an event. An event is named by its place in the ledger,
//! from which an erasure can take it away.
//!
//! On disk a version byte goes in front. A fact that is added is a new version; the versions before it are read on.
//! `campaign` is what is kept of a whole batch, `layout` has the facts field by field, `mirror` the small types that they are made of, `outcomes` what the rules
//! made of them, and `names` the numbers of texts.

mod campaign;
mod layout;
mod mirror;
mod names;
mod outcomes;
mod request_id;
mod sources;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use self::layout::FactsMirror;
pub(super) use self::request_id::uuid;
pub use self::{
    campaign::{CampaignDossier, Question},
    outcomes::{Came, Grounds, Limbed, Outcomes},
    sources::Sources,
};
use super::{Asked, RestsOn, answer::Answer};
use crate::{
    facts::{Collection, Consent, EventRef, Facts, Wording},
    rules::decide::{self, Decision},
};

/// The version that this program writes.
pub const VERSION: u8 = 1;

/// Where the moment of the check stands: after the version and the day.
pub(super) const MOMENT_AT: usize = 5;

/// What a decision rests on, and what was made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dossier<'a> {
    /// Without the consent and the collection that were tried, and without the words of the message: see
    /// [`Dossier::facts`].
    #[serde(with = "FactsMirror")]
    bare: Facts<'a>,
    /// What the words of the message do, without the words.
    #[serde(with = "mirror::list")]
    words: Vec<Wording<'a>>,
    /// Every consent, in the order in which they are tried.
    #[serde(with = "mirror::list")]
    pub consents: Vec<Consent<'a>>,
    /// Every collection of details, in the same order.
    #[serde(with = "mirror::list")]
    pub collections: Vec<Collection<'a>>,
    /// Which of them were tried for the answer, as places in the two lists.
    tried: (Option<u16>, Option<u16>),
    /// Where those facts come from that have more than one source.
    pub sources: Sources<'a>,
    /// The question was about the present.
    pub live: bool,
    /// How far the ledger had come.
    pub revision: u64,
    /// How every rule came out.
    pub outcomes: Outcomes,
    /// The reasons, in the order of the answer.
    pub reasons: Vec<Limbed>,
    /// What an allow rests on.
    pub grounds: Option<Grounds<'a>>,
    #[serde(with = "names::obligations")]
    /// What the allow obliges to, by code.
    pub obligations: Vec<&'static str>,
    /// The rules that warned, as places in the book.
    pub warned: Vec<u16>,
    /// The other warnings, by code.
    #[serde(with = "names::notes")]
    pub notes: Vec<&'static str>,
    /// The id of the request.
    #[serde(with = "request_id")]
    pub request_id: Option<Cow<'a, str>>,
    /// The trace that the request belongs to.
    trace: Option<[u8; 16]>,
    /// How long it took from the request's arrival until the decision was made, in microseconds.
    pub took_us: u64,
}

/// A dossier that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A later version of this program wrote it.
    #[error("it is of version {0}, and this program reads up to version {VERSION}")]
    Version(u8),
    /// It is not what was written.
    #[error("it is damaged")]
    Damaged,
}

impl<'d> Dossier<'d> {
    /// The dossier of a decision that was made just now.
    pub(super) fn of(decision: &Decision<'d>, rests_on: &RestsOn<'_, 'd>, answer: &Answer, asked: &Asked<'d>) -> Self {
        let (standing, facts) = (rests_on.standing, &decision.facts);
        let place = |place: Option<usize>| place.and_then(|place| u16::try_from(place).ok());
        let consent = facts.consent.and_then(|tried| standing.consents.iter().position(|it| *it == tried));
        let collection = facts.collection.and_then(|tried| standing.collections.iter().position(|it| *it == tried));
        Self {
            bare: Facts { consent: None, collection: None, ..*facts },
            words: facts.content.strongest.into_iter().chain([facts.content.review]).flatten().copied().collect(),
            consents: standing.consents.clone(),
            collections: standing.collections.clone(),
            tried: (place(consent), place(collection)),
            sources: rests_on.sources,
            live: rests_on.live,
            revision: rests_on.revision.0,
            outcomes: Outcomes::of(&decision.outcomes),
            reasons: decision.reasons.iter().map(Limbed::of).collect(),
            grounds: Grounds::of(decision),
            obligations: decision.obligations.iter().map(|duty| duty.code).collect(),
            warned: decision.warnings.iter().map(|warning| outcomes::place(warning.rule)).collect(),
            notes: answer.warnings.iter().map(|warning| warning.code).filter(|code| names::is_note(code)).collect(),
            request_id: asked.request_id.map(Cow::Borrowed),
            trace: asked.trace_id.and_then(trace),
            took_us: asked.took_us(),
        }
    }
}

impl Dossier<'_> {
    /// The dossier as it is kept.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        // Into memory nothing fails to be written; and nothing at all is a dossier that cannot be read.
        postcard::to_stdvec(&(VERSION, self)).unwrap_or_default()
    }

    /// The facts, with what was tried for the answer.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        let (consent, collection) = self.tried;
        Facts {
            consent: consent.and_then(|place| self.consents.get(usize::from(place))).copied(),
            collection: collection.and_then(|place| self.collections.get(usize::from(place))).copied(),
            content: self.bare.content.with_words(&self.words),
            ..self.bare
        }
    }

    /// Decides the facts again, with some of them changed: the law's day, or the reading.
    #[must_use]
    pub fn decide_again(&self, change: impl FnOnce(&mut Facts<'_>)) -> Decision<'_> {
        let mut facts = Facts { content: self.bare.content.with_words(&self.words), ..self.bare };
        change(&mut facts);
        decide::decide(&facts, &self.consents, &self.collections)
    }

    /// The events that the facts of the person stand in.
    pub fn events(&self) -> impl Iterator<Item = EventRef<'_>> {
        let stops = &self.bare.stops;
        let said = [
            stops.objection,
            stops.fundraising_preference,
            stops.withdrawal,
            stops.refusal,
            stops.complaint,
            stops.company,
        ];
        let consents = self.consents.iter().map(|consent| consent.event);
        let collections = self.collections.iter().map(|collection| collection.event);
        let request = self.bare.request.map(|request| request.event);
        consents
            .chain(collections)
            .chain(request)
            .chain(said.into_iter().flat_map(|stop| [stop.latest, stop.recorded]).flatten())
    }

    /// The id of the trace that the request belongs to (W3C Trace Context), in hexadecimal digits.
    #[must_use]
    pub fn trace_id(&self) -> Option<String> {
        self.trace.map(|trace| data_encoding::HEXLOWER.encode(&trace))
    }
}

impl Dossier<'static> {
    /// Reads a dossier.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        match bytes {
            [VERSION, rest @ ..] => match postcard::take_from_bytes(rest) {
                Ok((dossier, [])) => Ok(dossier),
                Ok(_) | Err(_) => Err(Unreadable::Damaged),
            },
            [0, ..] | [] => Err(Unreadable::Damaged),
            [version, ..] => Err(Unreadable::Version(*version)),
        }
    }
}

/// The end of a dossier: which request was answered, and how long that took.
#[derive(Serialize)]
struct End<'a> {
    #[serde(with = "request_id")]
    request_id: Option<Cow<'a, str>>,
    trace: Option<[u8; 16]>,
    took_us: u64,
}

/// The end of a dossier, as it is kept.
pub(super) fn end(asked: &Asked<'_>, took_us: u64) -> Vec<u8> {
    let request_id = asked.request_id.map(Cow::Borrowed);
    let end = End { request_id, trace: asked.trace_id.and_then(trace), took_us };
    // Into memory nothing fails to be written.
    postcard::to_stdvec(&end).unwrap_or_default()
}

/// Thirty-two hexadecimal digits as they are kept.
fn trace(digits: &str) -> Option<[u8; 16]> {
    let mut trace = [0; 16];
    let fits = digits.len() == 2 * trace.len();
    (fits && data_encoding::HEXLOWER.decode_mut(digits.as_bytes(), &mut trace).is_ok()).then_some(trace)
}

#[cfg(test)]
mod tests;
