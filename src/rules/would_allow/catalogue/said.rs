//! What stands against supposing anything: the person's own word.

use jiff::{SignedDuration, Timestamp};

use crate::facts::{EventRef, Facts};

/// All that the person, or somebody for the person's company, has said against marketing.
fn said<'a>(facts: &Facts<'a>) -> impl Iterator<Item = EventRef<'a>> {
    let stops = &facts.stops;
    let own = [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal, stops.complaint];
    own.into_iter().chain([stops.company]).filter_map(|stop| stop.latest)
}

/// Whether the person has said nothing against marketing: only then may a fact be supposed that would pass it over.
pub(super) fn nothing_said(facts: &Facts<'_>) -> bool {
    said(facts).next().is_none()
}

/// A moment that is later than anything the person has said, and no earlier than the message.
pub(super) fn later(facts: &Facts<'_>) -> Timestamp {
    let latest = said(facts).map(|stop| stop.at).fold(facts.at, Timestamp::max);
    latest.checked_add(SignedDuration::from_secs(1)).unwrap_or(latest)
}
