//! The ways to reach a person.

vocabulary! {
    /// The kind of a contact detail.
    pub enum DetailKind {
        /// An email address.
        Email = 0 => "email",
        /// A telephone number, for calls, texts and faxes.
        Phone = 1 => "phone",
        /// A postal address.
        Postal = 2 => "postal",
        /// An account with an app, a site or a social network.
        Account = 3 => "account",
        /// The domain of an email address: what an objection made for a whole company is kept under.
        Domain = 4 => "domain",
        /// A register as a whole, which nobody writes as a detail: what is known of it is kept under its name.
        Register = 5 => "register",
    }
}
