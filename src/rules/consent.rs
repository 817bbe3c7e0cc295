//! The consent that several provisions ask for in the same words: each names its own limbs, the test is one.

use super::outcome::{Limb, Limbs, Outcome, Seen, word};
use crate::{
    facts::{Consent, EventRef, Facts},
    terms::{consent::ConsentSource, party::SenderKind},
};

/// The rules that ask for consent. What makes a consent good is a condition of each.
pub(crate) const CONSENTS: &[&str] = &[
    "pecr.reg22.consent",
    "pecr.reg19.consent",
    "pecr.reg20.consent",
    "pecr.reg21a.consent",
    "pecr.reg21b.consent",
    "uk_gdpr.art6.consent",
];

/// The limbs of a provision that asks for consent to such communications, for the time being.
#[derive(Debug)]
pub(crate) struct Parts {
    /// There is one.
    pub(crate) notified: &'static Limb,
    /// It is the present holder's, for this very line or address.
    pub(crate) recipient: &'static Limb,
    /// It names the sender.
    pub(crate) sender: &'static Limb,
    /// It covers the channel.
    pub(crate) channel: &'static Limb,
    /// It covers the purpose.
    pub(crate) purpose: &'static Limb,
    /// It covers the topic.
    pub(crate) topic: &'static Limb,
    /// It covers the party whose goods or aims are promoted.
    pub(crate) promoted: &'static Limb,
    /// Nothing that the person said stands against it.
    pub(crate) standing: &'static Limb,
}

/// How a provision that asks for consent comes out.
pub(crate) fn evaluate<'a>(facts: &Facts<'a>, parts: &Parts) -> Outcome<'a> {
    limbs(facts, parts).outcome(facts.consent.map(|consent| consent.event))
}

/// The limbs of a provision that asks for consent, for one that asks for more besides.
pub(crate) fn limbs<'a>(facts: &Facts<'a>, parts: &Parts) -> Limbs<'a> {
    let Some(consent) = &facts.consent else {
        let nothing = Seen::stated("consent_given", "unknown");
        return Limbs::default().told(
            parts.notified,
            None,
            nothing,
            "a `consent_given` event for this sender, address or number, and channel",
        );
    };
    let taken_back = taken_back(facts, consent);
    let seen = taken_back.map_or(Seen::event("consent_given", "stands", consent.event), |stop| {
        let why = if stop.at > consent.event.at {
            "later than the consent"
        } else if stop.at == consent.event.at {
            "at the same time as the consent"
        } else if consent.of_their_own().is_none() {
            "earlier, and lifted only by a consent that the person gives in person"
        } else {
            "on record, and the consent is only the caller's word"
        };
        Seen::event(stop.kind, why, stop)
    });
    covers(facts, consent, parts).require(parts.standing, taken_back.is_none(), seen)
}

/// Whether the consent is one to such communications: the limbs that do not ask what happened since.
pub(crate) fn covers<'a>(facts: &Facts<'a>, consent: &Consent<'a>, parts: &Parts) -> Limbs<'a> {
    let seen = |fact, value| Seen::event(fact, value, consent.event);
    let own = consent.source != ConsentSource::Referral && consent.for_this_detail && !consent.before_reassignment;
    // Whether each party must be named is the regulator's reading; that the wording covers others' offers, the law's.
    let promoted = !facts.promotes_another || consent.names_promoted || consent.third_party_offers == Some(true);
    let channel = consent.covers_channel;
    // What people have agreed to hear from a shop or a newspaper is its own, and covers nobody's cause (Telegraph, 2015).
    let purpose = consent.covers_purpose && (consent.names_aims || !slips_in_an_appeal(facts));
    Limbs::default()
        .require(parts.recipient, own, seen("consent_given.recipient", whose(consent)))
        .told(
            parts.sender,
            consent.names_sender,
            seen("consent_given.named_senders", word(consent.names_sender)),
            "`named_senders`: the organisations that the wording named",
        )
        .require(parts.channel, channel, seen("consent_given.channels", word(Some(channel))))
        .require(parts.purpose, purpose, seen("consent_given.purposes", word(Some(purpose))))
        .told(
            parts.topic,
            consent.covers_topic,
            seen("consent_given.topics", word(consent.covers_topic)),
            "`topic`: the consent is limited to topics, so the message must say its own",
        )
        .require(parts.promoted, promoted, seen("consent_given.third_party_offers", word(consent.third_party_offers)))
}

/// Whether one that ordinarily trades appeals for a cause in a message that is declared as no marketing.
fn slips_in_an_appeal(facts: &Facts<'_>) -> bool {
    let trades = match facts.sender_kind {
        SenderKind::Company | SenderKind::SoleTrader | SenderKind::PublicBody => true,
        SenderKind::Charity | SenderKind::PoliticalParty => false,
    };
    trades && !facts.purpose.is_marketing() && facts.content.appeals()
}

const fn whose(consent: &Consent<'_>) -> &'static str {
    match consent.source {
        ConsentSource::Referral => "given by somebody else",
        ConsentSource::Direct | ConsentSource::ThirdParty | ConsentSource::BoughtList => {
            if consent.before_reassignment {
                "given by an earlier holder"
            } else if consent.for_this_detail {
                "this address or number"
            } else {
                "another address or number"
            }
        }
    }
}

/// The latest of what the person said against marketing that this consent does not outlast.
pub(crate) fn taken_back<'a>(facts: &Facts<'a>, consent: &Consent<'a>) -> Option<EventRef<'a>> {
    let stops = &facts.stops;
    [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal]
        .iter()
        .filter_map(|stop| stop.standing_after(consent.of_their_own()))
        .max_by_key(|stop| stop.at)
}
