//! The lawful basis that a sender asserts.

vocabulary! {
    /// The lawful basis for using the person's data (UK GDPR Art 6(1)), as the sender asserts it. In marketing it is
    /// one of these two.
    pub enum LawfulBasis {
        /// The person's consent (Art 6(1)(a)).
        Consent = 0 => "consent",
        /// The sender's legitimate interests, weighed against the person's in an assessment (Art 6(1)(f)).
        LegitimateInterests = 1 => "legitimate_interests",
    }
}
