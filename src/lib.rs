//! `maysend` answers one question: may this message be sent to this person, under UK direct-marketing law, now?

#[macro_use]
pub mod terms;
pub mod app;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod facts;
pub mod ledger;
pub mod store;
pub mod telemetry;
