//! Every test of the whole, in one binary.

mod case;
mod cases;
mod ledger;
mod properties;
mod world;

/// Prints how many of something a test went through, for the summary of `make test`.
pub(crate) fn count(what: &str, how_many: usize) {
    println!("count: {what}: {how_many}");
}
