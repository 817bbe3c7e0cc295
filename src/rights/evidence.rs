//! The evidence on one person and one sender, as one bundle.
