//! The person and the sender that a request about somebody's rights names.

use super::problem::{Fault, Kind, Problem};
use crate::{
    ledger::{accept, identity::ContactDetails, sender::SenderId},
    rights::person::PersonError,
};

/// Whether both keep to the limits that their types do not see.
pub(super) fn is_within_bounds(sender: &SenderId, recipient: &ContactDetails) -> bool {
    sender.is_well_formed() && recipient.iter().all(|(kind, detail)| accept::is_detail_within_bounds(kind, detail))
}

impl From<PersonError> for Problem {
    fn from(error: PersonError) -> Self {
        let message = error.to_string();
        match error {
            PersonError::NoDetail => Self::single(Kind::ContactDetail, Fault::at("/recipient", "too_few", message)),
            PersonError::Details(faults) => {
                let told =
                    |(kind, error)| Fault::at(format!("/recipient/{kind}"), "contact_detail", format!("{error}"));
                let faults: Vec<Fault> = faults.into_iter().map(told).collect();
                let detail = if let [one] = faults.as_slice() { one.message.clone() } else { message };
                Self::new(Kind::ContactDetail, detail).with(faults)
            }
            PersonError::UnknownSender { did_you_mean } => {
                let fault = Fault::at("/sender", "sender_not_registered", message);
                Self::single(Kind::SenderNotRegistered, fault.meaning(did_you_mean))
            }
            PersonError::Store(error) => error.into(),
        }
    }
}
