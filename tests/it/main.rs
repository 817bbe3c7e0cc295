//! The tests that look at the service from outside, in one program.

// Said of each module so that its helpers, too, may unwrap.
#[cfg(test)]
mod crash;
#[cfg(test)]
mod store_conformance;
