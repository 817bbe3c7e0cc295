//! What can carry an allow, the strongest ground first.

use crate::rules::{Rule, pecr, uk_gdpr};

/// What an allow rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The message is no direct marketing.
    NotDirectMarketing,
    /// The subscriber is corporate (PECR reg 22(1)).
    CorporateSubscriber,
    /// The message is no electronic mail on the literal reading.
    NotElectronicMail,
    /// The person asked for it.
    Solicited,
    /// The person consented.
    Consent,
    /// The soft opt-in.
    SoftOptIn,
    /// The charitable soft opt-in.
    CharitableSoftOptIn,
    /// The line is on no register and its subscriber has not told the caller to stop (PECR reg 21(1)).
    NotRefused,
    /// The subscriber told this caller that they do not object to its calls (PECR reg 21(4)).
    CallPermission,
    /// The person is a client who would expect the call (PECR reg 21B(3)).
    ClientRelationship,
    /// The sender's legitimate interests, where the law asks for no consent (UK GDPR Art 6(1)(f)).
    LegitimateInterests,
    /// The message reaches a company and no person, by a channel that PECR does not look at (UK GDPR Art 4(1)).
    NoPersonalData,
}

impl Basis {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotDirectMarketing => "not_direct_marketing",
            Self::CorporateSubscriber => "corporate_subscriber",
            Self::NotElectronicMail => "not_electronic_mail",
            Self::Solicited => "solicited",
            Self::Consent => "consent",
            Self::SoftOptIn => "soft_opt_in",
            Self::CharitableSoftOptIn => "charitable_soft_opt_in",
            Self::NotRefused => "not_refused",
            Self::CallPermission => "call_permission",
            Self::ClientRelationship => "client_relationship",
            Self::LegitimateInterests => "legitimate_interests",
            Self::NoPersonalData => "no_personal_data",
        }
    }
}

/// The rules of PECR that can carry an allow, the strongest ground first.
pub(in crate::rules) fn grounds() -> [(&'static Rule, Basis); 16] {
    [
        (&pecr::reg22_individual_subscriber::RULE, Basis::CorporateSubscriber),
        (&pecr::reg2_electronic_mail::RULE, Basis::NotElectronicMail),
        (&pecr::reg22_unsolicited::RULE, Basis::Solicited),
        (&pecr::reg21_unsolicited::RULE, Basis::Solicited),
        (&pecr::reg22_consent::RULE, Basis::Consent),
        (&pecr::reg19_consent::RULE, Basis::Consent),
        (&pecr::reg21a_consent::RULE, Basis::Consent),
        (&pecr::reg21b_consent::RULE, Basis::Consent),
        (&pecr::reg22_soft_opt_in::RULE, Basis::SoftOptIn),
        (&pecr::reg22_charitable_soft_opt_in::RULE, Basis::CharitableSoftOptIn),
        (&pecr::reg21b_existing_client::RULE, Basis::ClientRelationship),
        (&pecr::reg21_register::RULE, Basis::NotRefused),
        (&pecr::reg21_permission::RULE, Basis::CallPermission),
        (&pecr::reg20_objection::RULE, Basis::CorporateSubscriber),
        (&pecr::reg20_unsolicited::RULE, Basis::Solicited),
        (&pecr::reg20_consent::RULE, Basis::Consent),
    ]
}

/// The rules that can carry an allow where PECR asks for nothing: by post and by online advertising.
pub(in crate::rules) fn lawful_bases() -> [(&'static Rule, Basis); 4] {
    [
        (&uk_gdpr::art4_personal_data::RULE, Basis::NoPersonalData),
        (&uk_gdpr::art6_requested::RULE, Basis::Solicited),
        (&uk_gdpr::art6_consent::RULE, Basis::Consent),
        (&uk_gdpr::art6_legitimate_interests::RULE, Basis::LegitimateInterests),
    ]
}
