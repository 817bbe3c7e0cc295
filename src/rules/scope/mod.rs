//! What direct marketing is, and what lies outside it.

pub(crate) mod direct_marketing;
pub(crate) mod market_research;
pub(crate) mod not_directed;
pub(crate) mod service_message;
