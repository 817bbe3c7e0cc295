//! Cases that a sender keeps beside its campaigns: what is on record, what is asked, and what must come out.
//!
//! The project's own golden cases are such files, and its tests run them through this module. `docs/scenarios.md` tells
//! the format by example, `docs/scenario.schema.json` to an editor.
//!
//! 1. [`case`]: one case as it is written, and what it leaves out.
//! 2. [`suite`]: files and directories, read strictly; every fault has its line. `yaml` knows the places.
//! 3. [`run`]: a case's own ledger, its question, its answer.
//! 4. [`compare`]: in what an answer differs from what must come out.
//! 5. [`coverage`]: which rules and limbs the cases reached.
//! 6. [`report`]: what came of it, for people, for programs and for continuous integration.

pub mod case;
pub mod compare;
pub mod coverage;
mod read;
pub mod report;
pub mod run;
pub mod schema;
pub mod suite;
mod yaml;
