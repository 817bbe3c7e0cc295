//! Reading strictly what others wrote: all its faults, each with its place and what was probably meant.
//!
//! A sound text is read into its type and asked whether it keeps to the limits that types do not see (`bounds`).
//! Only a faulty one is walked beside its schema (`walk`), as a `tree` in which nothing is lost. Bodies of requests
//! and files of cases are read in this one way.

pub(crate) mod bounds;
pub mod fault;
pub(crate) mod names;
pub(crate) mod tree;
pub(crate) mod walk;
