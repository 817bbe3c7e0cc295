//! The registers of those who do not want marketing.

vocabulary! {
    /// A register. Two of them are called "FPS"; they are not the same.
    pub enum Register {
        /// Telephone Preference Service (PECR reg 26), for individuals.
        Tps = 0 => "tps",
        /// Corporate Telephone Preference Service (PECR reg 26), for corporate subscribers.
        Ctps = 1 => "ctps",
        /// Fax Preference Service (PECR reg 25).
        FaxRegister = 2 => "fax_register",
        /// Fundraising Preference Service: a request through it is an objection to one charity's marketing.
        FundraisingPreference = 3 => "fundraising_preference",
        /// Mailing Preference Service: not statutory; good practice for post.
        Mps = 4 => "mps",
    }
}
