//! What an allow obliges the sender to do.

mod duties;

pub use self::duties::ALL;
use self::duties::{
    ADDRESS, ANSWER, ASSESS, CHARITY_OPT_OUT, COMMERCE, CONTACT_IN_FAX, CONTACT_IN_RECORDING, CONTACT_ON_REQUEST,
    DEVICE, DEVICE_NOW, EVIDENCE, IDENTIFY, NAME, NAME_IN_FAX, NAME_IN_RECORDING, NOTICE, OPT_OUT, OPT_OUT_IN_CALL,
    PRIVACY, PRIVACY_1998, PRIVACY_BEFORE, SCREEN_MPS, SHOW_LINE, SHOW_LINE_AUTOMATED, STAY_UNADDRESSED,
    STAY_UNADDRESSED_1998, SUPPRESS, WITHDRAW,
};
use super::{
    citation::Citation, decide::Basis, in_force::InForce, scope::not_directed::is_to_nobody,
    uk_gdpr::art6_consent::decides,
};
use crate::{facts::Facts, terms::channel::Channel};

/// A duty that comes with an allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// A stable name.
    pub code: &'static str,
    /// What to do.
    pub says: &'static str,
    /// Where it stands.
    pub citation: Citation,
    /// When it is a duty: what was not the law yet was none.
    pub in_force: InForce,
}

/// The obligations that come with an allow on this basis: the form of the message, then the person's data, then what
/// must be kept.
#[must_use]
pub fn obligations(basis: Basis, facts: &Facts<'_>) -> Vec<&'static Obligation> {
    let parts = match basis {
        Basis::NotDirectMarketing => vec![outside(facts)],
        Basis::CorporateSubscriber
        | Basis::NotElectronicMail
        | Basis::Solicited
        | Basis::Consent
        | Basis::SoftOptIn
        | Basis::CharitableSoftOptIn
        | Basis::NotRefused
        | Basis::CallPermission
        | Basis::ClientRelationship
        | Basis::LegitimateInterests
        | Basis::NoPersonalData => vec![form(basis, facts), data(basis, facts), records(basis)],
    };
    parts.into_iter().flatten().filter(|duty| duty.in_force.contains(facts.as_of)).collect()
}

type Duties = Vec<&'static Obligation>;

/// Of what is no direct marketing.
fn outside(facts: &Facts<'_>) -> Duties {
    match (is_to_nobody(facts), facts.channel == Channel::OnlineAdvertising) {
        (false, _) => privacy(),
        (true, false) => vec![&STAY_UNADDRESSED, &STAY_UNADDRESSED_1998],
        (true, true) => vec![&STAY_UNADDRESSED, &STAY_UNADDRESSED_1998, &DEVICE, &DEVICE_NOW],
    }
}

/// The form of the message, by its channel; and how consent is withdrawn, where it rests on that.
fn form(basis: Basis, facts: &Facts<'_>) -> Duties {
    let withdraw: &[&'static Obligation] = if basis == Basis::Consent { &[&WITHDRAW] } else { &[] };
    let of_channel: &[&'static Obligation] = match facts.channel {
        Channel::Email
        | Channel::Sms
        | Channel::Mms
        | Channel::Voicemail
        | Channel::InApp
        | Channel::SocialMessage
        | Channel::Push => return electronic_mail(basis),
        Channel::LiveCall if basis == Basis::ClientRelationship => {
            &[&SHOW_LINE, &NAME, &CONTACT_ON_REQUEST, &OPT_OUT_IN_CALL]
        }
        Channel::LiveCall => &[&SHOW_LINE, &NAME, &CONTACT_ON_REQUEST],
        Channel::AutomatedCall => &[&SHOW_LINE_AUTOMATED, &NAME_IN_RECORDING, &CONTACT_IN_RECORDING],
        Channel::Fax => &[&NAME_IN_FAX, &CONTACT_IN_FAX],
        Channel::Post if basis == Basis::LegitimateInterests => &[&SCREEN_MPS],
        Channel::Post => &[],
        Channel::OnlineAdvertising => &[&DEVICE, &DEVICE_NOW],
    };
    of_channel.iter().chain(withdraw).copied().collect()
}

fn electronic_mail(basis: Basis) -> Duties {
    match basis {
        Basis::Consent => vec![&IDENTIFY, &ADDRESS, &WITHDRAW, &COMMERCE],
        Basis::SoftOptIn => vec![&IDENTIFY, &ADDRESS, &OPT_OUT, &COMMERCE],
        Basis::CharitableSoftOptIn => vec![&IDENTIFY, &ADDRESS, &CHARITY_OPT_OUT, &COMMERCE],
        Basis::CorporateSubscriber | Basis::Solicited => vec![&IDENTIFY, &ADDRESS, &COMMERCE],
        Basis::NotDirectMarketing
        | Basis::NotElectronicMail
        | Basis::NotRefused
        | Basis::CallPermission
        | Basis::ClientRelationship
        | Basis::LegitimateInterests
        | Basis::NoPersonalData => Vec::new(),
    }
}

/// What is owed to the person whose data are used. Who asked for a message by a channel that PECR decides gets what was
/// asked for: whatever follows is another message.
fn data(basis: Basis, facts: &Facts<'_>) -> Duties {
    let solicited = basis == Basis::Solicited;
    if !facts.recipient.is_data_subject() || solicited && !decides(facts) {
        return Vec::new();
    }
    let mut duties: Duties = vec![&NOTICE];
    duties.extend(privacy());
    if basis != Basis::Consent && !solicited && !facts.basis.assessed {
        duties.push(&ASSESS);
    }
    duties.push(&ANSWER);
    duties
}

/// The privacy information, as the law of each day has it.
fn privacy() -> Duties {
    vec![&PRIVACY, &PRIVACY_BEFORE, &PRIVACY_1998]
}

fn records(basis: Basis) -> Duties {
    match basis {
        Basis::NotDirectMarketing | Basis::Solicited => Vec::new(),
        Basis::CorporateSubscriber | Basis::NotElectronicMail | Basis::NoPersonalData => vec![&SUPPRESS],
        Basis::Consent
        | Basis::SoftOptIn
        | Basis::CharitableSoftOptIn
        | Basis::NotRefused
        | Basis::CallPermission
        | Basis::ClientRelationship
        | Basis::LegitimateInterests => vec![&SUPPRESS, &EVIDENCE],
    }
}

#[cfg(test)]
mod tests;
