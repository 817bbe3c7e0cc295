//! Every test of the whole, in one binary.

// Said of each module so that its helpers, too, may unwrap.
#[cfg(test)]
mod case;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod store_conformance;
#[cfg(test)]
mod temporal;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod world;

/// Says how many of something a test went through, for the summary of `make test`.
#[cfg(test)]
pub(crate) fn count(what: &str, how_many: usize) {
    println!("count: {what}: {how_many}");
}
