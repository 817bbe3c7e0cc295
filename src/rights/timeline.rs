//! Everything held on one person with one sender, in the order in which it happened.
