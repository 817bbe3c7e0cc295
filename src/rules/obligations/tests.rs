//! The codes that come with each basis on each channel.

use jiff::civil::date;
use rstest::rstest;

use super::{ALL, Basis, Facts, obligations};
use crate::{
    rules::testing::{
        by_advertising, by_charitable_soft_opt_in, by_consent, by_fax, by_post, by_soft_opt_in, of_service, solicited,
        to_a_company, to_a_stranger,
    },
    terms::{audience::Audience, channel::Channel, subscriber::SubscriberKind},
};

fn codes(basis: Basis, facts: &Facts<'_>) -> Vec<&'static str> {
    obligations(basis, facts).iter().map(|duty| duty.code).collect()
}

const PERSON: [&str; 3] = ["tell_of_right_to_object", "give_privacy_information", "answer_objection"];
const PERSON_ASSESSED: [&str; 4] =
    ["tell_of_right_to_object", "give_privacy_information", "assess_legitimate_interests", "answer_objection"];

#[rstest]
#[case::consent(by_consent(), Basis::Consent, &["identify_sender", "provide_opt_out_address", "make_withdrawal_easy", "be_plainly_commercial"], &PERSON, &["record_and_suppress", "keep_evidence"])]
#[case::soft_opt_in(by_soft_opt_in(), Basis::SoftOptIn, &["identify_sender", "provide_opt_out_address", "offer_opt_out_in_message", "be_plainly_commercial"], &PERSON_ASSESSED, &["record_and_suppress", "keep_evidence"])]
#[case::charitable_soft_opt_in(by_charitable_soft_opt_in(), Basis::CharitableSoftOptIn, &["identify_sender", "provide_opt_out_address", "offer_opt_out_in_message", "be_plainly_commercial"], &PERSON_ASSESSED, &["record_and_suppress", "keep_evidence"])]
#[case::company(to_a_company(), Basis::CorporateSubscriber, &["identify_sender", "provide_opt_out_address", "be_plainly_commercial"], &PERSON_ASSESSED, &["record_and_suppress"])]
#[case::solicited(solicited(), Basis::Solicited, &["identify_sender", "provide_opt_out_address", "be_plainly_commercial"], &[], &[])]
#[case::no_electronic_mail(Facts { channel: Channel::Push, ..to_a_stranger() }, Basis::NotElectronicMail, &[], &PERSON_ASSESSED, &["record_and_suppress"])]
#[case::not_marketing(of_service(), Basis::NotDirectMarketing, &[], &["give_privacy_information"], &[])]
fn electronic_mail(
    #[case] facts: Facts<'static>,
    #[case] basis: Basis,
    #[case] form: &[&str],
    #[case] person: &[&str],
    #[case] records: &[&str],
) {
    assert_eq!(codes(basis, &facts), [form, person, records].concat());
}

#[rstest]
#[case::not_refused(Channel::LiveCall, Basis::NotRefused, &["present_line_identity", "say_who_calls", "give_address_or_freephone"])]
#[case::permission(Channel::LiveCall, Basis::CallPermission, &["present_line_identity", "say_who_calls", "give_address_or_freephone"])]
#[case::client(Channel::LiveCall, Basis::ClientRelationship, &["present_line_identity", "say_who_calls", "give_address_or_freephone", "offer_opt_out_in_call"])]
#[case::asked_for(Channel::LiveCall, Basis::Solicited, &["present_line_identity", "say_who_calls", "give_address_or_freephone"])]
#[case::claims(Channel::LiveCall, Basis::Consent, &["present_line_identity", "say_who_calls", "give_address_or_freephone", "make_withdrawal_easy"])]
#[case::recorded(Channel::AutomatedCall, Basis::Consent, &["present_line_identity", "say_who_calls", "give_address_or_freephone", "make_withdrawal_easy"])]
#[case::fax(Channel::Fax, Basis::Consent, &["say_who_calls", "give_address_or_freephone", "make_withdrawal_easy"])]
#[case::fax_to_a_company(Channel::Fax, Basis::CorporateSubscriber, &["say_who_calls", "give_address_or_freephone"])]
#[case::fax_asked_for(Channel::Fax, Basis::Solicited, &["say_who_calls", "give_address_or_freephone"])]
#[case::letter(Channel::Post, Basis::LegitimateInterests, &["screen_mps"])]
#[case::letter_consented(Channel::Post, Basis::Consent, &["make_withdrawal_easy"])]
#[case::letter_asked_for(Channel::Post, Basis::Solicited, &[])]
#[case::advertisement(Channel::OnlineAdvertising, Basis::LegitimateInterests, &["heed_rules_on_devices"])]
fn each_channel_has_its_form(#[case] channel: Channel, #[case] basis: Basis, #[case] form: &[&str]) {
    let codes = codes(basis, &Facts { channel, ..by_consent() });
    let data = ["tell_of_right_to_object", "give_privacy_information", "record_and_suppress"];
    let of_the_form: Vec<_> = codes.iter().copied().take_while(|code| !data.contains(code)).collect();
    assert_eq!(of_the_form, form);
    assert!(!codes.is_empty());
}

/// By which provision the line, the name and the address are owed.
#[rstest]
#[case(Channel::LiveCall, Basis::NotRefused, &["reg. 21(A1)", "reg. 24(1)(b), (2)(a)", "reg. 24(1)(b), (2)(b)"])]
#[case(Channel::AutomatedCall, Basis::Consent, &["reg. 19(2)(b)", "reg. 24(1)(a), (2)(a)", "reg. 24(1)(a), (2)(b)"])]
fn the_provision_is_the_channel_s(#[case] channel: Channel, #[case] basis: Basis, #[case] provisions: &[&str]) {
    let duties = obligations(basis, &Facts { channel, ..by_consent() });
    let cited: Vec<_> = duties.iter().take(3).map(|duty| duty.citation.provision).collect();
    assert_eq!(cited, provisions);
}

#[rstest]
#[case::before(date(2016, 5, 15), false)]
#[case::since(date(2016, 5, 16), true)]
fn the_line_is_shown_since_2016(#[case] as_of: jiff::civil::Date, #[case] shown: bool) {
    let facts = Facts { as_of, channel: Channel::LiveCall, ..by_consent() };
    assert_eq!(codes(Basis::NotRefused, &facts).contains(&"present_line_identity"), shown);
}

#[rstest]
#[case::with_an_assessment(by_post(), false)]
#[case::without(to_a_company(), true)]
fn interests_are_weighed_once(#[case] facts: Facts<'static>, #[case] asked: bool) {
    assert_eq!(codes(Basis::CorporateSubscriber, &facts).contains(&"assess_legitimate_interests"), asked);
}

#[rstest]
#[case::a_leaflet(by_post(), &["keep_directed_to_nobody"])]
#[case::an_advertisement(by_advertising(), &["keep_directed_to_nobody", "heed_rules_on_devices"])]
fn what_is_directed_to_nobody_stays_so(#[case] facts: Facts<'static>, #[case] expected: &[&str]) {
    for as_of in [date(2010, 1, 1), date(2026, 11, 21)] {
        let facts = Facts { audience: Some(Audience::Unaddressed), as_of, ..facts };
        assert_eq!(codes(Basis::NotDirectMarketing, &facts), expected);
    }
}

#[test]
fn a_company_s_own_address_is_told_nothing_of_its_data() {
    for (mut facts, basis) in [
        (to_a_company(), Basis::CorporateSubscriber),
        (by_fax(), Basis::CorporateSubscriber),
        (by_post(), Basis::NoPersonalData),
    ] {
        facts.recipient.subscriber = SubscriberKind::Corporate;
        assert!(codes(basis, &facts).contains(&"tell_of_right_to_object"));
        facts.recipient.named_person = Some(false);
        assert!(PERSON.iter().all(|code| !codes(basis, &facts).contains(code)));
        assert!(codes(basis, &facts).contains(&"record_and_suppress"));
    }
}

#[rstest]
#[case::before_the_gdpr(date(2018, 5, 24), "DPA 1998", "tell the person who you are and what you use the data for")]
#[case::since(date(2018, 5, 25), "UK GDPR", "give the person the privacy information")]
#[case::before_complaints(date(2026, 6, 18), "UK GDPR", "give the person the privacy information")]
#[case::since_complaints(
    date(2026, 6, 19),
    "UK GDPR",
    "give the person the privacy information, including the right to complain"
)]
fn the_privacy_information_is_that_of_the_day(
    #[case] as_of: jiff::civil::Date,
    #[case] instrument: &str,
    #[case] says: &str,
) {
    let duties = obligations(Basis::NotDirectMarketing, &Facts { as_of, ..of_service() });
    assert!(matches!(duties.as_slice(), [one] if one.citation.instrument == instrument && one.says == says));
}

#[test]
fn no_duty_before_its_law() {
    let facts = Facts { as_of: date(2018, 5, 24), ..by_consent() };
    assert!(obligations(Basis::Consent, &facts).iter().all(|duty| duty.citation.instrument != "UK GDPR"));
}

#[test]
fn every_duty_says_where_it_stands() {
    for duty in ALL {
        assert!(duty.citation.url.starts_with("https://"), "{}", duty.code);
        assert!(duty.code.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", duty.code);
    }
}
