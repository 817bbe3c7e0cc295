//! The tests that look at the service from outside, in one program.

// Said of each module so that its helpers, too, may unwrap.
#[cfg(test)]
mod api;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod server;
#[cfg(test)]
mod store_conformance;
