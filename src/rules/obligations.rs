//! What an allow obliges the sender to do.

use super::{
    citation::{ART_7, Citation, ICO_PREFERENCES, REG_22, REG_23, ico, pecr, uk_gdpr},
    decide::Basis,
    in_force::{ELECTRONIC_COMMERCE, GDPR, PECR},
};
use crate::facts::Facts;

/// A duty that comes with an allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// A stable name.
    pub code: &'static str,
    /// What to do.
    pub says: &'static str,
    /// Where it stands.
    pub citation: Citation,
}

macro_rules! obligations {
    ($($name:ident = $code:literal, $says:literal, $citation:expr;)+) => {
        $(static $name: Obligation = Obligation { code: $code, says: $says, citation: $citation };)+
        /// Every obligation.
        pub static ALL: &[&Obligation] = &[$(&$name),+];
    };
}

obligations! {
    IDENTIFY = "identify_sender", "say on whose behalf the message is sent", pecr("reg. 23(a)", REG_23);
    ADDRESS = "provide_opt_out_address", "give a valid address for a request to stop", pecr("reg. 23(b)", REG_23);
    OPT_OUT = "offer_opt_out_in_message", "let the person refuse further messages simply and free of charge in this message",
        pecr("reg. 22(3)(c)", REG_22);
    CHARITY_OPT_OUT = "offer_opt_out_in_message", "let the person refuse further messages simply and free of charge in this message",
        pecr("reg. 22(3A)(c)", REG_22);
    WITHDRAW = "make_withdrawal_easy", "let the person withdraw consent as easily as it was given", uk_gdpr("Art 7(3)", ART_7);
    COMMERCE = "be_plainly_commercial", "let the message be seen to be commercial as soon as it is received, with clear offers",
        pecr("reg. 23(c)-(d)", REG_23);
    NOTICE = "tell_of_right_to_object", "tell the person of the right to object, clearly and apart, by the first message at the latest",
        uk_gdpr("Art 21(4)", "https://www.legislation.gov.uk/eur/2016/679/article/21");
    PRIVACY = "give_privacy_information", "give the person the privacy information, including the right to complain",
        uk_gdpr("Arts 13 and 14", "https://www.legislation.gov.uk/eur/2016/679/article/13");
    SUPPRESS = "record_and_suppress", "record an opt-out at once and keep a suppression list",
        ico("Respect people's preferences", ICO_PREFERENCES);
    EVIDENCE = "keep_evidence", "keep the evidence that this answer rests on", uk_gdpr("Art 5(2), Art 7(1)", ART_7);
}

/// The obligations that come with an allow on this basis.
#[must_use]
pub fn obligations(basis: Basis, facts: &Facts<'_>) -> Vec<&'static Obligation> {
    let all: &[&'static Obligation] = match basis {
        Basis::NotDirectMarketing => &[&PRIVACY],
        Basis::CorporateSubscriber if !facts.recipient.is_data_subject() => {
            &[&IDENTIFY, &ADDRESS, &COMMERCE, &SUPPRESS]
        }
        Basis::CorporateSubscriber => &[&IDENTIFY, &ADDRESS, &COMMERCE, &NOTICE, &PRIVACY, &SUPPRESS],
        Basis::NotElectronicMail
        | Basis::NotRefused
        | Basis::CallPermission
        | Basis::ClientRelationship
        | Basis::LegitimateInterests => &[&NOTICE, &PRIVACY, &SUPPRESS],
        Basis::Solicited => &[&IDENTIFY, &ADDRESS, &COMMERCE],
        Basis::Consent => &[&IDENTIFY, &ADDRESS, &WITHDRAW, &COMMERCE, &NOTICE, &PRIVACY, &SUPPRESS, &EVIDENCE],
        Basis::SoftOptIn => &[&IDENTIFY, &ADDRESS, &OPT_OUT, &COMMERCE, &NOTICE, &PRIVACY, &SUPPRESS, &EVIDENCE],
        Basis::CharitableSoftOptIn => {
            &[&IDENTIFY, &ADDRESS, &CHARITY_OPT_OUT, &COMMERCE, &NOTICE, &PRIVACY, &SUPPRESS, &EVIDENCE]
        }
    };
    // What was not the law yet was no duty.
    let since = |duty: &Obligation| match (duty.citation.instrument, duty.code) {
        ("UK GDPR", _) => GDPR,
        (_, "be_plainly_commercial") => ELECTRONIC_COMMERCE,
        _ => PECR,
    };
    let in_force = |duty: &&&Obligation| facts.as_of >= since(duty);
    all.iter().filter(in_force).copied().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::{Basis, Facts, obligations};
    use crate::rules::testing::{by_consent, to_a_company};

    #[rstest]
    #[case::not_marketing(Basis::NotDirectMarketing, false, false, false)]
    #[case::solicited(Basis::Solicited, true, false, false)]
    #[case::consent(Basis::Consent, true, false, true)]
    #[case::soft_opt_in(Basis::SoftOptIn, true, true, true)]
    #[case::charitable_soft_opt_in(Basis::CharitableSoftOptIn, true, true, true)]
    #[case::company(Basis::CorporateSubscriber, true, false, true)]
    #[case::no_electronic_mail(Basis::NotElectronicMail, false, false, true)]
    fn each_basis_has_its_own(
        #[case] basis: Basis,
        #[case] identify: bool,
        #[case] opt_out: bool,
        #[case] suppress: bool,
    ) {
        let codes: Vec<_> = obligations(basis, &by_consent()).iter().map(|duty| duty.code).collect();
        let expected = [identify, opt_out, suppress];
        let of_interest = ["identify_sender", "offer_opt_out_in_message", "record_and_suppress"];
        assert_eq!(of_interest.map(|code| codes.contains(&code)), expected);
    }

    #[test]
    fn a_shared_mailbox_is_told_nothing_of_its_data() {
        let mut facts = to_a_company();
        let has_notice = |facts: &Facts<'_>| {
            obligations(Basis::CorporateSubscriber, facts).iter().any(|duty| duty.code == "tell_of_right_to_object")
        };
        assert!(has_notice(&facts));
        facts.recipient.named_person = Some(false);
        assert!(!has_notice(&facts));
    }

    #[test]
    fn no_duty_before_its_law() {
        let mut facts = by_consent();
        facts.as_of = date(2018, 5, 24);
        assert!(obligations(Basis::Consent, &facts).iter().all(|duty| duty.citation.instrument != "UK GDPR"));
    }
}
