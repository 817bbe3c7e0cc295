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

/// A provision of the Data Protection Act 1998, repealed on 25 May 2018.
pub(crate) const fn dpa_1998(provision: &'static str, url: &'static str) -> Citation {
    Citation { instrument: "DPA 1998", provision, url }
}

/// A position of the Information Commissioner's Office.
pub(crate) const fn ico(provision: &'static str, url: &'static str) -> Citation {
    Citation { instrument: "ICO guidance", provision, url }
}

/// Regulation 2 of PECR.
pub(crate) const REG_2: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/2";
/// Regulation 19 of PECR.
pub(crate) const REG_19: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/19";
/// Regulation 21 of PECR.
pub(crate) const REG_21: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21";
/// Regulation 21A of PECR.
pub(crate) const REG_21A: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21A";
/// Regulation 21B of PECR.
pub(crate) const REG_21B: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/21B";
/// A house rule of the sender's own, by its field in the profile. It is read where this service explains it: the profile
/// itself, `GET /senders/{id}`, is another for each sender.
pub(crate) const fn house(field: &'static str, url: &'static str) -> Citation {
    Citation { instrument: "House rules", provision: field, url }
}

/// Regulation 22 of PECR.
pub(crate) const REG_22: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/22";
/// Regulation 23 of PECR.
pub(crate) const REG_23: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/23";
/// Regulation 24 of PECR.
pub(crate) const REG_24: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/24";
/// Article 7 of the UK GDPR.
pub(crate) const ART_7: &str = "https://www.legislation.gov.uk/eur/2016/679/article/7";
/// The regulator's guidance on obtaining, recording and managing consent.
pub(crate) const ICO_CONSENT: &str = "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/lawful-basis/consent/how-should-we-obtain-record-and-manage-consent";
/// The regulator's guidance on what direct marketing is.
pub(crate) const ICO_IDENTIFY: &str = crate::terms::wording::GUIDANCE;
/// The regulator's guidance on people's preferences.
pub(crate) const ICO_PREFERENCES: &str = "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/direct-marketing-guidance/respect-peoples-preferences/";
/// The regulator's guidance on marketing to businesses.
pub(crate) const ICO_B2B: &str =
    "https://ico.org.uk/for-organisations/direct-marketing/business-to-business-marketing/";
/// Regulation 20 of PECR.
pub(crate) const REG_20: &str = "https://www.legislation.gov.uk/uksi/2003/2426/regulation/20";
/// Article 6 of the UK GDPR.
pub(crate) const ART_6: &str = "https://www.legislation.gov.uk/eur/2016/679/article/6";
/// Articles 13 and 14 of the UK GDPR.
pub(crate) const ART_13: &str = "https://www.legislation.gov.uk/eur/2016/679/article/13";
/// Article 5 of the UK GDPR.
pub(crate) const ART_5: &str = "https://www.legislation.gov.uk/eur/2016/679/article/5";
/// Article 17 of the UK GDPR.
pub(crate) const ART_17: &str = "https://www.legislation.gov.uk/eur/2016/679/article/17";
/// Article 21 of the UK GDPR.
pub(crate) const ART_21: &str = "https://www.legislation.gov.uk/eur/2016/679/article/21";
