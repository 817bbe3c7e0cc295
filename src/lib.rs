//! `maysend` answers one question: may this message be sent to this person, under UK direct-marketing law, now?

#[macro_use]
pub mod terms;
pub mod app;
pub mod check;
pub mod clock;
pub mod config;
pub mod facts;
pub mod http;
pub mod ledger;
pub mod rules;
pub mod store;
