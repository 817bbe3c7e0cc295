//! The published reason behind each family of wording.

use crate::terms::wording::{CueFamily, GUIDANCE};

/// Who has said in public that such wording is marketing, and where to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The reason, as a sentence.
    pub reason: &'static str,
    /// The authority.
    pub authority: &'static str,
    /// Where to read it.
    pub url: &'static str,
}

/// The published reason behind a family.
#[must_use]
pub const fn published(family: CueFamily) -> Published {
    let (reason, authority) = match family {
        CueFamily::Offer => (
            "an offer, a price drop or credit for spending is promotional",
            "ICO, penalties on Royal Mail (2018) and American Express (2021)",
        ),
        CueFamily::Purchase => (
            "urging to buy more, to upgrade, to switch or to renew is marketing",
            "ICO, identify direct marketing; penalty on EE (2019)",
        ),
        CueFamily::Discovery => (
            "inviting to explore products, or telling of the benefits of using them, is not neutrally worded",
            "ICO, penalty on American Express (2021)",
        ),
        CueFamily::Feature => {
            ("promoting an app or a feature is marketing", "ICO, penalties on EE (2019) and American Express (2021)")
        }
        CueFamily::LeadGeneration => (
            "a claim, a loan or help with debts that is offered to whoever answers is marketing",
            "ICO, penalties on Tetrus (2012) and H&L Business Consulting (2022)",
        ),
        CueFamily::Appeal => (
            "an appeal for money, votes or support promotes aims and ideals",
            "ICO, enforcement on the Scottish National Party (2005) and the Telegraph (2015)",
        ),
        CueFamily::Permission => (
            "asking for permission to market, or to reconsider, is marketing",
            "ICO, penalties on Honda, Flybe, Morrisons and Moneysupermarket (2017) and Virgin Media (2021)",
        ),
        CueFamily::Reward => ("a reward for responding is promotional", "ICO, penalties on Flybe and Morrisons (2017)"),
        CueFamily::Survey => (
            "a survey that sells, or collects details for marketing, is no market research",
            "ICO, identify direct marketing: market research",
        ),
        CueFamily::Urgency => {
            ("scarcity and urgency show the intent to persuade", "ICO, identify direct marketing: service messages")
        }
        CueFamily::Label => {
            ("calling a message a service message does not make it one", "ICO, penalty on Halfords (2022)")
        }
        CueFamily::Resemblance => (
            "phrasing, tone and context decide whether a message is neutral",
            "ICO, identify direct marketing: service messages",
        ),
    };
    Published { reason, authority, url: GUIDANCE }
}
