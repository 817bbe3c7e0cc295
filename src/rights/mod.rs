//! What a person may ask for: to see what is held ([`timeline`]), to have it shown with its proof ([`evidence`]), to be
//! forgotten ([`erasure`]).
//!
//! Layer 4, beside `check`: it joins the ledger, the store, the decision log and the words of the law, for the HTTP
//! service and the command line alike. [`person`] is who is asked about.

pub mod erasure;
pub mod evidence;
pub mod person;
pub mod timeline;
