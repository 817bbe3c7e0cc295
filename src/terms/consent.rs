//! How consent was given and through whom.

vocabulary! {
    /// How a person gave consent. UK GDPR Art 4(11) wants a statement or a clear affirmative action; recital 32 says
    /// that silence, a pre-ticked box and inactivity are none.
    pub enum ConsentManner {
        /// The person ticked an empty box.
        UntickedBox = 0 => "unticked_box",
        /// The box was ticked already.
        PreTickedBox = 1 => "pre_ticked_box",
        /// The person pressed a button or moved a switch that said what it was for.
        Button = 2 => "button",
        /// The person said so.
        Oral = 3 => "oral",
        /// The person wrote or signed so.
        Written = 4 => "written",
        /// The person replied to a message to say so.
        Reply = 5 => "reply",
        /// The person confirmed by a second step, such as a link in a confirmation email.
        DoubleOptIn = 6 => "double_opt_in",
        /// The person said and did nothing.
        Silence = 7 => "silence",
        /// The person accepted terms in which the consent was contained.
        TermsAccepted = 8 => "terms_accepted",
        /// The person did not take an opt-out that was offered.
        OptOutNotTaken = 9 => "opt_out_not_taken",
    }
}

impl ConsentManner {
    /// Whether this is a clear affirmative action (UK GDPR Art 4(11), recital 32).
    #[must_use]
    pub const fn is_affirmative(self) -> bool {
        match self {
            Self::UntickedBox | Self::Button | Self::Oral | Self::Written | Self::Reply | Self::DoubleOptIn => true,
            Self::PreTickedBox | Self::Silence | Self::TermsAccepted | Self::OptOutNotTaken => false,
        }
    }
}

vocabulary! {
    /// Through whom the consent came.
    pub enum ConsentSource {
        /// The person gave it to the sender.
        Direct = 0 => "direct",
        /// The person gave it to somebody else, for the sender.
        ThirdParty = 1 => "third_party",
        /// Somebody else gave the person's details ("refer a friend").
        Referral = 2 => "referral",
        /// It came with a list that was bought or rented.
        BoughtList = 3 => "bought_list",
    }
}
