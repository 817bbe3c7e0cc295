//! How a message lets the person refuse further ones.

vocabulary! {
    /// The means of refusing further messages that a message offers.
    pub enum OptOut {
        /// A link, or the mailbox's own one-click button.
        Link = 0 => "link",
        /// A reply, such as STOP.
        Reply = 1 => "reply",
        /// An email address to write to.
        EmailAddress = 2 => "email_address",
        /// A short code that costs no more than the message itself.
        ShortCode = 3 => "short_code",
        /// A number that is free to call.
        Freephone = 4 => "freephone",
        /// A switch where the message is shown.
        InApp = 5 => "in_app",
        /// A postal address.
        PostalAddress = 6 => "postal_address",
        /// A means that costs more than its transmission.
        Charged = 7 => "charged",
        /// None.
        None = 8 => "none",
    }
}

impl OptOut {
    /// Whether this is a simple means, free except for the cost of transmission (reg 22(3)(c)).
    #[must_use]
    pub const fn is_simple_and_free(self) -> bool {
        match self {
            Self::Link | Self::Reply | Self::EmailAddress | Self::ShortCode | Self::Freephone | Self::InApp => true,
            Self::PostalAddress | Self::Charged | Self::None => false,
        }
    }

    /// Whether this is a valid address for a request that messages cease (reg 23(b)).
    #[must_use]
    pub const fn is_valid_address(self) -> bool {
        match self {
            Self::Link | Self::Reply | Self::EmailAddress | Self::ShortCode | Self::Freephone => true,
            Self::InApp | Self::PostalAddress => true,
            Self::Charged | Self::None => false,
        }
    }
}
