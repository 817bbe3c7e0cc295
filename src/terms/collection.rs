//! How the sender came by the contact details.

vocabulary! {
    /// The occasion on which contact details were collected (PECR reg 22(3)(a), 22(3A)(b)).
    pub enum CollectionContext {
        /// The sale of a product or service to the person.
        Sale = 0 => "sale",
        /// Negotiations for a sale: the person showed an active interest in buying, such as asking for a quote or
        /// taking a free trial.
        Negotiation = 1 => "negotiation",
        /// The person put goods in a basket, typed the details and left.
        AbandonedBasket = 2 => "abandoned_basket",
        /// The person asked something that was no step towards buying.
        Query = 3 => "query",
        /// The person looked around.
        Browsing = 4 => "browsing",
        /// A competition or a prize draw.
        PrizeDraw = 5 => "prize_draw",
        /// The person expressed an interest in a charity's purposes.
        CharityInterest = 6 => "charity_interest",
        /// The person offered or gave a charity support: money, time, goods.
        CharitySupport = 7 => "charity_support",
        /// Somebody else passed the details on.
        ThirdParty = 8 => "third_party",
        /// The details were found in public.
        PublicSource = 9 => "public_source",
        /// Anything else.
        Other = 10 => "other",
    }
}
