//! Published positions of the Information Commissioner's Office. None of them is statute.

pub(crate) mod charity_collected_since;
pub(crate) mod children;
pub(crate) mod consent_request;
pub(crate) mod corporate_mailbox;
pub(crate) mod hosted_mail;
pub(crate) mod indirect_consent_age;
pub(crate) mod list_based_advertising;
pub(crate) mod permission_wording;
pub(crate) mod prize_draw;
pub(crate) mod promotion_in_service_message;
pub(crate) mod promotional_wording;
pub(crate) mod refer_a_friend;
pub(crate) mod selling_survey;
