//! Every test of the whole, in one binary.

// Said of each module so that its helpers, too, may unwrap.
#[cfg(test)]
mod alternatives;
#[cfg(test)]
mod api;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod batch;
#[cfg(test)]
mod batch_stream;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod decisions_cli;
#[cfg(test)]
mod disk_full;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod evidence_page;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod flips;
#[cfg(test)]
mod freshness;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod house;
#[cfg(test)]
mod import;
#[cfg(test)]
mod ingest;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod manual;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod messages_cli;
#[cfg(test)]
mod precedents;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod process;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod purge;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod secrecy;
#[cfg(test)]
mod server;
#[cfg(test)]
mod store_conformance;
#[cfg(test)]
mod temporal;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod wording;
#[cfg(test)]
mod world;
#[cfg(test)]
mod worlds;

/// Says how many of something a test went through, for the summary of `make test`.
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "where the counts go is said to the tests by the environment")]
pub(crate) fn count(what: &str, how_many: usize) {
    use std::io::Write as _;
    println!("count: {what}: {how_many}");
    if let Some(file) = std::env::var_os("MAYSEND_COUNTS") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file).expect("the file of counts");
        writeln!(file, "{what}: {how_many}").expect("a line of counts");
    }
}
