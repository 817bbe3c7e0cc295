//! Whether what is held is what was taken in: signed checkpoints, and the verification of everything against everything.
//!
//! The journal and the decision log are chains of hashes, so each end of a chain stands for all before it. A
//! [`checkpoint`] signs both ends. Kept elsewhere, it shows later that nothing before it was changed, left out or put in.

pub mod checkpoint;
pub mod signer;
