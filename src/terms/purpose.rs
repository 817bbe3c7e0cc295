//! What the message is for.

vocabulary! {
    /// What the caller says the message is for.
    ///
    /// The first four are direct marketing (DPA 2018 s.122(5)): material that promotes aims and ideals counts as much
    /// as an advertisement does, and so does a request for permission to market. The last two are not, as long as
    /// nothing in the message promotes anything.
    pub enum Purpose {
        /// Goods or services.
        Commercial = 0 => "commercial",
        /// A charity's aims, an appeal for money or time.
        Charity = 1 => "charity",
        /// A party's, candidate's or campaign's aims.
        Political = 2 => "political",
        /// Asking for consent to market, or to "update your preferences".
        ConsentRequest = 3 => "consent_request",
        /// A neutral message that a current contract or a past purchase needs.
        Service = 4 => "service",
        /// Genuine market research.
        Research = 5 => "research",
    }
}

impl Purpose {
    /// Whether what is sent for it is declared as direct marketing.
    #[must_use]
    pub const fn is_marketing(self) -> bool {
        match self {
            Self::Commercial | Self::Charity | Self::Political | Self::ConsentRequest => true,
            Self::Service | Self::Research => false,
        }
    }
}

vocabulary! {
    /// A subject with rules of its own for calls (PECR regs 21A and 21B).
    pub enum Matter {
        /// Claims management services.
        ClaimsManagement = 0 => "claims_management",
        /// Occupational or personal pension schemes.
        Pensions = 1 => "pensions",
    }
}
