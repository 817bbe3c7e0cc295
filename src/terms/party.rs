//! Who sends, who causes the sending, and whose goods are promoted.

vocabulary! {
    /// What a sender is in law.
    pub enum SenderKind {
        /// A company or another trading body.
        Company = 0 => "company",
        /// One person in business.
        SoleTrader = 1 => "sole_trader",
        /// A charity as PECR reg 22(5) defines it: under the Charities Act 2011, the Charities Act (Northern Ireland)
        /// 2008, or on the Scottish Charity Register. A charity's trading company is a `company`.
        Charity = 2 => "charity",
        /// A party, candidate or campaign.
        PoliticalParty = 3 => "political_party",
        /// A public authority.
        PublicBody = 4 => "public_body",
    }
}

vocabulary! {
    /// Which reading to take where reasonable lawyers differ.
    pub enum PolicyProfile {
        /// The reading that risks no breach (the default).
        Conservative = 0 => "conservative",
        /// The words of the statute, with a warning where the regulator reads them more strictly.
        Literal = 1 => "literal",
    }
}
