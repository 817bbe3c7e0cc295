//! Many lines, one question: a stream of lines becomes chunks, and each chunk a block of answers.
//!
//! `POST /check/batch` and `maysend screen` are the two ways in. [`chunks`] finds the lines in what arrives, [`mod@line`]
//! reads one, [`form`] has the forms that a line can have and finds every fault of one that has none of them, and
//! [`work`] decides for the lines of a chunk, and [`keeping`] brings what was decided into the log. How a fault is told is
//! for the caller to say.

pub mod chunks;
pub mod fault;
pub mod form;
pub mod keeping;
pub mod line;
pub mod work;
