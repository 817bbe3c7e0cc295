//! What was recorded when consent was given, in the terms of the record.

use super::{sender_urn, text, until};
use crate::{
    ledger::{happening::ConsentGiven, identity::plain_name},
    rights::{
        evidence::{
            Subject,
            consent_record::{
                ConsentParty, ConsentPersonalData, ConsentProcess, ConsentPurpose, ConsentState, ConsentStorage,
                ConsentWithdrawal, ConsentWording,
            },
        },
        timeline::TimelineEvent,
    },
    terms::{
        consent::{ConsentManner, ConsentSource},
        purpose::Purpose,
        recipient::DetailKind,
    },
};

/// A consent, and whose it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub(super) event: &'a TimelineEvent,
    pub(super) consent: &'a ConsentGiven,
    pub(super) subject: &'a Subject<'a>,
}

impl Given<'_> {
    /// That it was given: when, by whom, how.
    pub(super) fn state(&self, person: &str) -> ConsentState {
        // A referral and a bought list are the word of somebody else.
        let by = match self.consent.source {
            ConsentSource::Direct | ConsentSource::ThirdParty => person,
            ConsentSource::Referral | ConsentSource::BoughtList => "dpv:ThirdParty",
        };
        let guardian = (self.consent.parental_authorisation == Some(true)).then_some("dpv:GuardianOfDataSubject");
        ConsentState {
            kind: "dpv:ConsentGiven".to_owned(),
            at: self.event.occurred_at,
            by: std::iter::once(by).chain(guardian).map(str::to_owned).collect(),
            method: self.consent.how.map(in_words),
            duration: Some(until("withdrawal by the data subject: no other end was recorded")),
            channels: self.consent.channels.clone(),
            topics: self.consent.topics.iter().map(|topic| topic.0.clone()).collect(),
            identifier: text(self.event, "id"),
            created: self.event.recorded_at,
            revision: self.event.revision.to_string(),
        }
    }

    /// The words that were agreed to.
    pub(super) fn wording(&self) -> Option<ConsentWording> {
        let ConsentGiven { wording, wording_version, .. } = self.consent;
        (wording.is_some() || wording_version.is_some()).then(|| ConsentWording {
            kind: "dpv:ConsentNotice",
            text: wording.as_ref().map(|wording| wording.0.clone()),
            version: wording_version.as_ref().map(|version| version.0.clone()),
            language: "und",
        })
    }

    /// What it is for.
    pub(super) fn process(&self, topics: Vec<String>) -> ConsentProcess {
        ConsentProcess {
            kind: "dpv:Process",
            legal_basis: self.legal_basis(),
            purposes: match self.consent.purposes.as_slice() {
                [] => vec![ordinary()],
                stated => stated.iter().copied().map(purpose).collect(),
            },
            personal_data: self.personal_data(),
            recipients: self.recipients(),
            data_source: match self.consent.source {
                ConsentSource::Direct => "dpv:DataSubjectDataSource",
                ConsentSource::ThirdParty | ConsentSource::Referral | ConsentSource::BoughtList => {
                    "dpv:ThirdPartyDataSource"
                }
            },
            storage: ConsentStorage {
                kind: "dpv:StorageDuration",
                duration: until(
                    "erasure of the record, at the person's request or when its time of retention has passed",
                ),
            },
            channels: self.consent.channels.clone(),
            topics,
        }
    }

    /// The kind of consent, by what was recorded of the way it was given.
    fn legal_basis(&self) -> &'static str {
        match self.consent.how {
            _ if self.consent.explicit == Some(true) => "dpv:ExplicitlyExpressedConsent",
            Some(how) if how.is_affirmative() => "dpv:ExpressedConsent",
            Some(_) => "dpv:ImpliedConsent",
            None => "dpv:Consent",
        }
    }

    /// The contact details that found the consent.
    fn personal_data(&self) -> Vec<ConsentPersonalData> {
        let found = self.subject.keys.iter().filter(|(kind, _)| self.event.matched_by.contains(kind));
        let data = found.filter_map(|(kind, key)| {
            let (kind, broader) = ("dpv:PersonalData", category(*kind)?);
            Some(ConsentPersonalData { kind, broader, identifier: key.to_string() })
        });
        data.collect()
    }

    /// Whom the wording named. A direct consent that names nobody names the sender that it was given to; an indirect one
    /// that names nobody names nobody.
    fn recipients(&self) -> Vec<ConsentParty> {
        let named = match &self.consent.named_senders {
            Some(named) => named.iter().map(|name| name.0.as_str()).collect(),
            None if self.consent.source == ConsentSource::Direct => vec![self.subject.sender],
            None => Vec::new(),
        };
        named.into_iter().map(|name| self.recipient(name)).collect()
    }

    fn recipient(&self, name: &str) -> ConsentParty {
        let Subject { sender, profile, .. } = self.subject;
        let is_sender = profile.names(Some(sender)).any(|known| plain_name(known) == plain_name(name));
        ConsentParty {
            iri: is_sender.then(|| sender_urn(self.subject)),
            kind: "dpv:Recipient",
            identifier: None,
            name: if is_sender { profile.legal_name.clone() } else { name.to_owned() },
            address: None,
            contact: None,
        }
    }

    /// What the standard requires of a record, and was not recorded.
    pub(super) fn not_recorded(&self, control: &ConsentWithdrawal) -> Vec<&'static str> {
        let ConsentGiven { how, wording, .. } = self.consent;
        let missing = [
            ("the words that were agreed to", wording.is_none()),
            ("the language of these words", true),
            ("how consent was given", how.is_none()),
            ("who may rely on it", self.recipients().is_empty()),
            ("where it can be withdrawn", control.exercised_at.is_empty()),
            ("the controller's address", self.subject.profile.contact_address.is_none()),
            ("where the data are stored", true),
        ];
        missing.into_iter().filter_map(|(what, is_missing)| is_missing.then_some(what)).collect()
    }
}

