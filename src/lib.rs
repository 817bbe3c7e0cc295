//! `maysend` answers one question: may this message be sent to this person, under UK direct-marketing law, now?
//!
//! A send request and what the ledger holds of the person become [`facts`]; the [`rules`], which are pure functions of
//! facts, become one decision with every reason cited. Read in this order:
//!
//! 1. [`terms`]: the words of the law, each a closed vocabulary with its definition.
//! 2. [`facts`]: everything that a rule may look at. `Option` means that nobody has told us.
//! 3. [`rules`]: the law. One provision, one file, and the path is the citation.
//! 4. [`message`]: what a message says, and which of its words promote.
//! 5. [`ledger`]: events, how they are kept without anybody's address, and how they fold into facts.
//! 6. [`store`]: an ordered journal and the histories it is projected into, behind one trait.
//! 7. [`decisions`]: the log of what was decided.
//! 8. [`check`]: the use case, and the only place that joins the others.
//! 9. [`rights`]: what a person may ask for.
//! 10. [`ingest`]: the files of registers and of suppression lists, into the ledger.
//! 11. [`strict`]: how bodies and files are read, with every fault told; [`scenario`]: cases of one's own.
//! 12. [`batch`]: many lines that ask one question.
//! 13. [`http`] and [`cli`]: the two ways in. [`config`], [`app`], [`telemetry`] and [`clock`] serve them.
//!
//! Each layer imports only from those before it; `ARCHITECTURE.md` has the table, and a test holds it.

#[macro_use]
pub mod terms;
pub mod app;
pub mod batch;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod decisions;
pub mod facts;
pub mod http;
pub mod ingest;
pub mod integrity;
pub mod ledger;
pub mod message;
pub mod rights;
pub mod rules;
pub mod scenario;
pub(crate) mod spelling;
pub mod store;
pub mod strict;
pub mod telemetry;
