//! For whom an objection speaks.

vocabulary! {
    /// For whom an objection was made.
    pub enum OnBehalfOf {
        /// For the person (UK GDPR Art 21(2)).
        Person = 0 => "person",
        /// For the whole company ("take our company off your list"): it is honoured for every address of the same
        /// email domain, unless that is one where anybody can have a mailbox.
        Company = 1 => "company",
    }
}
