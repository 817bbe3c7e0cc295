//! A consent and a collection of details, measured against the message that is asked about.

use zerocopy::little_endian::U64;

use super::{Question, Source};
use crate::{
    facts::{Collection, Consent, EventRef},
    ledger::entry::{Entry, Flag},
    terms::{consent::ConsentSource, purpose::Purpose},
};

pub(super) fn consent<'a>(
    entry: &Entry<'a>,
    event: EventRef<'a>,
    source: Source,
    question: &Question<'_>,
) -> Option<Consent<'a>> {
    let through = entry.source()?;
    let any = |names: &[u64]| names.iter().any(|name| contains(entry.names, *name));
    let names_sender = match entry.flag(Flag::NamesSenders) {
        Some(_) => Some(any(question.sender_names)),
        None if through == ConsentSource::Direct => Some(source.answerable),
        None => None,
    };
    let names_caller = match (question.caller_names, entry.flag(Flag::NamesSenders)) {
        (None, _) => names_sender,
        (Some(names), Some(_)) => Some(any(names)),
        (Some(_), None) => names_sender.map(|_| source.caller),
    };
    let ordinary = question.ordinary == question.purpose;
    Some(Consent {
        event,
        manner: entry.manner(),
        source: through,
        context: entry.occasion(),
        for_this_detail: source.used,
        before_reassignment: false,
        covers_channel: entry.channels().contains(question.channel),
        covers_purpose: entry.purpose(question.purpose).unwrap_or(ordinary)
            || entry.purpose(question.declared) == Some(true),
        names_aims: [Purpose::Charity, Purpose::Political].iter().any(|aims| entry.purpose(*aims) == Some(true)),
        covers_topic: covers_topic(entry, question),
        names_topic: question.topic.is_some_and(|topic| contains(entry.topics, topic)),
        names_sender,
        names_caller,
        names_promoted: any(question.promoted_names),
        third_party_offers: entry.flag(Flag::ThirdPartyOffers),
        separate: entry.flag(Flag::Separate),
        conditional: entry.flag(Flag::Conditional),
        withdrawal_told: entry.flag(Flag::WithdrawalTold),
        explicit: entry.flag(Flag::Explicit),
        parental_authorisation: entry.flag(Flag::ParentalAuthorisation),
        has_wording: entry.flag(Flag::Wording) == Some(true),
        has_evidence: entry.flag(Flag::Evidence) == Some(true),
    })
}

pub(super) fn collection<'a>(
    entry: &Entry<'a>,
    event: EventRef<'a>,
    source: Source,
    question: &Question<'_>,
) -> Option<Collection<'a>> {
    let by_sender = match entry.flag(Flag::CollectedByAnother) {
        Some(_) => question.sender_names.iter().any(|name| contains(entry.names, *name)),
        None => source.answerable,
    };
    // Every product of the message must be similar to one of the products sold.
    let sold = |similar: &Vec<u64>| similar.iter().any(|product| contains(entry.products, *product));
    let known = !question.similar_products.is_empty() && !entry.products.is_empty();
    let similar = known.then(|| question.similar_products.iter().all(sold));
    Some(Collection {
        event,
        context: entry.context()?,
        for_this_detail: source.used,
        before_reassignment: false,
        by_sender,
        opt_out_offered: entry.flag(Flag::OptOutOffered),
        opt_out_free: entry.flag(Flag::OptOutFree),
        refused: entry.flag(Flag::Refused),
        // Without groups of the sender's own, two names tell nothing of how much the products differ.
        similar: similar.filter(|similar| *similar || question.has_product_groups),
    })
}

pub(super) fn covers_topic(entry: &Entry<'_>, question: &Question<'_>) -> Option<bool> {
    if entry.topics.is_empty() { Some(true) } else { question.topic.map(|topic| contains(entry.topics, topic)) }
}

pub(super) fn contains(numbers: &[U64], number: u64) -> bool {
    numbers.iter().any(|held| held.get() == number)
}
