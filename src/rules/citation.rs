//! Where a rule stands, and with what authority.

/// A place in the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The instrument.
    pub instrument: &'static str,
    /// The provision.
    pub provision: &'static str,
    /// Where to read it. A path is one of this service's.
    pub url: &'static str,
}

/// The authority behind a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// An Act, a regulation or a retained regulation.
    Statute,
    /// A judgment.
    Case,
    /// A published position of the Information Commissioner's Office.
    IcoGuidance,
    /// A choice of this service's, on the safe side.
    Policy,
}

impl Level {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statute => "statute",
            Self::Case => "case",
            Self::IcoGuidance => "ico_guidance",
            Self::Policy => "policy",
        }
    }
}

const PECR: &str = "PECR 2003";
const UK_GDPR: &str = "UK GDPR";

/// A provision of the Privacy and Electronic Communications (EC Directive) Regulations 2003.
pub(crate) const fn pecr(provision: &'static str, url: &'static str) -> Citation {
    Citation { instrument: PECR, provision, url }
}

/// An article of the UK GDPR.
pub(crate) const fn uk_gdpr(provision: &'static str, url: &'static str) -> Citation {
    Citation { instrument: UK_GDPR, provision, url }
}

/// A position of the Information Commissioner's Office.
pub(crate) const fn ico(provision: &'static str, url: &'static str) -> Citation {
    Citation { instrument: "ICO guidance", provision, url }
}

/// A house rule of the sender's own, by its field in the profile. It is read where this service explains it: the profile
/// itself, `GET /senders/{id}`, is another for each sender.
pub(crate) const fn house(field: &'static str, url: &'static str) -> Citation {
    Citation { instrument: "House rules", provision: field, url }
}

/// Regulation 22 of PECR.
pub(crate) const REG_22: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/22";
/// Regulation 23 of PECR.
pub(crate) const REG_23: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/23";
/// Article 7 of the UK GDPR.
pub(crate) const ART_7: &str = "https://www.legislation.gov.uk/eur/2016/679/article/7";
/// The regulator's guidance on obtaining, recording and managing consent.
pub(crate) const ICO_CONSENT: &str = "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/lawful-basis/consent/how-should-we-obtain-record-and-manage-consent";
/// The regulator's guidance on what direct marketing is.
pub(crate) const ICO_IDENTIFY: &str = "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/direct-marketing-guidance/identify-direct-marketing/";
/// The regulator's guidance on people's preferences.
pub(crate) const ICO_PREFERENCES: &str = "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/direct-marketing-guidance/respect-peoples-preferences/";
/// The regulator's guidance on marketing to businesses.
pub(crate) const ICO_B2B: &str =
    "https://ico.org.uk/for-organisations/direct-marketing/business-to-business-marketing/";
