//! What a rule may look at of a call or a fax: who makes it, what it presents, and what is known of the line.

use super::{EventRef, Stop};

/// Whoever makes the call.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Caller {
    /// It is an authorised person under the Financial Services and Markets Act 2000, or the trustee or manager of a
    /// pension scheme (PECR reg 21B).
    pub authorised: Option<bool>,
    /// Its profile holds an address or a freephone number to give on request (PECR reg 24).
    pub has_contact: bool,
}

/// What a call or a fax presents, as the caller declares it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Call {
    /// The calling line's identity, or that of a line on which the caller can be reached, is shown.
    pub presents_cli: Option<bool>,
    /// The name of the caller is given.
    pub names_caller: Option<bool>,
    /// An address or a freephone number is given: in a recorded message or a fax always, in a live call on request.
    pub address_or_freephone: Option<bool>,
    /// The called person can refuse further calls simply and free of charge (reg 21B(3)).
    pub offers_opt_out: Option<bool>,
    /// A client might reasonably envisage such a call (asserted; reg 21B(3)).
    pub client_would_expect: Option<bool>,
}

/// What is known of the line that is called, or of the address that is used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line<'a> {
    /// In the Telephone Preference Service.
    pub tps: Listing<'a>,
    /// In the Corporate Telephone Preference Service.
    pub ctps: Listing<'a>,
    /// In the Fax Preference Service.
    pub fax: Listing<'a>,
    /// In the Mailing Preference Service.
    pub mps: Listing<'a>,
    /// The subscriber told this caller that they do not object to its calls (PECR reg 21(4)).
    pub permission: Option<EventRef<'a>>,
    /// The subscriber took that back (PECR reg 21(5)).
    pub permission_withdrawn: Stop<'a>,
    /// The client relationship with this caller (PECR reg 21B(3)).
    pub relationship: Option<Relationship<'a>>,
}

/// What a register says of the line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Listing<'a> {
    /// It is listed.
    pub listed: Option<Listed<'a>>,
    /// It was last shown not to be listed.
    pub absent: Option<EventRef<'a>>,
}

/// A line on a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The event that shows it.
    pub event: EventRef<'a>,
    /// That event is the listing itself, and tells since when; otherwise the line was only found there.
    pub since_known: bool,
}

/// A client relationship.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relationship<'a> {
    /// The event that began it.
    pub event: EventRef<'a>,
    /// The event that ended it.
    pub ended: Option<EventRef<'a>>,
    /// The caller set it up mainly to be able to call.
    pub avoids_the_ban: Option<bool>,
}
