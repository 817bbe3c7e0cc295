//! What can carry an allow, the strongest ground first.

use crate::rules::{Rule, pecr, uk_gdpr};

vocabulary! {
    /// What an allow rests on.
    pub enum Basis {
        /// The message is no direct marketing.
        NotDirectMarketing = 0 => "not_direct_marketing",
        /// The subscriber is corporate (PECR reg 22(1)).
        CorporateSubscriber = 1 => "corporate_subscriber",
        /// The message is no electronic mail on the literal reading.
        NotElectronicMail = 2 => "not_electronic_mail",
        /// The person asked for it.
        Solicited = 3 => "solicited",
        /// The person consented.
        Consent = 4 => "consent",
        /// The soft opt-in.
        SoftOptIn = 5 => "soft_opt_in",
        /// The charitable soft opt-in.
        CharitableSoftOptIn = 6 => "charitable_soft_opt_in",
        /// The line is on no register and its subscriber has not told the caller to stop (PECR reg 21(1)).
        NotRefused = 7 => "not_refused",
        /// The subscriber told this caller that they do not object to its calls (PECR reg 21(4)).
        CallPermission = 8 => "call_permission",
        /// The person is a client who would expect the call (PECR reg 21B(3)).
        ClientRelationship = 9 => "client_relationship",
        /// The sender's legitimate interests, where the law asks for no consent (UK GDPR Art 6(1)(f)).
        LegitimateInterests = 10 => "legitimate_interests",
        /// The message reaches a company and no person, by a channel that PECR does not look at (UK GDPR Art 4(1)).
        NoPersonalData = 11 => "no_personal_data",
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
