//! Every duty, with its provision and the days on which it is one.

use super::Obligation;
use crate::rules::{
    citation::{ART_6, ART_7, ART_13, ART_21, Citation, ICO_PREFERENCES, REG_22, REG_23, dpa_1998, ico, pecr, uk_gdpr},
    in_force::{CHARITY_SOFT_OPT_IN, ELECTRONIC_COMMERCE, GDPR, InForce, PECR, RIGHT_TO_COMPLAIN},
    policy::mps::MPS,
};

const REG_6: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/6";
const REG_19: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/19";
const REG_21: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21";
const REG_21B: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21B";
const REG_24: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/24";
const SECTION_122: &str = "https://www.legislation.gov.uk/ukpga/2018/12/section/122";

/// The calling line's identity must be shown (SI 2016/524).
const LINE_IDENTITY_SHOWN: jiff::civil::Date = jiff::civil::date(2016, 5, 16);
/// Calls about pensions (SI 2018/1396).
const PENSION_CALLS: jiff::civil::Date = jiff::civil::date(2019, 1, 9);
/// Schedule A1 to PECR took the place of most of reg 6 (DUAA s.112, Sch 12; SI 2026/82 reg 2).
const SCHEDULE_A1: jiff::civil::Date = jiff::civil::date(2026, 2, 5);

macro_rules! duties {
    ($($name:ident = $code:literal, $says:literal, $citation:expr, $in_force:expr;)+) => {
        $(pub(super) static $name: Obligation =
            Obligation { code: $code, says: $says, citation: $citation, in_force: $in_force };)+
        /// Every obligation.
        pub static ALL: &[&Obligation] = &[$(&$name),+];
    };
}

