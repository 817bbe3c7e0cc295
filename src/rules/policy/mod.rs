//! Choices of this service's, on the safe side. None of them is law.

pub(crate) mod abandoned_basket;
pub(crate) mod charity_sales;
pub(crate) mod complaint;
pub(crate) mod consent_age;
pub(crate) mod declared_service;
pub(crate) mod doubtful_wording;
pub(crate) mod easy_opt_out;
pub(crate) mod local_law;
pub(crate) mod mps;
pub(crate) mod newly_listed;
pub(crate) mod old_number;
pub(crate) mod opt_out_shown;
pub(crate) mod pension_client_on_register;
pub(crate) mod reg24_pensions;
pub(crate) mod self_declared_service;
pub(crate) mod sender_named;
pub(crate) mod vulnerable;
