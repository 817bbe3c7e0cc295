//! Who is party to the contract for the line or the mailbox.

vocabulary! {
    /// The party to the contract for the line (PECR reg 2(1)).
    ///
    /// An *individual* is a living person and also an unincorporated body of such persons: a sole trader, a club, an
    /// ordinary partnership in England, Wales or Northern Ireland. *Corporate* is any body with its own legal
    /// personality: a company, an LLP, a Scottish partnership, most public bodies. Unknown is treated as individual.
    pub enum SubscriberKind {
        /// A person, a sole trader or an unincorporated body.
        Individual = 0 => "individual",
        /// A legal person distinct from its members.
        Corporate = 1 => "corporate",
        /// Nobody knows; the rules treat it as an individual.
        Unknown = 2 => "unknown",
    }
}