// The form of the message, channel by channel; the post and advertisements; the person's data; the records.
duties! {
    IDENTIFY = "identify_sender", "say on whose behalf the message is sent",
        pecr("reg. 23(a)", REG_23), InForce::from(PECR);
    ADDRESS = "provide_opt_out_address", "give a valid address for a request to stop",
        pecr("reg. 23(b)", REG_23), InForce::from(PECR);
    OPT_OUT = "offer_opt_out_in_message",
        "let the person refuse further messages simply and free of charge in this message",
        pecr("reg. 22(3)(c)", REG_22), InForce::from(PECR);
    CHARITY_OPT_OUT = "offer_opt_out_in_message",
        "let the person refuse further messages simply and free of charge in this message",
        pecr("reg. 22(3A)(c)", REG_22), InForce::from(CHARITY_SOFT_OPT_IN);
    COMMERCE = "be_plainly_commercial",
        "let the message be seen to be commercial as soon as it is received, with clear offers",
        pecr("reg. 23(c)-(d)", REG_23), InForce::from(ELECTRONIC_COMMERCE);

    SHOW_LINE = "present_line_identity", "show the number of the line that calls, or of one on which you can be reached",
        pecr("reg. 21(A1)", REG_21), InForce::from(LINE_IDENTITY_SHOWN);
    SHOW_LINE_AUTOMATED = "present_line_identity",
        "show the number of the line that calls, or of one on which you can be reached",
        pecr("reg. 19(2)(b)", REG_19), InForce::from(LINE_IDENTITY_SHOWN);
    NAME = "say_who_calls", "say in the call who is calling",
        pecr("reg. 24(1)(b), (2)(a)", REG_24), InForce::from(PECR);
    NAME_IN_RECORDING = "say_who_calls", "say in the recorded message who is calling",
        pecr("reg. 24(1)(a), (2)(a)", REG_24), InForce::from(PECR);
    NAME_IN_FAX = "say_who_calls", "say in the fax who sends it",
        pecr("reg. 24(1)(a), (2)(a)", REG_24), InForce::from(PECR);
    CONTACT_ON_REQUEST = "give_address_or_freephone", "give your address or a freephone number to whoever asks for it",
        pecr("reg. 24(1)(b), (2)(b)", REG_24), InForce::from(PECR);
    CONTACT_IN_RECORDING = "give_address_or_freephone", "give your address or a freephone number in the recorded message",
        pecr("reg. 24(1)(a), (2)(b)", REG_24), InForce::from(PECR);
    CONTACT_IN_FAX = "give_address_or_freephone", "give your address or a freephone number in the fax",
        pecr("reg. 24(1)(a), (2)(b)", REG_24), InForce::from(PECR);
    OPT_OUT_IN_CALL = "offer_opt_out_in_call", "let the client refuse further calls simply and free of charge in this call",
        pecr("reg. 21B(3)", REG_21B), InForce::from(PENSION_CALLS);

    SCREEN_MPS = "screen_mps", "look the address up in the Mailing Preference Service: no law, and good practice",
        Citation { instrument: "Mailing Preference Service", provision: "Legal obligations", url: MPS },
        InForce::from(PECR);
    DEVICE = "heed_rules_on_devices",
        "ask before anything is stored or read on the person's device: this service does not look at that",
        pecr("reg. 6", REG_6), InForce::between(PECR, SCHEDULE_A1);
    DEVICE_NOW = "heed_rules_on_devices",
        "ask before anything is stored or read on the person's device, but for what Schedule A1 lets pass: this service does not look at that",
        pecr("reg. 6, Sch. A1", REG_6), InForce::from(SCHEDULE_A1);
    STAY_UNADDRESSED = "keep_directed_to_nobody",
        "name nobody, and choose nobody by what is known of them: then it is direct marketing",
        Citation { instrument: "DPA 2018", provision: "s. 122(5)", url: SECTION_122 }, InForce::from(GDPR);
    STAY_UNADDRESSED_1998 = "keep_directed_to_nobody",
        "name nobody, and choose nobody by what is known of them: then it is direct marketing",
        dpa_1998("s. 11(3)", "https://www.legislation.gov.uk/ukpga/1998/29/section/11"), InForce::between(PECR, GDPR);

    WITHDRAW = "make_withdrawal_easy", "let the person withdraw consent as easily as it was given",
        uk_gdpr("Art 7(3)", ART_7), InForce::from(GDPR);
    NOTICE = "tell_of_right_to_object",
        "tell the person of the right to object, clearly and apart, by the first message at the latest",
        uk_gdpr("Art 21(4)", ART_21), InForce::from(GDPR);
    PRIVACY = "give_privacy_information", "give the person the privacy information, including the right to complain",
        uk_gdpr("Arts 13 and 14", ART_13), InForce::from(RIGHT_TO_COMPLAIN);
    PRIVACY_BEFORE = "give_privacy_information", "give the person the privacy information",
        uk_gdpr("Arts 13 and 14", ART_13), InForce::between(GDPR, RIGHT_TO_COMPLAIN);
    PRIVACY_1998 = "give_privacy_information", "tell the person who you are and what you use the data for",
        dpa_1998("Sch. 1 Part II paras 2-3", "https://www.legislation.gov.uk/ukpga/1998/29/schedule/1/part/II"),
        InForce::between(PECR, GDPR);
    ASSESS = "assess_legitimate_interests",
        "weigh your legitimate interests against the person's and keep the assessment, unless another lawful basis holds",
        uk_gdpr("Art 6(1)(f)", ART_6), InForce::from(GDPR);
    ANSWER = "answer_objection", "stop at once when the person objects, and answer within one month",
        uk_gdpr("Arts 21(3) and 12(3)", "https://www.legislation.gov.uk/eur/2016/679/article/12"), InForce::from(GDPR);

    SUPPRESS = "record_and_suppress", "record an opt-out at once and keep a suppression list",
        ico("Respect people's preferences", ICO_PREFERENCES), InForce::from(PECR);
    EVIDENCE = "keep_evidence", "keep the evidence that this answer rests on",
        uk_gdpr("Art 5(2), Art 7(1)", ART_7), InForce::from(GDPR);
}