/// How consent was given, in words.
const fn in_words(how: ConsentManner) -> &'static str {
    match how {
        ConsentManner::UntickedBox => "ticked an empty box",
        ConsentManner::PreTickedBox => "left a ticked box as it was",
        ConsentManner::Button => "pressed a button or moved a switch that said what it was for",
        ConsentManner::Oral => "said so",
        ConsentManner::Written => "wrote or signed so",
        ConsentManner::Reply => "replied to a message to say so",
        ConsentManner::DoubleOptIn => "confirmed by a second step",
        ConsentManner::Silence => "said and did nothing",
        ConsentManner::TermsAccepted => "accepted terms in which it was contained",
        ConsentManner::OptOutNotTaken => "did not take an opt-out that was offered",
    }
}

/// The vocabulary's category of a contact detail; none for what is no person's.
const fn category(kind: DetailKind) -> Option<&'static str> {
    match kind {
        DetailKind::Email => Some("pd:EmailAddress"),
        DetailKind::Phone => Some("pd:TelephoneNumber"),
        DetailKind::Postal => Some("pd:PhysicalAddress"),
        DetailKind::Account => Some("pd:AccountIdentifier"),
        DetailKind::Domain | DetailKind::Register => None,
    }
}

/// What a consent that states no purpose is for.
const fn ordinary() -> ConsentPurpose {
    ConsentPurpose {
        kind: "dpv:Purpose",
        broader: "dpv:DirectMarketing",
        description: "what a sender of this kind ordinarily sends",
        purpose: None,
    }
}

/// The vocabulary knows direct marketing as a whole; of what, is said beside it.
const fn purpose(purpose: Purpose) -> ConsentPurpose {
    let (broader, description) = match purpose {
        Purpose::Commercial => ("dpv:DirectMarketing", "direct marketing of goods or services"),
        Purpose::Charity => ("dpv:DirectMarketing", "direct marketing of a charity's aims and appeals"),
        Purpose::Political => ("dpv:DirectMarketing", "direct marketing of political aims"),
        Purpose::ConsentRequest => ("dpv:DirectMarketing", "asking for consent to direct marketing"),
        Purpose::Service => ("dpv:CommunicationManagement", "messages that a contract or a purchase needs"),
        Purpose::Research => ("dpv:CommunicationManagement", "market research"),
    };
    ConsentPurpose { kind: "dpv:Purpose", broader, description, purpose: Some(purpose) }
}
