//! What the words of a message do: the findings of reading it.

/// The regulator's guidance on what direct marketing is, with its examples of service messages and of research.
pub const GUIDANCE: &str = "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/direct-marketing-guidance/identify-direct-marketing/";

vocabulary! {
    /// What words were found to do.
    pub enum FindingKind {
        /// They promote goods, services, aims or ideals (DPA 2018 s.122(5)).
        Promotes = 0 => "promotes",
        /// They ask for permission to market, or for a change of mind about it (Honda and Flybe, 2017).
        AsksForPermission = 1 => "asks_for_permission",
        /// They sell, or collect details for marketing, under the name of a survey ("sugging").
        SurveyThatSells = 2 => "survey_that_sells",
        /// They say of the message itself that it is a service message, or no marketing (Halfords, 2022).
        ClaimsToBeService = 3 => "claims_to_be_service",
    }
}

vocabulary! {
    /// The family of wording that a finding belongs to. Each rests on published reasons, see
    /// [`crate::message::published`].
    pub enum CueFamily {
        /// A price drop, an offer, a discount, credit for spending.
        Offer = 0 => "offer",
        /// Buy, buy more, upgrade, switch, renew.
        Purchase = 1 => "purchase",
        /// Explore or discover products, and the benefits of using them.
        Discovery = 2 => "discovery",
        /// An app or a feature to take up.
        Feature = 3 => "feature",
        /// Claims, loans, debts and reviews offered to whoever answers.
        LeadGeneration = 4 => "lead_generation",
        /// An appeal for money, votes or support: aims and ideals.
        Appeal = 5 => "appeal",
        /// Asking for permission to market.
        Permission = 6 => "permission",
        /// A reward for responding: a prize draw, coupons, points.
        Reward = 7 => "reward",
        /// A survey with an offer, a prize or a sale in it.
        Survey = 8 => "survey",
        /// Scarcity and urgency.
        Urgency = 9 => "urgency",
        /// "This is a service message".
        Label = 10 => "label",
        /// No cue: the words as a whole resemble marketing.
        Resemblance = 11 => "resemblance",
    }
}

vocabulary! {
    /// How much a finding weighs.
    pub enum Strength {
        /// The wording is of a kind that was published as marketing: it decides.
        Strong = 0 => "strong",
        /// It is found in marketing and in service messages: it warns.
        Weak = 1 => "weak",
        /// The words as a whole resemble marketing: somebody should look.
        Review = 2 => "review",
    }
}
