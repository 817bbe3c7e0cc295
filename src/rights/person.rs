//! Who is asked about: a person, by contact details that reach somebody, and a sender that is registered.

use crate::{
    ledger::{
        identity::{ContactDetails, DetailError, Normalised},
        sender::Sender,
    },
    spelling::nearest,
    store::{StoreError, View},
    terms::recipient::DetailKind,
};

/// Why nobody is found to ask about.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// No contact detail is given.
    #[error("there is no contact detail: give at least one of `email`, `phone`, `postal`, `account`")]
    NoDetail,
    /// Some of the contact details reach nobody.
    #[error("several contact details reach nobody")]
    Details(Vec<(DetailKind, DetailError)>),
    /// No profile of that id.
    #[error("no sender is registered under this id")]
    UnknownSender {
        /// A registered id that looks like it.
        did_you_mean: Option<String>,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The contact details in the spelling that they are kept under.
///
/// # Errors
/// [`PersonError::NoDetail`], or [`PersonError::Details`] with every one that reaches nobody.
pub fn normalised(recipient: &ContactDetails) -> Result<Vec<Normalised>, PersonError> {
    if recipient.is_empty() {
        return Err(PersonError::NoDetail);
    }
    let mut details = Vec::new();
    let mut faults = Vec::new();
    for (kind, detail) in recipient.iter() {
        match Normalised::new(kind, detail) {
            Ok(detail) => details.push(detail),
            Err(error) => faults.push((kind, error)),
        }
    }
    if faults.is_empty() { Ok(details) } else { Err(PersonError::Details(faults)) }
}

/// The profile of a sender.
///
/// # Errors
/// [`PersonError::UnknownSender`]; [`PersonError::Store`], if the ledger cannot be read.
pub fn registered(view: &dyn View, sender: &str) -> Result<Sender, PersonError> {
    let Some(profile) = view.sender(sender)? else {
        let ids = view.sender_ids()?;
        let did_you_mean = nearest(sender, ids.iter().map(String::as_str)).map(str::to_owned);
        return Err(PersonError::UnknownSender { did_you_mean });
    };
    let unreadable = |_| StoreError::Damaged("a sender's profile".to_owned());
    Ok(serde_json::from_slice(profile).map_err(unreadable)?)
}
