//! The UK GDPR, and before 25 May 2018 what stood in its place.

pub(crate) mod art13_privacy_information;
pub(crate) mod art21_earlier_refusal;
pub(crate) mod art21_notice;
pub(crate) mod art21_objection;
pub(crate) mod art4_affirmative;
pub(crate) mod art4_personal_data;
pub(crate) mod art6_consent;
pub(crate) mod art6_direct_marketing_interest;
pub(crate) mod art6_legitimate_interests;
pub(crate) mod art6_requested;
pub(crate) mod art7_demonstrable;
pub(crate) mod art7_distinguishable;
pub(crate) mod art7_told_of_withdrawal;
pub(crate) mod art7_unconditional;
pub(crate) mod art7_withdrawal;
pub(crate) mod art8_child;
pub(crate) mod art9_special_category;
