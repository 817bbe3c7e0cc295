//! Every change that could be suggested, by what the fact belongs to.
//!
//! A new fact gets one block in the file of its theme: `open` says whether the fact is not so already and may be
//! changed, `apply` makes it so. What a change is good for is nowhere said; the rules are asked. So is an event that
//! nobody told us of and that could be recorded, such as a request. Only an event of a kind of which each is tried for
//! itself, as consents and collections are, stands among [`NEW_EVENTS`].
//!
//! A change must help or do nothing: whatever the other changes are, it may never turn an allow into a deny. The
//! properties would show that it does, by a set that is missed.

mod call;
mod collection;
mod consent;
mod data;
mod house;
mod marketing;
mod message;
mod recipient;
mod request;
mod said;

pub(super) use self::marketing::only_leads_outside;
use super::Change;
use crate::facts::{EventRef, Facts};

/// Facts that belong together.
pub(super) struct Theme {
    /// The event that the facts stand in, for facts of an event: they are open or not as the event that is tried has
    /// it. A fact of the request is open or not by what is on record as a whole.
    pub(super) event: Option<for<'a> fn(&Facts<'a>) -> Option<EventRef<'a>>>,
    /// The changes.
    pub(super) changes: &'static [Change],
}

/// The facts, in the order in which the changes of a set are told.
pub(super) static THEMES: &[Theme] = &[
    consent::THEME,
    collection::THEME,
    request::THEME,
    call::OF_A_CLIENT,
    recipient::THEME,
    call::THEME,
    marketing::THEME,
    message::THEME,
    data::THEME,
    house::THEME,
];

/// The events that could be recorded and would be tried in place of one that is: a consent, a collection. Their facts
/// may be changed further, as those of a recorded one.
pub(super) static NEW_EVENTS: &[&Change] = &[&consent::GIVEN, &collection::IN_A_SALE, &collection::AS_SUPPORT];

/// The id of an event that is not on record: no caller's is empty.
pub(super) const NEW: &str = "";

/// A fact of an event that nobody told us.
macro_rules! told {
    ($fact:literal, $says:literal, $part:ident . $field:ident = $value:expr $(, $guard:path)?) => {
        Change {
            fact: $fact,
            says: $says,
            open: |facts| facts.$part.is_some_and(|part| part.$field.is_none()) $(&& $guard(facts))?,
            apply: |facts| facts.$part.iter_mut().for_each(|part| part.$field = Some($value)),
        }
    };
}
use told;
