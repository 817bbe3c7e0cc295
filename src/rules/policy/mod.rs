//! Choices of this service's, on the safe side. None of them is law.

pub(crate) mod abandoned_basket;
pub(crate) mod charity_sales;
pub(crate) mod complaint;
pub(crate) mod consent_age;
pub(crate) mod declared_service;
pub(crate) mod easy_opt_out;
pub(crate) mod local_law;
pub(crate) mod old_number;
pub(crate) mod vulnerable;
