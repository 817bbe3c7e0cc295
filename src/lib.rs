//! `maysend` answers one question: may this message be sent to this person, under UK direct-marketing law, now?

#[macro_use]
pub mod terms;
pub mod check;
pub mod clock;
pub mod facts;
pub mod ledger;
pub mod store;
